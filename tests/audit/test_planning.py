"""How many forms an audit may take: against the risk itself, and at the ends of the scale."""

from __future__ import annotations

from fractions import Fraction
from statistics import fmean

import pytest

from recount.audit import Batch, ErrorModel, Spread, claims, draw, frame, risk, sizes
from recount.audit.planning import expected_forms, spread
from tests.audit.figures import kaltim, reported

FIVE = Fraction(1, 20)


@pytest.mark.parametrize(
    ("numbers", "mean", "quantile"),
    [([7], 7, 7), (list(range(1, 11)), 5.5, 9), (list(range(1, 12)), 6, 10), ([3, 1], 2, 3)],
)
def test_spread(numbers: list[int], mean: float, quantile: int) -> None:
    assert spread(numbers) == (mean, quantile)


def test_the_game_is_the_risk_itself() -> None:
    # The same seeds through the exact risk need the same draws and forms.
    draws, forms = [], []
    for run in range(10):
        drawn = draw(kaltim(), f"play {run}", 1, 120)
        count = next(
            n
            for n in range(30, 120)
            if (risk(kaltim(), drawn[:n], reported(kaltim()), FIVE).p or 0) <= FIVE
        )
        draws.append(count)
        forms.append(len(set(drawn[:count])))
    played = sizes(kaltim(), FIVE, runs=10)
    assert played.clean_draws == spread(draws)
    assert played.clean_forms == spread(forms)


def test_forms_of_so_many_draws() -> None:
    counts = [len(set(draw(kaltim(), f"{run}", 1, 46))) for run in range(200)]
    assert fmean(counts) == pytest.approx(expected_forms(kaltim(), 46), abs=0.5)


def test_errors_cost_forms() -> None:
    clean = sizes(kaltim(), FIVE)
    few = sizes(kaltim(), FIVE, error_model=ErrorModel(rate=0.1, votes=50))
    many = sizes(kaltim(), FIVE, error_model=ErrorModel(rate=0.5, votes=500))
    assert clean.clean_forms == few.clean_forms == many.clean_forms == clean.forms
    assert clean.forms.mean < few.forms.mean < clean.forms.mean + 1 < many.forms.mean
    assert (clean.unfinished, few.unfinished, clean.runs) == (0, 0, 200)
    false = sizes(kaltim(), FIVE, error_model=ErrorModel(rate=1, votes=2000))
    assert (false.unfinished, false.forms.mean) == (200, 103)


def test_a_lower_limit_takes_more_and_another_c_too() -> None:
    usual = sizes(kaltim(), FIVE).clean_forms.mean
    assert sizes(kaltim(), 0.01).clean_forms.mean > usual
    assert sizes(kaltim(), FIVE, 0.5).clean_forms.mean > usual


@pytest.mark.parametrize(("votes", "bound"), [((50, 50), 100), ((51, 50), 10**7)])
def test_a_tie_or_next_to_nothing_takes_all_forms(votes: tuple[int, int], bound: int) -> None:
    batches = [Batch(f"{n}", {"w": votes[0], "l": votes[1]}, bound) for n in range(4)]
    found = sizes(frame(batches, claims({"w": 1, "l": 0})), FIVE)
    assert found.clean_forms == found.forms == Spread(4, 4)
    assert found.runs == 0


def test_a_margin_of_two_votes_takes_every_batch() -> None:
    # The close contest of Arlo's tests: 200 to 198 in four batches of 100.
    votes = [(100, 0), (100, 0), (0, 100), (0, 98)]
    batches = [Batch(f"{n}", {"w": w, "l": x}, 100) for n, (w, x) in enumerate(votes)]
    contest = frame(batches, claims({"w": 200, "l": 198}))
    found = sizes(contest, FIVE)
    # One has a bound of 0 and is never drawn; the last is out of two ballots only.
    assert (contest.weights[2], found.clean_forms.quantile90) == (0, 3)
