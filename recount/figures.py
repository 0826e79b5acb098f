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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
        region = self.regions.nodes.region[node]
        return region if station < 0 else station_region(region, station)


class Odd(NamedTuple):
    """Cells of a column that are not plainly a number, and what each distinct text is read as.

    `cells`: `at` (where in the table the row stands), `sheet`, `row` (the line), `text`. `read`: by
    sheet and text. Only texts that somebody should look at are kept.
    """

    cells: Frame
    read: Mapping[tuple[int, str], int | Unread]


class Told(NamedTuple):
    """A cell to be told of: where it stands, what is written, what it is read as."""

    sheet: int
    row: int
    text: str
    read: int | Unread
    at: int


class Figures(NamedTuple):
    """Rows with their figures: `station` (Int32, -1: no station), each box as nullable Int64.

    `lost`: the rows whose TPS number cannot be read. `stations`, `boxes`: what to look at.
    """

    rows: Frame
    lost: nw.Series[Any] | None
    stations: Odd | None
    boxes: Mapping[str, Odd]


def read_figures(rows: Frame, boxes: Sequence[str]) -> Figures:
    """Read the TPS numbers and all boxes of rows of text: every cell a figure or a finding.

    Blank is null. Plain digits are read by the engine, each distinct other text once, by
    `numbers`.
    """
    tps = {"tps": range(1, LARGEST_STATION + 1)} if "tps" in rows.columns else {}
    read, odd = engine.plain_counts(rows, tps | dict.fromkeys(boxes, range(LARGEST + 1)))
    stations, lost = None, None
    if tps:
        read, stations, lost = _read_stations(read, _odd_cells(rows, "tps", odd["tps"]))
    else:
        read = read.with_columns(station=nw.lit(-1, nw.Int32))
    found = {}
    for box in boxes:
        if len(odd[box]):
            column, found[box] = _read_box(read[box], _odd_cells(rows, box, odd[box]))
            read = read.with_columns(column)
    return Figures(read, lost, stations, found)


def _odd_cells(rows: Frame, column: str, at: nw.Series[Any]) -> Frame:
    line = f"row {column}"
    known = nw.coalesce(line, "row") if line in rows.columns else nw.col("row")
    cells = rows.select("sheet", known.alias("row"), nw.col(column).alias("text"))[at]
    return cells.with_columns(at.alias("at"))


def _read_stations(rows: Frame, cells: Frame) -> tuple[Frame, Odd, nw.Series[Any] | None]:
    read = {text: parse_station(text) for text in cells["text"].unique().to_list()}
    numbers = {text: number for text, number in read.items() if isinstance(number, int)}
    station = _put_in(rows["tps"], cells, {"text": numbers}, numbers.values())
    rows = rows.with_columns(station.fill_null(-1).cast(nw.Int32).alias("station")).drop("tps")
    strange = {text: number for text, number in read.items() if not _plain_station(number)}
    odd = cells.filter(nw.col("text").is_in(list(strange)))
    pairs = {(sheet, t): strange[t] for sheet, t in odd.select("sheet", "text").iter_rows()}
    lost = odd.filter(nw.col("text").is_in([t for t in strange if t not in numbers]))["at"]
    return rows, Odd(odd, pairs), lost if len(lost) else None


def _read_box(column: nw.Series[Any], cells: Frame) -> tuple[nw.Series[Any], Odd]:
    read = _read_in_style(cells)
    numbers = {pair: number for pair, number in read.items() if isinstance(number, int)}
    sheets, texts = [sheet for sheet, _ in numbers], [text for _, text in numbers]
    filled = _put_in(column, cells, {"sheet": sheets, "text": texts}, numbers.values())
    unread = {pair: n for pair, n in read.items() if isinstance(n, Unread) and n.reason != "blank"}
    odd = cells.filter(nw.col("text").is_in(list({text for _, text in unread})))
    return filled, Odd(odd, unread)


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


def _read_in_style(odd: Frame) -> dict[tuple[int, str], int | Unread]:
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


def findings_of(figures: Figures, nodes: nw.Series[Any], context: Context) -> list[Finding]:
    """Say of every cell that is neither blank nor a plain figure what it is.

    `nodes`: the node of every row, UNMATCHED where it has none.
    """
    found = [_station(context, cell) for cell in _told(figures.stations)]
    rows = figures.rows.select("station").with_columns(nodes.alias("node"))
    for box, odd in figures.boxes.items():
        for cell in _told(odd):
            if isinstance(cell.read, Unread):
                station, node = rows.row(cell.at)
                place = context.sheets[cell.sheet].place(cell.row, box)
                region = context.region(node, station)
                found.append(_unread(cell.read, place, region, context.side))
    return found


def contradicted(figures: Figures, context: Context) -> tuple[list[int], list[Finding]]:
    """The rows whose code names another TPS than their column does; what to say of them."""
    if "coded" not in figures.rows.columns:
        return [], []
    number = nw.col("coded").cast(nw.Int32)
    both = figures.rows.select("sheet", "row", "station", number).with_row_index("at")
    apart = both.filter((nw.col("station") >= 0) & (nw.col("coded") != nw.col("station")))
    findings = [
        Finding(
            "code-station",
            "error",
            say(
                "The code is that of TPS {coded}, but TPS {number} stands beside it.",
                coded=str(coded),
                number=str(number),
            ),
            say("Correct the code or the TPS number; until then the row is left out."),
            context.sheets[sheet].place(row, "tps"),
            context.side,
        )
        for sheet, row, number, coded in apart.select(
            "sheet", "row", "station", "coded"
        ).iter_rows()
    ]
    return apart["at"].to_list(), findings


def _told(odd: Odd | None) -> Iterator[Told]:
    """The cells to be told of, by sheet and line."""
    if odd is None:
        return
    ordered = odd.cells.sort("sheet", "row").select("sheet", "row", "text", "at")
    for sheet, row, text, at in ordered.iter_rows():
        if (sheet, text) in odd.read:
            yield Told(sheet, row, text, odd.read[sheet, text], at)


def _station(context: Context, cell: Told) -> Finding:
    place = context.sheets[cell.sheet].place(cell.row, "tps")
    shown = cell.text.removeprefix(MARK)
    if isinstance(cell.read, int):
        message = say("“{text}” is a TPS number of more than three digits.", text=shown)
        mend = say("Compare it with the form; the row is used as it stands.")
        return Finding("R12", "warning", message, mend, place, context.side)
    message = say("“{text}” is no TPS number.", text=shown)
    mend = say("Write the number as on the form, such as 001; until then the row is left out.")
    return Finding("station", "error", message, mend, place, context.side)


def _unread(cause: Unread, place: str, region: str | None, side: Side) -> Finding:
    return Finding(
        "R12" if cause.reason in {"negative", "fraction"} else "unread",
        "error",
        why(cause),
        say("Compare the cell with the form; until then it counts as not read."),
        place,
        side,
        region,
    )
