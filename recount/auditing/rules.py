"""How the seats of a contest are won in, the claims that an audit checks out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from recount.audit import claims, run_off_claims, seat_claims, share_claim
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.audit import Claim

NAMES = ("most", "more-than", "sainte-lague")
"""`most`: most votes win. `more-than`: so many of the valid votes are needed, else the first two
meet again. `sainte-lague`: seats by divisors 1, 3, 5 ..."""

_HALF = Fraction(1, 2)


class Rule(NamedTuple):
    """How a contest is decided. `share`: of the valid votes, needed under `more-than`."""

    name: str = "most"
    seats: int = 1
    share: Fraction = _HALF


MOST = Rule()


def claims_of(rule: Rule, votes: Mapping[str, int]) -> tuple[Claim, ...]:
    """Give the claims that are true together exactly when the result is. Raises RecountError.

    `more-than`: who has more than a half is also first; below a half the first has to be claimed
    beside the share. Where nobody has the share, see `run_off_claims`.
    """
    if rule.name == "sainte-lague":
        return seat_claims(votes, rule.seats)
    if rule.name == "more-than":
        first = min(votes, key=lambda one: (-votes[one], one))
        share = share_claim(votes, rule.share, first)
        if share.kind == "no_share":
            return run_off_claims(votes, rule.share)
        return (share,) if rule.share >= _HALF else (share, *claims(votes))
    if len(votes) <= rule.seats:
        raise RecountError(
            say("There are as many seats as candidates: nobody can lose."),
            mend=say("Correct the seats of the contest in the election file."),
        )
    return claims(votes, rule.seats)


def same_result(rule: Rule, one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Whether two totals of the same candidates say the same: winners, run-off, seats by party.

    In which order the winners or the losers stand is no part of it. Raises RecountError.
    """
    first, second = (sorted(claims_of(rule, votes), key=_about) for votes in (one, other))
    return first == second


def _about(claim: Claim) -> tuple[str, str, str]:
    return claim.kind, claim.winner, claim.loser or ""
