"""Reported votes, our forms, and how many ballots a unit can hold in; what is certain out.

The deterministic bounds: they hold for any collection of forms, chosen at random or not, and say
nothing about a count that was false on the form itself. Whole numbers throughout. Plain values
only, so that anyone can hold this against another program.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Votes = Mapping[str, int]
    """Votes by candidate; a candidate who is not named has none."""


class Pair(NamedTuple):
    """A winner and a loser by the reported votes, and the margin between them, in votes.

    `theirs`: as reported. `corrected`: our figures where we hold a form. `lower`, `upper`: the
    least and the most it can be, whatever the units without a form hold. `k_min`: the fewest
    units without a form that could bring it to 0; 0 where it is there already, None where all of
    them could not.
    """

    winner: str
    loser: str
    theirs: int
    corrected: int
    lower: int
    upper: int
    k_min: int | None


class Bounds(NamedTuple):
    """What follows for a contest.

    `certain`: the winners - those of the forms we hold - are the winners whatever the rest holds.
    `wrong`: the reported winners are certainly not the winners. `k_min`: the fewest units that
    could change the reported winners, None where even all of them could not. `order`: the units
    without a form, the one that is worth most for the closest pair first; `worth`: its votes
    there, by how many at most the pair's margin can be too large because of that unit.
    """

    pairs: tuple[Pair, ...]
    certain: bool
    wrong: bool
    k_min: int | None
    order: tuple[str, ...]
    worth: Mapping[str, int]


def bounds(
    reported: Mapping[str, Votes],
    held: Mapping[str, Votes],
    most: Mapping[str, int],
    seats: int = 1,
    candidates: Iterable[str] = (),
) -> Bounds:
    """Say what the forms at hand decide.

    `reported`: votes by unit and candidate, as the online system shows them. `held`: the same, on
    our forms; where we hold one it counts, whatever was reported. `most`: ballots that a unit can
    hold at most, invalid ones included; needed of every unit that has no form, also of one that
    was not reported at all (KeyError); never fewer than were reported there. `candidates`: all of
    them, where some have no vote.
    """
    named = (name for votes in (*reported.values(), *held.values()) for name in votes)
    known = sorted({*candidates, *named})
    rest = sorted({*reported, *most} - held.keys())
    of_rest = {unit: reported.get(unit, {}) for unit in rest}
    theirs, ours, left = (total(side.values()) for side in (reported, held, of_rest))
    room = sum(most[unit] for unit in rest)
    pairs, worths = [], []
    for winner, loser in rivals(theirs, known, seats):
        worth = {u: worth_of(v, most[u], winner, loser) for u, v in of_rest.items()}
        held_margin = ours[winner] - ours[loser]
        corrected = held_margin + left[winner] - left[loser]
        fewest = fewest_to_reach(corrected, worth.values())
        margins = theirs[winner] - theirs[loser], corrected, held_margin - room, held_margin + room
        pairs.append(Pair(winner, loser, *margins, fewest))
        worths.append(worth)
    closest = closest_of(pairs)
    worth = worths[closest] if pairs else {}
    return Bounds(
        tuple(pairs),
        decided(ours, known, seats, room),
        any(pair.upper < 0 for pair in pairs),
        min((p.k_min for p in pairs if p.k_min is not None), default=None),
        tuple(sorted(rest, key=lambda unit: (-worth.get(unit, 0), unit))),
        worth,
    )


def total(votes: Iterable[Votes]) -> Counter[str]:
    """Add votes up by candidate."""
    added: Counter[str] = Counter()
    for one in votes:
        added.update(one)
    return added


def rivals(theirs: Votes, candidates: Sequence[str], seats: int) -> list[tuple[str, str]]:
    """Every winner by the reported votes with every loser; of a tie the first by name.

    Who wins a tie is open: then a pair has a margin of 0, which says so.
    """
    ranked = sorted(candidates, key=lambda one: (-theirs.get(one, 0), one))
    return [(winner, loser) for winner in ranked[:seats] for loser in ranked[seats:]]


def worth_of(reported: Votes, most: int, winner: str, loser: str) -> int:
    """By how much a unit can make a pair's margin too large: all its ballots were the loser's."""
    return max(0, reported.get(winner, 0) - reported.get(loser, 0) + most)


def fewest_to_reach(corrected: int, worths: Iterable[int]) -> int | None:
    """How many units, the worthiest first, bring a margin to 0; a tie is no victory."""
    if corrected <= 0:
        return 0
    sums = accumulate(sorted(worths, reverse=True))
    return next((n for n, reached in enumerate(sums, start=1) if reached >= corrected), None)


def closest_of(pairs: Sequence[Pair]) -> int:
    """The number of the pair that the fewest units could turn, then of the smallest margin.

    Of several alike the first by name.
    """

    def key(at: int) -> tuple[bool, int, int, str, str]:
        pair = pairs[at]
        return pair.k_min is None, pair.k_min or 0, pair.corrected, pair.winner, pair.loser

    return min(range(len(pairs)), key=key, default=0)


def decided(ours: Votes, candidates: Sequence[str], seats: int, room: int) -> bool:
    """Whether the first by our forms win whatever `room` ballots without a form say.

    The last who wins must lead the first who does not by more than all those ballots.
    """
    ranked = sorted((ours.get(one, 0) for one in candidates), reverse=True)
    return len(ranked) <= seats or ranked[seats - 1] - ranked[seats] > room
