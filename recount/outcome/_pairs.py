"""Votes in all and the units without our form in; what is certain, and what could change it, out.

The same as `bounds` says of plain values, over columns: a nation has 800,000 units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recount.bounds import decided, rivals
from recount.model import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import narwhals as nw

    from recount.outcome._rest import Left
    from recount.outcome._sums import Sums

    Votes = Mapping[str, int]

Rivals = tuple[str, str]
"""The boxes of a winner and of a loser."""


class Reckoning(NamedTuple):
    """Votes by candidate's box, and the units without our form; `room`: ballots these can hold.

    `official`: of the candidates that theirs knows; empty where it has no votes. `held`: on our
    forms. `fewest`: by pair, how few of the units could bring its margin to 0.
    """

    official: Votes
    corrected: Votes
    held: Votes
    room: int
    fewest: Mapping[Rivals, int | None]


class Matter(NamedTuple):
    """What the units without our form could do; the fields of model.Outcome.

    `closest`: of the pairs with our figures the one that the fewest units could turn.
    """

    pairs: tuple[Pair, ...] = ()
    certain: bool | None = None
    units_that_could_flip: int | None = None
    closest: Rivals | None = None


def matter(
    sums: Sums,
    left: Left,
    known: tuple[Sequence[str], Sequence[str]],
    seats: int,
    *,
    bounded: bool,
) -> Matter:
    """Say what is certain, and how few units could change it.

    `known`: the boxes of all candidates, and of those whom theirs knows. `bounded`: whether it is
    known how many ballots the units without our form can hold; else only the margins are known.
    """
    items, theirs = known
    official = {item: sums[f"{item}|theirs"] for item in theirs} if sums["theirs"] else {}
    corrected = {item: sums[f"{item}|corrected"] for item in items} if sums["corrected"] else {}
    of_theirs, of_ours = (rivals(votes, list(votes), seats) for votes in (official, corrected))
    fewest = {
        pair: fewest_of(corrected[pair[0]] - corrected[pair[1]], worths(left, pair))
        for pair in dict.fromkeys([*of_theirs, *of_ours])
        if corrected
    }
    held = {item: votes - left.votes(item) for item, votes in corrected.items()}
    reckoning = Reckoning(official, corrected, held, int(left.frame["most"].sum() or 0), fewest)
    pairs = tuple(_pair(pair, reckoning, bounded=bounded) for pair in of_theirs if corrected)
    closest = min(of_ours, key=lambda pair: _danger(pair, reckoning), default=None)
    if not bounded or not corrected:
        return Matter(pairs, closest=closest)
    certain = decided(held, list(items), seats, reckoning.room)
    flips = None if certain or closest is None else fewest[closest]
    return Matter(pairs, certain, flips, closest)


def _pair(pair: Rivals, votes: Reckoning, *, bounded: bool) -> Pair:
    winner, loser = pair
    theirs, corrected, held = (
        of[winner] - of[loser] for of in (votes.official, votes.corrected, votes.held)
    )
    limits = (held - votes.room, held + votes.room, votes.fewest[pair]) if bounded else ()
    first, second = (item.partition(":")[2] for item in pair)
    return Pair(first, second, theirs, corrected, corrected - theirs, *limits)


def _danger(pair: Rivals, votes: Reckoning) -> tuple[bool, int, int, Rivals]:
    """As bounds.closest_of; of pairs alike the first by name, whatever the order of the files."""
    few = votes.fewest[pair]
    return few is None, few or 0, votes.corrected[pair[0]] - votes.corrected[pair[1]], pair


def worths(left: Left, pair: Rivals) -> nw.Series[Any]:
    """By how much each unit can make a pair's margin too large; null where nothing is known."""
    winner, loser = (left.frame[item] for item in pair)
    return (winner - loser + left.frame["most"]).clip(lower_bound=0)


def fewest_of(corrected: int, worth: nw.Series[Any]) -> int | None:
    """How many units, the worthiest first, bring a margin to 0 (as bounds.fewest_to_reach)."""
    if corrected <= 0:
        return 0
    sums = worth.drop_nulls().sort(descending=True).cum_sum()
    below = int((sums < corrected).sum())
    return below + 1 if below < len(sums) else None
