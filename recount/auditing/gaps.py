"""Online figures that are not whole in, forms without them and the cells to name out.

A form of which one candidate's cell is blank, unread or doubled says nothing: the other candidates
alone would make another winner. So it counts as not shown at all, and blank is not zero.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.boxes import box_text
from recount.regions import SPAN
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from recount.choose import Chosen
    from recount.engine import Frame, Lazy
    from recount.intake import Tally
    from recount.texts import Text


class Gap(NamedTuple):
    """A form that is online, and not whole: its unit, its level, and the cells by their places."""

    unit: int
    level: int
    cells: tuple[Text, ...]


def blanked(forms: Lazy, candidates: Sequence[str]) -> Lazy:
    """Take the candidates' votes out of forms that have not all of them."""
    whole = ~reduce(nw.Expr.__or__, (nw.col(box).is_null() for box in candidates))
    return forms.with_columns(nw.when(whole).then(nw.col(box)).alias(box) for box in candidates)


def gaps(chosen: Chosen, tally: Tally, candidates: Sequence[str]) -> list[Gap]:
    """Find the forms that are not whole: some cells are read, or there are some to be read.

    A row in which all is blank is like one that is not there yet.
    """
    null = [nw.col(box).is_null() for box in candidates]
    rows = engine.collect(chosen.forms.filter(reduce(nw.Expr.__or__, null)))
    faults = {place for one in tally.findings if one.place for place in one.place.split(" | ")}
    if not faults and not chosen.conflicts:
        rows = rows.filter(~reduce(nw.Expr.__and__, null))
    return list(_gaps(rows, chosen, tally, candidates, faults))


def _gaps(
    rows: Frame,
    chosen: Chosen,
    tally: Tally,
    candidates: Sequence[str],
    faults: AbstractSet[str],
) -> Iterator[Gap]:
    for row in rows.iter_rows(named=True):
        places = _places(row, chosen, tally, candidates)
        empty = len(places) == len(candidates)
        keys = {(row["level"], row["unit"], box) for box in places}
        if empty and not keys & chosen.conflicts.keys() and not faults & set(places.values()):
            continue
        cells = (say("{place} ({box})", place=at, box=box_text(box)) for box, at in places.items())
        yield Gap(row["unit"], row["level"], tuple(cells))


def _places(
    row: Mapping[str, Any], chosen: Chosen, tally: Tally, candidates: Sequence[str]
) -> dict[str, str]:
    """Where the cells stand that hold no figure; of a doubled one all its places."""
    found = {}
    for box in candidates:
        if row[box] is None:
            line = row.get(f"row {box}") or row["row"]
            own = tally.sheets[row["sheet"]].place(line, box)
            found[box] = chosen.conflicts.get((row["level"], row["unit"], box), own)
    return found


def within(found: Sequence[Gap], up: Frame, level: int, units: Collection[int]) -> list[Gap]:
    """Those in some batches, by the unit of the batch. `up`: as aggregate.ancestors."""
    above = up[f"up{level}"].to_list() if f"up{level}" in up.columns else None
    placed = (
        one._replace(unit=above[one.unit // SPAN] * SPAN if above else one.unit)
        for one in found
        if one.level >= level
    )
    return [one for one in placed if one.unit in units]
