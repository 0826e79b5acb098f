"""A table of batches in, the frame to draw from out, or why there is nothing to draw from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit import Batch, frame, totals
from recount.auditing.ballots import BOUND
from recount.auditing.rules import claims_of
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.audit import Frame
    from recount.auditing.rules import Rule
    from recount.engine import Frame as Rows
    from recount.texts import Text

BETWEEN = ","
MOST = 20_000_000
"""Regions times pairs of candidates: what fits into memory, and more than any election has."""

_PROBLEMS: dict[str, tuple[Text, Text]] = {
    "tie": (
        say("The reported votes are a tie: there is no result that an audit could confirm."),
        say("Count all forms: recount reconcile."),
    ),
    "other_winner": (
        say("The regions add up to another result than the one declared."),
        say("Find where the two part: recount reconcile."),
    ),
    "ballots_missing": (
        say(
            "As many ballots as the margin are in no region: the regions do not add up to the "
            "official total. There is no result that an audit could confirm."
        ),
        say("Find where the two part: recount reconcile."),
    ),
}


def laid(table: Rows, rule: Rule, unaccounted: int) -> Frame:
    """Lay the frame out.

    `table`: eager; `id`, the votes under their boxes, `bound`. `unaccounted`: ballots that are in
    no batch. Raises RecountError for a tie, too many ballots missing, an id that occurs twice.
    """
    batches = list(_batches(table))
    claims = claims_of(rule, totals(batches))
    if len(claims) * len(batches) > MOST:
        raise RecountError(
            say("{n} regions with {m} pairs each are too many.", n=len(batches), m=len(claims)),
            mend=say("Plan by kecamatan or desa."),
        )
    try:
        found = frame(batches, claims, unaccounted)
    except ValueError as fault:
        raise RecountError(
            say("The region {id} occurs more than once.", id=str(fault)),
            mend=say("Give every region one row."),
        ) from fault
    if found.problem:
        message, mend = _PROBLEMS[found.problem]
        raise RecountError(message, mend=mend)
    return found


def _batches(table: Rows) -> Iterator[Batch]:
    boxes = [name for name in table.columns if name.startswith(CANDIDATE)]
    names = [box.removeprefix(CANDIDATE) for box in boxes]
    columns = [table[name].to_list() for name in ("id", BOUND, *boxes)]
    for id_, bound, *votes in zip(*columns, strict=True):
        yield Batch(id_, dict(zip(names, votes, strict=True)), bound)


def u_of(found: Frame) -> Iterator[str]:
    """The bound u of every batch, exactly, over the denominator that all share."""
    scale = f"/{found.scale}"
    return (f"{weight}{scale}" for weight in found.weights)
