"""Clean stations in; the same as ours, and what an online system would show of desa and kecamatan.

Its figures are right but for mistakes of known kinds: a part missing or counted twice, a row of
totals added, rows permuted, a figure that stayed as an earlier capture had it; and honest slips.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.injecting import KECAMATAN, NOISE, NOISES
from benchmarks.mistakes import BOXES, Station, slip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Figures = tuple[int, ...]
    Make = Callable[["Whole", Random], Figures | None]

SHARE_IN = 0.7
"""So many of the stations were in at the earlier capture."""

FEWEST = 3
"""A whole has at least so many parts: of fewer the other one is as good as the whole."""


class Whole(NamedTuple):
    """A region as it is, and as it was shown before: its code, its figures, those of its parts."""

    code: str
    figures: Figures
    parts: tuple[Figures, ...]
    before: Figures


class Shown(NamedTuple):
    """What the system shows, by code: now and before; and the class of each that is wrong."""

    now: dict[str, Sequence[int | None]]
    before: dict[str, Figures]
    truth: dict[str, str]


def plus(*rows: Sequence[int]) -> Figures:
    """Add rows up."""
    return tuple(map(sum, zip(*rows, strict=True)))


def _less(whole: Sequence[int], part: Sequence[int]) -> Figures:
    return tuple(a - b for a, b in zip(whole, part, strict=True))


def _missing(whole: Whole, random: Random) -> Figures:
    return _less(whole.figures, random.choice(whole.parts))


def _twice(whole: Whole, random: Random) -> Figures:
    return plus(whole.figures, random.choice(whole.parts))


def _double(whole: Whole, random: Random) -> Figures:
    del random
    return plus(whole.figures, whole.figures)


def _earlier(whole: Whole, random: Random) -> Figures | None:
    del random
    return whole.before


def _slipped(whole: Whole, random: Random) -> Figures | None:
    return slip(random, Station(whole.code, 0, whole.figures))  # type: ignore[return-value]


OF_DESA: dict[str, Make] = {
    "unit_missing": _missing,
    "unit_twice": _twice,
    "total_row_added": _double,
    "earlier_capture": _earlier,
    NOISE: _slipped,
}
"""Mistakes in the figures of a desa, whose parts are TPS."""
OF_KECAMATAN: dict[str, Make] = {
    "unit_missing": _missing,
    "total_row_added": _twice,
    NOISE: _slipped,
}
"""Those of a kecamatan: a desa on top is its subtotal, for it has TPS below it."""
SHARE = {"unit_missing": 4, "total_row_added": 4}
"""The part of a class's mistakes that is made in a kecamatan: one in so many."""


def show(stations: Sequence[Station], random: Random, per_class: int) -> Shown:
    """Make the system's figures, with mistakes of each class."""
    desa = _added_up([(one.parent, one.figures, random.random() < SHARE_IN) for one in stations])
    above = _raised(desa)
    now: dict[str, Sequence[int | None]] = {one.code: one.figures for one in (*desa, *above)}
    shown = Shown(now, {one.code: one.before for one in (*desa, *above)}, {})
    _permute(shown, desa, random, per_class)
    for wholes, makers, least in ((desa, OF_DESA, 0), (above, OF_KECAMATAN, 1)):
        order = random.sample(wholes, len(wholes))
        free = (w for w in order if w.code not in shown.truth and _fit(w))
        for kind, make in makers.items():
            left = per_class * (NOISES if kind == NOISE else 1)
            left = left // SHARE.get(kind, NOISES) if least else left
            while left and (whole := next(free, None)):
                left -= _put(shown, whole.code, kind, make(whole, random))
    return shown


def _fit(whole: Whole) -> bool:
    """Whether a whole has parts enough, and several were not in before: one is `unit_missing`."""
    left = _less(whole.figures, whole.before)
    return len(whole.parts) >= FEWEST and any(left) and left not in whole.parts


def _put(shown: Shown, code: str, kind: str, figures: Sequence[int | None] | None) -> bool:
    if figures is None or figures == shown.now[code]:
        return False
    shown.now[code] = figures
    shown.truth[code] = kind
    return True


def _added_up(rows: Sequence[tuple[str, Figures, bool]]) -> list[Whole]:
    parts: dict[str, list[tuple[Figures, bool]]] = defaultdict(list)
    for code, figures, was_in in rows:
        parts[code].append((figures, was_in))
    nothing = (0,) * len(BOXES)
    return [
        Whole(
            code,
            plus(*(figures for figures, _ in held)),
            tuple(figures for figures, _ in held),
            plus(nothing, *(figures for figures, was_in in held if was_in)),
        )
        for code, held in parts.items()
    ]


def _raised(desa: Sequence[Whole]) -> list[Whole]:
    inside: dict[str, list[Whole]] = defaultdict(list)
    for one in desa:
        inside[one.code[:KECAMATAN]].append(one)
    return [
        Whole(
            code,
            plus(*(one.figures for one in held)),
            tuple(one.figures for one in held),
            plus(*(one.before for one in held)),
        )
        for code, held in inside.items()
    ]


def _permute(shown: Shown, desa: Sequence[Whole], random: Random, count: int) -> None:
    """Move the rows of whole kecamatan on, until so many desa are out of order."""
    inside: dict[str, list[Whole]] = defaultdict(list)
    for one in desa:
        inside[one.code[:KECAMATAN]].append(one)
    left = count
    for code in random.sample(sorted(inside), len(inside)):
        rows = inside[code]
        if left <= 0:
            return
        if len(rows) >= FEWEST and len({one.figures for one in rows}) == len(rows):
            moved = rows[1:] + rows[:1]
            for one, other in zip(rows, moved, strict=True):
                left -= _put(shown, one.code, "permuted_regions", other.figures)
