"""A report in, a workbook out: the answer, then each table in full on a sheet of its own.

Texts are written as texts (no formula, no link), numbers as real numbers. The same report gives
the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from recount.report.shape import PLAIN
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator

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

NARROWEST, WIDEST, LOOKED_AT, ANSWER = 8, 60, 200, 110


class Formats(NamedTuple):
    """How cells look: headings, counts, differences with their sign, sentences, the title."""

    head: Format
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
    return Formats(
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        number=book.add_format({"num_format": "#,##0"}),
        signed=book.add_format({"num_format": "+#,##0;-#,##0;0"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        title=book.add_format({"bold": True, "font_size": 14}),
    )


def _write_answer(sheet: Worksheet, report: Report, formats: Formats) -> None:
    sheet.set_column(0, 0, ANSWER)
    sheet.write_string(0, 0, printable(report.title), formats.title)
    lines = (*report.sources, "", *report.answer, "", *report.closing, "", *report.notes)
    for at, line in enumerate(lines, start=1):
        sheet.write_string(at, 0, printable(line), formats.wrapped)


def _write_table(book: Workbook, table: Table, formats: Formats) -> None:
    sources = {column.source for column in table.columns}
    frame = table.rows.select(sorted(sources)).collect()
    for at, piece in enumerate(parts(frame), start=1):
        sheet = book.add_worksheet(table.title if at == 1 else f"{table.title} ({at})")
        for index, column in enumerate(table.columns):
            cells = piece.get_column(column.source).to_list()
            sheet.write_string(0, index, column.title, formats.head)
            sheet.set_column(index, index, _width(column.title, cells))
            _write_column(sheet, index, column, cells, formats)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, piece.height, len(table.columns) - 1)


def _write_column(
    sheet: Worksheet, index: int, column: Column, cells: list[int | str | None], formats: Formats
) -> None:
    style = formats.signed if column.kind == "signed" else formats.number
    for at, cell in enumerate(cells, start=1):
        if isinstance(cell, int) and abs(cell) < EXACT:
            sheet.write_number(at, index, cell, style)
        elif cell not in {None, ""}:
            sheet.write_string(at, index, printable(str(cell)))


def _width(title: str, cells: list[int | str | None]) -> int:
    """Wide enough for the first rows and the heading's longest word, within bounds."""
    longest = max((len(str(cell)) for cell in cells[:LOOKED_AT] if cell is not None), default=0)
    heading = max(len(part) for part in title.split())
    return min(max(longest, heading, NARROWEST) + 2, WIDEST)
