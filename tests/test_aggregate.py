"""Totals of one side: from the finest forms, each once, blank never zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.engine import ENGINES
from recount.model import LEVELS
from recount.options import Options
from recount.report import RENDERERS, Look, build_aggregate

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kabupaten,kecamatan,tps,suara_1,suara_2\n"

Total = tuple[int | None, int, int]
"""A box's total, read from n of m."""


def totals(path: Path, rows: str, engine: str = "polars") -> dict[str, Total]:
    (path / "ours.csv").write_text(HEAD + rows)
    options = Options(engine=engine, regions="none", levels=LEVELS)
    frame = api.aggregate_with(path / "ours.csv", options).totals
    return {
        row["region"]: (row["candidate:1"], row["candidate:1.read"], row["expected"])
        for row in frame.iter_rows(named=True)
    }


@pytest.mark.parametrize(
    ("rows", "region", "total"),
    [
        # A blank is no zero, and stays in the count of what is expected.
        ("Paser,Long Ikis,1,10,1\nPaser,Long Ikis,2,,1\n", "PASER", (10, 1, 2)),
        ("Paser,Long Ikis,1,,1\nPaser,Long Ikis,2,-,1\n", "PASER", (None, 0, 2)),
        ("Paser,Long Ikis,1,0,1\nPaser,Long Ikis,2,,1\n", "PASER", (0, 1, 2)),
        # The form of a kecamatan is not added to its own stations, but counts where it is alone.
        ("Paser,Long Ikis,1,10,1\nPaser,Long Ikis,,99,1\n", "PASER", (10, 1, 1)),
        ("Paser,Long Ikis,1,10,1\nPaser,Muara Komam,,5,1\n", "PASER", (15, 2, 2)),
        ("Paser,Long Ikis,1,10,1\nPaser,,,99,1\nBerau,,,7,1\n", "BERAU", (7, 1, 1)),
        # Copies count once; where they differ there is no figure.
        ("Paser,Long Ikis,1,10,1\nPaser,Long Ikis,001,10,1\n", "PASER", (10, 1, 1)),
        ("Paser,Long Ikis,1,10,1\nPaser,Long Ikis,1,11,1\n", "PASER", (None, 0, 1)),
        # More than 32 bits hold.
        ("Paser,A,1,1999999999,1\nPaser,B,1,1999999999,1\n", "PASER", (3999999998, 2, 2)),
    ],
)
def test_a_total_says_from_how_many_it_is(
    tmp_path: Path, rows: str, region: str, total: Total
) -> None:
    assert totals(tmp_path, rows)[region] == total


@pytest.mark.parametrize(
    ("rows", "levels"),
    [
        # All of it lies in one kabupaten: its sum would stand for the whole provinsi.
        ("KT,Paser,A,1,5\nKT,Paser,B,1,6\n", ["kabkota", "kecamatan", "tps"]),
        ("KT,Paser,A,1,5\nKT,Paser,A,2,6\n", ["kecamatan", "tps"]),
        ("KT,Paser,A,1,5\nKT,Berau,B,1,6\n", ["provinsi", "kabkota", "kecamatan", "tps"]),
        ("KT,Paser,A,1,5\nKS,Banjar,B,1,6\n",
         ["nasional", "provinsi", "kabkota", "kecamatan", "tps"]),
        # A form of the whole kabupaten is about the whole kabupaten.
        ("KT,Paser,A,1,5\nKT,Paser,,,6\n", ["kabkota", "kecamatan", "tps"]),
    ],
)  # fmt: skip
def test_nothing_is_summed_above_the_smallest_region_that_holds_everything(
    tmp_path: Path, rows: str, levels: list[str]
) -> None:
    (tmp_path / "ours.csv").write_text("provinsi,kabupaten,kecamatan,tps,suara_1\n" + rows)
    tallied = api.aggregate_with(tmp_path / "ours.csv", Options(regions="none"))
    found = tallied.totals["level"].unique(maintain_order=True).to_list()
    assert [str(level) for level in found] == levels
    asked = Options(regions="none", levels=("provinsi",))
    assert len(api.aggregate_with(tmp_path / "ours.csv", asked).totals) >= 1


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_adds_alike(tmp_path: Path, engine: str) -> None:
    rows = "Paser,Long Ikis,1,10,1\nPaser,Long Ikis,2,,1\nPaser,Muara Komam,,5,\nBerau,,,7,1\n"
    assert totals(tmp_path, rows, engine) == {
        "BERAU": (7, 1, 1),
        "PASER": (15, 2, 3),
        "PASER/LONG IKIS": (10, 1, 2),
        "PASER/LONG IKIS/001": (10, 1, 1),
        "PASER/LONG IKIS/002": (None, 0, 1),
        "PASER/MUARA KOMAM": (5, 1, 1),
    }


LIST = """kode,nama
64,Kalimantan Timur
64.01,Kab. Paser
64.01.01,Kuaro
64.01.02,Long Ikis
64.01.01.2001,Rangan
64.01.01.2002,Busui
"""


def test_a_list_says_of_how_many(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    place = "provinsi,kabupaten,kecamatan,desa,suara_1\nKalimantan Timur,Paser,Kuaro,"
    (tmp_path / "ours.csv").write_text(f"{place}Rangan,5\n")
    options = Options(regions=tmp_path / "list.csv", levels=LEVELS)
    found = api.aggregate_with(tmp_path / "ours.csv", options).totals.to_native()
    rows = {row["region"]: row for row in found.iter_rows(named=True)}
    # Of Kuaro one desa of two; of Paser that, and Long Ikis of which nothing is held.
    assert (rows["64.01.01"]["candidate:1.read"], rows["64.01.01"]["expected"]) == (1, 2)
    assert (rows["64.01"]["candidate:1.read"], rows["64.01"]["expected"]) == (1, 3)


def test_a_part_of_a_region_is_partial_and_corrects_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    place = "provinsi,kabupaten,kecamatan"
    (tmp_path / "ours.csv").write_text(
        f"{place},desa,suara_1\nKalimantan Timur,Paser,Kuaro,Rangan,5\n"
    )
    (tmp_path / "theirs.csv").write_text(f"{place},suara_1\nKalimantan Timur,Paser,Kuaro,50\n")
    options = Options(regions=tmp_path / "list.csv")
    result = api.reconcile_with(tmp_path / "ours.csv", tmp_path / "theirs.csv", options)
    rows = {row["level"]: row for row in result.comparisons.iter_rows(named=True)}
    assert rows["kecamatan"]["status"] == "partial"
    assert (rows["kecamatan"]["ours_read"], rows["kecamatan"]["ours_expected"]) == (1, 2)
    assert result.outcome[0].corrected.ranking[0].votes == 50


TWO = (
    "provinsi,kabupaten,kecamatan,suara_1\nKalimantan Timur,Kab. Paser,Batu Sopang,5\n"
    "Kalimantan Timur,Kab. Paser,Tanjung Harapan,5\nKalimantan Timur,Kota Bontang,Bontang Utara,5\n"
)

OWN = "provinsi,kabupaten,kecamatan,suara_1\nKalimantan Timur,Kab. Paser,Kuaro,5\n"


@pytest.mark.parametrize(
    ("rows", "regions", "level", "part"),
    [
        # By the list that the files fit, by one asked for, and by a project's own.
        (TWO, None, None, {"KALIMANTAN TIMUR": (2, 10)}),
        (TWO, "2018", None, {"64": (2, 10)}),
        (OWN, "list.csv", "provinsi", {"64": (1, 2)}),
        (TWO, "none", None, {}),
        # Of one kabupaten alone only who asks for it sees the provinsi.
        (TWO.rpartition("Kal")[0], "2018", "provinsi", {"64": (1, 10)}),
        # A form of the whole provinsi is the whole provinsi.
        (TWO + "Kalimantan Timur,,,99\n", "2018", None, {}),
    ],
)
def test_a_provinsi_says_how_much_of_it_is_there(
    tmp_path: Path,
    rows: str,
    regions: str | None,
    level: str | None,
    part: dict[str, tuple[int, int]],
) -> None:
    known = LIST.replace("64.01,Kab. Paser", "64.01,Kab. Paser\n64.02,Kab. Berau")
    (tmp_path / "list.csv").write_text(known)
    (tmp_path / "ours.csv").write_text(rows)
    where = tmp_path / "list.csv" if regions == "list.csv" else regions
    options = Options(regions=where, levels=(level,) if level else None)
    tallied = api.aggregate_with(tmp_path / "ours.csv", options)
    assert dict(tallied.parts) == part
    screen = RENDERERS["table"](build_aggregate(tallied, "en"), Look(200)).decode()
    said = [f"({n} of {m} kabupaten/kota)" for n, m in part.values()]
    assert [one for one in said if one in screen] == said
    assert screen.count("kabupaten/kota)") == len(said)
