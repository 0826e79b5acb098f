"""The nouns of an audit as it is planned, drawn and measured; all frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from recount.audit import ErrorModel, Frame, Risk, Sizes, State
    from recount.auditing.matching import Form
    from recount.auditing.rules import Rule
    from recount.bounds import Bounds
    from recount.engine import Frame as Rows
    from recount.model import Election, Finding, Input
    from recount.texts import Text

Test = Literal["betting", "kaplan-markov"]
TESTS: tuple[Test, ...] = ("betting", "kaplan-markov")
"""What decides: the betting martingale without replacement, or Kaplan-Markov with it."""

FRAME, REGIONS, PLAN = "frame.csv", "regions.csv", "plan.json"
DRAW, LIST = "draw.json", "draw.csv"
"""The files of a plan's folder; the last two are there once a seed was thrown."""

SCHEMA = 1
PLAN_KIND, DRAW_KIND = "recount audit plan", "recount audit draw"
"""What the two JSON files say they are."""


class Terms(NamedTuple):
    """What is laid down before the draw. `c`: of the betting martingale.

    `bound`: on what the ballots of a batch are bounded, a name of `ballots.KINDS`. `together`: sets
    of batches that share one form each, by their ids in order.
    """

    rule: Rule
    risk_limit: Fraction
    c: Fraction
    test: Test
    bound: str
    together: tuple[tuple[str, ...], ...] = ()


class Source(NamedTuple):
    """A file that a plan rests on. `role`: a name of ROLES. `path`: its name, without folders."""

    role: str
    path: str
    sha256: str
    bytes: int


ROLES = ("online", "registered", "official")


class Drawn(NamedTuple):
    """The seed, and the ids of all draws in their order, repeated ones too."""

    seed: str
    draws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it is announced.

    `election` has the one contest. `level`, `finest`: names of levels, of the batches and of the
    units that the online votes are from. `places`: a row per batch in the order of the frame: `id`,
    `code`, names, `tps`, `parts`. `votes`: by candidate, over the batches; `official`: as declared
    (None: no table says it); `unaccounted`: by how many ballots the two are apart. `digests`: the
    SHA-256 of each file. `sizes`: how many forms it may take, also under `errors`; None in a plan
    that was read back. `said`: what was assumed. `findings`: in the files `read` for it.
    """

    version: str
    election: Election
    level: str
    finest: str
    terms: Terms
    votes: Mapping[str, int]
    official: Mapping[str, int] | None
    unaccounted: int
    frame: Frame
    places: Rows
    digests: Mapping[str, str]
    inputs: tuple[Source, ...]
    sizes: Sizes | None = None
    errors: ErrorModel | None = None
    said: tuple[Text, ...] = ()
    drawn: Drawn | None = None
    findings: tuple[Finding, ...] = ()
    read: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What our forms prove of a plan.

    `frame`: the plan's, with regions that share a form as one. `forms`: by batch id, all we hold;
    `strange`: how many are of no batch. `not_to_be_had`: drawn, and nobody can get the form.
    `needed_more`: so many more forms do if nothing differs in them, None: no number does.
    `draw_on`: so many of the forms up to there are not on the list yet, at hand or not.
    `running`: the risk after each form of the list to collect, up to the first one that is awaited.
    `bounds`: what all our forms decide, drawn or not.
    """

    plan: Plan
    frame: Frame
    risk: Risk
    forms: Mapping[str, Form]
    strange: int
    not_to_be_had: tuple[str, ...]
    needed_more: int | None
    draw_on: int
    running: tuple[float, ...]
    bounds: Bounds | None
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    said: tuple[Text, ...] = ()

    @property
    def p(self) -> float | None:
        """The risk by the measure that decides; 1 where a bound was not true."""
        by_betting = self.plan.terms.test == "betting" or self.risk.over_bound
        return self.risk.p if by_betting else self.risk.kaplan_markov

    @property
    def certain(self) -> bool:
        """Whether the reported result is right whatever is on the forms that we do not hold."""
        if self.risk.over_bound:
            return False  # nobody knows how many ballots the other forms can hold
        by_all = self.bounds is not None and self.bounds.certain and not self.bounds.wrong
        return by_all or self.risk.state == "certain"

    @property
    def state(self) -> State:
        """How the audit stands by the measure that decides; certain also by forms nobody drew."""
        if self.certain:
            return "certain"
        if self.risk.state not in {"confirmed", "continue"}:
            return self.risk.state
        reached = self.p is not None and self.p <= self.plan.terms.risk_limit
        return "confirmed" if reached else "continue"
