"""Loading rule packs: `load_pack`, `find_pack`, `builtin_packs`, and `check_pack` for `hoso rules check`.

A pack is read whole or not at all; every mistake is told at once with file, line and the nearest right word. The shape
of the file is shown by packs/xep-loai-2021.yaml.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from archive.errors import BadConfiguration, in_words
from archive.i18n import gettext as _
from rules.casefile import read_cases
from rules.model import RulePack
from rules.packfile import read_pack
from rules.yamlfile import BadFile, PackError, Problems, parse_yaml, read_yaml, unknown_word

PACKS = Path(__file__).parent / "packs"
SUFFIXES = (".yaml", ".yml")


def builtin_packs() -> dict[str, Path]:
    """The packs that come with hoso: id and file."""
    return {path.stem: path for path in sorted(PACKS.glob("*.yaml"))}


def find_pack(id_or_path: str | Path) -> RulePack:
    """The pack of that id, or in that file. Raises BadConfiguration naming the nearest id, or what is wrong in it."""
    return load_pack(pack_path(id_or_path))


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
    path = Path(path)
    try:
        stat = path.stat()
    except OSError as error:
        why = _("cannot be opened: {why}").format(why=in_words(error))
        raise BadFile([PackError(str(path), 1, why)]) from error
    return _load(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _load(path: Path, _mtime: int, _size: int) -> RulePack:
    tree, problems, data = read_yaml(path)
    pack = read_pack(tree, problems, hashlib.sha256(data).hexdigest())
    if path.parent == PACKS and pack.id != path.stem:
        problems.add(1, _('the pack must be called "{name}", as its file is').format(name=path.stem))
    problems.stop_if_any()
    return pack


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


def pack_from_text(text: str, name: str = "pack.yaml") -> RulePack:
    """A pack out of a text, for previews and tests; the same errors."""
    problems = Problems(name)
    data = text.encode()
    tree = parse_yaml(data, problems)
    problems.stop_if_any()
    pack = read_pack(tree, problems, hashlib.sha256(data).hexdigest())
    problems.stop_if_any()
    return pack
