"""Starting `recount` as a person does: as a process, on a pipe or on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "pilpres_2019_kaltim"
MAIN_JOB = ("reconcile", str(SAMPLE / "ours"), "--online", str(SAMPLE / "theirs.csv"))
ASK = "kabkota,kecamatan,1,2\n"


class Done(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """The environment of the tests without a language, but the one given; English by default."""
    unset = ("LANG", "LANGUAGE", "NO_COLOR", "COLUMNS", "FORCE_COLOR", "RECOUNT_DEBUG")
    plain = {k: v for k, v in os.environ.items() if k not in unset and not k.startswith("LC_")}
    return {**plain, "LANGUAGE": "en", "TERM": "xterm-256color", **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "recount", *arguments]


def recount(*arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Done:
    """Run a command to its end, all three streams being pipes."""
    done = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        env=environment(**(env or {})),
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_a_terminal(
    *arguments: str, columns: int = 80, stream: str = "stdout", env: Mapping[str, str] | None = None
) -> Done:
    """Run a command with one of its streams being a terminal; what came there is `out`."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        command(*arguments),
        stdin=subprocess.DEVNULL,
        stdout=slave if stream == "stdout" else subprocess.PIPE,
        stderr=slave if stream == "stderr" else subprocess.PIPE,
        env=environment(**(env or {})),
    )
    os.close(slave)
    shown = b"".join(iter(lambda: _some(master), b""))
    os.close(master)
    out, err = process.communicate(timeout=60)
    other = (err if stream == "stdout" else out) or b""
    return Done(process.returncode, shown.decode(), other.decode())


def _some(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux says so when the other end of a terminal has been closed
        return b""
