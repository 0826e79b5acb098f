"""What was understood of each file: nothing is compared before a person can see this."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import narwhals as nw
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.api import aggregate_with, check_with, reconcile_with
from recount.errors import RecountError
from recount.lying import _around, _column
from recount.model import Finding, Input, LeftOut, Named, Receipt, SheetRead, VotesRead
from recount.nodes import ROOT, Label
from recount.options import Options
from recount.receipt import counted
from recount.regions import Regions
from recount.report import RENDERERS, Look, build, build_aggregate, build_check
from recount.report._receipts import region as told_region
from recount.texts import say, speak
from tests.readers.making import workbook

if TYPE_CHECKING:
    from pathlib import Path

    from recount.report.shape import Report

Rows = list[list[object]]

HEADING: list[object] = ["Provinsi", "Kabupaten/Kota", "Kecamatan", "Desa", "01", "02", "Suara Sah"]
ABOVE = ["Kalimantan Timur", "Samarinda"]
PALARAN: Rows = [
    HEADING,
    [*ABOVE, "Palaran", "Bantuas", 1, 2, 3],
    [*ABOVE, "Palaran", "Bukuan", 4, 5, 9],
]
SAMBUTAN: Rows = [HEADING, [*ABOVE, "Sambutan", "Makroman", 10, None, 10]]
COVER: Rows = [["REKAPITULASI"], ["Kota Samarinda", 2018]]
OTHER: Rows = [["Tahun", "Harga"], [2017, 5000], [2018, 6000], [2019, 7000]]


def _check(folder: Path, files: dict[str, bytes]) -> tuple[Input, ...]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return check_with([folder], Options()).inputs


def _receipt(folder: Path, data: bytes, name: str = "da1.xlsx") -> Receipt:
    receipt = _check(folder, {name: data})[0].receipt
    assert receipt is not None
    return receipt


def test_a_workbook_of_sheets_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    """Read, passed over, empty: each with its reason; and what the forms hold."""
    sheets = {"Sampul": COVER, "Palaran": PALARAN, "Sambutan": SAMBUTAN, "Kosong": []}
    receipt = _receipt(tmp_path, workbook(sheets))
    assert [(one.sheet, one.units, one.skipped is None) for one in receipt.sheets] == [
        ("Sampul", 0, False),
        ("Palaran", 2, True),
        ("Sambutan", 1, True),
        ("Kosong", 0, False),
    ]
    assert [one.region and one.region.name for one in receipt.sheets] == [
        *(None, "Palaran", "Makroman", None)
    ]
    assert (receipt.units, receipt.level, receipt.held) == (3, "desa", 3)
    assert receipt.region is not None
    assert receipt.region.name == "Samarinda"
    assert [one.name for one in receipt.regions] == ["Bantuas", "Bukuan", "Makroman"]
    assert receipt.sums == (VotesRead("pilihan", "1", "", 15), VotesRead("pilihan", "2", "", 7))
    assert receipt.boxes == ("valid",)
    assert receipt.findings == {"note": 1}


def test_several_provinces_are_those_that_are_named(tmp_path: Path) -> None:
    """Where no provinsi is named, nothing says that there are several."""
    votes = "suara_1,suara_2"
    two = f"provinsi,kabupaten,{votes}\nKALTIM,PASER,1,2\nKALSEL,TABALONG,3,4\n"
    none = f"kabupaten,{votes}\nPASER,1,2\nBERAU,3,4\n"
    told = []
    for text in (two, none):
        region = _receipt(tmp_path, text.encode(), "a.csv").region
        assert region is not None
        told.append((region.code, speak(told_region(region), "en")))
    assert told == [("0", "several provinces"), ("", "a provinsi that is not named")]


def test_a_sheet_without_a_table_is_no_error_beside_one_that_has(tmp_path: Path) -> None:
    """It is a note; alone it is the error that stops."""
    (tmp_path / "a.xlsx").write_bytes(workbook({"Sampul": COVER, "DA1": PALARAN}))
    found = check_with([tmp_path], Options(regions="none")).findings
    assert [(one.rule, one.severity, one.place) for one in found] == [
        ("skipped_sheet", "note", "a.xlsx!Sampul")
    ]
    (tmp_path / "a.xlsx").write_bytes(workbook({"Sampul": COVER}))
    with pytest.raises(RecountError):
        check_with([tmp_path], Options())


def test_a_table_that_is_not_understood_is_never_passed_over(tmp_path: Path) -> None:
    """Rows of figures that nobody read are an error, also beside a sheet that was read."""
    (tmp_path / "a.xlsx").write_bytes(workbook({"DA1": PALARAN, "Harga": OTHER}))
    tallied = check_with([tmp_path], Options())
    assert ("not-read", "error") in {(one.rule, one.severity) for one in tallied.findings}
    receipt = tallied.inputs[0].receipt
    assert receipt is not None
    assert receipt.sheets[1].skipped is not None
    assert receipt.findings["error"] == 1


def test_a_candidate_without_a_number_is_not_zero(tmp_path: Path) -> None:
    """A column of blanks has no sum."""
    receipt = _receipt(tmp_path, b"kecamatan,suara_1,suara_2\nPalaran,5,\nSambutan,6,\n", "a.csv")
    assert [(one.candidate, one.votes) for one in receipt.sums] == [("1", 11), ("2", None)]


def test_each_file_has_its_own(tmp_path: Path) -> None:
    """Forms, sums and findings are told apart, also of files with one name in two folders."""
    for folder, first in (("x", "5"), ("y", "abc")):
        (tmp_path / folder).mkdir()
        text = f"kecamatan,suara_1,suara_2\nPalaran {folder},{first},2\n"
        (tmp_path / folder / "a.csv").write_text(text)
    one, other = (each.receipt for each in check_with([tmp_path], Options()).inputs)
    assert one is not None
    assert other is not None
    assert [each.votes for each in one.sums] == [5, 2]
    assert [each.votes for each in other.sums] == [None, 2]
    assert "error" not in one.findings
    assert other.findings["error"] == 1


def test_several_contests_are_summed_apart(tmp_path: Path) -> None:
    """The same number on the ballot is another candidate in another contest."""
    text = "contest,kecamatan,suara_1,suara_2\nA,Palaran,1,2\nB,Palaran,10,20\nA,Sambutan,3,4\n"
    receipt = _receipt(tmp_path, text.encode(), "a.csv")
    sums = {(one.contest, one.candidate): one.votes for one in receipt.sums}
    assert sums == {("a", "1"): 4, ("a", "2"): 6, ("b", "1"): 10, ("b", "2"): 20}


def test_findings_are_counted_by_the_file_that_they_name() -> None:
    """Whatever signs a file's name holds; what names no file is counted nowhere."""
    labels = ("a.xlsx", "b!c.xlsx", "d:9.csv", "e.csv")
    inputs = [
        Input("ours", label, "", 0, 0, receipt=Receipt(label=label, sheets=())) for label in labels
    ]
    places = (
        "a.xlsx!DA1!B2",
        "b!c.xlsx!DA1!B2",
        "b!c.xlsx",
        "d:9.csv:12",
        "e.csv",
        "f.csv:1",
        None,
    )
    found = [
        Finding("r", "error", say("x"), say("y"), place=place, side="ours") for place in places
    ]
    found.append(Finding("r", "note", say("x"), say("y"), place="e.csv:3", side="theirs"))
    counts = [one.receipt.findings for one in counted(inputs, found) if one.receipt]
    assert counts == [{"error": 1}, {"error": 2}, {"error": 1}, {"error": 1}]


@given(
    st.lists(st.integers(min_value=0, max_value=19), min_size=1, max_size=19),
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=3), st.integers(min_value=0, max_value=19)),
        min_size=1,
        max_size=30,
    ),
)
def test_the_region_around_is_the_one_that_the_tree_gives(
    parents: list[int], pairs: list[tuple[int, int]]
) -> None:
    """Level by level for all sheets at once, as one by one."""
    regions = Regions()
    for at, wanted in enumerate(parents):
        parent = wanted % (at + 1)
        level = regions.nodes.level[parent] + 1
        if level < 6:
            regions.add(parent, level, Label(None, f"n{at}", f"n{at}"))
        else:
            regions.add(ROOT, 1, Label(None, f"n{at}", f"n{at}"))
    held: dict[int, set[int]] = {}
    for key, node in pairs:
        held.setdefault(key, set()).add(node % len(regions.nodes))
    columns = sorted((key, node) for key, nodes in held.items() for node in nodes)
    frame = nw.from_dict(
        {"key": _column([key for key, _ in columns]), "node": _column([n for _, n in columns])}
    )
    assert _around(frame, regions) == {key: regions.common(nodes) for key, nodes in held.items()}


FULL = Receipt(
    label="da1.xlsx",
    sheets=(
        SheetRead("Sampul", skipped=say("The sheet is empty.")),
        SheetRead("DA1", "units down", "da1-kwk-2018", 59, Named("64.72", "Kota Samarinda")),
    ),
    units=59,
    level="desa",
    region=Named("64.72", "Kota Samarinda"),
    held=59,
    left_out=(LeftOut("total", "da1.xlsx!DA1!G20", "JUMLAH"), LeftOut("sum", "da1.xlsx!DA1!H20")),
    boxes=("valid",),
    missing=("invalid", "cast"),
    sums=(VotesRead("p", "1", "Isran Noor", 1_234_567), VotesRead("p", "2", "", None)),
    findings={"error": 2, "note": 1},
)


def _shown(tmp_path: Path, lang: str, *, times: int, width: int = 80) -> str:
    """What a check shows on the screen, of a file with the full receipt."""
    (tmp_path / "da1.csv").write_text("kecamatan,suara_1,suara_2\nPalaran,5,6\n")
    tallied = check_with([tmp_path], Options())
    inputs = tuple(
        replace(
            tallied.inputs[0], path=f"forms/{at}.xlsx", receipt=replace(FULL, label=f"{at}.xlsx")
        )
        for at in range(times)
    )
    report = build_check(replace(tallied, inputs=inputs), lang)
    return RENDERERS["table"](report, Look(width=width)).decode()


def test_a_check_shows_all_of_it_in_80_columns(tmp_path: Path) -> None:
    """A witness reads what was understood, before any finding."""
    text = _shown(tmp_path, "en", times=1)
    assert max(map(len, text.splitlines())) <= 80
    for words in (
        "Sheet Sampul   passed over: The sheet is empty.",
        "59 (desa/kelurahan)",
        "59 in Kota Samarinda (64.72)",
        "2: total G20 “JUMLAH”, sum H20",
        "Valid votes",
        "Invalid votes, Valid and invalid votes",
        "1 Isran Noor   1,234,567 votes",
        "Candidate 2    no number was read",
        "error 2, note 1",
    ):
        assert words in text
    indonesian = _shown(tmp_path, "id", times=1)
    assert "1.234.567 suara" in indonesian
    assert "dilewati: Lembar ini kosong." in indonesian


def test_many_files_have_a_line_each(tmp_path: Path) -> None:
    """More than a handful would be too much to read in full."""
    text = _shown(tmp_path, "en", times=9)
    lines = [line for line in text.splitlines() if ".xlsx" in line and "SHA" not in line]
    assert len(lines) == 9
    assert "3.xlsx     59  Kota Samarinda (64.72)       1     2  error 2, note 1" in text


def _reconciled(folder: Path, files: int, renderer: str, lang: str = "en") -> bytes:
    return RENDERERS[renderer](_report(folder, files, lang))


def _report(folder: Path, files: int, lang: str) -> Report:
    for at in range(files):
        text = f"kabupaten,kecamatan,suara_1,suara_2\nSamarinda,K{at},5,6\n"
        (folder / "ours").mkdir(exist_ok=True)
        (folder / "ours" / f"{at:02}.csv").write_text(text)
    online = folder / "online.csv"
    rows = "".join(f"Samarinda,K{at},5,7\n" for at in range(files))
    online.write_text(f"kabupaten,kecamatan,suara_1,suara_2\n{rows}")
    return build(reconcile_with([folder / "ours"], [online], Options()), lang)


def test_a_reconciliation_tells_three_files_in_a_line_each_and_more_in_one(tmp_path: Path) -> None:
    """Before the answer a receipt is short; the command that shows it all is named."""
    text = "\n".join(_report(tmp_path, 3, "en").notes)
    assert text.count(".csv: 1 forms, K") == 3
    assert "online.csv: 3 forms, Samarinda" in text
    many = "\n".join(_report(tmp_path, 4, "id").notes)
    assert ".csv: 1 formulir" not in many
    assert "Rincian per berkas: recount check" in many


def test_documents_and_workbooks_hold_it_with_real_numbers(tmp_path: Path) -> None:
    """JSON under `inputs`, and a sheet with a row for each file."""
    document = json.loads(_reconciled(tmp_path, 2, "json"))
    receipt = document["inputs"][0]["receipt"]
    assert receipt["region"] == {"code": "SAMARINDA/K0", "name": "K0"}
    assert [one["votes"] for one in receipt["candidates"]] == [5, 6]
    assert set(receipt["findings"]) == {"error", "warning", "note"}
    book = openpyxl.load_workbook(BytesIO(_reconciled(tmp_path, 2, "xlsx", "id")))
    head, *rows = book["Berkas"].iter_rows(values_only=True)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Formulir"], row["Paslon 1"], row["Paslon 2"]) for row in cells] == [
        *((1, 5, 6), (1, 5, 6), (2, 10, 14))
    ]
    assert len(list(book["Lembar"].iter_rows())) == 4


def test_check_and_aggregate_hold_it_too(tmp_path: Path) -> None:
    """The same file has the same receipt, whatever is done with it."""
    (tmp_path / "a.csv").write_text("kabupaten,kecamatan,suara_1,suara_2\nSamarinda,Palaran,5,6\n")
    checked, added = check_with([tmp_path], Options()), aggregate_with([tmp_path], Options())
    assert checked.inputs == added.inputs
    documents = [
        json.loads(RENDERERS["json"](report))["inputs"]
        for report in (build_check(checked, "en"), build_aggregate(added, "en"))
    ]
    assert documents[0] == documents[1]
    assert documents[0][0]["receipt"]["forms"] == 1


def test_reasons_are_told_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """A receipt travels without a language."""
    receipt = _receipt(tmp_path, workbook({"Kosong": [], "DA1": PALARAN}))
    skipped = receipt.sheets[1].skipped
    assert skipped is not None
    assert speak(skipped, "en") == "The sheet is empty."
    assert speak(skipped, "id") == "Lembar ini kosong."


@pytest.mark.parametrize("renderer", ["table", "markdown", "xlsx", "json"])
def test_names_in_a_receipt_do_no_harm(tmp_path: Path, renderer: str) -> None:
    """Sheets, regions and totals are called what somebody typed: no cursor moves, no formula."""
    evil = "@SUM(1)\u202e"
    sheets = {"DA1": [HEADING, [*ABOVE, evil, f"{evil} desa", 1, 2, 3]], "=cmd": COVER}
    (tmp_path / "=x.xlsx").write_bytes(workbook(sheets))
    tallied = check_with([tmp_path], Options())
    many = replace(tallied, inputs=tallied.inputs * 9)
    for result in (tallied, many):
        output = RENDERERS[renderer](build_check(result, "en"))
        if renderer == "xlsx":
            book = openpyxl.load_workbook(BytesIO(output))
            held = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            assert any("=x.xlsx" in str(cell.value) for cell in held)
            assert {cell.data_type for cell in held} <= {"s", "n", "inlineStr"}
        else:
            text = output.decode()
            assert "=x.xlsx" in text
            assert "\x1b" not in text
            assert "\u202e" not in text or renderer == "json"


def test_equal_copies_in_a_file_are_counted_once_and_said(tmp_path: Path) -> None:
    """What differs is no copy; what a second file says again is that file's own."""
    other = [HEADING, [*ABOVE, "Palaran", "Bukuan", 4, 6, 10]]
    data = workbook({"DA1": PALARAN, "Again": PALARAN, "Other": other})
    one, two = (given.receipt for given in _check(tmp_path, {"a.xlsx": data, "b.xlsx": data}))
    assert one is not None
    assert two is not None
    assert (one.units, one.copies, two.copies) == (5, 2, 2)
    assert [each.votes for each in one.sums] == [1 + 4 + 4, 2 + 5 + 6]
    assert one.sums == two.sums
    told = RENDERERS["table"](build_check(check_with([tmp_path], Options()), "en"), Look(width=200))
    assert "5 (desa/kelurahan); 2 of them are copies, counted once" in told.decode()


def test_what_is_left_out_is_named_with_its_sheet_where_there_are_several(tmp_path: Path) -> None:
    total: list[object] = ["JUMLAH", None, None, None, 5, 7, 12]
    sheets = {"Palaran": [*PALARAN, total], "Sambutan": [*SAMBUTAN, total]}
    (tmp_path / "several").mkdir()
    (tmp_path / "one").mkdir()
    (tmp_path / "several" / "a.xlsx").write_bytes(workbook(sheets))
    (tmp_path / "one" / "a.xlsx").write_bytes(workbook({"Palaran": sheets["Palaran"]}))
    several, one = (
        RENDERERS["table"](
            build_check(check_with([tmp_path / name], Options()), "en"), Look(width=200)
        ).decode()
        for name in ("several", "one")
    )
    assert "2: total Palaran!4 “JUMLAH”, total Sambutan!3 “JUMLAH”" in several
    assert "1: total 4 “JUMLAH”" in one
