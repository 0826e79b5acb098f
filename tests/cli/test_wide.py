"""Sheets as wide as a spreadsheet can be: `recount check` ends soon, with findings or one error."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from recount.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS, ROWS = 16_384, 100
LONG = 60
"""Seconds; each takes three on a quiet machine. One expression a column took more than 300."""

PLACES = ["Kecamatan", "Desa"]
VOTES = ["Suara 01", "Suara 02", "Suara sah"]


def _figures(row: int, columns: int) -> list[str]:
    return [str((row * 31 + at * 7) % 1_000) for at in range(columns)]


def _place(row: int) -> list[str]:
    return [f"Kecamatan {row // 9}", f"Desa {row}"]


def _letters(at: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in f"{at:05}")


def _named(heading: list[str], figures: Callable[[int], list[str]]) -> list[list[str]]:
    return [heading, *(_place(row) + figures(row) for row in range(ROWS))]


WIDE = {
    "figures alone": ([_figures(row, COLUMNS) for row in range(ROWS)], "No heading row"),
    "figures right of the table": (
        _named([*PLACES, *VOTES], lambda row: _figures(row, COLUMNS - 2)),
        "to the right of the last heading",
    ),
    "a heading that says nothing over each": (
        _named(
            [*PLACES, *VOTES, *(f"Lain {_letters(at)}" for at in range(COLUMNS - 5))],
            lambda row: ["1", "2", "3", *(f"{row} kali {at}" for at in range(COLUMNS - 5))],
        ),
        "was not understood",
    ),
    "a name over each, and a blank below": (
        _named(
            [*PLACES, *(f"Budi {_letters(at)}" for at in range(COLUMNS - 2))],
            lambda row: ["" if at % ROWS == row else "7" for at in range(COLUMNS - 2)],
        ),
        "forms",
    ),
}


@pytest.mark.parametrize(("rows", "words"), WIDE.values(), ids=WIDE.keys())
def test_a_text_of_all_columns_ends(
    rows: list[list[str]], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with it is said, and nothing else goes wrong."""
    _ends(tmp_path / "wide.csv", rows)
    said = capsys.readouterr()
    assert words in said.out + said.err


def test_a_sheet_of_all_columns_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook is no other than a text."""
    rows, words = WIDE["figures right of the table"]
    _ends(tmp_path / "wide.xlsx", rows)
    assert words in capsys.readouterr().out


def _ends(path: Path, rows: list[list[str]]) -> None:
    _write(path, rows)
    start = perf_counter()
    assert main(["check", str(path), "--lang", "en"]) in {0, 1, 2}
    assert perf_counter() - start < LONG


def _write(path: Path, rows: list[list[str]]) -> None:
    if path.suffix == ".csv":
        path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
        return
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": True})
    sheet = book.add_worksheet("DA1")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
