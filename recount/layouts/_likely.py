"""The first rows of a sheet in, those that may head its columns out; nothing is read twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from recount.heading_words import CODES
from recount.heading_words import PLACES as PHRASES
from recount.headings import meaning
from recount.layouts._content import plain_heading
from recount.layouts._heading import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.model import Grid

LONGEST = 600
"""No longer text is a heading."""

_PLACE_WORD = re.compile(
    "|".join(
        sorted(CODES.union(*(phrase.split() for phrase, role in PHRASES.items() if role in PLACES)))
    )
)
"""Without one of these words nothing says a place."""


def likely_rows(grid: Grid) -> Iterator[int]:
    """The rows that may be a heading, or its upper one: they name a place, or the next one does."""
    before = False
    for at, cells in enumerate(grid.head):
        here = _name_place(cells)
        if at and (before or here):
            yield at - 1
        before = here
    if before:
        yield len(grid.head) - 1


def _name_place(cells: Iterable[str | None]) -> bool:
    """Whether one of the cells of a row says a place; most rows hold none of the words for one."""
    filled = [cell for cell in cells if cell]
    return may_place("\n".join(filled)) and any(map(_may_place, filled))


def may_place(text: str) -> bool:
    """Whether a text holds a word without which nothing says a place; quick."""
    return _PLACE_WORD.search(text.upper()) is not None


@lru_cache(maxsize=2**14)
def _may_place(cell: str) -> bool:
    """Whether a cell says a place, as at least one of a heading does."""
    understood = meaning(plain_heading(cell)) if len(cell) <= LONGEST else None
    return understood is not None and understood.role.split()[0] in PLACES
