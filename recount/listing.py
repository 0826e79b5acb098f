"""Compared levels in, the list of comparisons out, with names, places and order for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS
from recount.model import LEVELS, STATUSES, address
from recount.regions import ROOT, station_region
from recount.verdict import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.engine import Frame, Lazy
    from recount.model import Sheet
    from recount.reconcile import Level
    from recount.regions import Regions

    Key = tuple[int, int, int, str]

COLUMNS: dict[str, nw.dtypes.DType] = {
    "contest": nw.String(),
    "level": nw.String(),
    "region": nw.String(),
    "name": nw.String(),
    "within": nw.String(),
    "parents": nw.List(nw.String()),
    "item": nw.String(),
    "ours": nw.Int64(),
    "theirs": nw.Int64(),
    "difference": nw.Int64(),
    "status": nw.String(),
    "ours_read": nw.Int64(),
    "ours_expected": nw.Int64(),
    "theirs_read": nw.Int64(),
    "theirs_expected": nw.Int64(),
    "effect": nw.Int64(),
    "place_ours": nw.String(),
    "place_theirs": nw.String(),
}


class Source(NamedTuple):
    """Where a side's forms stand: the forms, their sheets, and the copies that contradict."""

    forms: Lazy
    sheets: Sequence[Sheet]
    conflicts: Mapping[Key, str]


class Lister(NamedTuple):
    """What stays the same for all levels of a contest."""

    contest: str
    items: tuple[str, ...]
    leaders: tuple[str, ...]
    regions: Regions
    ours: Source
    theirs: Source
    everything: bool


def comparisons(lister: Lister, levels: Sequence[Level]) -> Frame:
    """List what is not equal, or everything, level by level from the top (columns: COLUMNS)."""
    parts = [_level(lister, level) for level in levels]
    rows = [part for part in parts if part is not None]
    if not rows:
        return engine.table({name: [] for name in COLUMNS}, COLUMNS)
    return nw.concat(rows, how="vertical").select(*COLUMNS)


def _level(lister: Lister, level: Level) -> Frame | None:
    frame = level.shown.with_columns(_effect(lister))
    if frame.is_empty():
        return None
    long = nw.concat([_of_item(frame, item, at, lister) for at, item in enumerate(lister.items)])
    if long.is_empty():
        return None
    named = long.join(names(lister.regions, frame, level.level), on=["node", "station"], how="left")
    for side, source in (("ours", lister.ours), ("theirs", lister.theirs)):
        named = named.join(
            _places(source, frame, level.level, lister.items, side),
            on=["node", "station", "item"],
            how="left",
        )
    ordered = named.sort("effect", "size", "region", "order", descending=[True, True, False, False])
    return ordered.with_columns(
        contest=nw.lit(lister.contest), level=nw.lit(LEVELS[level.level])
    ).select(*COLUMNS)


def _effect(lister: Lister) -> nw.Expr:
    """Votes by which a region's difference moves the margin between the first and the second."""
    if len(lister.leaders) < 2:  # noqa: PLR2004 - a margin is between two
        return nw.lit(0, nw.Int64).alias("effect")
    first, second = (
        nw.when(nw.col(f"{item}|s").is_in([CODE["differs"], CODE["partial"]]))
        .then(nw.col(f"{item}|o") - nw.col(f"{item}|t"))
        .otherwise(0)
        .fill_null(0)
        for item in lister.leaders
    )
    return (first - second).abs().cast(nw.Int64).alias("effect")


def _of_item(frame: Frame, item: str, order: int, lister: Lister) -> Frame:
    shown = frame if lister.everything else frame.filter(nw.col(f"{item}|s") != CODE["equal"])
    statuses = list(range(len(STATUSES)))
    difference = nw.col(f"{item}|o") - nw.col(f"{item}|t")
    return shown.select(
        "node",
        "station",
        "effect",
        nw.lit(item).alias("item"),
        nw.lit(order).alias("order"),
        nw.col(f"{item}|o").alias("ours"),
        nw.col(f"{item}|t").alias("theirs"),
        difference.alias("difference"),
        difference.abs().fill_null(0).alias("size"),
        nw.col(f"{item}|s")
        .replace_strict(statuses, list(STATUSES), return_dtype=nw.String)
        .alias("status"),
        nw.col(f"{item}|or").alias("ours_read"),
        nw.col(f"{item}|oe").alias("ours_expected"),
        nw.col(f"{item}|tr").alias("theirs_read"),
        nw.col(f"{item}|te").alias("theirs_expected"),
    )


def names(regions: Regions, frame: Frame, level: int) -> Frame:
    """Code, name, parent's name and parents of every region in a frame, by `node`, `station`."""
    units = frame.select("node", "station").unique()
    columns: dict[str, list[object]] = {
        name: [] for name in ("node", "station", "region", "name", "within", "parents")
    }
    for node, station in units.iter_rows():
        here = regions.nodes[node]
        above = [regions.nodes[at] for at in regions.chain(node)]
        region, name = here.region, here.name
        if level == TPS:
            region, name = station_region(region, station), f"TPS {station:03d}"
            above = [*above, here] if node != ROOT else above
        values = (node, station, region, name, above[-1].name if above else "")
        for column, value in zip(columns, values, strict=False):
            columns[column].append(value)
        columns["parents"].append([at.region for at in above])
    schema = {"node": nw.Int32(), "station": nw.Int32()} | {
        name: COLUMNS[name] for name in list(columns)[2:]
    }
    return engine.table(columns, schema)


def _places(
    source: Source, frame: Frame, level: int, items: Sequence[str], side: str
) -> Frame:
    """The address of every cell shown; a sum has none."""
    keys = frame.select("node", "station")
    forms = source.forms.filter(nw.col("level") == level)
    found = engine.collect(forms.join(engine.along(keys, source.forms), on=["node", "station"]))
    column = f"place_{side}"
    parts = [_places_of(found, item, source.sheets, column) for item in items if item in found.columns]
    schema = {"node": nw.Int32(), "station": nw.Int32(), "item": nw.String(), column: nw.String()}
    places = nw.concat(parts) if parts else engine.table({name: [] for name in schema}, schema)
    conflicts = [
        (node, station, item, text)
        for (at, node, station, item), text in source.conflicts.items()
        if at == level
    ]
    if not conflicts:
        return places
    decided = engine.table(dict(zip(schema, zip(*conflicts, strict=True), strict=True)), schema)
    key = ["node", "station", "item"]
    return nw.concat([places.join(decided, on=key, how="anti"), decided])


def _places_of(found: Frame, item: str, sheets: Sequence[Sheet], column: str) -> Frame:
    line = f"row {item}" if f"row {item}" in found.columns else "row"
    before = [_before_row(sheet, item) for sheet in sheets]
    return found.select(
        "node",
        "station",
        nw.lit(item).alias("item"),
        nw.concat_str(
            nw.col("sheet").replace_strict(list(range(len(sheets))), before, return_dtype=nw.String),
            nw.coalesce(line, "row").cast(nw.String),
        ).alias(column),
    )


def _before_row(sheet: Sheet, item: str) -> str:
    at = sheet.columns.get(item)
    text = address(sheet.label, sheet.sheet, 0, at)
    return text.removesuffix("0")
