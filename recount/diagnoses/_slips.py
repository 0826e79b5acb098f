"""What the sums of a form say of a figure that differs: a slip, or another count altogether.

A few votes counted otherwise change the sums along; a digit misread does not.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.verdict import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Told(NamedTuple):
    """What the sums tell of one box, as expressions over `<item>|o`, `|t`.

    `slip`: a sum adds up on one side and not on the other, and this box alone is as far from the
    other side's as the sum is from adding up: a checksum proves that it is wrong on one side.
    `sound`: no slip, and a sum with this box adds up on both sides: more than this box is another.
    """

    slip: nw.Expr
    sound: nw.Expr


def told(items: Sequence[str], candidates: Sequence[str]) -> dict[str, Told]:
    """Hold every box against the sums that it is in; what is in none is not told anything of."""
    proved: dict[str, list[nw.Expr]] = {}
    agreed: dict[str, list[nw.Expr]] = {}
    for parts, whole in _sums(items, candidates):
        ours, theirs = (_off(parts, whole, side) for side in "ot")
        one, both = (ours == 0) != (theirs == 0), (ours == 0) & (theirs == 0)
        for box in (*parts, whole):
            apart = (nw.col(f"{box}|o") - nw.col(f"{box}|t")).abs()
            proved.setdefault(box, []).append(one & ((ours - theirs).abs() == apart))
            agreed.setdefault(box, []).append(both)
    slip = {box: _any(proved[box]) for box in proved}
    return {box: Told(slip[box], _any(agreed[box]) & ~slip[box]) for box in proved}


UNTOLD = Told(NEVER, NEVER)


def _any(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(nw.Expr.__or__, (one.fill_null(value=False) for one in conditions))


def _sums(items: Sequence[str], candidates: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """The sums that every form prints (R1, R2), as far as their boxes are compared."""
    if candidates and "valid" in items:
        yield candidates, "valid"
    if {"valid", "invalid", "cast"} <= set(items):
        yield ("valid", "invalid"), "cast"


def _off(parts: Sequence[str], whole: str, side: str) -> nw.Expr:
    added = reduce(nw.Expr.__add__, (nw.col(f"{part}|{side}") for part in parts))
    return added - nw.col(f"{whole}|{side}")
