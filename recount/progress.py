"""Forms with a progress beside their figures in; what is withheld and what is incomplete out.

A system that shows 0 in every figure while TPS are in does not say 0: it withholds. One that shows
0 while none is in says nothing yet. Neither is a figure. Source: online-systems.md, section 3.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.model import INCOMPLETE, LEVELS, PROGRESS, WITHHELD
from recount.nodes import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame

COUNTED, TOTAL, PERCENT = PROGRESS
_ALL_IN = 100
_TPS = LEVELS.index("tps")


def settle(forms: Frame, boxes: Sequence[str]) -> Frame:
    """Take figures away that are none, and mark why: WITHHELD (1 or null), INCOMPLETE (1 or 0).

    `forms`: `level`, the boxes, and PROGRESS as far as the side says it; without TPS or a
    percentage that are in, nothing changes. A TPS has no progress: 0 is its figure.
    """
    if not boxes or not {COUNTED, PERCENT} & set(forms.columns):
        return forms
    none = nw.when(nw.col("level") < 0).then(nw.lit(0, nw.Int64))
    lacking = [none.alias(name) for name in PROGRESS if name not in forms.columns]
    known = forms.with_columns(*lacking).with_columns(_is_zero(boxes), _some_in(), _incomplete())
    away = nw.col("zero") & ~nw.col("some_in").is_null()
    marked = known.with_columns(
        nw.when(nw.col("zero") & nw.col("some_in")).then(nw.lit(1, nw.Int64)).alias(WITHHELD),
        *(nw.when(~away).then(nw.col(box)).alias(box) for box in boxes),
    )
    return marked.drop("zero", "some_in", *(name for name in PROGRESS if name not in forms.columns))


def _is_zero(boxes: Sequence[str]) -> nw.Expr:
    """Whether every figure that is there is 0, and one is."""
    zero = reduce(nw.Expr.__and__, (nw.col(box).fill_null(0) == 0 for box in boxes))
    some = reduce(nw.Expr.__or__, (~nw.col(box).is_null() for box in boxes))
    return (zero & some & (nw.col("level") < _TPS)).alias("zero")


def _some_in() -> nw.Expr:
    """Whether any TPS is in; null where that is not said."""
    return nw.coalesce(nw.col(COUNTED) > 0, nw.col(PERCENT) > 0).alias("some_in")


def _incomplete() -> nw.Expr:
    """Whether a TPS is missing; where that is not said, one may be."""
    by_count = nw.col(COUNTED) < nw.col(TOTAL)
    by_percent = nw.col(PERCENT) < _ALL_IN
    missing = nw.coalesce(by_count, by_percent).fill_null(value=True)
    whole = nw.col("level") == _TPS
    return nw.when(whole | ~missing).then(0).otherwise(1).cast(nw.Int64).alias(INCOMPLETE)


def of_the_whole(rows: Frame, written: Frame) -> Frame:
    """Give the rows of an online system that are about the nation to the whole.

    `rows`: with `node` and `level`. `written`: the same rows as they were read, with their level.
    """
    if "level" not in written.columns:
        return rows
    whole = (written["level"] == LEVELS[0]).fill_null(value=False)
    columns = rows.with_columns(whole.alias("whole"))
    given = (
        nw.when(nw.col("whole")).then(value).otherwise(nw.col(name)).cast(kind).alias(name)
        for name, value, kind in (("node", ROOT, nw.Int32), ("level", 0, nw.Int8))
    )
    return columns.with_columns(*given).drop("whole")
