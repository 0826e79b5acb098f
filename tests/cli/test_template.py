"""`recount template`: regions and forms by name, what is written, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount.cli.template import _form
from recount.forms import FORMS
from recount.model import Election

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

ELECTION = """[election]
id = "pilgub"
title = "Pilgub Kaltim 2018"
[[contest]]
id = "pilgub"
[[contest.candidate]]
id = "1"
name = "Andi"
[[contest.candidate]]
id = "2"
name = "Syaharie"
"""


@pytest.mark.parametrize(("lang", "sheet"), [("id", "Ringkasan"), ("en", "Summary")])
def test_the_packaged_list_names_sheets_and_columns(
    ask: Ask, tmp_path: Path, lang: str, sheet: str
) -> None:
    out = tmp_path / "a.xlsx"
    form = ("--region", "64.72", "--form", "db1-kwk-2018", "--lang", lang)
    done = ask("template", *form, "-o", str(out))
    assert (done.code, done.out) == (0, b"")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [sheet, "KOTA SAMARINDA"]
    texts = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    assert {"PALARAN", "LOA JANAN ILIR", "PASANGAN CALON 2"} <= texts
    assert "PASANGAN CALON 3" not in texts


def test_a_region_list_of_one_s_own_names_the_desa(ask: Ask, tmp_path: Path) -> None:
    listed, out = tmp_path / "regions.csv", tmp_path / "a.xlsx"
    listed.write_text("kode,nama\n64.72,KOTA SAMARINDA\n64.72.01,Palaran\n64.72.01.1001,Bukuan\n")
    form = ("--region", "6472", "--form", "da1-kwk-2018", "--candidates", "4")
    assert ask("template", *form, "--regions", str(listed), "-o", str(out)).code == 0
    sheet = openpyxl.load_workbook(out)["Palaran"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"BUKUAN", "PASANGAN CALON 4"} <= texts


def test_the_election_names_title_and_candidates(ask: Ask, tmp_path: Path) -> None:
    election, out = tmp_path / "recount.toml", tmp_path / "a.xlsx"
    election.write_text(ELECTION)
    given = ("--region", "64.72", "--form", "db1-kwk-2018", "--election", str(election))
    assert ask("template", *given, "-o", str(out)).code == 0
    sheet = openpyxl.load_workbook(out).worksheets[1]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"1. Andi", "2. Syaharie", "PILGUB KALTIM 2018", "MODEL DB1-KWK"} <= texts
    assert ask("template", *given, "--candidates", "3", "-o", str(out)).code == 0
    sheet = openpyxl.load_workbook(out).worksheets[1]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"1. Andi", "2. Syaharie", "PASANGAN CALON 3"} <= texts


def test_the_election_may_name_the_form() -> None:
    assert _form(None, Election("", "", form="db1-kwk-2018")) == FORMS["db1-kwk-2018"]
    assert _form("DA1-KWK-2018", Election("", "", form="db1-kwk-2018")) == FORMS["da1-kwk-2018"]


def test_what_cannot_be_made_is_refused(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    db1, da1 = ("--form", "db1-kwk-2018"), ("--form", "da1-kwk-2018")
    cases = {
        "--form cannot be “da9”": ("--region", "64.72", "--form", "da9"),
        "--region cannot be “Samarinda”": ("--region", "Samarinda", *db1),
        "The list has no region with the code 98.72": ("--region", "98.72", *db1),
        "The list has no desa in": ("--region", "64.72", *da1),
        "is not said": ("--region", "64.72"),
        "--columns cannot be “0”": ("--region", "64.72", *da1, "--desa", "0"),
        "--candidates cannot be “101”": ("--region", "64.72", *db1, "--candidates", "101"),
    }
    for said, arguments in cases.items():
        done = ask("template", *arguments, "-o", str(out))
        assert (done.code, done.out) == (2, b""), said
        assert said in done.err
    named = ask("template", "--region", "64.72", *db1, "-o", str(out.with_suffix(".csv")))
    assert (named.code, "end in .xlsx" in named.err) == (2, True)
    assert list(tmp_path.iterdir()) == []
