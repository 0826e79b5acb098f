"""Two heading rows, one over the other, in; the heading texts of the columns out.

"DATA PEMILIH" stands once over L, P and JML: what each column means only both rows say together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.headings import is_box, meaning, slug
from recount.layouts._page import figure
from recount.model import LEVELS, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.model import Grid, Lists

    Cells = tuple[str | None, ...]

_FEWEST = 2
_HIGHEST = 99
"""Numbers up to here may be candidates' in a heading row."""


def joined(grid: Grid, at: int, row: int, known: Mapping[str, str], lists: Lists) -> Cells | None:
    """The heading texts of the rows `at` and `at + 1` together; None where they are not two."""
    if at + 1 >= len(grid.head):
        return None
    upper, lower = grid.head[at], grid.head[at + 1]
    over = _spread(grid, row, upper, lower)
    if not _is_second(upper, lower, over):
        return None
    return tuple(
        _text(above, below, known, lists) for above, below in zip(over, lower, strict=True)
    )


def _spread(grid: Grid, row: int, upper: Cells, lower: Cells) -> Cells:
    """The upper row, each cell as far as it is merged; without merges, over blank cells."""
    ends = {left: right for top, left, _, right in grid.merged if top == row}
    spread: list[str | None] = []
    text, last = None, -1
    for column, cell in enumerate(upper):
        if cell is not None:
            text = cell
            last = ends.get(column, column if ends else len(upper))
        held = column <= last and (cell is not None or lower[column] is not None)
        spread.append(text if held else None)
    return tuple(spread)


def _is_second(upper: Cells, lower: Cells, over: Cells) -> bool:
    """Whether the lower row is a heading: it divides one above, and has no figures or places."""
    filled = [at for at, cell in enumerate(lower) if cell is not None]
    divides = [at for at in filled if upper[at] is None and over[at] is not None]
    over_it = [cell for cell in upper if cell is not None]
    if not divides or len(over_it) < _FEWEST:
        return False  # a title stands alone in its row
    if not all(_heads(cell) and ":" not in cell for cell in over_it):
        return False
    under_places = any(_is_place(upper[at]) for at in filled)
    return not under_places and all(_heads(lower[at] or "") for at in filled)


def _is_place(text: str | None) -> bool:
    understood = meaning(text) if text else None
    return understood is not None and understood.role in {*LEVELS, "code", "name"}


def _heads(text: str) -> bool:
    number = figure(text)
    return not text.startswith(MARK) and (number is None or 0 < number <= _HIGHEST)


def _text(
    over: str | None, below: str | None, known: Mapping[str, str], lists: Lists
) -> str | None:
    """What one column's two texts say: the first wording that is understood."""
    if over is None or below is None:
        return below or over
    both = f"{over} {below}"
    if slug(below) in known and not below.strip().isdigit():
        return below
    for text in (both, below):
        understood = meaning(text, lists)
        if understood and (is_box(understood.role) or understood.role in {*LEVELS, "code"}):
            return text
    return below
