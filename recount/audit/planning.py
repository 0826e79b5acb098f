"""A frame and a risk limit in, how many forms an audit may take out. For planning, not evidence.

Audits are played through with seeds of their own, many times. The draws are exact; only the wealth
and the errors are floats here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from recount.audit.macro import clean_draws
from recount.audit.measuring import C
from recount.audit.sampling import places
from recount.audit.wealth import exact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from recount.audit.frames import Frame

RUNS, FEWEST = 200, 10
"""Audits that are played through: so many, fewer where these would take long."""
STEPS = 1_000_000
"""About as many draws, claim by claim, as all of them may take: some seconds."""
HOPELESS = 10
"""Where so many draws a batch are needed, practically all batches are, and nothing is played."""
PATIENCE = 20
"""An audit is given up after so many times the draws that it would need without errors."""


class ErrorModel(NamedTuple):
    """What the forms are taken to look like.

    In each batch, with chance `rate` and apart from the others, `votes` votes of every claim's
    winner belong to its loser, as far as the batch's bound has room. Never the other way round, so
    the plan is on the safe side.
    """

    rate: float = 0.0
    votes: int = 0


class Spread(NamedTuple):
    """How a number varies from one audit to the other."""

    mean: float
    quantile90: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """What an audit may take: `draws` counts a batch as often as it is drawn, `forms` once.

    `clean_*`: if nothing differs; the others: under the error model. `kaplan_markov`: draws without
    errors by that measure, and how many forms these are on average. `runs`: audits played through;
    0 where the margin is so small that practically every form is needed. `unfinished`: how many of
    them, under the error model, did not reach the limit; they count with all forms.
    """

    clean_draws: Spread
    clean_forms: Spread
    draws: Spread
    forms: Spread
    kaplan_markov_draws: int
    kaplan_markov_forms: float
    runs: int
    unfinished: int


class Played(NamedTuple):
    """One audit, played through. `reached`: the risk limit, with these draws and forms."""

    draws: int
    forms: int
    reached: bool


NOTHING_DIFFERS = ErrorModel()


def sizes(
    frame: Frame,
    risk_limit: Fraction | float,
    c: Fraction | float = C,
    error_model: ErrorModel = NOTHING_DIFFERS,
    runs: int = RUNS,
) -> Sizes:
    """Say how many forms an audit may take. With nothing to confirm: all of them."""
    if frame.problem:
        return _always(len(frame.batches), 0)
    expected = clean_draws(risk_limit, frame.U)
    if expected > max(HOPELESS * len(frame.batches), STEPS // 10):
        return _always(len(frame.batches), expected)
    runs = min(runs, max(FEWEST, STEPS // (max(1, expected) * len(frame.claims))))
    rules = _Rules(float(exact(risk_limit)), float(exact(c)), PATIENCE * (expected + 10))
    clean = [_play(frame, rules, NOTHING_DIFFERS, run) for run in range(runs)]
    model = clean if error_model == NOTHING_DIFFERS else []
    model = model or [_play(frame, rules, error_model, run) for run in range(runs)]
    return Sizes(
        spread([one.draws for one in clean]),
        spread([one.forms for one in clean]),
        spread([one.draws for one in model]),
        spread([one.forms for one in model]),
        expected,
        expected_forms(frame, expected),
        runs,
        sum(not one.reached for one in model),
    )


def expected_forms(frame: Frame, draws: int) -> float:
    """How many different batches that many draws take on average."""
    total = frame.total
    return sum(1 - (1 - weight / total) ** draws for weight in frame.weights)


def spread(numbers: Sequence[int]) -> Spread:
    """Mean and 90 % quantile: the smallest number that 90 % do not exceed."""
    ordered = sorted(numbers)
    return Spread(fmean(ordered), ordered[-(-9 * len(ordered) // 10) - 1])


def _always(forms: int, draws: int) -> Sizes:
    every = Spread(forms, forms)
    return Sizes(every, every, every, every, draws, forms, 0, 0)


class _Rules(NamedTuple):
    """The risk limit, c, and after how many draws an audit is given up."""

    limit: float
    c: float
    patience: int


def _play(frame: Frame, rules: _Rules, model: ErrorModel, run: int) -> Played:
    """Play one audit through, until the risk limit or until every batch was drawn."""
    shifts = _shifts(frame, model.votes)
    chance = Random(run)  # noqa: S311 - a simulation; Mersenne gives the same on every machine
    found, wealth, left = [0.0] * len(shifts), [1.0] * len(shifts), float(frame.U)
    seen: set[int] = set()
    last = frame.total
    for draws, at in enumerate(islice(places(frame, f"play {run}"), rules.patience), start=1):
        if at in seen:
            continue
        seen.add(at)
        u = frame.weights[at] / frame.scale
        last -= frame.weights[at]
        wrong = chance.random() < model.rate
        for claim, shift in enumerate(shifts):
            tau = min(1.0, shift / u) if wrong else 0.0
            wealth[claim] *= _factor((1 - found[claim]) / left, tau, rules.c)
            found[claim] += tau * u
        left = last / frame.scale
        if all(w * rules.limit >= 1 or s + left < 1 for w, s in zip(wealth, found, strict=True)):
            return Played(draws, len(seen), reached=True)
        if not last:
            break
    return Played(draws, len(frame.batches), reached=False)


def _factor(t: float, tau: float, c: float) -> float:
    if t <= 0:
        return min(1.0, 1 - c * tau)
    return 1 + c * (t - tau) / (1 - t) if t < 1 else 1.0


def _shifts(frame: Frame, votes: int) -> list[float]:
    """The error that so many votes make for each claim, as a part of its margin."""
    return [
        votes * (max(w for _, w in gauge.weights) + gauge.worst) / gauge.margin
        for gauge in frame.gauges
    ]
