"""What to tell the clerk: why a requirement is not met, and the one step that closes this very gap.

The pack says what to hand in; here stands what is wrong with what was handed in. Sentences are plain, with the name of
the file; the words are translated in archive/locale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from archive.i18n import gettext as _
from archive.records import Period, ReadingState, Reason, Unit
from rules.model import Origin, Per, Requirement
from rules.periods import in_vietnamese
from validators.candidates import Candidate, Check
from validators.counting import MONTHS, Need, Tally, number_of

UNREAD_FILES = "unread-files"
_SHOWN = 3  # files named in one sentence


def day(value: date | None) -> str:
    """A day as people write it."""
    return value.strftime("%d/%m/%Y") if value else ""


def _wrong_kind(name: str, check: Check) -> str:
    if check.id == "period":
        parts = {"half": _("half a year"), "quarter": _("a quarter"), "month": _("a month"), "topic": _("one topic")}
        parts |= {"year": _("a whole year"), "term": _("a term"), "part": _("some months")}
        part = parts.get(check.found, check.found)
        if check.wanted != "year":
            return _("“{name}” reports on {part}, not on {wanted}").format(name=name, part=part, wanted=check.wanted)
        return _("“{name}” reports on {part}, not on the whole year").format(name=name, part=part)
    if check.id == "issuer":
        return _party_head(name, check)
    return _("“{name}” is another kind of paper: {found}").format(name=name, found=check.found)


def _party_head(name: str, check: Check) -> str:
    return _(
        "at its head “{name}” bears the name of a party organisation ({found}), not that of the mass organisation"
    ).format(name=name, found=check.found)


def _unsure(name: str, check: Check) -> str:
    if check.id == "issuer":
        return _party_head(name, check)
    sentences = {
        "kind": _("“{name}” seems to be it, but its kind could not be recognised for certain"),
        "no-head": _("“{name}” has neither issuer nor number nor date nor signature"),
        "year": _("of “{name}” it cannot be told which year it is about"),
        "unit": _("of “{name}” it cannot be told whose paper it is ({found})"),
        "month": _("of “{name}” it cannot be told which month it is of"),
        "quarter": _("of “{name}” it cannot be told which quarter it is of"),
        "mass-org": _("of “{name}” it cannot be told which mass organisation it is from"),
        "slot": _("of “{name}” it cannot be told what it is counted for"),
    }
    sentence = sentences.get(check.id, _("“{name}” was read too unsurely"))
    return sentence.format(name=name, found=check.found or "?")


def _wrong_time(name: str, check: Check) -> str:
    words = _("“{name}” is of {found}, not of {wanted}")
    if not check.wanted.isdecimal():  # a quarter, a term
        words = _("“{name}” is that of {found}; asked is that of {wanted}")
    return words.format(name=name, found=check.found, wanted=check.wanted)


_SENTENCES: dict[str, Callable[[str, Check], str]] = {
    "wrong-kind": _wrong_kind,
    "low-confidence": _unsure,
    "wrong-year": _wrong_time,
    "wrong-unit": lambda name, check: _("“{name}” is a paper of {found}").format(name=name, found=check.found),
    "wrong-form-year": lambda name, check: _("“{name}” uses the form of {found}; that of {wanted} is in force").format(
        name=name, found=check.found, wanted=check.wanted
    ),
    "locked": lambda name, check: _("“{name}” needs a password").format(name=name),
    "unreadable": lambda name, check: _("“{name}” could not be read").format(name=name),
    "secret-mark": lambda name, check: _("“{name}” bears a secrecy mark and was set aside").format(name=name),
}


def sentence(candidate: Candidate, check: Check) -> str:
    """What one check found against a document, with the file's name; "" where it speaks for it."""
    if check.ok or (candidate.known.secret and check.code != "secret-mark"):
        return ""
    if check.ok is None and candidate.waits:
        return _("“{name}” is a scan whose text is being recognised").format(name=candidate.name)
    if check.code == "unreadable" and candidate.known.bundle:
        return _("not everything in “{name}” could be taken out").format(name=candidate.name)
    if check.code == "unreadable" and candidate.known.state is ReadingState.NOT_YET:
        return _("“{name}” cannot be read yet").format(name=candidate.name)
    make = _SENTENCES.get(check.code)
    return make(candidate.name, check) if make else f"“{candidate.name}”: {check.words or check.code}"


def against(candidate: Candidate) -> Check:
    """The weightiest check against a document: a secrecy mark, what fails, what cannot be told."""
    if candidate.known.secret:
        return next((check for check in candidate.checks if check.code == "secret-mark"), candidate.checks[0])
    failing = [check for check in candidate.checks if check.ok is False]
    return failing[0] if failing else next(check for check in candidate.checks if check.ok is None)


def near_miss_message(candidate: Candidate) -> str:
    """All that fails on a document, in one sentence."""
    return "; ".join(sentence(candidate, check) for check in candidate.checks if check.ok is False)


# --- reasons ---------------------------------------------------------------------------------------------------------


def document_reasons(candidates: Sequence[Candidate]) -> list[Reason]:
    """One reason per code, naming the documents it is about; the first says it in full."""
    by_code: dict[str, list[tuple[Candidate, Check]]] = {}
    for candidate in candidates:
        for check in candidate.checks:
            if check.ok is (False if candidate.fails else None) and sentence(candidate, check):
                by_code.setdefault(check.code, []).append((candidate, check))
    reasons = []
    for code, found in by_code.items():
        text = sentence(*found[0])
        if len(found) > 1:
            text += " " + _("(and {count} more)").format(count=len(found) - 1)
        reasons.append(Reason(code, text))
    return reasons


def too_few(tally: Tally, need: Need, per: Per) -> Reason:
    """Some came, some lack."""
    text = _("{have} of {need} received").format(have=tally.have, need="?" if need.count is None else need.count)
    if need.share is not None and need.count:
        text += "; " + _share(need)
    if tally.missing:
        text += "; " + _("missing: {missing}").format(missing=missing_words(tally, need, per))
    return Reason("too-few", text)


def _share(need: Need) -> str:
    """The arithmetic of "at least 95 %"."""
    words = {"share": f"{need.share} %", "count": need.count, "enough": need.enough}
    return _("{share} of {count}, rounded up, is {enough}").format(**words)


def within_share(tally: Tally, need: Need, per: Per) -> Reason:
    """Some lack, and the pack says that so many are enough."""
    text = _("{have} of {need} received").format(have=tally.have, need=need.count)
    text = _("{received}; {share}, so that is enough").format(received=text, share=_share(need))
    if tally.missing:
        text += "; " + _("missing: {missing}").format(missing=missing_words(tally, need, per))
    return Reason("within-share", text)


def waited_for(requirement: Requirement, due: date) -> str:
    """Not there yet, and need not be."""
    if requirement.origin is Origin.HOST:
        return _("another body issues it; it is waited for until {day}").format(day=day(due))
    return _("it may come later; it is waited for until {day}").format(day=day(due))


def missing_words(tally: Tally, need: Need, per: Per) -> str:
    """What lacks, in few words: "tháng 3, 8", "Hội Cựu chiến binh"."""
    if per is Per.MONTH:
        months = [number_of(key) for key, name in need.slots.items() if name in tally.missing]
        whole = len(months) == MONTHS == len(need.slots)
        return _("all 12 months") if whole else _("month {number}").format(number=", ".join(months))
    return ", ".join(tally.missing)


def unread_reason(names: Sequence[str]) -> Reason:
    """Files that nobody could read and whose name tells nothing may be the paper."""
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    text = _("{count} unread or unrecognised files may hold it: {names}").format(count=len(names), names=shown)
    return Reason(UNREAD_FILES, text)


# --- remedies --------------------------------------------------------------------------------------------------------


def what_to_hand_in(
    requirement: Requirement,
    unit: Unit,
    period: Period,
    form_year: int | None,
    tally: Tally,
    need: Need,
    due: date | None,
) -> str:
    """The pack's own words for what to do, filled in."""
    missing = missing_words(tally, need, requirement.per) or _("all of them")
    count = "" if need.count is None else str(need.count)
    year = period.year or 0
    words = {"year": year, "next_year": year + 1, "unit": unit.name, "need": count, "have": tally.have}
    words |= {"period": in_vietnamese(period)} | {"missing": missing, "form_year": form_year or "", "due": day(due)}
    text = requirement.remedy.format(**words)
    said = "{missing}" in requirement.remedy
    if tally.have and tally.missing and not said:
        text = _("{text}; still missing: {missing}.").format(text=text.rstrip(". "), missing=missing)
    return " ".join(text.split())


def what_is_wrong(near: Candidate) -> str:
    """Why the file that was handed in does not do, to stand behind what to hand in."""
    check = against(near)
    words = {"name": near.name, "found": check.found, "wanted": check.wanted}
    if check.code == "wrong-year" and not check.wanted.isdecimal():
        return _("the file handed in is that of {found}").format(**words)
    if check.code == "wrong-year":
        return _("the file handed in is of {found}").format(**words)
    if check.code == "wrong-unit":
        return _("the file “{name}” is a paper of {found}").format(**words)
    if check.code == "wrong-form-year":
        return _("the file handed in uses the form of {found}").format(**words)
    return sentence(near, check)


def clear_up(candidate: Candidate) -> str:
    """The step that turns a document in doubt into one that counts."""
    check, name = against(candidate), candidate.name
    if check.code == "locked":
        return _("Take the password off “{name}” and hand it in again.").format(name=name)
    if check.code == "secret-mark":
        return _(
            "“{name}” bears a secrecy mark: do not send it through this folder; hand it over as the rules for secret "
            "papers say and tell the office."
        ).format(name=name)
    if check.code == "unreadable" and candidate.known.bundle:
        return _("Unpack “{name}” on your computer and hand in its files one by one.").format(name=name)
    if check.code == "unreadable" and candidate.known.state is ReadingState.NOT_YET:
        return _(
            "“{name}” cannot be read yet: hand in a Word or PDF file of it as well, or ask the office to look at it."
        ).format(name=name)
    if check.code == "unreadable":
        return _("“{name}” is broken or empty: hand in a whole copy of it.").format(name=name)
    if candidate.doubtful:
        return _("Scan or photograph “{name}” again, straight and sharp, or hand in the Word file.").format(name=name)
    if check.id == "issuer":
        return _(
            "Put the name of the mass organisation at the head of “{name}” and hand it in again, or ask the office to "
            "say what it is: {why}."
        ).format(name=name, why=sentence(candidate, check))
    if check.id in _ON_THE_PAPER:
        return _("Hand in “{name}” again with that written in its title or head: {why}.").format(
            name=name, why=sentence(candidate, check)
        )
    if check.id == "no-head":
        return _("Hand in the whole of “{name}” as it was issued.").format(name=name)
    return _("Ask the office to look at “{name}” and to say what it is: {why}.").format(
        name=name, why=sentence(candidate, check)
    )


def who_can(candidate: Candidate) -> str:
    """Who can take the step of `clear_up`: the unit, the office, or nobody while a scan is being read."""
    check = against(candidate)
    if candidate.waits:
        return "nobody"
    anew = check.code in ("locked", "unreadable", "secret-mark") or check.id in (*_ON_THE_PAPER, "issuer", "no-head")
    return "unit" if anew or candidate.doubtful else "office"


# What nobody can say in the paper's stead: the office decides on kind, unit and year only.
_ON_THE_PAPER = ("month", "quarter", "mass-org", "slot")


def wait(count: int) -> str:
    """Scans that may be the paper are being read."""
    words = _("The text in {count} scanned file(s) is being recognised; wait for it, then look at this item again.")
    return words.format(count=count)


def tell_members(unit: Unit) -> str:
    """The office has not told how many members the unit has."""
    return _("The office must fill in how many members {unit} has.").format(unit=unit.name)


def tell_fact(unit: Unit, fact: str) -> str:
    """The office has not told a fact on which it hangs whether the paper is asked at all."""
    return _("The office must fill in for {unit} whether: {fact}.").format(unit=unit.name, fact=fact)


def join(base: str, clause: str) -> str:
    """ "Do this; this is wrong." """
    return f"{base.rstrip('. ')}; {clause}." if clause else base
