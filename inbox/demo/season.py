"""What a paper is written from: its unit, the year it reports on, the day of the visit, the numbers given so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from inbox.demo.bodies import Body
from inbox.demo.sheet import Block


@dataclass(slots=True)
class Season:
    """One unit's writing of one year. Numbers run on by kind, as in a register of outgoing papers."""

    body: Body
    year: int
    visit: date
    rng: Random
    register: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The unit's name in running text."""
        return self.body.unit.name

    def day(self, before: int) -> date:
        """So many days before the visit, as long as that lies in the December of the year under review."""
        day = min(max(self.visit - timedelta(days=before), date(self.year, 12, 2)), date(self.year, 12, 30))
        return day if day.weekday() < 5 else day - timedelta(days=day.weekday() - 4)

    def number(self, kind: str, org: str | None = None) -> str:
        """The next number of that kind: "Số 12-BC/CB"."""
        self.register[kind] += 1
        first = self.body.first_number if kind == "BC" else 1 + self.body.first_number % 7
        return f"Số {first + self.register[kind] - 1:02}-{kind}/{org or self.body.org}"

    def say(self, stock: tuple[str, ...], count: int | None = None) -> tuple[Block, ...]:
        """So many paragraphs of a stock, in its order, with their figures drawn."""
        chosen = sorted(self.rng.sample(range(len(stock)), min(count or len(stock), len(stock))))
        return tuple(stock[at].format_map(self._figures()) for at in chosen)

    def _figures(self) -> dict[str, object]:
        """A small number, a number about a hundred, and a share that stays below it."""
        draw = self.rng.randint
        figures = {"n": f"{draw(2, 9):02}", "m": draw(96, 118), "p": draw(94, 100)}
        return {**figures, "year": self.year, "next": self.year + 1, "name": self.name}
