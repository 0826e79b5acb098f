"""A figure is the one that the same online system showed in an earlier capture.

The mark says on whose side, and when it was seen: `theirs@2018-06-29T10:30+08:00`. Online it came
back to a figure that it had left, or did not move while others did; or ours is what the system
showed before. Source: online-systems.md, section 1: figures go down silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._seen import FOUND, found
from recount.verdict import CODE

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.05
WHOLE = True

ENOUGH = 50
"""Figures at least that it takes to say how many stand still."""

_KEYS = ("level", "unit", "item")


def find(seen: Seen) -> Frame:
    """Find the figures; by chance any as near is one of those shown, or a box stands still."""
    earlier = seen.asked.earlier
    if earlier is None or not len(earlier):
        return seen.rows.head(0).select("row", mark=nw.lit(""), chance=nw.lit(0.0))
    compared = nw.col("status").is_in([CODE["differs"], CODE["partial"]])
    rows = seen.rows.filter(compared).select("row", *_KEYS, "ours", "theirs", "near")
    shown = rows.join(earlier, on=list(_KEYS), how="inner").with_columns(
        # By chance: any of the figures shown, among all that are as near.
        chance=(nw.col("figure").n_unique().over("row") / nw.col("near")).clip(upper_bound=1.0),
        left=nw.when(nw.col("figure") != nw.col("theirs")).then("taken_at").max().over("row"),
    )
    same = nw.col("figure") == nw.col("theirs")
    moved = nw.col("taken_at") <= nw.col("left")
    parts = [
        _told(shown.filter(nw.col("figure") == nw.col("ours")), "ours", first=False),
        _told(shown.filter(same, moved.fill_null(value=False)), "theirs", first=False),
        _told(
            _still(seen, shown.filter(same, ~moved.fill_null(value=False))), "theirs", first=True
        ),
    ]
    return found(nw.concat(parts).sort("row", "chance"))


def _told(shown: Frame, side: str, *, first: bool) -> Frame:
    """Of several captures that show the figure the last one, or the first one.

    Boxes of one unit that are of the same capture are each a coincidence, but for those that stood
    still: they do so together.
    """
    ordered = shown.sort("row", "taken_at", descending=[False, not first])
    told = ordered.unique("row", keep="first", maintain_order=True)
    if not first:
        all_of_it = nw.col("chance").log().sum().over("level", "unit", "taken_at").exp()
        told = told.with_columns(chance=all_of_it)
    mark = nw.concat_str(nw.lit(f"{side}@"), "taken_at").alias("mark")
    return told.with_columns(mark).select(*FOUND)


def _still(seen: Seen, shown: Frame) -> Frame:
    """Of what did not move: by chance as many stand still, of all whose figure is as large.

    All boxes of a unit stand still together: the one that says most counts.
    """
    earlier = seen.asked.earlier
    if earlier is None or not len(shown):
        return shown
    parts = []
    for level, item in shown.select("level", "item").unique().iter_rows():
        now = seen.asked.everyone(level).select("unit", nw.col(f"{item}|t").alias("now"))
        before = earlier.filter(nw.col("level") == level, nw.col("item") == item)
        parts.append(_share(before.join(now.filter(~nw.col("now").is_null()), on="unit")))
    keys = [*_KEYS, "taken_at"]
    known = shown.drop("chance").join(nw.concat(parts), on=keys, how="left")
    return known.with_columns(nw.col("chance").min().over("level", "unit", "taken_at"))


def _share(both: Frame) -> Frame:
    """For each figure the share that stands still of those that are at least as large."""
    ordered = both.sort("taken_at", "now", "unit", descending=[False, True, False])
    still = (nw.col("figure") == nw.col("now")).cast(nw.Float64)
    counted = ordered.with_row_index("place").with_columns(
        still.alias("still"), first=nw.col("place").min().over("taken_at")
    )
    counted = counted.with_columns(
        total=nw.col("still").cum_sum().over("taken_at", order_by="place"),
        rank=(nw.col("place") - nw.col("first") + 1).cast(nw.Int64),
    )
    share = nw.col("total") / nw.col("rank")
    # Of the largest there are too few to say: they go by the first so many.
    first = nw.when(nw.col("rank") <= ENOUGH).then(nw.col("still")).mean().over("taken_at")
    chance = nw.when(nw.col("rank") < ENOUGH).then(first).otherwise(share)
    return counted.select(*_KEYS, "taken_at", chance=chance)
