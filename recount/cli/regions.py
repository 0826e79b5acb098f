"""`recount regions`: a name or a code in, the regions of the package's lists that it may be out."""

from typing import Annotated

import typer

from recount.cli import _options as given
from recount.cli._region_lines import (
    as_csv,
    as_json,
    as_lines,
    records,
    summary,
    summary_lines,
)
from recount.cli._streams import put
from recount.cli._words import Page, _
from recount.errors import Exit, RecountError
from recount.lists import VERSIONS
from recount.lists.lookup import alike, look_up
from recount.texts import Several, Text, say

PAGE = Page(
    about=say(
        "Looks a region up in the lists that come with recount: by its name, or by its code in any "
        "system (Kemendagri, KPU, BPS). A code that means different regions in different systems "
        "is shown with every reading."
    ),
    examples=(
        ("recount regions", say("Which lists there are, and how many regions they have.")),
        ("recount regions 6402", say("A code, read in every system.")),
        ("recount regions Samarinda Ulu --list 2024", say("A name, in one of the lists.")),
    ),
    exits=(
        ("0", say("There is such a region.")),
        ("2", say("There is none, or wrong usage; names that are alike are offered.")),
        ("130", say("Interrupted.")),
    ),
)
FORMATS = ("table", "csv", "json")

Query = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[NAME|CODE]"), help=_("A region's name or code."), show_default=False
    ),
]
List = Annotated[
    str | None,
    typer.Option(
        "--list",
        metavar="2018|2024",
        autocompletion=given.offer(VERSIONS),
        help=_("Only this list; default: both."),
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=_("FORMAT"),
        autocompletion=given.offer(FORMATS),
        show_default=False,
        help=_("table, csv or json; default: table."),
    ),
]


def run(
    ctx: typer.Context,
    query: Query = None,
    *,
    list: List = None,  # noqa: A002 - the option's name
    format: Format = "table",  # noqa: A002 - the option's name
    lang: given.Lang = None,
) -> int:
    """Carry out the command; gives the exit code."""
    del lang
    versions = (given.chosen("--list", list, VERSIONS),) if list else VERSIONS
    style = given.chosen("--format", format, FORMATS)
    text = " ".join(query or ()).strip()
    what = _found(text, versions) if text else summary(versions)
    if style == "json":
        put(as_json("regions" if text else "lists", what))
    elif style == "csv":
        put(as_csv(what))
    else:
        put(as_lines(what, ctx.obj) if text else summary_lines(what, ctx.obj))
    return Exit.AGREES


def _found(text: str, versions: tuple[str, ...]) -> list[dict[str, object]]:
    hits = look_up(text, versions)
    if hits:
        return records(hits)
    raise RecountError(
        say("No region of the lists {lists} is “{text}”.", text=text, lists=", ".join(versions)),
        mend=_offered(text, versions),
    )


def _offered(text: str, versions: tuple[str, ...]) -> Text:
    near = [f"{entry.name} ({entry.code})" for entry in alike(text, versions)]
    if near:
        return say("Alike: {names}.", names=Several(tuple(near)))
    return say("Give a name in full, or a code such as 64.72.01 (Kemendagri).")
