"""The level that the unit asks for is not the same in its papers."""

from __future__ import annotations

from archive.i18n import gettext as _
from archive.records import Fact, Finding
from archive.vietnamese import fold_words
from validators.between.dossier import Dossier, Paper, disagreement, names_the_unit


def proposed(dossier: Dossier) -> list[tuple[Paper, Fact]]:
    """The level of the organisation in each paper that tells one, the self-scoring first. The committee's own level (in
    its review) and those of members are other things."""
    papers = dossier.of("score", "proposal", "report", "minutes")
    return [(paper, paper.facts.level) for paper in papers if paper.facts.level and _is_of_unit(paper)]


def _is_of_unit(paper: Paper) -> bool:
    level, title = paper.facts.level, paper.facts.title
    if level is None:
        return False
    if "score" in paper.roles:
        return " dang vien " not in f" {fold_words(level.words)} "
    if "proposal" in paper.roles:
        return names_the_unit(title.value) if title else names_the_unit(level.words)
    return names_the_unit(level.words)


def level_disagree(dossier: Dossier) -> tuple[Finding, ...]:
    """One finding with every paper that tells a level."""
    found = proposed(dossier)
    levels = list(dict.fromkeys(fact.value for _paper, fact in found))
    if len(levels) < 2:
        return ()
    titles = {level.id: level.title for level in dossier.pack.levels}
    named = ", ".join(titles.get(level, level) for level in levels)
    message = _("The level asked for is not the same in all papers ({levels}):").format(levels=named)
    remedy = _("Ask for one level in all papers; mend the one that is wrong and hand it in again.")
    return (disagreement("level-disagree", message, remedy, [paper.place(fact) for paper, fact in found]),)
