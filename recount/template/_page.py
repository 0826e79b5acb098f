"""One form in, its sheet out: titles, place, the table, and below it the checks of each column."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from recount.model import column_letters
from recount.template._checks import mark_sexes, write_checks
from recount.template._grid import FIRST, LABEL, NO, SEX, Grid
from recount.template._plan import MEN, UNITS
from recount.texts import say, speak

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.template._formats import Formats
    from recount.template._plan import Line, Page, Plan

MOST = 99_999_999
"""Votes that a cell may hold."""

A3, A4, WIDE = 8, 9, 12
"""Numbers of the papers; from so many units on the larger one is used."""

ON_A_PAGE = 24
"""Units that stand side by side on one page and stay readable."""

_WIDTHS = {NO: 7, LABEL: 46, SEX: 6}
_UNIT, _TOTAL = 11.5, 12.5
_LINE, _SIGNS = 15, 44


class Written(NamedTuple):
    """Where things stand on a sheet: names of ranges, for the summary.

    `typed`: the cells to type into, `names`: those that name the units; `checks`: all checks;
    `totals`: box -> its cell in the last column.
    """

    sheet: str
    place: str
    units: int
    cells: int
    typed: str
    checks: str
    totals: dict[str, str]


def write_page(sheet: Worksheet, page: Page, plan: Plan, looks: Formats, lang: str) -> Written:
    """Write the sheet of one form."""
    head = len(plan.titles) + len(page.place) + 2
    grid = Grid(head, head + 3, len(plan.lines), len(page.units))
    _write_titles(sheet, page, plan, looks)
    _write_head(sheet, page, plan, grid, looks)
    for at, line in enumerate(plan.lines):
        _write_line(sheet, at, line, grid, looks)
    _limit(sheet, grid, lang)
    checks = write_checks(sheet, plan, grid, looks, lang)
    mark_sexes(sheet, plan, grid, looks)
    _lay_out(sheet, grid)
    return _written(sheet, page, plan, grid, checks)


def _write_titles(sheet: Worksheet, page: Page, plan: Plan, looks: Formats) -> None:
    for row, title in enumerate(plan.titles):
        sheet.write_string(row, 0, title, looks.title)
    for row, (label, name) in enumerate(page.place, start=len(plan.titles) + 1):
        sheet.write_string(row, 0, label, looks.place)
        sheet.write_string(row, SEX, f": {name}", looks.place)


def _write_head(sheet: Worksheet, page: Page, plan: Plan, grid: Grid, looks: Formats) -> None:
    """Two rows of headings and one of column numbers."""
    top, below = grid.head, grid.head + 1
    sheet.merge_range(top, NO, below, NO, "NO", looks.head)
    sheet.merge_range(top, LABEL, below, SEX, "URAIAN", looks.head)
    _across(sheet, top, FIRST, grid.total - 1, f"RINCIAN {UNITS[plan.form.level]}", looks)
    sheet.merge_range(top, grid.total, below, grid.total, "JUMLAH AKHIR", looks.head)
    for column, name in enumerate(page.units, start=FIRST):
        if name:
            sheet.write_string(below, column, name, looks.head)
        else:
            sheet.write_blank(below, column, None, looks.typed_name)
    sheet.write_number(below + 1, NO, 1, looks.number_row)
    sheet.merge_range(below + 1, LABEL, below + 1, SEX, 2, looks.number_row)
    for column in range(FIRST, grid.total + 1):
        sheet.write_number(below + 1, column, column, looks.number_row)
    longest = max((len(name) for name in page.units), default=0)
    sheet.set_row(below, _LINE * max(2, ceil(longest / 9)))


def _across(  # noqa: PLR0913, PLR0917 - a range of cells and what stands in it
    sheet: Worksheet, row: int, first: int, last: int, text: str, looks: Formats
) -> None:
    """Write over several columns; a single one cannot be merged."""
    if first == last:
        sheet.write_string(row, first, text, looks.head)
    else:
        sheet.merge_range(row, first, row, last, text, looks.head)


def _write_line(sheet: Worksheet, at: int, line: Line, grid: Grid, looks: Formats) -> None:
    row = grid.body + at
    look = looks.label if line.box else looks.heading
    if line.sex == MEN:
        sheet.merge_range(row, NO, row + 2, NO, line.number, look)
        sheet.merge_range(row, LABEL, row + 2, LABEL, line.label, look)
    elif not line.sex:
        sheet.write_string(row, NO, line.number, look)
        sheet.write_string(row, LABEL, line.label, look)
        sheet.set_row(row, _LINE * max(1, ceil(len(line.label) / _SIGNS)))
    sheet.write_string(row, SEX, line.sex, looks.sex if line.box else look)
    for column in range(FIRST, grid.total):
        sheet.write_blank(row, column, None, looks.typed if line.box else look)
    if line.box is None:
        sheet.write_blank(row, grid.total, None, look)
        return
    typed = f"{grid.cell(at, FIRST)}:{grid.cell(at, grid.total - 1)}"
    summed = f'=IF(COUNT({typed})=0,"",SUM({typed}))'
    sheet.write_formula(row, grid.total, summed, looks.total, "")


def _limit(sheet: Worksheet, grid: Grid, lang: str) -> None:
    """Let nothing but whole numbers in."""
    sheet.data_validation(
        grid.body,
        FIRST,
        grid.last,
        grid.total - 1,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": MOST,
            "ignore_blank": True,
            "error_title": speak(say("Whole numbers only"), lang),
            "error_message": speak(
                say("Type the number as it stands on the form, without dots: 0, 57, 1204."), lang
            ),
        },
    )


def _lay_out(sheet: Worksheet, grid: Grid) -> None:
    """Widths, panes, protection, paper."""
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.set_column(FIRST, grid.total - 1, _UNIT)
    sheet.set_column(grid.total, grid.total, _TOTAL)
    sheet.freeze_panes(grid.body, FIRST)
    sheet.set_selection(grid.body, FIRST, grid.body, FIRST)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(A4 if grid.units <= WIDE else A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(ceil(grid.units / ON_A_PAGE), 0)
    sheet.print_area(0, 0, grid.last, grid.total)
    sheet.repeat_rows(grid.head, grid.head + 2)
    sheet.repeat_columns(NO, SEX)
    sheet.set_footer("&L&A&R&P / &N")


def _written(
    sheet: Worksheet, page: Page, plan: Plan, grid: Grid, checks: tuple[int, int]
) -> Written:
    name = "'" + sheet.name.replace("'", "''") + "'!"
    last = column_letters(grid.total - 1)
    start = column_letters(FIRST)
    return Written(
        sheet.name,
        page.place[0][1],
        grid.units,
        grid.units * sum(1 for line in plan.lines if line.box),
        f"{name}${start}${grid.body + 1}:${last}${grid.last + 1}",
        f"{name}${start}${checks[0] + 1}:${last}${checks[1] + 1}",
        {
            line.box: name + grid.cell(at, grid.total)
            for at, line in enumerate(plan.lines)
            if line.box
        },
    )
