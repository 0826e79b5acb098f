"""A report in, a workbook out: the answer, then each table in full on a sheet of its own.

Texts are written as texts (no formula, no link), numbers as real numbers. The same report gives
the same bytes. xlsxwriter lays the sheets out; their rows are put in a column at a time.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from recount.report._sheet_answer import NAME, write_answer
from recount.report._sheet_cells import Cells, Strings, cells, printable, rows
from recount.report._sheet_looks import (
    CREATED,
    LINE,
    formats,
    height,
    options,
    print_on_pages,
    shade,
    shades,
)
from recount.report._sheet_notes import noted, write_notes
from recount.report._sheet_package import Package
from recount.report._sheet_titles import sheet_titles
from recount.report.shape import PLAIN
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report._sheet_looks import Formats, Shade
    from recount.report.shape import Column, Look, Report, Table

    Shades = Mapping[str, list[Shade]]

ROWS = 1_048_576 - 1
"""Rows a sheet holds below its heading."""

NARROWEST, WIDEST, LOOKED_AT = 8, 44, 200
"""Characters of a column; how many of its first cells are looked at for its width."""

NAMING = ("name", "file", "path")
"""Columns that stay in sight with all that stands left of them, the first of these there is."""


IN_SIGHT = 60
"""Characters that may stay in sight: about half a small screen."""

WIDER = {"sha256": 66}
"""Columns that are wide, so that what is compared by eye stays in one line."""


class Sheet(NamedTuple):
    """One sheet to be: what it is called, its columns, its rows, and how wide its columns are."""

    title: str
    columns: tuple[Column, ...]
    frame: pl.DataFrame
    held: tuple[Cells, ...]
    widths: tuple[int, ...]


def render(report: Report, look: Look = PLAIN) -> bytes:  # noqa: ARG001 - one look for workbooks
    """Write the workbook: first the answer, then every sheet of the report."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    sheets = [sheet for table in report.sheets() for sheet in planned(table)]
    answer, *names = sheet_titles([speak(NAME, report.lang), *(one.title for one in sheets)])
    buffer = BytesIO()
    book = Workbook(buffer, options())
    book.set_properties({"created": CREATED, "title": printable(report.title)})
    looks, shaded = formats(book), shades(book, report.lang)
    listed = [
        (name, one.frame.height, noted(one.columns, one.frame))
        for name, one in zip(names, sheets, strict=True)
    ]
    status = any(_has_status(one) for one in sheets)
    legend = shaded["status"] if status else ()
    write_answer(book.add_worksheet(answer), report, looks, listed, legend)
    for name, one in zip(names, sheets, strict=True):
        _lay_out(book.add_worksheet(name), one, looks, shaded)
    book.close()
    return _filled(buffer.getvalue(), sheets)


def planned(table: Table) -> Iterator[Sheet]:
    """Plan the sheets of a table: by what divides it, and no more rows than a sheet holds.

    A column without a single cell in it is left out.
    """
    known = table.rows.collect_schema().names()
    notes = (column.note for column in table.columns if column.note)
    sources = {name for column in table.columns for name in (column.source, *column.of)}
    wanted = sources | set(table.divided) | {note for note in notes if note in known}
    frame = table.rows.select(sorted(wanted)).collect()
    for title, own in _divided(table, frame):
        columns = tuple(
            column
            for column in table.columns
            if column.source not in table.divided and _said(own, column)
        )
        for at, piece in enumerate(parts(own), start=1):
            named = title if at == 1 else f"{title} ({at})"
            held = tuple(cells(piece.get_column(column.source)) for column in columns)
            widths = tuple(_width(column, piece) for column in columns)
            yield Sheet(named, columns, piece, held, widths)


def parts(frame: pl.DataFrame, most: int = ROWS) -> Iterator[pl.DataFrame]:
    """Cut a table into pieces that a sheet can hold; an empty table is one piece."""
    for start in range(0, max(frame.height, 1), most):
        yield frame.slice(start, most)


def _divided(table: Table, frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """A table's rows by what divides them, each called after it; nothing without rows."""
    if not table.divided or frame.is_empty():
        yield table.title, frame
        return
    for own in frame.partition_by(*table.divided, maintain_order=True):
        yield " ".join((table.title, *map(str, own.select(table.divided).row(0)))), own


def _said(frame: pl.DataFrame, column: Column) -> bool:
    """Whether a column says anything: where it is optional, and more than the one it is of."""
    if not column.optional:
        return True
    held = frame.get_column(column.source)
    if column.kind == "number" and column.of:
        return not held.equals(frame.get_column(column.of[0]))
    return held.null_count() < frame.height


def _has_status(one: Sheet) -> bool:
    return one.frame.height > 0 and any(column.key == "status" for column in one.columns)


def _lay_out(sheet: Worksheet, one: Sheet, looks: Formats, shaded: Shades) -> None:
    """Heading, widths, filter, notes; a row of blank cells that says the look of each column."""
    last = len(one.columns) - 1
    for index, (column, width) in enumerate(zip(one.columns, one.widths, strict=True)):
        head = looks.head if column.kind == "text" else looks.head_number
        sheet.write_string(0, index, column.title, head)
        sheet.set_column(index, index, width)
        if one.frame.height:
            sheet.write_blank(1, index, None, _look(one, index, looks))
    if any(
        len(column.title) > width for column, width in zip(one.columns, one.widths, strict=True)
    ):
        sheet.set_row(0, 2 * LINE)
    if one.frame.height:
        # So that the sheet's dimension is known; the rows themselves come later.
        sheet.write_blank(one.frame.height, last, None, _look(one, last, looks))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.freeze_panes(1, _in_sight(one))
    sheet.autofilter(0, 0, one.frame.height, last)
    shade(sheet, one.columns, one.frame.height, shaded)
    print_on_pages(sheet)
    write_notes(sheet, one.columns, one.frame)


def _look(one: Sheet, index: int, looks: Formats) -> Format:
    column, width = one.columns[index], one.widths[index]
    if column.kind == "signed":
        return looks.signed
    source = one.frame.get_column(column.source)
    if source.dtype.is_float():
        return looks.fraction
    if source.dtype.is_integer():
        return looks.number
    return looks.wrapped if width == WIDEST else looks.text


def _in_sight(one: Sheet) -> int:
    """How many columns stay in sight when the others move; none where they would take it all."""
    keys = [column.key for column in one.columns]
    kept = next((keys.index(key) + 1 for key in NAMING if key in keys), 0)
    return kept if sum(one.widths[:kept]) <= IN_SIGHT else 0


def _filled(data: bytes, sheets: Sequence[Sheet]) -> bytes:
    """Put the rows of all sheets into the workbook; the answer's sheet is the first."""
    package = Package(data)
    strings = Strings([held for one in sheets for held in one.held], package.strings())
    filled = {
        at: rows(one.held, package.styles(at), _heights(one), strings)
        for at, one in enumerate(sheets, start=2)
        if one.frame.height
    }
    return package.finished(filled, strings.xml(), strings.mentions, len(strings))


def _heights(one: Sheet) -> pl.Series:
    """The height of every row whose longest text takes several lines; null: as usual."""
    import polars as pl

    lengths = [
        held.texts.str.len_chars().fill_null(0).alias(str(at))
        for at, (held, width) in enumerate(zip(one.held, one.widths, strict=True))
        if held.texts is not None and width == WIDEST
    ]
    if not lengths:
        return pl.repeat(None, one.frame.height, dtype=pl.Int64, eager=True)
    longest = pl.DataFrame(lengths).max_horizontal()
    return (
        longest.to_frame("longest")
        .select(
            pl.when(pl.col("longest") > WIDEST).then(
                pl.col("longest").map_batches(_points, return_dtype=pl.Int64)
            )
        )
        .to_series()
    )


def _points(lengths: pl.Series) -> pl.Series:
    import polars as pl

    return pl.Series([height(length, WIDEST) for length in lengths], dtype=pl.Int64)


def _width(column: Column, piece: pl.DataFrame) -> int:
    """Wide enough for the first rows, and for the heading in two lines, within bounds."""
    first = piece.get_column(column.source).head(LOOKED_AT).drop_nulls().to_list()
    longest = max(map(_shown, first), default=0)
    heading = max(ceil(len(column.title) / 2) + 1, *map(len, column.title.split() or [""]))
    return min(max(longest, heading + 2, NARROWEST) + 2, WIDER.get(column.key, WIDEST))


def _shown(cell: object) -> int:
    return len(f"{cell:+,}") if isinstance(cell, int) else len(str(cell))
