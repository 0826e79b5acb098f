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
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from recount.auditing.copies import Votes
    from recount.engine import Frame
    from recount.intake import Tally
    from recount.material import Material
    from recount.model import Election
    from recount.regions import Regions


class Sought(NamedTuple):
    """What is looked for: the batches of a plan.

    `places`: eager frame, a row per batch: `id`, `code`, the names, `tps`, `parts` (units of the
    level `finest` that the online votes are from). `bounds`: of the ballots of each. `candidates`:
    those with the fewest votes first. `digests`: the SHA-256 of what the plan itself
    rests on, which is no form.
    """

    election: Election
    contest: str
    level: int
    finest: int
    candidates: tuple[str, ...]
    places: Frame
    bounds: Sequence[int]
    digests: Collection[str] = ()


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
    known = _Known(
        _held(finer, up, sought.level),
        _listed(material.regions, up, sought.level),
        sought.places["parts"].to_list(),
    )
    here = added.join(batch, on="unit", how="inner")
    return dict(_parts(here, sought, known)), len(added) - len(here)


class _Known(NamedTuple):
    """By unit what is held of it, where a list has its parts, and by batch how many are online."""

    held: Mapping[int, _Unit]
    listed: Collection[tuple[int, int]]
    online: Sequence[int]


def _parts(added: Frame, sought: Sought, known: _Known) -> Iterator[tuple[int, Parts]]:
    boxes = [CANDIDATE + one for one in sought.candidates]
    whole = reduce(nw.Expr.__and__, (nw.col(f"{b}.read") == nw.col("expected") for b in boxes))
    rows = added.with_columns(whole=whole).select("unit", "batch", "expected", "whole", *boxes)
    for unit, at, expected, whole_, *votes in rows.iter_rows():
        one, most = known.held[unit], 0
        if one.level == sought.finest:
            most = known.online[at]
        if (unit, one.level) in known.listed:
            most = max(most, expected)
        pairs = zip(sought.candidates, votes, strict=True)
        yield (
            at,
            Parts(
                {name: figure for name, figure in pairs if figure is not None},
                LEVELS[one.level],
                one.read,
                max(most, one.read) if most else None,
                whole_ and 0 < most <= one.read,
            ),
        )


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
