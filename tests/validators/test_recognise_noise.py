"""Recognition under everyday damage: no accents, other case, other tone placement, misread letters, broken lines."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest

from archive.vietnamese import bare
from tests.validators.papers import Paper, pack, seen
from tests.validators.wordings import REPORT, WORDINGS

EVERY = [(kind, paper.with_(title=title)) for kind, paper, titles in WORDINGS for title in titles]


def old_tone(text: str) -> str:
    for new, old in (("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ỦY", "UỶ"), ("òa", "oà"), ("óa", "oá")):
        text = text.replace(new, old)
    return text


def torn(text: str) -> str:
    """Every title line broken after its sixth word, as narrow columns do."""
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        if len(words) > 9 and not line.endswith((".", ";")) and "\t" not in line:
            lines += [" ".join(words[:6]), " ".join(words[6:])]
        else:
            lines.append(line)
    return "\n".join(lines)


def wrong_accents(text: str, rng: random.Random) -> str:
    """One vowel in seven with another accent, the commonest mistake of OCR."""
    out = []
    for char in text:
        letter = unicodedata.normalize("NFD", char)[0]
        if letter.lower() in "aeiouy" and rng.random() < 0.15:
            char = unicodedata.normalize("NFC", letter + rng.choice(["", "̀", "́", "̉", "̣"]))
        out.append(char)
    return "".join(out)


def misread(text: str, rng: random.Random, rate: float = 0.05) -> str:
    """So many letters replaced, lost or doubled."""
    out = []
    for char in text:
        if char.isalnum() and rng.random() < rate:
            char = rng.choice(
                [rng.choice("aeoiuncmltrhgd"), rng.choice("aeoiuncmltrhgd"), "", char + rng.choice("iltr")]
            )
        out.append(char)
    return "".join(out)


CLEAN: dict[str, Callable[[str], str]] = {
    "no accents": bare,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "small letters": str.lower,
    "capitals": str.upper,
    "old tone placement": old_tone,
    "kinds spelt out": lambda text: re.sub(
        r"^(BÁO CÁO|BIÊN BẢN|NGHỊ QUYẾT|TỜ TRÌNH)$",
        lambda m: "  ".join(" ".join(w) for w in m[0].split()),
        text,
        flags=re.M,
    ),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "narrow columns": torn,
}


@pytest.mark.parametrize("damage", CLEAN)
def test_damage_that_must_not_matter(damage: str) -> None:
    wrong = [
        (kind, paper.printed, paper.title, found)
        for kind, paper in EVERY
        if (found := seen(CLEAN[damage](paper.text)).kind) != kind
    ]
    assert wrong == []


def test_wrong_accents_do_not_matter() -> None:
    rng = random.Random(2021)
    wrong = [(kind, paper.title) for kind, paper in EVERY if seen(wrong_accents(paper.text, rng)).kind != kind]
    assert wrong == []


def serving(kind: str | None) -> frozenset[str]:
    """The requirements that a kind counts for."""
    return frozenset(requirement.id for requirement in pack().requirements if kind in requirement.accepts)


@pytest.mark.parametrize(("rate", "right"), [(0.02, 0.90), (0.05, 0.75)])
def test_misread_letters_cost_certainty_not_truth(rate: float, right: float) -> None:
    """Noise may make a paper unknown; hardly ever another kind that would count for a requirement."""
    rng = random.Random(7)
    tally: Counter[str] = Counter()
    for _ in range(3):
        for kind, paper in EVERY:
            found = seen(misread(paper.text, rng, rate)).kind
            false = serving(found) - serving(kind)
            tally["right" if found == kind else "false" if false else "unknown"] += 1
    assert tally["right"] / tally.total() >= right, tally
    assert tally["false"] / tally.total() <= 0.01, tally


@pytest.mark.parametrize(
    "issuer",
    [
        "CHI BỘ VIỆN KIỂM SÁT NHÂN DÂN TỈNH",
        "ĐẢNG ỦY CÔNG TY CỔ PHẦN CẤP NƯỚC",
        "CHI BỘ BAN TUYÊN GIÁO TỈNH ỦY",
        "CHI BỘ CỤC THỐNG KÊ",
    ],
)
def test_other_organisations(issuer: str) -> None:
    own = issuer.title().split(" ", 2)[2]
    for kind, paper in EVERY:
        if paper.issuer == REPORT.issuer:
            changed: Paper = paper.with_(issuer=issuer, title=paper.title.replace("Sở Tư pháp", own))
            assert seen(changed).kind == kind, changed.title
