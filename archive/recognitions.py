"""Recognitions as the catalogue stores them: compact JSON and back."""

from __future__ import annotations

from typing import Any

from archive.records import Evidence, Fact, Facts, Finding, Period, Recognition, Severity, plain

_MANY, _PERIOD = "signers", "period"


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
        tuple([Finding(**{**item, "severity": Severity(item["severity"])}) for item in data["findings"]]),
    )


def _facts(data: dict[str, Any]) -> Facts:
    found: dict[str, Any] = {
        name: Fact(value["value"], value["page"], value["words"])
        for name, value in data.items()
        if name != _MANY and name != _PERIOD
    }
    if _MANY in data:
        found[_MANY] = tuple([Fact(**item) for item in data[_MANY]])
    if _PERIOD in data:
        found[_PERIOD] = Period(**data[_PERIOD])
    return Facts(**found)
