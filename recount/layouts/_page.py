"""One sheet as the layouts get it, and the small things that all of them say about its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from recount.layouts._short import short
from recount.model import Finding
from recount.numbers import parse_count
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.layouts._heading import Heading
    from recount.model import Declined, FormModel, Grid

LARGEST_PAGE = 5_000
"""Rows of a sheet that may be looked through cell by cell; no form has as many."""


class Line(NamedTuple):
    """A row of a sheet: its number as shown, and its cells."""

    row: int
    cells: tuple[str | None, ...]

    def filled(self, first: int = 0, last: int | None = None) -> list[tuple[int, str]]:
        """The cells that hold something, with their columns; from `first` up to before `last`."""
        part = self.cells[first:last]
        return [(first + at, text) for at, text in enumerate(part) if text is not None]


class Page(NamedTuple):
    """A grid, and what is known before it is read.

    `known`: slug of a candidate's name or number -> id. `form`: the one that the election's file
    names. `cover`: places (level -> name) that other sheets of the file name for all of them.
    `heading`: the row that heads the columns, where one does.
    """

    grid: Grid
    known: Mapping[str, str]
    form: FormModel | None
    cover: Mapping[str, str]
    heading: Heading | Declined


def lines(grid: Grid, count: int | None = None) -> list[Line]:
    """The rows of a grid that hold anything; of its first `count` rows, or of all."""
    frame = grid.cells if count is None else grid.cells.head(count)
    at = frame.columns.index("row")
    found = (Line(row[at], (*row[:at], *row[at + 1 :])) for row in frame.iter_rows())
    return [line for line in found if any(cell is not None for cell in line.cells)]


@lru_cache(maxsize=2**14)
def figure(text: str | None) -> int | None:
    """The count that a cell holds; None where it holds none."""
    read = parse_count(text)
    return read if isinstance(read, int) else None


@lru_cache(maxsize=2**12)
def counts(text: str) -> bool:
    """Whether a cell belongs into a table of figures: a count, a dash, an error value ..."""
    read = parse_count(text)
    return isinstance(read, int) or read.reason != "no_number"


def stray(grid: Grid, row: int, cells: list[tuple[int, str]]) -> Finding:
    """Say of cells outside the table that they are not used; one finding for a row."""
    words = ", ".join(short(text) for _, text in cells)
    return Finding(
        "outside-table",
        "note",
        say("“{text}” stands outside the table and is not used.", text=short(words)),
        say("Nothing to do; if it is a figure of a form, move it into the table."),
        grid.place(row, cells[0][0]) if len(cells) == 1 else grid.place(row),
    )
