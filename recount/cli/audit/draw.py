"""`recount audit draw`: a published plan and a seed thrown in public in, a list to collect out."""

from typing import Annotated

import typer

from recount.auditing.drawing import extended
from recount.auditing.plan import Plan
from recount.cli import _options as given
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.cli.audit import _folder
from recount.cli.audit._list import draw_files
from recount.errors import Exit
from recount.options import Tick
from recount.report.audit import build_draw
from recount.texts import say

PAGE = Page(
    about=say(
        "Draws the regions to visit, in order, from a published plan by 20 digits thrown in "
        "public. Anyone who has the plan and the digits gets the same list. A plan that does not "
        "hold together, or was changed after its draw, is refused; whether it is the plan that was "
        "announced, its SHA-256 says."
    ),
    examples=(
        (
            "recount audit draw plan/ --seed 62701843950218467335",
            say("The first draw: as many forms as do if nothing differs."),
        ),
        ("recount audit draw plan/ --more 10", say("Ten more forms, when the first do not do.")),
        ("recount audit draw plan/ -o list.xlsx", say("The list again, as a workbook.")),
    ),
    exits=(
        ("0", say("The list is there.")),
        ("2", say("It could not be drawn: wrong usage, a plan that was changed.")),
        ("130", say("Interrupted.")),
    ),
)

PlanFolder = Annotated[
    str,
    typer.Argument(metavar=_("PLAN"), help=_("The folder of the plan."), show_default=False),
]
Seed = Annotated[
    str | None,
    typer.Option("--seed", metavar=_("20 DIGITS"), help=_("The digits thrown in public.")),
]
Draws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        metavar="N",
        help=_("So many draws, repeated ones too; default: what does if nothing differs."),
    ),
]
More = Annotated[
    int | None,
    typer.Option("--more", metavar="N", help=_("Draw on, until there are N more forms.")),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    plan: PlanFolder,
    *,
    seed: Seed = None,
    draws: Draws = None,
    more: More = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    lang: given.Lang = None,  # noqa: ARG001 - read by the root command
) -> int:
    """Carry out the command; gives the exit code."""
    _folder.refuse_own(plan, output)

    def compute(tick: Tick, stdin: bytes | None) -> Plan:
        del tick, stdin
        before = _folder.load(plan)
        after = extended(before, seed, draws, more)
        if after.drawn != before.drawn:
            _folder.add(draw_files(after), plan)
        return after

    work(Wanted(ctx.obj, (), _folder.paths(plan), format, output), compute, build_draw)
    return Exit.AGREES
