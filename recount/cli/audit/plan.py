"""`recount audit plan`: the online figures in, a plan to be announced in public out."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from recount.auditing.ballots import KINDS
from recount.auditing.drawing import drawn, seed_of
from recount.auditing.plan import TESTS, Plan
from recount.auditing.planning import Asked, planned
from recount.auditing.rules import NAMES
from recount.cli import _online as web
from recount.cli import _options as given
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.cli.audit import _folder, _values
from recount.cli.audit._list import draw_files
from recount.errors import Exit
from recount.model import LEVELS
from recount.options import Options, Tick
from recount.report.audit import build_plan
from recount.texts import say

PAGE = Page(
    about=say(
        "Plans an audit: checks that the regions add up to the official total, writes down what "
        "is drawn from before any seed is known, says how many forms it will take, and prints on "
        "one page what to announce in public, with the SHA-256 of frame.csv and of plan.json."
    ),
    examples=(
        (
            "recount audit plan --online kpu.csv --registered dpt.csv -o plan/",
            say("By kecamatan; how many voters each has stands in a table of its own."),
        ),
        (
            "recount audit plan --online kpu.csv --official dc1.csv -o plan/ --format json",
            say("Held against the declared result; for programs."),
        ),
        (
            "recount audit plan --online kpu.csv --level tps --rule more-than:50% -o plan/",
            say("By TPS; the winner needs more than half of the valid votes."),
        ),
    ),
    exits=(
        ("0", say("The plan is written.")),
        ("2", say("It could not be made: wrong usage, unreadable input, a tie, no bound.")),
        ("130", say("Interrupted.")),
    ),
)
MOST_SEATS = 1000

Folder = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar=_("FOLDER"),
        help=_("The folder of the plan; it is made."),
        show_default=False,
    ),
]
RiskLimit = Annotated[
    str,
    typer.Option(
        "--risk-limit",
        metavar="P%",
        show_default=False,
        help=_("How likely a wrong result may be confirmed at most; default: 5%."),
    ),
]
Level = Annotated[
    str,
    typer.Option(
        "--level",
        metavar=_("LEVEL"),
        autocompletion=given.offer(LEVELS[1:]),
        show_default=False,
        help=_("Whose forms are drawn: kecamatan, desa or tps; default: kecamatan."),
    ),
]
Seed = Annotated[
    str | None,
    typer.Option(
        "--seed",
        metavar=_("20 DIGITS"),
        help=_("Draw at once with these 20 digits; better later, when the plan is public."),
    ),
]
Registered = Annotated[
    str | None,
    typer.Option(
        "--registered",
        metavar=_("FILE"),
        help=_("The registered voters of every region, where the online table has none."),
    ),
]
Official = Annotated[
    str | None,
    typer.Option(
        "--official",
        metavar=_("FILE"),
        help=_("The declared result; default: what the online table says of the whole."),
    ),
]
RuleOption = Annotated[
    str,
    typer.Option(
        "--rule",
        metavar="most|more-than:P%|sainte-lague",
        autocompletion=given.offer(NAMES),
        show_default=False,
        help=_("How the contest is decided; default: most votes win."),
    ),
]
Seats = Annotated[
    int | None,
    typer.Option(
        "--seats", metavar="N", help=_("How many seats; default: the election's file, else 1.")
    ),
]
Bound = Annotated[
    str | None,
    typer.Option(
        "--bound",
        metavar="|".join(KINDS),
        autocompletion=given.offer(tuple(KINDS)),
        help=_("What no region has more ballots than; default: the first that is known of all."),
    ),
]
Together = Annotated[
    list[str] | None,
    typer.Option(
        "--together",
        metavar=_("CODE,CODE"),
        help=_("Regions that share one form, as it was written (may be repeated)."),
    ),
]
Decides = Annotated[
    str,
    typer.Option(
        "--test",
        metavar="|".join(TESTS),
        autocompletion=given.offer(TESTS),
        show_default=False,
        help=_("Which measure decides; the other one stands beside it. Default: betting."),
    ),
]
Errors = Annotated[
    str,
    typer.Option(
        "--errors",
        metavar="P%:N",
        show_default=False,
        help=_("For the forecast: so many of the forms have so many votes wrong; default: 5%:5."),
    ),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    *,
    online: given.Online,
    output: Folder,
    registered: Registered = None,
    official: Official = None,
    risk_limit: RiskLimit = "5%",
    level: Level = "kecamatan",
    seed: Seed = None,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    contest: web.OneContest = None,
    rule: RuleOption = "most",
    seats: Seats = None,
    bound: Bound = None,
    test: Decides = "betting",
    errors: Errors = "5%:5",
    together: Together = None,
    system: web.System = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    lang: given.Lang = None,  # noqa: ARG001 - read by the root command
) -> int:
    """Carry out the command; gives the exit code."""
    level = given.chosen("--level", level, LEVELS[1:])
    limit = _values.share("--risk-limit", risk_limit)
    terms = Asked(level, limit, test=_values.test(test), rule=_values.rule(rule))
    files = terms._replace(official=official, registered=registered)
    asked = files._replace(
        seats=_values.whole("--seats", seats, MOST_SEATS),
        bound=given.chosen("--bound", bound, tuple(KINDS)) if bound else None,
        errors=_values.errors(errors),
        together=_values.sets(together or ()),
    )
    told = Options(election, regions, aliases, system=web.system(system), contest=contest)
    job = partial(_carry_out, online, asked, told, _folder.target(output), _seed(seed))
    settings = (election, regions, aliases, registered, official)
    work(Wanted(ctx.obj, online, settings, format, None), job, build_plan)
    return Exit.AGREES


def _seed(seed: str | None) -> str | None:
    return None if seed is None else seed_of(seed)


def _carry_out(  # noqa: PLR0913, PLR0917 - what was asked, and what the work hands over
    online: list[str],
    asked: Asked,
    options: Options,
    folder: Path,
    seed: str | None,
    tick: Tick,
    stdin: bytes | None,
) -> Plan:
    plan, files = planned(online, asked, replace(options, tick=tick, piped=stdin))
    # What is drawn from is written down before the seed is looked at.
    _folder.store(files, folder)
    if seed is not None:
        plan = drawn(plan, seed)
        _folder.add(draw_files(plan), folder)
    return plan
