"""Population and announcement in, up to which margin and until when a result can be contested out.

Law 10/2016 (Pilkada): article 158 lets a result be brought to the Constitutional Court (MK) where
the margin is at most a share of all valid votes of the final count, by the population of the
province or the kabupaten/kota; article 157 (5) gives three working days from the announcement. The
court counts the day of the announcement as the first, where it is a working day. Public holidays
are not known here: with one of them the last day is later, never earlier.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from recount.model import Within

if TYPE_CHECKING:
    from datetime import date

    from recount.model import Standing, Threshold

SHARES = (Decimal("2.0"), Decimal("1.5"), Decimal("1.0"))
SMALLEST = Decimal("0.5")
"""Percent of the valid votes; the smallest above the last number of people."""

PEOPLE = {
    "provinsi": (2_000_000, 6_000_000, 12_000_000),
    "kabkota": (250_000, 500_000, 1_000_000),
}
"""Up to how many people, that number included, each of SHARES holds."""

WORKING_DAYS = 3
SATURDAY = 5
"""The number of the first day of a weekend, counted from Monday, 0."""


def percent_for(kind: str, population: int) -> Decimal:
    """The share of article 158 for a `provinsi` or `kabkota` of so many people."""
    steps = zip(PEOPLE[kind], SHARES, strict=True)
    return next((share for most, share in steps if population <= most), SMALLEST)


def last_day(announced: date) -> date:
    """The last of three working days from an announcement; holidays would make it later."""
    day, counted = announced, 0
    while True:
        counted += day.weekday() < SATURDAY
        if counted == WORKING_DAYS:
            return day
        day += timedelta(days=1)


def within(standing: Standing, law: Threshold | None, today: date | None) -> Within | None:
    """Hold a margin against the law's threshold; None without either.

    Exact: a margin of just the threshold lies within it. `votes`: the largest margin that does.
    """
    if law is None or standing.margin is None:
        return None
    valid = sum(votes.votes for votes in standing.ranking)
    most = int(law.percent * valid // 100)
    end = last_day(law.announced) if law.announced else None
    left = (end - today).days if end and today else None
    return Within(law.percent, most, standing.margin, standing.margin <= most, end, left)
