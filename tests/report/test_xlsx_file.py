"""What a workbook promises: a sheet a level, real numbers, notes, calm shades, the same bytes."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from recount.model import LEVELS, Candidate, Contest, Election
from recount.report import RENDERERS, build, build_aggregate, build_check
from recount.report._sheet_cells import EXACT, LONGEST, letters, printable
from recount.report._sheet_notes import NOTES
from recount.report._sheet_titles import sheet_titles, utf16_length
from recount.report.shape import Column, Report, Table
from recount.report.xlsx_file import parts
from recount.texts import say
from tests.office import needs_office, saved_again
from tests.report import samples

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from recount.result import Result


ROOT = Path(__file__).parents[2]


def written(result: Result, lang: str = "en") -> bytes:
    return RENDERERS["xlsx"](build(result, lang))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(data: bytes, sheet: str) -> list[dict[str, object]]:
    """Give the rows of a sheet by its headings."""
    first, *others = opened(data)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, first), row, strict=True)) for row in others]


def said(sheet: Worksheet) -> list[list[object]]:
    """Give the rows of a sheet, without the blank cells at their ends and the blank rows."""
    found: list[list[object]] = [list(row) for row in sheet.iter_rows(values_only=True)]
    for row in found:
        while row and row[-1] in {None, ""}:
            row.pop()
    return [row for row in found if row]


def with_causes(result: Result, full: str | None) -> Result:
    frame = result.comparisons.to_polars().with_columns(cause_full=pl.lit(full, dtype=pl.String))
    held: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
    return replace(result, comparisons=held)


def one_table(frame: pl.DataFrame, **options: Any) -> bytes:  # noqa: ANN401 - a table's fields
    kinds = {name: "text" if frame[name].dtype == pl.String else "number" for name in frame.columns}
    columns = tuple(Column(name, name, kind) for name, kind in kinds.items())  # type: ignore[arg-type]
    table = Table("t", "T", columns, frame.lazy(), **options)
    plain = Report("", "en", (), (), (), (), tuple, lambda: (table,), lambda: table, dict)
    return RENDERERS["xlsx"](plain)


def test_each_level_has_a_sheet_of_its_own_in_the_readers_language() -> None:
    names = [opened(written(samples.small(), lang)).sheetnames for lang in ("en", "id")]
    assert names == [
        ["Answer", "Votes", "Coverage", "Discrepancies provinsi", "Discrepancies kabupaten-kota",
         "Discrepancies kecamatan", "Findings", "Inputs"],
        ["Jawaban", "Perolehan suara", "Cakupan", "Perbedaan provinsi", "Perbedaan kabupaten-kota",
         "Perbedaan kecamatan", "Temuan", "Sumber data"],
    ]  # fmt: skip


def test_every_comparison_is_on_the_sheet_of_its_level_and_nowhere_else() -> None:
    result = samples.small()
    data, frame = written(result), result.comparisons.to_polars()
    for level, title in (("provinsi", "provinsi"), ("kecamatan", "kecamatan")):
        held = rows(data, f"Discrepancies {title}")
        own = frame.filter(level=level)
        assert {(row["Code"], row["Ours"], row["Online"], row["Difference"]) for row in held} == {
            *own.select("region", "ours", "theirs", "difference").rows()
        }
        assert len(held) == own.height


def test_contests_are_kept_apart_too() -> None:
    plain = samples.small()
    frame = plain.comparisons.to_polars()
    both = pl.concat([frame, frame.with_columns(contest=pl.lit("a/b:c*" * 9))])
    held = [replace(one, contest="a/b:c*" * 9) for one in plain.coverage]
    result = replace(
        plain,
        comparisons=nw.from_native(both, eager_only=True),
        coverage=(*plain.coverage, *held),
    )
    names = [name for name in opened(written(result)).sheetnames if name.startswith("Discr")]
    assert len(names) == 6
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_numbers_are_real_and_blank_is_not_zero() -> None:
    sheet = opened(written(samples.small()))["Discrepancies provinsi"]
    head = [cell.value for cell in sheet[1]]
    ours = sheet.cell(2, head.index("Ours") + 1)
    assert (ours.value, ours.data_type, ours.number_format) == (1_094_845, "n", "#,##0_ ")
    signed = sheet.cell(2, head.index("Difference") + 1)
    assert (signed.value, signed.number_format) == (630, "+#,##0_ ;-#,##0_ ;0_ ")
    unread = rows(written(samples.small()), "Discrepancies kabupaten-kota")[1]
    assert (unread["Ours"], unread["Online"], unread["Status"]) == (None, 1, "blank or unread")


def test_the_region_and_the_heading_stay_in_sight_and_every_row_is_in_the_filter() -> None:
    book = opened(written(samples.small()))
    sheet = book["Discrepancies kecamatan"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert book["Findings"].freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]][:3] == ["Code", "Region", "Within"]


def test_units_are_left_out_where_none_is_missing() -> None:
    data = written(samples.small())
    assert "Ours: units read" in rows(data, "Discrepancies kabupaten-kota")[0]
    assert "Ours: units read" not in rows(data, "Discrepancies provinsi")[0]


def test_a_status_is_a_word_before_it_is_a_colour() -> None:
    sheet = opened(written(samples.small()))["Discrepancies kecamatan"]
    head = [cell.value for cell in sheet[1]]
    status = letters(head.index("Status"))
    formulas = {
        str(area.sqref): [rule.formula[0] for rule in area.rules]
        for area in sheet.conditional_formatting
    }
    own = formulas[f"{status}2:{status}{sheet.max_row}"]
    assert own[0] == f'${status}2="different"'
    fonts = [
        rule.dxf.font for area in sheet.conditional_formatting for rule in area.rules if rule.dxf
    ]
    assert all(font.b or font.i for font in fonts), "a shade that only a colour tells"


def test_causes_are_noted_on_the_difference() -> None:
    note = "possible: digit 3/8\nfits by chance: 1 of 20"
    sheet = opened(written(with_causes(samples.small(), note)))["Discrepancies kecamatan"]
    at = [cell.value for cell in sheet[1]].index("Difference")
    notes = [row[at].comment for row in sheet.iter_rows(min_row=2)]
    assert {one.text if one is not None else None for one in notes} == {note}


@pytest.mark.parametrize("full", [None, ""])
def test_what_is_unexplained_has_no_note(full: str | None) -> None:
    data = written(with_causes(samples.small(), full))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert not [name for name in held.namelist() if "comments" in name]


def test_notes_hold_no_character_that_xml_cannot() -> None:
    data = written(with_causes(samples.small(), "\x1b[2J\u202e</xml>\x00"))
    sheet = opened(data)["Discrepancies provinsi"]
    comments = [cell.comment.text for cell in sheet[2] if cell.comment]
    assert comments == ["\\x1b[2J\\u202e</xml>\\x00"]


def test_the_same_report_gives_the_same_bytes() -> None:
    result = with_causes(samples.small(), "because")
    first = written(result)
    assert written(result) == first
    code = (
        "import sys; from tests.report.test_xlsx_file import *; "
        "sys.stdout.buffer.write(written(with_causes(samples.small(), 'because')))"
    )
    command = [sys.executable, "-c", code]
    again = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=60).stdout
    assert again == first
    with zipfile.ZipFile(io.BytesIO(first)) as held:
        assert {info.date_time[0] for info in held.infolist()} == {1980}


@pytest.mark.parametrize(
    ("value", "held"),
    [(EXACT, str(EXACT)), (-EXACT, str(-EXACT)), (EXACT - 1, EXACT - 1), (-5, -5), (0, 0)],
)
def test_only_numbers_that_a_spreadsheet_holds_exactly_are_numbers(
    value: int, held: object
) -> None:
    data = one_table(pl.DataFrame({"n": [value, None, 7]}))
    assert [row["n"] for row in rows(data, "T")] == [held, None, 7]


@pytest.mark.parametrize(
    ("value", "held"), [(0.05, 0.05), (float("nan"), "NaN"), (float("inf"), "inf"), (1e-9, 1e-9)]
)
def test_fractions(value: float, held: object) -> None:
    assert rows(one_table(pl.DataFrame({"p": [value, 1.0]})), "T")[0]["p"] == held


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(st.tuples(TEXTS, st.none() | st.integers(-(10**14), 10**14)), max_size=8))
def test_every_text_comes_back_as_it_is_shown(given_: list[tuple[str, int | None]]) -> None:
    frame = pl.DataFrame(given_, schema={"name": pl.String, "votes": pl.Int64}, orient="row")
    data = one_table(frame)
    cells = [
        (None if row["name"] is None else str(row["name"]).replace("_x005F_", "_"), row["votes"])
        for row in rows(data, "T")
    ]
    shown = [(printable(name) or None, votes) for name, votes in given_]
    while shown and shown[-1] == (None, None):
        shown.pop()
    assert cells[: len(shown)] == shown
    assert all(row == (None, None) for row in cells[len(shown) :])


def test_another_reader_sees_the_same_and_no_formula() -> None:
    data = written(samples.hostile())
    held = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name("Findings").to_python()
    names = [printable(text) for text in samples.HOSTILE if text.strip("\t\r")]
    assert [row[4] for row in held[1:]] == names


@pytest.mark.parametrize("name", ["_x0041_", "_x000D_", "a_x005F_b", "_xZZZZ_"])
def test_what_looks_like_a_coded_character_stays_as_it_is(name: str) -> None:
    data = one_table(pl.DataFrame({"name": [name]}))
    read = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name("T").to_python()
    assert read[1] == [name]


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recount.report.xlsx_file.parts", lambda frame: parts(frame, 3))
    data = one_table(pl.DataFrame({"a": range(7)}))
    assert opened(data).sheetnames[1:] == ["T", "T (2)", "T (3)"]
    assert [row["a"] for name in ("T", "T (2)", "T (3)") for row in rows(data, name)] == [*range(7)]


def test_parts() -> None:
    frame = pl.DataFrame({"a": range(7)})
    assert [piece.height for piece in parts(frame, 3)] == [3, 3, 1]
    assert [piece.height for piece in parts(frame.clear(), 3)] == [0]


@pytest.mark.parametrize(
    ("text", "ending", "units"),
    [("a" * (LONGEST + 5), "a ... (+5)", 40), ("\U0001d49c" * LONGEST, " ... (+16000)", 40)],
)
def test_a_text_too_long_for_a_cell_says_so(text: str, ending: str, units: int) -> None:
    shown = printable(text)
    assert shown.endswith(ending)
    assert utf16_length(shown) <= LONGEST + units


def test_a_long_name_is_cut_in_its_cell_and_the_row_no_higher_than_a_row_can_be() -> None:
    data = one_table(pl.DataFrame({"name": ["N" * 40_000]}))
    sheet = opened(data)["T"]
    assert len(str(sheet["A2"].value)) < 32_767
    assert sheet.row_dimensions[2].height <= 409


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a/b", "a:b", "A-B"], ["a-b", "a-b (2)", "A-B (3)"]),
        (["'quoted'", "", "[]", "History"], ["quoted", "-", "--", "History (2)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["\U0001f5f3" * 20], ["\U0001f5f3" * 15]),
        (["tab\there\u202e"], ["tab-x09here-u202e"]),
    ],
)
def test_names_of_sheets(titles: list[str], names: list[str]) -> None:
    assert list(sheet_titles(titles)) == names


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_program_takes_the_names_of_the_sheets(titles: list[str]) -> None:
    names = list(sheet_titles(titles))
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 1 <= utf16_length(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'")
        assert name.casefold() != "history"


@pytest.mark.parametrize(
    ("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters(at: int, name: str) -> None:
    assert letters(at) == name


def test_a_workbook_is_printed_as_wide_as_a_page() -> None:
    sheet = opened(written(samples.small()))["Discrepancies kecamatan"]
    assert sheet.page_setup.orientation == "landscape"
    setup = sheet.sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"


def test_the_answer_says_what_the_sheets_hold() -> None:
    sheet = opened(written(samples.small(), "id"))["Jawaban"]
    lines = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert "Perbedaan kecamatan: 31 baris" in lines
    assert lines[0] == samples.ELECTION.title
    assert "berbeda" in lines[-5:]


@pytest.mark.parametrize("make", [build_check, build_aggregate])
def test_the_other_reports_are_workbooks_too(make: Any) -> None:  # noqa: ANN401 - two builders
    book = opened(RENDERERS["xlsx"](make(samples.tallied(), "en")))
    assert "Inputs" in book.sheetnames
    assert "Colours" not in [row[0] for row in book["Answer"].iter_rows(values_only=True)]


def test_eight_thousand_discrepancies_with_notes_take_little_time_and_room() -> None:
    result = with_causes(samples.large(8_000), "possible: digit 3/8: it fits by chance 1 in 20")
    start = time.process_time()
    data = written(result)
    assert time.process_time() - start < 6
    assert len(data) < 4_000_000


def test_so_many_notes_and_no_more() -> None:
    data = written(with_causes(samples.large(NOTES + 5), "because"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        name = next(name for name in held.namelist() if "comments" in name)
        assert held.read(name).count(b"<comment ") == NOTES
    lines = [str(row[0]) for row in opened(data)["Answer"].iter_rows(values_only=True)]
    said = "Discrepancies TPS: 2,005 rows; the first 2,000 of 2,005 notes are on the cells"
    assert [line for line in lines if line.startswith(said)]


@needs_office
def test_libreoffice_opens_and_saves_it_and_everything_is_still_there(tmp_path: Path) -> None:
    data = written(with_causes(samples.small(), "possible: digit 3/8"), "id")
    again = saved_again(data, tmp_path).read_bytes()
    before, after = opened(data), opened(again)
    assert after.sheetnames == before.sheetnames
    for name in before.sheetnames:
        assert said(after[name]) == said(before[name])
    sheet = after["Perbedaan kecamatan"]
    assert sheet.auto_filter.ref == before["Perbedaan kecamatan"].auto_filter.ref
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.comment) == sheet.max_row - 1
    assert sheet.conditional_formatting


def test_no_level_is_forgotten_in_the_shades() -> None:
    contest = Contest("p", "", (Candidate("1", "A"),))
    levels = [samples.row(level, "64", "X", "candidate:1", 2, 1) for level in LEVELS]
    result = replace(
        samples.small(),
        election=Election("e", "E", (contest,)),
        comparisons=samples.comparisons(levels),
        assumptions=(say("x"),),
    )
    names = [name for name in opened(written(result, "id")).sheetnames if "Perbedaan" in name]
    assert names == [
        "Perbedaan nasional", "Perbedaan provinsi", "Perbedaan kabupaten-kota",
        "Perbedaan kecamatan", "Perbedaan desa-kelurahan", "Perbedaan TPS",
    ]  # fmt: skip


@needs_office
def test_libreoffice_makes_no_formula_of_any_name(tmp_path: Path) -> None:
    again = opened(saved_again(written(samples.hostile()), tmp_path).read_bytes())
    kinds = {cell.data_type for sheet in again for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    first = {str(row[1].value) for row in again["Discrepancies desa-kelurahan"].iter_rows()}
    assert printable("+1+cmd|' /C calc'!A0") in first


def test_what_stays_in_sight_leaves_room_for_the_rest() -> None:
    rows_ = [samples.row("desa", "64.72.01/" + "X" * 40, "Y" * 40, "valid", 1, 2)]
    result = replace(samples.small(), comparisons=samples.comparisons(rows_))
    assert opened(written(result))["Discrepancies desa-kelurahan"].freeze_panes == "A2"
