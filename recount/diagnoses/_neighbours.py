"""Units beside one another: whole rows as vectors, and how dense such rows lie around a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.diagnoses._seen import CANDIDATE, FOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame, Lazy

LEAST_BOXES = 2
"""One figure alone is no row: many regions have the same."""

_WIDE, _LEAST = 5, 2
"""Two figures are alike when they differ by at most a fifth, or by two votes."""

_MIX = 1_000_003
"""Odd, and larger than figures mostly are."""


def at_levels(seen: Seen) -> Iterator[tuple[int, Frame]]:
    """The levels at which a figure can have been written wrongly, with the units in which it is."""
    written = seen.written
    for level in written["level"].unique().to_list():
        here = written.filter(nw.col("level") == level).select("at")
        yield level, seen.units.join(here, on="at", how="semi")


def usable(seen: Seen, everyone: Frame) -> tuple[str, ...]:
    """The boxes of which both sides have figures; none where there are too few for a row."""
    columns = [name for item in seen.items for name in (f"{item}|o", f"{item}|t")]
    blank = engine.blanks(everyone, [name for name in columns if name in everyone.columns])
    none = len(everyone)
    filled = (
        item
        for item in seen.items
        if all(blank.get(f"{item}|{side}", none) < none for side in "ot")
    )
    items = tuple(filled)
    return items if len(items) >= LEAST_BOXES else ()


def free(items: Sequence[str]) -> tuple[str, ...]:
    """The boxes that say something of their own: sums of them are no further evidence."""
    own = tuple(item for item in items if item.startswith(CANDIDATE) or item == "invalid")
    return own if len(own) >= LEAST_BOXES else tuple(items)


def several_apart(items: Sequence[str]) -> nw.Expr:
    """Whether two boxes differ, or the only one."""
    apart = ((nw.col(f"{item}|o") != nw.col(f"{item}|t")).fill_null(value=False) for item in items)
    return nw.sum_horizontal(*(one.cast(nw.Int64) for one in apart)) >= min(LEAST_BOXES, len(items))


def row_of(items: Sequence[str], *sides: str) -> list[nw.Expr]:
    """A unit's row as columns `k0`, `k1` ...: the first side's figures, else those of the next."""
    return [
        nw.coalesce(*(f"{item}|{side}" for side in sides)).alias(f"k{at}")
        for at, item in enumerate(items)
    ]


def filled(items: Sequence[str]) -> nw.Expr:
    """Whether a row has votes in two boxes that are no sums: a row of zeros is nobody's."""
    own = free(items)
    some = ((nw.col(f"k{at}") > 0).cast(nw.Int64) for at, i in enumerate(items) if i in own)
    return nw.sum_horizontal(*some) >= min(LEAST_BOXES, len(own))


def keys(items: Sequence[str]) -> list[str]:
    """The names of those columns."""
    return [f"k{at}" for at, _ in enumerate(items)]


def number_of(items: Sequence[str], home: str, *sides: str) -> nw.Expr:
    """A row and its home as one number, so that rows are found fast; null where a box is blank.

    Two rows may have the same one: what is found is still to be looked at.
    """
    number = nw.col(home).cast(nw.Int64)
    for item in items:
        number = number * _MIX + nw.coalesce(*(f"{item}|{side}" for side in sides))
    return number


def ancestor(seen: Seen, nodes: nw.Series[Any], level: int, name: str) -> nw.Series[Any]:
    """The ancestors of nodes at a level."""
    return engine.gather(seen.asked.up[f"up{level}"], nodes).alias(name)


def density(seen: Seen, level: int, rows: Frame, items: Sequence[str]) -> Lazy:
    """How probable each row is among the regions around: `row_id`, `likely`.

    `rows`: `row_id`, `node` and the row as `k0` ... . Box by box: the share of regions with a
    figure that is alike, spread evenly over all that are; the boxes taken for independent.
    """
    up = f"up{max(0, level - 2)}"
    everyone = seen.asked.everyone(level)
    at = [number for number, item in enumerate(items) if item in free(items)]
    kept = [f"k{n}" for n in at]
    homes = rows.with_columns(engine.gather(seen.asked.up[up], rows["node"]).alias("around"))
    # Only the nodes around need to be looked at, of a nation's 90,000 few.
    nodes = seen.asked.up.lazy().select("node", nw.col(up).alias("around"))
    around = nodes.join(homes.lazy().select("around"), on="around", how="semi")
    figures = (nw.coalesce(f"{items[n]}|o", f"{items[n]}|t").alias(f"m{n}") for n in at)
    members = everyone.lazy().join(around, on="node", how="inner").select("around", *figures)
    both = homes.lazy().select("row_id", "around", *kept).join(members, on="around", how="inner")
    alike = (_alike(n).fill_null(value=False).cast(nw.Int64).alias(f"m{n}") for n in at)
    counted = (
        both.with_columns(*alike)
        .group_by("row_id", *kept)
        .agg(*(nw.col(f"m{n}").sum() for n in at), nw.len().alias("size"))
    )
    likely: nw.Expr = nw.lit(1.0)
    for n in at:
        share = (nw.col(f"m{n}") + 1) / (nw.col("size") + 1)
        likely = likely * share / (2 * _reach(n) + 1)
    return counted.select("row_id", likely.alias("likely"))


def _alike(number: int) -> nw.Expr:
    return (nw.col(f"m{number}") - nw.col(f"k{number}")).abs() <= _reach(number)


def _reach(number: int) -> nw.Expr:
    return nw.max_horizontal(nw.col(f"k{number}") // _WIDE, nw.lit(_LEAST))


def of_units(seen: Seen, told: Sequence[Frame], marks: Iterable[str]) -> Frame:
    """Give every figure of a unit what was found of the unit: `told` have `at` and `chance`."""
    if not told:
        return seen.rows.head(0).select("row", mark=nw.lit(""), chance=nw.lit(0.0))
    mark = nw.new_series("mark", list(marks), nw.String, backend="polars")
    named = nw.concat([one.select("at", "chance") for one in told]).with_columns(mark)
    return seen.written.join(named, on="at", how="inner").select(*FOUND)
