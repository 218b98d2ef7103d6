"""Which segments a commit writes anew: enough that they stay few, never so much that a commit holds the line up; and of
which documents a search reads the places of words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.search import matching, postings, seal, whoosh_files
from archive.search.ports import IndexDamaged, IndexedDocument
from archive.search.query import parse
from archive.search.whoosh_index import WhooshIndex


def test_no_commit_writes_more_than_its_share_and_segments_stay_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: Callable[..., IndexedDocument]
) -> None:
    monkeypatch.setattr(whoosh_files, "_FULL", 100_000)
    monkeypatch.setattr(whoosh_files, "_MOST", 200_000)
    index = WhooshIndex(tmp_path / "index")
    text = " ".join(f"chữ{at}" for at in range(400))
    index.upsert([paper("0", text)])
    index.commit()
    one = sum(path.stat().st_size for path in index._folder.glob("*.seg"))
    known: dict[str, int] = {}
    most = 0
    for number in range(1, 60):
        index.upsert([paper(str(number), text)])
        index.commit()
        now = {path.name: path.stat().st_size for path in index._folder.glob("*.seg")}
        written = sum(size for name, size in now.items() if name not in known)
        assert written <= 200_000 + one
        most, known = max(most, written), now
    assert most > 100_000, "the limit was never near: this test shows nothing"
    assert index.search(parse("chữ7")).total == 60
    assert sorted(index.documents(), key=int) == [str(number) for number in range(60)]
    # What is full, at least half of it, and less than eight of each smaller size.
    assert len(known) <= sum(known.values()) // 100_000 + 1 + 7 * 2
    assert index.check() == "ok"
    index.close()


def test_segments_that_are_mostly_deleted_are_written_anew(
    tmp_path: Path, paper: Callable[..., IndexedDocument]
) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.upsert(paper(str(number), f"mạ {'cây ' * number}") for number in range(20))
    index.commit()
    before = {path.name for path in index._folder.glob("*.seg")}
    index.delete(str(number) for number in range(11))
    index.commit()
    after = list(index._folder.glob("*.seg"))
    assert not before & {path.name for path in after}
    assert index.search(parse("mạ")).total == 9
    index.close()


def test_places_are_read_only_where_one_word_may_follow_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: Callable[..., IndexedDocument]
) -> None:
    index = WhooshIndex(tmp_path / "index")
    apart = [paper(f"apart{at}", "tra cứu rồi kiểm lại") for at in range(50)]
    index.upsert([*apart, *(paper(f"pair{at}", f"kiểm tra {at}") for at in range(30))])
    index.commit()
    read: list[bytes] = []

    def unpack(value: bytes) -> Any:
        read.append(value)
        return postings.unpack(value)

    monkeypatch.setattr(matching, "unpack", unpack)
    assert index.search(parse('"kiểm tra"')).total == 30
    assert len(read) == 2 * 30
    read.clear()
    assert index.search(parse("kiểm tra", limit=10)).total == 80
    assert len(read) == 2 * 30, "those that have the phrase fill the page: no other can be among the first"
    read.clear()
    assert index.search(parse('"tra kiểm"')).total == 0
    assert read == []
    index.close()


def test_an_index_from_before_the_followers_were_kept_is_of_another_version(
    tmp_path: Path, paper: Callable[..., IndexedDocument]
) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.upsert([paper("a", "kiểm tra")])
    index.commit()
    path = seal.path_of(tmp_path / "index", index.commit())
    told = json.loads(path.read_text())
    assert told["schema"] > postings.SCHEMA, "an older hoso must not read the new packing either"
    path.write_text(json.dumps(told | {"schema": postings.SCHEMA}))
    old = WhooshIndex(tmp_path / "index")
    assert old.check() == "schema-old"
    with pytest.raises(IndexDamaged):
        old.search(parse("kiểm"))
    old.close()
    index.close()
