"""The notes on the cells of a sheet: what a column's `note` says in the table's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report._sheet_cells import printable
from recount.report._sheet_looks import LINE, height

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

    from recount.report.shape import Column

NOTES = 2_000
"""So many cells of a sheet have a note, the first: some programs take long over more of them."""

_ACROSS = 45
"""Characters of a line in a note."""


def noted(columns: Sequence[Column], frame: pl.DataFrame) -> int:
    """How many cells of a sheet there is a note for."""
    return sum(len(rows) for _, _, rows in _notes(columns, frame))


def write_notes(sheet: Worksheet, columns: Sequence[Column], frame: pl.DataFrame) -> None:
    """Write the notes on the first cells that have one, each as large as its text."""
    for index, texts, rows in _notes(columns, frame):
        for row in rows.head(NOTES):
            lines = [printable(line) for line in texts[row].split("\n")]
            size = height(sum(map(len, lines)), _ACROSS) + LINE * len(lines)
            options = {"author": "recount", "x_scale": 2.5, "height": size}
            sheet.write_comment(row + 1, index, "\n".join(lines), options)


def _notes(
    columns: Sequence[Column], frame: pl.DataFrame
) -> Iterator[tuple[int, pl.Series, pl.Series]]:
    """Column by column that has notes: its number, their texts, the rows that have one."""
    for index, column in enumerate(columns):
        if column.note in frame.columns:
            texts = frame.get_column(str(column.note))
            yield index, texts, (texts.fill_null("") != "").arg_true()
