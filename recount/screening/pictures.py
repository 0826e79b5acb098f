"""Counts in, the numbers of two well-known pictures out. They are no tests.

Clean elections, too, have second digits that differ from Benford's law, and turnouts that go
together with a candidate's share: of simulated clean ones a test on either flags up to all.
"""

from __future__ import annotations

from collections import Counter
from math import log10
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.screening.percentages import Part

BENFORD = tuple(
    sum(log10(1 + 1 / (10 * first + second)) for first in range(1, 10)) for second in range(10)
)
"""The share of each second digit by Benford's law, from 12.0 % down to 8.5 %."""

BINS = 20
"""Bins of a picture along each side, five points wide."""


class Benford(NamedTuple):
    """`units`: counts with a second digit; `counts`: of each; `expected`: by Benford's law."""

    units: int
    counts: tuple[int, ...]
    expected: tuple[float, ...]


class Clouds(NamedTuple):
    """`cells[t][s]`: how many units have a turnout in bin t and a share in bin s, of BINS each."""

    units: int
    cells: tuple[tuple[int, ...], ...]


def second_digit(counts: Iterable[int]) -> Benford:
    """Count the second digits; counts below 10 have none."""
    found = Counter(int(str(count)[1]) for count in counts if count >= 10)  # noqa: PLR2004
    units = sum(found.values())
    return Benford(
        units,
        tuple(found[digit] for digit in range(10)),
        tuple(units * share for share in BENFORD),
    )


def turnout_and_share(units: Iterable[tuple[Part, Part]]) -> Clouds:
    """Count the units by turnout (voters of those registered) and a candidate's share of votes."""
    found = Counter((_bin(turnout), _bin(share)) for turnout, share in units)
    cells = tuple(tuple(found[t, s] for s in range(BINS)) for t in range(BINS))
    return Clouds(sum(found.values()), cells)


def _bin(part: Part) -> int:
    return max(0, min(BINS - 1, BINS * part.part // part.whole))
