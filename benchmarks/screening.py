"""How often the two screening tests flag simulated elections in which nothing was touched.

Run: python -m benchmarks.screening [ELECTIONS]. Prints, for four sizes of an election, the share of
clean ones with a p-value below 5 %, test by test; between 1 and 9 % is what the tests promise.

The elections are like a governor's race with four pairs: sizes of units spread as those of
Kalimantan Timur, turnout around 60 %, shares around 31, 24, 23 and 22 % that differ from unit to
unit far more than chance alone would make them. All random numbers come from one seed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recount.screening import Part, integer_percent, last_digit, too_small
from recount.screening.percentages import FEWEST_VOTERS, HIGHEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

SEED = 20180627
SHARES = (0.31, 0.24, 0.23, 0.22)
ALPHA = 0.05


class Size(NamedTuple):
    """How many units of which kind; `spread`: a Dirichlet's weight, the smaller the wider."""

    name: str
    units: int
    median: int
    sigma: float
    spread: float


SIZES = (
    Size("103 kecamatan", 103, 18_000, 0.8, 12),
    Size("1,000 kecamatan", 1_000, 18_000, 0.8, 12),
    Size("7,000 kecamatan", 7_000, 18_000, 0.8, 12),
    Size("10,000 stations", 10_000, 320, 0.3, 12),
)


class Clean(NamedTuple):
    """One election: per unit the registered, the voters, the valid votes, each candidate's."""

    registered: Whole
    voters: Whole
    valid: Whole
    votes: Whole


def clean(size: Size, random: np.random.Generator) -> Clean:
    """Draw an election in which every vote was counted as it was cast."""
    registered = np.maximum(
        20, np.rint(size.median * random.lognormal(0, size.sigma, size.units))
    ).astype(np.int64)
    voters = random.binomial(registered, random.beta(24, 16, size.units))
    valid = random.binomial(voters, random.beta(190, 8, size.units))
    shares = random.dirichlet([size.spread * share for share in SHARES], size.units)
    return Clean(registered, voters, valid, random.multinomial(valid, shares))


def p_values(election: Clean) -> Iterator[tuple[str, float | None]]:
    """The p-value of every test; None where it does not apply."""
    for at in range(len(SHARES)):
        counts = election.votes[:, at].tolist()
        yield (
            f"last digit, candidate {at + 1}",
            (None if too_small(counts) else last_digit(counts).p),
        )
    leader = int(election.votes.sum(axis=0).argmax())
    rows = zip(
        election.registered.tolist(),
        election.voters.tolist(),
        election.valid.tolist(),
        election.votes[:, leader].tolist(),
        strict=True,
    )
    fit = [
        (Part(voted, registered), Part(votes, valid))
        for registered, voted, valid, votes in rows
        if registered >= FEWEST_VOTERS
        and 100 * voted <= HIGHEST * registered
        and valid
        and 100 * votes <= HIGHEST * valid
    ]
    for name, parts in (("turnout", [t for t, _ in fit]), ("share", [s for _, s in fit])):
        found = integer_percent(parts)
        yield f"whole percentages, {name}", found.p if found else None


def main(elections: int) -> None:
    """Print the table."""
    random = np.random.default_rng(SEED)
    for size in SIZES:
        flagged: dict[str, list[bool]] = {}
        for _ in range(elections):
            for name, p in p_values(clean(size, random)):
                flagged.setdefault(name, []).extend([] if p is None else [p < ALPHA])
        for name, flags in flagged.items():
            share = f"{sum(flags) / len(flags):6.1%}" if flags else "     -"
            print(f"{size.name:16} {name:28} {share} of {len(flags)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
