"""One claim's errors in draw order in, the risk after every draw out: the betting martingale.

S: errors found so far. R: bounds u of what is not drawn yet. tau = e/u of the batch that is drawn
next. If the claim were false, the errors still to come would add up to 1 - S or more, so tau would
be at least `t = (1 - S)/R` on average; whoever bets that it is less,

    wealth <- wealth * (1 + lambda * (t - tau)),   lambda = c/(1 - t),

gets no richer on average, and ends up 1/p times richer with chance p at most (Ville), whenever he
looks. Source: Stark (2022), ALPHA: audit that learns from previously hand-audited ballots, arXiv
2201.02707, sections 2.3 and 4.2, for sampling without replacement proportional to u.

No error ever lowers the risk: the factor falls with tau and with S, also at S >= 1, where nothing
is won any more but losses count on. So a form at its worst never gives a smaller p than the form
itself would, whoever chose which form was not to be had, even in view of the draw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from recount.audit.wealth import Wealth

ONE, NOTHING = Fraction(1), Fraction(0)
STAKE = Wealth()


@dataclass(frozen=True, slots=True)
class Bet:
    """A claim after some draws. `found`: S; `known`: the part of S that forms show; `left`: R.

    S and R as parts of the margin. `violated`: a batch was more wrong than its bound u allows.
    """

    c: Fraction
    left: Fraction
    found: Fraction = NOTHING
    known: Fraction = NOTHING
    wealth: Wealth = STAKE
    violated: bool = False

    def after(self, e: Fraction | None, u: Fraction) -> Bet:
        """The bet after one more batch was drawn: its error e, None if its form is not to be had.

        Without a form, the batch is taken to be as wrong as it can be: e = u, which is more than 0.
        """
        tau = ONE if e is None else e / u
        return replace(
            self,
            left=self.left - u,
            found=self.found + (u if e is None else e),
            known=self.known + (e or 0),
            wealth=self.wealth.times(self.factor(tau)),
            violated=self.violated or tau > 1,
        )

    def factor(self, tau: Fraction) -> Fraction:
        """By what the wealth is multiplied."""
        t = (1 - self.found) / self.left
        if t <= 0:
            return min(ONE, 1 - self.c * tau)
        return 1 + self.c * (t - tau) / (1 - t) if t < 1 else ONE

    @property
    def certain(self) -> bool:
        """The claim is true even if all that is left is as wrong as it can be."""
        return not self.violated and self.found + self.left < 1

    @property
    def p(self) -> float:
        """The risk, rounded up: the chance that a false claim would look at least this good."""
        if self.violated or self.found >= 1:
            return 1.0
        return 0.0 if self.certain else self.wealth.p
