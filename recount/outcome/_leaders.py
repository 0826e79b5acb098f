"""Sums of both sides in; the regions whose leader changes, and whom the differences favour, out."""

from __future__ import annotations

from functools import reduce
from math import comb
from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import node_of, station_of
from recount.model import INCOMPLETE, LEVELS, Favour, Flip
from recount.regions import station_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.engine import Frame
    from recount.outcome._race import Race
    from recount.outcome._sums import Sums, Total, Units

Changed = tuple[int, int, str | None, str | None]
"""Node, station, the box of the leader by theirs and with our figures."""

PRECISION = 256
"""Bits behind the point of a probability; a float keeps 53."""


def differing(race: Race, units: Units) -> Frame:
    """The units that both sides know whole and show differently.

    Eager: `node`, `station`, and per item `<item>|corrected` (ours) and `<item>|theirs`.
    """
    differ = (nw.col(f"{item}|o") != nw.col(f"{item}|t") for item in race.items)
    both = units.by_ours & units.theirs & reduce(nw.Expr.__or__, differ)
    if f"{INCOMPLETE}|t" in units.paired.collect_schema().names():
        both &= ~(nw.col(f"{INCOMPLETE}|t").fill_null(0) > 0)
    sides = {"o": "corrected", "t": "theirs"}
    figures = (
        nw.col(f"{item}|{mark}").alias(f"{item}|{name}")
        for item in race.items
        for mark, name in sides.items()
    )
    found = engine.collect(units.paired.filter(both).select("unit", *figures))
    placed = found.with_columns(node=node_of("unit"), station=station_of("unit")).drop("unit")
    return race.inside(placed)


def favours(items: Sequence[str], apart: Frame) -> tuple[Favour, ...]:
    """Count for each candidate the units in which theirs shows more than ours, and fewer."""
    found = []
    for item in items:
        ours, theirs = apart[f"{item}|corrected"], apart[f"{item}|theirs"]
        more, fewer = int((theirs > ours).sum()), int((theirs < ours).sum())
        found.append(Favour(item.partition(":")[2], more, fewer, sign_test(more, fewer)))
    return tuple(found)


def sign_test(more: int, fewer: int) -> float:
    """How likely one of two equally likely sides is at least so far ahead; two-sided, exact.

    The sum of the binomial probabilities from the nearer end, doubled, and 1 at most. Each term is
    made of the one before it, in whole numbers: what is cut off lies below 2**-200 of the sum.
    """
    n, k = more + fewer, min(more, fewer)
    if 2 * k == n:
        return 1.0
    term, total = 1 << PRECISION, 0
    for at in range(k, -1, -1):
        total += term
        term = term * at // (n - at + 1)
        if not term:
            break
    return min(1.0, 2 * comb(n, k) * total / (1 << (n + PRECISION)))


def flips(
    race: Race, units: Units, total: Total, apart: Frame, at: tuple[int, Iterable[int]]
) -> tuple[Flip, ...]:
    """Name the regions whose leader is another with our figures, from the top.

    `at`: the level of the units, and the levels that are compared. Only regions of which both
    sums hold the same units.
    """
    unit_level, levels = at
    found: list[Flip] = []
    for level in levels:
        if level == unit_level:
            changed = _changed(race.items, apart)
        elif total.levels:
            changed = _of_counters(race, dict(total.levels)[level], total, level)
        else:
            changed = _of_nodes(race, units.sums, level)
        found += (_named(race, level, one) for one in changed)
    return tuple(sorted(found, key=_in_order))


def _in_order(flip: Flip) -> tuple[int, str]:
    return LEVELS.index(flip.level), flip.region


def _of_nodes(race: Race, sums: Frame, level: int) -> Iterator[Changed]:
    """Of the regions of a level; what has none there is part of no region."""
    up = race.up.select("node", nw.col(f"up{level}").alias("above"))
    names = [name for name in sums.columns if name != "node"]
    raised = sums.join(up, on="node", how="left").group_by("above").agg(nw.col(*names).sum())
    here = raised.filter(nw.col("theirs") == nw.col("corrected"), nw.col("theirs") > 0)
    differ = (nw.col(f"{item}|corrected") != nw.col(f"{item}|theirs") for item in race.items)
    here = here.filter(reduce(nw.Expr.__or__, differ)).rename({"above": "node"})
    own = engine.gather(race.up["level"], here["node"])
    here = here.with_columns(own.alias("level"), station=nw.lit(-1, nw.Int32))
    yield from _changed(race.items, here.filter(nw.col("level") == level))


def _of_counters(race: Race, found: dict[int, Sums], total: Total, level: int) -> Iterator[Changed]:
    """The same where forms of higher levels stand for some regions."""
    for node, sums in found.items():
        alike = sums["theirs"] == sums["corrected"] or node in total.stood
        if race.regions.nodes.level[node] != level or not alike or not sums["theirs"]:
            continue
        theirs, corrected = (
            leader({item: sums[f"{item}|{name}"] for item in race.items})
            for name in ("theirs", "corrected")
        )
        if theirs != corrected:
            yield node, -1, theirs, corrected


def leader(votes: dict[str, int]) -> str | None:
    """The box of the candidate with most votes; None where several have as many."""
    most = max(votes.values())
    first = [item for item, n in votes.items() if n == most]
    return first[0] if len(first) == 1 else None


def _changed(items: Sequence[str], frame: Frame) -> Iterator[Changed]:
    """The rows whose leader is another on the two sides."""
    names = ("theirs", "corrected")
    frame = frame.with_columns(_leader(items, name).alias(name) for name in names)
    changed = frame.filter(nw.col("theirs").fill_null("") != nw.col("corrected").fill_null(""))
    yield from changed.select("node", "station", *names).iter_rows()


def _leader(items: Sequence[str], name: str) -> nw.Expr:
    columns = {item: nw.col(f"{item}|{name}") for item in items}
    most = nw.max_horizontal(*columns.values())
    many = nw.sum_horizontal(*((column == most).cast(nw.Int64) for column in columns.values()))
    first = nw.coalesce(*(nw.when(col == most).then(nw.lit(item)) for item, col in columns.items()))
    return nw.when(many == 1).then(first)


def _named(race: Race, level: int, changed: Changed) -> Flip:
    node, station, *leaders = changed
    region, name = race.regions.nodes.region[node], race.regions.nodes.name[node]
    if station >= 0:
        region, name = station_region(region, station), f"TPS {station:03d}"
    before, now = (item and item.partition(":")[2] for item in leaders)
    return Flip(LEVELS[level], region, name, before, now)
