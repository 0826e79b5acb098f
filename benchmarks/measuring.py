"""A command in, how long the whole process took and how much memory it held out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from statistics import median
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts a process's peak memory."""


class Run(NamedTuple):
    """One process: wall seconds, peak resident megabytes (10^6 bytes), and what it printed."""

    seconds: float
    megabytes: float
    printed: str


@dataclass(frozen=True, eq=False)
class Contestant:
    """A command to time; `result` is the file in which recount leaves its answer."""

    name: str
    does: str
    command: tuple[str, ...]
    result: Path | None = None
    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Median of the rounds."""
        return median(run.seconds for run in self.runs)

    @property
    def megabytes(self) -> float:
        """Highest peak of the rounds."""
        return max(run.megabytes for run in self.runs)


class FailedError(Exception):
    """A process did not do its work; the text says why, mostly in its own words."""


def run(command: tuple[str, ...], fine: tuple[int, ...] = (0,)) -> Run:
    """Run one process from start to end; `FailedError` unless its exit code is a `fine` one."""
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode not in fine:
            raise FailedError(err.read().strip()[-500:] or f"exit code {process.returncode}")
        return Run(seconds, usage.ru_maxrss * UNIT / 1e6, out.read())


def take_part(one: Contestant) -> Run:
    """Run a contestant once. Where a result is due, exit code 1 means "something differs"."""
    if one.result is None:
        return run(one.command)
    one.result.unlink(missing_ok=True)
    done = run(one.command, fine=(0, 1))
    if not one.result.exists():
        message = f"{one.result.name} was not written"
        raise FailedError(message)
    return done


def able(contestants: list[Contestant]) -> dict[Contestant, Run]:
    """Run each once as a warm-up; who cannot do it is named on standard error and left out."""
    found = {}
    for one in contestants:
        try:
            found[one] = take_part(one)
        except (FailedError, OSError) as reason:
            print(f"left out: {one.name}: {reason}", file=sys.stderr)
    return found


def measure(contestants: list[Contestant], rounds: int) -> None:
    """Let all run in turn, so that a slow minute of the machine strikes all alike."""
    for number in range(rounds):
        print(f"{len(contestants)} processes, round {number + 1} of {rounds}", file=sys.stderr)
        for one in contestants:
            one.runs.append(take_part(one))
