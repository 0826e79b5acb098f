"""The row of another region stands here: of a sibling first, else of one farther away.

The mark says on whose side, and whose row: `theirs:64.72.02`. All boxes that both sides have are
those of the other region, and at least two that are no sums differ here: a row of another region
that has all but one box of this one is a coincidence, and one box a smaller error.
Source: forms.md, section 6: 634 of 793,185 TPS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._neighbours import (
    ancestor,
    at_levels,
    density,
    filled,
    free,
    keys,
    number_of,
    of_units,
    row_of,
    several_apart,
    usable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame, Lazy

RATE = 0.11
WHOLE = True

SIDES = {"ours": ("o", "t"), "theirs": ("t", "o")}
"""The marks of a side's figures, and of the other's, which stand for it where it has none."""

FEW = 50_000
"""So many regions are looked through wherever they lie; of more, those around: each row of a
nation's TPS stands somewhere else as well."""

AROUND = 3
"""How many levels up the region lies that is looked through then: of a TPS the kabupaten."""

LINES = {1: 0.2, 2: 0.1}
"""How often it may fit by chance at most, by how many levels up the smallest region lies that holds
both: of 933 such rows of 2019 583 were of the same desa, 303 of the same kecamatan."""
FAR_LINE = 0.02


def find(seen: Seen) -> Frame:
    """Find the rows of others; by chance one of the regions that near has just this row."""
    told = [
        frame for at, units in at_levels(seen) if (frame := _found(seen, at, units)) is not None
    ]
    marks = (
        f"{side}:{seen.asked.regions.printed(other)}"
        for frame in told
        for side, other in frame.select("side", "other").iter_rows()
    )
    return of_units(seen, told, marks)


def _found(seen: Seen, level: int, units: Frame) -> Frame | None:
    everyone = seen.asked.everyone(level)
    items = usable(seen, everyone)
    units = units.filter(several_apart(free(items))) if items else units.head(0)
    if not len(units):
        return None
    reach = 0 if len(everyone) <= FEW else level - AROUND
    everyone = everyone.with_columns(ancestor(seen, everyone["node"], reach, "home"))
    units = units.with_columns(ancestor(seen, units["node"], reach, "home"))
    pairs = _pairs(units, everyone, items)
    if not len(pairs):
        return None
    nearest = _nearest(seen, pairs, level, reach).with_row_index("row_id")
    likely = density(seen, level, nearest, items)
    sized = nearest.lazy().join(likely, on="row_id", how="left")
    sized = sized.join(_sizes(seen, nearest, everyone), on=["near", "scope"], how="left")
    chance = (nw.col("others") * nw.col("likely")).clip(upper_bound=1.0)
    sure = sized.with_columns(chance=chance).filter(nw.col("chance") <= _line(level))
    ordered = sure.sort("at", "chance", "other").collect()
    return ordered.unique("at", keep="first", maintain_order=True)


def _pairs(units: Frame, everyone: Frame, items: Sequence[str]) -> Frame:
    """Each unit with the others that have, on either side, the row that one side has here."""
    here = [_rows(units, items, side, ("at", "unit", "node")) for side in SIDES]
    rows = nw.concat(here).filter(filled(items))
    wanted = rows.lazy().select("number").unique()
    there = []
    for side, order in SIDES.items():
        numbered = everyone.lazy().with_columns(number_of(items, "home", *order).alias("number"))
        some = numbered.join(wanted, on="number", how="semi").collect()
        some = some.with_columns(other="unit", other_node="node")
        there.append(_rows(some, items, side, ("other", "other_node")).drop("side"))
    others = nw.concat(there).unique().drop("number")
    pairs = rows.drop("number").join(others, on=["home", *keys(items)], how="inner")
    return pairs.filter(nw.col("unit") != nw.col("other"))


def _rows(units: Frame, items: Sequence[str], side: str, kept: Sequence[str]) -> Frame:
    """The rows of a side, with their numbers; what it does not have is as the other side says."""
    order = SIDES[side]
    number = number_of(items, "home", *order).alias("number")
    return units.select(*kept, "home", number, nw.lit(side).alias("side"), *row_of(items, *order))


def _nearest(seen: Seen, pairs: Frame, level: int, reach: int) -> Frame:
    """Keep of all the nearest one; `scope`, at the level `near`: the smallest region with both."""
    scope, near = nw.col(f"h{reach}"), nw.lit(reach)
    columns = []
    for at in range(reach, level):
        columns += [
            ancestor(seen, pairs["node"], at, f"h{at}"),
            ancestor(seen, pairs["other_node"], at, f"t{at}"),
        ]
        same = nw.col(f"h{at}") == nw.col(f"t{at}")
        scope = nw.when(same).then(nw.col(f"h{at}")).otherwise(scope)
        near = nw.when(same).then(nw.lit(at)).otherwise(near)
    placed = pairs.with_columns(*columns).with_columns(scope.alias("scope"), near.alias("near"))
    ordered = placed.drop(*(column.name for column in columns)).sort(
        "near", "other", descending=[True, False]
    )
    return ordered.unique(["at", "side"], keep="first", maintain_order=True)


def _sizes(seen: Seen, pairs: Frame, everyone: Frame) -> Lazy:
    """How many units the regions hold in which the pairs lie: `near`, `scope`, `others`."""
    counted = everyone.lazy().group_by("node").agg(nw.len().alias("others")).collect()
    parts = []
    for near in pairs["near"].unique().to_list():
        scope = ancestor(seen, counted["node"], near, "scope")
        summed = counted.lazy().with_columns(scope).group_by("scope").agg(nw.col("others").sum())
        parts.append(summed.with_columns(near=nw.lit(near)))
    return nw.concat(parts)


def _line(level: int) -> nw.Expr:
    line: nw.Expr = nw.lit(FAR_LINE)
    for up, most in LINES.items():
        line = nw.when(nw.col("near") == level - up).then(nw.lit(most)).otherwise(line)
    return line
