"""What a workbook says beside its cells in, the notes that a person should read out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from recount.model import Finding, address, column_letters
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from recount.model import Grid
    from recount.readers._facts import Facts
    from recount.texts import Text

_LISTED = 12
"""So many rows or columns are listed; the first of more are, and their number."""

_DELETE = say("Delete them if their figures should not count.")


def notes_on_book(label: str, kind: str, *, macros: bool) -> Iterator[Finding]:
    """Say what of the whole workbook was passed over, or cannot be known."""
    if macros:
        yield _note(
            "macros",
            say("The workbook holds macros; they were not run."),
            say("Nothing needs to be done."),
            label,
        )
    if kind in {"xls", "xlsb"}:
        yield _note(
            "error_cells",
            say(
                "In this kind of workbook a cell with an error value looks blank, and hidden rows, "
                "hidden columns and formulas cannot be seen."
            ),
            say("If blanks or totals surprise you, save the workbook as .xlsx and read that."),
            label,
        )


def notes_on_sheet(grid: Grid, facts: Facts) -> Iterator[Finding]:
    """Say that hidden rows and columns were read, and the figures of other workbooks taken."""
    label, sheet = grid.label, grid.sheet
    if grid.hidden:
        yield _note(
            "hidden_sheet",
            say("The sheet {sheet} is hidden; it was read all the same.", sheet=sheet),
            say("Delete the sheet if its figures should not count."),
            f"{label}!{sheet}",
        )
    if grid.hidden_rows:
        listed = _spans(grid.hidden_rows, str)
        message = say("Hidden rows were read all the same: {rows}.", rows=listed)
        yield _note("hidden_rows", message, _DELETE, address(label, sheet, min(grid.hidden_rows)))
    if grid.hidden_columns:
        listed = _spans(grid.hidden_columns, column_letters)
        message = say("Hidden columns were read all the same: {columns}.", columns=listed)
        first = column_letters(min(grid.hidden_columns))
        yield _note("hidden_columns", message, _DELETE, f"{label}!{sheet}!{first}")
    if facts.external:
        yield _note(
            "external_link",
            say("This formula asks another workbook; the value last saved was taken."),
            say("Open both workbooks, let the sheet compute, and save it once more."),
            address(label, sheet, *facts.external),
        )


def _note(rule: str, message: Text, mend: Text, place: str) -> Finding:
    return Finding(rule=rule, severity="note", message=message, mend=mend, place=place)


def _spans(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """Write 3, 5, 6, 7 as `3, 5-7`."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    spans = [
        name(first) if first == last else f"{name(first)}-{name(last)}"
        for first, last in zip(starts, ends, strict=True)
    ]
    more = f", ... ({len(ordered)})" if len(spans) > _LISTED else ""
    return ", ".join(spans[:_LISTED]) + more
