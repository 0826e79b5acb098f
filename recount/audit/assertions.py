"""A reported result in, the claims out that are true together exactly when the result is.

A claim is a vector g over the candidates: it says that `sum of g.a > 0`, a being the votes on the
forms. 0 counts as false, so that a tie confirms nobody. Source: Stark (2020), Sets of half-average
nulls generate risk-limiting audits: SHANGRLA.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ONE = Fraction(1)

Kind = Literal["more", "share", "no_share", "seat"]
"""`more`: the winner has more votes than the loser. `share`: the winner has more than a share of
the valid votes; `no_share`: less than it. `seat`: the winner's last seat goes before the loser's
next one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `weights`: g, without unit; whoever is not named has 0. `loser`: None for all."""

    kind: Kind
    winner: str
    loser: str | None
    weights: Mapping[str, Fraction]


def ranked(votes: Mapping[str, int]) -> list[str]:
    """The candidates, most votes first; of equals the smaller id first, which decides nothing."""
    return sorted(votes, key=lambda candidate: (-votes[candidate], candidate))


def claims(
    totals: Mapping[str, int], seats: int = 1, winners: Collection[str] | None = None
) -> tuple[Claim, ...]:
    """Most votes win `seats` seats: every winner has more votes than every loser.

    `totals`: votes by candidate. `winners`: as declared; otherwise those with most votes.
    """
    order = ranked(totals)
    elected = set(order[:seats] if winners is None else winners)
    return tuple(
        Claim("more", winner, loser, {winner: ONE, loser: -ONE})
        for winner in order
        if winner in elected
        for loser in order
        if loser not in elected
    )


def share_claim(totals: Mapping[str, int], share: Fraction, candidate: str) -> Claim:
    """A candidate has more than a share of all valid votes, or less, as the totals have it.

    `share`: between 0 and 1; 1/2 is the rule of the empty box and of an absolute majority. That a
    run-off is due takes more than one of these: `run_off_claims`.
    """
    above = totals[candidate] > share * sum(totals.values())
    sign = 1 if above else -1
    weights = dict.fromkeys(totals, -sign * share)
    weights[candidate] = sign * (1 - share)
    return Claim("share" if above else "no_share", candidate, None, weights)


def run_off_claims(totals: Mapping[str, int], share: Fraction) -> tuple[Claim, ...]:
    """Nobody has more than a share of the votes, and the two with most of them meet again.

    The claims: each of the two has less than the share, and more votes than each of the others.
    The others then have less than the share as well, so nobody is above it. The share claims of
    both are needed: the first alone may be below the share while the second is above it, and won.

    `totals`: as reported, with nobody above the share. Exactly the share confirms nothing here, as
    a tie does not, although a run-off would be due.
    """
    both = ranked(totals)[:2]
    below = tuple(share_claim(totals, share, candidate) for candidate in both)
    return *below, *claims(totals, seats=2)


def seat_claims(totals: Mapping[str, int], seats: int) -> tuple[Claim, ...]:
    """Seats by Sainte-Lague (divisors 1, 3, 5 ...): each last seat goes before each next one.

    `totals`: votes by party, of those only that take part in the distribution.
    """
    won = sainte_lague(totals, seats)
    return tuple(
        Claim(
            "seat",
            winner,
            loser,
            {winner: Fraction(1, 2 * won[winner] - 1), loser: -Fraction(1, 2 * won[loser] + 1)},
        )
        for winner in totals
        if won[winner]
        for loser in totals
        if loser != winner
    )


def sainte_lague(totals: Mapping[str, int], seats: int) -> dict[str, int]:
    """Seats by party. A tie for the last seat goes by id; its claim then has the margin 0."""
    won = dict.fromkeys(totals, 0)
    for _ in range(seats):
        best = min(won, key=lambda party: (-Fraction(totals[party], 2 * won[party] + 1), party))
        won[best] += 1
    return won
