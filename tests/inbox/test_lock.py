from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import ExitCode, Locked
from inbox.lock import locked

HERE = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from inbox.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_worker_is_told_who_holds_the_home(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(Locked, match=rf"\b{os.getpid()}\b") as caught, locked(tmp_path):
        pass
    assert caught.value.exit_code == ExitCode.LOCKED
    assert caught.value.hint


def test_the_home_is_free_again_afterwards(tmp_path: Path) -> None:
    for _time in range(2):
        with locked(tmp_path):
            assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_a_killed_worker_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=rf"\b{other.pid}\b"), locked(tmp_path):
            pass
        other.kill()
        other.wait()
    with locked(tmp_path):
        pass
