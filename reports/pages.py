"""What the pages in a clerk's folder say, as plain data: built by `reports.dossier`, made into bytes by the renderers.

Nothing here is in any language but what came as data (names, titles of the pack, messages of verdicts and findings);
days, states and sizes are put into words by the renderers, so that every format shows the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive.records import Signature


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the share that is not taken in yet: path below the inbox, why (a code of `words.why`, or
    any other words), since when."""

    path: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in the share that we leave alone: a link, a device, a temporary file older than a day; path
    below the inbox, and why (a code of `words.why`, or any other words)."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """A unit at a glance. Percentages are ranges; `met`, `unsure` and `missing` count the requirements that apply and
    are not waived; `href` leads from the page it is shown on to the unit's own page; `depth` is 0 for the page's unit
    or the first level of a list."""

    unit: str
    name: str
    type: str
    team: str
    visit_on: date | None
    due_on: date | None
    days_left: int | None
    days_to_visit: int | None
    low: float
    high: float
    met: int
    unsure: int
    missing: int
    before: int  # how many of all these are to be sent before the visit
    missing_before: int  # of the missing ones, those to be sent before the visit
    overdue: int  # of the missing ones, those whose day has passed
    late: int
    waived: int
    to_mend: int = 0
    href: str = ""
    depth: int = 0

    @property
    def total(self) -> int:
        """How many requirements apply and are not waived."""
        return self.met + self.unsure + self.missing

    @property
    def clock(self) -> str:
        """What the days are counted to: the day by which papers are sent ("due") until that is done or past, then the
        "visit"; "" without a visit."""
        if self.visit_on is None:
            return ""
        awaited = self.missing_before or (self.days_left is not None and self.days_left >= 0)
        return "due" if self.before and awaited else "visit"

    @property
    def tone(self) -> str:
        """How urgent it looks: done, unsure, open, soon (three days or less) or overdue."""
        if not self.missing:
            return "unsure" if self.unsure else "done"
        if self.overdue:
            return "overdue"
        soon = self.missing_before and self.days_left is not None and self.days_left <= 3
        return "soon" if soon else "open"


@dataclass(frozen=True, slots=True)
class Meter:
    """One of the three percentages: over everything, over what is sent beforehand, over what is due today."""

    about: str  # "all", "before", "due"
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Near:
    """A file that nearly counts, and what is wrong with it; `name` is empty where the message has it."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that counts for a requirement; `ocr` is how surely its text was recognised on a picture (0 to 1), None
    where it was not."""

    name: str
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement of the unit. `state` is met, late, not-met, cannot-tell, not-applicable or waived; `lacks` says
    what exactly is missing ("tháng 8"); `basis` is the legal source; `waiver` who excused it and why."""

    id: str
    title: str
    area: str
    when: str
    due_on: date | None
    days_left: int | None
    state: str
    have: int
    need: int
    lacks: tuple[str, ...]
    reasons: tuple[str, ...]
    near: tuple[Near, ...]
    remedy: str
    basis: str
    documents: tuple[Proof, ...]
    waiver: str
    number: int = 0

    @property
    def overdue(self) -> bool:
        """Whether the day has passed and it is missing."""
        return self.state == "not-met" and self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Area:
    """Requirements of one area, in the pack's order."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Requirements with the same time of handing in; `due_on` where they share one."""

    when: str
    due_on: date | None
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A finding on a received file; `severity` "error" = the file does not count."""

    severity: str
    message: str
    remedy: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """An older version of a received file."""

    filed_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Received:
    """A file that we hold, its newest version; `kind` is empty where it was not recognised, `serves` names the
    requirements it counts for, `state` is a `ReadingState`. `members` is how many files were taken out of a bundle
    (None: it is none), `bundle` the name of the bundle it came in, or ""; `ocr` as in `Proof`, `waits` whether pages of
    it are still to be recognised; `rival` the kind that it fits as well, were it not for its name."""

    name: str
    folder: str
    kind: str
    code: str
    issued_on: date | None
    year: int | None
    state: str
    secret: bool
    by_person: bool
    filed_at: datetime
    size: int
    badges: tuple[Badge, ...]
    serves: tuple[str, ...]
    older: tuple[Version, ...]
    members: int | None = None
    bundle: str = ""
    signatures: tuple[Signature, ...] = ()
    ocr: float | None = None
    waits: bool = False
    rival: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A delivery whose bytes were already here; `first_at` is when they came first, `first_name` as which file."""

    name: str
    at: datetime
    first_at: datetime | None
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class Mend:
    """A file that a person must act on. `code` is a key of `troubles.TROUBLES`; an error finding brings its own
    `message` and `remedy`. `path` is below the inbox, `near` names the unit meant most likely (id and name), `bundle`
    the bundle it came in, or ""."""

    key: str
    name: str
    path: str
    code: str
    at: datetime
    size: int
    sha256: str
    message: str = ""
    remedy: str = ""
    near: tuple[str, str] | None = None
    bundle: str = ""

    @property
    def secret(self) -> bool:
        """Marked secret: its bytes are never copied into a folder."""
        return self.code == "secret-mark"

    @property
    def copied(self) -> bool:
        """Whether its bytes may lie beside the note. A bundle would fill the share with what its clerk has anyway, what
        nobody reads may be a program, and another unit's paper is whole."""
        return self.code not in ("secret-mark", "bundle-incomplete", "not-yet", "wrong-unit")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an answer rests on, so that it can be made again: the campaign, the pack with its hash, and the day."""

    campaign: str
    pack: str
    pack_sha256: str
    as_of: date
    newest: datetime | None  # when the newest file came; never the clock, or the page would change by itself


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything the page of one unit says; what is urgent comes first in each list."""

    head: Head
    rules: Rules
    meters: tuple[Meter, ...]
    missing: tuple[Item, ...]
    unsure: tuple[Item, ...]
    to_mend: tuple[Mend, ...]
    waiting: tuple[Waiting, ...]
    parts: tuple[Part, ...]
    subs: tuple[Head, ...]
    received: tuple[Received, ...]
    again: tuple[Again, ...]
    not_taken: tuple[NotTaken, ...]


@dataclass(frozen=True, slots=True)
class RootLine:
    """A unit with what it still lacks, for the list in the inbox' root."""

    head: Head
    missing: tuple[Item, ...]
    unsure: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units there are, and how many of them are complete, lack something due soon, or overdue."""

    units: int
    complete: int
    soon: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RootPage:
    """Everything the page in the root of the inbox says; units by the day of their visit, sub-units below theirs."""

    rules: Rules
    lines: tuple[RootLine, ...]
    strays: tuple[Mend, ...]
    waiting: tuple[Waiting, ...]
    not_taken: tuple[NotTaken, ...]

    @property
    def tally(self) -> Tally:
        """The units counted by how they stand, sub-units too."""
        tones = [line.head.tone for line in self.lines]
        return Tally(len(tones), tones.count("done"), tones.count("soon"), tones.count("overdue"))


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt. `mend` says what is wrong with a delivery that needs a person; `first_at` is when the bytes of a
    duplicate came first, `first_name` as which file; `audit_head` the head of the audit chain when the receipt was
    written; `file` its name in `_BIEN-NHAN`; `bundle` the bundle it came in, or ""."""

    file: str
    number: int
    intake_id: str
    unit: str
    unit_name: str
    campaign: str
    name: str
    folder: str
    at: datetime
    size: int
    sha256: str
    outcome: str
    mend: Mend | None
    first_at: datetime | None
    audit_head: str
    first_name: str = ""
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class NotePage:
    """A note in `_CAN-SUA`; `file` is the safe name of the file it is about."""

    file: str
    unit_name: str
    mend: Mend


Page = UnitPage | RootPage | ReceiptPage | NotePage
