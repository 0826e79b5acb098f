"""Many small workbooks, as witnesses send them: recount beside a bare loop of the library it uses.

    python -m benchmarks.workbooks [files] [rounds]

Makes workbooks of about 40 x 20 cells in benchmarks/.cache (1,000 unless told otherwise; the
figures are random, the seed is fixed), then takes turns, round by round, in one process each:

    bare     python-calamine opens each file and hands out the cells of every sheet
    read     recount.readers: the same cells as text, with their facts and digests, in bounds
    check    recount.check: read, understood, placed, checked, with a receipt for every file
    check, 2 the same in two processes, half of the files each

and prints the medians and what each is beside `bare`.
"""

from __future__ import annotations

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

import recount
from recount.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = Path(__file__).parent / ".cache" / "workbooks"
FILES, ROUNDS, DESA = 1_000, 5, 36
PAIRS = 4
HEADING = (
    *("Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan"),
    *("Pemilih DPT LK", "Pemilih DPT PR", "Pemilih DPT JUM"),
    *("Pengguna hak pilih LK", "Pengguna hak pilih PR", "Pengguna hak pilih JUM"),
    *("Surat suara diterima", "Surat suara dikembalikan", "Surat suara tidak digunakan"),
    *(f"Suara {pair:02}" for pair in range(1, PAIRS + 1)),
    *("Suara sah", "Suara tidak sah", "Suara sah dan tidak sah"),
)


def main() -> None:
    """Make the files, measure, print."""
    given = [int(text) for text in sys.argv[1:]]
    count, rounds = (*given, *(FILES, ROUNDS)[len(given) :])
    files = lay_out(count)
    seconds: dict[str, list[float]] = {}
    ways: dict[str, Callable[[list[Path]], None]] = {
        "bare": bare,
        "read": read_all,
        "check": check,
        "check, 2": in_two,
    }
    for _ in range(rounds):
        for name, way in ways.items():
            start = perf_counter()
            way(files)
            seconds.setdefault(name, []).append(perf_counter() - start)
    for name, times in seconds.items():
        ratio = median(one / other for one, other in zip(times, seconds["bare"], strict=True))
        each = 1000 * median(times) / count
        print(f"{name:9} {median(times):7.2f} s  {each:6.2f} ms a file  {ratio:5.2f}")


def lay_out(count: int) -> list[Path]:
    """Make the workbooks that are not there yet: a kecamatan each, a row for each desa."""
    CACHE.mkdir(parents=True, exist_ok=True)
    files = [CACHE / f"da1_{at:04}.xlsx" for at in range(count)]
    for at, path in enumerate(files):
        if not path.exists():
            _write(path, at)
    return files


def _write(path: Path, at: int) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("DA1")
    sheet.merge_range(0, 0, 0, len(HEADING) - 1, "REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA")
    sheet.write_row(2, 0, HEADING)
    chance = random.Random(at)  # noqa: S311 - figures, no secrets
    for row in range(DESA):
        place = ("Kalimantan Timur", f"Kabupaten {at // 20}", f"Kecamatan {at}", f"Desa {row}")
        sheet.write_row(3 + row, 0, (*place, *_figures(chance)))
    book.close()


def _figures(chance: random.Random) -> tuple[int, ...]:
    men, women = chance.randrange(300, 900), chance.randrange(300, 900)
    voted = men - chance.randrange(200), women - chance.randrange(200)
    cast = sum(voted)
    invalid = chance.randrange(20)
    cuts = sorted(chance.randrange(cast - invalid + 1) for _ in range(PAIRS - 1))
    votes = [end - start for start, end in zip((0, *cuts), (*cuts, cast - invalid), strict=True)]
    received = men + women + (men + women) // 40
    ballots = received, 0, received - cast
    return men, women, men + women, *voted, cast, *ballots, *votes, cast - invalid, invalid, cast


def bare(files: list[Path]) -> None:
    """Let the library hand out all cells."""
    for path in files:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


def read_all(files: list[Path]) -> None:
    """Read all cells as recount does."""
    for path in files:
        read(path, label=path.name)


def check(files: list[Path]) -> None:
    """Check all files."""
    recount.check(files)


def in_two(files: list[Path]) -> None:
    """Check one half in each of two processes, their start included."""
    halves = files[::2], files[1::2]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(check, halves))


if __name__ == "__main__":
    main()
