"""A rule pack's requirements in words, for `hoso rules show` and `hoso rules diff`."""

from __future__ import annotations

from collections.abc import Iterable

from archive.i18n import gettext as _
from reports.words import day, unit_type
from rules.model import PARTS as CAMPAIGN_PARTS
from rules.model import Condition, Deadline, Kind, Origin, Per, Requirement, RulePack, When
from rules.requirementfile import CHECK_CODES


def joined(words: Iterable[str]) -> str:
    """A list in one line."""
    return ", ".join(words)


def kind_name(kind_id: str, pack: RulePack) -> str:
    """A kind's name."""
    kind = pack.kinds.get(kind_id)
    return kind.title_vi if kind else kind_id


def who(requirement: Requirement, pack: RulePack) -> str:
    """Which units hand it in."""
    types = joined(pack.unit_types.get(each, unit_type(each)) for each in requirement.unit_types)
    words = [_("only {units}").format(units=joined(requirement.units)) if requirement.units else types]
    if requirement.only_if:
        words.append(_("only where {condition}").format(condition=condition_words(requirement.only_if, pack)))
    if requirement.periods != CAMPAIGN_PARTS:
        names = {"year": _("year"), "half": _("half-year"), "quarter": _("quarter"), "term": _("term")}
        words.append(_("in campaigns on a {parts}").format(parts=joined(names[part] for part in requirement.periods)))
    return "; ".join(words)


def condition_words(condition: Condition, pack: RulePack) -> str:
    """A condition on a unit as people say it."""
    parts = [condition_words(part, pack) for part in condition.parts]
    if condition.op == "not":
        return _("not ({condition})").format(condition=parts[0])
    if condition.op in ("all", "any"):
        return (_(" and ") if condition.op == "all" else _(" or ")).join(parts)
    fact = _fact(condition.fact)
    if condition.op == "at_least":
        return _("{fact}: {number} or more").format(fact=fact, number=condition.value)
    if isinstance(condition.value, bool):
        return fact if condition.value else _("not ({condition})").format(condition=fact)
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return _("{fact} is {values}").format(fact=fact, values=_(" or ").join(_value(each, pack) for each in values))


def _fact(name: str) -> str:
    return {
        "type": _("type of unit"),
        "host": _("host body"),
        "has_ubkt": _("the unit has an inspection commission"),
        "proposed_level": _("the level proposed"),
        "members": _("members"),
        "exempt": _("exempt members"),
        "mass_orgs": _("mass organisations"),
        "sub_units": _("sub-units"),
    }.get(name, name)


def _value(value: object, pack: RulePack) -> str:
    words = {
        "party": _("a party or mass body"),
        "state": _("a state agency"),
        "public-service": _("a public service unit"),
        "enterprise": _("an enterprise"),
    }
    words |= {level.id: level.title for level in pack.levels} | pack.mass_orgs | pack.unit_types
    return words.get(str(value), str(value))


def deadline_words(deadline: Deadline) -> str:
    """By when."""
    count = _("{days} working days") if deadline.working_days else _("{days} days")
    days = count.format(days=deadline.days)
    if deadline.when is When.BY_DATE:
        return _("by {day}").format(day=_by(deadline))
    if deadline.when is When.AFTER_VISIT:
        return _("{days} after the visit").format(days=days)
    if not deadline.days:
        return _("at the visit") if deadline.when is When.AT_VISIT else _("before the visit")
    return _("{days} before the visit").format(days=days)


def _by(deadline: Deadline) -> str:
    if deadline.on:
        return day(deadline.on)
    month, number, next_year = deadline.yearly or (1, 1, False)
    text = f"{number:02}/{month:02}"
    return _("{day} of the next year").format(day=text) if next_year else _("{day} of the year").format(day=text)


def when(requirement: Requirement) -> str:
    """By when, and how long it is waited for."""
    text = deadline_words(requirement.deadline)
    if requirement.grace_days:
        text += "; " + _("waited for {days} days more").format(days=requirement.grace_days)
    return text


def how_many(requirement: Requirement) -> str:
    """How many of it."""
    per = {
        Per.SUB_UNIT: _("{count} per sub-unit"),
        Per.MEMBER: _("{count} per member, less the exempt"),
        Per.MONTH: _("{count} per month"),
        Per.QUARTER: _("{count} per quarter"),
        Per.MASS_ORG: _("{count} per mass organisation"),
    }
    text = per.get(requirement.per, _("{count}") if requirement.count == 1 else _("at least {count}"))
    text = text.format(count=requirement.count)
    if requirement.at_least is not None:
        text += "; " + _("{share} of them are enough").format(share=f"{requirement.at_least} %")
    return text


def what_counts(requirement: Requirement, pack: RulePack) -> str:
    """Which papers count, and of whom."""
    if requirement.all_of:
        text = _("each of: {kinds}").format(kinds=joined(kind_name(each, pack) for each in requirement.all_of))
    elif len(requirement.accepts) == 1:
        text = kind_name(requirement.accepts[0], pack)
    else:
        text = _("one of: {kinds}").format(kinds=joined(kind_name(each, pack) for each in requirement.accepts))
    if requirement.origin is Origin.HOST:
        text += "; " + _("issued by another body (the host body, a mass organisation, the unit above)")
    return text


def kinds_of(requirement: Requirement, pack: RulePack) -> list[Kind]:
    """The kinds that count, as the pack has them."""
    return [pack.kinds[each] for each in (*requirement.accepts, *requirement.all_of) if each in pack.kinds]


def forms(requirement: Requirement, pack: RulePack) -> str:
    """The forms in force for what counts: "02A-HD KĐ.ĐG 2023"."""
    found = [
        " ".join(filter(None, (joined(kind.forms), str(kind.form_year or "")))) for kind in kinds_of(requirement, pack)
    ]
    return "; ".join(dict.fromkeys(filter(None, found)))


def unverified(requirement: Requirement, pack: RulePack) -> list[str]:
    """Everything about it that is only assumed: of itself, its deadline, the kinds that count."""
    told = [requirement.unverified, requirement.deadline.unverified]
    told += [kind.unverified for kind in kinds_of(requirement, pack)]
    return list(dict.fromkeys(filter(None, told)))


def pack_doubts(pack: RulePack) -> list[str]:
    """What is only assumed about a pack as a whole, its deadlines among it."""
    told = [*pack.unverified, pack.grading_unverified, pack.exempt_members.unverified]
    told += [condition.unverified for condition in pack.grading.conditions]
    told += [quota.unverified for quota in pack.grading.quotas]
    told += [item.deadline.unverified for item in pack.requirements]
    return list(dict.fromkeys(filter(None, told)))


def label(name: str) -> str:
    """A field of a requirement or a kind, as people call it."""
    return {
        "title": _("title"),
        "who": _("who"),
        "for": _("who"),
        "units": _("single units"),
        "periods": _("kinds of campaign"),
        "only_if": _("condition"),
        "when": _("deadline"),
        "due": _("deadline"),
        "grace_days": _("days it is waited for"),
        "how_many": _("how many"),
        "per": _("how many"),
        "count": _("how many"),
        "at_least": _("how many"),
        "what_counts": _("what counts"),
        "accepts": _("what counts"),
        "all_of": _("what counts"),
        "from": _("who issues it"),
        "forms": _("form"),
        "near": _("not to be mistaken for it"),
        "checks": _("looked at"),
        "why": _("source"),
        "remedy": _("what to do"),
        "area": _("area"),
        "names": _("names of files and folders"),
        "unverified": _("what is not verified"),
        "title_vi": _("name"),
        "printed": _("printed kinds"),
        "title_not": _("words that rule it out"),
        "codes": _("codes"),
        "body": _("words of the text"),
        "issuers": _("issuers"),
        "issuers_not": _("issuers that rule it out"),
        "period": _("period"),
    }.get(name, name)


def checks(requirement: Requirement) -> str:
    """What is looked at on each paper, and how much it weighs."""
    weights = {"error": _("does not count"), "warning": _("counts, with a warning")}
    known = sorted(requirement.checks, key=lambda use: CHECK_CODES.index(use.check) if use.check in CHECK_CODES else 99)
    return joined(f"{check_name(use.check)}: {weights.get(use.severity, use.severity)}" for use in known)


def check_name(code: str) -> str:
    """A check, as people call what it finds, with the word that packs use."""
    words = {
        "no-number": _("no number"),
        "no-date": _("no date"),
        "no-signature-block": _("no signature block"),
        "odd-code": _("odd code"),
        "blank-field": _("blank fields"),
        "sum-mismatch": _("points that do not add up"),
        "over-maximum": _("points above the maximum"),
        "level-above-score": _("a level above the score"),
        "old-encoding": _("an old font"),
        "active-content": _("macros"),
        "text-incomplete": _("text read in part only"),
        "type-mismatch": _("a name that says another format"),
    }
    return f"{words[code]} ({code})" if code in words else code
