"""Plays audits of tied elections through, and times a plan for the nation.

`python -m benchmarks.audit ties [--audits N]`: how often an audit confirms a result that is wrong.
`python -m benchmarks.audit nation [--data DIR]`: plan, draw and risk over all stations of 2019, one
process; 9,900 stations are made up so that there are as many as in 2024, 823,236.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import resource
import sys
import time
from fractions import Fraction
from itertools import count
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from recount.audit import Batch, claims, collect, draw, frame, risk, sizes, totals
from tests.audit.figures import kaltim
from tests.audit.ties import LAYOUTS, audits, county, tied

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path("pilpres_2019") / "indonesia_tps.csv.gz"
STATIONS = 823_236
UNKNOWN = 300
"""Ballots that may be in a station of which nobody says how many voters it has: the law's most."""
LIMITS = (0.01, 0.05, 0.1, 0.2)


def ties(runs: int) -> None:
    """Print the share of audits of tied elections whose risk was ever at the limit or below."""
    columns = [f"p <= {limit:.0%}" for limit in LIMITS]
    print(f"{runs:,} audits each; in brackets what chance adds to the limit at most (3 sigma):")
    print(", ".join(f"{x:.0%}: {x + 3 * sqrt(x * (1 - x) / runs):.2%}" for x in LIMITS))
    print(f"\n| contest | error | {' | '.join(columns)} | Kaplan-Markov <= 5% |")
    print("|---|---|" + "---:|" * (len(LIMITS) + 1))
    for name, contest, draws in (("24 batches", county(), 200), ("103 batches", kaltim(), 900)):
        for layout, shared_out in LAYOUTS.items():
            seen = list(audits(contest, tied(contest, shared_out), layout, runs, draws))
            shares = [sum(p <= limit for p, _ in seen) / runs for limit in LIMITS]
            markov = sum(p <= LIMITS[1] for _, p in seen) / runs
            told = " | ".join(f"{share:.2%}" for share in (*shares, markov))
            print(f"| {name} | {layout} | {told} |", flush=True)


def nation(source: Path) -> None:
    """Print the seconds of every step and the peak memory of the process."""
    batches = list(stations(source))
    print(f"{len(batches):,} batches, read in {time.process_time():.2f} s of the processor")
    began = time.perf_counter(), time.process_time()
    contest = frame(batches, claims(totals(batches)))
    lap("frame", began)
    planned = sizes(contest, Fraction(1, 20))
    lap("and sizes", began)
    drawn = draw(contest, "20190417000000000000", 1, 1000)
    lap("and 1,000 draws", began)
    forms = {name: contest.batches[contest.stands_for(name) or 0].votes for name in collect(drawn)}
    found = risk(contest, drawn, forms, Fraction(1, 20))
    lap("and risk of 1,000 draws", began)
    print(f"U {float(contest.U):.3f}; {planned.clean_forms.mean:.1f} forms; p {found.p:.3g}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory {peak * (1 if sys.platform == 'darwin' else 1024) / 1e6:,.0f} MB")


def lap(what: str, began: tuple[float, float]) -> None:
    """Print how much time has gone by, on the clock and of the processor."""
    clock, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"{what}: {clock:.2f} s, of the processor {processor:.2f} s")


def stations(source: Path) -> Iterator[Batch]:
    """All stations of the source, then made-up ones that repeat it until there are enough."""
    known = []
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            voters = [int(row[box] or -1) for box in ("laki", "perempuan")]
            bound = sum(voters) if min(voters) >= 0 else UNKNOWN
            votes = {one: max(0, int(row[f"situng_pas{one}"] or 0)) for one in ("1", "2")}
            known.append(Batch(f"{number:07}", votes, bound))
    yield from known
    for number, at in zip(range(len(known), STATIONS), count()):
        yield known[at]._replace(id=f"{number:07}")


def main() -> None:
    """Read what to do."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("ties", "nation"))
    parser.add_argument("--audits", type=int, default=5000, help="of every layout")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    if options.what == "ties":
        ties(options.audits)
    else:
        nation(options.data / SOURCE)


if __name__ == "__main__":
    main()
