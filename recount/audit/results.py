"""The nouns of a measured risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from recount.audit.assertions import Claim

State = Literal[
    "certain",
    "confirmed",
    "continue",
    "erased",
    "refuted",
    "bound_violated",
    "tie",
    "ballots_missing",
    "other_winner",
    "no_draw",
]
"""How an audit stands.

`certain`: whatever the rest holds, the result is right. `confirmed`: the risk is at the limit or
below. `continue`: collect more. `erased`: the forms found so far make up for the whole margin.
`refuted`: all forms are there, and a claim is false. `bound_violated`: a form, drawn or not, holds
more ballots than its bound, whomever they help, so that nothing that rests on the bounds is sure
(tau > 1 is a case of it): a new plan and a new seed are needed, unless the figure was read wrong.
`tie`, `ballots_missing`, `other_winner`: the frame's problem. `no_draw`: nobody drew the forms by
chance, so there is no risk to tell."""


@dataclass(frozen=True, slots=True)
class PairRisk:
    """One claim. `found`: errors found, `left`: bounds not drawn yet, as parts of the margin."""

    claim: Claim
    p: float
    state: State
    found: Fraction
    left: Fraction


@dataclass(frozen=True, slots=True)
class Risk:
    """What the forms prove. `p`: the risk by the betting martingale; None: there is none to tell.

    `kaplan_markov`: the same by that measure. `lowest`: the smallest p after any form. `with_gaps`:
    p up to the last form at hand, those still awaited at their worst. `draws`, `forms`: how many
    draws count, and of how many batches.
    By ids: `missing`: drawn, and without a whole form; `not_drawn`: forms that nobody drew, which
    count nowhere here; `disagree`: copies say different things, the worse counts; `over_bound`: a
    form, drawn or not, holds more ballots than its bound, so that other bounds may be too low as
    well: p is 1 then, and `kaplan_markov` what it would be if the bounds were true. `needed_more`:
    how many further forms would do if nothing differed in them; None: the draws given do not reach
    that far, or no form can help.
    """

    p: float | None
    state: State
    kaplan_markov: float | None
    pairs: tuple[PairRisk, ...] = ()
    missing: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()
    needed_more: int | None = None
    lowest: float | None = None
    with_gaps: float | None = None
    draws: int = 0
    forms: int = 0
    disagree: tuple[str, ...] = ()
    over_bound: tuple[str, ...] = ()
