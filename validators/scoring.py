"""Which kind a paper is: evidence weighed kind by kind, the words on the page first.

Weights are chances that a piece of evidence alone is right; several join as independent witnesses (1 - product of
doubts). What rules a kind out (another printed kind, a phrase that the title must not hold, another period, the wrong
issuer) rules it out whatever else speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.records import Evidence, Recognition
from archive.vietnamese import bare
from validators.head import Head
from validators.kinds import ANY_MASS_ORG, ANY_STATE_BODY, CompiledKind, CompiledPack
from validators.phrases import Phrase, TitleWords

THRESHOLD = 0.6
MARGIN = 0.08

TITLE = 0.84
TITLE_PER_GROUP = 0.03
TITLE_UNNAMED = 0.72  # the words of the title fit, but no printed kind was found
TITLE_IN_BODY = 0.55
TITLE_HALF_IN_BODY = 0.66  # part of the words stand in the title, the rest in the text
TITLE_TOGETHER_IN_BODY = 0.6  # none in the title, but two or more side by side in the text
TOGETHER = 60  # letters
GENERAL = 0.66
PRINTED = 0.2
FORM = 0.9
FOLDER = 0.55
CODE = 0.08
NAME = 0.1  # with a folder of the same name still below the threshold: names alone decide nothing
BODY_PHRASE = 0.04
BODY_MOST = 0.16
GOES_ON = 40  # letters after words in the text that may turn their sense
OPENING = 2_500  # letters of the text in which a bare title's words may stand
_MEETING_TEXT = (
    "hop hoi nghi cuoc phien ban chap hanh thuong vu truc cong doan thanh nien phu nu cuu chien binh chi "
    "uy bo dang cap mo rong cuoi dau nam lan thu thang ki khoa bch btv cua co so sinh hoat dinh tap the "
    "lanh dao va hoi lien hiep viet lhpn ccb cd tn tncs hcm cong ti so truong benh vien trung tam don vi "
    "quan khoi tinh huyen thanh pho phong khoa to ve viec v"
)
_MEETING_WORDS = frozenset(_MEETING_TEXT.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind with its score in 0..1 and the evidence for it."""

    kind: CompiledKind
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says, ready to be weighed: the head, the title's words, the text's key, the part of the period in
    the title (None without a title), the mass organisation that issued it, whether a state body did."""

    head: Head
    title: TitleWords
    body: str
    part: str | None
    mass_org: str | None
    issuer: str
    state_body: bool = False


def candidates(
    page: Page, pack: CompiledPack, folder: tuple[frozenset[str], str], name: tuple[frozenset[str], str]
) -> list[Candidate]:
    """Every kind that something speaks for, the likeliest first."""
    found = []
    for kind in pack.kinds:
        if ruled_out(kind, page):
            continue
        evidence = _evidence(kind, page, pack, folder, name)
        if any(item.where != "body" for item in evidence):
            found.append(Candidate(kind, _joined(evidence), tuple(evidence)))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.kind.kind.general, candidate.kind.id))


def choose(found: Sequence[Candidate]) -> tuple[Candidate | None, Candidate | None]:
    """The kind and the runner-up; no kind where the best is too weak, or too close to another one."""
    if not found:
        return None, None
    ranked = [other for other in found if other.kind.groups and other.score >= THRESHOLD]
    best = ranked[0] if ranked and found[0].kind.kind.general else found[0]
    found = [best, *(other for other in found if other is not best)]
    second = next((other for other in found[1:] if other.kind.groups), None)  # one that its own words speak for
    runner_up = second or (found[1] if len(found) > 1 else None)
    if best.score < THRESHOLD:
        return None, best
    if best.kind.kind.general:
        return (None, second) if second and second.score >= 0.45 else (best, runner_up)
    if second and best.score - second.score < MARGIN:
        return None, best
    return best, runner_up


def by_name_alone(found: Recognition) -> bool:
    """Whether two kinds fit the page alike, so that none would have been taken without the words in the file's name."""
    named = next((item.weight for item in found.evidence if item.where == "name"), 0.0)
    if not found.kind or not found.runner_up or not 0.0 < named < 1.0:
        return False
    unnamed = 1.0 - (1.0 - found.score) / (1.0 - named)
    return unnamed - found.runner_up_score < MARGIN


def _finer_kind_meant(kind: CompiledKind, page: Page, pack: CompiledPack) -> bool:
    """Whether a finer kind may be meant by the title, badly misread or worded in an unknown way, so that to call the
    paper "another report" would be a guess."""
    finer = [
        other for other in pack.kinds if other.groups and other.printed & kind.printed and not ruled_out(other, page)
    ]
    title = page.head.title
    if not title or not title.key:
        return bool(finer)
    return any(all(page.title.resembles(group) for group in other.groups) for other in finer)


def ruled_out(kind: CompiledKind, page: Page) -> bool:
    """Whether the page says that it is not this kind."""
    title = page.head.title
    if title and not kind.fits_printed(title.printed):
        return True
    if page.part and not _period_fits(kind.kind.period, page.part):
        return True
    return _issuer_rules_out(kind, page) or page.title.forbids(kind.nots)


def _period_fits(asked: str, part: str) -> bool:
    if asked in ("year", "plan"):
        return part == "year"
    if asked == "part":
        return part != "year"
    return asked != "month" or part in ("month", "year")


def _issuer_rules_out(kind: CompiledKind, page: Page) -> bool:
    wanted, unwanted = kind.kind.issuers, kind.kind.issuers_not
    if wanted and not any(_issued_by(phrase, page) for phrase in wanted):
        return True
    return any(_issued_by(phrase, page) for phrase in unwanted)


def _issued_by(phrase: str, page: Page) -> bool:
    if phrase == ANY_MASS_ORG:
        return page.mass_org is not None
    if phrase == ANY_STATE_BODY:
        return page.state_body and page.mass_org is None
    looked_for = Phrase.of(phrase)
    return looked_for.padded in f" {page.issuer} " or page.title.quality(looked_for) > 0


def _evidence(
    kind: CompiledKind,
    page: Page,
    pack: CompiledPack,
    folder: tuple[frozenset[str], str],
    name: tuple[frozenset[str], str],
) -> list[Evidence]:
    found = [*_form(kind, page), *_title(kind, page, pack), *_code(kind, page)]
    if kind.id in folder[0]:
        found.append(Evidence("folder", folder[1], FOLDER))
        found += _printed_kind(kind, page) if not any(item.where == "title" for item in found) else []
    if kind.id in name[0]:
        found.append(Evidence("name", name[1], NAME))
    if found:
        found += _body(kind, page)
    return found


def _form(kind: CompiledKind, page: Page) -> list[Evidence]:
    form, at = page.head.form, page.head.form_at
    if form and at and form.family and form.key in kind.forms:
        return [Evidence("form", at.words, FORM)]
    return []


def _title(kind: CompiledKind, page: Page, pack: CompiledPack) -> list[Evidence]:
    title = page.head.title
    if not title:
        return []
    if not kind.groups:
        return _printed_alone(kind, title.text.words, page, pack)
    matched = [page.title.best(group) for group in kind.groups]
    missing = [group for group, (value, _) in zip(kind.groups, matched, strict=True) if not value]
    if not missing:
        value = sum(value for value, _ in matched) / len(matched)
        weight = (TITLE if title.printed else TITLE_UNNAMED) + TITLE_PER_GROUP * (len(matched) - 1)
        return [Evidence("title", title.text.words, round(min(weight, 0.95) * value, 3))]
    if not kind.kind.title_in_body:
        return []
    said = [phrase for value, phrase in matched if value]
    places = [_in_opening(group, kind.nots, page) for group in missing]
    if not all(places) or not _says_little(_without(title.key, said), page.issuer):
        return []
    if len(missing) > 1 and not _together(places):
        return []
    weight = TITLE_HALF_IN_BODY if said else TITLE_TOGETHER_IN_BODY if len(missing) > 1 else TITLE_IN_BODY
    return [Evidence("title", title.text.words, weight)]


def _in_opening(group: Sequence[Phrase], nots: Sequence[Phrase], page: Page) -> list[int]:
    """Where the text says it early, and does not go on with what rules the kind out: "thông qua báo cáo tổng kết
    công tác công đoàn" is the union's own report."""
    opening = page.body[:OPENING]
    places = []
    for phrase in group:
        at = opening.find(phrase.padded) if len(phrase.parts) > 1 else -1
        while at >= 0:
            near = opening[at : at + len(phrase.padded) + GOES_ON]
            if not any(other.padded in near for other in nots):
                places.append(at)
            at = opening.find(phrase.padded, at + 1)
    return places


def _together(places: Sequence[Sequence[int]]) -> bool:
    """Whether all are said in one breath: to pass something and to mention a report elsewhere is not to pass it."""
    return any(all(any(abs(at - first) <= TOGETHER for at in others) for others in places[1:]) for first in places[0])


def _without(key: str, said: Sequence[str]) -> str:
    padded = f" {key} "
    for text in said:
        padded = padded.replace(Phrase.of(text).padded, " ")
    return padded.strip()


def _printed_kind(kind: CompiledKind, page: Page) -> list[Evidence]:
    """The printed kind alone, where the title says no more: beside the folder's name it is enough."""
    title = page.head.title
    if not title or not title.kind_words or not kind.printed or not _says_little(title.key, page.issuer):
        return []
    return [Evidence("title", title.kind_words.words, PRINTED)]


def _says_little(title: str, issuer: str) -> bool:
    """Whether a title names no matter, so that the text must tell: "Biên bản họp Ban Chấp hành Công đoàn"."""
    rest = set(title.split()) - _MEETING_WORDS - set(issuer.split())
    return all(word.isdecimal() for word in rest)


def _printed_alone(kind: CompiledKind, words: str, page: Page, pack: CompiledPack) -> list[Evidence]:
    """A kind without title words: the printed kind alone tells it, or the part of a year in the title."""
    if kind.kind.general:
        return [] if _finer_kind_meant(kind, page, pack) else [Evidence("title", words, GENERAL)]
    if kind.kind.period == "part" and page.part not in (None, "year"):
        return [Evidence("title", words, TITLE - 0.04)]  # the finer kinds with title words come first
    return []


def _code(kind: CompiledKind, page: Page) -> list[Evidence]:
    number = page.head.number
    if not number or bare(number.suffix).lower() not in kind.codes:
        return []
    return [Evidence("code", number.printed, CODE)]


def _body(kind: CompiledKind, page: Page) -> list[Evidence]:
    hits = [phrase.text for phrase in kind.body if phrase.padded in page.body]
    if not hits:
        return []
    return [Evidence("body", ", ".join(hits[:4]), round(min(BODY_PHRASE * len(hits), BODY_MOST), 3))]


def _joined(evidence: Sequence[Evidence]) -> float:
    doubt = 1.0
    for item in evidence:
        doubt *= 1.0 - item.weight
    return round(1.0 - doubt, 3)
