"""How well papers in layouts of every sort are recognised: kind, number, code, date, issuer, signer, year.

    .venv/bin/python benchmarks/recognition/measure.py [--half tuning|held-out] [--papers 2] [--seed 2021]
                                                       [--wrong FIELD] [--layout NAME]

Papers are made by `papers` and `layouts` from a seed: one half (seed, wordings, bodies) is for tuning, the other is
never tuned on. `--papers` is the number of papers for each layout and each kind of paper; `--wrong` lists what was
read wrongly: kind or a field.
The sample dossiers beside the checkout are measured too, when they are there.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import dossiers
import layouts
import papers
from agree import FIELDS, right
from papers import Truth
from wordings import SORTS

from archive.records import Reading, Recognition
from rules.loader import find_pack
from validators.recognise import recognise

HELD_OUT = "held-out"
HALVES = ("tuning", HELD_OUT)
GOALS = {"kind": 0.98, "unknown": 0.03} | dict.fromkeys(FIELDS, 0.97)


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of one paper."""

    layout: str
    sort: str
    truth: Truth
    reading: Reading
    found: Recognition
    took: float

    def right(self, field: str) -> bool | None:
        """Whether a field was read rightly; None where it is not looked at."""
        return right(field, self.truth, self.found, noisy=self.layout in layouts.NOISY)


def made(half: str, count: int, seed: int, only: str = "") -> Iterator[tuple[str, str, Truth, Reading]]:
    """The papers of a half: `count` for each layout and sort of paper, each made from a seed of its own."""
    for layout in layouts.LAYOUTS:
        name = layout.__name__
        if only and name != only:
            continue
        for sort in SORTS:
            for at in range(count):
                rng = Random(zlib.crc32(f"{seed} {half} {name} {sort.kind} {at}".encode()))
                paper = papers.make(
                    sort, rng, held_out=half == HELD_OUT, state_form=name == "state_form", bare_head=name == "no_head"
                )
                if name == "right_first":  # a form's mark is not printed there
                    paper.form = ""
                yield name, sort.kind, _seen(paper, name), layout(paper, rng)


def _seen(paper: papers.Paper, layout: str) -> Truth:
    """The truth as far as this layout prints it."""
    if layout == "no_head" and paper.dateline:
        return replace(paper.truth, day=None)
    return paper.truth


def asked() -> frozenset[str]:
    """The kinds that serve a requirement of the pack."""
    requirements = find_pack("xep-loai-2021").requirements
    return frozenset(kind for requirement in requirements for kind in (*requirement.accepts, *requirement.all_of))


def measured(half: str, count: int, seed: int, only: str = "") -> list[Result]:
    """All papers of a half, recognised."""
    pack = find_pack("xep-loai-2021")
    results = []
    for layout, sort, truth, reading in made(half, count, seed, only):
        began = time.process_time()
        found = recognise(reading, name="van ban.docx", folder="", pack=pack)
        results.append(Result(layout, sort, truth, reading, found, time.process_time() - began))
    return results


def share(values: list[bool | None]) -> float:
    """The share of True among those that were looked at."""
    looked = [value for value in values if value is not None]
    return sum(looked) / len(looked) if looked else 1.0


def row(name: str, results: list[Result]) -> str:
    """One line of the table."""
    known = [result for result in results if result.found.kind]
    kind = share([result.right("kind") for result in known])
    unknown = 1 - len(known) / max(len(results), 1)
    cells = [f"{share([result.right(field) for result in results]):.3f}" for field in FIELDS]
    return f"| {name} | {len(results)} | {kind:.3f} | {unknown:.3f} | {' | '.join(cells)} |"


def report(half: str, results: list[Result]) -> None:
    """The tables of one half."""
    took = 1000 * sum(result.took for result in results) / len(results)
    print(f"\n## {half}: {len(results)} papers, {took:.1f} ms of processor time each\n")
    print(f"| layout | papers | kind right | not recognised | {' | '.join(FIELDS)} |")
    print("|---" * (4 + len(FIELDS)) + "|")
    for layout in sorted({result.layout for result in results}):
        print(row(layout, [result for result in results if result.layout == layout]))
    print(row("**all**", results))
    serving = asked()
    false = sum(r.found.kind in serving and not r.right("kind") for r in results)
    others = sum(not serving & set(r.truth.kinds) for r in results)
    print(
        f"\nWrongly taken for a paper that is asked for: {false} (of {len(results)}, {others} of which serve nothing)."
    )
    print("\nTaken for another kind:\n")
    taken = Counter((r.sort, r.found.kind) for r in results if r.found.kind and not r.right("kind"))
    for (sort, kind), count in taken.most_common():
        print(f"- {sort} -> {kind}: {count}")
    lost = Counter(r.sort for r in results if not r.found.kind)
    print("\nNot recognised: " + (", ".join(f"{sort} {count}" for sort, count in lost.most_common()) or "none"))


def wrong(field: str, results: list[Result], most: int) -> None:
    """What was read wrongly, with the paper's opening."""
    for result in [r for r in results if r.right(field) is False][:most]:
        facts = result.found.facts
        got = result.found.kind if field == "kind" else getattr(facts, {"date": "issued_on"}.get(field, field), None)
        near = f" ~{result.found.runner_up} {result.found.runner_up_score}" if field == "kind" else ""
        print(f"\n--- {result.layout} {result.sort}: {getattr(got, 'value', got)!r}{near}; true {result.truth}")
        text = result.reading.text
        print(
            text if field == "signer" and len(text) < 900 else text[:520] if field != "signer" else "..." + text[-500:]
        )


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument("--papers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=2021)
    parser.add_argument("--wrong")
    parser.add_argument("--most", type=int, default=12)
    parser.add_argument("--layout", default="")
    chosen = parser.parse_args()
    for half in chosen.half or HALVES:
        results = measured(half, chosen.papers, chosen.seed, chosen.layout)
        report(half, results)
        if chosen.wrong:
            wrong(chosen.wrong, results, chosen.most)
    if not chosen.half:
        dossiers.report()


if __name__ == "__main__":
    main()
