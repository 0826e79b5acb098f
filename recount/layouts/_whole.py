"""Rows of a table and the row of its total in; that total as a row of the region above out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.model import LEVELS, NAMED_LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection

    Frame = nw.DataFrame[Any]


def whole_of(rows: Frame, total: Frame | None, boxes: Collection[str]) -> Frame | None:
    """Give the total of all rows the place that holds them all: the region right above them.

    `rows`: with their places. `total`: the row of the total, `row` and the boxes. None where the
    rows are of several such regions, or nothing names it.
    """
    if total is None:
        return None
    there = [level for level in LEVELS[1:] if level in rows.columns]
    known = [level for level in there if not rows[level].is_null().all()]
    if len(known) < 2 or "code" in rows.columns:  # noqa: PLR2004 - units, and what they are in
        return None
    *above, finest = known
    right_above = LEVELS[LEVELS.index(finest) - 1]
    named = {level: rows[level].unique().to_list() for level in above if level in NAMED_LEVELS}
    if right_above not in named or any(len(names) != 1 for names in named.values()):
        return None
    places = (nw.lit(names[0]).alias(level) for level, names in named.items())
    return engine.picked(total, {name: name for name in ("row", *boxes)}).with_columns(*places)
