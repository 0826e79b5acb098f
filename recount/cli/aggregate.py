"""`recount aggregate`: the files of one side in, their totals out, each "n of m"."""

from dataclasses import replace

import typer

from recount.api import aggregate_with
from recount.cli import _options as given
from recount.cli._words import Page
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import build_aggregate
from recount.result import Tallied
from recount.texts import say

PAGE = Page(
    about=say(
        "Adds the forms of one side up, level by level. Every total says from how many of its "
        "units it comes; a blank is not a zero."
    ),
    examples=(
        ("recount aggregate forms/", say("The totals at every level, on the screen.")),
        (
            "recount aggregate forms/ --level kabkota -o totals.xlsx",
            say("The totals of every kabupaten/kota, as a workbook."),
        ),
    ),
    exits=(
        ("0", say("The totals are there.")),
        ("2", say("It could not be done: wrong usage, unreadable input.")),
        ("130", say("Interrupted.")),
    ),
)


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    files: given.Files,
    *,
    level: given.Levels = None,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    lang: given.Lang = None,
    engine: given.Engine = "polars",
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    options = Options(
        election=election,
        regions=regions,
        aliases=aliases,
        levels=given.levels(level),
        engine=given.engine(engine),
    )

    def compute(tick: Tick, stdin: bytes | None) -> Tallied:
        return aggregate_with(files, replace(options, tick=tick, piped=stdin))

    wanted = Wanted(ctx.obj, files, (election, regions, aliases), format, output)
    work(wanted, compute, build_aggregate)
    return Exit.AGREES
