"""The kinds of a rule pack, compiled for recognition: phrases folded once per pack, not once per paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from archive.vietnamese import bare, fold_words
from rules.model import Kind, RulePack
from validators.marks import form_key
from validators.phrases import Phrase, Vocabulary, phrases

ANY_MASS_ORG = "đoàn thể"
ANY_STATE_BODY = "chính quyền"


@dataclass(frozen=True, slots=True)
class CompiledKind:
    """A kind with its phrases ready to be looked up. `names` are the word sequences of folder and file names."""

    kind: Kind
    printed: frozenset[str]
    groups: tuple[tuple[Phrase, ...], ...]
    nots: tuple[Phrase, ...]
    forms: frozenset[tuple[str, str]]
    codes: frozenset[str]
    body: tuple[Phrase, ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def id(self) -> str:
        """The kind's id."""
        return self.kind.id

    def fits_printed(self, printed: Iterable[str]) -> bool:
        """Whether one of the printed kinds is this kind's; a kind that asks for none fits any."""
        return not self.printed or not self.printed.isdisjoint(printed)


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """What recognition needs of a pack. `printed` maps the compact keys of all printed kinds to their words; `suffixes`
    maps a bare lower-case code suffix to its usual spelling, `suffix_kinds` that spelling to compact printed kinds;
    `names` are the word sequences of folder names with the kinds they stand for; `mass_orgs` the phrases of each mass
    organisation; `levels` their ids with the keys of their names, longest first: "không hoàn thành ..." holds "hoàn
    thành ..."; `named` what was found in names of files and folders so far (see folders.kinds_named)."""

    kinds: tuple[CompiledKind, ...]
    printed: Mapping[str, str]
    suffixes: Mapping[str, str]
    suffix_kinds: Mapping[str, tuple[str, ...]]
    names: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    mass_orgs: Mapping[str, tuple[Phrase, ...]]
    vocabulary: Vocabulary
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    named: dict[tuple[tuple[str, ...], bool], tuple[frozenset[str], str]] = field(default_factory=dict)


class _Key:
    """A pack as a cache key: by its hash, or by identity where it has none."""

    __slots__ = ("pack",)

    def __init__(self, pack: RulePack) -> None:
        self.pack = pack

    def _id(self) -> tuple[str, str | int]:
        return self.pack.id, self.pack.sha256 or id(self.pack)

    def __hash__(self) -> int:
        return hash(self._id())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._id() == other._id()


def compiled(pack: RulePack) -> CompiledPack:
    """The pack's kinds compiled; kept for the packs last used."""
    return _compiled(_Key(pack))


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> CompiledPack:
    pack = key.pack
    kinds = tuple(_compile(kind) for kind in pack.kinds.values())
    mass_orgs = {id_: phrases(pack.mass_org_words.get(id_) or (name,)) for id_, name in pack.mass_orgs.items()}
    every = [phrase for kind in kinds for group in (*kind.groups, kind.nots) for phrase in group]
    every += [phrase for listed in mass_orgs.values() for phrase in listed]
    printed = [word for kind in pack.kinds.values() for word in kind.printed]
    printed += [word for words in pack.abbreviations.values() for word in words]
    every += [Phrase.of(word) for kind in pack.kinds.values() for word in kind.printed]
    return CompiledPack(
        kinds=kinds,
        printed={_compact(word): fold_words(word) for word in printed},
        suffixes={bare(suffix).lower(): suffix for suffix in pack.abbreviations},
        suffix_kinds={suffix: tuple(_compact(word) for word in words) for suffix, words in pack.abbreviations.items()},
        names=_requirement_names(pack),
        mass_orgs=mass_orgs,
        vocabulary=Vocabulary(every),
        levels=_levels(pack),
    )


def _compact(text: str) -> str:
    return fold_words(text).replace(" ", "")


def _compile(kind: Kind) -> CompiledKind:
    named = {tuple(fold_words(name).split()) for name in (*kind.names, kind.id, kind.title_vi)}
    return CompiledKind(
        kind=kind,
        printed=frozenset(_compact(word) for word in kind.printed),
        groups=tuple(phrases(group) for group in kind.title),
        nots=phrases(kind.title_not),
        forms=frozenset(form_key(form) for form in kind.forms),
        codes=frozenset(bare(code).lower() for code in kind.codes),
        body=phrases(kind.body),
        names=tuple(sorted(named)),
    )


def _requirement_names(pack: RulePack) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The names of requirements: a sub-folder named so holds the kinds that the requirement accepts."""
    listed = []
    for requirement in pack.every_requirement():
        accepted = frozenset((*requirement.accepts, *requirement.all_of))
        for name in {requirement.id, requirement.title, *requirement.names}:
            words = tuple(fold_words(name).split())
            if words:
                listed.append((words, accepted))
    return tuple(sorted(listed, key=lambda item: item[0]))


def _levels(pack: RulePack) -> tuple[tuple[str, tuple[str, ...]], ...]:
    named = [(level.id, (fold_words(level.title), fold_words(level.id))) for level in pack.levels]
    return tuple(sorted(named, key=lambda item: -len(item[1][0])))
