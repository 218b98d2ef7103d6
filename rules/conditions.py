"""Conditions of a pack over the facts of a unit: all, any, not, is, in, at_least. Closed: nothing is ever evaluated.

In YAML a condition is `{fact: proposed_level, is: HTXSNV}`, `{fact: host, in: [state, public-service]}`,
`{fact: mass_orgs, at_least: 1}`, or `{all: [...]}`, `{any: [...]}`, `{not: {...}}` of such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.i18n import gettext as _
from archive.records import Campaign, Unit, UnitType
from rules.fields import Fields
from rules.model import Condition
from rules.yamlfile import Entry, Problems

HOSTS = ("party", "state", "public-service", "enterprise")
OPERATORS = ("is", "in", "at_least")
_JOINS = ("all", "any", "not")


@dataclass(frozen=True, slots=True)
class FactKind:
    """What a fact of a unit holds. `values` closes a text fact; `untold_is_no` says that a fact that nobody told is a
    plain no (a unit that proposes no level does not propose HTXSNV) and not an unknown."""

    shape: str  # text, flag, number or list
    values: tuple[str, ...] = ()
    untold_is_no: bool = False


FACTS: dict[str, FactKind] = {
    "type": FactKind("text", tuple(UnitType)),
    "host": FactKind("text", HOSTS),
    "has_ubkt": FactKind("flag"),
    "proposed_level": FactKind("text", untold_is_no=True),
    "members": FactKind("number"),
    "exempt": FactKind("number"),
    "mass_orgs": FactKind("list"),
    "sub_units": FactKind("number"),
}


def unit_facts(unit: Unit, campaign: Campaign) -> dict[str, Any]:
    """The facts of a unit that conditions may ask for; None = not told."""
    return {
        "type": unit.type.value,
        "host": unit.host,
        "has_ubkt": unit.has_ubkt,
        "proposed_level": unit.proposed_level,
        "members": unit.members,
        "exempt": unit.exempt,
        "mass_orgs": tuple(org.id for org in unit.mass_orgs),
        "sub_units": sum(1 for other in campaign.units if other.parent == unit.id),
    }


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool | None:
    """Whether the condition holds for these facts; None when a fact that decides it is not told."""
    if condition.op in _JOINS:
        parts = [holds(part, facts) for part in condition.parts]
        if condition.op == "not":
            return None if parts[0] is None else not parts[0]
        decisive = condition.op == "any"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    value = facts.get(condition.fact)
    if value is None:
        return False if FACTS[condition.fact].untold_is_no else None
    return _compare(condition, value)


def _compare(condition: Condition, value: Any) -> bool:
    if condition.op == "at_least":
        return bool((len(value) if isinstance(value, tuple) else value) >= condition.value)
    wanted = condition.value if condition.op == "in" else (condition.value,)
    if isinstance(value, tuple):
        return any(item in wanted for item in value)
    return value in wanted


def describe(condition: Condition) -> str:
    """The condition as the pack writes it, in one line, for explanations."""
    if condition.op in _JOINS:
        return f"{condition.op}({', '.join(map(describe, condition.parts))})"
    value = ", ".join(condition.value) if isinstance(condition.value, tuple) else condition.value
    return f"{condition.fact} {condition.op} {str(value).lower() if isinstance(value, bool) else value}"


def read_condition(entry: Entry, problems: Problems, vocabulary: Mapping[str, tuple[str, ...]]) -> Condition | None:
    """The condition at this place of a pack; None, with a problem noted, where it is none. `vocabulary` closes facts
    whose words the pack itself defines (levels, mass organisations)."""
    joins = [name for name in _JOINS if name in entry.fields]
    if joins:
        return _read_join(joins[0], entry, problems, vocabulary)
    fields = Fields(entry, problems, ("fact", *OPERATORS, *_JOINS), _("word of a condition"))
    fact = fields.choice("fact", tuple(FACTS), required=True)
    operators = [name for name in OPERATORS if name in fields.fields]
    if len(operators) != 1 and entry.tag == "map":
        problems.add(entry.line, _("a condition needs exactly one of: is, in, at_least"))
    if not fact or len(operators) != 1:
        return None
    return _read_comparison(fact, operators[0], fields, vocabulary.get(fact, FACTS[fact].values))


def _read_join(
    name: str, entry: Entry, problems: Problems, vocabulary: Mapping[str, tuple[str, ...]]
) -> Condition | None:
    fields = Fields(entry, problems, (name,), _("word of a condition"))
    inner = (entry.fields[name],) if name == "not" else fields.entries(name, required=True)
    parts = tuple(filter(None, (read_condition(part, problems, vocabulary) for part in inner)))
    if not inner:
        problems.add(entry.line, _('"{name}" must be a list, each part of which begins with "- "').format(name=name))
    return Condition(name, parts=parts) if parts and len(parts) == len(inner) else None


def _read_comparison(fact: str, operator: str, fields: Fields, values: tuple[str, ...]) -> Condition | None:
    shape = FACTS[fact].shape
    value: Any
    if operator == "at_least":
        value = fields.number("at_least") if shape in ("number", "list") else None
        if shape not in ("number", "list"):
            fields.problems.add(fields.line_of("at_least"), _('"{fact}" cannot be counted').format(fact=fact))
    elif shape == "flag":
        value = fields.flag(operator)
    elif shape == "number":
        value = fields.number(operator)
    elif operator == "in":
        value = fields.choices("in", values, fact, required=True) if values else fields.texts("in", required=True)
    else:
        value = fields.choice("is", values, required=True) if values else fields.text("is", required=True)
    return None if value is None or value in ("", ()) else Condition(operator, fact, value)
