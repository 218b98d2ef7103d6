"""Slips that somebody may make in a pack, one at a time: `mutants` of a pack, each with one requirement that asks
something else. An example dossier should notice every one (`validators.mutation`, `hoso rules test --mutate`).

Slips that change nothing are left out by how they are made, with the reason beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.i18n import gettext as _
from archive.records import Severity, UnitType
from rules.model import PARTS, CheckUse, Condition, Deadline, Origin, Per, Requirement, RulePack

_MAX_GENERAL = 2  # of the general kinds ("another report") that a requirement might be widened to


@dataclass(frozen=True, slots=True)
class Mutant:
    """A pack with one slip: in which requirement, what in words, and where the right thing is written. `unit`: the slip
    is in what this unit alone has otherwise. `blind`: the checks on papers that are not made for the requirement."""

    requirement: str
    what: str
    file: str
    line: int
    pack: RulePack
    unit: str = ""
    blind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip in one requirement: the fields of the pack that it is about, what in words, what is asked then (None:
    nothing)."""

    fields: tuple[str, ...]
    what: str
    asked: Requirement | None
    blind: tuple[str, ...] = ()
    form_year: int | None = None


def mutants(pack: RulePack) -> Iterator[Mutant]:
    """Every pack that differs from this one by one slip, in the order of its requirements."""
    for item in pack.requirements:
        for slip in slips(item, pack):
            file, line = item.place(*slip.fields)
            yield Mutant(item.id, slip.what, file, line, _with(pack, item, slip), blind=slip.blind)
    for unit, variants in pack.variants.items():
        for name, own in variants.items():
            changes = [each for each in pack.changes if each.requirement == name and unit in each.units]
            rest = {**pack.variants, unit: {key: value for key, value in variants.items() if key != name}}
            what = _("{unit} has it as all others").format(unit=unit)
            file, line = (changes[-1].file, changes[-1].line) if changes else own.place() if own else ("", 1)
            yield Mutant(name, what, file, line, replace(pack, variants=rest), unit)


def slips(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    """The slips that may be made in one requirement."""
    for operator in OPERATORS:
        yield from operator(item, pack)


def _with(pack: RulePack, item: Requirement, slip: Slip) -> RulePack:
    changed = (slip.asked if each is item else each for each in pack.requirements)
    kinds = pack.kinds
    if slip.form_year:
        own = {name: replace(kinds[name], form_year=slip.form_year) for name in _wanted(item) if kinds[name].form_year}
        kinds = {**kinds, **own}
    return replace(pack, requirements=tuple(each for each in changed if each), kinds=kinds)


def _wanted(item: Requirement) -> tuple[str, ...]:
    return item.accepts or item.all_of


# --- what may slip ---------------------------------------------------------------------------------------------------


def _dropped(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    yield Slip(("id",), _("it is not asked at all"), None)


def _fewer_kinds(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    for kind in _wanted(item):
        rest = tuple(each for each in _wanted(item) if each != kind)
        if rest:
            what = _('"{kind}" does not count').format(kind=pack.kinds[kind].title_vi)
            asked = replace(item, accepts=rest) if item.accepts else replace(item, all_of=rest)
            yield Slip(("accepts", "all_of"), what, asked)
    if item.all_of:
        yield Slip(("all_of",), _("one of the kinds is enough"), replace(item, accepts=item.all_of, all_of=()))


def _other_kinds(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    """Where all of some kinds are asked for, a further one does not count as well: it would be asked for."""
    others = (*item.near, *_general(item, pack)) if item.accepts else ()
    for kind in others:
        near = tuple(each for each in item.near if each != kind)
        what = _('"{kind}" counts as well').format(kind=pack.kinds[kind].title_vi)
        yield Slip(("near", "accepts"), what, replace(item, accepts=(*item.accepts, kind), near=near))
    if len(item.accepts) == 1 and others:
        near = tuple(each for each in item.near if each != others[0])
        what = _('"{kind}" counts instead').format(kind=pack.kinds[others[0]].title_vi)
        yield Slip(("accepts",), what, replace(item, accepts=(others[0],), near=near))


def _general(item: Requirement, pack: RulePack) -> tuple[str, ...]:
    """The kinds of all papers under the same printed words: what somebody takes who means "any report"."""
    printed = {word for kind in _wanted(item) for word in pack.kinds[kind].printed}
    found = (kind.id for kind in pack.kinds.values() if kind.general and printed & set(kind.printed))
    return tuple(kind for kind in found if kind not in (*_wanted(item), *item.near))[:_MAX_GENERAL]


def _near(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    for kind in item.near:
        what = _('"{kind}" is not told as handed in by mistake').format(kind=pack.kinds[kind].title_vi)
        yield Slip(("near",), what, replace(item, near=tuple(each for each in item.near if each != kind)))


def _condition(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    asked = item.only_if
    if asked is None:
        return
    turned = asked.parts[0] if asked.op == "not" else Condition("not", parts=(asked,))
    yield Slip(("only_if",), _("asked where the condition does not hold"), replace(item, only_if=turned))
    if asked != _counted(item):
        yield Slip(("only_if",), _("asked without the condition"), replace(item, only_if=None))
    for what, changed in _conditions(asked):
        yield Slip(("only_if",), what, replace(item, only_if=changed))


def _counted(item: Requirement) -> Condition | None:
    """One for each mass organisation, asked where there is at least one: the condition says nothing that the count does
    not, as where there is none, none is asked for."""
    fact = {Per.MASS_ORG: "mass_orgs", Per.SUB_UNIT: "sub_units"}.get(item.per)
    return Condition("at_least", fact, 1) if fact else None


def _conditions(asked: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition with one of its parts changed."""
    if asked.op == "at_least":
        for step in (1, -1):
            if asked.value + step > 0:
                what = _("the condition asks for at least {count}").format(count=asked.value + step)
                yield what, replace(asked, value=asked.value + step)
    if asked.op == "in" and len(asked.value) > 1:
        for word in asked.value:
            what = _('the condition does not name "{word}"').format(word=word)
            yield what, replace(asked, value=tuple(each for each in asked.value if each != word))
    for number, part in enumerate(asked.parts):
        before, behind = asked.parts[:number], asked.parts[number + 1 :]
        if before or behind:
            what = _("part {number} of the condition lacks").format(number=number + 1)
            yield what, replace(asked, parts=(*before, *behind))
        for what, changed in _conditions(part):
            yield what, replace(asked, parts=(*before, changed, *behind))


def _counting(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    for per in Per:
        if per is not item.per:
            yield Slip(("per", "id"), _("counted per {per}").format(per=per.value), replace(item, per=per))
    for count in (item.count + 1, item.count - 1):
        if count > 0:
            yield Slip(("count", "id"), _("{count} are asked for").format(count=count), replace(item, count=count))
    if item.at_least is not None:
        yield Slip(("at_least",), _("all are needed, without tolerance"), replace(item, at_least=None))


def _deadline(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    due, fields = item.deadline, ("due", "when")
    words = {1: _("due a day later"), -1: _("due a day earlier")}
    for step, what in words.items():
        moved = _moved(due, step)
        if moved:
            yield Slip(fields, what, replace(item, deadline=moved))
    if due.days and due.on is None and due.yearly is None:
        what = _("calendar days are counted") if due.working_days else _("working days are counted")
        yield Slip(fields, what, replace(item, deadline=replace(due, working_days=not due.working_days)))
    for grace in (item.grace_days + 1, item.grace_days - 1) if item.grace_days else ():
        what = _("waited for {days} days more").format(days=grace)
        yield Slip(("grace_days",), what, replace(item, grace_days=grace))


def _moved(due: Deadline, step: int) -> Deadline | None:
    """The deadline so many days later; None where a pack cannot say that."""
    if due.on:
        return replace(due, on=due.on + timedelta(days=step))
    if due.yearly:
        month, number, next_year = due.yearly
        # In a year without a 29 February: it must be a day of every year.
        moved = date(2023, month, number) + timedelta(days=step)
        return replace(due, yearly=(moved.month, moved.day, next_year)) if moved.year == date(2023, 1, 1).year else None
    days = due.days + (step if due.when == "after-visit" else -step)
    return replace(due, days=days) if days >= 0 else None


def _who(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    """A type that is the only one cannot be left out: that is not asking it at all. Where single units are named, a
    further type is asked of none of them."""
    for unit_type in UnitType:
        name = pack.unit_types.get(unit_type, unit_type.value)
        rest = tuple(each for each in item.unit_types if each is not unit_type)
        if unit_type not in item.unit_types and not item.units:
            what = _("asked of {unit_type} as well").format(unit_type=name)
            yield Slip(("for",), what, replace(item, unit_types=(*item.unit_types, unit_type)))
        elif unit_type in item.unit_types and rest:
            what = _("not asked of {unit_type}").format(unit_type=name)
            yield Slip(("for",), what, replace(item, unit_types=rest))
    if item.units:
        yield Slip(("units",), _("asked of all units"), replace(item, units=()))
    origin = {Origin.UNIT: Origin.HOST, Origin.HOST: Origin.UNIT}[item.origin]
    words = {Origin.UNIT: _("the unit issues it itself"), Origin.HOST: _("another body issues it")}
    yield Slip(("from", "id"), words[origin], replace(item, origin=origin))


def _periods(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    """Only in packs that tell kinds of campaigns apart; the others are made for years."""
    if all(each.periods == PARTS for each in pack.requirements):
        return
    words = {"year": _("year"), "half": _("half-year"), "quarter": _("quarter"), "term": _("term")}
    for part in PARTS:
        rest = tuple(each for each in item.periods if each != part)
        if part not in item.periods:
            what = _("asked in a campaign on a {period} as well").format(period=words[part])
            yield Slip(("periods", "id"), what, replace(item, periods=(*item.periods, part)))
        elif rest:
            what = _("not asked in a campaign on a {period}").format(period=words[part])
            yield Slip(("periods", "id"), what, replace(item, periods=rest))


def _checks(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    for number, use in enumerate(item.checks):
        error = use.severity == Severity.ERROR
        other = CheckUse(use.check, (Severity.WARNING if error else Severity.ERROR).value, use.options)
        words = _('counts with the finding "{check}"') if error else _('does not count with the finding "{check}"')
        checks = (*item.checks[:number], other, *item.checks[number + 1 :])
        yield Slip(("checks",), words.format(check=use.check), replace(item, checks=checks))


def _papers(item: Requirement, pack: RulePack) -> Iterator[Slip]:
    """What is looked at on each paper by the word of its kind."""
    yield Slip(("accepts", "all_of"), _("papers of any year count"), item, ("year", "period"))
    years = [pack.kinds[kind].form_year for kind in _wanted(item)]
    if year := next(filter(None, years), None):
        fields = ("accepts", "all_of")
        yield Slip(fields, _("papers on any form count"), item, ("form",))
        yield Slip(fields, _("the form of {year} is asked for").format(year=year + 1), item, form_year=year + 1)


OPERATORS: tuple[Callable[[Requirement, RulePack], Iterator[Slip]], ...] = (
    _dropped, _who, _periods, _condition, _fewer_kinds, _other_kinds, _near, _counting, _deadline, _checks, _papers,
)  # fmt: skip
