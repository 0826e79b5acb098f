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
    from collections.abc import Iterable, Mapping, Sequence

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


def read_figures(rows: Frame, boxes: Sequence[str], context: Context) -> Parsed:
    """Read the TPS numbers and all boxes of rows of text: every cell a figure or a finding.

    Out: `station` (Int32), -1 where the row is no station, and each box as a nullable Int64 column
    in the place of the text; blank is null. A TPS number that cannot be read leaves its row without
    a region (`node` UNMATCHED). Plain digits are read by the engine, each distinct other text once,
    by `numbers`.
    """
    stations = {"tps": range(1, LARGEST_STATION + 1)} if "tps" in rows.columns else {}
    counts = dict.fromkeys(boxes, range(LARGEST + 1))
    read, odd = engine.plain_counts(rows, stations | counts)
    if not stations:
        read, findings = read.with_columns(station=nw.lit(-1, nw.Int32)), []
    else:
        cells = _odd_cells(rows, "tps", odd["tps"])
        read, findings = _read_stations(read, cells, context)
    for box in boxes:
        if len(odd[box]):
            cells = _odd_cells(rows, box, odd[box])
            read, found = _read_box(read, box, cells, context)
            findings += found
    return Parsed(read, findings)


def _odd_cells(rows: Frame, column: str, at: nw.Series[Any]) -> Frame:
    """The cells of a column that are not plainly a number: `at`, `sheet`, `row`, `text`."""
    line = f"row {column}"
    known = nw.coalesce(line, "row") if line in rows.columns else nw.col("row")
    cells = rows.select("sheet", known.alias("row"), nw.col(column).alias("text"))[at]
    return cells.with_columns(at.alias("at"))


def _read_stations(rows: Frame, odd: Frame, context: Context) -> Parsed:
    read = {text: parse_station(text) for text in odd["text"].unique().to_list()}
    numbers = {text: number for text, number in read.items() if isinstance(number, int)}
    station = _put_in(rows["tps"], odd, {"text": numbers}, numbers.values())
    strange = {text: number for text, number in read.items() if not _plain_station(number)}
    lost = {text: UNMATCHED for text in strange.keys() - numbers.keys()}
    node = _put_in(rows["node"], odd, {"text": lost}, lost.values())
    rows = rows.with_columns(station.fill_null(-1).cast(nw.Int32).alias("station"), node)
    found = odd.filter(nw.col("text").is_in(list(strange))).sort("sheet", "row")
    cells = found.select("sheet", "row", "text").iter_rows()
    findings = [_station(context, sheet, row, text, strange[text]) for sheet, row, text in cells]
    return Parsed(rows.drop("tps"), findings)


def _put_in(
    column: nw.Series[Any], odd: Frame, keys: Mapping[str, Iterable[object]], values: Iterable[int]
) -> nw.Series[Any]:
    """Put numbers into the places of odd cells, by their text (and sheet)."""
    schema = {name: odd.schema[name] for name in keys}
    lookup = engine.table({**keys, "number": values}, {**schema, "number": column.dtype})
    if odd.is_empty() or lookup.is_empty():
        return column
    found = odd.join(lookup, on=list(keys), how="inner")
    return column.scatter(found["at"], found["number"])


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


def _read_box(rows: Frame, box: str, odd: Frame, context: Context) -> Parsed:
    read = _read_odd(odd)
    numbers = {pair: number for pair, number in read.items() if isinstance(number, int)}
    keys = {"sheet": [sheet for sheet, _ in numbers], "text": [text for _, text in numbers]}
    findings = _unread(odd, box, read, rows.select("node", "station"), context)
    return Parsed(rows.with_columns(_put_in(rows[box], odd, keys, numbers.values())), findings)


def _read_odd(odd: Frame) -> dict[tuple[int, str], int | Unread]:
    """Read each distinct text once, in the style of its own sheet's column."""
    by_sheet: dict[int, list[str]] = {}
    for sheet, text in odd.select("sheet", "text").unique().iter_rows():
        by_sheet.setdefault(sheet, []).append(text)
    styles = {sheet: column_style(texts) for sheet, texts in by_sheet.items()}
    return {
        (sheet, text): parse_count(text, styles[sheet])
        for sheet, texts in by_sheet.items()
        for text in texts
    }


def _unread(
    odd: Frame,
    box: str,
    read: Mapping[tuple[int, str], int | Unread],
    units: Frame,
    context: Context,
) -> list[Finding]:
    """Say of every cell that is neither blank nor a number why it is none."""
    causes = {pair: n for pair, n in read.items() if isinstance(n, Unread) and n.reason != "blank"}
    if not causes:
        return []
    cells = odd.filter(nw.col("text").is_in(list({text for _, text in causes})))
    cells = cells.with_columns(*(engine.gather(units[name], cells["at"]) for name in units.columns))
    names = ("sheet", "text", "row", "node", "station")
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
        for sheet, text, row, node, station in cells.sort("sheet", "row").select(*names).iter_rows()
        if (cause := causes.get((sheet, text))) is not None
    ]
