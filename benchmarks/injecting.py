"""Clean stations in, two sides out that differ by mistakes of known kinds; and which is where."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.mistakes import SINGLE, Station, slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from random import Random

    from benchmarks.mistakes import Figures, Make

NOISE = "noise"
"""The class of what has no cause: honest slips of random size."""
NOISES = 5
"""There are so many slips for each mistake of a class."""

SEEN_FROM_THEIRS = {"digit_added": "digit_dropped", "digit_dropped": "digit_added"}
"""Nobody knows which side is wrong: a digit too many in ours is one that theirs lacks."""

KABKOTA, KECAMATAN = 5, 8
"""How much of a dotted code of a desa names its kabupaten or kota, its kecamatan."""
NEAR = ((None, 0.62), (KECAMATAN, 0.33), (KABKOTA, 0.05))
"""Whose row is written here: how much of the code is shared (None: all), and how often.

So it was found in 2019: of 933 rows 583 of the same desa, 303 of the same kecamatan."""


class Injected(NamedTuple):
    """Both sides, station by station, and the class of each that differs.

    `truth`: number of a station -> class. `wrong`: number -> the side that was changed.
    """

    stations: Sequence[Station]
    ours: list[Figures]
    theirs: list[Figures]
    truth: dict[int, str]
    wrong: dict[int, str]

    def put(self, at: int, kind: str, figures: Figures, side: str) -> None:
        """Let one side have other figures; what ours has more, theirs has less."""
        if side == "ours":
            kind = SEEN_FROM_THEIRS.get(kind, kind)
        (self.ours if side == "ours" else self.theirs)[at] = figures
        self.truth[at] = kind
        self.wrong[at] = side


def inject(stations: Sequence[Station], random: Random, per_class: int) -> Injected:
    """Put `per_class` mistakes of each class and NOISES times as many slips into clean stations.

    A station has at most one. Of permuted rows there are at least `per_class`.
    """
    clean = [station.figures for station in stations]
    made = Injected(stations, list(clean), list(clean), {}, {})
    by_desa = _within(stations, None)
    _permute(made, by_desa, random, per_class)
    order = (at for at in random.sample(range(len(stations)), len(stations)))
    free = (at for at in order if at not in made.truth)
    for kind, make in {**SINGLE, NOISE: slip}.items():
        left = per_class * (NOISES if kind == NOISE else 1)
        while left:
            left -= _try(made, next(free), kind, make, random)
    _misplace(made, random, per_class, free)
    return made


def _try(made: Injected, at: int, kind: str, make: Make, random: Random) -> bool:
    """Let one station have a mistake of a kind, where it can."""
    figures = make(random, made.stations[at])
    if figures is None or figures == made.stations[at].figures:
        return False
    made.put(at, kind, figures, random.choice(("ours", "theirs")))
    return True


def _within(stations: Iterable[Station], width: int | None) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, station in enumerate(stations):
        found[station.parent[:width]].append(at)
    return found


def _misplace(made: Injected, random: Random, count: int, free: Iterator[int]) -> None:
    """Write the row of another station: mostly of the same desa, else of the same kecamatan ..."""
    homes = {width: _within(made.stations, width) for width, _ in NEAR}
    left = count
    while left:
        at = next(free)
        width = random.choices([w for w, _ in NEAR], [share for _, share in NEAR])[0]
        station = made.stations[at]
        other = random.choice(homes[width][station.parent[:width]])
        if made.stations[other].figures != station.figures:
            side = random.choice(("ours", "theirs"))
            made.put(at, "other_region", made.stations[other].figures, side)
            left -= 1


def _permute(made: Injected, homes: Mapping[str, list[int]], random: Random, count: int) -> None:
    """Move the rows of whole desa on by some places: nobody's row stands where it belongs."""
    left = count
    for home in random.sample(sorted(homes), len(homes)):
        rows = homes[home]
        figures = [made.stations[at].figures for at in rows]
        if len(set(figures)) < len(rows) or len(rows) < 3:  # noqa: PLR2004 - two are an exchange
            continue
        step, side = random.randrange(1, len(rows)), random.choice(("ours", "theirs"))
        for at, other in zip(rows, figures[step:] + figures[:step], strict=True):
            made.put(at, "permuted_regions", other, side)
        left -= len(rows)
        if left <= 0:
            return
