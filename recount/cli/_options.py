"""The options that several commands have, and the reading of their values: text in, value out.

No `from __future__ import annotations` here and in the commands: typer reads the annotations.
"""

import difflib
import os
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from recount.cli._words import _
from recount.engine import ENGINES
from recount.errors import RecountError
from recount.model import LEVELS
from recount.report import RENDERERS
from recount.texts import LANGUAGES, say

ENDINGS = {
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
"""What the name of a file says about its format."""

LONGEST = 15
"""Digits of a tolerance: more votes than that are nowhere."""


def offer(choices: Sequence[str]) -> Callable[[str], list[str]]:
    """Give what the shell offers as the value of an option."""

    def offered(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return offered


Ours = Annotated[
    list[str],
    typer.Argument(
        metavar=_("OURS..."),
        help=_("Our forms: files, folders or patterns; - is standard input."),
        show_default=False,
    ),
]
Online = Annotated[
    list[str],
    typer.Option(
        "--online",
        metavar=_("FILE|DIR"),
        help=_("The online figures: a file, a folder or a pattern (may be repeated)."),
        show_default=False,
    ),
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar=_("FILES..."),
        help=_("Files, folders or patterns; - is standard input."),
        show_default=False,
    ),
]
Election = Annotated[
    str | None,
    typer.Option(
        "--election",
        metavar=_("FILE"),
        help=_("What is known of the election (recount.toml): title, contests, candidates."),
    ),
]
Regions = Annotated[
    str | None,
    typer.Option(
        "--regions",
        metavar="FILE|2018|2024|none",
        help=_(
            "List of all regions, so that missing ones are counted: a file, or a list of recount; "
            "default: the list of recount that the files fit."
        ),
    ),
]
Aliases = Annotated[
    str | None,
    typer.Option(
        "--aliases",
        metavar=_("FILE"),
        help=_(
            "Other spellings of regions (columns level, within, alias, region); default: "
            "aliases.csv beside the election's file."
        ),
    ),
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar=_("LEVEL"),
        autocompletion=offer(LEVELS),
        help=_(
            "Only this level (may be repeated): nasional, provinsi, kabkota, kecamatan, desa, "
            "tps; default: every level there is."
        ),
    ),
]
Items = Annotated[
    str | None,
    typer.Option(
        "--items",
        metavar="candidates|all|ID,...",
        help=_("What to compare; default: the candidates, and every box that both sides have."),
    ),
]
Tolerance = Annotated[
    str,
    typer.Option(
        "--tolerance",
        metavar="N",
        help=_("Up to this difference two numbers count as equal; default: 0."),
        show_default=False,
    ),
]
Everything = Annotated[bool, typer.Option("--all", help=_("List the equal ones too."))]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar=_("FORMAT"),
        autocompletion=offer(tuple(RENDERERS)),
        help=_(
            "table, csv, json, xlsx, markdown or html; default: as the name of -o says, else table."
        ),
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar=_("FILE"),
        help=_("Write to this file instead of standard output."),
    ),
]
Annotate = Annotated[
    str | None,
    typer.Option(
        "--annotate",
        metavar=_("FILE"),
        help=_(
            "Write a copy of the one workbook checked to this file, its doubtful cells coloured "
            "and noted."
        ),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="id|en",
        autocompletion=offer(LANGUAGES),
        help=_("Language; default: from the environment, else Indonesian."),
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar=_("NAME"),
        autocompletion=offer(ENGINES),
        show_default=False,
        help=_("Who computes: polars, duckdb or pandas; the result is the same. Default: polars."),
    ),
]


def chosen(option: str, value: str, choices: Sequence[str]) -> str:
    """Take one of some values, upper or lower case. Raises RecountError, naming the nearest."""
    if value.lower() in choices:
        return value.lower()
    listed = ", ".join(choices)
    near = difflib.get_close_matches(value.lower(), choices, 1)
    mend = say("Choose one of: {choices}.", choices=listed)
    if near:
        mend = say("Did you mean “{near}”? There are: {choices}.", near=near[0], choices=listed)
    raise RecountError(say("{option} cannot be “{value}”.", option=option, value=value), mend=mend)


def engine(value: str) -> str:
    """Take the value of --engine."""
    return chosen("--engine", value, ENGINES)


def levels(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Take the values of --level."""
    return tuple(chosen("--level", value, LEVELS) for value in values) if values else None


def tolerance(value: str, option: str = "--tolerance") -> int:
    """Take the value of --tolerance, or of another whole number from 0 on."""
    if value.isascii() and value.isdigit() and len(value) <= LONGEST:
        return int(value)
    raise RecountError(
        say("{option} cannot be “{value}”.", option=option, value=value),
        mend=say("Give a whole number of votes, without separators: 0, 5, 100."),
    )


def wants_page(stated: str | None, output: str | None) -> bool:
    """Whether a page is asked for: it shows what changed between captures, too."""
    return (stated or ENDINGS.get(_ending(output or ""), "")).lower() == "html"


def _ending(output: str) -> str:
    return os.path.splitext(output)[1].lower()  # noqa: PTH122 - a name, whether there or not


def format_of(stated: str | None, output: str | None) -> str:
    """Take the value of --format; without one, what the name of the file to write says."""
    if stated is not None:
        return chosen("--format", stated, tuple(RENDERERS))
    if output is None:
        return "table"
    ending = _ending(output)
    if ending in ENDINGS:
        return ENDINGS[ending]
    raise RecountError(
        say("The name of the file does not say which format to write."),
        mend=say("End it in {endings}, or give --format.", endings=", ".join(ENDINGS)),
        place=output,
    )
