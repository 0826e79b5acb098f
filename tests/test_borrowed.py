"""Forms that name no kabupaten/kota, beside figures that do: matched, and said so once a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.errors import RecountError
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

FULL = """kabupaten,kecamatan,suara_1,suara_2
PASER,KUARO,1,2
PASER,LONG IKIS,3,4
KUTAI KARTANEGARA,SEBULU,5,6
"""


def said(ours: list[Path], theirs: Path) -> list[tuple[str, str | None, str]]:
    found = api.reconcile(ours, theirs).findings
    return [
        (finding.side or "", finding.place, speak(finding.message, "en"))
        for finding in found
        if finding.rule == "borrowed-region"
    ]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_file_whose_kabupaten_is_the_other_sides_is_told(tmp_path: Path) -> None:
    full = written(tmp_path, "full.csv", FULL)
    one = written(tmp_path, "one.csv", "kecamatan,suara_1,suara_2\nKUARO,1,2\nLONG IKIS,3,4\n")
    two = written(tmp_path, "two.csv", "kecamatan,suara_1,suara_2\nSEBULU,5,7\n")
    head = "Forms that name no provinsi and no kabupaten/kota: "
    tail = "; by their names they were taken for those of the other side in "
    assert said([one, two], full) == [
        ("ours", "one.csv:2", f"{head}2{tail}PASER."),
        ("ours", "two.csv:2", f"{head}1{tail}KUTAI KARTANEGARA."),
    ]
    assert [(side, place) for side, place, _ in said([full], one)] == [("theirs", "one.csv:2")]


def test_nothing_is_taken_from_the_other_side(tmp_path: Path) -> None:
    full = written(tmp_path, "full.csv", FULL)
    one = written(tmp_path, "one.csv", "kecamatan,suara_1,suara_2\nKUARO,1,2\n")
    same = written(tmp_path, "two.csv", "kecamatan,suara_1,suara_2\nKuaro,1,2\n")
    known = written(tmp_path, "Kab Paser.csv", "kecamatan,suara_1,suara_2\nKUARO,1,2\n")
    assert said([full], full) == []
    assert said([one], same) == []
    assert said([known], full) == []


def test_a_desa_of_the_same_name_elsewhere_is_not_compared(tmp_path: Path) -> None:
    desa = "desa,suara_1,suara_2\nSELERONG,1,2\nSENONI,3,4\nTANJUNG HARAPAN,3,4\n"
    other = "kabupaten,kecamatan,desa,suara_1,suara_2\nPASER,MUARA KOMAM,SELERONG,5,6\n"
    with pytest.raises(RecountError):
        api.reconcile(written(tmp_path, "a.csv", desa), written(tmp_path, "b.csv", other))
