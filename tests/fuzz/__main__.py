"""Mutate files for a long time: python -m tests.fuzz --count 10000 [--seed N] [--keep DIR] FILES...

Without files: the sample data and one of each layout of tests/building. Every hundredth file goes
through the command in a process of its own. Exit code 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import collections
import faulthandler
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.building import LAYOUTS, build
from tests.building.figures import made_up
from tests.fuzz.cells import change, figures_of, lost
from tests.fuzz.mutations import mutated
from tests.fuzz.running import LIMIT, inside, outside

ROOT = Path(__file__).parents[2]
ENDINGS = (".csv", ".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")


def corpus(folder: Path) -> list[Path]:
    """The files to begin with: the sample data and the layouts."""
    files = sorted((ROOT / "sample_data").rglob("*.xlsx"))
    files += sorted((ROOT / "sample_data").rglob("*.csv"))
    for layout in LAYOUTS:
        files += build(layout, made_up(), folder / layout).files[:1]
    return files


def hammer(files: list[Path], count: int, seed: int, keep: Path) -> int:
    """Go through `count` mutated files; gives the number of faults."""
    faults: collections.Counter[str] = collections.Counter()
    kinds: collections.Counter[str] = collections.Counter()
    start = time.monotonic()
    known = {file: figures_of(file)[0] for file in files if file.suffix == ".xlsx"}
    for number in range(seed, seed + count):
        source = files[number % len(files)]
        target = keep / f"{number}{source.suffix}"
        faulthandler.dump_traceback_later(LIMIT * 10, exit=True)
        if source in known and number % 4 == 0 and known[source]:
            kind, fault = (
                "cell",
                lost(target, change(source, target, known[source], number), known[source]),
            )
        else:
            kind, data = mutated(source.read_bytes(), number)
            target.write_bytes(data)
            fault = (outside if number % 100 == 1 else inside)(target)
        kinds[kind] += 1
        if fault is None:
            target.unlink()
            continue
        faults[fault.splitlines()[-1]] += 1
        sys.stdout.write(f"{target} ({kind} of {source.name}): {fault}\n")
    faulthandler.cancel_dump_traceback_later()
    took = time.monotonic() - start
    sys.stdout.write(f"{count} files in {took:.0f} s: {dict(kinds)}; faults: {dict(faults)}\n")
    return sum(faults.values())


def main() -> int:
    """Read the command line and hammer."""
    parser = argparse.ArgumentParser(description="Mutate files and check them.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where files with a fault stay")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        files = [file for file in given.files if file.suffix in ENDINGS] or corpus(Path(folder))
        keep = given.keep or Path(folder) / "kept"
        keep.mkdir(parents=True, exist_ok=True)
        return 1 if hammer(files, given.count, given.seed, keep) else 0


if __name__ == "__main__":
    sys.exit(main())
