"""What all commands do alike: a job in, its result written to where it was wanted."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from recount.cli._asked import asked
from recount.cli._files import destination, refuse_inputs, write
from recount.cli._options import format_of
from recount.cli._progress import Progress
from recount.cli._streams import put, tell, width_of
from recount.errors import RecountError
from recount.readers import STDIN, gather
from recount.report import RENDERERS, look_for
from recount.texts import OTHER, say, speak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from recount.options import Tick
    from recount.report import Look, Report

R = TypeVar("R")

UNSHOWN = {
    "xlsx": RecountError(
        say("A workbook cannot be shown on the screen."),
        mend=say("Give it a name: -o result.xlsx"),
    ),
    "html": RecountError(
        say("A page cannot be shown on the screen."),
        mend=say("Give it a name: -o result.html"),
    ),
}
"""Formats that are for a file, and what is said where there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What comes in beside the files that are compared, and what shall come out.

    `sources`: every file, folder and pattern that is read. `settings`: files with settings, None
    where not given. `format` and `output` as the options say it.
    """

    lang: str
    sources: Sequence[str]
    settings: tuple[str | None, ...]
    format: str | None
    output: str | None


class _Plan:
    """Where the result goes, and in which format; refuses at once what cannot work."""

    def __init__(self, wanted: Wanted) -> None:
        output = None if wanted.output == STDIN else wanted.output
        self.format = format_of(wanted.format, output)
        self.target = _target(output, wanted) if output is not None else None
        if self.format in UNSHOWN and not self.target and sys.stdout and sys.stdout.isatty():
            raise UNSHOWN[self.format]


def work(
    wanted: Wanted,
    compute: Callable[[Tick, bytes | None], R],
    build: Callable[[R, str], Report],
) -> R:
    """Compute, report, and write the report; gives the result, which decides the exit code.

    Nothing is written before all of it is there.
    """
    plan = _Plan(wanted)
    stdin = _standard_input(wanted)
    with Progress(wanted.lang) as progress:
        result = compute(progress, stdin)
        progress(say("Writing"), 0, 1)
        report = build(result, wanted.lang)
        if report.other is None:
            report = replace(report, other=partial(build, result, OTHER[wanted.lang]))
        data = RENDERERS[plan.format](report, _look(wanted.lang, plan.target))
    tell(report.notes)
    _deliver(data, plan.target, wanted.lang)
    return result


def _look(lang: str, target: Path | None) -> Look:
    width = None if target else width_of(sys.stdout)
    look = look_for(
        os.environ, terminal=bool(width), width=width, lang=lang, to_file=target is not None
    )
    return replace(look, command=asked())


def _deliver(data: bytes, target: Path | None, lang: str) -> None:
    if target is None:
        put(data)
    else:
        write(data, target)
        tell([speak(say("Written: {path}", path=target), lang)])


def _target(output: str, wanted: Wanted) -> Path:
    path = destination(output)
    if path.exists():
        files = [source.path for source in gather(wanted.sources).sources]
        refuse_inputs(path, [*files, *(name for name in wanted.settings if name)])
    return path


def _standard_input(wanted: Wanted) -> bytes | None:
    if "" in wanted.sources:
        raise RecountError(
            say("The name of a file is empty."), mend=say("Name a file, a folder or a pattern.")
        )
    times = list(wanted.sources).count(STDIN)
    if times > 1:
        raise RecountError(
            say("Standard input can be read only once."),
            mend=say("Save one of the two as a file, and name that."),
        )
    if not times or sys.stdin is None:
        return None
    if sys.stdin.isatty():
        tell([speak(say("Reading what is typed here, up to Ctrl-D."), wanted.lang)])
    return sys.stdin.buffer.read()
