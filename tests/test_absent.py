"""Which regions of a list have no form yet: named, never more than the list, never one twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import recount
from recount.report import RENDERERS, build_aggregate, build_check
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Tallied

LIST = """kode,nama
64,Kalimantan Timur
64.01,Kab. Paser
64.01.01,Batu Sopang
64.01.02,Tanjung Harapan
64.01.03,Pasir Belengkong
64.01.03.2001,Damit
64.01.03.2002,Suatang
64.02,Kab. Berau
64.02.01,Kelay
"""
PLACE = "provinsi,kabupaten,kecamatan,desa,tps,suara_1\n"


def checked(path: Path, rows: str, listed: str = LIST, make: str = "check") -> Tallied:
    (path / "list.csv").write_text(listed)
    (path / "ours.csv").write_text(PLACE + rows)
    tallied: Tallied = getattr(recount, make)(path / "ours.csv", regions=path / "list.csv")
    return tallied


def missing(tallied: Tallied) -> list[tuple[str | None, str]]:
    return [
        (one.region, speak(one.message, "en")) for one in tallied.findings if one.rule == "no-form"
    ]


@pytest.mark.parametrize("make", ["check", "aggregate"])
@pytest.mark.parametrize(
    ("rows", "regions"),
    [
        ("KT,Paser,Batu Sopang,,,5\n", ["64.01.02", "64.01.03", "64.02.01"]),
        # A desa has a form, and so its kecamatan; of the desa the other one is missing.
        ("KT,Paser,Pasir Belengkong,Damit,,5\n", ["64.01.03.2002"]),
        # Stations are in no list: the desa is the finest that one has.
        ("KT,Paser,Pasir Belengkong,Damit,1,5\n", ["64.01.03.2002"]),
        ("KT,Paser,,,,5\n", ["64.02"]),
        ("KT,Paser,,,,5\nKT,Berau,,,,5\n", []),
        # A blank form is a form: what is missing in it is another finding.
        ("KT,Paser,,,,\nKT,Berau,,,,5\n", []),
    ],
)
def test_what_no_form_is_of(tmp_path: Path, make: str, rows: str, regions: list[str]) -> None:
    text = rows.replace("KT,", "Kalimantan Timur,")
    assert [region for region, _ in missing(checked(tmp_path, text, make=make))] == regions


def test_they_are_notes_and_name_region_and_what_it_lies_in(tmp_path: Path) -> None:
    tallied = checked(tmp_path, "Kalimantan Timur,Paser,Batu Sopang,,,5\n")
    assert missing(tallied)[0] == (
        "64.01.02",
        "No form of Tanjung Harapan in Kab. Paser is here.",
    )
    assert {one.severity for one in tallied.findings if one.rule == "no-form"} == {"note"}


def test_without_a_list_nothing_is_missing(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text("kecamatan,suara_1\nEntahlah,5\n")
    assert missing(recount.check(tmp_path / "ours.csv")) == []
    (tmp_path / "ours.csv").write_text("kabupaten,kecamatan,suara_1\nKota Samarinda,Palaran,5\n")
    assert missing(recount.check(tmp_path / "ours.csv", regions="none")) == []


def test_the_list_that_the_files_fit_is_known_too(tmp_path: Path) -> None:
    rows = "kabupaten,kecamatan,suara_1\nKota Samarinda,Palaran,5\nKota Samarinda,Sambutan,5\n"
    (tmp_path / "ours.csv").write_text(rows)
    assert len(missing(recount.check(tmp_path / "ours.csv"))) == 8


def test_the_screen_names_a_few_and_a_file_all(tmp_path: Path) -> None:
    many = "".join(f"64.02.{n:02},Kecamatan {n}\n" for n in range(2, 31))
    tallied = checked(tmp_path, "Kalimantan Timur,Paser,Batu Sopang,,,5\n", LIST + many)
    screen = RENDERERS["table"](build_check(tallied, "en")).decode()
    line = " ".join(screen.partition("No form yet")[2].partition("json)")[0].split())
    assert line.startswith("of 32 kecamatan: Tanjung Harapan, Pasir Belengkong, Kelay, Kecamatan 2")
    assert line.endswith("and 24 more (all: -o result.")
    assert "Kecamatan 30" not in screen
    for name in ("csv", "json", "markdown"):
        text = RENDERERS[name](build_check(tallied, "en")).decode()
        assert ("Kecamatan 30" in text) == (name != "markdown")
    found = json.loads(RENDERERS["json"](build_check(tallied, "id")))["findings"]
    assert sum(one["rule"] == "no-form" for one in found) == 32
    assert found[0]["message"] == "Formulir Tanjung Harapan di Kab. Paser belum ada."


def test_totals_say_it_as_well(tmp_path: Path) -> None:
    tallied = checked(tmp_path, "Kalimantan Timur,Paser,,,,5\n", make="aggregate")
    report = build_aggregate(tallied, "id")
    assert report.answer == ("Belum ada formulir dari 1 kabupaten/kota: Kab. Berau.",)
