"""`recount reconcile`: our forms and the online figures in, where they differ out."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Annotated

import typer

from recount.api import reconcile_with
from recount.cli import _online as web
from recount.cli import _options as given
from recount.cli import _showing as some
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import Report, build
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
        (
            "1",
            say(
                "Something differs, a figure changes between our own forms, or a part could not "
                "be read or compared."
            ),
        ),
        ("2", say("It could not be done: wrong usage, unreadable input, nothing to compare.")),
        ("130", say("Interrupted.")),
    ),
)
Plan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar=_("PLAN"),
        help=_("The folder of an audit's plan: say too what the drawn forms prove."),
    ),
]
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
    plan: Plan = None,
) -> int:
    """Carry out the command; gives the exit code."""
    options = replace(
        web.asked(some.asked(only, top, candidate, min_difference), system, taken_at, contest),
        election=election,
        regions=regions,
        aliases=aliases,
        levels=given.levels(level),
        items=items,
        tolerance=given.tolerance(tolerance),
        everything=everything,
        engine=given.engine(engine),
    )
    return _carry_out(ctx.obj, (ours, online), options, (format, output), plan)


def _carry_out(
    lang: str,
    sides: tuple[list[str], list[str]],
    options: Options,
    result: tuple[str | None, str | None],
    plan: str | None,
) -> int:
    ours, online = sides
    files = (options.election, options.regions, options.aliases)
    settings = tuple(None if one is None else str(one) for one in files)
    report = _build(plan, ours, options)
    asked = replace(options, captures=given.wants_page(*result))
    compute = partial(_compute, ours, online, asked)
    return _code(work(Wanted(lang, [*ours, *online], settings, *result), compute, report))


def _build(plan: str | None, ours: list[str], options: Options) -> Callable[[Result, str], Report]:
    """How the result is reported: with a plan, also what our forms prove of it."""
    if plan is None:
        return build
    # Loaded only where there is a plan: most have none.
    section = import_module("recount.cli.audit._section")
    asked = Options(options.election, options.regions, options.aliases)
    made: Callable[[Result, str], Report] = section.builder(plan, ours, asked)
    return made


def _code(result: Result) -> int:
    apart = any(result.summary[status] for status in APART)
    return Exit.DIFFERS if apart or result.moved or result.undone else Exit.AGREES


def _compute(
    ours: list[str], online: list[str], options: Options, tick: Tick, stdin: bytes | None
) -> Result:
    return reconcile_with(ours, online, replace(options, tick=tick, piped=stdin))
