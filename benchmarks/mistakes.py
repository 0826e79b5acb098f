"""A clean station in, the same station with one known mistake out; each kind as people make it.

The kinds and how often a digit is taken for another one: two digitisations of the forms of 2019.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Make = Callable[[Random, "Station"], "Figures | None"]

BOXES = ("candidate:1", "candidate:2", "valid", "invalid", "cast")
FIRST, SECOND, VALID, INVALID, CAST = range(5)
CANDIDATES = (FIRST, SECOND)

Figures = tuple[int | None, ...]
"""One per box of BOXES; None is a blank."""

EVEN, QUARTER, THIRD = 1 / 2, 1 / 4, 1 / 3


class Station(NamedTuple):
    """A unit: `parent` is the code of the region it lies in, `number` its own inside it."""

    parent: str
    number: int
    figures: tuple[int, ...]


_MISREAD = "12:12 23:5 56:4 89:4 17:4 49:4 27:3 35:3 06:3 68:3 38:2 58:2 09:2 14:2 01:2 34:1 45:1"
PAIRS = {pair: int(share) for pair, share in (text.split(":") for text in _MISREAD.split())}
"""How often two digits are taken for each other, in percent of all digits misread."""

LARGEST_SLIP = 60
"""Honest slips of typing are of any size up to this, small ones more often (evenly by logarithm).
"""


def _one(change: Callable[[Random, str], str | None]) -> Make:
    """Make a mistake in one box at random, as it is written."""

    def made(random: Random, station: Station) -> Figures | None:
        at = random.randrange(len(BOXES))
        written = change(random, str(station.figures[at]))
        if written is None or int(written) == station.figures[at]:
            return None
        return _with(station.figures, {at: int(written)})

    return made


def _with(figures: Sequence[int], other: dict[int, int | None]) -> Figures:
    return tuple(other.get(at, figure) for at, figure in enumerate(figures))


def _digit(random: Random, written: str) -> str | None:
    pair = random.choices([*PAIRS], [*PAIRS.values()])[0]
    first, second = random.sample(pair, 2)
    places = [at for at, digit in enumerate(written) if digit == first]
    if not places:
        return None
    at = random.choice(places)
    changed = written[:at] + second + written[at + 1 :]
    return None if changed[0] == "0" and len(changed) > 1 else changed


def _transposed(random: Random, written: str) -> str | None:
    places = [at for at in range(len(written) - 1) if written[at] != written[at + 1]]
    if not places:
        return None
    at = random.choice(places)
    changed = written[:at] + written[at + 1] + written[at] + written[at + 2 :]
    return None if changed[0] == "0" else changed


def _leading_digit(random: Random, written: str) -> str | None:
    """Three times out of four it is a 1, as a stroke beside the box is read; or the 1 is lost."""
    if random.random() < EVEN and len(written) > 1:
        return written[1:] if written[1] != "0" else None
    return (random.choice("23456789") if random.random() < QUARTER else "1") + written


def _digit_added(random: Random, written: str) -> str | None:
    """A digit is doubled; the first one doubled is one in front, `leading_digit`."""
    at = random.randrange(len(written))
    added = written[: at + 1] + written[at:]
    return None if added[1:] == written else added


def _digit_dropped(random: Random, written: str) -> str | None:
    """A digit is left out, but not so that the first one is gone, `leading_digit`."""
    if len(written) == 1:
        return None
    at = random.randrange(1, len(written))
    left = written[:at] + written[at + 1 :]
    return None if left == written[1:] else left


def _zero_or_blank(random: Random, station: Station) -> Figures | None:
    at = random.randrange(len(BOXES))
    if not station.figures[at]:
        return None
    return _with(station.figures, {at: 0 if random.random() < EVEN else None})


def _exchange(first: int, second: int) -> Make:
    def made(random: Random, station: Station) -> Figures | None:
        del random
        figures = station.figures
        if figures[first] == figures[second]:
            return None
        return _with(figures, {first: figures[second], second: figures[first]})

    return made


def _column_shift(random: Random, station: Station) -> Figures | None:
    """All boxes stand one or two boxes too far up or down; what is pushed out is 0."""
    steps = random.choice((1, 2, -1))
    count = len(BOXES)
    moved = [station.figures[at + steps] if 0 <= at + steps < count else 0 for at in range(count)]
    return None if moved == list(station.figures) else tuple(moved)


def _total_as_candidate(random: Random, station: Station) -> Figures | None:
    at, total = random.choice(CANDIDATES), random.choice((VALID, CAST))
    figures = station.figures
    return None if figures[at] == figures[total] else _with(figures, {at: figures[total]})


def _moved_votes(random: Random, station: Station) -> Figures | None:
    loser, winner = random.sample(CANDIDATES, 2)
    held = station.figures[loser]
    if not held:
        return None
    moved = random.randint(1, held)
    figures = station.figures
    return _with(figures, {loser: held - moved, winner: figures[winner] + moved})


def _all_raised(random: Random, station: Station) -> Figures | None:
    """Each candidate gets the same number of votes more, or the same share; so do the sums."""
    figures = station.figures
    times, plus = random.uniform(1.05, 3), random.randint(1, 100)
    by_share = random.random() < EVEN
    votes = [round(figures[at] * times) if by_share else figures[at] + plus for at in CANDIDATES]
    if any(vote == figures[at] for vote, at in zip(votes, CANDIDATES, strict=True)):
        return None
    valid = sum(votes)
    return (*votes, valid, figures[INVALID], valid + figures[INVALID])


def slip(random: Random, station: Station) -> Figures | None:
    """Honest noise: a figure typed wrongly by some votes; one time in three the sums follow."""
    at = random.randrange(len(BOXES))
    size = round(math.exp(random.uniform(0, math.log(LARGEST_SLIP)))) * random.choice((1, -1))
    figures = station.figures
    if figures[at] + size < 0:
        return None
    follow = at in {FIRST, SECOND, INVALID} and random.random() < THIRD
    sums = {FIRST: (VALID, CAST), SECOND: (VALID, CAST), INVALID: (CAST,)}[at] if follow else ()
    return _with(figures, {box: figures[box] + size for box in (at, *sums)})


SINGLE: dict[str, Make] = {
    "digit": _one(_digit),
    "transposed": _one(_transposed),
    "leading_digit": _one(_leading_digit),
    "digit_added": _one(_digit_added),
    "digit_dropped": _one(_digit_dropped),
    "zero_or_blank": _zero_or_blank,
    "candidates_exchanged": _exchange(FIRST, SECOND),
    "valid_invalid_exchanged": _exchange(VALID, INVALID),
    "column_shift": _column_shift,
    "total_as_candidate": _total_as_candidate,
    "moved_votes": _moved_votes,
    "all_raised": _all_raised,
}
"""Mistakes that a station makes by itself, by the id of the cause; None: not in this station."""
