"""Times recount against other ways to the same answer; prints ratios, asserts nothing of seconds.

`python -m benchmarks [--rounds N] [--data DIR] [--write]`: every contestant is a whole process;
they run in turn (A B A B ...) after one warm-up each, and the median of the rounds counts. Their
answers are held against each other first. `--write` puts the tables into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import compileall
from pathlib import Path

from benchmarks.contestants import (
    CACHE,
    HERE,
    ROOT,
    agreement,
    datacompy_python,
    lay_out,
    nation,
    small,
)
from benchmarks.measuring import able, measure, run
from benchmarks.telling import machine, ratios, times, write

SOURCE = Path("pilpres_2019") / "indonesia_tps.csv.gz"
QUICK = 4
"""Short processes run so many times as often: their medians need it, and it costs little."""

VERSIONS = """
import importlib.metadata
print(", ".join(f"{n} {importlib.metadata.version(n)}" for n in ("datacompy", "polars", "pandas")))
"""


def main() -> None:
    """Measure everything in one run and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="measured runs of each process")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="update benchmarks/README.md")
    options = parser.parse_args()
    source = options.data / SOURCE
    if not source.exists():
        parser.error(f"{source} is not there: say with --data where the folder of data is")
    CACHE.mkdir(exist_ok=True)
    # As pip leaves a package, the peers' among them; an environment may keep Python from doing it.
    compileall.compile_dir(ROOT / "recount", quiet=1)
    print(report(source, options.rounds, readme=options.write))


def report(source: Path, rounds: int, *, readme: bool) -> str:
    """Measure; the tables as text, also written into the README when asked for."""
    big, quick = able(nation(lay_out(source))), able(small())
    agreed = agreement(big)
    measure([*big], rounds)
    measure([*quick], rounds * QUICK)
    versions = run((datacompy_python(), "-c", VERSIONS)).printed.strip()
    counted = f"Medians of {rounds} rounds, of {rounds * QUICK} for the short processes."
    everyone = [*big, *quick]
    told = (f"{machine(versions)} {counted}", agreed, ratios(everyone), times(everyone))
    text = "\n\n".join(told)
    if readme:
        write(HERE / "README.md", text)
    return text


if __name__ == "__main__":
    main()
