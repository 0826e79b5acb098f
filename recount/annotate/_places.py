"""An address of a row or a column in, the one cell of it that a person looks at out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.annotate._addresses import Spot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from recount.model import Grid


def settled(spots: Collection[Spot], grids: Mapping[str, Grid]) -> dict[Spot, Spot]:
    """Give each row and each column the cell that names it; a sheet as a whole has none."""
    found = {}
    for name, grid in grids.items():
        rows = {one.row: one for one in spots if one.sheet == name and one.column is None}
        for row, column in _named(grid, [row for row in rows if row is not None]):
            found[rows[row]] = Spot(name, row, column)
        for one in spots:
            if one.sheet == name and one.row is None and one.column is not None:
                found[one] = Spot(name, _named_row(grid, one.column), one.column)
    return found


def _named(grid: Grid, rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Give rows with the columns of their place cells."""
    names = [name for name in grid.cells.columns if name != "row"]
    held = grid.cells.filter(nw.col("row").is_in(list(rows))).select("row", *names)
    for row, *cells in held.iter_rows():
        yield row, place_cell(cells)


def place_cell(cells: Sequence[str | None]) -> int:
    """Find the cell that names a row or a column: the last text of the first run of texts.

    `12 | Kec. Palaran | Bukuan | 301`: the text before the numbers is the narrowest place.
    """
    words = [at for at, cell in enumerate(cells) if cell and any(map(str.isalpha, cell))]
    if not words:
        return next((at for at, cell in enumerate(cells) if cell), 0)
    at = words[0]
    while at + 1 in words:
        at += 1
    return at


def _named_row(grid: Grid, column: int) -> int:
    """Give the row of the cell that names a column, where units stand side by side."""
    name = f"c{column}"
    if name not in grid.cells.columns or not len(grid.cells):
        return 1
    at = place_cell(grid.cells[name].to_list())
    return int(grid.cells["row"][at])
