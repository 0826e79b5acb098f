"""Hidden rows and columns are read like any other; that they are hidden is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import Finding, column_letters
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Grid, Reading

_SHOWN = 10


def hidden(grid: Grid, reading: Reading) -> Iterator[Finding]:
    """Say which forms or boxes stand in hidden rows or columns; one finding for each kind."""
    if not grid.hidden_rows and not grid.hidden_columns:
        return
    forms = set(reading.rows["row"].to_list())
    boxes = set(reading.columns.values())
    rows = boxes if reading.across else forms
    columns = {at - 1 for at in forms} if reading.across else boxes
    if found := sorted(rows & grid.hidden_rows):
        yield _finding(grid, [str(row) for row in found], grid.place(found[0]))
    if found := sorted(columns & grid.hidden_columns):
        yield _finding(grid, [column_letters(at) for at in found], f"{grid.label}!{grid.sheet}")


def _finding(grid: Grid, which: list[str], place: str) -> Finding:
    more = "" if len(which) <= _SHOWN else " ..."
    return Finding(
        "hidden-cells",
        "warning",
        say("Hidden on the sheet {sheet}, and read all the same: {which}.",
            sheet=grid.sheet or grid.label, which=", ".join(which[:_SHOWN]) + more),
        say("Show the rows and columns, and delete what should not count."),
        place,
    )  # fmt: skip
