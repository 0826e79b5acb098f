"""Regions of an online system whose figures are those of another region.

Two kecamatan or larger regions never have all the same figures by chance; two desa of one
kecamatan, or two TPS of one desa with an administration page, hardly ever. Source:
online-systems.md, section 1 (rows of a kabupaten that stand in another order).
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.aggregate import node_of
from recount.engine import gather
from recount.model import LEVELS, Finding
from recount.texts import say

if TYPE_CHECKING:
    from recount.checks._side import CheckedSide
    from recount.engine import Frame

_DESA, _TPS = LEVELS.index("desa"), LEVELS.index("tps")
_ENOUGH = 6
"""Boxes of a TPS that must be read, and be the same."""


def check(side: CheckedSide) -> list[Finding]:
    """Find rows of theirs that are those of another region as well."""
    candidates = [box for box in side.boxes if box.startswith("candidate:")]
    if side.side == "ours" or len(candidates) < 2 or side.forms.is_empty():  # noqa: PLR2004
        return []
    rows = side.forms.with_columns(node=node_of("unit"))
    rows = rows.with_columns(_among(side, rows)).filter(_telling(side, candidates))
    if rows.is_empty():
        return []
    same = ("level", "among", *side.boxes)
    return _findings(side, rows.filter(rows.select(*same).is_duplicated()), same)


def _among(side: CheckedSide, rows: Frame) -> nw.Expr:
    """The region inside which two are compared: all, or the one above."""
    parents = nw.new_series("parent", side.regions.nodes.parent, nw.Int32, backend="polars")
    above = gather(parents, rows["node"])
    level = nw.col("level")
    inside = nw.when(level == _DESA).then(above).otherwise(nw.lit(-1, nw.Int32))
    return nw.when(level == _TPS).then(nw.col("node")).otherwise(inside).alias("among")


def _telling(side: CheckedSide, candidates: list[str]) -> nw.Expr:
    """Whether a row has votes for all, and boxes enough to be told from another."""
    known = reduce(nw.Expr.__and__, (~nw.col(box).is_null() for box in candidates))
    votes = reduce(nw.Expr.__add__, (nw.col(box).fill_null(0) for box in candidates))
    read = (nw.when(~nw.col(box).is_null()).then(1).otherwise(0) for box in side.boxes)
    enough = reduce(nw.Expr.__add__, read) >= _ENOUGH
    return known & (votes > 0) & ((nw.col("level") < _TPS) | enough)


def _findings(side: CheckedSide, twice: Frame, same: tuple[str, ...]) -> list[Finding]:
    rows = ((side.region(row["unit"]), row) for row in twice.iter_rows(named=True))
    named = sorted(rows, key=lambda one: one[0])
    first: dict[tuple[object, ...], str] = {}
    pairs = ((first.setdefault(_key(row, same), region), region, row) for region, row in named)
    return [
        Finding(
            "repeat",
            "warning",
            say("{region} has the same figures as {other}.", region=region, other=other),
            say("See which of the two they belong to: compare with the forms of both."),
            side.place(row["sheet"], row["row"], side.boxes[0]),
            side.side,
            region,
            side.contest,
        )
        for other, region, row in pairs
        if other != region
    ]


def _key(row: dict[str, object], same: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row[name] for name in same)
