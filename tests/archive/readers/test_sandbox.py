"""A document that kills its reader costs itself, nobody else, and leaves nothing running."""

from __future__ import annotations

import os
import queue
import random
import select
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from archive.errors import DependencyMissing
from archive.readers import sandbox as sandbox_module
from archive.readers import table
from archive.readers.limits import ReadingLimits
from archive.readers.sandbox import Failed, Job, Sandbox
from archive.records import Reading, ReadingState
from tests.archive.readers import making
from tests.archive.readers.killing_readers import niceness, nth_word, obey, refuse_to_start, write

CHECKOUT = Path(__file__).resolve().parents[3]
LIMITS = ReadingLimits(seconds=2.0, memory_mb=512)


def children() -> set[int]:
    """All processes that descend from this one, but for the resource tracker of multiprocessing."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z" and b"resource_tracker" not in (entry / "cmdline").read_bytes():
                    parents[int(entry.name)] = int(parent)
            except (OSError, ValueError):
                continue
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


@pytest.fixture
def obedient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read by a reader that does what they say."""
    monkeypatch.setattr(table, "read", obey)


@pytest.fixture
def orders(tmp_path: Path) -> list[tuple[str, Path]]:
    """A few documents in peace around each hostile one."""
    texts = ["peace 1", "crash", "peace 2", "hang", "peace 3", "eat", "peace 4", "abort", "fail", "peace 5"]
    made = []
    for number, text in enumerate(texts):
        path = tmp_path / str(number)
        path.write_text(text)
        made.append((text, path))
    return made


def codes(reading: Reading) -> list[str]:
    return [code for code, _words in reading.warnings]


@pytest.mark.usefixtures("obedient")
def test_each_document_answers_for_itself_only(orders: list[tuple[str, Path]]) -> None:
    before = children()
    with Sandbox(LIMITS) as sandbox:
        read = dict(sandbox.read_many(orders))
    assert children() == before, "no process is left behind"
    assert len(read) == len(orders)
    peaceful = [reading for text, reading in read.items() if text.startswith("peace")]
    assert all(reading.state is ReadingState.READ for reading in peaceful)
    assert {text: codes(read[text]) for text in ("crash", "abort", "hang", "eat", "fail")} == {
        "crash": ["reader-crashed"],
        "abort": ["reader-crashed"],
        "hang": ["reader-timeout"],
        "eat": ["reader-memory"],
        "fail": ["reader-failed"],
    }
    assert all(read[text].state is ReadingState.UNREADABLE for text in ("crash", "abort", "hang", "eat", "fail"))


@pytest.mark.usefixtures("obedient")
def test_a_hang_that_python_never_sees_is_ended_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("hang outside Python")
    with Sandbox(LIMITS, workers=1) as sandbox:
        ((_key, reading),) = sandbox.read_many([("a", tmp_path / "a")])
    assert codes(reading) == ["reader-timeout"]


@pytest.mark.usefixtures("obedient")
def test_the_sandbox_lives_on_after_a_crash(tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("crash")
    (tmp_path / "good").write_text("peace")
    with Sandbox(LIMITS, workers=1) as sandbox:
        for _round in range(3):
            read = dict(sandbox.read_many([("bad", tmp_path / "bad"), ("good", tmp_path / "good")]))
            assert codes(read["bad"]) == ["reader-crashed"]
            assert read["good"].pages[0].text == "peace"


@pytest.mark.usefixtures("obedient")
def test_a_document_is_not_blamed_for_the_one_before_it(tmp_path: Path) -> None:
    """In the worker that is already in use it crashes; alone, in a fresh one, it is read."""
    (tmp_path / "first").write_text("peace")
    (tmp_path / "second").write_text("poison")
    with Sandbox(LIMITS, workers=1) as sandbox:
        ((_key, first),) = sandbox.read_many([("first", tmp_path / "first")])
        (tmp_path / "second.once").write_text(first.pages[1].text)
        ((_key, second),) = sandbox.read_many([("second", tmp_path / "second")])
    assert second.pages[0].text == "read alone"


@pytest.mark.usefixtures("obedient")
def test_a_worker_killed_while_idle_costs_nothing(tmp_path: Path) -> None:
    """The system may kill a worker for lack of memory when it reads nothing; pebble gives up the whole pool then."""
    paths = []
    for number in range(20):
        (tmp_path / str(number)).write_text("peace")
        paths.append((str(number), tmp_path / str(number)))
    with Sandbox(LIMITS, workers=1) as sandbox:
        for _round in range(2):
            ((_key, reading),) = sandbox.read_many(paths[:1])
            os.kill(int(reading.pages[1].text), signal.SIGKILL)
            assert all(reading.state is ReadingState.READ for _key, reading in sandbox.read_many(paths))


@pytest.mark.usefixtures("obedient")
def test_a_worker_cannot_write_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("write")
    with Sandbox(LIMITS, workers=1) as sandbox:
        ((_key, reading),) = sandbox.read_many([("a", tmp_path / "a")])
    assert reading.pages[0].text == "OSError"
    assert not (tmp_path / "a.written").read_bytes()


@pytest.mark.usefixtures("obedient")
def test_both_workers_are_used_and_results_stream(tmp_path: Path) -> None:
    paths = []
    for number in range(40):
        (tmp_path / str(number)).write_text("peace")
        paths.append((str(number), tmp_path / str(number)))
    with Sandbox(LIMITS, workers=2) as sandbox:
        results = sandbox.read_many(paths)
        first = next(results)
        rest = list(results)
    assert len({reading.pages[1].text for _key, reading in [first, *rest]}) == 2
    assert sorted(key for key, _reading in [first, *rest]) == sorted(key for key, _path in paths)


@pytest.mark.usefixtures("obedient")
def test_leaving_early_leaves_nothing_running(tmp_path: Path) -> None:
    (tmp_path / "good").write_text("peace")
    (tmp_path / "bad").write_text("hang")
    before = children()
    with Sandbox(ReadingLimits(seconds=60)) as sandbox:
        results = sandbox.read_many([("good", tmp_path / "good"), ("bad", tmp_path / "bad")])
        assert next(results)[0] == "good"
    assert children() == before


@pytest.mark.usefixtures("obedient")
def test_two_sandboxes_at_a_time(tmp_path: Path) -> None:
    """The first to close must not take the other's workers along."""
    (tmp_path / "a").write_text("peace")
    with Sandbox(LIMITS, workers=1) as outer:
        assert len(list(outer.read_many([("a", tmp_path / "a")]))) == 1
        with Sandbox(LIMITS, workers=1) as inner:
            assert len(list(inner.read_many([("a", tmp_path / "a")]))) == 1
        ((_key, reading),) = outer.read_many([("a", tmp_path / "a")])
        assert reading.state is ReadingState.READ


def test_any_job_of_a_module_can_be_done_with_arguments_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("ba bốn năm")
    with Sandbox(LIMITS) as sandbox:
        done = dict(sandbox.run(Job(str(n), tmp_path / "a", partial(nth_word, number=n)) for n in range(5)))
    failed = {key: done.pop(key) for key in ("3", "4")}
    assert done == {"0": "ba", "1": "bốn", "2": "năm"}
    assert {type(one) for one in failed.values()} == {Failed}


def test_what_a_worker_may_do_besides_reading_is_told(tmp_path: Path) -> None:
    """How much it writes, and how far it gives way to others."""
    (tmp_path / "a").write_text("write")
    with Sandbox(LIMITS, workers=1, niceness=7, writes_mb=1) as sandbox:
        assert [done for _key, done in sandbox.run([Job("a", tmp_path / "a", niceness)])] == [os.nice(0) + 7]
        ((_key, reading),) = sandbox.run([Job("a", tmp_path / "a", obey)])
        assert isinstance(reading, Reading)
        assert reading.pages[0].text == "written"
        ((_key, failed),) = sandbox.run([Job("a", tmp_path / "a", partial(write, size=2 << 20))])
    assert isinstance(failed, Failed)
    assert (tmp_path / "a.written").stat().st_size <= 1 << 20


def test_jobs_are_asked_for_as_workers_get_free(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("peace")
    asked = []

    def jobs() -> Iterator[Job[Reading]]:
        for number in range(100):
            asked.append(number)
            yield Job(str(number), tmp_path / "a", obey)

    with Sandbox(LIMITS, workers=1) as sandbox:
        results = sandbox.run(jobs())
        next(results)
        assert len(asked) < 10


def test_another_thread_ends_it_at_once(tmp_path: Path) -> None:
    """Whatever hangs; and nothing is said of what was not done."""
    (tmp_path / "good").write_text("peace")
    (tmp_path / "bad").write_text("hang")
    before = children()
    jobs = [Job(name, tmp_path / name, obey) for name in ("good", "bad", "bad", "bad")]
    told: queue.Queue[str] = queue.Queue()

    def work() -> None:
        with sandbox:
            for key, _done in sandbox.run(jobs):
                told.put(key)

    sandbox = Sandbox(ReadingLimits(seconds=600), workers=1)
    thread = threading.Thread(target=work)
    thread.start()
    assert told.get(timeout=60) == "good"
    sandbox.stop()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert told.empty()
    assert children() == before


def test_a_missing_file_is_answered(tmp_path: Path) -> None:
    with Sandbox(LIMITS, workers=1) as sandbox:
        ((_key, reading),) = sandbox.read_many([("a", tmp_path / "gone")])
    assert (reading.state, codes(reading)) == (ReadingState.UNREADABLE, ["unreadable"])


@pytest.mark.usefixtures("obedient")
def test_no_worker_at_all_is_nobodys_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation must not mark documents as unreadable."""
    monkeypatch.setattr(sandbox_module, "confine", refuse_to_start)
    (tmp_path / "a").write_text("peace")
    with Sandbox(LIMITS, workers=1) as sandbox, pytest.raises(DependencyMissing):
        list(sandbox.read_many([("a", tmp_path / "a")]))


def test_a_worker_never_imports_the_main_module_nor_django(tmp_path: Path) -> None:
    """A script without a guard stands for `hoso`: imported again in each worker, it would start workers of its own."""
    (tmp_path / "document").write_text("xin chào")
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            from pathlib import Path
            with open({str(tmp_path / "ran")!r}, "a") as ran:
                ran.write("once ")
            import django
            from archive.readers.limits import ReadingLimits
            from archive.readers.sandbox import Job, Sandbox
            from tests.archive.readers.looking_reader import modules
            with Sandbox(ReadingLimits()) as sandbox:
                for key, reading in sandbox.run([Job("a", Path({str(tmp_path / "document")!r}), modules)]):
                    print(reading.pages[0].text)
            """
        )
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout.strip() == "archive.readers.table", done.stderr
    assert (tmp_path / "ran").read_text() == "once "


def test_workers_end_when_the_service_is_killed(tmp_path: Path) -> None:
    (tmp_path / "document").write_text("hang")
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            from pathlib import Path
            from archive.readers.limits import ReadingLimits
            from archive.readers.sandbox import Job, Sandbox
            from tests.archive.readers.looking_reader import hang_and_tell
            with Sandbox(ReadingLimits(seconds=120)) as sandbox:
                list(sandbox.run([Job("a", Path({str(tmp_path / "fifo")!r}), hang_and_tell)]))
            """
        )
    )
    os.mkfifo(tmp_path / "fifo")
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    service = subprocess.Popen([sys.executable, script], env=environment)
    try:
        # The worker writes its number and holds the pipe open as it hangs; the pipe closes when the worker is gone.
        fifo = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
        assert select.select([fifo], [], [], 60)[0]
        worker = int(os.read(fifo, 100))
        service.send_signal(signal.SIGKILL)
        service.wait(timeout=30)
        assert select.select([fifo], [], [], 60)[0]
        assert os.read(fifo, 100) == b""
        os.close(fifo)
        assert worker not in children()
    finally:
        service.kill()
        service.wait()


def test_mutated_files_are_always_answered(tmp_path: Path) -> None:
    """Some hundred seeded changes of a PDF and a DOCX; each gets a reading, and what is read is clean text."""
    chance = random.Random(20211126)
    originals = [
        making.pdf(making.lines("ĐẢNG BỘ TỈNH MẪU\nBáo cáo năm 2021"), making.lines("trang hai")),
        making.docx(
            making.p("ĐẢNG BỘ TỈNH MẪU") + making.table(["1", "Báo cáo"], ["2", "Tờ trình"]),
            {"header1": making.p("đầu")},
        ),
    ]
    paths = []
    for number in range(300):
        path = tmp_path / str(number)
        path.write_bytes(_mutated(originals[number % 2], chance))
        paths.append((str(number), path))
    with Sandbox(ReadingLimits(seconds=10)) as sandbox:
        read = dict(sandbox.read_many(paths))
    assert len(read) == 300
    assert {reading.state for reading in read.values()} >= {ReadingState.READ, ReadingState.UNREADABLE}
    for reading in read.values():
        assert "reader-failed" not in codes(reading)
        assert (reading.state is ReadingState.READ or bool(reading.scans)) == bool(reading.pages)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _change in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randrange(1, 40)]
            case 2:
                changed[at:at] = chance.randbytes(chance.randrange(1, 40))
            case _:
                other = chance.randrange(len(changed))
                changed[at : at + 20] = changed[other : other + 20]
        if not changed:
            changed = bytearray(b"%")
    return bytes(changed)
