"""Two boxes of one unit that have something to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from recount.engine import Frame


def exchanged(rows: Frame) -> Frame:
    """Find the boxes of one unit that have each other's figures; not alike, or nobody could tell.

    Out: `rows` with the other box's `other` and `other_near`; a row for each pair and side of it.
    """
    others = rows.select(
        "at",
        nw.col("item").alias("other"),
        nw.col("near").alias("other_near"),
        nw.col("ours").alias("theirs"),
        nw.col("theirs").alias("ours"),
    )
    return rows.join(others, on=["at", "ours", "theirs"], how="inner")


def by_chance(options: int = 1) -> nw.Expr:
    """Two figures that fit, each one of as many as are near enough; `options`: others to choose."""
    return (options / (nw.col("near") * nw.col("other_near"))).clip(upper_bound=1.0)
