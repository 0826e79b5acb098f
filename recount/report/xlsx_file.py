"""A report in, a workbook out: the answer, then each table in full on a sheet of its own.

Texts are written as texts (no formula, no link), numbers as real numbers. The same report gives
the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from recount.report.shape import PLAIN
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report.shape import Column, Look, Report, Table

ROWS = 1_048_576 - 1
"""Rows a sheet holds below its heading."""

LONGEST = 32_000
"""Characters of a cell; a sheet holds 32,767."""

EXACT = 10**15
"""From here on a spreadsheet's numbers lose their last digits; such a number becomes a text."""

CREATED = datetime(2018, 6, 27, tzinfo=UTC).replace(tzinfo=None)
"""A fixed time, so that the bytes do not depend on the day."""

A4 = 9
"""The number of this paper in a workbook."""

LINE = 15
"""Height of a line of text, in points."""

_UNSHOWN = r"[\p{C}\p{Zl}\p{Zp}]"

NARROWEST, WIDEST, LOOKED_AT, ANSWER = 8, 60, 200, 80


class Formats(NamedTuple):
    """How cells look: headings over texts and numbers, numbers, differences, sentences, title."""

    head: Format
    head_number: Format
    number: Format
    signed: Format
    wrapped: Format
    title: Format


def render(report: Report, look: Look = PLAIN) -> bytes:  # noqa: ARG001 - one look for workbooks
    """Write the workbook: first the answer, then every sheet of the report."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(buffer, options)
    book.set_properties({"created": CREATED, "title": printable(report.title)})
    formats = _formats(book)
    _write_answer(book.add_worksheet(speak(say("Answer"), report.lang)), report, formats)
    for table in report.sheets():
        _write_table(book, table, formats)
    book.close()
    return buffer.getvalue()


def parts(frame: pl.DataFrame, rows: int = ROWS) -> Iterator[pl.DataFrame]:
    """Cut a table into pieces that a sheet can hold; an empty table is one piece."""
    for start in range(0, max(frame.height, 1), rows):
        yield frame.slice(start, rows)


def printable(text: str) -> str:
    """Write out what XML cannot hold; a text beyond a cell's room says how much was left off."""
    safe = harmless(text)
    if len(safe) <= LONGEST:
        return safe
    return f"{safe[:LONGEST]} ... (+{len(safe) - LONGEST})"


def _formats(book: Workbook) -> Formats:
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    return Formats(
        head=book.add_format(head),
        head_number=book.add_format({**head, "align": "right"}),
        number=book.add_format({"num_format": "#,##0_ ", "valign": "top"}),
        signed=book.add_format({"num_format": "+#,##0_ ;-#,##0_ ;0_ ", "valign": "top"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        title=book.add_format({"bold": True, "font_size": 14}),
    )


def _write_answer(sheet: Worksheet, report: Report, formats: Formats) -> None:
    sheet.set_column(0, 0, ANSWER)
    sheet.write_string(0, 0, printable(report.title), formats.title)
    lines = ("", *report.answer, "", *report.closing, "", *report.sources, *report.notes)
    for at, line in enumerate(lines, start=1):
        text = printable(line.strip())
        sheet.set_row(at, LINE * max(1, ceil(len(text) / ANSWER)))
        sheet.write_string(at, 0, text, formats.wrapped)
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.4)
    sheet.fit_to_pages(1, 0)


def _write_table(book: Workbook, table: Table, formats: Formats) -> None:
    """Write a table on one sheet or more; a column without a single cell in it is left out."""
    sources = {column.source for column in table.columns}
    frame = table.rows.select(sorted(sources)).collect()
    columns = [column for column in table.columns if _said(frame, column)]
    for at, piece in enumerate(parts(frame), start=1):
        sheet = book.add_worksheet(table.title if at == 1 else f"{table.title} ({at})")
        _lay_out(sheet, columns, piece, formats)
        _write_rows(sheet, columns, piece, formats)


def _said(frame: pl.DataFrame, column: Column) -> bool:
    return not column.optional or frame.get_column(column.source).null_count() < frame.height


def _lay_out(
    sheet: Worksheet, columns: Sequence[Column], piece: pl.DataFrame, formats: Formats
) -> None:
    """Heading, widths, filter; in print landscape, as wide as a page, headed on every page."""
    for index, column in enumerate(columns):
        head = formats.head if column.kind == "text" else formats.head_number
        sheet.write_string(0, index, column.title, head)
        first = piece.get_column(column.source).head(LOOKED_AT).to_list()
        sheet.set_column(index, index, _width(column.title, first))
    if any(" " in column.title for column in columns):
        sheet.set_row(0, 2 * LINE)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, piece.height, len(columns) - 1)
    _print_on_pages(sheet)
    sheet.repeat_rows(0)


def _print_on_pages(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _write_rows(
    sheet: Worksheet, columns: Sequence[Column], piece: pl.DataFrame, formats: Formats
) -> None:
    number, text, wrapped = sheet.write_number, sheet.write_string, formats.wrapped
    held = [_printable(piece.get_column(column.source)) for column in columns]
    styles = [formats.signed if one.kind == "signed" else formats.number for one in columns]
    long = [index for index, cells in enumerate(held) if _widest(cells) > WIDEST]
    for at, row in enumerate(zip(*held, strict=True), start=1):
        lines = max((ceil(len(str(row[index])) / WIDEST) for index in long), default=1)
        if lines > 1:
            sheet.set_row(at, LINE * lines, wrapped)
        for index, cell in enumerate(row):
            if isinstance(cell, int):
                number(at, index, cell, styles[index])
            elif cell:
                text(at, index, cell)


def _widest(cells: list[int | str | None]) -> int:
    return max((len(cell) for cell in cells if isinstance(cell, str)), default=0)


def _printable(cells: pl.Series) -> list[int | str | None]:
    """Cells as a sheet can hold them; looked at one by one only where that is needed."""
    import polars as pl

    if cells.dtype == pl.String:
        doubtful = cells.str.contains(_UNSHOWN) | (cells.str.len_chars() > LONGEST)
        held = cells.to_list()
        return (
            [None if text is None else printable(text) for text in held] if doubtful.any() else held
        )
    if (cells.abs() >= EXACT).any():
        return [None if n is None else n if abs(n) < EXACT else str(n) for n in cells.to_list()]
    return cells.to_list()


def _width(title: str, cells: list[int | str | None]) -> int:
    """Wide enough for the first rows, and for the heading in two lines, within bounds."""
    longest = max((_shown(cell) for cell in cells if cell is not None), default=0)
    heading = max(ceil(len(title) / 2) + 1, *(len(part) for part in title.split()))
    return min(max(longest, heading, NARROWEST) + 2, WIDEST)


def _shown(cell: int | str) -> int:
    return len(cell) if isinstance(cell, str) else len(f"{cell:+,}")
