"""Which cells of a grid a reading answers for: figures, labels that were understood, findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.layouts._heading import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.model import Grid, Reading

Cell = tuple[int, int]
"""Row as shown, column from 0."""

_WHOLE = {"unused-column", "unknown-candidate", "totals-column", "list-of-voters", "no-heading"}
"""Findings about a column, given at its heading."""
_ADDRESS = re.compile(r"([A-Z]+)?([0-9]+)?")


def unaccounted(grid: Grid, readings: Sequence[Reading]) -> set[Cell]:
    """The cells that hold something of which nothing was said; `grid` has a sheet's name."""
    filled = set(_filled(grid))
    for reading in readings:
        filled -= _understood(grid, reading)
        for finding in reading.findings:
            for place in (finding.place or "").split(" | "):
                filled -= _told(grid, place, whole=finding.rule in _WHOLE)
        for left in reading.left_out:
            filled -= _told(grid, left.place, whole=True)
    return filled


def _filled(grid: Grid) -> Iterator[Cell]:
    for *cells, row in grid.cells.iter_rows():
        yield from ((row, at) for at, cell in enumerate(cells) if cell is not None)


def _understood(grid: Grid, reading: Reading) -> set[Cell]:
    """Figures, the labels and places beside them, headings and titles above the first figure."""
    forms = reading.rows["row"].to_list()
    boxes = set(reading.columns.values())
    if reading.across:
        figures = {(row, at - 1) for row in boxes for at in forms}
        left = min(at - 1 for at in forms)
        labels = {(row, at) for row, at in _filled(grid) if at < left}
        used = {row for row, _ in figures}
        labels = {(row, at) for row, at in labels if row in used or not _counted(grid, row, at)}
        return figures | labels | {(r, c) for r, c in _filled(grid) if r < min(used)}
    long = [name for name in reading.rows.columns if name.startswith("row ")]
    rows = {row for name in ["row", *long] for row in reading.rows[name].to_list() if row}
    below = grid.cells.filter(nw.col("row").is_in(list(rows)))
    columns = range(len(grid.head[0]))
    named = {at for at in columns if at not in boxes and _named(reading, below[f"c{at}"])}
    return {(row, at) for row in rows for at in boxes | named} | {
        (r, c) for r, c in _filled(grid) if r < min(rows)
    }


def _named(reading: Reading, column: nw.Series[Any]) -> bool:
    """Whether a column's texts came into a place, or say whose number a long table's rows hold."""
    texts = set(column.drop_nulls().to_list())
    names = {n for p in PLACES if p in reading.rows.columns for n in reading.rows[p].to_list()}
    return bool(texts & names) or reading.layout == "long" or _numbers(texts)


def _numbers(texts: Iterable[str]) -> bool:
    """Whether a column is that of the rows' numbers."""
    return all(text.strip(" .").isdigit() for text in texts)


def _counted(grid: Grid, row: int, at: int) -> bool:
    """Whether a cell left of the units holds a number of more than two digits."""
    text = dict(zip(grid.cells["row"], grid.cells[f"c{at}"], strict=True))[row] or ""
    return text.isdigit() and len(text) > 2


def _told(grid: Grid, place: str, *, whole: bool) -> set[Cell]:
    """The cells that an address names: a cell, a row, or from a heading down its column."""
    found = _ADDRESS.fullmatch(place.rpartition("!")[2])
    if found is None:
        return set()
    column = _number(found[1]) if found[1] else None
    row = int(found[2]) if found[2] else None
    return {
        (r, c)
        for r, c in _filled(grid)
        if (column is None or c == column)
        and (row is None or r == row or (whole and column is not None))
    }


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
