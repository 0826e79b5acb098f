"""The sheets of a template in, its first sheet out: how far each one is, and what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.boxes import box_text
from recount.model import column_letters
from recount.own import ENTRY_SHEET
from recount.result import VERSION
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.template._formats import Formats
    from recount.template._page import Written
    from recount.template._plan import Plan

HEAD = 7
"""The row of the headings."""

_SHOWN = ("valid", "invalid", "cast")
_A4 = 9


def write_summary(
    sheet: Worksheet, plan: Plan, pages: Sequence[Written], looks: Formats, lang: str
) -> None:
    """Write one row for each form, and one that adds them up."""
    # Its first cell tells the reader that this sheet adds up what stands in the others.
    made = ENTRY_SHEET.filled(version=VERSION)
    blank = say("A cell that the form leaves blank stays blank: blank is not zero.")
    sheet.write_string(0, 0, speak(made, lang), looks.hint)
    sheet.write_string(1, 0, speak(blank, lang), looks.hint)
    for row, title in enumerate(plan.titles, start=3):
        sheet.write_string(row, 0, title, looks.title)
    boxes = [box for box in pages[0].totals if box.startswith("candidate:") or box in _SHOWN]
    _write_head(sheet, boxes, plan, looks, lang)
    for row, page in enumerate(pages, start=HEAD + 1):
        _write_row(sheet, row, page, boxes, looks, lang)
    _write_sums(sheet, HEAD + 1 + len(pages), len(pages), 5 + len(boxes), looks)
    _lay_out(sheet, len(pages), len(boxes))


def _write_head(
    sheet: Worksheet, boxes: Sequence[str], plan: Plan, looks: Formats, lang: str
) -> None:
    names = {line.box: line.label for line in plan.lines}
    texts = [
        speak(say("Sheet"), lang),
        speak(say("Columns"), lang),
        speak(say("Cells typed"), lang),
        "OK",
        speak(say("NOT YET"), lang),
        *(
            names[box] if box.startswith("candidate:") else speak(box_text(box), lang)
            for box in boxes
        ),
    ]
    for column, text in enumerate(texts):
        sheet.write_string(HEAD, column, text, looks.head)
    sheet.set_row(HEAD, 48)


def _write_row(  # noqa: PLR0913, PLR0917 - a row, what stands in it and how it looks
    sheet: Worksheet, row: int, page: Written, boxes: Sequence[str], looks: Formats, lang: str
) -> None:
    place = "internal:'" + page.sheet.replace("'", "''") + "'!A1"
    sheet.write_url(row, 0, place, looks.link, page.place)
    sheet.write_number(row, 1, page.units, looks.count)
    typed = f"=ROUNDDOWN(COUNT({page.typed})/{page.cells},2)"
    sheet.write_formula(row, 2, typed, looks.share, 0)
    waiting = speak(say("NOT YET"), lang)
    sheet.write_formula(row, 3, f'=COUNTIF({page.checks},"OK")', looks.count, 0)
    sheet.write_formula(row, 4, f'=COUNTIF({page.checks},"{waiting}*")', looks.count, 0)
    for column, box in enumerate(boxes, start=5):
        sheet.write_formula(row, column, f"={page.totals[box]}", looks.count, "")
    open_ = {"type": "cell", "criteria": ">", "value": 0, "format": looks.waiting}
    sheet.conditional_format(row, 4, row, 4, open_)


def _write_sums(sheet: Worksheet, row: int, pages: int, columns: int, looks: Formats) -> None:
    sheet.write_string(row, 0, "JUMLAH", looks.head)
    for column in range(1, columns):
        letters = column_letters(column)
        cells = f"{letters}{HEAD + 2}:{letters}{HEAD + 1 + pages}"
        if column == 2:  # noqa: PLR2004 - the share of the cells that are typed is no sum
            sheet.write_formula(row, column, f"=ROUNDDOWN(AVERAGE({cells}),2)", looks.share, 0)
        else:
            text = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
            sheet.write_formula(row, column, text, looks.total, "")


def _lay_out(sheet: Worksheet, pages: int, boxes: int) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 4, 9)
    sheet.set_column(5, 4 + boxes, 15)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, HEAD + 1 + pages, 4 + boxes)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.activate()
