"""MSG of Outlook: who wrote to whom and when, the body, the names of the attachments; and the attachments themselves.

Our own over the OLE file: the library for it, extract-msg, is under the GPL.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime
from email import encoders
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from pathlib import Path
from typing import BinaryIO

from archive.readers import outcome
from archive.readers.limits import ReadingLimits
from archive.readers.mail.mail import mail_page, shown_date
from archive.readers.mail.msg_store import (
    BODY,
    CLASS,
    COPIES,
    SENDER_ADDRESSES,
    SENDER_NAMES,
    SUBJECT,
    TO,
    Attached,
    Message,
)
from archive.readers.office.layout import lines_of
from archive.readers.office.office import files_inside
from archive.readers.office.properties import shown
from archive.readers.ole.ole import NotOle, Ole
from archive.readers.ole.ole_summary import moment
from archive.readers.rtf.rtf_parse import parse
from archive.readers.web.html import text_of_html
from archive.records import HANOI, Reading

_MEGABYTE = 1024 * 1024
_CERTIFIED = "IPM.NOTE.SMIME"  # the class of a message signed or sealed under a certificate
_DEEP = 8  # messages attached to messages, as one file; Outlook lets a person nest them, nobody nests so many


def read_msg(path: Path, limits: ReadingLimits) -> Reading:
    """The reading of a MSG; a broken one is a state, not an error."""
    try:
        with path.open("rb") as stream:
            return _reading(_opened(stream, limits), limits)
    except (NotOle, struct.error):
        return outcome.damaged("msg")


def _reading(message: Message, limits: ReadingLimits) -> Reading:
    subject, sender, moment = _one_line(message.text(SUBJECT)), _sender(message), _moment(message)
    names = [_file_name(attached) for attached in message.attachments()]
    date = shown_date(moment) if moment else ""
    body = _body(message, limits)
    properties = {"title": subject, "author": sender, "created": moment.isoformat() if moment else ""}
    return outcome.read(
        "msg",
        [mail_page(sender, _receivers(message), date, subject, body, names)],
        warnings=files_inside(names),
        properties=shown(properties),
    )


def attachments(path: Path, limits: ReadingLimits) -> Iterator[tuple[str, bytes]]:
    """The name, as the sender gave it, and the bytes of each attachment, for the bundles. A message attached to the
    message comes as a mail file (EML) made of it, with its own attachments inside. `NotOle` when the file is broken."""
    with path.open("rb") as stream:
        message = _opened(stream, limits)
        room = _Room(2 * path.stat().st_size + _MEGABYTE)  # more than a file holds cannot honestly come out of it
        certified = message.text(CLASS).upper().startswith(_CERTIFIED)
        for attached in message.attachments():
            if attached.message is not None:
                yield _file_name(attached), _rebuilt(attached.message, limits, room, _DEEP).as_bytes()
            elif attached.data is not None:
                data = room.take(message.data(attached))
                yield ("message.eml", _as_mail(data)) if certified else (_file_name(attached), data)


def _as_mail(data: bytes) -> bytes:
    """A mail under a certificate: its one attachment is the mail as it was sent, or the sealed part of it."""
    if data[:256].lower().lstrip().startswith(b"content-type:"):
        return b"MIME-Version: 1.0\r\n" + data.lstrip()
    sealed = MIMEBase("application", "pkcs7-mime", name="smime.p7m")
    sealed.set_payload(data)
    encoders.encode_base64(sealed)
    return sealed.as_bytes()


class _Room:
    """Bytes that may still come out of a file; attachments that all point to the same place are cut off."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, data: bytes) -> bytes:
        if len(data) > self._left:
            raise NotOle
        self._left -= len(data)
        return data


def _opened(stream: BinaryIO, limits: ReadingLimits) -> Message:
    ole = Ole(stream)
    return Message(ole, ole.root, limits.bundle_mb * _MEGABYTE)


def _rebuilt(message: Message, limits: ReadingLimits, room: _Room, deep: int) -> MIMEMultipart:
    """A message as a mail file: its headers, its body as text, its attachments."""
    mail = MIMEMultipart()
    headers = {"Subject": message.text(SUBJECT), "From": _sender(message), "To": _receivers(message)}
    for name, words in headers.items():
        if words:
            mail[name] = Header(_one_line(words), "utf-8").encode()
    if at := _moment(message):
        mail["Date"] = format_datetime(at)
    mail.attach(MIMEText(_sayable(_body(message, limits)), "plain", "utf-8"))
    for attached in message.attachments():
        if attached.message is not None and deep:
            mail.attach(MIMEMessage(_rebuilt(attached.message, limits, room, deep - 1)))
        elif attached.data is not None:
            part = MIMEBase("application", "octet-stream")
            part.set_payload(room.take(message.data(attached)))
            encoders.encode_base64(part)
            part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _file_name(attached)))
            mail.attach(part)
    return mail


# --- parts of a message ----------------------------------------------------------------------------------------------


def _body(message: Message, limits: ReadingLimits) -> str:
    """The plain body, else the lines of the HTML one, else those of the RTF one; raw."""
    characters = limits.text_mb * _MEGABYTE
    if plain := message.text(BODY):
        return plain[:characters]
    html, charset = message.html()
    if html:
        return text_of_html(html, charset, characters)
    rtf = message.rtf()
    return "\n".join(lines_of(parse(rtf, characters).body)) if rtf else ""


def _sender(message: Message) -> str:
    """Name and address; of people of the same Exchange server Outlook only notes a path of it, which tells nobody."""
    name = _one_line(message.text(*SENDER_NAMES))
    address = next((words for tag in SENDER_ADDRESSES if "@" in (words := _one_line(message.text(tag)))), "")
    if not address or address == name:
        return name
    return f"{name} <{address}>" if name else address


def _moment(message: Message) -> datetime | None:
    iso = moment(message.ticks())
    return datetime.fromisoformat(iso).astimezone(HANOI) if iso else None


def _receivers(message: Message) -> str:
    return ", ".join(words for tag in (TO, COPIES) if (words := _one_line(message.text(tag))))


def _file_name(attached: Attached) -> str:
    """As the sender gave it; a message in the message is called by its subject."""
    name = _one_line(attached.name)[:150]
    return f"{name}.eml" if attached.message is not None else name


def _one_line(words: str) -> str:
    return " ".join(_sayable(words).split())


def _sayable(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
