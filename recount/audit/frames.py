"""Batches and claims in, the frame out: what may be drawn, and with which chance, in whole numbers.

For a claim g: margin `M = sum g.v - ballots in no batch * worst`, where `worst = max(0, -min g)` is
what one ballot can cost it. Error of a batch: `e = (g.v - g.a)/M`, at most `u = (g.v + b*worst)/M`;
the claim is false exactly when the errors add up to 1 or more. The chance of a batch is
proportional to its largest u over the claims (MACRO, the maximum relative overstatement of pairwise
margins). Source: Stark (2009), Efficient post-election audits of multiple contests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from itertools import accumulate, pairwise
from math import gcd, lcm
from typing import TYPE_CHECKING, Literal, NamedTuple

from recount.audit.batches import totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recount.audit.assertions import Claim
    from recount.audit.batches import Batch

FINEST = 1 << 128
"""Weights are exact up to this common denominator of the margins, and above it in units of
1/FINEST, rounded up: a larger u is a bound too. Then the sum of weights stays far below 2^256, and
a remainder of a SHA-256 is as good as a number at random."""

Problem = Literal["tie", "other_winner", "ballots_missing"]
"""Why there is nothing to confirm. `tie`: a claim's margin is 0. `other_winner`: the sums over the
batches contradict a claim. `ballots_missing`: as many ballots as the margin are in no batch."""


class Gauge(NamedTuple):
    """A claim in whole numbers: `weights` is a multiple of g, the rest is in its unit."""

    weights: tuple[tuple[str, int], ...]
    worst: int
    margin: int

    def of(self, votes: Mapping[str, int]) -> int:
        """g.v, in the unit of the gauge."""
        return sum(weight * votes.get(candidate, 0) for candidate, weight in self.weights)

    def error(self, reported: Mapping[str, int], form: Mapping[str, int]) -> Fraction:
        """e: by how much of the margin a form is worse for the claim than what was reported."""
        return Fraction(self.of(reported) - self.of(form), self.margin)

    def least(self, batch: Batch) -> Fraction:
        """The smallest e that a batch can hold: all its ballots for whom they help most."""
        best = max(0, *(weight for _, weight in self.weights))
        return Fraction(self.of(batch.votes) - batch.bound * best, self.margin)


@dataclass(frozen=True, eq=False)
class Frame:
    """What is drawn from. `batches`: by id, in the order of their UTF-8 bytes.

    `weights`: one whole number a batch, `u = weight / scale`, an exact fraction: the largest of the
    formula above, or, where the margins have no common denominator up to FINEST, that rounded up to
    the next multiple of 1/FINEST. `cumulative`: their running sums.
    `problem`: why nothing can be drawn; all weights are 0 then. `unaccounted`: ballots in no batch.
    `raised`: ids of batches with more votes reported than their bound allows; there the votes took
    the bound's place, which leaves it no room. `merged`: ids of batches that others stand for.
    """

    batches: Sequence[Batch]
    claims: tuple[Claim, ...]
    gauges: tuple[Gauge, ...]
    weights: Sequence[int]
    cumulative: Sequence[int]
    scale: int
    problem: Problem | None
    unaccounted: int
    raised: tuple[str, ...]
    merged: Mapping[str, str]

    @property
    def total(self) -> int:
        """W, the sum of the weights."""
        return self.cumulative[-1] if self.cumulative else 0

    @property
    def U(self) -> Fraction:  # noqa: N802 - its name in the literature
        """The sum of all bounds u: how many times over the errors could make up for the margin."""
        return Fraction(self.total, self.scale)

    def stands_for(self, name: str) -> int | None:
        """Where the batch of an id stands, merged ones included; None: no such batch."""
        return self._places.get(self.merged.get(name, name))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {batch.id: at for at, batch in enumerate(self.batches)}

    def u(self, at: int) -> Fraction:
        """The bound u of the batch that stands there."""
        return Fraction(self.weights[at], self.scale)


def frame(batches: Iterable[Batch], claims: Sequence[Claim], unaccounted: int = 0) -> Frame:
    """Lay the frame out. `unaccounted`: ballots that are in no batch (`ballots_apart`).

    Raises ValueError for two batches of one id, and where there is no claim.
    """
    ordered = sorted(batches, key=_name)
    if twice := [one.id for one, other in pairwise(ordered) if one.id == other.id]:
        raise ValueError(twice[0])
    if not claims:
        raise ValueError(claims)
    raised = [at for at, batch in enumerate(ordered) if sum(batch.votes.values()) > batch.bound]
    for at in raised:
        ordered[at] = ordered[at]._replace(bound=sum(ordered[at].votes.values()))
    sums = totals(ordered)
    reported = [_gauge(claim, sums) for claim in claims]
    gauges = tuple(g._replace(margin=g.margin - unaccounted * g.worst) for g in reported)
    problem = _problem(reported, gauges)
    weights, scale = ([0] * len(ordered), 1) if problem else _weights(ordered, gauges)
    return Frame(
        ordered,
        tuple(claims),
        gauges,
        weights,
        list(accumulate(weights)),
        scale,
        problem,
        unaccounted,
        tuple(ordered[at].id for at in raised),
        {},
    )


def _name(batch: Batch) -> str:
    # Python compares texts by code points, which is the order of their UTF-8 bytes.
    return batch.id


def _gauge(claim: Claim, sums: Mapping[str, int]) -> Gauge:
    unit = lcm(*(weight.denominator for weight in claim.weights.values()))
    weights = tuple((candidate, int(w * unit)) for candidate, w in claim.weights.items())
    gauge = Gauge(weights, max(0, *(-weight for _, weight in weights)), 0)
    return gauge._replace(margin=gauge.of(sums))


def _problem(reported: Sequence[Gauge], gauges: Sequence[Gauge]) -> Problem | None:
    least = min(gauge.margin for gauge in reported)
    if least < 0:
        return "other_winner"
    if least == 0:
        return "tie"
    return "ballots_missing" if min(gauge.margin for gauge in gauges) <= 0 else None


def _weights(batches: Sequence[Batch], gauges: Sequence[Gauge]) -> tuple[list[int], int]:
    """Weights and their scale: u times the common denominator of all u, as small as it can be."""
    scale = lcm(*(gauge.margin for gauge in gauges))
    if scale > FINEST:
        # -(-x // y) is x/y rounded up.
        finest = (
            [-(-numerator * FINEST // gauge.margin) for numerator in numerators]
            for gauge, numerators in _numerators(batches, gauges)
        )
        return _lowest(_largest(finest), FINEST)
    exact = (
        [numerator * (scale // gauge.margin) for numerator in numerators]
        for gauge, numerators in _numerators(batches, gauges)
    )
    return _lowest(_largest(exact), scale)


def _lowest(weights: list[int], scale: int) -> tuple[list[int], int]:
    shared = gcd(scale, *weights)
    return [weight // shared for weight in weights], scale // shared


def _largest(columns: Iterable[list[int]]) -> list[int]:
    return reduce(lambda first, second: list(map(max, first, second)), columns)


def _numerators(
    batches: Sequence[Batch], gauges: Sequence[Gauge]
) -> Iterator[tuple[Gauge, Iterable[int]]]:
    """For each claim g.v + b*worst of all batches, candidate by candidate: a nation is large."""
    names = {name for gauge in gauges for name, _ in gauge.weights}
    votes = {name: [batch.votes.get(name, 0) for batch in batches] for name in names}
    bounds = [batch.bound for batch in batches]
    for gauge in gauges:
        parts = [[weight * n for n in votes[name]] for name, weight in gauge.weights]
        yield gauge, map(sum, zip(*parts, [gauge.worst * b for b in bounds], strict=True))


def merge(frame: Frame, sets: Iterable[Sequence[str]]) -> Frame:
    """Let batches that share one form stand as one: their figures, bounds and weights added up.

    The set stands under its first id. Drawing any of its batches draws it, so its weight is the sum
    of theirs. Draw from the frame as it was published, and measure with this one. The sets must not
    depend on the draw: they are as the forms were written.
    """
    to = dict(frame.merged)
    for ids in sets:
        first, *others = sorted(ids)
        to |= dict.fromkeys(others, first)
    together: dict[str, tuple[Batch, int]] = {}
    for batch, weight in zip(frame.batches, frame.weights, strict=True):
        name = to.get(batch.id, batch.id)
        one, its = together.get(name, (batch._replace(votes={}, bound=0), 0))
        together[name] = _added(one, batch), its + weight
    weights = [weight for _, weight in together.values()]
    return replace(
        frame,
        batches=[batch for batch, _ in together.values()],
        weights=weights,
        cumulative=list(accumulate(weights)),
        merged=to,
    )


def _added(one: Batch, other: Batch) -> Batch:
    names = one.votes.keys() | other.votes.keys()
    votes = {name: one.votes.get(name, 0) + other.votes.get(name, 0) for name in names}
    return one._replace(votes=votes, bound=one.bound + other.bound)
