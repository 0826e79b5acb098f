"""The two tests against other programs and simulated clean elections, and what they decline."""

from __future__ import annotations

import json
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.screening import ALPHA, SIZES, clean, p_values
from recount.screening import (
    IntegerPercent,
    Part,
    integer_percent,
    last_digit,
    second_digit,
    too_small,
    turnout_and_share,
)
from recount.screening import percentages as of_percentages
from recount.screening.percentages import FEWEST_VOTERS, HIGHEST, is_whole
from recount.screening.pictures import BENFORD, BINS

if TYPE_CHECKING:
    from collections.abc import Iterator

VECTOR = (
    Path(__file__).parents[3]
    / "shared"
    / "data"
    / "audit_vectors"
    / "13_integer_percent_kobak.json"
)
CLOSE = 1e-11


@pytest.mark.skipif(not VECTOR.exists(), reason="the vectors (../shared/data) are not here")
@pytest.mark.parametrize("region", range(3))
def test_whole_percentages_are_those_of_another_program(region: int) -> None:
    """Real polling stations of 2018, counted by the authors' program and summed exactly."""
    case = json.loads(VECTOR.read_text(encoding="utf-8"))["cases"][region]
    for name, parts in zip(("turnout", "leader"), zip(*_eligible(case), strict=True), strict=True):
        found, wanted = integer_percent(parts), case["analytic_poisson_binomial"][name]
        assert found is not None
        assert (found.units, found.hits) == (wanted["stations"], wanted["integer_observed"])
        assert found.expected == pytest.approx(wanted["expected"], rel=CLOSE)
        assert found.sd == pytest.approx(wanted["sd"], rel=CLOSE)
        assert found.p == pytest.approx(wanted["p_upper"], rel=1e-9)


def _eligible(case: dict[str, Any]) -> Iterator[tuple[Part, Part]]:
    for row in case["stations"]:
        one = dict(zip(case["columns"], row, strict=True))
        turnout, share = Part(one["given"], one["voters"]), Part(one["leader"], one["received"])
        below = (p.whole and 100 * p.part <= HIGHEST * p.whole for p in (turnout, share))
        if one["voters"] >= FEWEST_VOTERS and all(below):
            yield turnout, share


@pytest.mark.parametrize(
    ("part", "whole", "whole_percentage"),
    [
        (80, 100, True),
        (0, 7, True),
        (7, 7, True),
        (801, 1000, False),
        (8_005, 10_000, True),
        (8_006, 10_000, False),
        (241, 301, False),
        (1, 3, False),
    ],
)
def test_a_whole_percentage_is_within_a_twentieth(
    part: int,
    whole: int,
    whole_percentage: bool,  # noqa: FBT001 - a table
) -> None:
    assert is_whole(part, whole) is whole_percentage


@given(st.integers(100, 400).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))))
@settings(max_examples=30, deadline=None)
def test_the_chance_of_a_hit_is_the_exact_sum(one: tuple[int, int]) -> None:
    part, whole = one
    exact = sum(
        comb(whole, k) * part**k * (whole - part) ** (whole - k)
        for k in range(whole + 1)
        if is_whole(k, whole)
    )
    found = integer_percent([Part(part, whole)])
    assert found is not None
    assert found.expected == pytest.approx(exact / whole**whole, rel=1e-9)


@pytest.mark.parametrize("share", [3, 29, 50, 88])
def test_the_normal_distribution_says_the_same_in_large_units(
    share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [Part(share * 12_000 // 100 + off, 12_000) for off in range(0, 240, 7)]
    near = integer_percent(parts)
    monkeypatch.setattr(of_percentages, "NORMAL_FROM", 20_000)
    exact = integer_percent(parts)
    assert near is not None
    assert exact is not None
    assert near.expected == pytest.approx(exact.expected, rel=2e-3)


def test_nothing_is_tested_where_nothing_can_fail() -> None:
    assert integer_percent([]) is None
    assert integer_percent([Part(0, 300), Part(300, 300)]) is None


@pytest.mark.parametrize(
    ("statistic", "p"),
    [(16.918977604620448, 0.05), (21.665994333461924, 0.01), (0.0, 1.0), (4.168159008146107, 0.9)],
)
def test_the_tail_is_that_of_the_tables(statistic: float, p: float) -> None:
    """Quantiles of the chi-square distribution with 9 degrees of freedom, as every book has."""
    from recount.screening.digits import _tail

    assert _tail(statistic) == pytest.approx(p, abs=1e-12)


def test_digits_that_somebody_likes_are_rare_and_even_ones_are_not() -> None:
    even = last_digit(range(1000, 2000))
    assert even.counts == (100,) * 10
    assert (even.statistic, even.p) == (0.0, 1.0)
    rounded = last_digit([count - count % 5 for count in range(1000, 2000)])
    assert rounded.p < 1e-100


def test_a_test_of_a_few_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="49"):
        last_digit(range(49))


def test_small_counts_are_declined_by_their_share_not_one_by_one() -> None:
    assert not too_small([5] * 10 + [200] * 90)
    assert too_small([5] * 60 + [200] * 40)


def test_second_digits_and_bins() -> None:
    found = second_digit([5, 10, 19, 123, 456_789])
    assert (found.units, found.counts) == (4, (1, 0, 1, 0, 0, 1, 0, 0, 0, 1))
    assert sum(BENFORD) == pytest.approx(1)
    assert BENFORD[0] == pytest.approx(0.1197, abs=1e-4)
    seen = turnout_and_share([(Part(300, 300), Part(0, 7)), (Part(7, 20), Part(1, 2))])
    assert seen.cells[BINS - 1][0] == seen.cells[7][10] == 1
    assert sum(map(sum, seen.cells)) == seen.units == 2


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: size.name)
def test_clean_elections_are_flagged_as_often_as_said(size: Any) -> None:  # noqa: ANN401 - a size
    """A short run of benchmarks/screening.py: all tests together, a nominal 5 %, seeded."""
    random = np.random.default_rng(5)
    flags = [
        p < ALPHA for _ in range(60) for _, p in p_values(clean(size, random)) if p is not None
    ]
    assert 0.01 <= sum(flags) / len(flags) <= 0.09


def test_a_made_up_turnout_is_seen() -> None:
    random = np.random.default_rng(7)
    election = clean(SIZES[1], random)
    parts = [
        Part(round(registered * percent / 100), registered)
        for registered, percent in zip(
            election.registered.tolist(), random.integers(60, 90, 1000).tolist(), strict=True
        )
    ]
    found = integer_percent(parts)
    assert isinstance(found, IntegerPercent)
    assert found.hits == found.units
    assert found.p < 1e-100
