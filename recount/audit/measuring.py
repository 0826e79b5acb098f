"""The draws and the forms in, the measured risk out: of every claim, and of the whole result.

The risk of the result is the largest over its claims. Only what was drawn counts, in draw order,
up to the first form that is still awaited: p holds after any number of forms (Ville), whoever chose
when to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat, takewhile
from typing import TYPE_CHECKING

from recount.audit.betting import Bet
from recount.audit.evidence import Evidence, Seen
from recount.audit.macro import kaplan_markov
from recount.audit.results import PairRisk, Risk
from recount.audit.wealth import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.audit.evidence import Audited
    from recount.audit.frames import Frame
    from recount.audit.results import State

C = Fraction(19, 20)
"""The part of the wealth that is put at stake at most, unless the plan says otherwise."""

GRAVEST: tuple[State, ...] = (
    "bound_violated",
    "refuted",
    "erased",
    "continue",
    "confirmed",
    "certain",
)
"""The state of a result is the first of these that a claim is in."""
GRAVE = GRAVEST[:3]
"""In these the risk is 1, also where a form beyond a gap shows it, or one over its bound that
nobody drew."""


def risk(
    frame: Frame,
    draws: Sequence[str] | None,
    audited: Audited,
    risk_limit: Fraction | float,
    c: Fraction | float = C,
) -> Risk:
    """Measure the risk.

    `draws`: ids as drawn from the published frame, repeated ones too; None for forms that nobody
    drew. `audited`: the forms, by id. `risk_limit`, `c`: between 0 and 1, as fixed in the plan.
    Raises KeyError for a draw that is not in the frame.
    """
    evidence = Evidence(frame, audited)
    if draws is None:
        none = evidence.not_drawn(set())
        return Risk(None, "no_draw", None, not_drawn=none, over_bound=evidence.over_bound)
    if frame.problem:
        p = None if frame.problem == "other_winner" else 1.0
        return Risk(p, frame.problem, p, not_drawn=evidence.not_drawn(set()))
    drawn = [at for name in draws if frame.weights[at := _place(frame, name)]]
    start = Way(tuple(Bet(exact(c), frame.U) for _ in frame.claims))
    return _measured(evidence, drawn, start, exact(risk_limit))


def _place(frame: Frame, name: str) -> int:
    at = frame.stands_for(name)
    if at is None:
        raise KeyError(name)
    return at


@dataclass(frozen=True, slots=True)
class Way:
    """The bets after some forms, one a claim; the smallest p of the result on the way there."""

    bets: tuple[Bet, ...]
    lowest: float = 1.0

    @property
    def p(self) -> float:
        """The risk of the result."""
        return max(bet.p for bet in self.bets)

    def after(self, seen: Seen) -> Way:
        """The bets after one more batch."""
        errors = seen.errors or repeat(None, len(self.bets))
        bets = tuple(bet.after(e, seen.u) for bet, e in zip(self.bets, errors, strict=True))
        return Way(bets, min(self.lowest, max(bet.p for bet in bets)))

    def through(self, batches: Iterable[Seen]) -> Way:
        """The bets after many more."""
        way = self
        for seen in batches:
            way = way.after(seen)
        return way


def _measured(evidence: Evidence, drawn: list[int], start: Way, limit: Fraction) -> Risk:
    order = list(dict.fromkeys(drawn))
    counted = list(takewhile(evidence.__contains__, drawn))
    prefix = list(dict.fromkeys(counted))
    beyond = _to_the_last(evidence, order)[len(prefix) :]
    way = start.through(map(evidence.seen, prefix))
    far = way.through(map(evidence.seen, beyond))
    pairs = tuple(_pair(evidence, claim, way, far, limit) for claim in range(len(way.bets)))
    state = min((pair.state for pair in pairs), key=GRAVEST.index)
    taus = (evidence.seen(at).tau for at in counted)
    lost = state == "refuted" or any(bet.violated for bet in far.bets)
    return Risk(
        max(pair.p for pair in pairs),
        state,
        1.0 if lost else kaplan_markov(taus, evidence.frame.U),
        pairs,
        missing=evidence.ids(at for at in order if not evidence.whole(at)),
        not_drawn=evidence.not_drawn(set(drawn)),
        needed_more=None
        if state in GRAVE
        else _needed_more(evidence, order[len(prefix) :], way, limit),
        lowest=way.lowest,
        with_gaps=1.0 if state in GRAVE else far.p,
        draws=len(counted),
        forms=len(prefix),
        disagree=evidence.ids(filter(evidence.disagrees, order)),
        over_bound=evidence.over_bound,
    )


def _pair(evidence: Evidence, claim: int, way: Way, far: Way, limit: Fraction) -> PairRisk:
    """One claim: its bet as far as it counts, and what drawn forms beyond a gap show besides."""
    bet = way.bets[claim]
    state = _state(evidence, claim, bet, far.bets[claim], limit)
    p = 1.0 if state in GRAVE else bet.p
    return PairRisk(evidence.frame.claims[claim], p, state, bet.found, bet.left)


def _state(evidence: Evidence, claim: int, bet: Bet, far: Bet, limit: Fraction) -> State:
    if far.violated or evidence.over_bound:
        return "bound_violated"
    if bet.certain:
        return "certain"
    if far.known >= 1:
        complete = not bet.left and bet.known == bet.found
        # Batches with a bound of 0 are never drawn, and can only be better than reported.
        false = complete and bet.known + evidence.at_best(claim) >= 1
        return "refuted" if false else "erased"
    return "confirmed" if bet.p <= limit else "continue"


def _to_the_last(evidence: Evidence, order: list[int]) -> list[int]:
    """The drawn batches up to the last one of which anything is known."""
    known = [number for number, at in enumerate(order, start=1) if at in evidence]
    return order[: max(known, default=0)]


def _needed_more(evidence: Evidence, order: Iterable[int], way: Way, limit: Fraction) -> int | None:
    """How many more forms do along the draws if those not at hand are as reported."""
    more = 0
    if way.p <= limit:
        return more
    clean = tuple(Fraction(0) for _ in way.bets)
    for at in order:
        awaited = at not in evidence
        more += awaited
        seen = Seen(evidence.frame.u(at), clean) if awaited else evidence.seen(at)
        way = way.after(seen)
        if way.p <= limit:
            return more
    return None
