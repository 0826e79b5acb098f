"""Sheets that gave no table in; which of them are faults, and which are passed over, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.errors import RecountError
    from recount.model import Grid
    from recount.receipt import Understood


def unread(grids: Sequence[Understood]) -> Iterator[RecountError]:
    """Faults of the sheets that should have been read: any, where none of the file was."""
    alone = not any(one.reading for one in grids)
    for one in grids:
        if one.fault and (alone or _holds_figures(one.grid)):
            yield one.fault


def skipped(grids: Sequence[Understood]) -> Iterator[Finding]:
    """A sheet without a table beside others that have one - a cover, notes - is passed over."""
    if any(one.reading for one in grids):
        for one in grids:
            if one.fault and not _holds_figures(one.grid):
                yield _passed_over(one.grid)


def _holds_figures(grid: Grid) -> bool:
    """Whether a sheet may be a table that was not understood: rows of several whole numbers."""
    rows = (sum(bool(cell and cell.isdigit()) for cell in row) for row in grid.head)
    return sum(numbers > 1 for numbers in rows) > 1


def _passed_over(grid: Grid) -> Finding:
    return Finding(
        rule="skipped_sheet",
        severity="note",
        message=say("The sheet {sheet} holds no table; it was passed over.", sheet=grid.sheet),
        mend=say("Nothing needs to be done, unless figures stand in it."),
        place=f"{grid.label}!{grid.sheet}",
    )
