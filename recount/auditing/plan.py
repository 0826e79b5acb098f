"""The nouns of an audit as it is planned, drawn and measured; all frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from recount.audit import ErrorModel, Frame, Risk, Sizes
    from recount.auditing.matching import Form
    from recount.auditing.rules import Rule
    from recount.engine import Frame as Rows
    from recount.model import Election, Finding, Input
    from recount.texts import Text

Test = Literal["betting", "kaplan-markov"]
TESTS: tuple[Test, ...] = ("betting", "kaplan-markov")
"""What decides: the betting martingale without replacement, or Kaplan-Markov with it."""

FRAME, REGIONS, PLAN = "frame.csv", "regions.csv", "plan.json"
DRAW, LIST = "draw.json", "draw.csv"
"""The files of a plan's folder; the last two are there once a seed was thrown."""


class Terms(NamedTuple):
    """What is laid down before the draw. `c`: of the betting martingale.

    `bound`: on what the ballots of a batch are bounded, a name of `ballots.KINDS`.
    """

    rule: Rule
    risk_limit: Fraction
    c: Fraction
    test: Test
    bound: str


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
    (None: no table says it); `unaccounted`: by how many ballots the two are apart. `digests`: SHA-256
    by file name. `sizes`: how many forms it may take, also under `errors`; None in a plan that was
    read back. `said`: what was assumed.
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
    inputs: tuple[Input, ...]
    sizes: Sizes | None = None
    errors: ErrorModel | None = None
    said: tuple[Text, ...] = ()
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What our forms prove of a plan.

    `forms`: by batch id, all we hold. `running`: the risk after each form of the list to collect,
    None behind the first one that is awaited. `bounds`: deterministic, for every form we hold.
    """

    plan: Plan
    risk: Risk
    forms: Mapping[str, Form]
    strange: int
    summed: int
    not_to_be_had: tuple[str, ...]
    needed_more: int | None
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    said: tuple[Text, ...] = ()
