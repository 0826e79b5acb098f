"""`recount history`: captures of an online system in, what changed between them out."""

from typing import Annotated

import typer

from recount.cli import _options as given
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.history import DOWN, History, history
from recount.options import Tick
from recount.report import Report, build_history
from recount.result import VERSION
from recount.systems import SYSTEMS, snapshots
from recount.texts import say

PAGE = Page(
    about=say(
        "Compares the captures of an online system over time: what went down, where the lead "
        "changed, what was withheld, vanished or came back. Ranked by the effect on the margin."
    ),
    examples=(
        ("recount history captures/", say("Everything that changed, on the screen.")),
        (
            "recount history kaltim/ --format json | less",
            say("The same for programs, with the digest of every file."),
        ),
    ),
    exits=(
        ("0", say("Nothing went down, and the lead never changed.")),
        ("1", say("Something went down, or the lead changed.")),
        ("2", say("It could not be done: wrong usage, unreadable input, nothing to compare.")),
        ("130", say("Interrupted.")),
    ),
)

Captures = Annotated[
    list[str],
    typer.Argument(
        metavar=_("CAPTURES..."),
        help=_("Folders, archives or web archives of saved answers, or tables with a time."),
        show_default=False,
    ),
]
SystemOption = Annotated[
    str | None,
    typer.Option(
        "--system",
        metavar=_("NAME"),
        autocompletion=given.offer(tuple(SYSTEMS)),
        help=_("Which online system it is, where that is not recognised."),
    ),
]
TakenAt = Annotated[
    str | None,
    typer.Option(
        "--taken-at",
        metavar=_("TIME"),
        help=_("The time of captures that name none, such as 2018-06-29T10:30+08:00."),
    ),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    captures: Captures,
    *,
    system: SystemOption = None,
    taken_at: TakenAt = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    lang: given.Lang = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    wanted = Wanted(ctx.obj, (), tuple(captures), format, output)
    chosen = given.chosen("--system", system, tuple(SYSTEMS)) if system is not None else None

    def compute(tick: Tick, stdin: bytes | None) -> History:
        del stdin
        tick(say("Reading"), 0, 1)
        found = snapshots(captures, system=chosen, taken_at=taken_at, tick=tick)
        tick(say("Comparing"), 0, 1)
        return history(found)

    result = work(wanted, compute, _build)
    return Exit.DIFFERS if any(event.kind in DOWN for event in result.events) else Exit.AGREES


def _build(result: History, lang: str) -> Report:
    return build_history(result, VERSION, lang)
