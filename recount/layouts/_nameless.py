"""Columns of a table that no heading names: what stands in them is told, column by column."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from recount.layouts._short import short
from recount.model import NAMELESS, Finding
from recount.numbers import parse_count
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import narwhals as nw

    from recount.layouts._heading import Heading
    from recount.model import Grid


def without_heading(grid: Grid, heading: Heading, kept: nw.DataFrame[Any]) -> Iterator[Finding]:
    """Say what stands in the rows of forms under no heading; figures there are an error.

    Numbers that go up one by one are the numbers of the rows.
    """
    last = max((at for at, cell in enumerate(heading.cells) if cell), default=-1)
    nameless = [at for at in range(last + 1) if heading.cells[at] is None]
    filled = [at for at in nameless if not grid.cells[f"c{at}"].is_null().all()]
    if not filled:
        return
    below = grid.cells.tail(len(grid.cells) - heading.at - 1).join(
        kept.select("row"), on="row", how="inner"
    )
    for at in filled:
        cells = below.select("row", f"c{at}").drop_nulls()
        if len(cells):
            yield _finding(grid, at, cells["row"].to_list(), cells[f"c{at}"].to_list())


def _finding(grid: Grid, at: int, rows: Sequence[int], texts: Sequence[str]) -> Finding:
    numbers = [n for text in texts if isinstance(n := parse_count(text), int)]
    counted = all(after - before == 1 for before, after in pairwise(numbers))
    figures = bool(numbers) and not (counted and len(numbers) == len(texts) > 1)
    message = say(
        "A column without a heading holds “{text}” ({count} cells); it is not used.",
        text=short(texts[0]),
        count=len(texts),
    )
    mend = say("Write a heading over the column, or delete what stands there.")
    place = grid.place(rows[0], at)
    return Finding(NAMELESS, "error" if figures else "note", message, mend, place)
