"""Recognitions as the catalogue stores them: compact JSON and back."""

from __future__ import annotations

from typing import Any

from archive.records import Evidence, Fact, Facts, Figure, Finding, Period, Place, Recognition, Severity, plain

_MANY, _PERIOD = {"signers": Fact, "figures": Figure}, "period"


def to_json(found: Recognition) -> dict[str, Any]:
    """JSON-ready data; facts that were not found are left out."""
    data: dict[str, Any] = plain(found)
    data["facts"] = {name: value for name, value in data["facts"].items() if value}
    return data


def from_json(data: dict[str, Any]) -> Recognition:
    """What `to_json` made. Thousands are read for one answer: each is taken apart by hand."""
    return Recognition(
        data["kind"],
        data["score"],
        tuple([Evidence(item["where"], item["words"], item["weight"]) for item in data["evidence"]]),
        data["runner_up"],
        data["runner_up_score"],
        data["hint"],
        _facts(data["facts"]),
        tuple([_finding(item) for item in data["findings"]]),
    )


def _finding(item: dict[str, Any]) -> Finding:
    places = tuple(Place(**place) for place in item.get("places", ()))
    return Finding(**{**item, "severity": Severity(item["severity"]), "places": places})


def _facts(data: dict[str, Any]) -> Facts:
    found: dict[str, Any] = {
        name: Fact(value["value"], value["page"], value["words"])
        for name, value in data.items()
        if name not in _MANY and name != _PERIOD
    }
    for name, shape in _MANY.items():
        if name in data:
            found[name] = tuple([shape(**item) for item in data[name]])
    if _PERIOD in data:
        found[_PERIOD] = Period(**data[_PERIOD])
    return Facts(**found)
