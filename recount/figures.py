"""Columns of text in, columns of figures out, and a finding for every cell that is none.

Each distinct text of a sheet's column is read once, by `numbers`, in the style of that column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.model import MARK, Finding, Sheet
from recount.numbers import Unread, column_style, parse_count, parse_station, why
from recount.regions import UNMATCHED, station_region
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import Side
    from recount.regions import Regions

    Frame = nw.DataFrame[Any]

LARGEST_STATION = 999
"""The TPS number on a form has three digits (R12)."""


class Context(NamedTuple):
    """Whose cells are read, on which sheets they stand, and how a region is printed."""

    side: Side
    sheets: Sequence[Sheet]
    regions: Regions

    def region(self, node: int, station: int) -> str | None:
        """The printed code of a row's region; None where it has none."""
        if node == UNMATCHED:
            return None
        region = self.regions.nodes[node].region
        return region if station < 0 else station_region(region, station)


class Parsed(NamedTuple):
    """The rows with the column as figures, and the findings."""

    rows: Frame
    findings: list[Finding]


def read_stations(rows: Frame, context: Context) -> Parsed:
    """Read the TPS number of each row: `station` (Int32), -1 where the row is no station.

    A number that cannot be read leaves its row without a region (`node` UNMATCHED).
    """
    if "tps" not in rows.columns:
        return Parsed(rows.with_columns(station=nw.lit(-1, nw.Int32)), [])
    texts = rows["tps"].drop_nulls().unique().to_list()
    read = {text: parse_station(text) for text in texts}
    lookup = engine.table(
        {"tps": texts, "station": [n if isinstance(n, int) else None for n in read.values()]},
        {"tps": nw.String(), "station": nw.Int64()},
    )
    rows = rows.join(lookup, on="tps", how="left").with_columns(
        nw.col("station").fill_null(-1).cast(nw.Int32)
    )
    odd = {text: n for text, n in read.items() if not _plain_station(n)}
    if not odd:
        return Parsed(rows, [])
    strange = rows.filter(nw.col("tps").is_in(list(odd))).sort("sheet", "row")
    cells = zip(*(strange[name].to_list() for name in ("sheet", "row", "tps")), strict=True)
    findings = [_station(context, sheet, row, text, odd[text]) for sheet, row, text in cells]
    unread = nw.col("tps").is_in([text for text, n in odd.items() if not isinstance(n, int)])
    node = nw.when(unread.fill_null(value=False)).then(UNMATCHED).otherwise(nw.col("node"))
    return Parsed(rows.with_columns(node=node.cast(nw.Int32)), findings)


def _plain_station(read: int | Unread) -> bool:
    if isinstance(read, Unread):
        return read.reason == "blank"
    return read <= LARGEST_STATION


def _station(context: Context, sheet: int, row: int, text: str, read: int | Unread) -> Finding:
    place = context.sheets[sheet].place(row, "tps")
    shown = text.removeprefix(MARK)
    if isinstance(read, int):
        message = say("“{text}” is a TPS number of more than three digits.", text=shown)
        mend = say("Compare it with the form; the row is used as it stands.")
        return Finding("R12", "warning", message, mend, place, context.side)
    message = say("“{text}” is no TPS number.", text=shown)
    mend = say("Write the number as on the form, such as 001; until then the row is left out.")
    return Finding("station", "error", message, mend, place, context.side)


def read_box(rows: Frame, box: str, context: Context) -> Parsed:
    """Read one box: a nullable Int64 column in the place of the text, blank is null."""
    cells = rows.select("sheet", box).drop_nulls().unique()
    pairs = list(zip(cells["sheet"].to_list(), cells[box].to_list(), strict=True))
    read = _in_style(pairs)
    lookup = engine.table(
        {
            "sheet": [sheet for sheet, _ in pairs],
            box: [text for _, text in pairs],
            "figure": [n if isinstance(n, int) else None for n in read.values()],
        },
        {"sheet": nw.Int32(), box: nw.String(), "figure": nw.Int64()},
    )
    # On a single sheet the text alone says which cell it is.
    keys = ["sheet", box] if len(context.sheets) > 1 else [box]
    if len(context.sheets) == 1:
        lookup = lookup.drop("sheet")
    joined = rows.join(lookup, on=keys, how="left")
    unread = {pair: n for pair, n in read.items() if isinstance(n, Unread) and n.reason != "blank"}
    findings = _unread(joined, box, unread, context) if unread else []
    return Parsed(joined.drop(box).rename({"figure": box}), findings)


def _in_style(pairs: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int | Unread]:
    """Read texts, each in the style of its own sheet's column."""
    by_sheet: dict[int, list[str]] = {}
    for sheet, text in pairs:
        by_sheet.setdefault(sheet, []).append(text)
    styles = {sheet: column_style(texts) for sheet, texts in by_sheet.items()}
    return {(sheet, text): parse_count(text, styles[sheet]) for sheet, text in pairs}


def _unread(
    rows: Frame, box: str, unread: Mapping[tuple[int, str], Unread], context: Context
) -> list[Finding]:
    cells = rows.filter(nw.col(box).is_in(sorted({text for _, text in unread})))
    own = [f"row {box}", "row"] if f"row {box}" in rows.columns else ["row"]
    cells = cells.with_columns(line=nw.coalesce(*own)).sort("sheet", "line")
    names = ("sheet", box, "line", "node", "station")
    values = zip(*(cells[name].to_list() for name in names), strict=True)
    return [
        Finding(
            "R12" if cause.reason in {"negative", "fraction"} else "unread",
            "error",
            why(cause),
            say("Compare the cell with the form; until then it counts as not read."),
            context.sheets[sheet].place(row, box),
            context.side,
            context.region(node, station),
        )
        for sheet, text, row, node, station in values
        if (cause := unread.get((sheet, text))) is not None
    ]
