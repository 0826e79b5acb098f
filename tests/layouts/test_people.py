"""Files as people made them: what each yields, and why that is right.

The sums are worked out beside the package, with the csv module or openpyxl.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount.api import check
from recount.layouts import understand_book
from recount.readers import read
from tests.layouts.accounting import unaccounted
from tests.layouts.sheets import assumed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.model import Grid, Reading

FILES = Path(__file__).parents[2].parent / "shared" / "data" / "spreadsheets"

pytestmark = pytest.mark.skipif(not FILES.exists(), reason="the files people made are not here")


def one(name: str) -> tuple[Grid, Reading]:
    """The only sheet of a file that is a table, and its only reading."""
    book = read(str(FILES / name), label=name)
    [(grid, [reading])] = [
        (g, made) for g, made in understand_book(book, {}) if isinstance(made, tuple)
    ]
    return grid, reading


def sums(reading: Reading, boxes: Sequence[str]) -> list[int]:
    """The figures of each box added up, as they were read."""
    return [sum(map(int, reading.rows[box].drop_nulls().to_list())) for box in boxes]


def rows_of(name: str, delimiter: str = ",") -> list[list[str]]:
    with (FILES / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def said(reading: Reading) -> dict[str, int]:
    return dict(Counter(finding.rule for finding in reading.findings))


def test_the_place_in_the_name_of_the_file_and_junk_rows() -> None:
    name = "JAWA BARAT_BOGOR_CIBINONG_CIBINONG.csv"
    _, reading = one(name)
    stations = [row for row in rows_of(name) if row[0].startswith("TPS")]
    boxes = ["candidate:1", "candidate:2", "candidate:3"]
    assert reading.rows["tps"].to_list() == [row[0] for row in stations]
    assert sums(reading, boxes) == [sum(int(row[at]) for row in stations) for at in (1, 2, 3)]
    places = reading.rows.select("provinsi", "kabkota", "kecamatan", "desa").unique()
    assert places.rows() == [("JAWA BARAT", "BOGOR", "CIBINONG", "CIBINONG")]
    # Two rows before the first TPS hold nothing; stations without an entry stand as 0.
    assert said(reading) == {"junk-row": 2, "zero-units": 1, "unused-column": 1}
    assert len(assumed(reading)) == 2


def test_subtotals_without_a_label_and_a_hidden_row() -> None:
    name = "jumlah_tps_hidden_row_unlabelled_sums.xlsx"
    grid, reading = one(name)
    sheet = openpyxl.load_workbook(FILES / name)["Sheet2"]
    desa = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[2]]
    assert list(reading.columns) == ["stations"]
    assert len(reading.rows) == len(desa) == 217
    assert sums(reading, ["stations"]) == [sum(int(str(row[3])) for row in desa)] == [1797]
    # The kecamatan stands once, merged over its desa and its subtotal.
    filled = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]]
    assert list(dict.fromkeys(reading.rows["kecamatan"].to_list())) == filled
    # 19 subtotals that only a formula tells, and "TOTAL " with a blank behind it; they agree.
    assert Counter(left.kind for left in reading.left_out) == {"sum": 19, "total": 1}
    # The formula in F1 stands beside the table.
    assert said(reading) == {"totals-row": 20, "unused-column": 1}
    assert grid.hidden_rows == {3}
    assert unaccounted(grid, [reading]) == set()


def test_stations_as_text_with_leading_zeros() -> None:
    name = "flat_template_tps_as_text.xlsx"
    _, reading = one(name)
    sheet = openpyxl.load_workbook(FILES / name).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert reading.rows["tps"].to_list() == [row[2] for row in rows]
    boxes = ["registered.m", "registered.f", "registered"]
    assert sums(reading, boxes) == [sum(int(str(row[at])) for row in rows) for at in (3, 4, 5)]
    assert said(reading) == {}
    # "PEMILIH" is no sum of L and P there: every row of the file breaks R3.
    broken = [finding for finding in check(str(FILES / name)).findings if finding.rule == "R3"]
    assert len(broken) == sum(int(str(r[3])) + int(str(r[4])) != int(str(r[5])) for r in rows)


def test_a_heading_with_a_comment_mark_and_codes_of_another_system() -> None:
    name = "kpu_da1_feed_2014-07-18-10-AM.csv"
    _, reading = one(name)
    rows = rows_of(name)[1:]
    boxes = ["candidate:prabowo-hatta", "candidate:jokowi-kalla"]
    assert len(reading.rows) == len(rows) == 7073
    assert sums(reading, boxes) == [sum(int(row[at]) for row in rows) for at in (6, 7)]
    assert reading.rows["kecamatan"].to_list() == [row[5] for row in rows]
    # KPU's own ids are not the codes of regions; the column of totals is not added.
    assert said(reading) == {"unused-column": 4, "zero-units": 1}


def test_one_number_a_row_and_empty_columns_at_the_end() -> None:
    name = "semicolon_bom_trailing_columns.csv"
    _, reading = one(name)
    rows = rows_of(name, ";")[1:]
    votes = Counter[str]()
    for _, count, pair, *_ in rows:
        votes[pair] += int(count)
    assert sums(reading, ["candidate:1", "candidate:2"]) == [votes["1"], votes["2"]]
    assert len(reading.rows) == len({row[3] for row in rows}) == 1798
    # Nobody stands on the ballot with the number 0: each such row is told, none is guessed.
    nobody = sum(row[2] == "0" for row in rows)
    assert said(reading) == {"unknown-candidate": nobody, "unused-column": 1}
