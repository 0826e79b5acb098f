"""The first sheet of a workbook: the answer, what it rests on, what the other sheets hold."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from recount.report._sheet_cells import printable
from recount.report._sheet_looks import A4, LINE
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report._sheet_looks import Formats, Shade
    from recount.report.shape import Report

WIDTH = 84
"""Characters of the one column."""

TALLEST = 405
"""Points; a row can be 409 high."""

NAME = say("Answer")


def write_answer(
    sheet: Worksheet,
    report: Report,
    formats: Formats,
    sheets: Sequence[tuple[str, int]],
    legend: Sequence[Shade],
) -> None:
    """Write the answer first, then the counts, the sources, the sheets and the colours.

    `sheets`: their names and how many rows each has. `legend`: what a status looks like.
    """
    sheet.set_column(0, 0, WIDTH)
    sheet.write_string(0, 0, printable(report.title), formats.title)
    at = 1
    for line, look in _lines(report, formats, sheets):
        text = printable(line.strip())
        sheet.set_row(at, height(len(text), WIDTH))
        sheet.write_string(at, 0, text, look)
        at += 1
    if legend:
        sheet.write_string(at + 1, 0, speak(say("Colours"), report.lang), formats.section)
    for row, one in enumerate(legend, start=at + 2):
        sheet.write_string(row, 0, one.word, one.look)
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.4)
    sheet.fit_to_pages(1, 0)


def height(characters: int, width: int) -> int:
    """How high a row is, in points, that holds so long a text in so wide a column."""
    return min(LINE * max(1, ceil(characters / width)), TALLEST)


def _lines(
    report: Report, formats: Formats, sheets: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, Format]]:
    listed = tuple(
        speak(say("{sheet}: {n} rows", sheet=name, n=rows), report.lang) for name, rows in sheets
    )
    yield "", formats.line
    yield from ((line, formats.lead) for line in report.answer)
    sections = (
        (say("Counts"), report.closing),
        (say("Sources"), report.sources),
        (say("Understood"), report.notes),
        (say("Sheets"), listed),
    )
    for title, lines in sections:
        if lines:
            yield "", formats.line
            yield speak(title, report.lang), formats.section
            yield from ((line, formats.line) for line in lines)
