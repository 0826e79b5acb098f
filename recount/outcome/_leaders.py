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
    from collections.abc import Collection, Iterator, Sequence

    from recount.engine import Frame
    from recount.model import Pair
    from recount.outcome._race import Race
    from recount.outcome._sums import Sums, Total, Units

Changed = tuple[int, int, int | None, str | None, str | None]
"""Node, station, effect on the margin, the box of the leader by theirs and with our figures."""

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


def sided(pair: Pair, apart: Frame) -> Pair:
    """Count the units in which theirs is better for the winner beside the loser, and worse."""
    names = [f"candidate:{id_}|{side}" for side in ("theirs", "corrected") for id_ in pair[:2]]
    theirs_w, theirs_l, ours_w, ours_l = (apart[name] for name in names)
    moved = (theirs_w - theirs_l) - (ours_w - ours_l)
    more, fewer = int((moved > 0).sum()), int((moved < 0).sum())
    return pair._replace(regions_for=more, regions_against=fewer, p=sign_test(more, fewer))


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
    race: Race, units: Units, total: Total, apart: Frame, at: tuple[int, Collection[int]]
) -> tuple[Flip, ...]:
    """Name the regions whose leader is another with our figures, from the top, effect first.

    `at`: the level of the units, and the levels that are compared. Only regions of which both
    sums hold the same units, and of which all TPS are in online.
    """
    unit_level, levels = at
    first = _leaders(race.items, total.sums)
    found = [_named(race, unit_level, one) for one in _changed(race.items, first, apart)]
    by_level = dict(total.levels)
    sums = units.sums
    for level in range(unit_level - 1, min(levels) - 1, -1):
        if by_level:
            changed = _of_counters(race, first, total, level)
        else:
            sums = _raised(race, sums, level)
            changed = _of_nodes(race, first, sums, level)
        if level in levels:
            found += (_named(race, level, one) for one in changed)
    return tuple(sorted(found, key=_in_order))


def _in_order(flip: Flip) -> tuple[int, int, str]:
    return LEVELS.index(flip.level), -flip.effect, flip.region


def _raised(race: Race, sums: Frame, level: int) -> Frame:
    """Add sums up to the regions of a level; what has none there stays as it is."""
    above = engine.gather(race.up[f"up{level}"], sums["node"])
    return sums.with_columns(above.alias("node")).group_by("node").agg(nw.all().sum())


def _leaders(items: Sequence[str], sums: Sums) -> tuple[str, ...]:
    """The boxes of the first two by theirs: between them lies the margin."""
    return tuple(sorted(items, key=lambda item: -sums[f"{item}|theirs"])[:2])


def _of_nodes(race: Race, first: Sequence[str], sums: Frame, level: int) -> Iterator[Changed]:
    differ = (nw.col(f"{item}|corrected") != nw.col(f"{item}|theirs") for item in race.items)
    alike = (nw.col("theirs") == nw.col("corrected")) & (nw.col("theirs") > 0)
    alike &= nw.col(INCOMPLETE) == 0
    here = sums.filter(alike, reduce(nw.Expr.__or__, differ))
    own = engine.gather(race.up["level"], here["node"])
    here = here.with_columns(own.alias("level"), station=nw.lit(-1, nw.Int32))
    yield from _changed(race.items, first, here.filter(nw.col("level") == level))


def _of_counters(race: Race, first: Sequence[str], total: Total, level: int) -> Iterator[Changed]:
    """The same where forms of higher levels stand for some regions."""
    for node, sums in dict(total.levels)[level].items():
        alike = sums["theirs"] == sums["corrected"] or node in total.stood
        alike = alike and bool(sums["theirs"]) and not sums[INCOMPLETE]
        if race.regions.nodes.level[node] != level or not alike:
            continue
        theirs, corrected = (
            leader({item: sums[f"{item}|{name}"] for item in race.items})
            for name in ("theirs", "corrected")
        )
        if theirs != corrected:
            moved = [sums[f"{item}|theirs"] - sums[f"{item}|corrected"] for item in first]
            yield node, -1, abs(moved[0] - moved[1]), theirs, corrected


def leader(votes: dict[str, int]) -> str | None:
    """The box of the candidate with most votes; None where several have as many."""
    most = max(votes.values())
    first = [item for item, n in votes.items() if n == most]
    return first[0] if len(first) == 1 else None


def _changed(items: Sequence[str], first: Sequence[str], frame: Frame) -> Iterator[Changed]:
    """The rows whose leader is another on the two sides; with one candidate there is none."""
    if len(first) < 2:  # noqa: PLR2004 - a margin is between two
        return
    names = ("theirs", "corrected")
    moved = [nw.col(f"{item}|theirs") - nw.col(f"{item}|corrected") for item in first]
    frame = frame.with_columns((moved[0] - moved[1]).abs().alias("effect"))
    frame = frame.with_columns(_leader(items, name).alias(name) for name in names)
    changed = frame.filter(nw.col("theirs").fill_null("") != nw.col("corrected").fill_null(""))
    yield from changed.select("node", "station", "effect", *names).iter_rows()


def _leader(items: Sequence[str], name: str) -> nw.Expr:
    columns = {item: nw.col(f"{item}|{name}") for item in items}
    most = nw.max_horizontal(*columns.values())
    many = nw.sum_horizontal(*((column == most).cast(nw.Int64) for column in columns.values()))
    first = nw.coalesce(*(nw.when(col == most).then(nw.lit(item)) for item, col in columns.items()))
    return nw.when(many == 1).then(first)


def _named(race: Race, level: int, changed: Changed) -> Flip:
    node, station, effect, *leaders = changed
    nodes = race.regions.nodes
    region, name, within = nodes.region[node], nodes.name[node], nodes.name[nodes.parent[node]]
    if station >= 0:
        region, name, within = station_region(region, station), f"TPS {station:03d}", name
    before, now = (item and item.partition(":")[2] for item in leaders)
    # None where a side does not know one of the first two: there they have no margin to move.
    return Flip(LEVELS[level], region, name, before, now, within, int(effect or 0))
