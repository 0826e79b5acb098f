"""`recount check`: files in, every finding about them out."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from recount.api import check_with
from recount.cli import _confirm as asking
from recount.cli import _options as given
from recount.cli._annotating import Annotating, Others
from recount.cli._words import Page, _
from recount.cli._work import Wanted, work
from recount.errors import Exit
from recount.options import Options, Tick
from recount.report import build_check
from recount.result import Tallied
from recount.texts import say

PAGE = Page(
    about=say(
        "Reads the files and lists everything that should be looked at: cells that cannot be "
        "read, forms that do not add up, names that are not known. Nothing is repaired."
    ),
    examples=(
        ("recount check forms/", say("All findings about the forms in a folder.")),
        (
            "recount check forms/ -o findings.csv",
            say("The same as a table, for whoever typed the forms."),
        ),
        (
            "recount check da1.xlsx --annotate da1-notes.xlsx",
            say("The same workbook with the doubtful cells coloured and noted."),
        ),
        ("cat form.csv | recount check -", say("What comes through standard input.")),
        (
            "recount check forms/ --confirm --aliases aliases.csv",
            say("Ask about every name that is like a region's, and note the answers."),
        ),
    ),
    exits=(
        ("0", say("There is no finding of severity error.")),
        ("1", say("There is a finding of severity error.")),
        ("2", say("It could not be done: wrong usage, unreadable input.")),
        ("130", say("Interrupted.")),
    ),
)

Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm",
        help=_(
            "Ask about names that are like a region's, and write what is confirmed into the table "
            "of --aliases (on a terminal only)."
        ),
    ),
]


def run(  # noqa: PLR0913 - the options of the command
    ctx: typer.Context,
    files: given.Files,
    *,
    election: given.Election = None,
    regions: given.Regions = None,
    aliases: given.Aliases = None,
    format: given.Format = None,  # noqa: A002 - the option's name
    output: given.Output = None,
    confirm: Confirm = False,
    annotate: given.Annotate = None,
    lang: given.Lang = None,
    engine: given.Engine = "polars",
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    table = asking.table_of(aliases, election) if confirm else None
    settings = (election, regions, aliases)
    others = Others(settings, output)
    annotating = None if annotate is None else Annotating(annotate, files, others, ctx.obj)
    known = _written(aliases, table)
    options = Options(election, regions, aliases=known, engine=given.engine(engine))

    def compute(tick: Tick, stdin: bytes | None) -> Tallied:
        result = check_with(files, replace(options, tick=tick, piped=stdin))
        if annotating:
            annotating.prepare(result)
        return result

    wanted = Wanted(ctx.obj, files, settings, format, output)
    result = work(wanted, compute, build_check)
    if annotating:
        annotating.deliver()
    if table is not None:
        asking.confirm(result.findings, table, ctx.obj, asking.ask_on_terminal)
    wrong = any(finding.severity == "error" for finding in result.findings)
    return Exit.DIFFERS if wrong else Exit.AGREES


def _written(aliases: str | None, table: Path | None) -> str | None:
    """The table of spellings to be read; none where it is only to be made."""
    return None if table is not None and not table.exists() else aliases
