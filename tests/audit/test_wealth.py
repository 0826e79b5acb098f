"""Numbers: the wealth never above, the risk never below what is true, and close to it."""

from __future__ import annotations

from fractions import Fraction
from math import nextafter, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit import clean_draws, kaplan_markov
from recount.audit.betting import Bet
from recount.audit.wealth import BITS, Wealth, at_least, exact

ONE = Fraction(1)
FACTORS = st.lists(st.fractions(0, 100, max_denominator=10**15), max_size=40)


def after(factors: list[Fraction]) -> Wealth:
    wealth = Wealth()
    for factor in factors:
        wealth = wealth.times(factor)
    return wealth


def value(wealth: Wealth) -> Fraction:
    return wealth.mantissa * Fraction(2) ** wealth.exponent


@given(FACTORS)
def test_the_product_is_rounded_down_and_hardly(factors: list[Fraction]) -> None:
    true = prod(factors, start=ONE)
    kept = value(after(factors))
    assert true * (1 - Fraction(len(factors), 2 ** (BITS - 2))) <= kept <= true
    assert after(factors).mantissa.bit_length() <= BITS


@given(FACTORS)
def test_p_is_rounded_up_and_hardly(factors: list[Fraction]) -> None:
    true = prod(factors, start=ONE)
    p = min(ONE, 1 / true) if true else ONE
    shown = after(factors).p
    assert shown >= p
    assert nextafter(shown, 0) <= p or shown == 1


@pytest.mark.parametrize(
    ("factor", "times", "expected"),
    [
        (Fraction(2), 3, 0.125),
        (Fraction(2), 5000, 5e-324),  # smaller than any float: never 0, which is certainty
        (Fraction(1, 3), 5000, 1.0),
        (Fraction(0), 1, 1.0),
        (Fraction(-1), 2, 1.0),  # two losses of more than all are no gain
        (ONE, 9, 1.0),
    ],
)
def test_ends_of_the_scale(factor: Fraction, times: int, expected: float) -> None:
    assert after([factor] * times).p == expected


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (0.05, Fraction(1, 20)),
        ("0.05", Fraction(1, 20)),
        (1, ONE),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_numbers_are_taken_as_written(written: Fraction | float | str, number: Fraction) -> None:
    assert exact(written) == number


@given(st.fractions(0, 1))
def test_the_float_that_is_not_below(number: Fraction) -> None:
    assert at_least(number) >= number
    assert number == 0 or nextafter(at_least(number), 0) < number


# The factor: what is won and lost.

PARTS = st.fractions(0, 1, max_denominator=50)


@given(PARTS, PARTS, st.fractions(0, 3, max_denominator=50), st.fractions(0, 3, max_denominator=50))
def test_no_error_ever_helps(tau: Fraction, worse: Fraction, s: Fraction, more: Fraction) -> None:
    bet = Bet(Fraction(19, 20), left=Fraction(4), found=s)
    behind = Bet(Fraction(19, 20), left=Fraction(4), found=s + more)
    assert bet.factor(min(ONE, tau + worse)) <= bet.factor(tau)
    assert behind.factor(tau) <= bet.factor(tau)
    assert bet.factor(tau) >= 1 - bet.c


@given(st.lists(st.fractions(0, 1, max_denominator=20), min_size=1, max_size=6), PARTS)
def test_a_false_claim_wins_nothing_on_average(taus: list[Fraction], found: Fraction) -> None:
    # What is left is as wrong as t says, in batches with u = 1, 2, ...
    us = [Fraction(n + 1) for n in range(len(taus))]
    left = sum(us)
    wrong = sum(u * tau for u, tau in zip(us, taus, strict=True))
    if wrong and found + left > 1 and found < 1:
        scale = (1 - found) / wrong
        bet = Bet(Fraction(19, 20), Fraction(left), found)
        mean = sum(u / left * bet.factor(tau * scale) for u, tau in zip(us, taus, strict=True))
        assert mean == 1


# Kaplan-Markov.


@pytest.mark.parametrize(
    ("taus", "total", "p"),
    [
        ([0], Fraction(1, 2), 0.0),  # nothing could be wrong
        ([], ONE, 1.0),
        ([Fraction(1, 2)], ONE, 0.0),
        ([Fraction(1)], ONE, 1.0),
        ([0, 0], Fraction(2), 0.25),
        ([0, Fraction(1, 2)], Fraction(2), 0.5),
        ([0, -1], Fraction(2), 0.25),
        ([0, Fraction(1)], Fraction(2), 1.0),
        ([Fraction(3), Fraction(3)], Fraction(2), 1.0),
    ],
)
def test_kaplan_markov(taus: list[Fraction], total: Fraction, p: float) -> None:
    assert kaplan_markov([Fraction(tau) for tau in taus], total) == p


@pytest.mark.parametrize(
    ("limit", "total", "draws"),
    [
        (Fraction(1, 4), Fraction(2), 2),  # met exactly, where logarithms waver
        (Fraction(1, 1024), Fraction(2), 10),
        (Fraction(1, 20), Fraction(1, 2), 0),
        (Fraction(1, 20), ONE, 1),
        (0.05, Fraction(10**6), 2_995_731),
    ],
)
def test_clean_draws(limit: Fraction | float, total: Fraction, draws: int) -> None:
    assert clean_draws(limit, total) == draws
