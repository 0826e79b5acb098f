"""The options about an online system, and the reading of their values: text in, value out.

No `from __future__ import annotations` here: typer reads the annotations.
"""

from dataclasses import replace
from typing import Annotated

import typer

from recount.cli._options import chosen, offer
from recount.cli._words import _
from recount.errors import RecountError
from recount.options import Options
from recount.systems import SYSTEMS, find_time
from recount.texts import say

System = Annotated[
    str | None,
    typer.Option(
        "--system",
        metavar=_("NAME"),
        autocompletion=offer(tuple(SYSTEMS)),
        help=_("The online system whose answers these are; default: it is recognised."),
    ),
]
TakenAt = Annotated[
    str | None,
    typer.Option(
        "--taken-at",
        metavar=_("TIME"),
        help=_("When the online figures were seen, for those that name no time themselves."),
    ),
]
OneContest = Annotated[
    str | None,
    typer.Option(
        "--contest",
        metavar="ID",
        help=_("Which contest to compare, where the online side has several."),
    ),
]


def asked(options: Options, system_: str | None, time: str | None, contest: str | None) -> Options:
    """Add the values of these options to the others."""
    return replace(options, system=system(system_), taken_at=taken_at(time), contest=contest)


def system(value: str | None) -> str | None:
    """Take the value of --system."""
    return chosen("--system", value, tuple(SYSTEMS)) if value else None


def taken_at(value: str | None) -> str | None:
    """Take the value of --taken-at: a date with a time, with or without a zone."""
    if not value:
        return None
    if found := find_time(value):
        return found
    raise RecountError(
        say("{option} cannot be “{value}”.", option="--taken-at", value=value),
        mend=say("Write it like 2018-06-29T10:30:00+08:00, or 2018-06-29 10:30 WITA."),
    )
