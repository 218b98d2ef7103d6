"""Names of bodies, made comparable: what a paper prints in its head against the names of a campaign's units.

Names are compared with accents first ("Công ty Đại Phong" is not "Công ty Đài Phong"), without the words for the body
that speaks (Đảng ủy, Chi bộ, Công đoàn, Ban Chấp hành ...).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.records import Campaign, Unit
from archive.vietnamese import exact_words, fold_words
from rules.model import RulePack

# Words for the body of a unit that speaks, taken off the front of names as often as they stand there.
_BODIES = (
    "ban chấp hành", "bch", "ban thường vụ", "btv", "ban chi ủy", "ban bí thư", "đảng ủy", "đảng bộ", "chi bộ",
    "chi ủy", "cấp ủy", "bộ phận", "cơ sở", "ủy ban kiểm tra", "ubkt", "tổ kiểm phiếu", "ban kiểm phiếu", "cơ quan",
    "ban chỉ đạo", "tm", "t m",
)  # fmt: skip
# Mass organisations, taken off the papers' names only, and once: "Chi bộ Hội Phụ nữ tỉnh" is a unit's own name.
_MASS_ORGS = (
    "công đoàn", "công đoàn cơ sở", "cđcs", "tổ công đoàn", "đoàn thanh niên", "đoàn tncs", "đoàn tn", "chi đoàn",
    "đoàn thanh niên cộng sản hồ chí minh", "đoàn tncs hồ chí minh", "đoàn tncs hcm", "liên chi đoàn", "đoàn cơ sở",
    "hội phụ nữ", "hội liên hiệp phụ nữ", "hội liên hiệp phụ nữ việt nam", "hội lhpn", "chi hội phụ nữ",
    "hội cựu chiến binh", "hội cựu chiến binh việt nam", "chi hội cựu chiến binh", "hội ccb", "cựu chiến binh",
    "chi hội ccb",
)  # fmt: skip
_PARTY_WORDS = {"dang": ("đảng ủy", "đảng bộ"), "chi": ("chi bộ", "chi ủy")}

# How two names agree, from best to least: the same; the same but for accents; one begins with the other; one lies
# within the other (most often a body below it).
SAME, SAME_BARE, BEGINS, BEGINS_BARE, WITHIN, WITHIN_BARE = 6, 5, 4, 3, 2, 1
_LONGEST = 40  # words of a printed name that are looked up; beyond it, every unit is compared
_ALIKE = 90.0  # per cent of letters, for readings of scans and typing slips


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name without the words for the body, as words: as typed and bare."""

    exact: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A name as a paper prints it: what it may mean (with and without a mass organisation at its front), and whether
    Đảng ủy or Chi bộ speaks (`rank` "dang", "chi" or ""). `bare_word`: nothing is left but the body's own word."""

    names: tuple[Name, ...]
    rank: str

    @property
    def bare_word(self) -> bool:
        """Such as "ỦY BAN KIỂM TRA": a body, but whose?"""
        return not self.names[-1].exact


class NameIndex:
    """The names of a campaign's units, prepared once; answers are kept, as papers of a unit bear the same head."""

    def __init__(self, campaign: Campaign, pack: RulePack) -> None:
        self.units = {unit.id: unit for unit in campaign.units}
        orgs = {*_MASS_ORGS, *pack.mass_orgs.values(), *(org.name for unit in campaign.units for org in unit.mass_orgs)}
        self.mass_orgs = _phrases(orgs)
        self.names = {unit.id: self.printed(unit.name).names[0] for unit in campaign.units}
        self.committees = tuple(self.printed(text).names[0] for text in pack.committees)
        self._by_name: dict[tuple[str, ...], list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for unit_id, name in self.names.items():
            self._by_name.setdefault(name.bare, []).append(unit_id)
            for word in dict.fromkeys(name.bare):
                self._by_word.setdefault(word, []).append(unit_id)
        self._agreements: dict[str, dict[str, tuple[int, int]]] = {}
        self._printed: dict[str, Printed] = {}

    def printed(self, text: str) -> Printed:
        """A printed name, prepared."""
        exact, bare = tuple(exact_words(text).split()), tuple(fold_words(text).split())
        rank = ""
        while found := _front(bare, _BODY_PHRASES):
            rank = _RANKS.get(found, rank)
            exact, bare = exact[len(found) :], bare[len(found) :]
        names = [Name(exact, bare)]
        if found := _front(bare, self.mass_orgs):
            names.append(Name(exact[len(found) :], bare[len(found) :]))
        return Printed(tuple(names), rank)

    def parsed(self, text: str) -> Printed:
        """`printed`, kept."""
        if text not in self._printed:
            self._printed[text] = self.printed(text)
        return self._printed[text]

    def agreements(self, text: str) -> dict[str, tuple[int, int]]:
        """For each unit that this name may mean: how it agrees, and over how many words."""
        if text not in self._agreements:
            names = [name for name in self.parsed(text).names if name.exact]
            likely = {unit_id for name in names for unit_id in self._likely(name)}
            found = {unit_id: max(agreement(name, self.names[unit_id]) for name in names) for unit_id in likely}
            found = {unit_id: how for unit_id, how in found.items() if how[0]}
            self._agreements[text] = found or self._alike(names)
        return self._agreements[text]

    def _likely(self, name: Name) -> Iterator[str]:
        """Units that can agree with this name: those whose whole name stands in it, and those whose name holds its
        rarest word. A hundred offices of one campaign share most of their words."""
        bare = name.bare[:_LONGEST]
        for start in range(len(bare)):
            for end in range(start + 1, len(bare) + 1):
                yield from self._by_name.get(bare[start:end], ())
        if len(name.bare) > _LONGEST:
            yield from self.names
        yield from min((self._by_word.get(word, []) for word in name.bare), key=len, default=[])

    def _alike(self, names: list[Name]) -> dict[str, tuple[int, int]]:
        """Units whose name differs by a slip only; numbers must be the same ("Chi bộ 1" is not "Chi bộ 2")."""
        return {
            unit_id: (BEGINS_BARE, len(name.bare))
            for unit_id, other in self.names.items()
            for name in names
            if _numbers(name) == _numbers(other)
            and fuzz.ratio(" ".join(name.bare), " ".join(other.bare), score_cutoff=_ALIKE)
        }

    def above(self, unit: Unit) -> set[str]:
        """The ids of the units above this one."""
        found: set[str] = set()
        parent = unit.parent
        while parent in self.units and parent not in found:
            found.add(parent)
            parent = self.units[parent].parent
        return found


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Bare words of each, the longest first."""
    found = {tuple(fold_words(text).split()) for text in texts} - {()}
    return tuple(sorted(found, key=len, reverse=True))


_BODY_PHRASES = _phrases(_BODIES)
_RANKS = {phrase: rank for rank, group in _PARTY_WORDS.items() for phrase in _phrases(group)}


def _front(bare: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The longest phrase with which the words begin, or ()."""
    return next((phrase for phrase in phrases if bare[: len(phrase)] == phrase), ())


def _numbers(name: Name) -> list[str]:
    return [word for word in name.bare if word.isdecimal()]


def agreement(one: Name, other: Name) -> tuple[int, int]:
    """How two prepared names agree, and over how many words; (0, 0) when they do not."""
    if one.exact == other.exact:
        return SAME, len(one.exact)
    if one.bare == other.bare:
        return SAME_BARE, len(one.bare)
    short, long = sorted((one, other), key=lambda name: len(name.bare))
    count = len(short.bare)
    if count < 2 and len("".join(short.bare)) < 6:  # "1", "A": too little to find in another name
        return 0, 0
    if long.bare[:count] == short.bare:
        return (BEGINS if long.exact[:count] == short.exact else BEGINS_BARE), count
    if _within(short.exact, long.exact):
        return WITHIN, count
    return (WITHIN_BARE, count) if _within(short.bare, long.bare) else (0, 0)


# Words that many bodies share: they alone make no two names alike.
_COMMON_TEXT = (
    "so ban phong khoa cong ti truong trung tam co quan tinh thanh pho huyen vien hoi chi nhanh so va cac cua cuc uy "
    "doanh nghiep nha nuoc viet nam dang bo to doan"
)
_COMMON = frozenset(_COMMON_TEXT.split())


def unlike(one: Name, other: Name) -> bool:
    """Whether two names have nothing in common: no telling word, and neither is the other's initials ("BQLDA")."""
    if set(one.bare) & set(other.bare) - _COMMON:
        return False
    for short, long in ((one, other), (other, one)):
        initials = "".join(word[0] for word in long.bare)
        joined = "".join(short.bare)
        if initials.startswith(joined[:6]) or joined.startswith(initials[:6]):
            return False
    return not any(len(word) > 1 and word in "".join(w[0] for w in other.bare) for word in one.bare)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(1, len(long) - len(short) + 1))
