"""Forms of one side in, totals at a level out, each with "n of m".

Sums are made from the finest forms held inside each region; a form of a higher level stands for
its region only where nothing finer is held below it, and is never added to its own parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.model import LEVELS
from recount.regions import SPAN

if TYPE_CHECKING:
    from recount.engine import Frame, Lazy
    from recount.regions import Regions

TPS = LEVELS.index("tps")


def ancestors(regions: Regions) -> Frame:
    """For every node its ancestor at each level, or itself where it has none there.

    Eager frame, a row per node in their order: `node`, `level`, then `up0` ... `up4` (Int32).
    """
    number = nw.Int32()
    nodes = engine.table(
        {
            "node": range(len(regions.nodes)),
            "parent": regions.nodes.parent,
            "level": regions.nodes.level,
        },
        {"node": number, "parent": number, "level": number},
    )
    found = nodes.with_columns(at=nw.col("node"), at_level=nw.col("level"))
    for level in range(TPS - 1, -1, -1):
        # As often as a level is missing between a region and the one above it, step once more.
        while bool((found["at_level"] > level).any()):
            up = engine.gather(nodes["parent"], found["at"])
            higher = nw.col("at_level") > level
            found = found.with_columns(up.alias("up")).with_columns(
                at=nw.when(higher).then(nw.col("up")).otherwise(nw.col("at"))
            )
            found = found.with_columns(engine.gather(nodes["level"], found["at"]).alias("at_level"))
        here = nw.when(nw.col("at_level") == level).then(nw.col("at")).otherwise(nw.col("node"))
        found = found.with_columns(here.alias(f"up{level}"))
    return found.select("node", "level", *(f"up{level}" for level in range(TPS)))


def outermost(regions: Regions, units_: nw.Series[Any]) -> int:
    """The level of the smallest region that holds all units; a sum above it says nothing more.

    `units_`: of all forms, so that the form of a whole region is about that region.
    """
    nodes = (units_ // SPAN).unique().to_list()
    return regions.nodes.level[regions.common(set(map(int, nodes)))]


def present_levels(forms: Lazy) -> dict[int, int]:
    """How many rows there are of each level."""
    counted = engine.collect(forms.group_by("level").agg(nw.len().alias("rows")))
    return dict(sorted(zip(counted["level"], counted["rows"], strict=True)))


def units(forms: Lazy, level: int) -> Lazy:
    """The forms of one level: `unit` and the boxes."""
    return forms.filter(nw.col("level") == level).select("unit", *_boxes(forms))


def _counted(units_: Lazy) -> Lazy:
    """Forms as totals of themselves: `<box>.read` is 1 or 0; `expected` and `held` are 1."""
    boxes = [name for name in units_.collect_schema().names() if name != "unit"]
    read = [(~nw.col(box).is_null()).cast(nw.Int64).alias(f"{box}.read") for box in boxes]
    one = nw.lit(1, nw.Int64)
    return units_.with_columns(*read, one.alias("expected"), one.alias("held"))


def _with_listed(added: Lazy, regions: Regions, level: int) -> Lazy:
    """Expect the regions of a list that nobody has sent anything of: never read, never held."""
    listed = regions.listed(level)
    if not listed:
        return added
    units_ = engine.table({"unit": [node * SPAN for node in listed]}, {"unit": nw.Int64()})
    missing = engine.along(units_, added).join(added.select("unit"), on="unit", how="anti")
    names = [name for name in added.collect_schema().names() if name != "unit"]
    # No unit is below 0: a column of nulls, which pandas cannot make of a null alone.
    blank, none = nw.when(nw.col("unit") < 0).then(nw.col("unit")), nw.lit(0, nw.Int64)
    columns = [(none if f"{name}.read" not in names else blank).alias(name) for name in names]
    filled = missing.with_columns(*columns).with_columns(expected=nw.lit(1, nw.Int64))
    return nw.concat([added, filled.select("unit", *names)], how="vertical")


def _boxes(forms: Lazy) -> list[str]:
    fixed = {"unit", "level", "sheet", "row"}
    return [
        c for c in forms.collect_schema().names() if c not in fixed and not c.startswith("row ")
    ]


def totals(forms: Lazy, up: Lazy, regions: Regions, level: int) -> Lazy:
    """Add a side up to a level, region by region from the finest forms that are held there.

    `up`: `ancestors`. Out: `unit`, per box its sum (null: nothing read) and `<box>.read`, and
    `expected`; a region of a list of which nothing is held counts as expected in those above it.
    """
    present = [at for at in present_levels(forms) if at >= level]
    finest = max(present, default=level)
    added = _counted(units(forms, finest))
    for at in range(finest - 1, level - 1, -1):
        added = lift(_with_listed(added, regions, at + 1), up, at)
        if at in present:
            # A region of which only the list knows parts has its own form to stand for it.
            added = added.filter(nw.col("held") > 0)
            own = _counted(units(forms, at)).join(added.select("unit"), on="unit", how="anti")
            added = nw.concat([added, own], how="vertical")
    return added.filter(nw.col("held") > 0).drop("held")


def lift(added: Lazy, up: Lazy, level: int) -> Lazy:
    """Add totals up to the regions one level higher; blank stays blank, never zero."""
    names = added.collect_schema().names()
    boxes = [name for name in names if f"{name}.read" in names]
    sums = [nw.col(name).sum() for box in boxes for name in (box, f"{box}.read")]
    raised = (
        added.with_columns(node=node_of("unit"))
        .join(up.select("node", nw.col(f"up{level}").alias("above")), on="node", how="left")
        .group_by("above")
        .agg(*sums, nw.col("expected", "held").sum())
    )
    return raised.select(
        (nw.col("above").cast(nw.Int64) * SPAN).alias("unit"),
        *(
            nw.when(nw.col(f"{box}.read") > 0).then(nw.col(box).cast(nw.Int64)).alias(box)
            for box in boxes
        ),
        *(nw.col(f"{box}.read").cast(nw.Int64) for box in boxes),
        nw.col("expected", "held").cast(nw.Int64),
    )


def node_of(unit: str) -> nw.Expr:
    """The node of a unit, as an expression."""
    return (nw.col(unit) // SPAN).cast(nw.Int32)


def station_of(unit: str) -> nw.Expr:
    """The TPS number of a unit, -1 where it is none, as an expression."""
    # Arrow has no remainder.
    return (nw.col(unit) - (nw.col(unit) // SPAN) * SPAN - 1).cast(nw.Int32)


def at_level(added: Frame, regions: Regions, level: int) -> Frame:
    """Keep the regions of one level; what has no ancestor there is not part of any."""
    named = added.with_columns(node=node_of("unit"), station=station_of("unit")).drop("unit")
    if level == TPS:
        return named
    return named.filter(nw.col("node").is_in(regions.at_level(level)), nw.col("station") < 0)
