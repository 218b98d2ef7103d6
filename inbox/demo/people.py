"""Invented names of people, no two the same in one demo."""

from __future__ import annotations

from random import Random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai")
MEN = (("Văn", "Đức", "Quang", "Hữu", "Xuân", "Đình", "Minh"), ("Thành", "Hưng", "Tuấn", "Dũng", "Khánh", "Lâm", "Sơn"))
WOMEN = (
    ("Thị", "Thị Thanh", "Thị Bích", "Thị Minh", "Thị Thu", "Ngọc"),
    ("Hạnh", "Mai", "Thảo", "Thúy", "Hòa", "Liên"),
)


class People:
    """Hands out full names, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def name(self) -> str:
        """A name that nobody in this demo bears yet."""
        while True:
            middle, given = self._rng.choice((MEN, WOMEN))
            name = f"{self._rng.choice(FAMILY)} {self._rng.choice(middle)} {self._rng.choice(given)}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def names(self, count: int) -> tuple[str, ...]:
        """So many new names."""
        return tuple(self.name() for _ in range(count))
