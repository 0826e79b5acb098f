"""Kaltim by desa as DA1 workbooks: as many forms break R1 and R2 as a plain script counts."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from recount.cli import main
from tests.building import build
from tests.building.figures import SHARED, real

if TYPE_CHECKING:
    from pathlib import Path

DESA = SHARED / "kaltim_desa.csv"


def rows() -> list[dict[str, str]]:
    with DESA.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def counted(whose: str) -> dict[str, int]:
    """How many desa break the sums, from the CSV itself."""
    broken = {"R1": 0, "R2": 0}
    for row in rows():
        names = ("pas1", "pas2", "sah", "tsah", "jum")
        texts = [row[f"{whose}_{name}"] for name in names]
        if not all(texts) or texts[-1] == "0":
            continue
        first, second, valid, invalid, cast = map(int, texts)
        broken["R1"] += first + second != valid
        broken["R2"] += valid + invalid != cast
    return broken


@pytest.mark.skipif(not DESA.exists(), reason="the figures of 2019 (../shared/data) are not here")
@pytest.mark.parametrize("whose", ["kp", "situng"])
def test_as_many_forms_break_the_sums_as_a_plain_script_counts(
    tmp_path: Path, whose: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for kabkota in sorted({row["kabkota"] for row in rows()}):
        build("L3", real(kabkota, whose=whose), tmp_path / kabkota)
    code = main(["check", str(tmp_path), "--format", "json", "--lang", "en"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    wanted = counted(whose)
    assert min(wanted.values()) > 20
    assert code == 1
    broken = {rule: {f["place"] for f in findings if f["rule"] == rule} for rule in wanted}
    assert {rule: len(places) for rule, places in broken.items()} == wanted
