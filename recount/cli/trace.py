"""`recount trace`: a region and files in, the path of its figures from form to form out."""

from dataclasses import replace
from typing import Annotated

import typer

from recount.cli import _online as web
from recount.cli import _options as given
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import build_trace
from recount.result import Traced
from recount.texts import say
from recount.tracing import trace_with

PAGE = Page(
    about=say(
        "Follows the figures of one region from the votes up: from the C1 of its TPS to DAA, DA1, "
        "DB1 and DC1, to the online count and the official recap. Every box is shown, and where it "
        "changes first. A sum of which parts are missing says from how many it is; it changes "
        "nothing."
    ),
    examples=(
        (
            "recount trace 64.11.04 forms/",
            say("The path of a kecamatan through all forms in a folder."),
        ),
        (
            "recount trace 64.11.04.2010 forms/ --online kpu.csv",
            say("A desa, up to the figures of the online system."),
        ),
        (
            'recount trace "kecamatan Laham" forms/ --online kpu.csv',
            say("By name; with its level where a desa in it is called the same."),
        ),
        (
            "recount trace 64.11.04.2010/2 forms/ -o path.xlsx",
            say("One TPS, as a workbook."),
        ),
    ),
    exits=(
        ("0", say("No figure changes along the whole path, nor inside the region.")),
        (
            "1",
            say(
                "A figure changes, copies differ or forms contradict each other, in the region or "
                "inside it; or nothing on the path could be compared."
            ),
        ),
        ("2", say("It could not be done: wrong usage, unreadable input, no such region.")),
        ("130", say("Interrupted.")),
    ),
)

Region = Annotated[
    str,
    typer.Argument(
        metavar=_("REGION"),
        help=_("A region's code or its name, as the files have it; a TPS as REGION/NUMBER."),
        show_default=False,
    ),
]
Online = Annotated[
    list[str] | None,
    typer.Option(
        "--online",
        metavar=_("FILE|DIR"),
        help=_("The online figures: a file, a folder or a pattern (may be repeated)."),
        show_default=False,
    ),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    region: Region,
    files: given.Files,
    *,
    online: Online = None,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    tolerance: given.Tolerance = "0",
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    lang: given.Lang = None,
    engine: given.Engine = "polars",
    system: web.System = None,
    taken_at: web.TakenAt = None,
    contest: web.OneContest = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    options = Options(
        election=election,
        regions=regions,
        aliases=aliases,
        tolerance=given.tolerance(tolerance),
        system=web.system(system),
        taken_at=web.taken_at(taken_at),
        contest=contest,
        engine=given.engine(engine),
    )

    def compute(tick: Tick, stdin: bytes | None) -> Traced:
        return trace_with(region, files, online, replace(options, tick=tick, piped=stdin))

    sources = [*files, *(online or ())]
    wanted = Wanted(ctx.obj, sources, (election, regions, aliases), format, output)
    traced = work(wanted, compute, build_trace)
    return Exit.AGREES if traced.same else Exit.DIFFERS
