"""Our forms of smaller units in, what they add up to in each batch out, and whether they are all.

Some parts of a region are not its form: whoever holds them may hold the best ones. A sum stands
for a form only where it is known how many parts there are: from the online figures that the plan
was made of, or from a list of regions.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, ancestors, node_of, totals
from recount.boxes import CANDIDATE
from recount.choose import Whose, choose
from recount.model import LEVELS
from recount.regions import SPAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.auditing.copies import Votes
    from recount.auditing.matching import Sought
    from recount.engine import Frame
    from recount.intake import Tally
    from recount.material import Material
    from recount.regions import Regions


class Parts(NamedTuple):
    """What our forms of a batch's parts add up to, for every candidate that was read anywhere.

    `read` of `expected` units of `level` are held (None: nobody knows of how many). `whole`: these
    are all, and nothing in them is blank.
    """

    votes: Votes
    level: str
    read: int
    expected: int | None
    whole: bool


class _Unit(NamedTuple):
    """The finest level of our forms in a region, and how many of that level there are."""

    level: int
    read: int


def parts_of(
    material: Material, tally: Tally, contest: str, sought: Sought, batch: Frame
) -> tuple[dict[int, Parts], int]:
    """Add up what is finer than the plan, by batch; and say how many sums are of no batch.

    `batch`: eager, `unit` and its `batch`.
    """
    finer = tally.frames[contest].filter(nw.col("level") > sought.level)
    if finer.is_empty():
        return {}, 0
    who = Whose(contest, tally.side, tally.sheets, material.digests(tally.side))
    chosen = choose(engine.start(finer, "polars"), who, tally.boxes, material.regions)
    up = ancestors(material.regions)
    along = engine.along(up, chosen.forms)
    added = engine.collect(totals(chosen.forms, along, material.regions, sought.level))
    held = _held(finer, up, sought.level)
    listed = _listed(material.regions, up, sought.level)
    boxes = [CANDIDATE + one for one in sought.candidates]
    whole = reduce(nw.Expr.__and__, (nw.col(f"{b}.read") == nw.col("expected") for b in boxes))
    here = added.join(batch, on="unit", how="inner").with_columns(whole=whole)
    online = sought.places["parts"].to_list()
    found = {}
    for unit, at, expected, read, *votes in here.select(
        "unit", "batch", "expected", "whole", *boxes
    ).iter_rows():
        one = held[unit]
        known = {}
        if one.level == sought.finest and online[at]:
            known["online"] = online[at]
        if (unit, one.level) in listed:
            known["list"] = expected
        most = max(known.values(), default=None)
        pairs = zip(sought.candidates, votes, strict=True)
        found[at] = Parts(
            {name: figure for name, figure in pairs if figure is not None},
            LEVELS[one.level],
            one.read,
            None if most is None else max(most, one.read),
            read and most is not None and one.read >= most,
        )
    return found, len(added) - len(here)


def _held(finer: Frame, up: Frame, level: int) -> Mapping[int, _Unit]:
    """By the unit above, how many forms of the finest level are held in it."""
    above = up.select("node", (nw.col(f"up{level}").cast(nw.Int64()) * SPAN).alias("above"))
    placed = finer.select("unit", "level", node_of("unit").alias("node")).join(above, on="node")
    counts = placed.group_by("above", "level").agg(nw.col("unit").n_unique().alias("read"))
    return {unit: _Unit(at, read) for unit, at, read in counts.sort("level").iter_rows()}


def _listed(regions: Regions, up: Frame, level: int) -> set[tuple[int, int]]:
    """The units of a level, each with the finer levels at which a list has its parts."""
    found = set()
    for at in range(level + 1, TPS):
        nodes = engine.column("node", regions.listed(at)).cast(nw.Int32())
        above = engine.gather(up[f"up{level}"], nodes).to_list() if len(nodes) else []
        found |= {(node * SPAN, at) for node in above}
    return found
