"""An Outlook message inside its OLE file ([MS-OXMSG]): properties are streams named by tag and type, attachments and
recipients are folders; a message attached to a message is a folder again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from archive.readers.mail.lzfu import unpacked
from archive.readers.ole.ole import Entry, Ole
from archive.readers.ole.ole_summary import decoded

CLASS, SUBJECT, TO, COPIES = 0x001A, 0x0037, 0x0E04, 0x0E03
BODY, HTML, RTF = 0x1000, 0x1013, 0x1009
SENDER_NAMES, SENDER_ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_DATES = (0x0039, 0x0E06)  # sent, else arrived
_CODE_PAGES = (0x3FFD, 0x3FDE)
_FILE_NAMES, _FILE_DATA = (0x3707, 0x3704, 0x3001), 0x3701
_FIXED = "__PROPERTIES_VERSION1.0"
_ROOT_HEADER, _INNER_HEADER, _ATTACHED_HEADER = 32, 24, 8
_WIDE, _BYTES, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_MOST = 10_000  # properties of fixed size, and attachments


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: its name, and either the message it is or where its bytes stand (None: an object of a program)."""

    name: str
    message: Message | None
    data: Entry | None


class Message:
    """One message. What is missing or broken is empty."""

    def __init__(self, ole: Ole, folder: Entry, at_most: int, header: int = _ROOT_HEADER) -> None:
        self._ole = ole
        self._at_most = at_most
        self._header = header
        self._inside = {name.upper(): entry for name, entry in ole.folder(folder).items()}
        self._page: int | None = None

    def text(self, *tags: int) -> str:
        """The first of these properties that says something."""
        return next((words for tag in tags if (words := self._text(tag)).strip()), "")

    def binary(self, tag: int) -> bytes:
        """A property of bytes."""
        return self._read(f"__SUBSTG1.0_{tag:04X}{_BINARY}")

    def rtf(self) -> bytes:
        """The body as RTF; none when there is none."""
        return unpacked(self.binary(RTF), self._at_most)

    def html(self) -> tuple[bytes | str, str]:
        """The body as HTML, and the charset that Outlook notes for its bytes."""
        page = self._fixed.get(_CODE_PAGES[1], 0) & 0xFFFF
        charset = {0: "", 65001: "utf-8", 20127: "us-ascii"}.get(page, f"cp{page}")
        return self.binary(HTML) or self._text(HTML), charset

    def ticks(self) -> int:
        """When it was sent, or else came, in tenths of microseconds from 1601 on; 0 when it does not say."""
        return next((self._fixed[tag] for tag in _DATES if self._fixed.get(tag)), 0)

    def attachments(self) -> Iterator[Attached]:
        """In the order of their numbers."""
        names = sorted(name for name, entry in self._inside.items() if "__ATTACH_VERSION1.0_" in name)
        for number, name in enumerate(names[:_MOST], start=1):
            yield self._attached(self._inside[name], number)

    def data(self, attached: Attached) -> bytes:
        """The bytes of an attachment."""
        return self._ole.read(attached.data, self._at_most) if attached.data is not None else b""

    def _attached(self, folder: Entry, number: int) -> Attached:
        about = Message(self._ole, folder, self._at_most, _ATTACHED_HEADER)
        about._page = self._code_page
        name = about.text(*_FILE_NAMES).strip()
        inner = about._inside.get(f"__SUBSTG1.0_{_FILE_DATA:04X}{_OBJECT}")
        if inner is not None and not inner.is_stream:
            message = Message(self._ole, inner, self._at_most, _INNER_HEADER)
            if _FIXED in message._inside:
                return Attached(name or message.text(SUBJECT).strip() or str(number), message, None)
            return Attached(name or str(number), None, None)
        return Attached(name or str(number), None, about._inside.get(f"__SUBSTG1.0_{_FILE_DATA:04X}{_BINARY}"))

    # --- inside ---

    def _read(self, name: str) -> bytes:
        entry = self._inside.get(name)
        return self._ole.read(entry, self._at_most) if entry is not None else b""

    def _text(self, tag: int) -> str:
        wide = self._read(f"__SUBSTG1.0_{tag:04X}{_WIDE}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._read(f"__SUBSTG1.0_{tag:04X}{_BYTES}")
        return decoded(narrow, self._code_page).rstrip("\0")

    @property
    def _code_page(self) -> int:
        if self._page is None:
            self._page = next((self._fixed[tag] & 0xFFFF for tag in _CODE_PAGES if self._fixed.get(tag)), 1252)
        return self._page

    @cached_property
    def _fixed(self) -> dict[int, int]:
        """Properties of eight bytes at most, by tag."""
        data = self._read(_FIXED)
        places = range(self._header, len(data) - 15, 16)[:_MOST]
        return {
            int.from_bytes(data[at + 2 : at + 4], "little"): int.from_bytes(data[at + 8 : at + 16], "little")
            for at in places
        }
