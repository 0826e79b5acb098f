"""The official recap beside the count in; its figure for every region and box that is shown out.

A region's own recap before the sum of its parts; a sum only where every part is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import present_levels, totals, units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.engine import Frame, Lazy
    from recount.regions import Regions

SCHEMA = {"level": nw.Int8(), "unit": nw.Int64(), "item": nw.String(), "recap": nw.Int64()}


def recap_figures(forms: Lazy, up: Frame, regions: Regions, levels: Iterable[int]) -> Frame:
    """Give the recap's figures: columns of SCHEMA. `up`: aggregate.ancestors."""
    parts = [engine.table({name: [] for name in SCHEMA}, SCHEMA)]
    present = present_levels(forms)
    for at in levels:
        if at > max(present):
            continue
        own = engine.collect(units(forms, at)) if at in present else None
        added = engine.collect(totals(forms, engine.along(up, forms), regions, at))
        for item in (name for name in added.columns if f"{name}.read" in added.columns):
            parts += _of_item(item, at, own, added)
    return nw.concat(parts)


def _of_item(item: str, level: int, own: Frame | None, added: Frame) -> list[Frame]:
    whole = added.filter(nw.col(f"{item}.read") == nw.col("expected"))
    if own is None:
        return [_laid_out(whole, item, level)]
    known = own.filter(~nw.col(item).is_null())
    return [
        _laid_out(known, item, level),
        _laid_out(whole.join(known.select("unit"), on="unit", how="anti"), item, level),
    ]


def _laid_out(frame: Frame, item: str, level: int) -> Frame:
    return frame.select(
        nw.lit(level, nw.Int8).alias("level"),
        nw.col("unit").cast(nw.Int64),
        nw.lit(item).alias("item"),
        nw.col(item).cast(nw.Int64).alias("recap"),
    )


def with_recap(rows: Lazy, recap: Frame | None) -> Lazy:
    """Put the recap's figures beside comparisons, null where there is none."""
    if recap is None:
        return rows.with_columns(recap=nw.lit(None, nw.Int64))
    return rows.join(recap.lazy(), on=["level", "unit", "item"], how="left")
