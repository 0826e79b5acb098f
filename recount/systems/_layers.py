"""A table with figures of both layers side by side in; a grid for each layer out.

A heading's first word says whose figure it is: `situng_1` the count's, `rekap_1` the recap's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Grid, Layer

_WORDS = re.compile(r"[^\W_]+")
_LAYERS: dict[str, Layer] = {"count": "count", "recap": "recap"}
_LAYER_WORDS = {
    word: layer
    for layer, words in (("count", "SITUNG SIREKAP HHCW COUNT"), ("recap", "REKAP RECAP HR DA1"))
    for word in words.split()
}
_OTHERS = frozenset({"KP", "KAWALPEMILU", "OURS"})
_ASIDE = "CATATAN"
"""A heading that the layouts pass over."""


def layers_of(grid: Grid) -> Iterator[tuple[Layer | None, Grid]]:
    """Give the grid once for each layer whose columns stand in it, without those of the others."""
    for at, cells in enumerate(grid.head):
        whose = [_whose(cell) for cell in cells]
        layers = [layer for layer in ("count", "recap") if layer in whose]
        if len(set(whose) - {None}) == 1 and layers:
            yield _LAYERS[layers[0]], grid
            return
        for layer in layers:
            row = tuple(
                cell if of in {None, layer} else _ASIDE
                for cell, of in zip(cells, whose, strict=True)
            )
            yield _LAYERS[layer], replace(grid, head=(*grid.head[:at], row, *grid.head[at + 1 :]))
        if layers:
            return
    yield None, grid


def _whose(cell: str | None) -> str | None:
    words = words_of(cell)
    if len(words) < 2:  # noqa: PLR2004 - whose, and what
        return None
    return _LAYER_WORDS.get(words[0]) or ("other" if words[0] in _OTHERS else None)


def words_of(cell: str | None) -> list[str]:
    """Give the words of a heading, upper case."""
    return [word.upper() for word in _WORDS.findall(cell or "")]
