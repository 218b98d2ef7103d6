"""Two answers about the same dossiers by two packs, side by side: which verdicts change, and because of what."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.records import Completeness, KnownDocument, Unit, Verdict
from rules.model import Requirement, RulePack
from validators.candidates import wanted_kinds

# Of a requirement what people read and nothing is judged by.
_WORDS_ONLY = frozenset({"id", "title", "why", "remedy", "unverified", "changes", "area"})


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A paper that the new words recognise as another kind."""

    document: str
    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Because:
    """What makes the difference: `fields` of the requirement that are other in the new pack, and `papers` that are
    recognised otherwise. Both empty: something else of the pack, such as the form year of a kind."""

    fields: tuple[str, ...] = ()
    papers: tuple[OtherKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One requirement of one unit that comes out otherwise. `old` is None where the new pack adds the requirement for
    the unit, `new` where it drops it; `verdict_changed` where more than counts, days or reasons is other."""

    unit: str
    name: str
    requirement: str
    title: str
    old: Verdict | None
    new: Verdict | None
    verdict_changed: bool
    because: Because


def differences(
    old: Sequence[Completeness],
    new: Sequence[Completeness],
    packs: tuple[RulePack, RulePack],
    seen: tuple[Mapping[str, Sequence[KnownDocument]], Mapping[str, Sequence[KnownDocument]]],
) -> list[Difference]:
    """All that comes out otherwise, in the order of the campaign and of the new pack. `old` and `new` are answers about
    the same units in the same order, `seen` the documents of each unit as either pack recognises them."""
    found = []
    for before, after in zip(old, new, strict=True):
        unit = before.unit
        for one, other in _pairs(before.verdicts, after.verdicts):
            if one is None or other is None or _outcome(one) != _outcome(other):
                found.append(_difference(unit, one, other, packs, (seen[0].get(unit.id, ()), seen[1].get(unit.id, ()))))
    return found


def _pairs(old: Sequence[Verdict], new: Sequence[Verdict]) -> Iterator[tuple[Verdict | None, Verdict | None]]:
    before = {verdict.requirement: verdict for verdict in old}
    after = {verdict.requirement: verdict for verdict in new}
    yield from ((before.get(name), verdict) for name, verdict in after.items())
    yield from ((verdict, None) for name, verdict in before.items() if name not in after)


def _outcome(verdict: Verdict) -> tuple[Any, ...]:
    """All of a verdict that is no mere wording."""
    return (
        verdict.verdict, verdict.late, verdict.waived, verdict.have, verdict.need, verdict.due_on, verdict.when,
        verdict.documents, tuple(reason.code for reason in verdict.reasons),
        tuple((near.document, near.fails) for near in verdict.near_misses),
    )  # fmt: skip


def _difference(
    unit: Unit,
    old: Verdict | None,
    new: Verdict | None,
    packs: tuple[RulePack, RulePack],
    seen: tuple[Sequence[KnownDocument], Sequence[KnownDocument]],
) -> Difference:
    either = new or old
    assert either is not None
    asked = [pack.requirement(either.requirement) for pack in packs]
    kinds = {kind for requirement in asked if requirement for kind in wanted_kinds(requirement)}
    return Difference(
        unit=unit.id,
        name=unit.name,
        requirement=either.requirement,
        title=either.title,
        old=old,
        new=new,
        verdict_changed=old is None or new is None or old.verdict is not new.verdict,
        because=Because(_other_fields(*asked), tuple(_other_kinds(*seen, kinds))),
    )


def _other_fields(old: Requirement | None, new: Requirement | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    names = [field.name for field in dataclasses.fields(old) if field.compare and field.name not in _WORDS_ONLY]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _other_kinds(old: Sequence[KnownDocument], new: Sequence[KnownDocument], kinds: set[str]) -> Iterator[OtherKind]:
    after = {known.document.id: known.kind for known in new}
    for known in old:
        other = after.get(known.document.id)
        if known.kind != other and kinds & {known.kind, other}:
            yield OtherKind(known.document.id, known.document.name, known.kind, other)
