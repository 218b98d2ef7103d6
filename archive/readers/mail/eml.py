"""EML: who wrote to whom, when and about what, the text, the names of the attachments; and the attachments themselves.

A web archive (MHTML, which Word and browsers save) is a mail by its bytes and a web page to people: read as one.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.i18n import gettext as _
from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.mail.mail import mail_page, parsed_date, shown_date
from archive.readers.mail.mime import Bytes, Part, split_mail
from archive.readers.office.blocks import TextBudget
from archive.readers.office.layout import lines_of
from archive.readers.office.office import files_inside, incomplete
from archive.readers.web.html import decode_as, html_page, read_html_parts
from archive.records import Reading

_MEGABYTE = 1024 * 1024
_SIGNED_DEEP = 3  # signed mails in signed mails
# Parts that are no file of the sender's.
_NO_FILES = frozenset({
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
})  # fmt: skip
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_PAGES = 100
_PAGE = re.compile(rb"<(?:html|body|div|p|table|h\d|span)\b", re.IGNORECASE)
_PGP = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")
_ENDINGS = {
    "application/pdf": ".pdf", "application/msword": ".doc", "application/zip": ".zip", "image/jpeg": ".jpg",
    "image/png": ".png", "image/gif": ".gif", "image/tiff": ".tif", "text/plain": ".txt", "text/html": ".html",
    "text/calendar": ".ics",
}  # fmt: skip


@dataclass(slots=True)
class _File:
    name: str
    part: Part
    data: Bytes

    def content(self) -> bytes:
        return self.part.content(self.data)


@dataclass(slots=True)
class _Found:
    """What a mail holds, in order."""

    texts: list[str] = field(default_factory=list)
    files: list[_File] = field(default_factory=list)
    sealed: bool = False  # something in it is encrypted
    old_font: bool = False
    guessed: bool = False
    cut: bool = False


def read_eml(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a mail, or of a web archive; an encrypted or over-long one is a state, not an error."""
    data = _mapped(path, limits)
    if data is None:
        words = _("the mail is too big; save its attachments and hand them in one by one")
        return outcome.unreadable("eml", "over-limit", words)
    mail = split_mail(data, limits.bundle_members)
    if _is_web_archive(mail.top):
        return read_html_parts(_pages(mail.top, data), limits)
    found = _Collector(limits).collected(mail.top, data)
    if found.sealed and not found.files and not any(text.strip() for text in found.texts):
        return outcome.locked("eml")
    return _reading(mail.top, found, mail.cut)


def attachments(path: Path, limits: ReadingLimits) -> Iterator[tuple[str, bytes]]:
    """The name, as the sender gave it, and the bytes of each attachment, for the bundles; a mail in the mail is
    "<subject>.eml". Names are text from outside: nobody may write by them. `ValueError` when the mail is too big."""
    data = _mapped(path, limits)
    if data is None:
        raise ValueError("mail over the limit")
    mail = split_mail(data, limits.bundle_members)
    if _is_web_archive(mail.top):
        return
    for file in _Collector(limits).collected(mail.top, data).files:
        yield file.name, file.content()


def web_pages(data: bytes) -> list[tuple[bytes, str]]:
    """The pages, each with the charset that its envelope names, of a web archive or of bytes that are a page."""
    mail = split_mail(data, _PAGES)
    if _is_web_archive(mail.top):
        return _pages(mail.top, data)
    return [(data, "")] if _PAGE.search(data[:4096]) else []


def _pages(top: Part, data: Bytes) -> list[tuple[bytes, str]]:
    return [(part.content(data), part.charset) for part in top.walk() if part.kind == "text/html"]


def _mapped(path: Path, limits: ReadingLimits) -> Bytes | None:
    """The bytes of a file, which stay on the disk: only its parts are copied. None when there are too many."""
    with path.open("rb") as stream:
        if path.stat().st_size > limits.bundle_mb * _MEGABYTE:
            return None
        try:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except (ValueError, OSError):  # empty, or more than a worker may map
            return stream.read(0) if not path.stat().st_size else None


def _is_web_archive(top: Part) -> bool:
    """Whether nobody sent it: pages with the places they were saved from."""
    if any(top.head.get(name) for name in ("To", "Cc", "Received", "Delivered-To")):
        return False
    page = next((part for part in top.walk() if not part.parts), top)
    return page.kind == "text/html" and bool(page.head.get("Content-Location") or "blink" in top.header("From").lower())


def _reading(top: Part, found: _Found, cut: bool) -> Reading:
    subject, sender = top.header("Subject").strip(), top.header("From").replace('"', "").strip()
    to = ", ".join(words for name in ("To", "Cc") if (words := top.header(name).replace('"', "").strip()))
    moment = parsed_date(top.header("Date"))
    date = shown_date(moment) if moment else top.header("Date")
    names = [file.name for file in found.files]
    body = "\n\n".join(text.strip("\r\n") for text in found.texts if text.strip())
    properties = {"title": subject, "author": sender, "created": moment.isoformat() if moment else ""}
    warnings = incomplete([_("parts of the mail beyond the limits")] if cut or found.cut else [])
    if found.sealed:
        warnings += incomplete([_("an encrypted part")])
    if found.guessed:
        words = _("the encoding of the text is a guess; save the file as UTF-8")
        warnings.append(("encoding-guessed", words))
    return outcome.read(
        "eml",
        [mail_page(sender, to, date, subject, body, names)],
        warnings=[*warnings, *files_inside(names)],
        properties={key: value for key, value in properties.items() if value},
        legacy_font=found.old_font,
        sure=0.5 if found.guessed else 1.0,
    )


class _Collector:
    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._budget = TextBudget(limits.text_mb * _MEGABYTE, limits.cells)
        self._files = 0

    def collected(self, part: Part, data: Bytes, signed: int = 0) -> _Found:
        """What a part and those in it hold."""
        found = _Found()
        if part.kind in ("multipart/encrypted", "application/pgp-encrypted"):
            found.sealed = True
        elif part.kind == "multipart/alternative" and part.parts:
            self._alternative([self.collected(inner, data, signed) for inner in part.parts], found)
        elif part.parts:
            for inner in part.parts:
                _add(found, self.collected(inner, data, signed), with_texts=True)
        elif part.kind in _SEALED and part.filename.lower() in ("", "smime.p7m"):
            self._sealed(part, data, signed, found)
        elif part.kind in ("text/plain", "text/html") and not part.attached and not part.filename:
            self._text(part, data, found)
        elif part.kind not in _NO_FILES and not part.kind.startswith("multipart/"):
            self._files += 1
            found.files.append(_File(self._name(part, data), part, data))
        return found

    def _alternative(self, choices: list[_Found], found: _Found) -> None:
        """The same text in several shapes, the plain one first. One that says something else comes in as well: the
        plain one may only say that there is another."""
        for each in choices:
            _add(found, each, with_texts=not _said(each.texts, found.texts))

    def _text(self, part: Part, data: Bytes, found: _Found) -> None:
        content = part.content(data)
        if part.kind == "text/html":
            page, found.guessed = html_page(content, part.charset, self._budget)
            found.old_font, found.cut = page.old_font, page.cut
            text = "\n".join(lines_of(page.blocks))
        else:
            room = max(self._budget.left, 0)
            text, found.guessed = decode_as(content[: 4 * room], part.charset)
            found.cut = len(text) > room or len(content) > 4 * room
            text = text[:room]
            self._budget.left -= len(text)
        if _PGP.match(text):
            found.sealed = True
        else:
            found.texts.append(text.replace("\0", ""))

    def _sealed(self, part: Part, data: Bytes, signed: int, found: _Found) -> None:
        payload = _signed_payload(part.content(data)) if signed < _SIGNED_DEEP else None
        if payload is None:
            found.sealed = True
        else:
            inner = split_mail(payload, self._limits.bundle_members)
            _add(found, self.collected(inner.top, payload, signed + 1), with_texts=True)

    def _name(self, part: Part, data: Bytes) -> str:
        if part.filename:
            return part.filename
        if part.kind == "message/rfc822":
            inner = split_mail(data, 1, part.start, part.end).top
            return f"{inner.header('Subject').strip()[:150] or 'message'}.eml"
        return f"attachment-{self._files}{_ENDINGS.get(part.kind, '')}"


def _add(found: _Found, inner: _Found, *, with_texts: bool) -> None:
    found.files += inner.files
    found.sealed = found.sealed or inner.sealed
    if with_texts:
        found.texts += inner.texts
        found.guessed = found.guessed or inner.guessed
        found.old_font = found.old_font or inner.old_font
        found.cut = found.cut or inner.cut


def _said(texts: list[str], before: list[str]) -> bool:
    """Whether at least half of the words stood there before."""
    words, known = set(" ".join(texts).split()), set(" ".join(before).split())
    return 2 * len(words & known) >= len(words)


def _signed_payload(content: bytes) -> bytes | None:
    """The mail inside a signed one (RFC 8551, signed-data); None when it is encrypted or broken."""
    from asn1crypto import cms

    try:
        info = cms.ContentInfo.load(content)
        if info["content_type"].native != "signed_data":
            return None
        payload = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError):
        return None
    return payload if isinstance(payload, bytes) else None
