"""Loading rule packs: `load_pack`, `find_pack`, `builtin_packs`, and `check_pack` for `hoso rules check`.

A pack is read whole or not at all; every mistake is told at once with file, line and the nearest right word. The shape
of the file is shown by packs/xep-loai-2021.yaml.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from archive.errors import BadConfiguration, in_words
from archive.i18n import gettext as _
from rules.casefile import read_cases
from rules.model import RulePack
from rules.packfile import read_pack
from rules.yamlfile import BadFile, Entry, PackError, Problems, parse_yaml, read_yaml, unknown_word

PACKS = Path(__file__).parent / "packs"
SUFFIXES = (".yaml", ".yml")


def builtin_packs() -> dict[str, Path]:
    """The packs that come with hoso: id and file."""
    return {path.stem: path for path in sorted(PACKS.glob("*.yaml"))}


def find_pack(id_or_path: str | Path) -> RulePack:
    """The pack of that id, or in that file. Raises BadConfiguration naming the nearest id, or what is wrong in it."""
    return load_pack(pack_path(id_or_path))


def pack_for(year: int) -> str:
    """The built-in pack that holds for that year; "" where there is none."""
    return next((pack_id for pack_id in builtin_packs() if find_pack(pack_id).covers(year)), "")


def pack_path(id_or_path: str | Path) -> Path:
    """The file of that pack: a built-in id or a path to a YAML file."""
    builtin = builtin_packs()
    if str(id_or_path) in builtin:
        return builtin[str(id_or_path)]
    path = Path(id_or_path)
    if path.suffix.lower() in SUFFIXES or path.is_file():
        return path
    hint = _("Give the id of a pack, or the path of a YAML file.")
    raise BadConfiguration(unknown_word(_("rule pack"), str(id_or_path), builtin), hint)


def load_pack(path: str | Path) -> RulePack:
    """The pack in that file. Raises BadConfiguration with every mistake; nothing is half loaded."""
    return _load(_chain(Path(path)))


@lru_cache(maxsize=64)
def _read(path: Path, _mtime: int, _size: int) -> tuple[Entry, bytes]:
    tree, _problems, data = read_yaml(path)
    return tree, data


_Version = tuple[Path, int, int]  # a file as it is now: path, time, size


def _version(path: Path) -> _Version:
    try:
        stat = path.stat()
    except OSError as error:
        why = _("cannot be opened: {why}").format(why=in_words(error))
        raise BadFile([PackError(str(path), 1, why)]) from error
    return path, stat.st_mtime_ns, stat.st_size


def _chain(path: Path) -> tuple[_Version, ...]:
    """The file and those of its bases, the nearest first."""
    found: list[_Version] = []
    at: Path | None = path
    while at is not None:
        found.append(_version(at))
        tree, _data = _read(*found[-1])
        at = _base(tree, at, [version[0] for version in found])
    return tuple(found)


def _base(tree: Entry, path: Path, seen: list[Path]) -> Path | None:
    """The file of the base that a pack names: a built-in id or a path beside it."""
    entry = tree.fields.get("base")
    if entry is None:
        return None
    problems = Problems(str(path))
    name = entry.text.strip() if entry.scalar else ""
    builtin = builtin_packs()
    found = builtin.get(name) or (path.parent / name if name.lower().endswith(SUFFIXES) else None)
    if not name or entry.tag == "null":
        problems.add(entry.line, _('"base" must be the id of a pack or a file beside this one'))
    elif found is None:
        problems.add(entry.line, unknown_word(_("rule pack"), name, builtin))
    elif not found.is_file():
        problems.add(entry.line, _('there is no file "{name}" beside this one').format(name=name))
    elif found.resolve() in {other.resolve() for other in seen}:
        ring = " -> ".join((*(other.name for other in seen), found.name))
        problems.add(entry.line, _("the bases go round in a ring: {ring}").format(ring=ring))
    problems.stop_if_any()
    return found


@lru_cache(maxsize=16)
def _load(versions: tuple[_Version, ...]) -> RulePack:
    path = versions[0][0]
    pack = _assembled([(str(version[0]), *_read(*version)) for version in versions])
    if path.parent == PACKS and pack.id != path.stem:
        problems = Problems(str(path))
        problems.add(1, _('the pack must be called "{name}", as its file is').format(name=path.stem))
        problems.stop_if_any()
    return pack


def _assembled(files: Sequence[tuple[str, Entry, bytes]]) -> RulePack:
    """The pack of these files: names, trees and bytes. `cat` of them in this order has the pack's SHA-256."""
    problems = Problems(files[0][0])
    digest = hashlib.sha256(b"".join(data for _name, _tree, data in files)).hexdigest()
    pack = read_pack([tree for _name, tree, _data in files], problems, digest)
    problems.stop_if_any()
    return pack


def pack_files(id_or_path: str | Path) -> tuple[Path, ...]:
    """The pack's file and those of its bases, the nearest first: what must be kept to have the very pack again."""
    return tuple(version[0] for version in _chain(pack_path(id_or_path)))


def check_pack(path: str | Path) -> list[PackError]:
    """Every mistake in that file, those of its example dossiers too; empty when the pack is good."""
    path = Path(path)
    try:
        pack = load_pack(path)
        tree, problems, _data = read_yaml(path)
        if "tests" in tree.fields:
            read_cases(tree.fields["tests"], problems, pack)
        problems.stop_if_any()
    except BadFile as error:
        return list(error.errors)
    return []


def pack_from_text(text: str, name: str = "pack.yaml", bases: Sequence[tuple[str, str]] = ()) -> RulePack:
    """A pack out of a text, for previews, past days and tests; the same errors. `bases` are the names and texts of its
    bases, the nearest first, for a pack that has some: they are not looked for on the disk."""
    files = []
    for each, words in ((name, text), *bases):
        problems = Problems(each)
        data = words.encode()
        files.append((each, parse_yaml(data, problems), data))
        if "base" in files[-1][1].fields and len(files) > len(bases):
            problems.add(files[-1][1].fields["base"].line, _("the text of the base is not at hand"))
        problems.stop_if_any()
    return _assembled(files)
