"""Which forms to collect, and what the collected ones prove: a batch-level comparison audit.

Plain values in and out, no files, no clock: everything here can be held against another program.

    claims(totals)                  what must be true for the reported result to be right
    frame(batches, claims)          what may be drawn, and with which chance
    sizes(frame, risk_limit)        how many forms that may take
    draw(frame, seed, 1, count)     whose forms to collect, once the seed was drawn in public
    risk(frame, draws, audited, risk_limit)   what those forms prove

The names in formulas: for batch p, `v` are its reported votes, `a` the votes on its form, `b` the
most ballots that it can hold. For a claim g with margin M = sum g.v: its error `e = (g.v - g.a)/M`,
the bound of that `u`, `tau = e/u`; `U` is the sum of all u. Errors and bounds are parts of the
margin: the claim is false exactly when all errors add up to 1 or more. Forms are the trusted
record; nothing here speaks about a count that was false on the form itself.

Numbers: margins, weights, draws, errors and bounds are exact (whole numbers and fractions). The
wealth of the bets is rounded down and every p-value up, so that no risk is ever told too small.
"""

from __future__ import annotations

from recount.audit.assertions import (
    Claim,
    claims,
    run_off_claims,
    sainte_lague,
    seat_claims,
    share_claim,
)
from recount.audit.batches import Batch, ballots_apart, totals
from recount.audit.certainty import whatever_the_rest
from recount.audit.frames import Frame, frame, merge
from recount.audit.macro import clean_draws, kaplan_markov
from recount.audit.measuring import C, risk
from recount.audit.planning import ErrorModel, Sizes, Spread, sizes
from recount.audit.results import PairRisk, Risk, State
from recount.audit.sampling import collect, draw

__all__ = [
    "Batch",
    "C",
    "Claim",
    "ErrorModel",
    "Frame",
    "PairRisk",
    "Risk",
    "Sizes",
    "Spread",
    "State",
    "ballots_apart",
    "claims",
    "clean_draws",
    "collect",
    "draw",
    "frame",
    "kaplan_markov",
    "merge",
    "risk",
    "run_off_claims",
    "sainte_lague",
    "seat_claims",
    "share_claim",
    "sizes",
    "totals",
    "whatever_the_rest",
]
