"""Columns of text in, columns of figures out, and a finding for every cell that is none.

Each distinct text of a sheet's column is read once, by `numbers`, in the style of that column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.model import MARK, Finding, Sheet
from recount.numbers import LARGEST, Unread, column_style, parse_count, parse_station, why
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
    plain = engine.plain_counts(rows, ["tps"], range(1, LARGEST_STATION + 1))
    return _odd_stations(plain.rename({"tps": "station", "odd tps": "odd"}), context)


def _odd_stations(rows: Frame, context: Context) -> Parsed:
    """Read what is not plainly a number: `TPS 1`, `1.0`; the rest has no station, or no region."""
    texts = rows["odd"].drop_nulls().unique().to_list()
    if not texts:
        station = nw.col("station").fill_null(-1).cast(nw.Int32)
        return Parsed(rows.with_columns(station).drop("odd"), [])
    read = {text: parse_station(text) for text in texts}
    lookup = engine.table(
        {"odd": texts, "read": [n if isinstance(n, int) else None for n in read.values()]},
        {"odd": nw.String(), "read": nw.Int64()},
    )
    strange = {text: n for text, n in read.items() if not _plain_station(n)}
    unread = nw.col("odd").is_in([text for text, n in strange.items() if not isinstance(n, int)])
    node = nw.when(unread.fill_null(value=False)).then(UNMATCHED).otherwise(nw.col("node"))
    rows = rows.join(lookup, on="odd", how="left").with_columns(
        nw.coalesce("station", "read").fill_null(-1).cast(nw.Int32).alias("station"),
        node.cast(nw.Int32).alias("node"),
    )
    found = rows.filter(nw.col("odd").is_in(list(strange))).sort("sheet", "row")
    cells = zip(*(found[name].to_list() for name in ("sheet", "row", "odd")), strict=True)
    findings = [_station(context, sheet, row, text, strange[text]) for sheet, row, text in cells]
    return Parsed(rows.drop("odd", "read"), findings)


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


def read_boxes(rows: Frame, boxes: Sequence[str], context: Context) -> Parsed:
    """Read all boxes: nullable Int64 columns in the place of the text, blank is null.

    Plain digits are read by the engine; each distinct other text once, by `numbers`.
    """
    rows = engine.plain_counts(rows, boxes, range(LARGEST + 1))
    findings: list[Finding] = []
    for box in boxes:
        if not rows[f"odd {box}"].is_null().all():
            rows, found = _read_odd(rows, box, context)
            findings += found
    return Parsed(rows.drop(*(f"odd {box}" for box in boxes)), findings)


def _read_odd(rows: Frame, box: str, context: Context) -> Parsed:
    odd = f"odd {box}"
    cells = rows.select("sheet", odd).drop_nulls().unique()
    pairs = list(zip(cells["sheet"].to_list(), cells[odd].to_list(), strict=True))
    read = _in_style(pairs)
    lookup = engine.table(
        {
            "sheet": [sheet for sheet, _ in pairs],
            odd: [text for _, text in pairs],
            "figure": [n if isinstance(n, int) else None for n in read.values()],
        },
        {"sheet": nw.Int32(), odd: nw.String(), "figure": nw.Int64()},
    )
    joined = rows.join(lookup, on=["sheet", odd], how="left")
    unread = {pair: n for pair, n in read.items() if isinstance(n, Unread) and n.reason != "blank"}
    findings = _unread(joined, box, unread, context) if unread else []
    return Parsed(joined.with_columns(nw.coalesce(box, "figure")).drop("figure"), findings)


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
    odd = f"odd {box}"
    cells = rows.filter(nw.col(odd).is_in(sorted({text for _, text in unread})))
    own = [f"row {box}", "row"] if f"row {box}" in rows.columns else ["row"]
    cells = cells.with_columns(line=nw.coalesce(*own)).sort("sheet", "line")
    names = ("sheet", odd, "line", "node", "station")
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
