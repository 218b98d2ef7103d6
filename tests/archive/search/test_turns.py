from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock, Semaphore

import pytest

from archive.search.turns import Turns


class ToldLine(deque[Lock]):
    """A line that tells of each who joins it."""

    def __init__(self) -> None:
        super().__init__()
        self.joined = Semaphore(0)

    def append(self, mine: Lock) -> None:
        super().append(mine)
        self.joined.release()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


def taker(turns: Turns, went: list[str], name: str) -> None:
    with turns.turn():
        went.append(name)


def test_those_who_came_first_go_first(pool: ThreadPoolExecutor) -> None:
    turns, went, line = Turns(1), list[str](), ToldLine()
    turns._line = line
    tasks: list[Future[None]] = []
    with turns.turn():
        for name in "abc":
            tasks.append(pool.submit(taker, turns, went, name))
            assert line.joined.acquire(timeout=10)
        assert went == []
    for task in tasks:
        task.result(timeout=10)
    assert went == ["a", "b", "c"]
    with turns.turn():
        assert not line, "all have left"


def test_as_many_as_agreed_go_at_once(pool: ThreadPoolExecutor) -> None:
    turns, went = Turns(2), list[str]()
    with turns.turn():
        pool.submit(taker, turns, went, "beside").result(timeout=10)
    assert went == ["beside"]


def test_a_turn_ends_with_an_error_as_well() -> None:
    turns = Turns(1)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError
    assert turns._free == 1


def test_who_gives_up_waiting_leaves_the_line() -> None:
    turns = Turns(1)
    mine = Lock()
    with turns.turn():
        turns._line.append(mine)
        turns._leave(mine)
    assert (turns._free, list(turns._line)) == (1, [])
    with turns.turn():
        turns._leave(mine)  # it had been given a turn already: the next one may go
        assert turns._free == 1
