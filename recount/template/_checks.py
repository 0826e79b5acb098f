"""The rules of a form in, live checks on its sheet out: a row for each rule below the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import column_letters
from recount.own import CHECK_ROWS
from recount.result import VERSION
from recount.template._formulas import formula
from recount.template._grid import FIRST, LABEL, NO, SEX
from recount.template._plan import BOTH
from recount.texts import Text, say, speak

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.template._formats import Formats
    from recount.template._grid import Grid
    from recount.template._plan import Plan

RULES: dict[str, Text] = {
    "R1": say("The candidates add up to the valid votes"),
    "R2": say("Valid and invalid votes add up"),
    "R3": say("Men and women add up on each line"),
    "R4": say("The voters who voted add up"),
    "R5": say("The registered voters add up"),
    "R6": say("The ballots add up"),
    "R7": say("Ballots used, votes and voters agree"),
    "R8": say("No list has more voters than are registered"),
    "R10": say("Not more disabled voters than voters"),
}


def write_checks(
    sheet: Worksheet, plan: Plan, grid: Grid, looks: Formats, lang: str
) -> tuple[int, int]:
    """Write a row for each rule below the table; gives the first and the last one."""
    top = grid.last + 2
    # By its first word the reader knows that the checks are no part of the form.
    hint = CHECK_ROWS.filled(version=VERSION)
    sheet.write_string(top, NO, speak(hint, lang), looks.hint)
    waiting = speak(say("NOT YET"), lang)
    for row, rule in enumerate(plan.rules, start=top + 1):
        sheet.write_string(row, NO, rule.id, looks.check_label)
        sheet.merge_range(row, LABEL, row, SEX, speak(RULES[rule.id], lang), looks.check_label)
        for column in range(FIRST, grid.total):
            cells = {
                line.box: grid.cell(at, column) for at, line in enumerate(plan.lines) if line.box
            }
            whole = f"{grid.cell(0, column)}:{grid.cell(grid.lines - 1, column)}"
            text = formula(rule, cells, whole, waiting)
            sheet.write_formula(row, column, text, looks.check, "")
    first, last = top + 1, top + len(plan.rules)
    area = (first, FIRST, last, grid.total - 1)
    good = {"type": "cell", "criteria": "==", "value": '"OK"', "format": looks.good}
    sheet.conditional_format(*area, good)
    starts = {"type": "text", "criteria": "begins with", "value": waiting, "format": looks.waiting}
    sheet.conditional_format(*area, starts)
    _colour_names(sheet, grid, (first, last), waiting, looks)
    return first, last


def _colour_names(
    sheet: Worksheet, grid: Grid, checks: tuple[int, int], waiting: str, looks: Formats
) -> None:
    """Let a unit's name, which is always in sight, say by its colour what the checks say."""
    row, (first, last) = grid.head + 1, checks
    own = f"{column_letters(FIRST)}${first + 1}:{column_letters(FIRST)}${last + 1}"
    for said, look in (
        (f'"{waiting}*")>0', looks.waiting),
        (f'"OK")={last - first + 1}', looks.good),
    ):
        rule = {"type": "formula", "criteria": f"=COUNTIF({own},{said}", "format": look}
        sheet.conditional_format(row, FIRST, row, grid.total - 1, rule)


def mark_sexes(sheet: Worksheet, plan: Plan, grid: Grid, looks: Formats) -> None:
    """Colour a sum that men and women do not add up to: the check says no more than that one is."""
    for at, line in enumerate(plan.lines):
        if line.sex == BOTH:
            men, women, both = (grid.cell(at - back, FIRST) for back in (2, 1, 0))
            wrong = f"=AND(COUNT({men}:{both})=3,{men}+{women}<>{both})"
            row = grid.body + at
            rule = {"type": "formula", "criteria": wrong, "format": looks.waiting}
            sheet.conditional_format(row, FIRST, row, grid.total - 1, rule)
