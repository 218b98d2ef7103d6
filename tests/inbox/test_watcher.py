from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import inbox.watcher
from inbox.mounts import Mount
from inbox.watcher import Hint, Watcher

NEVER = threading.Event()


def identity(folder: Path) -> tuple[int, int]:
    return folder.stat().st_dev, folder.stat().st_ino


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "cb").mkdir(parents=True)
    return tmp_path / "inbox"


def drain(hint: Hint) -> None:
    while hint.wait(0.3, NEVER):
        pass


@pytest.mark.parametrize("how", ["written", "moved in", "a folder moved in", "in a new folder"])
def test_whatever_arrives_sets_the_flag(folder: Path, tmp_path: Path, how: str) -> None:
    hint = Hint(quiet=0.01)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "bc.docx").write_text("x")
    arrive: dict[str, Callable[[], object]] = {
        "written": lambda: (folder / "cb" / "bc.docx").write_text("x"),
        "moved in": lambda: (tmp_path / "elsewhere" / "bc.docx").rename(folder / "cb" / "bc.docx"),
        "a folder moved in": lambda: (tmp_path / "elsewhere").rename(folder / "cb" / "moved"),
        "in a new folder": lambda: (folder / "new").mkdir(),
    }
    with Watcher(folder, hint) as watcher:
        watcher.follow(identity(folder))
        assert watcher.watching
        drain(hint)
        arrive[how]()
        assert hint.wait(10, NEVER)
    assert not watcher.watching


def test_looking_does_not_set_the_flag(folder: Path) -> None:
    """Else each scan would call for the next."""
    (folder / "cb" / "bc.docx").write_text("x")
    hint = Hint(quiet=0.01)
    with Watcher(folder, hint) as watcher:
        watcher.follow(identity(folder))
        drain(hint)
        (folder / "cb" / "bc.docx").read_text()
        list((folder / "cb").iterdir())
        assert not hint.wait(0.5, NEVER)


def test_a_folder_that_came_back_is_watched_anew(folder: Path) -> None:
    hint = Hint(quiet=0.01)
    with Watcher(folder, hint) as watcher:
        watcher.follow(identity(folder))
        folder.rename(folder.with_name("away"))
        watcher.follow(None)
        folder.mkdir()
        watcher.follow(identity(folder))
        drain(hint)
        (folder / "bc.docx").write_text("x")
        assert hint.wait(10, NEVER)


def test_a_lost_event_is_a_reason_to_look(folder: Path) -> None:
    hint = Hint(quiet=0.01)
    with Watcher(folder, hint):
        logging.getLogger("watchdog.observers.inotify_c").warning(
            "Inotify queue overflowed; filesystem events were lost"
        )
        assert hint.wait(0, NEVER)
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed again")
    assert not hint.wait(0, NEVER)


def test_no_watch_to_be_had_is_a_warning(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class NoWatches:
        def schedule(self, *_args: object, **_kwargs: object) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(inbox.watcher, "Observer", NoWatches)
    with Watcher(folder, Hint()) as watcher, caplog.at_level(logging.WARNING, "hoso.inbox"):
        watcher.follow(identity(folder))
        assert not watcher.watching
    assert "inotify watch limit reached" in caplog.text


def test_a_network_folder_is_not_watched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox.watcher, "mount_of", lambda _folder: Mount("/srv", "cifs"))
    with Watcher(folder, Hint()) as watcher:
        watcher.follow(identity(folder))
        assert not watcher.watching


def test_waiting_ends_when_it_is_to_stop() -> None:
    stop = threading.Event()
    threading.Timer(0.05, stop.set).start()
    assert not Hint().wait(3600, stop)


def test_the_flag_is_cleared_by_waiting() -> None:
    hint = Hint(quiet=0.0)
    hint.set()
    assert hint.wait(0, NEVER)
    assert not hint.wait(0, NEVER)


def test_an_observer_that_died_is_replaced(folder: Path) -> None:
    hint = Hint(quiet=0.01)
    with Watcher(folder, hint) as watcher:
        watcher.follow(identity(folder))
        watcher._observer.stop()
        watcher._observer.join()
        assert not watcher.watching
        watcher.follow(identity(folder))
        assert watcher.watching
