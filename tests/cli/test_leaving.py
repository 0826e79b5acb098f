"""How a command ends when it is not let finish: interrupted, nobody reading, an oversight."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from recount.cli._running import carry_out
from recount.texts import say
from tests.cli.conftest import OURS
from tests.cli.running import MAIN_JOB, command, environment, on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
STUMBLING = {"stumble": ("tests.cli.stumbling", say("Stumbles."))}


def test_a_reader_that_goes_away_is_no_fault() -> None:
    process = subprocess.Popen(
        command(*MAIN_JOB, "--format", "json", "--all"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    assert [line.split(b":")[0] for line in process.stderr.read().splitlines()] == [
        b"Understood",
        b"theirs.csv",
    ]
    process.stderr.close()
    assert process.wait(60) == 1


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_nor_is_one_that_was_never_there(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(*arguments),
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full disk")  # noqa: PTH110
def test_a_full_disk_behind_standard_output_is_said(sides: tuple[str, str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            command("check", sides[0]),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("recount: The result cannot be written")
    assert done.stderr.count(b"\n") == 2


def test_standard_output_that_is_closed_is_said(sides: tuple[str, str]) -> None:
    line = [*command("check", sides[0])]
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *line],
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 2


def test_interrupted_quietly_and_nothing_is_left(tmp_path: Path, sides: tuple[str, str]) -> None:
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        command("reconcile", "-", "--online", sides[1], "-o", str(tmp_path / "result.csv")),
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stderr is not None
    # It says that it waits for what is typed; then it is interrupted.
    assert b"Ctrl-D" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours.csv", "theirs.csv"]


@pytest.mark.parametrize(
    ("way", "code", "said"),
    [
        ("error", 2, "ZeroDivisionError: by\\x1b[31mzero"),
        ("panic", 2, "PanicError: at the engine"),
        ("memory", 2, "There is not enough memory"),
        ("interrupt", 130, ""),
    ],
)
def test_what_nobody_foresaw(
    capsys: pytest.CaptureFixture[str], way: str, code: int, said: str
) -> None:
    assert carry_out(STUMBLING, ["stumble", way]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == (2 if said else 0)


def test_where_it_came_from_is_told_on_demand(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOUNT_DEBUG", "1")
    carry_out(STUMBLING, ["stumble", "error"])
    assert "Traceback" in capsys.readouterr().err


def test_long_work_shows_a_bar_and_takes_it_away(tmp_path: Path) -> None:
    slow = tmp_path / "slow.csv"
    os.mkfifo(slow)
    writer = threading.Timer(3.0, slow.write_text, [OURS])
    writer.start()
    done = on_a_terminal("check", str(slow), stream="stderr")
    writer.join()
    assert done.code == 0
    assert "Reading" in done.out
    assert "\x1b[2K" in done.out
    assert "\x1b" not in done.err


def test_short_work_shows_none(sides: tuple[str, str]) -> None:
    assert on_a_terminal("check", sides[0], stream="stderr").out == ""
