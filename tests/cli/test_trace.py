"""`recount trace` as it is typed: one region's path on the screen and in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from recount.report._trace import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

SAMPLE = Path(__file__).parents[2] / "sample_data" / "pilpres_2019_mahakam_ulu"
SIDES = (str(SAMPLE / "forms"), "--online", str(SAMPLE / "online.csv"))
DESA = "64.11.04.2010"
"""Long Apari: its DA1 says 318 and 26 where the C1 of its two TPS say 300 and 28."""


def test_the_path_on_the_screen(ask: Ask) -> None:
    done = ask("trace", DESA, *SIDES)
    page = " ".join(done.out.decode().split())
    assert done.code == 1
    assert "1 Joko Widodo - Ma'ruf Amin: 300 becomes 318 at: kecamatan." in page
    assert "2 Prabowo Subianto - Sandiaga Uno: 28 becomes 26 at: kecamatan." in page
    assert "desa/kelurahan in LONG APARI (64.11.04), MAHAKAM ULU (64.11)" in page
    assert "Valid votes 328 328 - 328" in page
    assert "da1_long_apari.xlsx!DA1!L11" in page
    assert max(map(len, done.out.decode().splitlines())) <= 80


def test_in_indonesian(ask: Ask) -> None:
    page = " ".join(ask("trace", DESA, *SIDES, "--lang", "id").out.decode().split())
    assert "Joko Widodo - Ma'ruf Amin: 300 menjadi 318 di: kecamatan." in page
    assert "From" not in page


def test_nothing_changes(ask: Ask) -> None:
    done = ask("trace", "kecamatan laham", *SIDES)
    assert done.code == 0
    assert b"No figure changes along the path (5 boxes)." in done.out


def test_without_the_online_figures(ask: Ask) -> None:
    done = ask("trace", "64.11.03", str(SAMPLE / "forms"))
    assert done.code == 0
    assert b"online" not in done.out.split(b"From the votes up")[1]


def test_a_sum_of_some_parts_says_so_and_is_no_change(ask: Ask) -> None:
    """Of 26 TPS of Long Hubung two have no C1 here; DA1 and DB1 have all of them."""
    done = ask("trace", "kec. Long Hubung", *SIDES)
    assert done.code == 0
    assert b"24/26" in done.out
    assert b"becomes" not in done.out


@pytest.mark.parametrize(
    ("region", "offered"),
    [
        ("Tiong Ohong", "desa TIONG OHANG (64.11.04.2004)"),
        ("Long Apari", "kecamatan LONG APARI (64.11.04), desa LONG APARI (64.11.04.2010)"),
        ("99.99", "Give its code as the files have it"),
        ("64.11.03.2001/77", "None of our"),
    ],
)
def test_a_region_that_is_not_there(ask: Ask, region: str, offered: str) -> None:
    done = ask("trace", region, *SIDES)
    assert (done.code, done.out) == (2, b"")
    assert offered in " ".join(done.err.split())


@pytest.mark.parametrize(
    "region",
    ["64.11.04.2010/2", "6411042010002", "Long Apari/Long Apari/TPS 002", "desa Long Apari/2"],
)
def test_a_tps(ask: Ask, region: str) -> None:
    done = ask("trace", region, *SIDES, "--format", "json")
    assert json.loads(done.out)["region"]["code"] == "64.11.04.2010.002"
    assert done.code == 0


def test_the_table(ask: Ask) -> None:
    done = ask("trace", DESA, *SIDES, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out.decode("utf-8-sig"))))
    assert tuple(rows[0]) == KEYS
    first = [row for row in rows if row["item"] == "candidate:1"]
    assert [(row["at"], row["figure"], row["change"]) for row in first] == [
        *(("tps", "300", ""), ("desa", "300", ""), ("kecamatan", "318", "18")),
        ("count", "300", ""),
    ]


def test_the_document(ask: Ask) -> None:
    document: dict[str, Any] = json.loads(ask("trace", DESA, *SIDES, "--format", "json").out)
    path = document["paths"][0]
    assert (path["item"], path["changed_at"], path["change"]) == ("candidate:1", "kecamatan", 18)
    assert path["chain"][2] == {
        "at": "kecamatan",
        "form": "da1-ppwp-2019",
        "figure": 318,
        "read": 1,
        "expected": 1,
        "place": "da1_long_apari.xlsx!DA1!L11",
    }
    assert {one["rule"] for one in document["findings"]} == {"R11"}


def test_the_workbook(ask: Ask, tmp_path: Path) -> None:
    target = tmp_path / "path.xlsx"
    assert ask("trace", DESA, *SIDES, "-o", str(target)).code == 1
    cells = [c for sheet in openpyxl.load_workbook(target) for row in sheet.values for c in row]
    assert 318 in cells
    assert "da1-ppwp-2019" in cells


def test_the_chain_beside_the_comparisons(ask: Ask) -> None:
    """The votes and the online count agree; that DA1 says otherwise is told all the same."""
    done = ask("reconcile", *SIDES, "--all", "--format", "json")
    rows = json.loads(done.out)["comparisons"]
    [row] = [one for one in rows if (one["region"], one["item"]) == (DESA, "candidate:1")]
    assert (row["status"], row["changed_at"]) == ("equal", "kecamatan")
    assert [link["figure"] for link in row["chain"]] == [300, 300, 318, 300]
    screen = " ".join(ask("reconcile", *SIDES).out.decode().split())
    assert "Where the figures that differ change first: online " in screen
    told = "Figures that change between our own forms: 2 (kecamatan 2). Regions: 1, the first: "
    assert f"{told}LONG APARI ({DESA}). The path of one region: recount trace {DESA} " in screen


def test_our_forms_against_themselves_are_no_agreement(ask: Ask, tmp_path: Path) -> None:
    """The online count says what the C1 say; only DA1 says otherwise."""
    (tmp_path / "c1.csv").write_text("kecamatan,desa,tps,suara_1\nLaham,Naha,1,5\n")
    (tmp_path / "da1.csv").write_text("kecamatan,desa,suara_1\nLaham,Naha,6\n")
    files = [str(tmp_path / name) for name in ("c1.csv", "da1.csv")]
    done = ask("reconcile", *files, "--online", files[0], "--regions", "none", "--format", "json")
    document = json.loads(done.out)
    assert done.code == 1
    assert document["summary"]["equal"] == document["summary"]["compared"]
    assert document["changed_between_our_forms"] == [
        {
            "contest": document["election"]["contests"][0]["id"],
            "figures": 1,
            "changed_at": {"desa": 1},
            "regions": 1,
            "first": [{"code": "LAHAM/NAHA", "name": "Naha"}],
        }
    ]
    same = ask("reconcile", files[0], "--online", files[0], "--regions", "none")
    assert same.code == 0


def test_what_changes_inside_a_region_whose_sums_are_not_whole(ask: Ask) -> None:
    done = ask("trace", "64.11", *SIDES)
    page = " ".join(done.out.decode().split())
    assert done.code == 1
    assert "No figure that is whole changes along the path (2 boxes)." in page
    assert "missing or not known: TPS 113/115, desa 113/115, online 114/115." in page
    assert f"Regions: 1, the first: LONG APARI ({DESA})." in page
    assert f"The path of the first: recount trace {DESA} FILES..." in page


def test_copies_that_differ_inside_the_region(ask: Ask, tmp_path: Path) -> None:
    rows = {"c1.csv": "desa,tps,suara_1\nLaham,Naha,1,672\nLaham,Delang,1,4\n"}
    rows |= {f"da1{n}.csv": f"desa,suara_1\nLaham,Naha,{n}\nLaham,Delang,4\n" for n in (672, 627)}
    for name, text in rows.items():
        (tmp_path / name).write_text(f"kecamatan,{text}")
    done = ask("trace", "laham", *(str(tmp_path / name) for name in rows), "--regions", "none")
    page = " ".join(done.out.decode().split())
    assert done.code == 1
    assert "2 copies of LAHAM/NAHA differ in: Candidate 1 (672 | 627)." in page
    assert "parts of these sums are missing or not known: TPS 2/?, desa 1/?." in page


def test_copies_that_differ_are_told(ask: Ask, tmp_path: Path) -> None:
    heading = "kecamatan,desa,tps,suara_1\n"
    for name, votes in (("a.csv", 5), ("b.csv", 6)):
        (tmp_path / name).write_text(f"{heading}Laham,Naha,1,{votes}\nLaham,Naha,2,4\n")
    files = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    done = ask("trace", "Laham/Naha/1", *files, "--regions", "none")
    assert done.code == 1
    assert b"differ in" in done.out
    assert ask("trace", "naha", files[0], "--regions", "none").code == 1
    (tmp_path / "desa.csv").write_text("kecamatan,desa,suara_1\nLaham,Naha,9\n")
    both = [files[0], str(tmp_path / "desa.csv"), "--online", files[0]]
    assert ask("trace", "naha", *both, "--regions", "none").code == 0
