"""Parts of wholes in, whether too many of them are whole percentages out.

Somebody who makes up a turnout of 80 % writes down a count that is 80.0 % of the voters. Method and
null model: Kobak, Shpilkin, Pshenichnikov 2016 (Annals of Applied Statistics 10), with the exact
sum of their simulated one.
"""

from __future__ import annotations

from collections import Counter
from math import erf, erfc, exp, lgamma, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEWEST_VOTERS = 100
"""Smaller units have few possible percentages."""
HIGHEST = 99
"""Percent; above lie the units in which all voted, or all alike, for other reasons."""
NEAR = 20
"""Within one part in 20 of a percent (0.05 points) a percentage counts as whole."""
NORMAL_FROM = 10_000
"""From so many on the binomial distribution is taken as normal: to a thousandth the same here."""
_WIDE, _SKEWED = 8, 20
"""So many standard deviations on either side, and so many more where the part is small and the
distribution leans, hold all that a float can tell from nothing."""


class Part(NamedTuple):
    """A count out of a whole: voters of those registered, a candidate's of the valid votes."""

    part: int
    whole: int


class IntegerPercent(NamedTuple):
    """`hits`: units with a whole percentage; `expected`, `sd`: by chance; `p`: of so many or more.

    `z` is with a continuity correction of half a unit.
    """

    units: int
    hits: int
    expected: float
    sd: float
    z: float
    p: float


def integer_percent(parts: Iterable[Part]) -> IntegerPercent | None:
    """Test whether there are more whole percentages than chance gives.

    Each unit's part is taken as binomial around its own percentage; the number of hits is then a
    sum of independent yes and no (Poisson binomial), near enough to normal. None where no unit
    could be a hit or fail to be one. What to leave out (FEWEST_VOTERS, HIGHEST) is the caller's.
    """
    counted = Counter(parts)
    units = sum(counted.values())
    chances = [(_chance(*one), times) for one, times in counted.items()]
    hits = sum(times for one, times in counted.items() if is_whole(*one))
    expected = sum(chance * times for chance, times in chances)
    sd = sqrt(sum(chance * (1 - chance) * times for chance, times in chances))
    if not sd:
        return None
    z = (hits - 0.5 - expected) / sd
    return IntegerPercent(units, hits, expected, sd, z, erfc(z / sqrt(2)) / 2)


def is_whole(part: int, whole: int) -> bool:
    """Whether a part is a whole percentage, within 0.05 points. Exact."""
    off = 100 * part % whole
    return NEAR * min(off, whole - off) <= whole


def _chance(part: int, whole: int) -> float:
    """How often a binomial part around this one is a whole percentage."""
    if part in {0, whole}:
        return 1.0
    share = part / whole
    sd = sqrt(whole * share * (1 - share))
    if whole >= NORMAL_FROM:
        bounds = ((low - 0.5 - part, high + 0.5 - part) for low, high in _near(part, whole, sd))
        return sum(erf(b / sd / sqrt(2)) - erf(a / sd / sqrt(2)) for a, b in bounds) / 2
    constant = lgamma(whole + 1)
    yes, no = log(share), log(1 - share)
    return sum(
        exp(constant - lgamma(k + 1) - lgamma(whole - k + 1) + k * yes + (whole - k) * no)
        for low, high in _near(part, whole, sd)
        for k in range(low, high + 1)
    )


def _near(part: int, whole: int, sd: float) -> Iterator[tuple[int, int]]:
    """First and last count of each whole percentage that lies within reach."""
    reach = _WIDE * sd + _SKEWED
    first = max(0, int((part - reach) * 100 / whole))
    last = min(100, int((part + reach) * 100 / whole) + 1)
    for percent in range(first, last + 1):
        low = -((1 - NEAR * percent) * whole // (100 * NEAR))
        high = (NEAR * percent + 1) * whole // (100 * NEAR)
        if (low := max(low, 0)) <= (high := min(high, whole)):
            yield low, high
