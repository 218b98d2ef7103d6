"""Hostile mails, web pages, tables and plain texts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

MIB = 1 << 20
_HEAD = b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: thu\r\nMIME-Version: 1.0\r\n"


def _mail(head: bytes, body: bytes = b"noi dung\r\n") -> bytes:
    return _HEAD + head + b"\r\n\r\n" + body


def _nested(levels: int, kind: bytes = b"mixed") -> bytes:
    data = b"Content-Type: text/plain\r\n\r\ntrong cung\r\n"
    for level in range(levels):
        mark = b"b%d" % level
        data = b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            kind,
            mark,
            mark,
            data,
            mark,
        )
    return _HEAD + data


def _mail_in_mail(levels: int) -> bytes:
    return (_HEAD + b"Content-Type: message/rfc822\r\n\r\n") * levels + _HEAD + b"\r\ntrong cung"


def _parts(count: int, part: bytes) -> bytes:
    return _mail(b"Content-Type: multipart/mixed; boundary=b", (b"--b\r\n" + part + b"\r\n") * count + b"--b--\r\n")


def _base64(body: bytes, name: bytes = b"a.zip") -> bytes:
    head = b"Content-Disposition: attachment; filename=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n" % name
    return _parts(1, head + body)


def _continued(count: int) -> bytes:
    names = b"".join(b";\r\n filename*%d*=a%%41" % number for number in range(count))
    return _parts(1, b"Content-Disposition: attachment" + names + b"\r\n\r\nx")


def _text_of(charset: bytes, body: bytes = b"\xff\xfe\x80 chu") -> bytes:
    return _mail(b"Content-Type: text/plain; charset=" + charset, body)


_MAILS: dict[str, Callable[[], bytes]] = {
    "mail-multiparts-1000-deep.eml": partial(_nested, 1000),
    "mail-alternatives-300-deep.eml": partial(_nested, 300, b"alternative"),
    "mail-signed-200-deep.eml": partial(_nested, 200, b"signed"),
    "mail-in-mail-1000.eml": partial(_mail_in_mail, 1000),
    "mail-headers-100000.eml": lambda: _mail(b"X-A: b\r\n" * 100_000 + b"X-B: c"),
    "mail-header-of-5MB.eml": lambda: _mail(b"Subject: " + b"a " * (5 * MIB // 2)),
    "mail-header-folded-200000.eml": lambda: _mail(b"Subject: a" + b"\r\n b" * 200_000),
    "mail-recipients-100000.eml": lambda: _mail(b"To: " + b'"a b" <a@b.vn>, ' * 100_000),
    "mail-comments-deep.eml": lambda: _mail(b"From: " + b"(" * 100_000 + b"\r\nDate: " + b"(" * 100_000),
    "mail-encoded-words-50000.eml": lambda: _mail(b"Subject: " + b"=?utf-8?B?4buH?= " * 50_000),
    "mail-encoded-words-broken.eml": lambda: _mail(b"Subject: =?utf-8?B?4buH=?= =?x?Q?=ZZ?= =?utf-8?B?" + b"A" * 9999),
    "mail-parts-100000.eml": partial(_parts, 100_000, b"\r\n"),
    "mail-attachments-20000.eml": partial(_parts, 20_000, b"Content-Disposition: attachment; filename=a.txt\r\n\r\nx"),
    "mail-boundary-in-boundary.eml": lambda: _mail(
        b"Content-Type: multipart/mixed; boundary=b", b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 2000
    ),
    "mail-boundary-empty.eml": lambda: _mail(b'Content-Type: multipart/mixed; boundary=""', b"--\r\n" * 100_000),
    "mail-boundary-of-1MB.eml": lambda: _mail(
        b"Content-Type: multipart/mixed; boundary=" + b"a" * MIB, b"--" + b"a" * MIB
    ),
    "mail-boundary-pattern.eml": lambda: _mail(
        b'Content-Type: multipart/mixed; boundary="(a+)+$"', b"--" + b"a" * 100_000
    ),
    "mail-base64-garbage.eml": lambda: _base64(b"!!!!====A=A=" * 9999),
    "mail-base64-of-bombs.eml": lambda: _base64(base64.encodebytes(b"PK\x03\x04" + bytes(MIB))),
    "mail-base64-of-itself.eml": lambda: _base64(
        base64.encodebytes(_base64(base64.encodebytes(_HEAD), b"b.eml")), b"a.eml"
    ),
    "mail-names-10000-continued.eml": partial(_continued, 10_000),
    "mail-names-up.eml": lambda: _base64(b"eA==", b'"../../../etc/passwd\0.txt"'),
    "mail-charset-lies.eml": partial(_text_of, b"utf-16"),
    "mail-charset-none.eml": partial(_text_of, b"khong-co-bang-ma-nay"),
    "mail-charset-codec.eml": partial(_text_of, b"zlib", b"x\x9c" + bytes(99)),
    "mail-charset-idna.eml": partial(_text_of, b"idna", b"a" * 100_000),
    "mail-charset-utf7.eml": partial(_text_of, b"utf-7", b"+" + b"A" * 9999),
    "mail-quoted-printable.eml": lambda: _mail(b"Content-Transfer-Encoding: quoted-printable", b"=\r\n=ZZ=" * 100_000),
    "mail-uuencoded.eml": lambda: _mail(
        b"Content-Transfer-Encoding: x-uuencode", b"begin 644 ../x\r\n" + b"\xff" * 9999
    ),
    "mail-date.eml": lambda: _mail(b"Date: Fri, 99 Xyz 99999999999 99:99:99 +999999999"),
    "mail-nuls.eml": lambda: _HEAD.replace(b"thu", b"th\0u") + b"\r\n" + b"\0" * 99_999,
    "mail-only-head.eml": lambda: _HEAD,
    "mail-html-with-passwd.eml": lambda: _mail(
        b"Content-Type: text/html", b'<iframe src="file:///etc/passwd"></iframe><img src="http://127.0.0.1:9/x">'
    ),
}


def _page(body: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>" + body


_PAGES: dict[str, Callable[[], bytes]] = {
    "html-tags-100000-open.html": lambda: _page(b"<div>" * 100_000),
    "html-tags-300000-open.html": lambda: _page(b"<b>" * 300_000),
    "html-tags-closed-only.html": lambda: _page(b"<p>" * 3000 + b"</i>" * 200_000),
    "html-tables-deep.html": lambda: _page(b"<table><tr><td>a" * 20_000),
    "html-spans-huge.html": lambda: _page(b"<table>" + b"<tr><td colspan=99999 rowspan=99999>a" * 2000),
    "html-cells-300000.html": lambda: _page(b"<table><tr>" + b"<td>" * 300_000),
    "html-attributes-100000.html": lambda: _page(b"<p " + b"a=1 " * 100_000 + b">chu"),
    "html-attribute-of-20MB.html": lambda: _page(b'<p title="' + b"a" * (20 * MIB) + b'">chu'),
    "html-entities.html": lambda: _page(b"&#99999999999;&#x0;&#xD800;&nope;&amp" * 50_000),
    "html-comment-open.html": lambda: _page(b"<!--" + b"-" * 5_000_000),
    "html-script-open.html": lambda: _page(b"<script>" + b"<" * 1_000_000),
    "html-laughs.html": lambda: (
        b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html>&b;<iframe src="file:///etc/passwd">'
    ),
    "html-charset-lies.html": lambda: b'<html><meta charset="utf-16"><body>b\xff\xfe\x80o cao',
    "html-charset-utf7.html": lambda: b'<html><meta charset="utf-7"><body>+ADw-script+AD4-',
    "html-charset-codec.html": lambda: b'<html><meta charset="unicode_escape"><body>\\N{DIGIT ONE}\\ud800',
    "html-styles.html": lambda: _page(b'<p style="' + b"font-family:" * 100_000 + b'">chu'),
    "html-lists-deep.html": lambda: _page(b"<ol start=999999999 type=i><li>" * 5000),
    "html-nul.html": lambda: _page(b"<p>a\x00b</p>" * 99).replace(b"\0", b""),
    "html-archive.mht": lambda: (
        b"From: <Saved by Blink>\r\nContent-Location: file:///etc/passwd\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: text/html\r\n\r\n<p>a\r\n"
        * 3000
    ),
}


def _table(columns: int, rows: int, cell: bytes = b"1") -> bytes:
    return (b";".join([cell] * columns) + b"\r\n") * rows


_TABLES: dict[str, Callable[[], bytes]] = {
    "csv-columns-100000.csv": partial(_table, 100_000, 4),
    "csv-cells-400000.csv": partial(_table, 4, 100_000),
    "csv-cell-of-5MB.csv": lambda: b'a;b\r\n"' + b"x" * (5 * MIB) + b'";c\r\nd;e\r\n',
    "csv-quotes-open.csv": lambda: b'a;b\r\nc;d\r\ne;"' + b"f;g\r\n" * 100_000,
    "csv-quotes-only.csv": lambda: b"sep=;\r\n" + b'"' * 2_000_000,
    "csv-separators-only.csv": lambda: b"sep=,\r\n" + b"," * 500_000,
    "csv-ragged.csv": lambda: b"sep=;\r\n" + b"".join(b";" * n + b"\n" for n in range(2000)),
    "csv-nuls.csv": lambda: "a;b\r\n\0;c\r\nd;e\r\n".encode("utf-16"),
    "csv-formulas.csv": lambda: b"a;b\r\n=cmd|'/c calc'!A1;@SUM(1)\r\n+1;-1\r\n" * 99,
}

_TEXTS: dict[str, Callable[[], bytes]] = {
    "text-one-line-of-20MB.txt": lambda: b"bao cao " * (20 * MIB // 8),
    "text-one-word-of-5MB.txt": lambda: b"a" * (5 * MIB),
    "text-lines-5-million.txt": lambda: b"\n" * 5_000_000,
    "text-nuls.txt": lambda: b"\0" * 3_000_000,
    "text-marks-in-order.txt": lambda: "\u0323".encode() * 300_000 + "\u0301".encode() * 300_000,
    "text-a-letter-with-a-million-marks.txt": lambda: ("a" + "\u0301\u0323" * 500_000).encode(),
    "text-marks-on-every-letter.txt": lambda: ("a" + "\u0301\u0323\u0327" * 20).encode() * 10_000,
    "text-bom-flood.txt": lambda: "\ufeff".encode() * 500_000,
    "text-bom-only.txt": lambda: b"\xef\xbb\xbf",
    "text-bom-utf16-only.txt": lambda: b"\xff\xfe",
    "text-utf16-half.txt": lambda: "báo cáo".encode("utf-16")[:-1],
    "text-utf16-surrogates.txt": lambda: b"\xff\xfe" + b"\x00\xd8" * 100_000,
    "text-utf32-beyond.txt": lambda: b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 9999,
    "text-surrogates-in-utf8.txt": lambda: b"\xed\xa0\x80\xed\xb0\x80" * 100_000,
    "text-overlong.txt": lambda: b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80" * 50_000,
    "text-right-to-left.txt": lambda: "\u202e\u2066báo cáo\u202c".encode() * 50_000,
    "text-escapes.txt": lambda: b"\x1b[2J\x1b]0;title\x07\x1b[31m" * 20_000,
    "text-byte-0xAD.txt": lambda: b"\xad" * 1_000_000,
    "text-every-byte.txt": lambda: bytes(range(9, 256)) * 4000,
    "text-ligature-that-grows.txt": lambda: "\ufdfa\u0390\u1f82".encode() * 300_000,
    "text-unknown-letters.txt": lambda: "\ufffd\ue000\U0010ffff".encode() * 200_000,
    "text-words-of-one-letter.txt": lambda: "ệ ".encode() * 1_000_000,
    "text-says-it-is-a-mail.txt": lambda: b"From: a\nTo: b\n\n" + b"\xff" * 99_999,
    "text-script-in-name-only.pdf": lambda: b"#!/bin/sh\nrm -rf /\n",
    "text-empty.docx": lambda: b"",
    "text-one-byte.pdf": lambda: b"\0",
    "text-ps.ps": lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) run\n" * 99,
    "text-gz.gz": lambda: b"\x1f\x8b\x08" + b"\xff" * 999,
    "text-elf.doc": lambda: b"\x7fELF\x02\x01\x01" + bytes(999),
    "text-exe.docx": lambda: b"MZ\x90\0" + bytes(999),
}

# What the patterns of recognising and checking look for, far more of it than any paper has. They run in the service.
_LOOKED_FOR = {
    "blanks": " ",
    "tabs": "\t",
    "blank-lines": " \n",
    "digits": "1",
    "capitals": "Ệ",
    "letters": "ngh",
    "dots": ".",
    "dashes": "-",
    "underlines": "_",
    "slashes": "1/",
    "brackets": "(",
    "stars": "*",
    "quotes": "“",
    "colons": ": ",
    "days": "ngày 1 tháng 1 năm 2021 ",
    "dates": "01/01/2021 ",
    "numbers": "Số: 12-BC/ĐU ",
    "codes": "12-BC/ĐU-",
    "names": "Nguyễn Văn An ",
    "places": "Đảng bộ ",
    "signed": "T/M CHI BỘ\n",
    "kinds": "BÁO CÁO ",
    "to": "Kính gửi: ",
    "marks": "MẬT\n",
    "rows": "1\tTiêu chí\t9,5\n",
    "points": "1.1.",
    "percents": "99,9% ",
    "years": "2021-",
    "lines": "\n",
    "dear": "đồng chí ",
    "motto": "ĐẢNG CỘNG SẢN VIỆT NAM\n",
    "old-letters": "®¶ng ",
    "vni-letters": "Ñaûng boä ",
}


def _again(text: str) -> bytes:
    return ("Báo cáo " + text * (600_000 // len(text)) + " hết").encode()


_PATTERNS: dict[str, Callable[[], bytes]] = {
    f"text-of-{name}.txt": partial(_again, text) for name, text in _LOOKED_FOR.items()
}

FILES = _PATTERNS | _MAILS | _PAGES | _TABLES | _TEXTS
