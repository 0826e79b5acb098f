"""Wholes that differ by one of their parts, in all boxes at once: which part, on which side."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._neighbours import (
    ancestor,
    at_levels,
    free,
    keys,
    of_units,
    several_apart,
    usable,
)
from recount.diagnoses._seen import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

SIDES = ("ours", "theirs")


def lacking(seen: Seen) -> list[Frame]:
    """The wholes from which one part is missing: `at`, `side` (that lacks it), `part`, `chance`."""
    return list(_fitting(seen, (1, 0)))


def doubled(seen: Seen) -> list[Frame]:
    """The wholes that hold one part twice: as `lacking`."""
    return list(_fitting(seen, (0, 1)))


def _fitting(seen: Seen, of_more: tuple[int, int]) -> Iterator[Frame]:
    """`of_more`: the side with the mistake, where ours is more by a part, and where theirs is.

    Only a side with a form of the whole can have made it: what recount adds up itself has every
    part once.
    """
    finest = max((level for side in seen.asked.forms for level in side), default=0)
    for level, units in at_levels(seen):
        items = usable(seen, units)
        wholes = units.filter(several_apart(free(items)), nw.col("station") < 0) if items else None
        if wholes is None or not len(wholes):
            continue
        signed = [
            _signed(wholes, items, sign, side)
            for sign, side in zip((1, -1), of_more, strict=True)
            if level in seen.asked.forms[side]
        ]
        for below in range(level + 1, finest + 1):
            if signed and seen.asked.parts:
                parts = seen.asked.parts(below)
                yield _among(seen, (level, below), nw.concat(signed), (items, parts))


def _signed(wholes: Frame, items: Sequence[str], sign: int, side: int) -> Frame:
    """By what ours is more (sign 1) or theirs (-1), as a row `k0` ... to be looked for."""
    more = [sign * (nw.col(f"{item}|o") - nw.col(f"{item}|t")) for item in items]
    columns = [each.alias(key) for each, key in zip(more, keys(items), strict=True)]
    return wholes.select("at", "node", nw.lit(SIDES[side]).alias("side"), *columns)


def _among(
    seen: Seen, levels: tuple[int, int], wanted: Frame, among: tuple[Sequence[str], Frame]
) -> Frame:
    level, below = levels
    items, parts = among
    home = ancestor(seen, parts["node"], level, "home")
    figures = [nw.col(item).alias(key) for item, key in zip(items, keys(items), strict=True)]
    parts = parts.select("unit", *figures).with_columns(home)
    sizes = parts.group_by("home").agg(nw.col("unit").n_unique().alias("count"))
    parts = parts.rename({"unit": "part", "home": "node"})
    fits = wanted.join(parts, on=["node", *keys(items)], how="inner")
    fits = fits.join(sizes.rename({"home": "node"}), on="node", how="left")
    alone = by_chance(f"k{at}" for at, item in enumerate(items) if item in free(items))
    chance = (nw.col("count") * alone).clip(upper_bound=1.0)
    told = fits.with_columns(chance=chance, below=nw.lit(below)).sort("at", "side", "part")
    return told.select("at", "side", "part", "chance", "below").unique(
        "at", keep="first", maintain_order=True
    )


def by_chance(columns: Iterable[str]) -> nw.Expr:
    """How often a figure as large is just this one, in every box."""
    one = [1 / (nw.col(name).abs() + 1) for name in columns]
    return reduce(nw.Expr.__mul__, one)


def marks_of(seen: Seen, told: Sequence[Frame]) -> list[str]:
    """Say of every whole which side it is, and which part."""
    return [
        f"{side}:{seen.asked.regions.printed(part)}"
        for frame in told
        for side, part in frame.select("side", "part").iter_rows()
    ]


def marked(seen: Seen, told: Sequence[Frame]) -> Frame:
    """Give every figure of a whole what was found of it; the part nearest above all comes first."""
    return found(of_units(seen, told, marks_of(seen, told)))
