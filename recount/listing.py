"""Compared levels in, the list of comparisons out, with names, places and order for a reader."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS
from recount.model import LEVELS, column_letters
from recount.regions import ROOT, station_joint
from recount.verdict import CODE, SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recount.choose import Key
    from recount.engine import Frame, Lazy
    from recount.model import Sheet
    from recount.reconcile import Level
    from recount.regions import Regions


BETWEEN = "\x1f"
"""Joins codes into one text for a while; no code and no name that is compared can hold it."""

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


COUNTS = {
    "or": "ours_read",
    "oe": "ours_expected",
    "tr": "theirs_read",
    "te": "theirs_expected",
}


class Source(NamedTuple):
    """Where a side's forms stand: the forms, their levels and sheets; `places` overrule these."""

    forms: Lazy
    levels: Collection[int]
    sheets: Sequence[Sheet]
    places: Mapping[Key, str]


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
    shown = level.shown
    if shown.is_empty():
        return None
    # Lazily, so that Polars does it in one go: there are as many of these as levels and boxes.
    frame = shown.lazy().with_columns(_effect(lister), _size(lister.items))
    long = nw.concat([_of_item(frame, item, at, lister) for at, item in enumerate(lister.items)])
    regions = names(lister.regions, shown, level.level).lazy()
    named = long.join(regions, on=["node", "station"], how="left")
    for side, source in (("ours", lister.ours), ("theirs", lister.theirs)):
        places = _places(source, shown, level.level, lister.items, side).lazy()
        named = named.join(places, on=["unit", "item"], how="left")
    ordered = named.sort("effect", "size", "region", "order", descending=[True, True, False, False])
    level_name = nw.lit(LEVELS[level.level])
    listed = ordered.with_columns(contest=nw.lit(lister.contest), level=level_name)
    return engine.collect(listed.select(*COLUMNS))


def _size(items: Sequence[str]) -> nw.Expr:
    """The largest difference of a region in any box; so its rows stay together."""
    sizes = ((nw.col(f"{item}|o") - nw.col(f"{item}|t")).abs().fill_null(0) for item in items)
    return nw.max_horizontal(*sizes).alias("size")


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


def _of_item(frame: Lazy, item: str, order: int, lister: Lister) -> Lazy:
    shown = frame if lister.everything else frame.filter(nw.col(f"{item}|s") != CODE["equal"])
    statuses = list(range(len(SHOWN)))
    difference = nw.col(f"{item}|o") - nw.col(f"{item}|t")
    return shown.select(
        "unit",
        "node",
        "station",
        "effect",
        "size",
        nw.lit(item).alias("item"),
        nw.lit(order).alias("order"),
        nw.col(f"{item}|o").alias("ours"),
        nw.col(f"{item}|t").alias("theirs"),
        difference.alias("difference"),
        nw.col(f"{item}|s")
        .replace_strict(statuses, list(SHOWN), return_dtype=nw.String)
        .alias("status"),
        *(
            nw.col(f"{item}|{count}").fill_null(0).cast(nw.Int64).alias(name)
            for count, name in COUNTS.items()
        ),
    )


def names(regions: Regions, frame: Frame, level: int) -> Frame:
    """Code, name, parent's name and parents of every region in a frame, by `node`, `station`."""
    used = sorted(set(frame["node"].to_list()))
    paths = _paths(regions, used)
    here = [regions.nodes[node] for node in used]
    above = [regions.nodes[node.parent] for node in here]
    nodes = engine.table(
        {
            "node": used,
            "region": [node.region for node in here],
            "name": [node.name for node in here],
            "within": [parent.name for parent in above],
            "path": [paths[node] for node in used],
            "joint": [station_joint(node.region) for node in here],
        },
        {
            "node": nw.Int32(),
            **dict.fromkeys(("region", "name", "within", "path", "joint"), nw.String()),
        },
    )
    named = frame.select("node", "station").unique().join(nodes, on="node", how="left")
    if level == TPS:
        named = named.with_columns(_station_names())
    none = nw.lit([], nw.List(nw.String()))
    split = nw.when(nw.col("path") != "").then(nw.col("path").str.split(BETWEEN)).otherwise(none)
    return named.with_columns(parents=split).drop("path", "joint")


def _station_names() -> list[nw.Expr]:
    number = nw.col("station").cast(nw.String).str.zfill(3)
    path = nw.when(nw.col("path") != "").then(nw.concat_str("path", nw.lit(BETWEEN), "region"))
    return [
        nw.concat_str("region", "joint", number).alias("region"),
        nw.concat_str(nw.lit("TPS "), number).alias("name"),
        nw.col("name").alias("within"),
        path.otherwise(nw.col("region")).alias("path"),
    ]


def _paths(regions: Regions, nodes: Sequence[int]) -> dict[int, str]:
    """For each node the codes of its ancestors from the top, as one text."""
    paths: dict[int, str] = {ROOT: ""}

    def path(node: int) -> str:
        if node not in paths:
            parent = regions.nodes[node].parent
            above, own = path(parent), regions.nodes[parent].region
            paths[node] = f"{above}{BETWEEN}{own}" if above else own if parent != ROOT else ""
        return paths[node]

    return {node: path(node) for node in nodes}


def _places(source: Source, frame: Frame, level: int, items: Sequence[str], side: str) -> Frame:
    """The address of every cell shown; a sum has none."""
    if level not in source.levels and not source.places:
        schema = {"unit": nw.Int64(), "item": nw.String(), f"place_{side}": nw.String()}
        return engine.table({name: [] for name in schema}, schema)
    forms = source.forms.filter(nw.col("level") == level)
    keys = engine.along(frame.select("unit"), source.forms)
    found = engine.collect(forms.join(keys, on="unit", how="inner"))
    column = f"place_{side}"
    parts = [
        _places_of(found, item, source.sheets, column) for item in items if item in found.columns
    ]
    schema = {"unit": nw.Int64(), "item": nw.String(), column: nw.String()}
    places = nw.concat(parts) if parts else engine.table({name: [] for name in schema}, schema)
    known = [(unit, item, text) for (at, unit, item), text in source.places.items() if at == level]
    if not known:
        return places
    decided = engine.table(dict(zip(schema, zip(*known, strict=True), strict=True)), schema)
    return nw.concat([places.join(decided, on=["unit", "item"], how="anti"), decided])


def _places_of(found: Frame, item: str, sheets: Sequence[Sheet], column: str) -> Frame:
    line = f"row {item}" if f"row {item}" in found.columns else "row"
    before, after = zip(*(sheet.around(item) for sheet in sheets), strict=True)
    parts = [_of_sheet(before), _lines(found, line, sheets), _of_sheet(after)]
    return found.select("unit", nw.lit(item).alias("item"), nw.concat_str(*parts).alias(column))


def _of_sheet(texts: Sequence[str]) -> nw.Expr:
    return nw.col("sheet").replace_strict(list(range(len(texts))), texts, return_dtype=nw.String)


def _lines(found: Frame, line: str, sheets: Sequence[Sheet]) -> nw.Expr:
    """The line of each form as an address names it: a row's number, or a column's letters."""
    at = nw.coalesce(line, "row")
    across = [number for number, sheet in enumerate(sheets) if sheet.across]
    if not across:
        return at.cast(nw.String)
    columns = found.filter(nw.col("sheet").is_in(across))["row"].unique().to_list()
    letters = reduce(
        lambda rest, n: nw.when(at == n).then(nw.lit(column_letters(n - 1))).otherwise(rest),
        columns,
        at.cast(nw.String),
    )
    return nw.when(nw.col("sheet").is_in(across)).then(letters).otherwise(at.cast(nw.String))
