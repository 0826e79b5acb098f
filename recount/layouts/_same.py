"""Two ways to read one sheet in, whether they say the same out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.headings import is_box
from recount.layouts._heading import PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.model import Reading


def same_figures(some: Sequence[Reading], others: Sequence[Reading]) -> bool:
    """Whether two readings of a sheet hold the same figures of the same places."""
    return _figures(some) == _figures(others)


def _figures(readings: Sequence[Reading]) -> list[tuple[tuple[str, str], ...]]:
    found = []
    for reading in readings:
        for row in reading.rows.iter_rows(named=True):
            cells = {n: v for n, v in row.items() if v is not None and (n in PLACES or is_box(n))}
            cells.pop("row", None)
            found.append(tuple(sorted((n, str(v)) for n, v in cells.items())))
    return sorted(found)
