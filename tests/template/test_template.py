"""A template: the layout of the form, what may be typed, and checks that say OK or not yet."""

from __future__ import annotations

import re
from importlib.util import find_spec
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount import aggregate, check
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.forms import FORMS, recognise
from recount.model import LEVELS, Candidate
from recount.template import Plan, Region, plan, render
from recount.template._plan import _sheet_names
from tests.office import needs_office, saved_again
from tests.template.filling import a_unit, table_of, typed

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

NAMES = {
    "64": "KALIMANTAN TIMUR",
    "64.72": "KOTA SAMARINDA",
    "64.72.01": "Palaran",
    "64.72.01.1001": "Rawa Makmur",
    "64.72.01.1002": "Handil Bakti",
    "64.72.01.1003": "Bukuan",
    "64.72.02": "Jum'at [baru]",
    "64.72.02.1001": "Mesjid",
    "64.72.02.1002": "=Baqa",
}
SAMARINDA = Region("64.72", NAMES)
PAIRS = tuple(Candidate(str(number), "") for number in (1, 2, 3))
DESA = tuple(
    (name, column)
    for name, units in (("Palaran", 3), ("Jum'at  baru", 2))
    for column in range(units)
)
ABOVE_THE_TPS = [id_ for id_, form in FORMS.items() if form.level != "tps"]


def planned(form: str = "da1-kwk-2018", region: Region = SAMARINDA) -> Plan:
    stations = 3 if FORMS[form].level == "desa" else None
    return plan(FORMS[form], region, PAIRS, "", stations)


def opened(what: Plan, lang: str = "id") -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render(what, lang)))


def boxes(what: Plan) -> list[str | None]:
    return [line.box for line in what.lines]


def checks(sheet: Worksheet) -> dict[str, list[object]]:
    """What each rule says below a table, column by column."""
    table = table_of(sheet)
    rows = range(table.body, sheet.max_row + 1)
    of_rules = [row for row in rows if re.fullmatch(r"R\d+", str(sheet.cell(row, 1).value))]
    columns = range(table.first, table.last + 1)
    return {
        str(sheet.cell(row, 1).value): [sheet.cell(row, at).value for at in columns]
        for row in of_rules
    }


@pytest.mark.parametrize("form", ABOVE_THE_TPS)
def test_every_form_has_its_lines_and_units_as_printed(form: str) -> None:
    what = planned(form, Region("64", NAMES) if FORMS[form].level == "provinsi" else SAMARINDA)
    book = opened(what)
    sheet = book.worksheets[1]
    table = table_of(sheet)
    labels = [sheet.cell(row, 2).value for row in range(table.body, table.body + len(what.lines))]
    for box in FORMS[form].boxes:
        assert not box.label or box.label in labels
    assert [f"PASANGAN CALON {pair.id}" in labels for pair in PAIRS] == [True] * 3
    titles = [str(cell.value) for row in sheet.iter_rows(max_row=table.names - 1) for cell in row]
    assert recognise([text for text in titles if text != "None"]) == FORMS[form]
    named = [sheet.cell(table.names, at).value for at in range(table.first, table.last + 1)]
    assert named == list(what.pages[0].units)
    assert all(named)


def test_a_sheet_for_each_kecamatan_with_its_desa() -> None:
    book = opened(planned())
    assert book.sheetnames == ["Ringkasan", "Palaran", "Jum'at  baru"]
    sheet = book["Palaran"]
    table = table_of(sheet)
    assert [sheet.cell(table.names, at).value for at in (4, 5, 6)] == [
        "RAWA MAKMUR", "HANDIL BAKTI", "BUKUAN",
    ]  # fmt: skip
    place = [(sheet.cell(row, 1).value, sheet.cell(row, 3).value) for row in (5, 6, 7)]
    assert place == [
        ("KECAMATAN", ": PALARAN"),
        ("KABUPATEN/KOTA", ": KOTA SAMARINDA"),
        ("PROVINSI", ": KALIMANTAN TIMUR"),
    ]
    assert book["Jum'at  baru"].cell(table.names, 5).data_type == "s"


def test_nothing_but_the_cells_to_type_into_is_open_and_there_is_no_password() -> None:
    what = planned()
    for sheet in opened(what).worksheets[1:]:
        table = table_of(sheet)
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        free = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        wanted = {
            sheet.cell(row, at).coordinate
            for row, box in enumerate(boxes(what), start=table.body)
            for at in range(table.first, table.last + 1)
            if box
        }
        assert free == wanted


def test_whole_numbers_only_and_paper() -> None:
    for sheet in opened(planned()).worksheets[1:]:
        table = table_of(sheet)
        (rule,) = sheet.data_validations.dataValidation
        assert (rule.type, rule.formula1, rule.showErrorMessage) == ("whole", "0", True)
        assert sheet.cell(table.body, table.first).coordinate in rule.sqref
        assert sheet.page_setup.orientation == "landscape"
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.print_title_cols == "$A:$C"
        assert sheet.print_title_rows == f"${table.names - 1}:${table.names + 1}"
        assert sheet.freeze_panes == f"D{table.body}"


def test_the_columns_of_a_desa_are_its_tps() -> None:
    book = opened(planned("daa-kwk-2018", Region("64.72.01", NAMES)))
    assert book.sheetnames[1:] == ["Rawa Makmur", "Handil Bakti", "Bukuan"]
    sheet = book["Bukuan"]
    table = table_of(sheet)
    named = [sheet.cell(table.names, at).value for at in (4, 5, 6)]
    assert named == ["TPS 001", "TPS 002", "TPS 003"]
    assert sheet["A5"].value == "DESA/KELURAHAN"


def test_columns_without_a_name_are_named_by_who_types() -> None:
    bare = {code: name for code, name in NAMES.items() if code.count(".") < 3}
    what = plan(FORMS["da1-kwk-2018"], Region("64.72.01", bare), PAIRS, "", 4)
    sheet = opened(what)["Palaran"]
    table = table_of(sheet)
    assert table.last - table.first == 3
    assert not sheet.cell(table.names, 4).protection.locked


@pytest.mark.parametrize(
    ("form", "region", "said"),
    [
        ("da1-kwk-2018", "64.73", "no region with the code"),
        ("db1-kwk-2018", "64.72.01", r"The region \{code\} has no"),
        ("daa-kwk-2018", "64.72", "How many TPS"),
        ("c1-kwk-2018", "64.72", "no template"),
        ("da1-kwk-2018", "64.72.03", "The list has no"),
    ],
)
def test_what_cannot_be_made_says_how_it_could(form: str, region: str, said: str) -> None:
    names = {**NAMES, "64.72.03": "Kosong"}
    with pytest.raises(RecountError, match=said):
        plan(FORMS[form], Region(region, names), PAIRS, "", None)


def test_more_sheets_than_a_workbook_should_have_are_refused() -> None:
    many = {f"64.72.{at:02d}": f"Kecamatan {at}" for at in range(1, 100)}
    names = {
        code.replace("64.72", f"64.{kab:02d}"): name
        for kab in range(1, 9)
        for code, name in many.items()
    }
    with pytest.raises(RecountError, match="too many"):
        plan(FORMS["da1-kwk-2018"], Region("64", names), PAIRS, "", 3)


def test_candidates_and_title_stand_as_the_election_names_them() -> None:
    pairs = (Candidate("1", "Andi & Hadi"), Candidate("2", "=Rusmadi"))
    what = plan(FORMS["da1-kwk-2018"], SAMARINDA, pairs, "Pilgub Kaltim 2018", None)
    sheet = opened(what)["Palaran"]
    texts = [cell.value for row in sheet.iter_rows(max_col=2) for cell in row]
    assert {"1. Andi & Hadi", "2. =Rusmadi", "PILGUB KALTIM 2018"} <= set(texts)


def test_a_kecamatan_may_be_called_as_the_summary_is() -> None:
    names = {"64.72": "K", "64.72.01": "ringkasan", "64.72.01.1001": "A", "64.72.02": "Summary",
             "64.72.02.1001": "B"}  # fmt: skip
    what = planned(region=Region("64.72", names))
    for lang in ("id", "en"):
        assert opened(what, lang).sheetnames[1:] == ["ringkasan 2", "Summary 2"]


@given(st.lists(st.text(st.sampled_from("aAb'[]:*?/\\ "), max_size=40), min_size=1, max_size=20))
def test_names_of_sheets_are_names_that_a_workbook_may_have(names: list[str]) -> None:
    made = _sheet_names(names)
    assert len(made) == len(names)
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render(planned(), "id") == render(planned(), "id")


@needs_office
@pytest.mark.parametrize("form", ["da1-kwk-2018", "d-hasil-kecamatan-ppwp-2024"])
def test_checks_say_ok_where_everything_holds(form: str, tmp_path: Path) -> None:
    what = planned(form)
    random = Random(1)  # noqa: S311 - figures for a test
    filled = typed(render(what, "id"), boxes(what), {at: a_unit(3, random) for at in DESA})
    book = openpyxl.load_workbook(saved_again(filled, tmp_path), data_only=True)
    for sheet in book.worksheets[1:]:
        said = checks(sheet)
        assert list(said) == [rule.id for rule in what.rules]
        assert {answer for answers in said.values() for answer in answers} == {"OK"}
    summary = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=9)]
    assert [row[:3] for row in summary[:2]] == [["PALARAN", 3, 1], ["JUM'AT [BARU]", 2, 1]]
    assert [row[4] for row in summary[:3]] == [0, 0, 0]


WRONG = {
    "R1": {"valid": 1},
    "R2": {"invalid": 1, "ballots_used": 0},
    "R3": {"disabled_registered.m": 1},
    "R4": {"voters_moved": 1, "voters_moved.m": 1},
    "R5": {"registered": 1, "registered.f": 1},
    "R6": {"ballots_unused": 1},
    "R8": {"registered_id_card": -2000, "registered_id_card.m": -2000},
    "R10": {"disabled_voters.m": 9000, "disabled_voters": 9000},
}
"""What is changed of figures that hold, so that a rule does not."""


@needs_office
def test_checks_say_which_rule_does_not_hold_or_wait(tmp_path: Path) -> None:
    names = {**NAMES, **{f"64.72.01.{2000 + at}": f"Desa {at}" for at in range(len(WRONG))}}
    what = planned(region=Region("64.72.01", names))
    random = Random(2)  # noqa: S311 - figures for a test
    columns = {}
    for at, changes in enumerate(WRONG.values()):
        unit = a_unit(3, random)
        columns["Palaran", at] = {box: n + changes.get(box, 0) for box, n in unit.items()}
    half = a_unit(3, random)
    half = {box: n for box, n in half.items() if box[-2:] not in {".m", ".f"} and box != "cast"}
    columns["Palaran", len(WRONG)] = half
    filled = typed(render(what, "id"), boxes(what), columns)
    book = openpyxl.load_workbook(saved_again(filled, tmp_path), data_only=True)
    said = checks(book["Palaran"])
    for at, rule in enumerate(WRONG):
        assert str(said[rule][at]).startswith("BELUM"), rule
    assert said["R1"][0] == "BELUM -1"
    assert said["R10"][0] == "OK"
    # Who types no men and women waits for no sum of them, but for the sum that is not typed.
    assert [said[rule][len(WRONG)] for rule in ("R1", "R2", "R3", "R4", "R7")] == [
        "OK", "BELUM", "OK", "OK", "BELUM",
    ]  # fmt: skip
    untyped = [answers[len(WRONG) + 1 :] for answers in said.values()]
    assert {answer or "" for answers in untyped for answer in answers} == {""}


def test_the_candidates_of_the_form_are_in_its_sum() -> None:
    what = planned()
    (first,) = next(rule for rule in what.rules if rule.id == "R1").comparisons
    assert set(first.left.terms) == {f"{CANDIDATE}{pair.id}" for pair in PAIRS}


across = pytest.mark.skipif(
    find_spec("recount.layouts.units_across") is None, reason="no reader of units across here"
)


@across
@needs_office
@pytest.mark.parametrize(
    ("form", "lang"),
    [
        ("da1-kwk-2018", "id"),
        ("da1-kwk-2018", "en"),
        ("da1-ppwp-2019", "id"),
        ("daa-kwk-2018", "id"),
        ("db1-ppwp-2019", "id"),
        ("d-hasil-kecamatan-ppwp-2024", "id"),
        ("d-hasil-kabko-kwk-2024", "en"),
    ],
)
def test_a_template_filled_in_rightly_reads_back_without_a_finding(
    form: str, lang: str, tmp_path: Path
) -> None:
    what = planned(form)
    random = Random(3)  # noqa: S311 - figures for a test
    reserve = float(what.form.reserve)
    columns = {
        (page.name, at): a_unit(3, random, reserve)
        for page in what.pages
        for at in range(len(page.units))
    }
    path = saved_again(typed(render(what, lang), boxes(what), columns), tmp_path)
    result = check(str(path), regions="none")
    # The column JUMLAH AKHIR is said to be left out, as that of any form.
    assert {one.rule for one in result.findings} <= {"totals-column"}
    level = LEVELS[LEVELS.index(what.form.level) + 1]
    totals = aggregate(str(path), level, regions="none").totals
    names = totals["name"].str.upper()
    if level == "tps":
        names = totals["within"].str.upper() + " " + names
    read = totals.set_index(names)
    for (sheet, number), column in columns.items():
        (page,) = [page for page in what.pages if page.name == sheet]
        for box in boxes(what):
            if box:
                name = page.units[number]
                unit = f"{page.place[0][1].strip('=')} {name}" if level == "tps" else name
                assert read.loc[unit, box] == column[box], box
