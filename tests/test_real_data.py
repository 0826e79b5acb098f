"""What the issue asks for on real figures: the same answer from every way of handing them in."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from recount import api
from recount.options import Options
from recount.report import RENDERERS, build

if TYPE_CHECKING:
    from recount.result import Result

ROOT = Path(__file__).parents[1]
THEIRS = ROOT / "sample_data" / "pilpres_2019_kaltim" / "theirs.csv"
NATIONAL = ROOT.parent / "shared" / "data" / "pilpres_2019" / "indonesia_tps.csv.gz"
PLACES = ["kode_desa", "kpu_id_desa", "provinsi", "kabkota", "kecamatan", "desa", "tps"]

without_shared = pytest.mark.skipif(
    not NATIONAL.exists(), reason="the national figures (../shared/data) are not here"
)


def document(result: Result) -> bytes:
    return RENDERERS["json"](build(result, "en"))


def without_files(text: bytes) -> str:
    """A result but for `inputs` and `places`, which name the files."""
    plain = re.sub(r'"places":\{[^}]*\}', "", text.decode())
    plain = re.sub(r'"inputs": \[.*?\n\]', "", plain, flags=re.DOTALL)
    return re.sub(r'"place":"[^"]*"', "", plain)


def test_a_folder_of_103_files_of_one_row_is_one_file_of_103_rows(tmp_path: Path) -> None:
    with THEIRS.open(encoding="utf-8-sig", newline="") as opened:
        heading, *rows = csv.reader(opened)
    assert len(rows) == 103
    names = [name.replace("suara_1", "paslon 01") for name in heading]
    # One digit is changed in every tenth row, so that there is something to find.
    for row in rows[::10]:
        row[4] = str(int(row[4]) + 9)
    (tmp_path / "one.csv").write_text("\n".join(",".join(row) for row in [names, *rows]))
    folder = tmp_path / "many"
    folder.mkdir()
    for at, row in enumerate(reversed(rows)):
        (folder / f"{at:03d}.csv").write_text(",".join(names) + "\n" + ",".join(row) + "\n")
    one = document(api.reconcile_with(tmp_path / "one.csv", THEIRS, Options(everything=True)))
    many = document(api.reconcile_with(folder, THEIRS, Options(everything=True)))
    assert json.loads(many)["summary"]["differs"] > 11
    assert without_files(many) == without_files(one)
    assert len(json.loads(many)["inputs"]) == 104


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("national")
    figures = pl.read_csv(NATIONAL, infer_schema=False)
    figures.select(*PLACES, "kp_pas1", "kp_pas2").write_csv(folder / "ours.csv")
    figures.select(*PLACES, "situng_pas1", "situng_pas2").write_csv(folder / "theirs.csv")
    result = api.reconcile_with(folder / "ours.csv", folder / "theirs.csv", Options())
    found: dict[str, Any] = json.loads(document(result))
    return found


@without_shared
def test_every_station_of_the_nation_is_accounted_for(national: dict[str, Any]) -> None:
    stations = next(held for held in national["coverage"] if held["level"] == "tps")
    assert stations["expected"] == 813_336
    assert stations["compared"] == 796_468
    assert stations["compared"] + sum(stations["left_out"].values()) == stations["expected"]
    here = [row for row in national["comparisons"] if row["level"] == "tps"]
    differing = {row["region"] for row in here if row["status"] == "differs"}
    assert len(differing) == 6_588
    rest = {row["region"] for row in here} - differing
    assert len(rest) == sum(stations["left_out"].values())


@without_shared
def test_the_nation_is_added_up_as_the_figures_say(national: dict[str, Any]) -> None:
    figures = pl.read_csv(NATIONAL, infer_schema_length=None)
    both = figures.drop_nulls(["kp_pas1", "situng_pas1"])
    row = next(
        row
        for row in national["comparisons"]
        if row["level"] == "nasional" and row["item"] == "candidate:1"
    )
    assert (row["ours"], row["theirs"]) == (both["kp_pas1"].sum(), both["situng_pas1"].sum())
    assert row["ours_read"] == row["theirs_read"] == both.height
    assert row["ours_expected"] == figures.height
    levels = [held["level"] for held in national["coverage"]]
    assert levels == ["nasional", "provinsi", "kabkota", "kecamatan", "desa", "tps"]
