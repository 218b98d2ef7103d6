"""A rule pack as bytes and back: what is kept of it, so that an answer of the past can be given by the same rules.

A pack may rest on others (`base:`). All of their files are kept, and put together again from these alone: what lies on
the disk, or comes with hoso, today is not looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rules.loader import builtin_packs, load_pack, pack_path
from rules.model import RulePack
from rules.yamlfile import read_yaml

BASE = "base"


def pack_files(id_or_path: str | Path) -> tuple[tuple[str, bytes], ...]:
    """(name, content) of the pack's file and of those that it rests on, its own first. Raises BadConfiguration."""
    files: dict[Path, bytes] = {}
    path: Path | None = pack_path(id_or_path)
    while path is not None and path not in files:
        tree, _problems, files[path] = read_yaml(path)
        base = tree.fields.get(BASE)
        path = _below(path, base.text) if base and base.text else None
    return tuple((path.name, content) for path, content in files.items())


def _below(path: Path, named: str) -> Path:
    return builtin_packs().get(named) or path.parent / named


def pack_from_files(files: Sequence[tuple[str, bytes]], sha256: str) -> RulePack:
    """The pack that those files once were; `sha256` is its digest then. Raises BadConfiguration where this version of
    hoso cannot read it any longer."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}-{name}" for number, (name, _content) in enumerate(files)]
        for (_name, content), path, below in zip(files, paths, [*paths[1:], None], strict=True):
            path.write_bytes(content)
            if below is not None:
                path.write_bytes(_resting_on(below, path, content))
        return replace(load_pack(paths[0]), sha256=sha256)


def _resting_on(below: Path, path: Path, content: bytes) -> bytes:
    """The pack with the kept file as its base, whatever it was called; each line stays in its place."""
    tree, _problems, _data = read_yaml(path)
    lines = content.splitlines(keepends=True)
    lines[int(tree.fields[BASE].line) - 1] = f"{BASE}: {below.name}\n".encode()
    return b"".join(lines)
