"""A paper before it becomes a file: its head, title, body and signatures, whatever format they are written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from inbox.demo.bodies import PLACE


class Head(Enum):
    """The three heads in use: of the Party, of the state, of the youth union. The value is what stands on the right."""

    PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
    STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    YOUTH = ("ĐOÀN TNCS HỒ CHÍ MINH",)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the body; the first row is its header."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Heading | Grid


@dataclass(frozen=True, slots=True)
class Signature:
    """On whose behalf, as what, and who."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` is the printed line ("Số 12-BC/CB"), "" where the paper carries none; `day` None leaves the date line
    blank; `form` is the mark of a prescribed form; `mark` a secrecy mark; with `in_page_header` the head block stands
    in the page header, as some offices keep it."""

    superior: str
    issuer: str
    kind: str
    title: tuple[str, ...]
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    year: int
    day: date | None
    number: str = ""
    head: Head = Head.PARTY
    recipients: tuple[str, ...] = ()
    form: str = ""
    mark: str = ""
    in_page_header: bool = False

    @property
    def left(self) -> tuple[str, ...]:
        """The left block of the head."""
        star = {Head.PARTY: "*", Head.STATE: "_______", Head.YOUTH: "***"}[self.head]
        return tuple(line for line in (self.superior, self.issuer, star, self.number, self.mark) if line)

    @property
    def right(self) -> tuple[str, ...]:
        """The right block of the head, with the date line last."""
        return (*self.head.value, "", self.date_line)

    @property
    def date_line(self) -> str:
        """Place and day as they are printed."""
        if self.day is None:
            return f"{PLACE}, ngày      tháng      năm {self.year}"
        return f"{PLACE}, ngày {self.day:%d} tháng {self.day:%m} năm {self.day.year}"
