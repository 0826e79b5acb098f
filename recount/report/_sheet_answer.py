"""The first sheet of a workbook: the answer, what it rests on, what the other sheets hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report._sheet_cells import printable
from recount.report._sheet_looks import A4, height
from recount.report._sheet_notes import NOTES
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report._sheet_looks import Formats, Shade
    from recount.report.shape import Report
    from recount.texts import Text

WIDTH = 84
"""Characters of the one column."""

NAME = say("Answer")


def write_answer(
    sheet: Worksheet,
    report: Report,
    formats: Formats,
    sheets: Sequence[tuple[str, int, int]],
    legend: Sequence[Shade],
) -> None:
    """Write the answer first, then the counts, the sources, the sheets and the colours.

    `sheets`: their names, how many rows each has, and for how many cells there is a note.
    `legend`: what a status looks like.
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


def _lines(
    report: Report, formats: Formats, sheets: Sequence[tuple[str, int, int]]
) -> Iterator[tuple[str, Format]]:
    listed = tuple(speak(_sheet(*sheet), report.lang) for sheet in sheets)
    yield "", formats.line
    yield from ((line, formats.lead) for line in report.answer[:1])
    yield from ((line, formats.line) for line in report.answer[1:])
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


def _sheet(name: str, rows: int, notes: int) -> Text:
    """What a sheet holds; where not every cell has its note, that is said."""
    if notes > NOTES:
        return say(
            "{sheet}: {n} rows; the first {first} of {notes} notes are on the cells (all of them: "
            "-o result.json)",
            sheet=name,
            n=rows,
            first=NOTES,
            notes=notes,
        )
    return say("{sheet}: {n} rows", sheet=name, n=rows)
