"""Forms of both sides in, what each of them holds of the regions of a level out, side by side.

Of a region of which a side has nothing of that level, its sum; as `aggregate.totals` adds up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import node_of, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recount.engine import Frame
    from recount.judging import SideForms
    from recount.regions import Regions


def parts_of(
    sides: Sequence[SideForms], regions: Regions, up: Frame, items: Sequence[str]
) -> Callable[[int], Frame]:
    """Make the function that gives the parts of a level; each level is added up once.

    Its frame: `side` (0 ours, 1 theirs), `unit`, `node`, the items; null where a side has no figure
    or not all that belongs to it.
    """

    @lru_cache
    def parts(level: int) -> Frame:
        held = [(number, side) for number, side in enumerate(sides) if side.finest >= level]
        frames = [_of_side(side, regions, up, (number, level, items)) for number, side in held]
        return nw.concat(frames)

    return parts


def _of_side(
    side: SideForms, regions: Regions, up: Frame, wanted: tuple[int, int, Sequence[str]]
) -> Frame:
    number, level, items = wanted
    added = totals(side.forms, engine.along(up, side.forms), regions, level)
    frame = engine.collect(added)
    figures = (_whole(item, known=item in frame.columns) for item in items)
    return frame.select(
        nw.lit(number).alias("side"), "unit", node_of("unit").alias("node"), *figures
    )


def _whole(item: str, *, known: bool) -> nw.Expr:
    """A figure of which nothing is missing."""
    if not known:
        return nw.lit(None, nw.Int64).alias(item)
    read = nw.col(f"{item}.read") == nw.col("expected")
    return nw.when(read).then(nw.col(item).cast(nw.Int64)).alias(item)
