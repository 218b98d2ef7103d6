"""Mails: who, when, what about, the text once, the attachments by their right names; web archives; hostile ones."""

from __future__ import annotations

import base64
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.readers.limits import ReadingLimits
from archive.readers.mail.eml import attachments
from archive.readers.mail.mime import words_of
from archive.records import Reading, ReadingState
from tests.archive.readers.conftest import ReadBytes

HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: thu\r\nMIME-Version: 1.0\r\n"
ONE = 'multipart/mixed; boundary="B"'


def mail(kind: str, body: bytes, head: bytes = HEAD, transfer: str = "8bit") -> bytes:
    return head + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode() + body


def multipart(*parts: bytes, boundary: str = "B", closed: bool = True) -> bytes:
    mark = b"--" + boundary.encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + (mark + b"--\r\n" if closed else b"")


def part(kind: str, body: bytes, more: str = "") -> bytes:
    return f"Content-Type: {kind}\r\n{more}\r\n".encode() + body


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


def body_of(reading: Reading) -> str:
    return reading.text.partition("\n\n")[2]


def files(data: bytes, tmp_path: Path, limits: ReadingLimits | None = None) -> list[tuple[str, bytes]]:
    path = tmp_path / "mail"
    path.write_bytes(data)
    return list(attachments(path, limits or ReadingLimits()))


def test_the_sample(samples: Path, read_bytes: ReadBytes) -> None:
    path = samples / "formats" / "gui_bao_cao.eml"
    reading = read_bytes(path.read_bytes())
    assert (reading.format, codes(reading)) == ("eml", ["attachments"])
    lines = reading.text.split("\n")
    assert [line.partition(": ")[2] for line in lines[:5]] == [
        "van.thu@example.invalid", "duk@example.invalid", "15/12/2021 08:00", "Gửi báo cáo tổng kết năm 2021",
        "Báo cáo tổng kết 2021.docx",
    ]  # fmt: skip
    assert lines[5:] == ["", "Kính gửi Đảng ủy Khối, chi bộ gửi báo cáo kèm theo."]
    assert reading.properties["created"] == "2021-12-15T08:00:00+07:00"
    [(name, data)] = attachments(path, ReadingLimits())
    assert name == "Báo cáo tổng kết 2021.docx"
    assert data == (samples / "formats" / "mau.docx").read_bytes()


def test_other_samples(samples: Path, read_bytes: ReadBytes) -> None:
    two = samples / "formats" / "testRFC822_multipart_attachments.eml"
    assert "This is test email for EML1" in read_bytes(two.read_bytes()).text
    assert [name for name, _data in attachments(two, ReadingLimits())] == ["Test TxtA.txt", "Test TxtB.txt"]
    html = read_bytes((samples / "formats" / "testEML_embedded_xhtml_and_img.eml").read_bytes())
    assert "Using inline content" in html.text
    assert "tests the ability of Apache Tika" in html.text


@pytest.mark.parametrize("name", ["gui_bao_cao.eml", "testRFC822_multipart_attachments.eml"])
def test_the_parts_are_those_of_the_standard_library(name: str, samples: Path) -> None:
    path = samples / "formats" / name
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    expected = [(each.get_filename(), each.get_payload(decode=True)) for each in message.iter_attachments()]
    assert list(attachments(path, ReadingLimits())) == expected


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("=?utf-8?b?R+G7rWkgYsOhbw==?= 2021", "Gửi báo 2021"),
        ("=?UTF-8?B?R+G7?=\r\n =?UTF-8?B?rWk=?=", "Gửi"),  # a letter cut in two by the mailer
        ("=?utf-8?Q?B=C3=A1o_c=C3=A1o?=", "Báo cáo"),
        ("=?iso-8859-1?Q?B=E1o c=E1o?=", "Báo cáo"),  # blanks inside, which RFC 2047 forbids
        ("=?no-such?Q?B=C3=A1o?=", "Báo"),
        ("=?utf-8?B?R+G7rWk?= x", "Gửi x"),  # padding left off
        ("=?utf-8?B?%%%?= y", " y"),
        ("=?us-ascii?Q?B=C3=A1o?=", "Báo"),
    ],
)
def test_encoded_words(header: str, words: str) -> None:
    assert words_of(header) == words


def test_headers_in_bare_bytes(read_bytes: ReadBytes, tmp_path: Path) -> None:
    head = "From: Văn thư <a@example.com>\r\nTo: b@example.com\r\nSubject: Gửi báo cáo\r\n".encode()
    attached = part("application/pdf; name=Báo cáo.pdf".replace("name=Báo cáo.pdf", 'name="Báo cáo.pdf"'), b"x")
    data = mail(ONE, multipart(part("text/plain", b"xin"), attached), head)
    assert "Gửi báo cáo" in read_bytes(data).text
    assert files(data, tmp_path) == [("Báo cáo.pdf", b"x")]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=\"=?utf-8?B?QsOhbyBjw6FvLnBkZg==?=\"", "Báo cáo.pdf"),
        ("attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.pdf", "Báo cáo.pdf"),
        ("attachment; filename*0*=utf-8''B%C3%A1o; filename*1*=%20c%C3%A1o.pdf; filename=x.pdf", "Báo cáo.pdf"),
        ("attachment; filename*=nope''B%C3%A1o.pdf", None),
        ("attachment; filename*=utf-8'B%C3", None),
        ("attachment; filename=../../etc/passwd", "../../etc/passwd"),  # text only: the bundles rebuild names
        ("attachment", "attachment-1.pdf"),
    ],
)  # fmt: skip
def test_names_of_attachments(disposition: str, name: str | None, tmp_path: Path) -> None:
    data = mail(ONE, multipart(part("application/pdf", b"x", f"Content-Disposition: {disposition}\r\n")))
    [(found, content)] = files(data, tmp_path)
    assert content == b"x"
    assert found
    assert name is None or found == name


def test_the_plain_text_is_read_and_the_html_only_where_it_says_more(read_bytes: ReadBytes) -> None:
    def alternative(plain: bytes, html: bytes) -> str:
        kind = 'multipart/alternative; boundary="B"'
        return body_of(read_bytes(mail(kind, multipart(part("text/plain", plain), part("text/html", html)))))

    assert alternative(b"xin chao cac ban", b"<p>xin <b>chao</b> cac ban") == "xin chao cac ban"
    assert alternative(b" \r\n", b"<p>xin<p>chao") == "xin\nchao"
    assert alternative(b"Xem thu HTML", b"<table><tr><td>a<td>b</table>") == "Xem thu HTML\n\na\tb"


def test_transfer_encodings_and_charsets(read_bytes: ReadBytes) -> None:
    words = "Kính gửi Đảng ủy"
    packed = base64.b64encode(words.encode("utf-16"))
    assert body_of(read_bytes(mail("text/plain; charset=utf-16", packed, transfer="base64"))) == words
    assert (
        body_of(
            read_bytes(mail("text/plain; charset=utf-8", b"K=C3=ADnh g=\r\n=E1=BB=ADi", transfer="quoted-printable"))
        )
        == "Kính gửi"
    )
    assert body_of(read_bytes(mail("text/plain; charset=windows-1252", b"K\xednh g"))) == "Kính g"
    guessed = read_bytes(mail("text/plain", b"K\xednh g\xf4i"))
    assert (body_of(guessed), codes(guessed)) == ("Kính gôi", ["encoding-guessed"])
    old = read_bytes(mail("text/html", '<font face=".VnTime">B¸o c¸o tæng kÕt, ph\xad¬ng h\xadíng'.encode("latin-1")))
    assert body_of(old) == "Báo cáo tổng kết, phương hướng"


@pytest.mark.parametrize(
    "before", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"From a@b Mon Nov  1 08:00:00 2021\n", b">From a@b Mon\n"]
)
def test_what_stands_before_the_head_is_passed_over(before: bytes, read_bytes: ReadBytes) -> None:
    data = b"Received: by c\r\nFrom: a@example.com\r\nSubject: so 5\r\n\r\n" + "Kính gửi Chi\0 bộ\0".encode()
    reading = read_bytes(before + data)
    assert reading.properties == {"title": "so 5", "author": "a@example.com"}
    assert body_of(reading) == "Kính gửi Chi bộ"


def test_a_mail_in_a_mail_is_a_file(read_bytes: ReadBytes, tmp_path: Path) -> None:
    inner = mail(
        ONE,
        multipart(part("text/plain", b"trong"), part("application/pdf", b"x")),
        HEAD.replace(b"thu", b"=?utf-8?q?b=C3=A1o?="),
    )
    data = mail(ONE, multipart(part("text/plain", b"ngoai"), part("message/rfc822", inner)).replace(b"--B", b"--C"))
    data = data.replace(b'boundary="B"', b'boundary="C"', 1).replace(inner.replace(b"--B", b"--C"), inner)
    assert body_of(read_bytes(data)) == "ngoai"
    [(name, content)] = files(data, tmp_path)
    assert name == "báo.eml"
    assert files(content, tmp_path) == [("attachment-1.pdf", b"x")]


def test_a_forward_as_digest_and_a_bounce(tmp_path: Path) -> None:
    digest = mail('multipart/digest; boundary="B"', multipart(b"\r\n" + HEAD + b"\r\nmot"))
    assert [name for name, _data in files(digest, tmp_path)] == ["thu.eml"]
    bounce = multipart(
        part("text/plain", b"loi"), part("message/delivery-status", b"x"), part("text/rfc822-headers", b"y")
    )
    assert files(mail('multipart/report; boundary="B"', bounce), tmp_path) == []


def test_signed_mails_are_read_and_their_signature_is_no_file(read_bytes: ReadBytes, tmp_path: Path) -> None:
    clear = multipart(part("text/plain", b"xin chao"), part("application/pkcs7-signature; name=smime.p7s", b"x"))
    data = mail('multipart/signed; boundary="B"', clear)
    assert body_of(read_bytes(data)) == "xin chao"
    assert files(data, tmp_path) == []
    sealed = base64.b64encode(_signed(part("text/plain", b"ben trong")))
    opaque = mail("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", sealed, transfer="base64")
    assert body_of(read_bytes(opaque)) == "ben trong"


def _signed(payload: bytes) -> bytes:
    """CMS signed-data without signers."""
    from asn1crypto import cms

    data = {
        "version": "v1", "digest_algorithms": [], "signer_infos": [],
        "encap_content_info": {"content_type": "data", "content": payload},
    }  # fmt: skip
    info = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})
    return bytes(info.dump())


@pytest.mark.parametrize(
    "data",
    [
        mail('multipart/encrypted; boundary="B"', multipart(part("application/pgp-encrypted", b"Version: 1"))),
        mail("application/pkcs7-mime; smime-type=enveloped-data", b"MAMGAQA=", transfer="base64"),
        mail("text/plain", b"-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n-----END PGP MESSAGE-----"),
    ],
    ids=["pgp/mime", "s/mime", "pgp"],
)  # fmt: skip
def test_encrypted_mails_are_locked(data: bytes, read_bytes: ReadBytes) -> None:
    reading = read_bytes(data)
    assert (reading.state, codes(reading)) == (ReadingState.LOCKED, ["locked"])


def test_a_cut_mail_has_what_is_there(read_bytes: ReadBytes, tmp_path: Path) -> None:
    attached = part("application/pdf", base64.b64encode(b"x" * 300), "Content-Transfer-Encoding: base64\r\n")
    data = mail(ONE, multipart(part("text/plain", b"xin chao"), attached, closed=False))[:-100]
    assert body_of(read_bytes(data)) == "xin chao"
    [(_name, content)] = files(data, tmp_path)
    assert content.startswith(b"x" * 150)


def test_a_web_archive_is_a_page(read_bytes: ReadBytes, tmp_path: Path) -> None:
    html = "<html><body><p>Báo cáo<table><tr><td>a<td>b</table><img src='cid:1'>".encode("cp1258")
    image = part("image/jpeg", b"x", "Content-Location: file:///C:/1.jpg\r\n")
    pages = multipart(part("text/html; charset=windows-1258", html, "Content-Location: file:///C:/a.htm\r\n"), image)
    data = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n' + pages
    reading = read_bytes(data)
    assert (reading.format, reading.text) == ("html", "Báo cáo\na\tb")
    assert reading.tables[0].rows == (("a", "b"),)
    assert files(data, tmp_path) == []
    saved = b"From: <Saved by Blink>\r\nSubject: x\r\n" + data
    assert read_bytes(saved).format == "html"


def test_too_many_parts_and_too_deep(read_bytes: ReadBytes, tmp_path: Path) -> None:
    limits = ReadingLimits(bundle_members=50)
    many = mail(ONE, multipart(part("text/plain", b"xin"), *[part("application/pdf", b"x")] * 100))
    assert codes(read_bytes(many, limits))[0] == "text-incomplete"
    assert len(files(many, tmp_path, limits)) < 50
    deep = b""
    for level in range(2000):
        deep += f'Content-Type: multipart/mixed; boundary="B{level}"\r\n\r\n--B{level}\r\n'.encode()
    reading = read_bytes(HEAD + deep + b"\r\n" + b"x\r\n" * 300_000)
    assert codes(reading) == ["text-incomplete"]


def test_a_mail_over_the_limit_is_told(read_bytes: ReadBytes, tmp_path: Path) -> None:
    data = mail("text/plain", b"x" * 2_000_000)
    assert codes(read_bytes(data, ReadingLimits(bundle_mb=1))) == ["over-limit"]
    with pytest.raises(ValueError, match="limit"):
        files(data, tmp_path, ReadingLimits(bundle_mb=1))
    long = read_bytes(mail("text/plain", b"chu " * 600_000), ReadingLimits(text_mb=1))
    assert codes(long) == ["text-incomplete"]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=5)
)
def test_mutated_mails_never_raise(cuts: list[tuple[int, int, bytes]], read_bytes: ReadBytes, tmp_path: Path) -> None:
    data = mail(
        ONE,
        multipart(
            part("text/plain; charset*=utf-8''utf-8", "Kính gửi".encode()),
            part("application/pdf", b"eA==", "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;"
                 " filename*0*=utf-8''B%C3%A1o; filename*1=.pdf\r\n"),
            part("message/rfc822", HEAD + b"\r\nx"),
            part("application/pkcs7-mime", b"\x30\x03\x06\x01\x00"),
        ),
        HEAD + b"Date: Wed, 15 Dec 2021 08:00:00 +0700\r\nCc: =?utf-8?B?R+G7?= =?UTF-8?B?rWk=?=\r\n",
    )  # fmt: skip
    for at, length, new in cuts:
        at %= len(data)
        data = data[:at] + new + data[at + length :]
    reading = read_bytes(HEAD + data)
    assert not any(code == "reader-failed" for code in codes(reading)), reading.warnings
    for name, content in files(HEAD + data, tmp_path):
        assert name
        assert isinstance(content, bytes)
