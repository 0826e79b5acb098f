"""Paired units in, the standing of a contest by each side's figures out.

A unit counts only where every candidate's figure is known: a sum over some of the candidates
would favour them. `corrected` takes ours where we hold a complete form, theirs elsewhere.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.aggregate import node_of
from recount.model import Outcome, Standing, Votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Lazy
    from recount.model import Contest
    from recount.regions import Regions

SIDES = ("ours", "theirs", "corrected")


def outcome(
    contest: Contest,
    paired: Lazy,
    items: Sequence[str],
    has: tuple[set[str], set[str]],
    regions: Regions,
) -> Outcome:
    """Say who leads by ours, by theirs, and by ours corrected with theirs.

    `items`: the candidates' boxes; `has`: those that each side knows. The deciding region is the
    contest's, else the smallest one that holds every unit.
    """
    paired = paired.with_columns(node=node_of("unit"))
    nodes = set(engine.collect(paired.select("node").unique())["node"])
    decides = _deciding_region(contest, nodes, regions)
    if contest.region is not None:
        inside = [node for node in nodes if regions.under(node, decides)]
        paired = paired.filter(nw.col("node").is_in(inside))
    sums = engine.collect(paired.select(*_sums(items, has)))
    ours, theirs, corrected = (_standing(sums, side, items) for side in SIDES)
    return Outcome(
        contest.id,
        regions.nodes[decides].region,
        contest.seats,
        ours,
        theirs,
        corrected,
        # Without a candidate in common there is nobody to be the same.
        same_winner=_same_winner(corrected, theirs, contest.seats)
        if has[0] & has[1] & set(items)
        else None,
    )


def _deciding_region(contest: Contest, nodes: set[int], regions: Regions) -> int:
    if contest.region is not None and contest.region in regions.by_code:
        return regions.by_code[contest.region]
    return regions.common(nodes)


def _sums(items: Sequence[str], has: tuple[set[str], set[str]]) -> list[nw.Expr]:
    columns: list[nw.Expr] = []
    ours, theirs = (_complete(items, mark, known) for mark, known in zip("ot", has, strict=True))
    for item in items:
        o, t = nw.col(f"{item}|o"), nw.col(f"{item}|t")
        columns += [
            nw.when(ours).then(o).sum().alias(f"{item}|ours"),
            nw.when(theirs).then(t).sum().alias(f"{item}|theirs"),
            nw.when(ours)
            .then(o)
            .otherwise(nw.when(theirs).then(t))
            .sum()
            .alias(f"{item}|corrected"),
        ]
    one = nw.lit(1, nw.Int64)
    columns += [
        nw.when(ours).then(one).otherwise(0).sum().alias("ours"),
        nw.when(theirs).then(one).otherwise(0).sum().alias("theirs"),
        nw.when(ours | theirs).then(one).otherwise(0).sum().alias("corrected"),
    ]
    return columns


def _complete(items: Sequence[str], mark: str, known: set[str]) -> nw.Expr:
    columns = [~nw.col(f"{item}|{mark}").is_null() for item in items if item in known]
    return reduce(nw.Expr.__and__, columns) if columns else nw.lit(value=False)


def _standing(sums: nw.DataFrame[Any], side: str, items: Sequence[str]) -> Standing:
    units = int(sums.item(0, side) or 0)
    votes = [
        Votes(item.partition(":")[2], int(sums.item(0, f"{item}|{side}") or 0)) for item in items
    ]
    ranking = sorted(votes, key=lambda v: -v.votes) if units else []
    margin = ranking[0].votes - ranking[1].votes if len(ranking) > 1 else None
    return Standing(units, tuple(ranking), margin)


def _same_winner(first: Standing, second: Standing, seats: int) -> bool | None:
    if not first.ranking or not second.ranking:
        return None
    return _winners(first, seats) == _winners(second, seats)


def _winners(standing: Standing, seats: int) -> frozenset[str]:
    """Who would be elected; a tie for the last seat elects all who share it, until it is broken."""
    last = standing.ranking[min(seats, len(standing.ranking)) - 1].votes
    return frozenset(votes.candidate for votes in standing.ranking if votes.votes >= last)
