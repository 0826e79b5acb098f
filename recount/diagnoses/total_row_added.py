"""A row of totals was added up with the others: twice the figure, or a subtotal on top.

The mark says on which side, and what came on top: `theirs:x2`, `theirs:64.72.02`. A part that has
parts itself has a subtotal; that it was counted twice (`unit_twice`) would look the same.
Source: forms.md, section 1: a real workbook sums to 3.97 times the truth when read naively.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._neighbours import at_levels, free, of_units, several_apart, usable
from recount.diagnoses._parts import SIDES, by_chance, doubled, marks_of
from recount.diagnoses._seen import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.01
WHOLE = True

TWICE = "x2"


def find(seen: Seen) -> Frame:
    """Find doubles and subtotals; by chance the figure is just this one in every box."""
    finest = max((level for side in seen.asked.forms for level in side), default=0)
    subtotals = [one.filter(nw.col("below") < finest) for one in doubled(seen)]
    told, marks = list(_twice(seen)), []
    for frame in told:
        marks += [f"{side}:{TWICE}" for side in frame["side"].to_list()]
    return found(of_units(seen, [*told, *subtotals], [*marks, *marks_of(seen, subtotals)]))


def _twice(seen: Seen) -> Iterator[Frame]:
    for _, units in at_levels(seen):
        items = usable(seen, units)
        if items:
            wholes = units.filter(several_apart(free(items)), nw.col("station") < 0)
            for side, more, less in ((SIDES[0], "o", "t"), (SIDES[1], "t", "o")):
                yield _doubles(wholes, items, more, less).with_columns(side=nw.lit(side))


def _doubles(wholes: Frame, items: Sequence[str], more: str, less: str) -> Frame:
    same = (nw.col(f"{item}|{more}") == 2 * nw.col(f"{item}|{less}") for item in items)
    return wholes.filter(*same).with_columns(
        chance=by_chance(f"{item}|{less}" for item in free(items))
    )
