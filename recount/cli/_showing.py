"""The options that say how much of the comparisons is shown; nothing that is counted changes.

No `from __future__ import annotations` here: typer reads the annotations.
"""

from datetime import datetime
from typing import Annotated

import typer

from recount.cli._options import LONGEST
from recount.cli._words import _
from recount.errors import RecountError
from recount.options import Options
from recount.texts import say

Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar=_("REGION"),
        help=_("Show only this region and what lies in it: its code or its name."),
    ),
]
Top = Annotated[
    str | None,
    typer.Option(
        "--top",
        metavar="N",
        help=_("Show only N regions of each level, the largest effect on the margin first."),
    ),
]
OneCandidate = Annotated[
    str | None,
    typer.Option(
        "--candidate",
        metavar="ID",
        help=_("Show only the votes of this candidate: the number on the ballot."),
    ),
]
LeastDifference = Annotated[
    str | None,
    typer.Option(
        "--min-difference",
        metavar="N|P%",
        help=_("Show only differences of at least N votes, or of P percent of the larger figure."),
    ),
]


def asked(only: str | None, top: str | None, candidate: str | None, least: str | None) -> Options:
    """Take the values of these options, and the day on which they are given."""
    return Options(
        only=only,
        top=None if top is None else _regions(top),
        candidate=candidate,
        min_difference=least,
        today=datetime.now().astimezone().date(),
    )


def _regions(value: str) -> int:
    """Take the value of --top."""
    if value.isascii() and value.isdigit() and len(value) <= LONGEST and int(value):
        return int(value)
    raise RecountError(
        say("{option} cannot be “{value}”.", option="--top", value=value),
        mend=say("Give a whole number from 1."),
    )
