"""The totals that forms print themselves: whose they are, and when they are of nobody."""

from __future__ import annotations

import pytest

from tests.layouts.sheets import reading, readings

ACROSS = """
| MODEL DA1-PPWP |         |       |       |      |       |
| KECAMATAN      | : LAHAM |       |       |      |       |
| KABUPATEN/KOTA | : MAHAKAM ULU | |       |      |       |
|                |         |       |       |      |       |
| NO | URAIAN              | NAHA  | DELANG | {last} |  |
| IV. | DATA PEROLEHAN SUARA PASANGAN CALON | | | |     |
| 01 | ANI - BUDI          | 10    | 11    | 21   |       |
| 02 | CITRA - DODI        | 20    | 22    | 42   |       |
| V  | JUMLAH SELURUH SUARA SAH | 30 | 33  | 63   |       |
"""
DOWN = """
| MODEL DA1-PPWP |             |         |         |           |
| KECAMATAN      | : {place}   |         |         |           |
| KABUPATEN/KOTA | : MAHAKAM ULU |       |         |           |
|                |             |         |         |           |
| NO | DESA                    | SUARA 1 | SUARA 2 | SUARA SAH |
| 1  | NAHA                    | 10      | 20      | 30        |
| 2  | DELANG                  | 11      | 22      | 33        |
|    | {last}                  | 21      | 42      | 63        |
"""


@pytest.mark.parametrize(
    "text", [ACROSS.format(last="JUMLAH AKHIR"), DOWN.format(last="JUMLAH", place="LAHAM")]
)
def test_a_total_is_that_of_the_region_above_its_units(text: str) -> None:
    read_ = reading(text)
    assert len(read_.rows) == 2
    assert read_.totals is not None
    columns = ("kabkota", "kecamatan", "candidate:1", "candidate:2", "valid")
    rows = list(read_.totals.select(*columns).iter_rows())
    assert rows == [("MAHAKAM ULU", "LAHAM", "21", "42", "63")]
    assert "desa" not in read_.totals.columns


@pytest.mark.parametrize(
    "text",
    [
        ACROSS.format(last="JUMLAH PINDAHAN"),
        ACROSS.format(last="JUMLAH AKHIR").replace(": LAHAM", ""),
        DOWN.format(last="JUMLAH PINDAHAN", place="LAHAM"),
        DOWN.format(last="JUMLAH", place=""),
        DOWN.format(last="MARAH", place="LAHAM"),
    ],
)
def test_what_is_carried_over_or_of_no_region_is_no_total_of_all(text: str) -> None:
    assert [read_.totals for read_ in readings(text)] == [None]


def test_a_total_in_the_middle_is_not_that_of_all() -> None:
    lines = DOWN.format(last="JUMLAH", place="LAHAM").splitlines()
    more = "| 3 | LONG ISUN | 1 | 2 | 3 |"
    assert reading("\n".join([*lines, more])).totals is None
