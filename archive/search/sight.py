"""Who may see what: the one predicate that every read path asks, in the engine and again over the catalogue."""

from __future__ import annotations


def may_see(units: frozenset[str] | None, unit: str | None) -> bool:
    """Whether somebody who may see these units (None: every one) may see a document filed for that unit."""
    return units is None or unit in units
