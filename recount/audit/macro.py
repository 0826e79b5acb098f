"""Kaplan-Markov with MACRO, the older measure that stands beside the betting martingale.

Every draw counts, also a batch's second one. tau: the largest error of the batch over all claims,
as a part of its bound u; where the form is better for the winners it is 0. Source: Stark (2009),
Risk-limiting post-election audits: conservative P-values from common probability inequalities.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import ceil, log, log1p
from typing import TYPE_CHECKING

from recount.audit.wealth import Wealth, exact

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = Fraction(0)
SETTLED = 2000
"""Up to how many draws a planned size is settled exactly; beyond, one more or less says nothing."""


def kaplan_markov(taus: Iterable[Fraction], U: Fraction, *, clipped: bool = True) -> float:  # noqa: N803 - its name in the literature
    """P = product of (1 - 1/U)/(1 - tau), at most 1, rounded up. U: sum of all bounds u.

    `clipped`: no tau counts below 0. A tau of 1 or more: P = 1. U below 1: nothing could be wrong.
    """
    if U < 1:
        return 0.0
    least = 1 - 1 / U
    gains = [1 - (max(tau, NOTHING) if clipped else tau) for tau in taus]
    if least == 0:  # a false result would be wrong at its worst everywhere
        return 0.0 if gains and min(gains) > 0 else 1.0
    return reduce(Wealth.times, (gain / least for gain in gains), Wealth()).p


def clean_draws(risk_limit: Fraction | float, U: Fraction) -> int:  # noqa: N803 - likewise
    """How many draws without any error bring P to the limit: ceil(ln alpha / ln(1 - 1/U))."""
    if U <= 1:
        return int(U == 1)
    limit = exact(risk_limit)
    about = ceil(log(limit) / log1p(-1 / U))
    if about > SETTLED:
        return about
    # The logarithms are floats: what they leave open, the product itself settles.
    return next(n for n in range(max(0, about - 1), about + 3) if (1 - 1 / U) ** n <= limit)
