"""Where the table of a form stands on its sheet."""

from __future__ import annotations

from typing import NamedTuple

from recount.model import column_letters

NO, LABEL, SEX, FIRST = 0, 1, 2, 3
"""Columns: the line's number, its label, LK / PR / JUM, and the first unit."""


class Grid(NamedTuple):
    """Rows and columns of the table, from 0."""

    head: int
    body: int
    lines: int
    units: int

    @property
    def total(self) -> int:
        """The column of the sums."""
        return FIRST + self.units

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.body + self.lines - 1

    def cell(self, line: int, column: int) -> str:
        """Name the cell of a line."""
        return f"{column_letters(column)}{self.body + line + 1}"
