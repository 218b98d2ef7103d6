"""The types that travel between the packages: frozen, plain, and importing nothing of ours.

Dates are `datetime.date`, moments are aware `datetime.datetime`. Pages are counted from 1, positions are offsets in the
NFC text of a page. What is unread or unsure is never "missing": see `ReadingState` and `VerdictKind`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

# Days are those of the office, wherever the server's clock stands: Vietnam has one zone and no summer time.
HANOI = timezone(timedelta(hours=7), "ICT")

# --- who -------------------------------------------------------------------------------------------------------------


class UnitType(StrEnum):
    """Kinds of party organisation (contract.md); only the first two have visits of their own."""

    DANG_BO_CO_SO = "dang-bo-co-so"
    CHI_BO_CO_SO = "chi-bo-co-so"
    DANG_BO_BO_PHAN = "dang-bo-bo-phan"
    CHI_BO_TRUC_THUOC = "chi-bo-truc-thuoc"


@dataclass(frozen=True, slots=True)
class MassOrganisation:
    """A mass organisation (đoàn thể) of a unit; the four known ones carry their usual names."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A party organisation that hands in a dossier. `members` and `exempt` count people; None = not told."""

    id: str
    name: str
    type: UnitType
    parent: str | None = None
    members: int | None = None
    exempt: int = 0
    host: str | None = None
    mass_orgs: tuple[MassOrganisation, ...] = ()
    has_ubkt: bool = False
    proposed_level: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """An inspection team (đoàn kiểm tra)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    """The day a team visits a unit; sub-units follow their parent's visit."""

    unit: str
    team: str
    on: date


@dataclass(frozen=True, slots=True)
class Waiver:
    """A requirement that somebody excused, why, and the last day it holds (None = until revoked)."""

    unit: str
    requirement: str
    why: str
    by: str
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it still excuses on that day."""
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class BasisPaper:
    """A paper of the committee on which the campaign rests, such as 164-CV/ĐUK."""

    code: str
    on: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What a paper reports on, or what a campaign reviews. `part` is "year", "half", "quarter", "month", "topic" or
    "term" (nhiệm kỳ, from `since` to `year`); `index` counts the part."""

    year: int | None
    part: str = "year"
    index: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's own table of swapped days, above the public holidays: days off that are worked (a Saturday before
    Tết), and working days that are off in their place."""

    working: tuple[date, ...] = ()
    off: tuple[date, ...] = ()

    def over(self, below: Calendar) -> Calendar:
        """Both tables; where they differ about a day, this one holds."""
        own = {*self.working, *self.off}
        return Calendar(
            tuple(sorted({*self.working, *(day for day in below.working if day not in own)})),
            tuple(sorted({*self.off, *(day for day in below.off if day not in own)})),
        )


@dataclass(frozen=True, slots=True)
class Campaign:
    """One inspection campaign (đợt kiểm tra) with everything its file says. `period` is what it reviews where that is
    not the whole year: see `reviewed`."""

    id: str
    title: str
    year: int
    pack: str
    basis: tuple[BasisPaper, ...] = ()
    teams: tuple[Team, ...] = ()
    units: tuple[Unit, ...] = ()
    visits: tuple[Visit, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    period: Period | None = None
    calendar: Calendar = Calendar()

    @property
    def reviewed(self) -> Period:
        """The year, half-year, quarter or term that the campaign reviews."""
        return self.period or Period(self.year)


# --- deliveries ------------------------------------------------------------------------------------------------------

# Formats that hold files of their own. A bundle is nothing but its files; a mail is a text as well.
BUNDLE_FORMATS = frozenset({"zip", "7z", "rar"})
MAIL_FORMATS = frozenset({"eml", "msg"})


class Outcome(StrEnum):
    """What became of a delivery. Quarantined bytes are archived all the same."""

    FILED = "filed"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as dropped. `path` is relative to the inbox, as the bytes the file system holds; that of a member of a
    bundle is the bundle's with "!/" and its own, and `bundle` the intake id that brought the bundle."""

    intake_id: str
    unit: str | None
    path: bytes
    size: int
    seen_at: datetime
    bundle: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one delivery (biên nhận). `bundle` is the path of the bundle it came in, if it did."""

    intake_id: str
    unit: str | None
    path: bytes
    sha256: str
    size: int
    outcome: Outcome
    document: str | None
    reason: str | None
    at: datetime
    number: int = 0  # running, as printed on the receipt
    bundle: bytes | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a document; beside the machine's answer, never overwritten by it."""

    kind: str | None
    unit: str | None
    year: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A blob filed for a unit. `folder` is the path below the unit's folder ("" = directly in it), `name` the file's
    name, both NFC text. `version_of` is the id of the first version where a file of the same path came again."""

    id: str
    unit: str | None
    campaign: str
    sha256: str
    name: str
    folder: str
    size: int
    filed_at: datetime
    version_of: str | None = None
    decision: Decision | None = None


# --- readings --------------------------------------------------------------------------------------------------------


class Source(StrEnum):
    """Where the text came from."""

    EMBEDDED = "embedded"
    OCR = "ocr"
    CONVERTED = "converted"
    NONE = "none"


class ReadingState(StrEnum):
    """How far a blob could be read. Everything but READ makes requirements cannot-tell, never not-met."""

    READ = "read"
    LOCKED = "locked"  # needs a password
    UNREADABLE = "unreadable"  # broken, cut off, empty, over a limit
    NOT_YET = "not-yet"  # a format or a scan this version cannot read yet


class Severity(StrEnum):
    """ERROR: the document does not count. WARNING: it counts and the finding is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the document, its file's name, the page and the very words."""

    document: str
    name: str
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in one document, or between several: a stable code, where, in plain words, and what to do.
    `places` are those that disagree; empty for what is wrong in one document alone."""

    code: str
    severity: Severity
    message: str
    remedy: str
    page: int | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page, NFC, lines parted by \\n, cells of a table row by a tab."""

    text: str
    source: Source = Source.EMBEDDED
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows of cell texts, and the page it stands on."""

    page: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature in a file, checked without a network. `signed_at` is ISO, as the signer's clock told it.
    `intact`: the bytes it covers are those that were signed; `whole`: nothing was changed behind it but what a later
    signature may add; `trusted`: its chain ends in a known root. `words` say what is wrong, "" when nothing is."""

    signer: str
    signed_at: str
    intact: bool
    whole: bool
    trusted: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of a blob. `format` is what the bytes are ("pdf", "docx", "txt", "jpeg", ...), whatever the
    file's name says. `warnings` are codes with words, such as ("text-incomplete", "page 3 ..."); `properties` hold the
    author, title and dates that the file tells of itself. `scans` are the pages (from 1) that only OCR can read and
    that it has not read yet; such a reading holds all its pages in place, those without text as well."""

    format: str
    state: ReadingState
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    source: Source = Source.NONE
    encoding: str = "unicode"
    confidence: float | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    reader: str = ""
    scans: tuple[int, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """All pages, parted by form feed."""
        return "\f".join(page.text for page in self.pages)


# --- recognition -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing read in a document, with the page and the very words it was read from."""

    value: str
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that a paper prints, with where it stood: what comparing papers and grading rest on.

    `name`: "members" (of the organisation), "called", "present", "absent" (at a meeting), "issued", "collected",
    "valid", "invalid" (ballots), "votes" (for a `level`), "rated" (how many hold a `level`) or "rated-total". `of` says
    whose: "members" or "sub-units" of what is rated, the number or the name of what was voted on."""

    name: str
    value: int
    page: int
    words: str
    level: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head, the body and the foot of a paper say of it. None = not found, never a guess.

    `number` is digits without leading zeros, `code` the mended whole ("58-BC/ĐU"), `code_printed` as on the page;
    `kind_printed` ("BÁO CÁO"), `title` the lines below it; `issuer` and `superior` as printed; `form_code` such as
    "01-HD KĐ.ĐG" and `form_year` its year; `issued_on` is ISO; `level` the level the paper asks for or gives itself
    ("HTTNV"), `score` its printed total; `secrecy` the mark in the head; `mass_org` the id of the mass organisation
    that issued it; `member` whose own paper it is; `figures` the counts that other papers are compared with."""

    number: Fact | None = None
    code: Fact | None = None
    code_printed: Fact | None = None
    kind_printed: Fact | None = None
    title: Fact | None = None
    issued_on: Fact | None = None
    place: Fact | None = None
    issuer: Fact | None = None
    superior: Fact | None = None
    signer: Fact | None = None
    role: Fact | None = None
    signers: tuple[Fact, ...] = ()
    period: Period | None = None
    period_read: Fact | None = None
    unit_named: Fact | None = None
    secrecy: Fact | None = None
    form_code: Fact | None = None
    form_year: Fact | None = None
    mass_org: Fact | None = None
    member: Fact | None = None
    level: Fact | None = None
    score: Fact | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a kind: where it stood (form, title, code, body, folder, name, person), the words, its weight."""

    where: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which kind a document is. `kind` is None rather than a guess; `hint` is the kind that folder or file name alone
    point to, for documents that could not be read. Scores lie in 0..1."""

    kind: str | None
    score: float
    evidence: tuple[Evidence, ...] = ()
    runner_up: str | None = None
    runner_up_score: float = 0.0
    hint: str | None = None
    facts: Facts = Facts()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """What became of a bundle: how many of its files were made deliveries of their own; `whole` when that was done and
    nothing was left out. A whole bundle stands for nothing itself; what was left out of another may be any paper."""

    members: int
    whole: bool


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document with all that is known of it: what completeness is judged on. `bundle` is None for what is none;
    `came_in` names the bundle it came in, the outermost first, "" where it was dropped by itself; `signatures` are the
    digital ones in the file."""

    document: Document
    state: ReadingState
    source: Source = Source.EMBEDDED
    confidence: float | None = None
    recognition: Recognition | None = None
    findings: tuple[Finding, ...] = ()
    pages: int = 0
    encoding: str = "unicode"
    format: str = ""
    bundle: Bundle | None = None
    came_in: str = ""
    signatures: tuple[Signature, ...] = ()

    @property
    def kind(self) -> str | None:
        """The kind a person set, else the recognised one."""
        decision = self.document.decision
        if decision and decision.kind:
            return decision.kind
        return self.recognition.kind if self.recognition else None

    @property
    def year(self) -> int | None:
        """The year a person set, else the year the paper reports on."""
        decision = self.document.decision
        if decision and decision.year:
            return decision.year
        period = self.recognition.facts.period if self.recognition else None
        return period.year if period else None

    @property
    def secret(self) -> bool:
        """Marked secret in its head: kept aside, never shown in search."""
        return bool(self.recognition and self.recognition.facts.secrecy)


# --- verdicts --------------------------------------------------------------------------------------------------------


class VerdictKind(StrEnum):
    """The four verdicts of contract.md."""

    MET = "met"
    NOT_MET = "not-met"
    CANNOT_TELL = "cannot-tell"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: a code of contract.md and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A document that nearly counts, with the conditions it fails (most often one)."""

    document: str
    name: str
    fails: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement of one unit on one day. `documents` are the ids that count, newest first; `have` of `need`."""

    requirement: str
    title: str
    area: str
    when: str
    due_on: date | None
    verdict: VerdictKind
    late: bool = False
    waived: bool = False
    have: int = 0
    need: int = 1
    documents: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    remedy: str = ""
    missing: tuple[str, ...] = ()  # what exactly lacks, in words: "tháng 8", "Hội Cựu chiến binh"
    asks: str = (
        ""  # who can take the step: "unit", "office", "nobody" (it only waits for a scan); "" where none is left
    )


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as a range: low counts what is met, high also what may still turn out met."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a unit's dossier is on a day; a query's answer, never stored."""

    unit: Unit
    team: str | None
    visit_on: date | None
    due_on: date | None
    as_of: date
    pack: str
    pack_sha256: str
    verdicts: tuple[Verdict, ...]
    percent: Percent
    percent_before: Percent
    percent_due: Percent
    counts: dict[str, int]
    unread: tuple[str, ...] = ()  # ids of documents that could not be read and point nowhere
    findings: tuple[Finding, ...] = ()  # what its papers say differently of the same thing

    @property
    def days_left(self) -> int | None:
        """Days from as_of to the day the dossier is due; negative when it has passed."""
        return (self.due_on - self.as_of).days if self.due_on else None


def plain(value: Any) -> Any:
    """A record as JSON-ready data: dataclasses to objects, enums to strings, dates to ISO, tuples to lists."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return _plain_scalar(value)


_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value
