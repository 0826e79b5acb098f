"""`recount reconcile`: our forms and the online figures in, where they differ out."""

from dataclasses import replace
from functools import partial

import typer

from recount.api import reconcile_with
from recount.cli import _online as web
from recount.cli import _options as given
from recount.cli import _showing as some
from recount.cli._words import Page
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import build
from recount.result import Result
from recount.texts import say

PAGE = Page(
    about=say(
        "Holds the forms collected by hand against the figures of the online system: where they "
        "differ, what could not be compared, who leads on each side, and whether that is the same."
    ),
    examples=(
        (
            "recount reconcile forms/ --online kpu.csv",
            say("All forms in a folder against one export; the answer on the screen."),
        ),
        (
            "recount reconcile forms/ --online kpu.csv -o result.xlsx",
            say("The same as a workbook, to hand on."),
        ),
        (
            "recount reconcile forms/ --online captures/2024-11-28/",
            say("The saved answers of an online system, with its progress and its times."),
        ),
        (
            "recount reconcile ours.csv --online kpu.csv --level kabkota --level tps",
            say("Only two of the levels."),
        ),
        (
            "recount reconcile forms/ --online kpu.csv --only Samarinda --min-difference 10",
            say("One region and what lies in it, and only differences of 10 votes or more."),
        ),
        (
            "recount reconcile ours.csv --online kpu.csv --format json --all | less",
            say("Everything, the equal ones too, for programs."),
        ),
    ),
    exits=(
        ("0", say("Everything that was compared agrees.")),
        ("1", say("Something differs, or a part could not be read or compared.")),
        ("2", say("It could not be done: wrong usage, unreadable input, nothing to compare.")),
        ("130", say("Interrupted.")),
    ),
)
APART = ("differs", "partial", "conflict")
"""Statuses that make the exit code 1."""


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    ours: given.Ours,
    *,
    online: given.Online,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    level: given.Levels = None,
    items: given.Items = None,
    tolerance: given.Tolerance = "0",
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    everything: given.Everything = False,
    lang: given.Lang = None,  # noqa: ARG001 - read by the root command
    engine: given.Engine = "polars",
    system: web.System = None,
    taken_at: web.TakenAt = None,
    contest: web.OneContest = None,
    only: some.Only = None,
    top: some.Top = None,
    candidate: some.OneCandidate = None,
    min_difference: some.LeastDifference = None,
) -> int:
    """Carry out the command; gives the exit code."""
    shown = some.asked(only, top, candidate, min_difference)
    options = replace(
        web.asked(shown, system, taken_at, contest),
        election=election,
        regions=regions,
        aliases=aliases,
        levels=given.levels(level),
        items=items,
        tolerance=given.tolerance(tolerance),
        everything=everything,
        engine=given.engine(engine),
    )
    wanted = Wanted(ctx.obj, [*ours, *online], (election, regions, aliases), format, output)
    return _code(work(wanted, partial(_compute, ours, online, options), build))


def _code(result: Result) -> int:
    apart = any(result.summary[status] for status in APART)
    return Exit.DIFFERS if apart or result.undone else Exit.AGREES


def _compute(
    ours: list[str], online: list[str], options: Options, tick: Tick, stdin: bytes | None
) -> Result:
    return reconcile_with(ours, online, replace(options, tick=tick, piped=stdin))
