"""Recognitions as the catalogue stores them: compact JSON and back."""

from __future__ import annotations

from typing import Any

from archive.records import Evidence, Fact, Facts, Figure, Finding, Period, Place, Recognition, Severity, plain

_MANY = {"signers": Fact, "figures": Figure}


def to_json(found: Recognition) -> dict[str, Any]:
    """JSON-ready data; facts that were not found are left out."""
    data: dict[str, Any] = plain(found)
    data["facts"] = {name: value for name, value in data["facts"].items() if value}
    return data


def from_json(data: dict[str, Any]) -> Recognition:
    """What `to_json` made."""
    return Recognition(
        data["kind"],
        data["score"],
        tuple(Evidence(**item) for item in data["evidence"]),
        data["runner_up"],
        data["runner_up_score"],
        data["hint"],
        _facts(data["facts"]),
        tuple(map(_finding, data["findings"])),
    )


def _finding(item: dict[str, Any]) -> Finding:
    places = tuple(Place(**place) for place in item.get("places", ()))
    return Finding(**{**item, "severity": Severity(item["severity"]), "places": places})


def _facts(data: dict[str, Any]) -> Facts:
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in _MANY:
            found[name] = tuple(_MANY[name](**item) for item in value)
        elif name == "period":
            found[name] = Period(**value)
        else:
            found[name] = Fact(**value)
    return Facts(**found)
