"""The rows of several parts of one region stand in another order, while the whole is right.

At least three of them; two that changed places are each the row of `other_region`. The mark says
how many of how many, and whose row stands here: `14/15:94.04.07`.
Source: online-systems.md, section 1: one kabupaten has 14 of its 15 kecamatan rows permuted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._neighbours import (
    ancestor,
    at_levels,
    density,
    keys,
    of_units,
    row_of,
    several_apart,
    usable,
)

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.11  # as a row of another region, which each of them is
WHOLE = True

LEAST = 3
"""So many rows are out of order at least."""


def find(seen: Seen) -> Frame:
    """Find the parents; by chance each of the rows would have to be that of some sibling."""
    told = [
        frame for at, units in at_levels(seen) if (frame := _found(seen, at, units)) is not None
    ]
    marks = (
        f"{count}/{size}:{seen.asked.regions.printed(other)}"
        for frame in told
        for count, size, other in frame.select("count", "size", "other").iter_rows()
    )
    return of_units(seen, told, marks)


def _found(seen: Seen, level: int, units: Frame) -> Frame | None:
    items = usable(seen, units)
    if not items or not level or len(units) < LEAST:
        return None
    units = units.with_columns(ancestor(seen, units["node"], level - 1, "parent"))
    placed = _placed(units, items)
    if not len(placed):
        return None
    rows = placed.with_row_index("row_id")
    everyone = seen.asked.everyone(level)
    siblings = everyone.select(ancestor(seen, everyone["node"], level - 1, "parent"))
    sizes = siblings.join(rows.select("parent"), on="parent", how="semi")
    known = rows.lazy().join(density(seen, level, rows, items), on="row_id", how="left")
    counted = sizes.lazy().group_by("parent").agg(nw.len().alias("size"))
    one = (nw.col("likely").max().over("parent") * nw.col("count")).clip(upper_bound=1.0)
    chance = one ** (nw.col("count") - 1).cast(nw.Float64)
    return known.join(counted, on="parent", how="left").with_columns(chance=chance).collect()


def _placed(units: Frame, items: tuple[str, ...]) -> Frame:
    """The units whose row is a sibling's, while their own stands with a sibling: none is lost."""
    on = ["parent", *keys(items)]
    apart = several_apart(items).cast(nw.Int64).alias("apart")
    rows = units.lazy().select("at", "unit", "node", "parent", apart, *row_of(items, "t"))
    owners = units.lazy().select("parent", *row_of(items, "o"), other="unit")
    placed = rows.join(owners, on=on, how="inner").filter(nw.col("unit") != nw.col("other"))
    elsewhere = owners.join(rows.select(*on), on=on, how="semi").select(unit="other")
    known = placed.join(elsewhere, on="unit", how="semi").sort("at", "other").collect()
    known = known.unique("at", keep="first", maintain_order=True)
    known = known.with_columns(
        nw.len().over("parent").alias("count"), nw.col("apart").sum().over("parent")
    )
    # Rows that are alike but for one box may be misread into one another.
    return known.filter(nw.col("count") >= LEAST, nw.col("apart") * 2 > nw.col("count"))
