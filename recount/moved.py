"""Our own forms of a contest in, layer by layer; the figures that change between them out.

Only figures that are whole are held against each other, as `chain.changed` does it for one region,
but for all regions at once and whatever the online side says. Of a change and the sums above that
follow from it, the region furthest down counts.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, node_of
from recount.layers import raised
from recount.model import INCOMPLETE, LEVELS, Named
from recount.regions import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.chain import Sources
    from recount.engine import Frame
    from recount.layers import Layer, Tree
    from recount.regions import Regions

SCHEMA = {"level": nw.Int8(), "unit": nw.Int64(), "item": nw.String(), "at": nw.Int8()}

FIRST = 3
"""So many of the regions are named."""


class Moved(NamedTuple):
    """Figures of a contest that change between our own forms.

    `at`: how many of them, by the level of the form that first says otherwise (a name of LEVELS).
    `regions`: in how many regions; `first`: the first of these.
    """

    contest: str
    at: Mapping[str, int]
    regions: int
    first: tuple[Named, ...]

    @property
    def figures(self) -> int:
        """How many figures change."""
        return sum(self.at.values())


def moved(
    sources: Sources | None, items: Sequence[str], tolerance: int, contest: str, within: int = 0
) -> Moved | None:
    """Gather what changes between our own forms; None where nothing does.

    `within`: a node; what lies inside it is looked at, it itself is not. The whole is 0.
    """
    if sources is None:
        return None
    tree = sources.tree
    found = _furthest_down(_changes(sources.ours, items, tree, tolerance), tree.up)
    if within:
        inside = _inside(within, tree).to_list()
        found = found.filter(node_of("unit").is_in(inside), nw.col("unit") != within * SPAN)
    if found.is_empty():
        return None
    counts = Counter(found["at"].to_list())
    units = found.sort("level", "unit")["unit"].unique(maintain_order=True).to_list()
    first = tuple(_named(unit, tree.regions) for unit in units[:FIRST])
    at = {LEVELS[level]: counts[level] for level in sorted(counts, reverse=True)}
    return Moved(contest, at, len(units), first)


def _inside(node: int, tree: Tree) -> nw.Series[Any]:
    level = tree.regions.nodes.level[node]
    return tree.up.filter(nw.col(f"up{level}") == node)["node"]


def _named(unit: int, regions: Regions) -> Named:
    node, station = divmod(unit, SPAN)
    name = f"TPS {station - 1:03d}" if station else regions.nodes.name[node]
    return Named(regions.printed(unit), name)


def _changes(layers: Sequence[Layer], items: Sequence[str], tree: Tree, tolerance: int) -> Frame:
    """Say where a whole figure is another than the whole one before it; the first time only."""
    before: dict[tuple[int, str], Frame] = {}
    found = [engine.table({name: [] for name in SCHEMA}, SCHEMA)]
    for layer in layers:
        for level, item, figures in _figures(layer, items, tree):
            last = before.get((level, item))
            if last is None:
                before[level, item] = figures
                continue
            both = figures.join(last, on="unit", how="inner", suffix=" before")
            shift = (nw.col("figure") - nw.col("figure before")).abs()
            known = (nw.lit(level, nw.Int8()), nw.lit(item), nw.lit(layer.at, nw.Int8()))
            columns = dict(zip(("level", "item", "at"), known, strict=True))
            found.append(both.filter(shift > tolerance).with_columns(**columns).select(*SCHEMA))
            kept = last.join(figures.select("unit"), on="unit", how="anti")
            before[level, item] = nw.concat([figures, kept])
    return nw.concat(found).unique(["level", "unit", "item"], keep="first", maintain_order=True)


def _figures(layer: Layer, items: Sequence[str], tree: Tree) -> Iterator[tuple[int, str, Frame]]:
    """The whole figures of a layer: the level, the box, and `unit`, `figure`."""
    boxes = [box for box in items if box in layer.rows.columns]
    boxes = [box for box in boxes if not layer.rows[box].is_null().all()]
    marks = [INCOMPLETE] if INCOMPLETE in layer.rows.columns else []
    for level, frame in raised(layer, [*boxes, *marks], tree) if boxes else ():
        whole = frame.filter(nw.col("held") == 0)
        for mark in marks:
            whole = whole.filter(nw.col(mark).fill_null(0) == 0)
        for box in boxes:
            read = whole.filter(nw.col(f"{box}.read") == nw.col("expected"))
            figures = read.select("unit", nw.col(box).cast(nw.Int64).alias("figure"))
            yield level, box, figures.filter(~nw.col("figure").is_null())


def _furthest_down(changes: Frame, up: Frame) -> Frame:
    """Leave out a region inside which the same box changes: its sum follows from that."""
    if changes.is_empty():
        return changes
    below = changes.select("level", "unit", "item", node_of("unit").alias("node"))
    below = below.join(up.drop("level"), on="node", how="inner")
    above = []
    for level in range(TPS):
        lifted = below.filter(nw.col("level") > level).select(
            "item", own="unit", unit=nw.col(f"up{level}").cast(nw.Int64) * SPAN
        )
        # Where there is nothing of a level above, a region stands for itself.
        above.append(lifted.filter(nw.col("own") != nw.col("unit")).select("unit", "item"))
    return changes.join(nw.concat(above).unique(), on=["unit", "item"], how="anti")
