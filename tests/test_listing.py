"""The list of comparisons: where each figure stands, n of m, what comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from recount import api
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kabupaten,kecamatan,tps,suara_1,suara_2\n"


def rows(path: Path, ours: str, theirs: str, **options: object) -> list[dict[str, Any]]:
    (path / "ours.csv").write_text(ours)
    (path / "kpu.csv").write_text(theirs)
    given = Options(**{"everything": True, **options})  # type: ignore[arg-type]
    found = api.reconcile_with(path / "ours.csv", path / "kpu.csv", given)
    return list(found.comparisons.iter_rows(named=True))


def test_a_cell_of_a_workbook_is_named_by_its_letter(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "ours.xlsx") as book:
        sheet = book.add_worksheet("DA1")
        sheet.write_row(0, 0, ["REKAPITULASI"])
        sheet.write_row(2, 0, ["No", "Kecamatan", *[f"catatan {n}" for n in range(25)]])
        sheet.write_row(2, 27, ["suara 1", "suara 2"])
        sheet.write_row(3, 0, [1, "Palaran"])
        sheet.write_row(3, 27, [5, 6])
    (tmp_path / "kpu.csv").write_text("kecamatan;suara_1;suara_2\nPalaran;5;7\n")
    found = api.reconcile_with(tmp_path / "ours.xlsx", tmp_path / "kpu.csv", Options())
    (row,) = found.comparisons.iter_rows(named=True)
    assert (row["place_ours"], row["place_theirs"]) == ("ours.xlsx!DA1!AC4", "kpu.csv:2")


def test_a_sum_has_no_address_and_a_form_of_that_level_has(tmp_path: Path) -> None:
    ours = HEAD + "P,A,1,5,6\nP,B,1,5,6\nP,B,,5,6\n"
    found = rows(tmp_path, ours, ours.replace("P,B,,5,6\n", ""))
    places = {(row["region"], row["item"]): row["place_ours"] for row in found}
    assert places["P/A", "candidate:1"] is None
    assert places["P/B", "candidate:1"] == "ours.csv:4"
    assert places["P/B/001", "candidate:2"] == "ours.csv:3"


def test_a_form_that_stands_for_its_region_is_one_of_one(tmp_path: Path) -> None:
    theirs = HEAD + "P,A,1,5,6\nP,B,1,20,30\nP,B,2,20,30\n"
    found = rows(tmp_path, HEAD + "P,A,1,5,6\nP,B,,50,60\n", theirs)
    (whole,) = [r for r in found if (r["level"], r["item"]) == ("kabkota", "candidate:1")]
    assert (whole["ours"], whole["theirs"], whole["status"]) == (55, 45, "differs")
    assert (whole["ours_read"], whole["ours_expected"]) == (2, 2)
    assert (whole["theirs_read"], whole["theirs_expected"]) == (3, 3)


def test_what_moves_the_margin_most_comes_first(tmp_path: Path) -> None:
    ours = "kecamatan,suara_1,suara_2,suara_3\nA,10,10,90\nB,10,30,0\nC,15,12,0\n"
    theirs = "kecamatan,suara_1,suara_2,suara_3\nA,10,10,10\nB,20,20,0\nC,10,10,0\n"
    found = rows(tmp_path, ours, theirs, everything=False)
    assert list(dict.fromkeys(row["region"] for row in found)) == ["B", "C", "A"]
    assert {row["region"]: row["effect"] for row in found} == {"B": 20, "C": 3, "A": 0}


def test_of_equal_differences_the_larger_share_comes_first(tmp_path: Path) -> None:
    ours = "kecamatan,suara_1,suara_2\nA,1010,900\nB,110,90\nC,13,9\n"
    theirs = "kecamatan,suara_1,suara_2\nA,1000,900\nB,100,90\nC,12,9\n"
    found = rows(tmp_path, ours, theirs, everything=False, levels=("kecamatan",))
    assert [row["region"] for row in found] == ["B", "A", "C"]


@pytest.mark.parametrize("tolerance", [0, 1, 20])
def test_a_tolerance_is_inclusive(tmp_path: Path, tolerance: int) -> None:
    found = rows(
        tmp_path,
        "kecamatan,suara_1\nA,10\nB,11\nC,30\n",
        "kecamatan,suara_1\nA,10\nB,10\nC,10\n",
        tolerance=tolerance,
    )
    equal = {row["region"] for row in found if row["status"] == "equal"}
    assert equal == {0: {"A"}, 1: {"A", "B"}, 20: {"A", "B", "C"}}[tolerance]
