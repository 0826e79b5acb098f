"""Elections that are tied although one side is shown as ahead, in many layouts of the error.

At a tie the errors add up to the margin, no more: no false result is harder to see. Used by the
tests, and at length by `python -m benchmarks.audit`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from recount.audit import Batch, C, claims, clean_draws, frame, kaplan_markov, totals
from recount.audit.betting import Bet
from recount.audit.evidence import Evidence
from recount.audit.measuring import Way
from recount.audit.sampling import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recount.audit import Frame

    Rooms = Sequence[int]
    """By batch, in the frame's order: by how many votes it can make the margin too large."""
    Layout = Callable[[Rooms], list[int]]

ONE_IN_TWENTY = Fraction(1, 20)


def thin(rooms: Rooms) -> list[int]:
    """A little everywhere, as each batch has room."""
    return [room + 1 for room in rooms]


def few(rooms: Rooms) -> list[int]:
    """In a quarter of the batches, somewhat larger ones, in equal parts."""
    middle = sorted(range(len(rooms)), key=rooms.__getitem__)[len(rooms) // 2 :][: len(rooms) // 4]
    return [int(at in middle) for at in range(len(rooms))]


def _one_after_the_other(order: Sequence[int]) -> list[int]:
    return [1 << (40 * (len(order) - order.index(at))) for at in range(len(order))]


def largest(rooms: Rooms) -> list[int]:
    """All in the largest batch, what does not fit in the next one."""
    return _one_after_the_other(sorted(range(len(rooms)), key=lambda at: -rooms[at]))


def smallest(rooms: Rooms) -> list[int]:
    """The smallest batches wrong as they can be, until the margin is gone."""
    return _one_after_the_other(sorted(range(len(rooms)), key=rooms.__getitem__))


def at_bound(rooms: Rooms) -> list[int]:
    """Batches picked blindly, wrong as they can be (tau = 1), until the margin is gone."""
    return _one_after_the_other(Random(2018).sample(range(len(rooms)), len(rooms)))  # noqa: S311


def last(rooms: Rooms) -> list[int]:
    """The batches that stand last in the frame."""
    return _one_after_the_other(range(len(rooms) - 1, -1, -1))


def first(rooms: Rooms) -> list[int]:
    """The batches that stand first in the frame, a little more in each than in the next."""
    return [max(0, len(rooms) // 2 - at) for at in range(len(rooms))]


def both_ways(rooms: Rooms) -> list[int]:
    """Every third batch wrong the other way, the rest all the more."""
    return [-(room // 8) if at % 3 == 0 else room + 1 for at, room in enumerate(rooms)]


LAYOUTS: dict[str, Layout] = {
    "spread thin": thin,
    "in a quarter": few,
    "in the largest": largest,
    "in the smallest": smallest,
    "at the bound": at_bound,
    "last in the frame": last,
    "first half, falling": first,
    "both ways": both_ways,
}
"""Each says how much of the error goes where, as weights; below 0: votes, the other way."""


def tied(contest: Frame, layout: Layout) -> dict[str, dict[str, int]]:
    """The forms that tie the first claim of a contest of most votes exactly."""
    claim, gauge = contest.claims[0], contest.gauges[0]
    assert claim.loser is not None
    rooms = [gauge.of(batch.votes) + batch.bound for batch in contest.batches]
    errors = _shared_out(gauge.margin, rooms, layout(rooms))
    assert sum(errors) == gauge.margin
    return {
        batch.id: _moved(batch, error, claim.winner, claim.loser)
        for batch, error in zip(contest.batches, errors, strict=True)
    }


def _shared_out(margin: int, rooms: Rooms, weights: list[int]) -> list[int]:
    """Votes of error by batch that add up to the margin, in about these proportions."""
    errors = [min(0, weight) for weight in weights]
    while left := margin - sum(errors):
        open_ = [at for at, w in enumerate(weights) if w > 0 and errors[at] < rooms[at]]
        total = sum(weights[at] for at in open_)
        shares = {at: min(rooms[at] - errors[at], left * weights[at] // total) for at in open_}
        if not any(shares.values()):  # less than one vote each: one after the other
            most = max(open_, key=weights.__getitem__)
            shares = (
                {most: min(left, rooms[most] - errors[most])} if left > len(open_) else {most: 1}
            )
        for at, share in shares.items():
            errors[at] += share
    return errors


def _moved(batch: Batch, error: int, winner: str, loser: str) -> dict[str, int]:
    """A form whose winner is `error` votes less ahead of the loser, with no more than the bound."""
    votes = dict(batch.votes)
    taken = min(votes[winner], max(0, error))
    votes[winner] += max(0, -error) - taken
    votes[loser] += max(0, error - taken)
    for other in sorted(votes.keys() - {winner, loser}):
        excess = sum(votes.values()) - batch.bound
        votes[other] -= min(votes[other], max(0, excess))
    return votes


def county(batches: int = 24) -> Frame:
    """A contest of two with batches of very unlike sizes, and a margin of 17 %."""
    chance = Random(1998)  # noqa: S311
    found = []
    for number in range(batches):
        ballots = int(60 * 1.25 ** chance.randrange(16))
        ours = int(ballots * chance.uniform(0.4, 0.75))
        votes = {"A": ours, "B": int(ballots * 0.97) - ours}
        found.append(Batch(f"{number:02d}", votes, int(ballots * 1.3)))
    return frame(found, claims(totals(found)))


def audits(
    contest: Frame, forms: dict[str, dict[str, int]], seed: str, count: int, draws: int
) -> Iterator[tuple[float, float]]:
    """Audit after audit: the smallest risk at any time, and Kaplan-Markov after the planned draws.

    The smallest risk of a full collection is what he sees who stops as soon as it suits him.
    `draws`: so many that nearly every batch comes.
    """
    planned = clean_draws(ONE_IN_TWENTY, contest.U)
    evidence = Evidence(contest, forms)
    start = Way(tuple(Bet(C, contest.U) for _ in contest.claims))
    for run in range(count):
        drawn = list(islice(places(contest, f"{seed} {run}"), draws))
        way = start.through(map(evidence.seen, dict.fromkeys(drawn)))
        taus = (evidence.seen(at).tau for at in drawn[:planned])
        yield way.lowest, kaplan_markov(taus, contest.U)
