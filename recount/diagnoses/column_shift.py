"""Theirs stand some boxes further up or down the form: 63/148 -> 211/3, valid and invalid votes.

The mark is `+2`: theirs of every box are ours of the second one after it; `-1`: of the one before.
Either side may be the one that moved; where a box has none so far along the form, anything may
stand in it there. At least two boxes fit, and none speaks against it. Source: forms.md, section 6;
of 36,163 differing TPS of 2019, some 60.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.boxes import BOX_WORDS
from recount.diagnoses._seen import CANDIDATE, FOUND, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

    Figures = Sequence[int | None]

RATE = 0.01
WHOLE = True

STEPS = (1, -1, 2, -2, 3, -3)
WAYS = 2 * len(STEPS)  # of either side
ENOUGH = 2
"""Boxes that must fit; one alone is a coincidence, or an exchange."""

_SHIFTS = {"at": nw.UInt32(), "mark": FOUND["mark"], "chance": FOUND["chance"]}


def find(seen: Seen) -> Frame:
    """Try a few steps up and down the form; the likeliest one stands for the whole unit."""
    items = on_paper(seen.items)
    several = seen.written.filter(nw.col("at").is_duplicated()).select("at").unique()
    sides = [f"{item}|{side}" for side in "ot" for item in items]
    units = seen.units.join(several, on="at", how="inner").select("at", *sides)
    tried = ((at, shifted(of[: len(items)], of[len(items) :])) for at, *of in units.iter_rows())
    fits = [(at, *fit) for at, fit in tried if fit]
    columns = list(zip(*fits, strict=True)) if fits else [()] * len(_SHIFTS)
    table = engine.table(dict(zip(_SHIFTS, columns, strict=True)), _SHIFTS)
    return found(seen.written.join(table, on="at", how="inner"))


def shifted(ours: Figures, theirs: Figures) -> tuple[str, float] | None:
    """Say by how many boxes theirs stand elsewhere (the mark), and how often by chance."""
    # Where ours moved, theirs stand the other way; but what is pushed in, or stays, is in ours.
    ways = [(f"{step:+}", fit) for step, fit in _fits(theirs, ours)]
    ways += [(f"{-step:+}", fit) for step, fit in _fits(ours, theirs)]
    return min(ways, key=lambda one: one[1], default=None)


def _fits(moved: Figures, right: Figures) -> list[tuple[int, float]]:
    """The steps by which the figures of one side may have moved, each with its chance."""
    apart = {one for one, other in zip(moved, right, strict=True) if one != other}
    if len(apart.intersection(right) - {None, 0}) < ENOUGH:
        return []
    return [(step, fit) for step in STEPS if (fit := _by_chance(moved, right, step)) is not None]


def _by_chance(moved: Figures, right: Figures, step: int) -> float | None:
    """How often every box that fits would do so; None where too few do, or one speaks against."""
    odds = []
    for at in range(max(0, -step), min(len(right), len(right) - step)):
        here, there, other = right[at], moved[at], right[at + step]
        if here is None or there is None or other is None or here == there:
            continue
        if there != other:
            return None
        if there > 0:
            apart = abs(here - there)
            odds.append(1 / (apart + min(apart, here)))
    return min(1.0, WAYS * prod(odds)) if len(odds) >= ENOUGH else None


def on_paper(items: Iterable[str]) -> list[str]:
    """Put boxes in the order of the form: candidates before the valid votes."""
    order = {item: at for at, item in enumerate(BOX_WORDS)}
    votes = order["valid"]

    def place(item: str) -> tuple[float, int, str]:
        number = item.removeprefix(CANDIDATE)
        if number != item:
            return votes - 0.5, int(number) if number.isdigit() else len(order), number
        return order.get(item.split(".", maxsplit=1)[0], len(order)), 0, item

    return sorted(items, key=place)
