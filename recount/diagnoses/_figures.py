"""Causes that can be read off two figures: what one mistake makes of a number."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.diagnoses._seen import FOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

    Misread = Callable[[int], Mapping[int, str]]
    """A figure in; every figure that one mistake makes of it out, each with its mark."""

    Find = Callable[[Seen], Frame]


def from_figures(misread: Misread) -> Find:
    """Make a diagnosis of a mistake.

    By chance: of the numbers as near to ours as theirs is, the share that it makes of ours.
    """
    kept = lru_cache(maxsize=2**16)(lambda ours: _reach(ours, misread(ours)))

    def find(seen: Seen) -> Frame:
        keys = ("ours", "theirs", "near")
        rows = seen.written.select("row", *keys)
        pairs = rows.select(keys).unique()
        fits = [(*pair, *fit) for pair in pairs.iter_rows() if (fit := _fit(pair, kept(pair[0])))]
        columns = zip(*fits, strict=True) if fits else [[]] * 5
        names = dict.fromkeys(keys, nw.Int64()) | {name: FOUND[name] for name in ("mark", "chance")}
        table = engine.table(dict(zip(names, columns, strict=True)), names)
        return rows.join(table, on=list(keys), how="inner").select(*FOUND)

    return find


def _reach(ours: int, made: Mapping[int, str]) -> tuple[Mapping[int, str], list[int]]:
    """The figures that a mistake makes, and how far from ours they are, in order."""
    return made, sorted(abs(figure - ours) for figure in made)


def _fit(
    pair: tuple[int, int, int], reach: tuple[Mapping[int, str], list[int]]
) -> tuple[str, float] | None:
    made, distances = reach
    ours, theirs, near = pair
    mark = made.get(theirs)
    if mark is None:
        return None
    return mark, bisect_right(distances, abs(theirs - ours)) / near
