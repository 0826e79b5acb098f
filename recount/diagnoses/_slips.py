"""Figures that a checksum proves to be slips: the sums of one side hold without them.

A few votes counted otherwise change the sums along; a digit misread does not.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def slips(items: Sequence[str], candidates: Sequence[str]) -> dict[str, nw.Expr]:
    """For each box in a sum of the form, whether it is proved there; columns `<item>|o`, `|t`.

    That is so where the sum adds up on one side and not on the other, and this box alone is as far
    from the other side's as the sum is from adding up.
    """
    proved: dict[str, nw.Expr] = {}
    for parts, whole in _sums(items, candidates):
        ours, theirs = (_off(parts, whole, side) for side in "ot")
        one_adds_up = (ours == 0) != (theirs == 0)
        for box in (*parts, whole):
            apart = (nw.col(f"{box}|o") - nw.col(f"{box}|t")).abs()
            here = (one_adds_up & ((ours - theirs).abs() == apart)).fill_null(value=False)
            proved[box] = proved[box] | here if box in proved else here
    return proved


def _sums(items: Sequence[str], candidates: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """The sums that every form prints (R1, R2), as far as their boxes are compared."""
    if candidates and "valid" in items:
        yield candidates, "valid"
    if {"valid", "invalid", "cast"} <= set(items):
        yield ("valid", "invalid"), "cast"


def _off(parts: Sequence[str], whole: str, side: str) -> nw.Expr:
    added = reduce(nw.Expr.__add__, (nw.col(f"{part}|{side}") for part in parts))
    return added - nw.col(f"{whole}|{side}")
