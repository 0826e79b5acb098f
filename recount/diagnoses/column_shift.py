"""Theirs stand some boxes further up or down the form: 63/148 -> 211/3, valid and invalid votes.

The mark is `+2`: theirs of every box are ours of the second one after it; `-1`: of the one before.
Where a box has none so far along the form, anything may stand in theirs. At least two boxes fit,
and none speaks against it. Source: forms.md, section 6; of 36,163 differing TPS of 2019, some 60.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.boxes import BOX_WORDS
from recount.diagnoses._seen import CANDIDATE, found, near
from recount.verdict import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.01
WHOLE = True

STEPS = (1, -1, 2, -2, 3, -3)
ENOUGH = 2
"""Boxes that must fit; one alone is a coincidence, or an exchange."""


class _Fit(NamedTuple):
    """How one box bears on a shift, as expressions: it fits, it speaks against it, by chance."""

    fits: nw.Expr
    against: nw.Expr
    chance: nw.Expr


def find(seen: Seen) -> Frame:
    """Try a few steps up and down the form; the likeliest one stands for the whole unit."""
    rows = seen.written
    several = rows.filter(nw.col("at").is_duplicated()).select("at").unique()
    units = seen.units.join(several, on="at", how="inner")
    items = on_paper(seen.items)
    tried = [_by_step(units, items, step) for step in STEPS if abs(step) < len(items)]
    if not tried:
        return found(rows.head(0).with_columns(mark=nw.lit(""), chance=nw.lit(0.0)))
    best = nw.concat(tried).sort("chance").unique("at", keep="first", maintain_order=True)
    return found(rows.join(best, on="at", how="inner"))


def on_paper(items: Iterable[str]) -> list[str]:
    """Put boxes in the order of the form: candidates before the valid votes."""
    order = {item: at for at, item in enumerate(BOX_WORDS)}

    def place(item: str) -> tuple[int, int, str]:
        if item.startswith(CANDIDATE):
            number = item.removeprefix(CANDIDATE)
            return order["valid"], int(number) if number.isdigit() else len(items_), number
        at = order.get(item.split(".", maxsplit=1)[0], len(order))
        return (at + 1 if at >= order["valid"] else at), 0, item

    items_ = list(items)
    return sorted(items_, key=place)


def _by_step(units: Frame, items: Sequence[str], step: int) -> Frame:
    boxes = [
        _fit(item, items[at + step]) for at, item in enumerate(items) if 0 <= at + step < len(items)
    ]
    fitting = reduce(nw.Expr.__add__, (_one(box.fits) for box in boxes))
    against = reduce(nw.Expr.__add__, (_one(box.against) for box in boxes))
    chance = reduce(nw.Expr.__mul__, (box.chance for box in boxes), nw.lit(float(len(STEPS))))
    fits = units.filter((fitting >= ENOUGH) & (against == 0))
    return fits.select(
        "at", nw.lit(f"{step:+}").alias("mark"), chance.clip(0.0, 1.0).alias("chance")
    )


def _fit(item: str, source: str) -> _Fit:
    ours, theirs, other = nw.col(f"{item}|o"), nw.col(f"{item}|t"), nw.col(f"{source}|o")
    differs = nw.col(f"{item}|s") == CODE["differs"]
    same = differs & (theirs == other) & (theirs > 0)
    chance = nw.when(same).then(1 / near(ours, theirs)).otherwise(nw.lit(1.0))
    return _Fit(same, differs & (theirs != other), chance)


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))
