"""Causes at every level: what nobody wrote cannot be misread, and a part explains its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from recount import api
from recount.options import Options
from tests.diagnoses.explaining import causes, ids

if TYPE_CHECKING:
    from pathlib import Path

    from tests.diagnoses.explaining import Cause

HEAD = "kabupaten,kecamatan,desa,suara_1,suara_2\n"
DESA = "P,A,D,1131,2012\nP,A,E,804,1650\n"


def explained(
    path: Path,
    ours: str,
    theirs: str,
    **options: Any,  # noqa: ANN401 - any option
) -> dict[tuple[str, str], list[Cause]]:
    (path / "ours.csv").write_text(HEAD + ours)
    (path / "kpu.csv").write_text(HEAD + theirs)
    found = api.reconcile_with(path / "ours.csv", path / "kpu.csv", Options(**options))
    return causes(found.comparisons.to_native())


def test_a_sum_is_explained_by_its_part(tmp_path: Path) -> None:
    found = explained(tmp_path, DESA, DESA.replace("1131", "1731"))
    assert ids(found["D", "candidate:1"]) == ["digit"]
    assert found["A", "candidate:1"] == []
    assert found["P", "candidate:1"] == []


@pytest.mark.parametrize("levels", [None, ("kecamatan",)])
def test_a_sum_that_nobody_wrote_is_not_misread(
    tmp_path: Path, levels: tuple[str, ...] | None
) -> None:
    found = explained(tmp_path, DESA, DESA.replace("1131", "1731"), levels=levels)
    assert found["A", "candidate:1"] == []


def test_a_form_that_carries_the_parts_difference_up_is_explained_by_the_part(
    tmp_path: Path,
) -> None:
    theirs = DESA.replace("1131", "1731") + "P,A,,2535,3662\n"
    found = explained(tmp_path, DESA, theirs)
    assert ids(found["D", "candidate:1"]) == ["digit"]
    assert found["A", "candidate:1"] == []


def test_a_form_that_differs_though_its_parts_agree_is_misread_itself(tmp_path: Path) -> None:
    # Our desa come to 1935/3662; their form of the kecamatan says 1395.
    found = explained(tmp_path, DESA, DESA + "P,A,,1395,3662\n")
    assert ids(found["A", "candidate:1"]) == ["transposed"]


def test_what_is_partial_has_no_cause_of_a_figure(tmp_path: Path) -> None:
    found = explained(tmp_path, DESA, "P,A,D,1731,2012\n")
    assert ids(found["D", "candidate:1"]) == ["digit"]
    assert found["A", "candidate:1"] == []


def test_what_one_side_alone_has_is_not_blank(tmp_path: Path) -> None:
    found = explained(tmp_path, DESA, "P,A,D,1131,2012\n")
    assert found["E", "candidate:1"] == []


def test_tens_of_a_kecamatan_are_many_small_differences(tmp_path: Path) -> None:
    theirs = DESA.replace("1131", "1171")
    assert explained(tmp_path, DESA, theirs)["D", "candidate:1"] == []
    # ... unless the sums of the form say that this figure alone is wrong.
    (tmp_path / "a.csv").write_text("kecamatan,suara_1,suara_2,sah\nA,1131,2012,3143\n")
    (tmp_path / "b.csv").write_text("kecamatan,suara_1,suara_2,sah\nA,1171,2012,3143\n")
    found = api.reconcile_with(tmp_path / "a.csv", tmp_path / "b.csv", Options())
    assert ids(causes(found.comparisons.to_native())["A", "candidate:1"]) == ["digit"]
