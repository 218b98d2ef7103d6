"""What a check is given: one paper with everything known of it, and the questions that several checks ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from archive.records import Facts, Finding, Reading, ReadingState, Recognition, Severity, Source
from archive.vietnamese import exact_words
from rules.model import Kind, RulePack
from validators.candidates import SCAN_FLOOR
from validators.checks.score_table import ScoreTable, score_tables

# Printed kinds that carry a number and a code of their own, in party and in state papers. Minutes, score tables,
# forms, ballots and a member's own papers carry none, and nobody must ask them for one.
NUMBERED = (
    "nghị quyết",
    "quyết định",
    "quy định",
    "chỉ thị",
    "kết luận",
    "hướng dẫn",
    "thông báo",
    "thông tri",
    "báo cáo",
    "kế hoạch",
    "chương trình",
    "tờ trình",
    "đề án",
    "phương án",
    "công văn",
)
# "bảng" and "biểu" are annexes to a signed report as often as papers of their own: they need no signature.
SIGNED = (*NUMBERED, "biên bản", "bản")

_NUMBERED = tuple(exact_words(kind) for kind in NUMBERED)
_SIGNED = tuple(exact_words(kind) for kind in SIGNED)
_HEAD_LINES = 40
_FOOT_LINES = 60
_BLANK_LINE = re.compile(r"\s*")


@dataclass(frozen=True)
class CheckedPaper:
    """One document as the checks see it: reading, recognition, file name, and the pack in force."""

    reading: Reading
    recognition: Recognition
    name: str
    pack: RulePack

    @property
    def facts(self) -> Facts:
        """What the recogniser read in it."""
        return self.recognition.facts

    @property
    def kind(self) -> Kind | None:
        """The kind in the pack, or None where it was not recognised."""
        return self.pack.kinds.get(self.recognition.kind) if self.recognition.kind else None

    @property
    def is_read(self) -> bool:
        """Whether the reader got text out of it."""
        return self.reading.state is ReadingState.READ

    @property
    def is_doubtful(self) -> bool:
        """Whether its text was recognised on pictures too unsurely for anybody to rely on it."""
        scanned = self.is_read and self.reading.source is Source.OCR
        return scanned and (self.reading.confidence or 0.0) < SCAN_FLOOR

    @cached_property
    def can_miss(self) -> bool:
        """Whether "not found" may be taken for "not there". On scans the number and the date are as often written by
        hand, which no recognition of print sees, and where text is cut off the rest is unknown."""
        sources = {self.reading.source, *(page.source for page in self.reading.pages)}
        cut = any(code == "text-incomplete" for code, _ in self.reading.warnings)
        return self.is_read and not cut and not sources & {Source.OCR, Source.NONE} and bool(self.lines)

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """The lines that hold anything, each with its page."""
        return tuple(
            (number, line)
            for number, page in enumerate(self.reading.pages, start=1)
            for line in page.text.split("\n")
            if not _BLANK_LINE.fullmatch(line)
        )

    @property
    def head(self) -> tuple[tuple[int, str], ...]:
        """The lines where the head of the paper stands."""
        return self.lines[:_HEAD_LINES]

    @property
    def foot(self) -> tuple[tuple[int, str], ...]:
        """The last lines, where signatures stand; never lines that `head` holds already."""
        return self.lines[max(_HEAD_LINES, len(self.lines) - _FOOT_LINES) :]

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The printed kind in comparable words; where none was read, all that its recognised kind may print."""
        if self.facts.kind_printed:
            return (exact_words(self.facts.kind_printed.value),)
        return tuple(exact_words(kind) for kind in self.kind.printed) if self.kind else ()

    @cached_property
    def score_tables(self) -> tuple[ScoreTable, ...]:
        """The score tables among its tables."""
        return score_tables(self.reading.tables)

    @property
    def is_numbered(self) -> bool:
        """Whether a paper of this printed kind carries a number. A member's own report carries none."""
        return not self.facts.member and _all_begin(self.printed, _NUMBERED)

    @property
    def is_signed(self) -> bool:
        """Whether a paper of this printed kind ends in a signature block."""
        return _all_begin(self.printed, _SIGNED)

    @property
    def is_minutes(self) -> bool:
        """Whether it is a biên bản."""
        return _all_begin(self.printed, (exact_words("biên bản"),))

    @cached_property
    def is_state_style(self) -> bool:
        """Whether the head is that of the state (mass organisations use it too), not of the Party."""
        words = " ".join(exact_words(line) for _, line in self.head)
        return bool(self.facts.mass_org) or (_STATE in words and _PARTY not in words)


_STATE = exact_words("cộng hòa xã hội chủ nghĩa việt nam")
_PARTY = exact_words("đảng cộng sản việt nam")


def _all_begin(printed: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
    return bool(printed) and all(any(f"{words} ".startswith(f"{kind} ") for kind in kinds) for words in printed)


def warning(code: str, message: str, remedy: str, page: int | None = None) -> tuple[Finding, ...]:
    """One finding that is shown while the document counts all the same."""
    return (Finding(code, Severity.WARNING, message, remedy, page),)
