"""What is audited: batches of ballots with their reported votes, and ballots in no batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Batch(NamedTuple):
    """A kecamatan, desa or TPS as the online system shows it.

    `id`: any text, unlike all others. `votes`: reported votes by candidate; whoever is not named
    has 0, and {} is a batch that the online system does not show. `bound`: the most ballots that
    can be in it, invalid ones included. The risk is as true as this bound is.
    """

    id: str
    votes: Mapping[str, int]
    bound: int


def totals(batches: Iterable[Batch]) -> dict[str, int]:
    """Add the reported votes up, candidate by candidate."""
    sums: Counter[str] = Counter()
    for batch in batches:
        sums.update(batch.votes)
    return dict(sums)


def ballots_apart(official: Mapping[str, int], sums: Mapping[str, int]) -> int:
    """By how many ballots the official totals and the sums over the batches differ, at the worst.

    A ballot that is in no batch is nobody's to check, so it counts for whom it helps least: `frame`
    takes every one off the margins.
    """
    return sum(abs(official.get(c, 0) - sums.get(c, 0)) for c in official.keys() | sums.keys())
