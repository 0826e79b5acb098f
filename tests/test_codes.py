"""Codes of the wrong system in files: a finding with its row, and never a silent wrong region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.errors import RecountError
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

NAMED = "kode,kabkota,1,2\n6401,Paser,1,2\n6402,Kutai Barat,100,200\n6403,Kutai Kartanegara,30,40\n"
OWN = "kode,kabkota,1,2\n6401,Paser,1,2\n6407,Kutai Barat,100,200\n6402,Kutai Kartanegara,30,40\n"
BARE = "kode,1,2\n6401,1,2\n6402,100,200\n6403,30,40\n6404,3,4\n6405,5,6\n"


def file(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def rules(found: object) -> list[str]:
    return [finding.rule for finding in getattr(found, "findings", ())]


def test_the_names_decide_and_it_is_said(tmp_path: Path) -> None:
    result = api.reconcile(file(tmp_path / "a.csv", NAMED), file(tmp_path / "b.csv", OWN))
    [found] = result.findings
    assert (found.rule, found.severity, found.side) == ("code-system", "error", "ours")
    assert found.place is not None
    assert found.place.startswith("a.csv:")
    assert "BPS" in speak(found.message, "en")
    assert result.summary["differs"] == result.summary["ours_only"] == 0


def test_without_names_such_codes_meet_nothing(tmp_path: Path) -> None:
    with pytest.raises(RecountError) as stopped:
        api.reconcile(file(tmp_path / "a.csv", BARE), file(tmp_path / "b.csv", OWN))
    assert stopped.value.place is not None
    assert "BPS" in speak(stopped.value.mend, "en")


def test_the_same_wrong_codes_on_both_sides_are_compared_and_said(tmp_path: Path) -> None:
    path = file(tmp_path / "a.csv", BARE)
    result = api.reconcile(path, path)
    assert rules(result) == ["code-system", "code-system"]
    assert result.summary["equal"] > 0


@pytest.mark.parametrize("heading", ["kode_bps", "Kode BPS", "kpu_id", "id_kpu", "ID KPU"])
def test_a_heading_that_says_the_system_is_no_code_of_kemendagri(
    tmp_path: Path, heading: str
) -> None:
    path = file(tmp_path / "a.csv", NAMED.replace("kode", heading))
    assert rules(api.check(path)) == ["unused-column"]


def test_codes_of_kemendagri_are_what_they_are(tmp_path: Path) -> None:
    assert rules(api.check(file(tmp_path / "a.csv", OWN))) == []
