"""`recount audit risk`: a drawn plan and the forms at hand in, what they prove out."""

from dataclasses import replace
from typing import Annotated

import typer

from recount.auditing.measuring import measured
from recount.auditing.plan import Measured
from recount.cli import _options as given
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.cli.audit import _folder
from recount.cli.audit.draw import PlanFolder
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report.audit import build_risk
from recount.texts import say

PAGE = Page(
    about=say(
        "Measures what the forms at hand prove: the risk that the reported result is wrong, for "
        "every pair of candidates and for the contest, and whether to go on. Only drawn forms "
        "count, in draw order; what is certain rests on all of them."
    ),
    examples=(
        (
            "recount audit risk plan/ forms/",
            say("All forms in a folder; the answer on the screen."),
        ),
        (
            "recount audit risk plan/ forms/ --lost 64.72.01",
            say("A form that nobody can get; it counts as wrong as can be."),
        ),
        ("recount audit risk plan/ forms/ -o risk.json", say("The same for programs.")),
    ),
    exits=(
        ("0", say("The reported result is certain, or confirmed at the limit.")),
        ("1", say("Not confirmed (yet), refuted, or a bound was not true.")),
        ("2", say("It could not be measured: wrong usage, unreadable input, no draw yet.")),
        ("130", say("Interrupted.")),
    ),
)
CONFIRMED = ("certain", "confirmed")
"""States that make the exit code 0."""

Lost = Annotated[
    list[str] | None,
    typer.Option(
        "--lost",
        metavar=_("CODE"),
        help=_("A drawn region whose form is not to be had (may be repeated)."),
    ),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    plan: PlanFolder,
    ours: given.Ours,
    *,
    lost: Lost = None,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    lang: given.Lang = None,  # noqa: ARG001 - read by the root command
) -> int:
    """Carry out the command; gives the exit code."""
    _folder.refuse_own(plan, output)
    options = Options(election=election, regions=regions, aliases=aliases)

    def compute(tick: Tick, stdin: bytes | None) -> Measured:
        drawn = _folder.load(plan)
        contest = drawn.election.contests[0].id
        asked = replace(options, contest=contest, tick=tick, piped=stdin)
        return measured(drawn, ours, asked, lost or ())

    settings = (election, regions, aliases, *_folder.paths(plan))
    found = work(Wanted(ctx.obj, ours, settings, format, output), compute, build_risk)
    return Exit.AGREES if found.state in CONFIRMED else Exit.DIFFERS
