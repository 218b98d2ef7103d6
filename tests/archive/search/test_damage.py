"""Indexes cut short, overwritten, killed and replaced."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from archive.errors import Locked
from archive.search import seal, tantivy_files, whoosh_index
from archive.search.ports import IndexDamaged, IndexedDocument
from archive.search.query import parse
from archive.search.swap import exclusive
from archive.search.table import open_index, rebuild

Paper = Callable[..., IndexedDocument]


@pytest.fixture
def whole(shelf: Any, paper: Paper) -> Any:
    shelf.put(*(paper(f"d{at}", f"cây mạ thứ {at}") for at in range(20)))
    shelf.put(paper("last", "cây ngô"))
    return shelf


def files(folder: Path) -> list[Path]:
    """All files of an index that hold something."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


def mapped(path: Path) -> bool:
    """Whether an open index keeps the file open, so that a search must see that it was touched."""
    return path.suffix == ".seg" or path.parent.name.startswith("gen_")


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x55
    path.write_bytes(data)


def overwrite(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def do(damage: Callable[[Path], None], path: Path) -> None:
    """Damage a file. tantivy, once it has opened an index, opens it again in a thread of its own; a file that is cut
    while it does so would end the process. So the file is exchanged for a damaged one."""
    path.chmod(0o600)
    if not mapped(path) or path.suffix == ".seg" or damage is Path.unlink:
        damage(path)
        return
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    damage(copy)
    copy.rename(path)


def test_what_is_mapped_into_memory_cannot_be_written_over(whole: Any) -> None:
    sealed = seal.read(whole.folder, max(seal.generations(whole.folder))).files
    assert {(whole.folder / name).stat().st_mode & 0o222 for name in sealed} == {0}


@pytest.mark.parametrize("damage", [cut_in_half, empty, flip_a_byte, overwrite, Path.unlink])
@pytest.mark.parametrize("already_open", [True, False])
def test_every_damage_of_every_file_is_found(whole: Any, damage: Callable[[Path], None], already_open: bool) -> None:
    kept = whole.folder.with_name("kept")
    shutil.copytree(whole.folder, kept)
    names = [path.relative_to(kept) for path in files(kept)]
    assert len(names) >= 4
    for name in names:
        shutil.rmtree(whole.folder)
        shutil.copytree(kept, whole.folder)
        index = open_index(whole.folder, whole.engine)
        if already_open:
            assert index.search(parse("mạ")).total == 20
        do(damage, whole.folder / name)
        assert index.check() == "damaged", name
        if not already_open or mapped(whole.folder / name):
            with pytest.raises(IndexDamaged):
                index.search(parse("mạ"))
        index.close()


def test_damage_under_an_open_index_is_found_by_the_next_search(whole: Any) -> None:
    assert whole.page("mạ").total == 20
    for path in filter(mapped, files(whole.folder)):
        do(cut_in_half, path)
    with pytest.raises(IndexDamaged):
        whole.page("mạ")
    with pytest.raises(IndexDamaged):
        whole.index.commit()


@pytest.mark.parametrize("word", ["schema", "analysis"])
def test_an_index_of_another_version_is_never_read(whole: Any, word: str) -> None:
    path = max(whole.folder.glob("seal_*.json"))
    told = json.loads(path.read_text())
    told[word] = type(told[word])(99)
    path.write_text(json.dumps(told))
    fresh = open_index(whole.folder, whole.engine)
    assert fresh.check() == "schema-old"
    with pytest.raises(IndexDamaged):
        fresh.search(parse("mạ"))
    fresh.close()


def test_rebuild_puts_a_whole_index_in_the_place_of_any_other(whole: Any, paper: Paper) -> None:
    before = int(whole.index.stats()["generation"])
    for path in files(whole.folder):
        do(overwrite, path)
    generation = rebuild(whole.folder, iter([paper("new", "cây mạ mới")]), whole.engine)
    assert generation > before
    assert whole.ids("mạ") == ["new"], "an open index follows"
    assert whole.index.check() == "ok"
    assert whole.put(paper("more", "cây mạ")) > generation
    assert sorted(path.name for path in whole.folder.parent.iterdir()) == ["index", "index.lock"]


def test_rebuild_from_nothing_and_over_the_leftovers_of_a_killed_one(shelf: Any, paper: Paper) -> None:
    for name in ("index.new", "index.old"):
        (shelf.folder.parent / name).mkdir()
        (shelf.folder.parent / name / "junk").write_text("x")
    rebuild(shelf.folder, [], shelf.engine)
    assert shelf.index.check() == "ok"
    assert list(shelf.index.documents()) == []


def test_a_rebuild_that_fails_leaves_the_old_index(whole: Any, paper: Paper) -> None:
    def broken() -> Iterable[IndexedDocument]:
        yield paper("x", "cây mạ")
        raise RuntimeError("the catalogue went away")

    with pytest.raises(RuntimeError):
        rebuild(whole.folder, broken(), whole.engine)
    assert whole.page("mạ").total == 20
    assert whole.index.check() == "ok"


def test_one_writer_at_a_time(whole: Any, paper: Paper) -> None:
    whole.index.upsert([paper("x", "cây mạ")])
    with exclusive(whole.folder):
        with pytest.raises(Locked):
            whole.index.commit()
        with pytest.raises(Locked):
            rebuild(whole.folder, [], whole.engine)
        assert whole.page("mạ").total == 20, "reading goes on"
    whole.index.commit()
    assert whole.page("mạ").total == 21, "what was pending is not lost"


def test_a_commit_that_fails_changes_nothing_and_may_be_repeated(
    whole: Any, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, name = {"whoosh": (whoosh_index, "analyse"), "tantivy": (tantivy_files, "document")}[whole.engine]
    real = getattr(module, name)

    def full_disk(document: IndexedDocument) -> Any:
        if document.id == "y":
            raise OSError(28, "No space left on device")
        return real(document)

    whole.index.upsert([paper("x", "cây mạ"), paper("y", "cây mạ")])
    whole.index.delete(["d0"])
    monkeypatch.setattr(module, name, full_disk)
    with pytest.raises(OSError, match="No space"):
        whole.index.commit()
    assert whole.page("mạ").total == 20
    monkeypatch.undo()
    whole.index.commit()
    assert whole.page("mạ").total == 21
    assert whole.index.check() == "ok"


def test_an_index_of_another_engine_is_made_again_by_a_rebuild(whole: Any, paper: Paper) -> None:
    (other,) = {"whoosh", "tantivy"} - {whole.engine}
    before = int(whole.index.stats()["generation"])
    moved = open_index(whole.folder, other)
    assert moved.check() == "schema-old"
    with pytest.raises(IndexDamaged):
        moved.search(parse("mạ"))
    with pytest.raises(IndexDamaged):
        moved.commit()
    assert whole.page("mạ").total == 20
    assert rebuild(whole.folder, [paper("new", "cây mạ")], other) > before
    assert moved.search(parse("mạ")).total == 1
    assert moved.check() == "ok"
    assert whole.index.check() == "schema-old"
    moved.close()


# The writer below is killed at the named step of its second commit; the numbers are calls within that commit.
KILLED = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from archive.search.ports import IndexedDocument
from archive.search.table import open_index

def paper(id):
    return IndexedDocument(id, "dv", None, id, None, None, None, None, None,
        datetime(2021, 12, 1, tzinfo=UTC), ("cây mạ " + id,), "embedded")

folder, engine, place, name, calls = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
index = open_index(folder, engine)
index.upsert([paper("acked")])
index.commit()
module, _, of = place.partition(".")
owner = importlib.import_module("archive.search." + module)
owner = getattr(owner, of) if of else owner
real = getattr(owner, name)
left = calls
def killing(*args, **more):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **more)
setattr(owner, name, killing)
index.upsert([paper("acked"), paper("second")])
index.commit()
print("survived")
"""

STEPS = [
    ("whoosh", "whoosh_index", "analyse", 2),
    ("whoosh", "whoosh_files", "merge", 1),
    ("whoosh", "whoosh_files.Writer", "_commit_toc", 1),
    ("whoosh", "seal", "sync", 1),
    ("whoosh", "seal", "sync", 2),
    ("whoosh", "seal", "write", 1),
    ("whoosh", "seal", "sync", 4),
    ("whoosh", "seal", "sync", 5),
    ("whoosh", "whoosh_files", "clean_files", 1),
    ("whoosh", "seal", "drop_others", 1),
    ("whoosh", "whoosh_files.Writer", "_finish", 1),
    ("tantivy", "tantivy_files", "_link", 3),
    ("tantivy", "tantivy_files", "document", 2),
    ("tantivy", "tantivy_files", "_seal", 1),
    ("tantivy", "seal", "sync", 1),
    ("tantivy", "seal", "sync", 5),
    ("tantivy", "seal", "write", 1),
    ("tantivy", "tantivy_files", "clean_up", 1),
    ("tantivy", "seal", "drop_others", 1),
    ("tantivy", "tantivy_files", "latest", 2),
]


@pytest.mark.parametrize(("engine", "place", "name", "calls"), STEPS)
def test_a_writer_killed_at_any_step_loses_nothing_acknowledged(
    tmp_path: Path, paper: Paper, engine: str, place: str, name: str, calls: int
) -> None:
    folder = tmp_path / "index"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(folder), engine, place, name, str(calls)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.returncode == -signal.SIGKILL, told.stdout + told.stderr
    index = open_index(folder, engine)
    assert index.check() == "ok"
    assert "acked" in set(index.documents())
    index.upsert([paper("acked", "cây mạ"), paper("second", "cây mạ"), paper("third", "cây mạ")])
    index.commit()
    assert sorted(index.documents()) == ["acked", "second", "third"]
    assert index.check() == "ok"
    assert len(list(folder.glob("seal_*"))) == 1
    assert not (folder / "MAIN.tmp").exists()
    sealed = seal.read(folder, max(seal.generations(folder))).files
    assert {str(path.relative_to(folder)) for path in files(folder) if mapped(path)} <= set(sealed)
    index.close()
