"""Votes added up by candidate in; who leads, by how much, and whether two agree on it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS, Standing, Votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def standing(sums: Mapping[str, int], side: str, items: Sequence[str]) -> Standing:
    """Rank the candidates by a side's votes.

    `sums`: `<item>|<side>` votes, under `side` how many units they are from, and under
    `<side> above <number of a level>` how many of these are regions of a higher level.
    """
    units = sums[side]
    votes = [Votes(item.partition(":")[2], sums[f"{item}|{side}"]) for item in items]
    ranking = sorted(votes, key=lambda v: -v.votes) if units else []
    margin = ranking[0].votes - ranking[1].votes if len(ranking) > 1 else None
    regions = ((level, sums.get(f"{side} above {at}", 0)) for at, level in enumerate(LEVELS))
    above = tuple((level, n) for level, n in reversed(list(regions)) if n)
    return Standing(units, tuple(ranking), margin, above)


def same_winner(first: Standing, second: Standing, seats: int) -> bool | None:
    """Whether two standings elect the same; None where one has no votes."""
    if not first.ranking or not second.ranking:
        return None
    return _winners(first, seats) == _winners(second, seats)


def _winners(standing: Standing, seats: int) -> frozenset[str]:
    """Who would be elected; a tie for the last seat elects all who share it, until it is broken."""
    last = standing.ranking[min(seats, len(standing.ranking)) - 1].votes
    return frozenset(votes.candidate for votes in standing.ranking if votes.votes >= last)
