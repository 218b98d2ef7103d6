"""Recognition: which kind a paper is, and what its head and foot say of it.

Words on the page come first, then the folder's name, the file's name last; below the threshold, or too close to
another kind, it is "not recognised", never a guess. Pure: no clock, no disk, no campaign.
"""

from __future__ import annotations

from datetime import date

from archive.records import BUNDLE_FORMATS, Evidence, Fact, Reading, ReadingState, Recognition
from archive.vietnamese import fold_words
from rules.model import RulePack
from validators.facts import Dated, Sort, body_cells, issued_on, read_facts
from validators.figures import with_figures
from validators.folders import kinds_named, name_words, without_suffix
from validators.head import Head, read_head
from validators.issuers import PARTY_BODIES, is_state_body, mass_organisation
from validators.kinds import CompiledKind, CompiledPack, compiled
from validators.lines import Paper
from validators.periods import PeriodRead, read_period
from validators.phrases import TitleWords
from validators.reporting import reported
from validators.scoring import THRESHOLD, Candidate, Page, candidates, choose
from validators.stamps import own

RECOGNISER_VERSION = "2"

_EARLY = 0.6  # what is left of the trust in a yearly report that is dated before its year is nearly over
_OVER_FROM = 9  # September
_MAILS = frozenset({"eml", "msg"})


def recognise(reading: Reading, *, name: str, folder: str, pack: RulePack, decided: str | None = None) -> Recognition:
    """What a document is, for completeness and for people. `name` is the file's name, `folder` the path below the
    unit's folder ("" = directly in it). Never raises. A reading that is not READ, or without text, has no kind, only
    the `hint` that folder and name give. Without a kind, `runner_up` is the nearest one and `score` is its score.
    `decided` is the kind that a person said it is: facts are read as such a paper's, the answer stays the machine's."""
    rules = compiled(pack)
    in_folder, in_name = _names(folder, name, rules)
    hint = _hint(in_folder[0], in_name[0], rules)
    is_list = reading.format in BUNDLE_FORMATS  # the names of its files, which are papers of their own
    if is_list or reading.state is not ReadingState.READ or not any(page.text.strip() for page in reading.pages):
        return Recognition(None, 0.0, hint=hint)
    paper = Paper(reading)
    paper.head = list(own(paper.head))
    head = read_head(paper, rules.printed, rules.suffix_kinds)
    mass_org = mass_organisation(head, body_cells(paper, head), rules)
    page = _page(paper, head, rules, mass_org)
    if reading.format in _MAILS:  # a letter that speaks of a report is none; what is attached counts by itself
        has_files = any(code == "attachments" for code, _words in reading.warnings)
        return _recognition(paper, page, rules, mass_org, [], None if has_files else hint, decided)
    found = candidates(page, rules, in_folder, in_name)
    recognition = _recognition(paper, page, rules, mass_org, found, hint, decided)
    return with_figures(recognition, reading, pack, decided)


def _names(
    folder: str, name: str, rules: CompiledPack
) -> tuple[tuple[frozenset[str], str], tuple[frozenset[str], str]]:
    """What the folder's name (the innermost that says anything) and the file's name point to."""
    in_folder: tuple[frozenset[str], str] = (frozenset(), "")
    for part in reversed(folder.split("/")[-6:]):
        in_folder = kinds_named(name_words(part), rules, requirements=True)
        if in_folder[0]:
            break
    return in_folder, kinds_named(name_words(without_suffix(name)), rules, requirements=False)


def _hint(in_folder: frozenset[str], in_name: frozenset[str], rules: CompiledPack) -> str | None:
    """The one kind that folder and name point to, or one of several that serve the same requirement; where the folder
    leaves several open, the name may decide."""
    both = in_folder & in_name
    for kinds in (in_folder, both, in_name if not in_folder else frozenset[str]()):
        if len(kinds) == 1 or (kinds and not in_folder and any(kinds <= accepted for _, accepted in rules.names)):
            return min(kinds)
    return min(in_folder) if in_folder else None


def _page(paper: Paper, head: Head, rules: CompiledPack, mass_org: Fact | None) -> Page:
    title = head.title
    part = read_period(title.text) if title else None
    issuer = fold_words(head.issuer.value) if head.issuer else ""
    return Page(
        head=head,
        title=TitleWords(
            _without_issuer(" ".join([*(rules.printed[kind] for kind in title.printed[:1]), title.key]), issuer),
            rules.vocabulary,
        )
        if title
        else TitleWords("", rules.vocabulary),
        body=paper.body_key,
        part=part.period.part if part and part.period.part != "term" else None,  # a term is no part of a year
        mass_org=mass_org.value if mass_org else None,
        issuer=issuer,
        state_body=is_state_body(head, paper.foot),
    )


def _without_issuer(title: str, issuer: str) -> str:
    """A title without the issuer's own name: "của Chi bộ Hội Phụ nữ tỉnh" makes no paper one on women's work."""
    own = next((issuer[len(body) :].strip() for body in PARTY_BODIES if issuer.startswith(f"{body} ")), "")
    return " ".join(f" {title} ".replace(f" {own} ", " ").split()) if len(own) >= 6 else " ".join(title.split())


def _recognition(
    paper: Paper,
    page: Page,
    rules: CompiledPack,
    mass_org: Fact | None,
    found: list[Candidate],
    hint: str | None,
    decided: str | None,
) -> Recognition:
    head = page.head
    likeliest = next((kind for kind in rules.kinds if kind.id == decided), found[0].kind if found else None)
    sort = _sort(likeliest, head)
    dated = issued_on(paper, head, sort)
    period = reported(head, body_cells(paper, head), likeliest.kind.period if likeliest else "year", dated.day)
    found = [_doubt_early(candidate, period, dated) for candidate in found]
    best, other = choose(sorted(found, key=lambda c: -c.score))
    facts = read_facts(paper, head, rules, sort, dated, period, mass_org)
    if best is None:
        return Recognition(
            None,
            min(other.score, THRESHOLD) if other else 0.0,
            evidence=other.evidence if other else (),
            runner_up=other.kind.id if other else None,
            runner_up_score=other.score if other else 0.0,
            hint=hint,
            facts=facts,
        )
    return Recognition(
        best.kind.id,
        best.score,
        evidence=(*best.evidence, *_period_evidence(period)),
        runner_up=other.kind.id if other else None,
        runner_up_score=other.score if other else 0.0,
        hint=hint,
        facts=facts,
    )


def _period_evidence(period: PeriodRead | None) -> tuple[Evidence, ...]:
    """Where no word of the paper names the year, its date alone told it: people should see that."""
    return (Evidence("date", period.read.words, 0.0),) if period and not period.sure else ()


def _sort(likeliest: CompiledKind | None, head: Head) -> Sort:
    printed = head.title.printed if head.title else ()
    kind = likeliest.id if likeliest else ""
    return Sort(
        minutes="bienban" in printed or kind.startswith("bien-ban"),
        own=kind == "kiem-diem-ca-nhan",
        finding=kind in ("ket-luan-kiem-tra", "bao-cao-cuoc-kiem-tra"),
    )


def _doubt_early(candidate: Candidate, period: PeriodRead | None, dated: Dated) -> Candidate:
    """A yearly report dated in the first half of its own year is hardly one: most often a half-year report whose
    title was misread."""
    kind = candidate.kind
    if kind.kind.period != "year" or "baocao" not in kind.printed or not period or not dated.day:
        return candidate
    issued = date.fromisoformat(dated.day.value)
    if issued.year == period.period.year and issued.month < _OVER_FROM:
        return Candidate(kind, round(candidate.score * _EARLY, 3), candidate.evidence)
    return candidate
