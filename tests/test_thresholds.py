"""The shares of law 10/2016, and the last of three working days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.model import Standing, Threshold, Votes
from recount.thresholds import last_day, percent_for, within


@pytest.mark.parametrize(
    ("kind", "population", "percent"),
    [
        ("provinsi", 1, "2.0"),
        ("provinsi", 2_000_000, "2.0"),
        ("provinsi", 2_000_001, "1.5"),
        ("provinsi", 6_000_000, "1.5"),
        ("provinsi", 6_000_001, "1.0"),
        ("provinsi", 12_000_000, "1.0"),
        ("provinsi", 12_000_001, "0.5"),
        ("kabkota", 250_000, "2.0"),
        ("kabkota", 250_001, "1.5"),
        ("kabkota", 500_000, "1.5"),
        ("kabkota", 500_001, "1.0"),
        ("kabkota", 1_000_000, "1.0"),
        ("kabkota", 1_000_001, "0.5"),
    ],
)
def test_the_shares_of_article_158(kind: str, population: int, percent: str) -> None:
    assert percent_for(kind, population) == Decimal(percent)


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        ("2020-12-16", "2020-12-18"),  # a Wednesday: Wednesday, Thursday, Friday
        ("2024-12-06", "2024-12-10"),  # a Friday: Friday, Monday, Tuesday, as the court said
        ("2024-12-07", "2024-12-11"),  # a Saturday: the weekend does not count
        ("2024-12-08", "2024-12-11"),  # a Sunday
        ("2018-07-09", "2018-07-11"),  # a Monday
        ("2018-07-05", "2018-07-09"),  # a Thursday
    ],
)
def test_the_last_day(announced: str, last: str) -> None:
    assert last_day(date.fromisoformat(announced)) == date.fromisoformat(last)


@given(st.dates(date(2017, 1, 1), date(2040, 1, 1)))
def test_three_working_days_and_no_weekend(announced: date) -> None:
    last = last_day(announced)
    days = [announced + timedelta(days=n) for n in range((last - announced).days + 1)]
    assert last.weekday() < 5
    assert sum(day.weekday() < 5 for day in days) == 3


def standing(*votes: int) -> Standing:
    ranked = tuple(Votes(str(at), n) for at, n in enumerate(votes, 1))
    return Standing(10, ranked, votes[0] - votes[1] if len(votes) > 1 else None)


@pytest.mark.parametrize(
    ("votes", "percent", "most", "inside"),
    [
        ((5_100, 4_900), "2.0", 200, True),  # just the threshold lies within it
        ((5_101, 4_899), "2.0", 200, False),
        ((5_000, 4_900, 77), "1.5", 149, True),  # 1.5 % of 9,977 is 149.655
        ((5_075, 4_925), "1.5", 150, True),
        ((10, 10), "0.5", 0, True),
    ],
)
def test_inside_and_outside(
    votes: tuple[int, ...], percent: str, most: int, inside: object
) -> None:
    found = within(standing(*votes), Threshold(Decimal(percent)), None)
    assert found is not None
    assert (found.votes, found.within, found.last_day, found.days_left) == (
        most,
        inside,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("today", "left"), [("2018-07-09", 2), ("2018-07-11", 0), ("2018-07-13", -2)]
)
def test_the_days_that_are_left(today: str, left: int) -> None:
    law = Threshold(Decimal(2), date(2018, 7, 9))
    found = within(standing(5, 4), law, date.fromisoformat(today))
    assert found is not None
    assert (found.last_day, found.days_left) == (date(2018, 7, 11), left)


def test_without_a_law_or_a_margin_there_is_nothing_to_say() -> None:
    assert within(standing(5, 4), None, date(2018, 7, 9)) is None
    assert within(standing(5), Threshold(Decimal(2)), None) is None
