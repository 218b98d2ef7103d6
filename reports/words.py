"""How days, times, sizes, percentages and states are said on every page: one place, so that all pages agree."""

from __future__ import annotations

from datetime import date, datetime

from archive.i18n import gettext as _
from archive.records import HANOI, Signature, VerdictKind
from reports.pages import Head


def day(value: date | None) -> str:
    """A day as dd/mm/yyyy; nothing for None."""
    return f"{value:%d/%m/%Y}" if value else ""


def moment(value: datetime | None) -> str:
    """A moment as dd/mm/yyyy HH:MM in +07:00; nothing for None."""
    return f"{value.astimezone(HANOI):%d/%m/%Y %H:%M}" if value else ""


def signature(value: Signature) -> str:
    """A digital signature in one line: whose, of which day, and whether it still holds. Without a known root nobody can
    say that the name is really that person's."""
    signer = value.signer or _("name unknown")
    day_signed = day(datetime.fromisoformat(value.signed_at).date()) if value.signed_at else _("day unknown")
    if not (value.intact and value.whole):
        state = _("changed since it was signed, or damaged")
    else:
        state = _("intact") if value.trusted else _("intact, certificate not verified")
    return _("Digital signature: {signer}, {day}, {state}").format(signer=signer, day=day_signed, state=state)


def read_by_ocr(confidence: float | None) -> str:
    """That a text was not written but recognised on a picture, and how surely (0 to 1)."""
    share = 100 * (confidence or 0)
    return _("read from a scan (OCR), confidence {percent}").format(percent=percent(share, share))


def size(value: int) -> str:
    """A number of bytes, rounded for people: "245 KB"."""
    if value < 1000:
        return f"{value} byte"
    number, unit = value / 1024, "KB"
    for larger in ("MB", "GB"):
        if number >= 1000:
            number, unit = number / 1024, larger
    return f"{decimal(number)} {unit}"


def whole(value: int) -> str:
    """A whole number with points between thousands: "251.187"."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float) -> str:
    """A number with one decimal, or none where it is whole: "71,4"."""
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _percent(value: float) -> str:
    """One decimal; what is not whole never rounds to 100."""
    return decimal(min(value, 99.9) if value < 100 else 100.0)


def percent(low: float, high: float) -> str:
    """A percentage, as a range where it is one: "71,4–85,7 %"."""
    first, last = _percent(low), _percent(high)
    return f"{first} %" if first == last else f"{first}–{last} %"


def sentence(text: str, *, capital: bool = True) -> str:
    """A message as a sentence of its own: with a capital (not where a file's name may come first) and a full stop."""
    text = text.strip()
    if capital:
        text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…:" else text + "."


def days_left(days: int | None) -> str:
    """Days to a deadline, in words."""
    if days is None:
        return ""
    if days > 0:
        return _("{n} day(s) left").format(n=days)
    return _("due today") if days == 0 else _("{n} day(s) overdue").format(n=-days)


def headline(head: Head) -> str:
    """How a dossier stands, in one sentence."""
    if not head.total:
        return _("Nothing is asked of this unit.")
    if not head.missing:
        if head.unsure:
            return _("Nothing is missing; {n} item(s) are not certain yet.").format(n=head.unsure)
        return _("The dossier is complete.")
    if not head.missing_before:
        return _("{n} item(s) are missing.").format(n=head.missing)
    if head.missing_before == head.missing:
        return _("{n} item(s) to be sent before the visit are missing.").format(n=head.missing)
    return _("{n} item(s) are missing, {before} of them to be sent before the visit.").format(
        n=head.missing, before=head.missing_before
    )


def countdown(head: Head) -> str:
    """The days that are left, large on the page: to the deadline, or to the visit where everything is sent."""
    days = head.days_to_visit
    if head.clock == "due":
        return days_left(head.days_left)
    if days is None:
        return _("No visit day yet")
    if days > 0:
        return _("{n} day(s) to the visit").format(n=days)
    return _("visit today") if days == 0 else _("the visit is over")


# The mark goes before the words, so that a state is told without colour, in black print and by a screen reader.
_MARKS = {
    "met": "✓", "late": "✓", "not-met": "✗", "cannot-tell": "?", "not-applicable": "–", "waived": "–",
}  # fmt: skip


def mark(state: str) -> str:
    """The sign of a state, for the eye only."""
    return _MARKS.get(state, "")


def state(code: str, have: int = 0, need: int = 1) -> str:
    """The state of a requirement in words; where several papers are wanted, with how many there are."""
    words = {
        "met": _("Present"),
        "late": _("Present, handed in late"),
        "not-met": _("Missing"),
        "cannot-tell": _("Not certain"),
        "not-applicable": _("Does not apply"),
        "waived": _("Waived"),
    }.get(code, code)
    if need > 1 and code not in ("waived", "not-applicable"):
        return _("{state} ({have} of {need})").format(state=words, have=have, need=need)
    return words


def when(code: str) -> str:
    """When something must be handed in, as a heading."""
    return {
        "before-visit": _("To be sent before the visit"),
        "at-visit": _("To be shown at the visit"),
        "by-date": _("To be sent by a fixed day"),
        "after-visit": _("To be sent after the visit"),
    }.get(code, code)


def verdict_words(verdict: VerdictKind) -> str:
    """A verdict in a line of a terminal."""
    return {
        VerdictKind.MET: _("met"),
        VerdictKind.NOT_MET: _("missing"),
        VerdictKind.CANNOT_TELL: _("unsure"),
        VerdictKind.NOT_APPLICABLE: _("not asked of this unit"),
    }[verdict]


def standing_until(last: date | None) -> str:
    """How long a waiver stands that nobody has revoked."""
    return _("until {day}").format(day=day(last)) if last else _("until it is revoked")


def unit_type(code: str) -> str:
    """A kind of party organisation."""
    return {
        "dang-bo-co-so": _("grass-roots party committee"),
        "chi-bo-co-so": _("grass-roots party cell"),
        "dang-bo-bo-phan": _("division party committee"),
        "chi-bo-truc-thuoc": _("subordinate party cell"),
    }.get(code, code)


def outcome(code: str) -> str:
    """What became of a delivery, as the headline of its receipt."""
    return {
        "filed": _("Received"),
        "duplicate": _("Already received"),
        "quarantined": _("Received, needs attention"),
    }.get(code, code)


def receipt_reason(code: str) -> str:
    """Why a delivery was set aside or taken in as it was, in a few words; what is no code is given back as it is."""
    return {
        "no-unit": _("in no unit's folder"),
        "unknown-origin": _("origin unknown"),
        "secret-mark": _("secrecy mark"),
        "incomplete": _("its end is missing"),
        "empty": _("empty file"),
    }.get(code, code)


def reading_state(code: str) -> str:
    """How far a document could be read; nothing to say where it was read."""
    return {
        "locked": _("locked by a password"),
        "unreadable": _("cannot be read"),
        "not-yet": _("not read yet"),
    }.get(code, "")


def why(code: str, detail: str = "") -> str:
    """Why a file waits or is not taken: the codes of the inbox as a sentence, with what the system said of it; words
    that are no code are given back as they are."""
    sentence = {
        # waits, and is taken later
        "settling": _("just arrived; taken as soon as it has been at rest for a moment"),
        "growing": _("still being copied"),
        "open": _("open in a program; save it and close it"),
        "incomplete": _("its end is missing; if copying it has failed, copy it here again"),
        "empty": _("empty; if copying it has failed, copy it here again"),
        "held": _("changed while it was taken in; taken as soon as it is at rest"),
        "no-campaign": _("no campaign is loaded yet; nothing needs to be done here"),
        "retry": _("could not be stored yet; tried again by itself"),
        "not-removed": _("is stored, but cannot be removed from this folder"),
        "away": _("cannot be reached; tried again by itself"),
        "backlog": _("reading or indexing does not get on; tried again by itself"),
        # not taken while it stays as it is
        "symlink": _("a link; copy the file itself here"),
        "fifo": _("not a file"),
        "socket": _("not a file"),
        "device": _("not a file"),
        "other-disk": _("lies on another disk; copy it here"),
        "own-home": _("the archive's own folder"),
        "too-deep": _("too many folders inside one another; put the files higher up"),
        "too-many": _("too many files at once; the rest follows when these are taken"),
        "no-access": _("may not be read; ask the administrator"),
        "unknown-entry": _("something unknown in the archive's claim area; ask the administrator"),
        "ignored-old": _("a temporary file of a program or system, here for more than a day; it can be deleted"),
    }.get(code, code)
    return f"{sentence} ({detail})" if detail else sentence
