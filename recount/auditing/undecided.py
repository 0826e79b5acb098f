"""Online figures that could still make another winner in; a refusal out that names their cells."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals as nw

from recount.auditing.ballots import BOUND
from recount.auditing.rules import claims_of, same_result
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.texts import Several, Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.auditing.ballots import Bounded
    from recount.auditing.batches import Batches
    from recount.auditing.gaps import Gap
    from recount.auditing.rules import Rule

NAMED = 5
"""So many cells are named."""


def refuse_undecided(
    found: Batches, bound: Bounded, rule: Rule, official: Mapping[str, int] | None
) -> None:
    """Raise RecountError where figures that are not whole could decide who won.

    Not so where a declared total says it, and the other regions say the same.
    """
    if not found.gaps:
        return
    sums = {box.removeprefix(CANDIDATE): int(bound.frame[box].sum()) for box in found.candidates}
    claims = claims_of(rule, sums)
    if official is not None and same_result(rule, official, sums):
        return
    units = list({gap.unit for gap in found.gaps})
    rows = bound.frame.filter(nw.col("unit").is_in(units))
    votes = sum(int(rows[box].sum()) for box in found.candidates)
    room = Fraction(int(rows[BOUND].sum()) - votes)
    for claim in claims:
        margin = sum(weight * sums[one] for one, weight in claim.weights.items())
        if room * max(Fraction(0), *(-weight for weight in claim.weights.values())) >= margin:
            raise RecountError(
                say(
                    "Who won by the online figures is not known: of {n} regions they are not "
                    "whole, and these can hold as many ballots as the margin or more: {cells}.",
                    n=len(units),
                    cells=_cells(found.gaps),
                ),
                mend=say(
                    "Take the online figures again when they are whole, or give the declared "
                    "result: --official FILE. A blank is not zero; recount check lists what could "
                    "not be read."
                ),
            )


def said_of_gaps(gaps: Sequence[Gap]) -> Iterator[Text]:
    """What has to be said where they decide nothing."""
    if gaps:
        yield say(
            "In {n} regions some candidate's online figure is blank, unread or doubled; such a "
            "form counts as not shown at all, for all candidates: {cells}.",
            n=len({gap.unit for gap in gaps}),
            cells=_cells(gaps),
        )


def _cells(gaps: Sequence[Gap]) -> Several:
    cells = [cell for gap in gaps for cell in gap.cells]
    more = [say("and {n} more", n=len(cells) - NAMED)] if len(cells) > NAMED else []
    return Several((*cells[:NAMED], *more))
