"""Causes that can be read off two figures: what one mistake makes of a number."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.diagnoses._seen import FOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recount.diagnoses._seen import Pair, Seen
    from recount.engine import Frame

    Misread = Callable[[int], Mapping[int, str]]
    """A figure in; every figure that one mistake makes of it out, each with its mark."""

    Find = Callable[[Seen], Frame]


_FITS = {"pair": nw.UInt32(), "mark": FOUND["mark"], "chance": FOUND["chance"]}


class _Made(NamedTuple):
    """What a mistake makes of a figure: each with its mark; how far off they are, in order."""

    marks: Mapping[int, str]
    distances: Sequence[int]
    lengths: Mapping[int, int]
    """How many of them have so many digits."""


def from_figures(misread: Misread) -> Find:
    """Make a diagnosis of a mistake.

    By chance: of the numbers as near to ours as theirs is, the share that it makes of ours. Where
    a checksum proves a slip it is no matter of a few votes: of the numbers as long as theirs.
    """
    kept = lru_cache(maxsize=2**16)(lambda ours: _made(ours, misread(ours)))

    def find(seen: Seen) -> Frame:
        made = ((number, _fit(pair, kept(pair[0]))) for number, pair in enumerate(seen.pairs))
        fits = [(number, *fit) for number, fit in made if fit]
        columns = list(zip(*fits, strict=True)) if fits else [()] * len(_FITS)
        table = engine.table(dict(zip(_FITS, columns, strict=True)), _FITS)
        return seen.written.join(table, on="pair", how="inner").select(*FOUND)

    return find


def _made(ours: int, marks: Mapping[int, str]) -> _Made:
    distances = sorted(abs(figure - ours) for figure in marks)
    return _Made(marks, distances, Counter(len(str(figure)) for figure in marks))


def _fit(pair: Pair, made: _Made) -> tuple[str, float] | None:
    ours, theirs, near, slip = pair
    mark = made.marks.get(theirs)
    if mark is None:
        return None
    if slip:
        length = len(str(theirs))
        return mark, made.lengths[length] / (9 * 10 ** (length - 1))
    return mark, bisect_right(made.distances, abs(theirs - ours)) / near
