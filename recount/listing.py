"""Compared levels in, the list of comparisons out, with names, places and order for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.addresses import addresses
from recount.diagnoses import CAUSES, with_causes
from recount.model import LEVELS
from recount.recap import with_recap
from recount.region_names import names
from recount.verdict import CODE, SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recount.choose import Key
    from recount.engine import Frame, Lazy
    from recount.model import Sheet
    from recount.regions import Regions


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
    "recap": nw.Int64(),
    "difference": nw.Int64(),
    "status": nw.String(),
    "ours_read": nw.Int64(),
    "ours_expected": nw.Int64(),
    "theirs_read": nw.Int64(),
    "theirs_expected": nw.Int64(),
    "effect": nw.Int64(),
    "place_ours": nw.String(),
    "place_theirs": nw.String(),
    **CAUSES,
}


COUNTS = {"or": "ours_read", "oe": "ours_expected", "tr": "theirs_read", "te": "theirs_expected"}


class Source(NamedTuple):
    """Where a side's forms stand: the forms, their levels and sheets; `places` overrule these."""

    forms: Lazy
    levels: Collection[int]
    sheets: Sequence[Sheet]
    places: Mapping[Key, str]


class Lister(NamedTuple):
    """For a contest; `up`: aggregate.ancestors; `recap`: recap_figures; `causes`: explain."""

    contest: str
    items: tuple[str, ...]
    leaders: tuple[str, ...]
    regions: Regions
    up: Frame
    ours: Source
    theirs: Source
    everything: bool
    recap: Frame | None = None
    causes: Frame | None = None


def comparisons(lister: Lister, shown: Frame) -> Frame:
    """List what is not equal, or everything, level by level from the top (columns: COLUMNS).

    `shown`: as in reconcile.Compared.
    """
    if shown.is_empty():
        return engine.table({name: [] for name in COLUMNS}, COLUMNS)
    # Lazily, so that Polars does it in one go.
    frame = shown.lazy().with_columns(_effect(lister), _size(lister.items))
    frame = frame.with_columns(_share(lister.items))
    long = nw.concat([_of_item(frame, item, at, lister) for at, item in enumerate(lister.items)])
    regions = names(lister.regions, lister.up, shown).lazy()
    named = long.join(regions, on=["node", "station"], how="left")
    for side, source in (("ours", lister.ours), ("theirs", lister.theirs)):
        places = _places(source, shown, lister.items, side).lazy()
        named = named.join(places, on=["level", "unit", "item"], how="left")
    named = with_causes(with_recap(named, lister.recap), lister.causes)
    keys = ("level", "effect", "size", "share", "region", "order")
    ordered = named.sort(*keys, descending=[False, True, True, True, False, False])
    levels = nw.col("level").replace_strict(
        list(range(len(LEVELS))), list(LEVELS), return_dtype=nw.String
    )
    listed = ordered.with_columns(levels, contest=nw.lit(lister.contest))
    return engine.collect(listed.select(*COLUMNS))


def _size(items: Sequence[str]) -> nw.Expr:
    """The largest difference of a region in any box; so its rows stay together."""
    sizes = ((nw.col(f"{item}|o") - nw.col(f"{item}|t")).abs().fill_null(0) for item in items)
    return nw.max_horizontal(*sizes).alias("size")


def _share(items: Sequence[str]) -> nw.Expr:
    """That difference as a share of the region's largest figure: what is small shows it most."""
    figures = (nw.col(f"{item}|{side}") for item in items for side in "ot")
    whole = nw.max_horizontal(*figures).fill_null(0)
    share = nw.col("size").cast(nw.Float64) / nw.when(whole > 0).then(whole).otherwise(1)
    return share.alias("share")


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
        "level",
        "unit",
        "node",
        "station",
        "effect",
        "size",
        "share",
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


def _places(source: Source, frame: Frame, items: Sequence[str], side: str) -> Frame:
    """The address of every cell shown, by `level`, `unit`, `item`; a sum has none."""
    column = f"place_{side}"
    schema = {"level": nw.Int8(), "unit": nw.Int64(), "item": nw.String(), column: nw.String()}
    none = engine.table({name: [] for name in schema}, schema)
    keys = engine.along(frame.select("level", "unit"), source.forms)
    found = engine.collect(source.forms.join(keys, on=["level", "unit"], how="inner"))
    parts = [
        _places_of(found, item, source.sheets, column) for item in items if item in found.columns
    ]
    places = nw.concat(parts) if parts else none
    if not source.places:
        return places
    known = [(*key, text) for key, text in source.places.items()]
    decided = engine.table(dict(zip(schema, zip(*known, strict=True), strict=True)), schema)
    return nw.concat([places.join(decided, on=["level", "unit", "item"], how="anti"), decided])


def _places_of(found: Frame, item: str, sheets: Sequence[Sheet], column: str) -> Frame:
    line = f"row {item}" if f"row {item}" in found.columns else "row"
    place = addresses(found, nw.coalesce(line, "row"), item, sheets)
    return found.select("level", "unit", nw.lit(item).alias("item"), place.alias(column))
