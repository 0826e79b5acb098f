"""`recount screen`: the figures of one side in, two tests and some pictures out."""

from dataclasses import replace

import typer

from recount.cli import _online as web
from recount.cli import _options as given
from recount.cli._words import Page
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import build_screen
from recount.screen import Screened, screen_with
from recount.texts import say

PAGE = Page(
    about=say(
        "Looks at the figures of one side, ours or online, without any form beside them: are the "
        "last digits of a candidate's votes even, and are there more whole percentages than "
        "chance gives? In 100 clean elections about 5 are flagged by each test. A flag says where "
        "to look, and nothing about anybody."
    ),
    examples=(
        ("recount screen kpu.csv", say("The units of the finest level in one export.")),
        (
            "recount screen kpu.csv --level kecamatan -o tests.json",
            say("The sums of the kecamatan, with every number behind the tests."),
        ),
    ),
    exits=(
        ("0", say("The tests were made, whatever they say.")),
        ("2", say("It could not be done: wrong usage, unreadable input, too few figures.")),
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
    system: web.System = None,
    contest: web.OneContest = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    options = Options(
        election=election,
        regions=regions,
        aliases=aliases,
        levels=given.levels(level),
        engine=given.engine(engine),
        system=web.system(system),
        contest=contest,
    )

    def compute(tick: Tick, stdin: bytes | None) -> Screened:
        return screen_with(files, replace(options, tick=tick, piped=stdin))

    work(
        Wanted(ctx.obj, files, (election, regions, aliases), format, output), compute, build_screen
    )
    return Exit.AGREES
