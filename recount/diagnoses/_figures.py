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


def from_figures(misread: Misread, undone: Misread | None = None) -> Find:
    """Make a diagnosis of a mistake; `undone`: the mistake that leads back, if it is another one.

    By chance: of the numbers as near to ours as theirs is, the share that it makes of ours. Where
    a checksum proves a slip it is no matter of a few votes: of the numbers as long as theirs.
    Nobody knows which side is wrong: of ours seen from theirs as well; the greater share counts.
    """
    kept, back = (
        lru_cache(maxsize=2**16)(lambda figure, made=made: _made(figure, made(figure)))
        for made in (misread, undone or misread)
    )

    def find(seen: Seen) -> Frame:
        made = ((number, _fit(pair, kept, back)) for number, pair in enumerate(seen.pairs))
        fits = [(number, *fit) for number, fit in made if fit]
        columns = list(zip(*fits, strict=True)) if fits else [()] * len(_FITS)
        table = engine.table(dict(zip(_FITS, columns, strict=True)), _FITS)
        return seen.written.join(table, on="pair", how="inner").select(*FOUND)

    return find


def _made(ours: int, marks: Mapping[int, str]) -> _Made:
    distances = sorted(abs(figure - ours) for figure in marks)
    return _Made(marks, distances, Counter(len(str(figure)) for figure in marks))


def _fit(
    pair: Pair, kept: Callable[[int], _Made], back: Callable[[int], _Made]
) -> tuple[str, float] | None:
    ours, theirs, slip = pair
    made = kept(ours)
    mark = made.marks.get(theirs)
    if mark is None:
        return None
    return mark, max(_share(made, ours, theirs, slip), _share(back(theirs), theirs, ours, slip))


def _share(made: _Made, right: int, wrong: int, slip: bool) -> float:  # noqa: FBT001
    if slip:
        length = len(str(wrong))
        return made.lengths[length] / (9.0 * 10.0 ** (length - 1))
    apart = abs(wrong - right)
    return bisect_right(made.distances, apart) / (apart + min(apart, right))
