"""Our own forms of a level in; the figures nearest to the votes in their place out.

A desa stands in the DAA that adds up its TPS, and as a column of DA1. Where all parts below a
region are read and add up to something else than its own form says, the parts count: they are
nearer to the votes. So does the total that a region's own form prints, before a column of the form
above. A box in conflict stays one, and what is not whole takes no figure's place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.layers import Layer, raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.choose import Chosen
    from recount.engine import Frame
    from recount.layers import Tree
    from recount.stages import Key


def nearest_to_the_votes(
    chosen: Chosen, boxes: Sequence[str], totals: Sequence[Layer], tree: Tree
) -> Chosen:
    """Replace what the forms of higher levels say by what is whole below them, where they differ.

    `totals`: the layers of printed totals. The address of a sum is left open.
    """
    forms = engine.collect(chosen.forms)
    levels = sorted(forms["level"].unique().to_list(), reverse=True)
    by_level = {at: forms.filter(nw.col("level") == at) for at in levels}
    places: dict[Key, str | None] = {}
    below: list[Layer] = []
    sums: dict[int, list[Frame]] = {}
    for at in levels:
        own = by_level[at]
        nearer = [*sums.get(at, ()), *(_of_total(one) for one in totals if one.at == at)]
        for box in boxes if nearer else ():
            own = _in_place(own, box, nearer, (at, places))
        by_level[at] = own
        below.append(Layer(at, at, None, own, ()))
        for level, frame in raised(below[-1], boxes, tree):
            if level < at:
                sums.setdefault(level, []).append(frame)
    if not places:
        return chosen
    changed = nw.concat([by_level[at] for at in levels])
    held = engine.hold(engine.along(changed, chosen.forms))
    return chosen._replace(forms=held, places={**chosen.places, **places})


def _of_total(layer: Layer) -> Frame:
    """Printed totals as sums that are whole by themselves, where they have a figure."""
    one, zero = nw.lit(1, nw.Int64), nw.lit(0, nw.Int64)
    boxes = [name for name in layer.rows.columns if name not in {"unit", "level", "sheet", "row"}]
    boxes = [name for name in boxes if not name.startswith("row ")]
    reads = ((~nw.col(box).is_null()).cast(nw.Int64).alias(f"{box}.read") for box in boxes)
    counts = {"expected": one, "held": zero}
    return layer.rows.select("unit", *boxes).with_columns(*reads, **counts)


def _in_place(
    own: Frame, box: str, nearer: Sequence[Frame], noted: tuple[int, dict[Key, str | None]]
) -> Frame:
    """Take the first whole figure in place of a form's own one, where both differ."""
    level, places = noted
    best = own.select("unit", "level", nw.col(box).alias("own"))
    best = best.with_columns(whole=nw.lit(None, nw.Int64))
    for frame in (one for one in nearer if box in one.columns):
        full = frame.filter(nw.col("held") == 0, nw.col(f"{box}.read") == nw.col("expected"))
        best = best.join(full.select("unit", nw.col(box).alias("next")), on="unit", how="left")
        best = best.with_columns(whole=nw.coalesce("whole", "next")).drop("next")
    other = best.filter(nw.col("whole") != nw.col("own")).select("unit", "whole")
    if other.is_empty():
        return own
    places |= {(level, unit, box): None for unit in other["unit"].to_list()}
    joined = own.join(other, on="unit", how="left")
    return joined.with_columns(nw.coalesce("whole", box).alias(box)).select(own.columns)
