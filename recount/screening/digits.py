"""The last digits of one candidate's counts in, how rare their distribution is out."""

from __future__ import annotations

from collections import Counter
from math import erfc, exp, gamma, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = 10
FEWEST = 50
"""So many counts at least: five expected of each digit, as the chi-square distribution needs."""

SMALL = 10
"""Below this a count has no digit before its last one, and small counts are not spread evenly."""
BEARABLE = 5
"""Times the root of the number of counts: with so many small ones 7 % of clean elections are
flagged at a nominal 5 %, with twice as many 12 %, with three times as many 90 % (simulated)."""


class LastDigit(NamedTuple):
    """`units`: how many counts; `counts`: of each digit 0 ... 9; `p`: upper tail, 9 degrees."""

    units: int
    counts: tuple[int, ...]
    statistic: float
    p: float


def last_digit(counts: Sequence[int]) -> LastDigit:
    """Test whether the last digits of counts (votes of one candidate per unit) are even.

    Pearson's chi-square against a tenth each, 9 degrees of freedom. All counts are in, the small
    ones too: leaving some out by their size bends the digits of those that remain. Raises
    ValueError below FEWEST counts. Method: Beber and Scacco 2012 (Political Analysis 20), without
    their threshold.
    """
    if len(counts) < FEWEST:
        raise ValueError(len(counts))
    found = Counter(count % DIGITS for count in counts)
    each = len(counts) / DIGITS
    statistic = sum((found[digit] - each) ** 2 / each for digit in range(DIGITS))
    return LastDigit(
        len(counts), tuple(found[digit] for digit in range(DIGITS)), statistic, _tail(statistic)
    )


def too_small(counts: Sequence[int]) -> bool:
    """Whether so many counts are below SMALL that even digits cannot be expected at all.

    The more counts there are, the smaller a share of small ones the test would take for something.
    """
    small = sum(count < SMALL for count in counts)
    return small > BEARABLE * sqrt(len(counts))


def _tail(statistic: float) -> float:
    """Upper tail of the chi-square distribution with 9 degrees of freedom (an odd number)."""
    half = statistic / 2
    terms = [half**j / sqrt(half) / gamma(j + 0.5) for j in range(1, DIGITS // 2)] if half else []
    return min(1.0, erfc(sqrt(half)) + exp(-half) * sum(terms))
