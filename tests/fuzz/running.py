"""A mutated file in, what is wrong with how it was taken out: nothing, it is hoped."""

from __future__ import annotations

import signal
import subprocess
import time
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recount import api
from recount.errors import RecountError
from recount.options import Options
from recount.report import RENDERERS, build_check
from tests.cli.running import command, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

LIMIT = 20.0
"""Seconds that a file may take; the files are small, the machine may be slow."""


class Hangs(BaseException):
    """The time is over."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Leave by `Hangs` when the time is over."""

    def over(number: int, frame: FrameType | None) -> None:
        raise Hangs(number, frame)

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def inside(path: Path) -> str | None:
    """Check a file in this process; None when it was read, or refused with a clear word."""
    start = time.monotonic()
    try:
        with limited(LIMIT):
            checked = api.check_with([str(path)], Options())
            for lang in ("id", "en"):
                RENDERERS["json"](build_check(checked, lang))
    except RecountError as refused:
        return None if refused.mend.template else "an error without a way out"
    except Hangs:
        return f"hangs: more than {LIMIT:.0f} s"
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        return "".join(traceback.format_exception(fault))
    took = time.monotonic() - start
    return f"slow: {took:.1f} s" if took > LIMIT else None


def outside(path: Path) -> str | None:
    """Check a file as a command in a process of its own."""
    try:
        done = subprocess.run(
            command("check", str(path), "--format", "json"),
            capture_output=True,
            env=environment(),
            check=False,
            timeout=LIMIT * 3,
        )
    except subprocess.TimeoutExpired:
        return "the command hangs"
    told = done.stderr.decode(errors="replace")
    if done.returncode not in {0, 1, 2} or "Traceback" in told or "panicked" in told:
        return f"exit code {done.returncode}: {told}"
    if done.returncode == 2 and not told.strip():
        return "it says nothing"
    return None
