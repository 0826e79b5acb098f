"""Forms of a side, kind by kind: what each kind of form says of a region, with "n of m".

A layer holds the rows of one kind of form: the desa columns of DA1, the TPS columns of DAA, the
totals that DA1 prints. Of the regions above, a layer says the sum of its rows, and from how many.
How many there ought to be is only known where something else than the layer lists them: the form
itself whose columns they are, the online side, a region list, a table of another level. Where
nothing does, a sum is of no known whole: it is neither complete nor incomplete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, lift, node_of, station_of
from recount.choose import Whose, choose
from recount.regions import SPAN
from recount.stages import form_level, with_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recount.engine import Frame
    from recount.intake import Tally
    from recount.model import Sheet
    from recount.regions import Regions
    from recount.stages import Key


class Layer(NamedTuple):
    """Rows of one kind of form, one a region: `unit`, `sheet`, `row`, the boxes.

    `at`: the level of the form; `level`: of the rows. `form`: its id, where all are of one.
    `total`: these are the totals that forms print. `places`: of cells that stand elsewhere.
    """

    at: int
    level: int
    form: str | None
    rows: Frame
    sheets: Sequence[Sheet]
    total: bool = False
    places: Mapping[Key, str | None] = {}

    @property
    def lists_parts(self) -> bool:
        """Whether its rows are the columns of a form: all parts of the region above, then."""
        return self.at < self.level

    @property
    def plain(self) -> bool:
        """Whether it is a table of regions without a form, which may be a list of them."""
        return self.at == self.level and self.form is None and not self.total


class Tree(NamedTuple):
    """The regions, their ancestors (aggregate.ancestors), and who lists whose parts.

    `stations`: all TPS that anybody names (`unit`). `listed`: nodes whose parts are all known.
    `by_table`: the same by a table of one level, by that level.
    """

    regions: Regions
    up: Frame
    stations: Frame
    listed: frozenset[int]
    by_table: Mapping[int, frozenset[int]]

    def known(self, layer: Layer) -> frozenset[int]:
        """The nodes whose parts something else than a layer lists."""
        others = (nodes for level, nodes in self.by_table.items() if level != layer.level)
        return self.listed.union(*others)


def several(tally: Tally, contest: str) -> bool:
    """Whether a side holds forms of several levels; looks at no figure."""
    levels = tally.frames[contest]["level"].unique().to_list()
    known = {form_level(sheet) for sheet in tally.sheets}
    stages = {min(level, level if at is None else at) for level in levels for at in known}
    return len(levels) > 1 or len(stages) > 1


def layers_of(
    tally: Tally, contest: str, digests: Sequence[str], regions: Regions, *, total: bool = False
) -> list[Layer]:
    """Split a side's forms into layers, those nearest to the votes first.

    Copies of one form are reduced as `choose` does it: what they contradict each other in is blank.
    """
    if contest not in tally.frames:
        return []
    staged = with_stage(tally.frames[contest], tally.sheets)
    found = staged.select("stage", "level").unique().sort("stage", "level", descending=True)
    who = Whose(contest, tally.side, tally.sheets, digests)
    made = []
    for stage, level in found.iter_rows():
        rows = staged.filter(nw.col("stage") == stage, nw.col("level") == level).drop("stage")
        used = {tally.sheets[at].form for at in rows["sheet"].unique().to_list()}
        chosen = choose(engine.start(rows, "polars"), who, tally.boxes, regions)
        form = next(iter(used)) if len(used) == 1 else None
        kept = engine.collect(chosen.forms)
        made.append(Layer(stage, level, form, kept, tally.sheets, total, chosen.places))
    return made


def tree(regions: Regions, up: Frame, layers: Sequence[Layer], others: Iterable[Frame]) -> Tree:
    """Gather who lists what; `others`: forms of the online side (`unit`, `level`)."""
    listed = {parent for parent, _ in regions.complete}
    by_table: dict[int, frozenset[int]] = {}
    stations = [engine.table({"unit": []}, {"unit": nw.Int64()})]
    for layer in layers:
        stations += [layer.rows.select("unit")] if layer.level == TPS else []
        if layer.lists_parts:
            listed |= _parents(layer.rows, regions)
        elif layer.plain:
            by_table[layer.level] = frozenset(_parents(layer.rows, regions))
    for frame in others:
        stations.append(frame.filter(nw.col("level") == TPS).select("unit"))
        # An online system shows every part of what it shows at all.
        parents = _parents(frame, regions)
        listed |= parents.union(*(regions.above(parent) for parent in parents))
    named = nw.concat(stations).unique().sort("unit")
    return Tree(regions, up, named, frozenset(listed), by_table)


def _parents(units: Frame, regions: Regions) -> set[int]:
    """The nodes right above some units."""
    held = units.select(node_of("unit").alias("node"), station=station_of("unit") >= 0).unique()
    parent = regions.nodes.parent
    return {node if station else parent[node] for node, station in held.iter_rows()}


def raised(layer: Layer, boxes: Sequence[str], tree_: Tree) -> Iterator[tuple[int, Frame]]:
    """Give what a layer says of each level from its own upwards.

    Out: the level, and `unit`, per box its figure and `<box>.read`, `expected`, and `held`: 0 where
    it is known that these are all.
    """
    zero, one = nw.lit(0, nw.Int64), nw.lit(1, nw.Int64)
    reads = [(~nw.col(box).is_null()).cast(nw.Int64).alias(f"{box}.read") for box in boxes]
    added = layer.rows.select("unit", *boxes).with_columns(
        *reads, one.alias("expected"), zero.alias("held")
    )
    yield layer.level, added
    known = list(tree_.known(layer))
    up = tree_.up.lazy()
    for level in range(layer.level - 1, -1, -1):
        whole = _with_missing(added, boxes, tree_, level + 1)
        added = engine.collect(lift(whole.lazy(), up, level))
        strange = ~(nw.col("unit") // SPAN).is_in(known)
        added = added.with_columns(held=nw.col("held") + strange.cast(nw.Int64))
        yield level, added


def _with_missing(added: Frame, boxes: Sequence[str], tree_: Tree, level: int) -> Frame:
    """Expect what anybody names at a level and the layer has not: never read."""
    nodes = [node * SPAN for node in tree_.regions.at_level(level)] if level < TPS else []
    known = engine.table({"unit": nodes}, {"unit": nw.Int64()}) if level < TPS else tree_.stations
    missing = known.join(added.select("unit"), on="unit", how="anti")
    if missing.is_empty():
        return added
    columns = {name: nw.lit(0, kind) for name, kind in added.schema.items()}
    columns |= {box: nw.lit(None, added.schema[box]) for box in boxes}
    columns |= {"unit": nw.col("unit"), "expected": nw.lit(1, added.schema["expected"])}
    return nw.concat([added, missing.select(**columns)])
