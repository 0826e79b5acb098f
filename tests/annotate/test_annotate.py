"""An annotated workbook is the witness's own: nothing but colours, notes and one sheet is new."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import check
from recount.annotate import annotate, ending_for
from recount.annotate._styles import FILLS
from recount.errors import RecountError
from recount.texts import say
from tests.annotate.making import (
    LABEL,
    MAIN,
    SHEET,
    annotated,
    finding,
    opened,
    packed,
    parts,
    plain,
    rich,
)
from tests.office import needs_office, saved_again

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from recount.model import Severity

SHARED = Path(__file__).parents[3] / "shared" / "data" / "spreadsheets"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the checkout")
SOME = (
    finding("E3"),
    finding("F2", "warning"),
    finding("H1", "note"),
    finding("B30"),
    finding("3", "warning"),
)


def fill(cell: Cell | MergedCell) -> str:
    return str(cell.fill.fgColor.rgb)


def kept(cell: Cell | MergedCell) -> tuple[object, ...]:
    """What of a cell has to stay as it was."""
    font, look = cell.font, map(repr, (cell.alignment, cell.border, cell.protection))
    return cell.value, cell.data_type, cell.number_format, font.b, font.name, font.sz, *look


def laid_out(sheet: Worksheet) -> tuple[object, ...]:
    """What of a sheet has to stay as it was."""
    widths = {key: (own.width, own.hidden) for key, own in sheet.column_dimensions.items()}
    heights = {key: own.height for key, own in sheet.row_dimensions.items() if own.height}
    merged = sorted(map(str, sheet.merged_cells.ranges))
    rules = [(str(at.sqref), len(at.rules)) for at in sheet.conditional_formatting]
    valid = [(str(at.sqref), at.type) for at in sheet.data_validations.dataValidation]
    return widths, heights, merged, rules, valid, sheet.freeze_panes, sheet.sheet_state


def assert_only_noted(before: Workbook, after: Workbook) -> None:
    """Every cell and every measure is as before; one sheet is new."""
    assert after.sheetnames == [*before.sheetnames, "recount"]
    for sheet in before.worksheets:
        other = after[sheet.title]
        assert laid_out(sheet) == laid_out(other)
        for row in sheet.iter_rows():
            for cell in row:
                assert kept(cell) == kept(other[cell.coordinate]), cell.coordinate
                if cell.comment:
                    assert other[cell.coordinate].comment.text.startswith(cell.comment.text)


def assert_rest_untouched(before: bytes, after: bytes) -> None:
    """Every part that has nothing to do with cells, notes and styles is the same to the byte."""
    old, new = parts(before), parts(after)
    touched = re.compile(
        r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/styles\.xml|.*\.rels|xl/worksheets/sheet\d+\.xml"
        r"|xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml"
    )
    assert old.keys() <= new.keys()
    for name, data in old.items():
        if not touched.fullmatch(name):
            assert new[name] == data, name
    assert all("Recount" in name for name in new.keys() - old.keys())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_everything_stays_but_fills_and_notes(lang: str) -> None:
    data = rich()
    done = annotated(data, *SOME, lang=lang).data
    assert_rest_untouched(data, done)
    assert_only_noted(opened(data), opened(done))
    assert_only_noted(opened(data, values=True), opened(done, values=True))
    sheet = opened(done)[SHEET]
    coloured = {
        cell.coordinate: fill(cell)
        for row in sheet.iter_rows()
        for cell in row
        if fill(cell) in FILLS.values()
    }
    assert coloured == {
        "E3": FILLS["error"],
        "F2": FILLS["warning"],
        "H1": FILLS["note"],
        "B30": FILLS["error"],
        "C3": FILLS["warning"],
    }


@real
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.xlsx")), ids=lambda path: path.name[:20])
def test_workbooks_of_witnesses_stay_as_they_are(path: Path) -> None:
    data = path.read_bytes()
    first = opened(data).sheetnames[0]
    cells = (finding(cell, sheet=first) for cell in ("A1", "C9", "D14", "Z300", "7"))
    done = annotated(data, *cells).data
    assert_rest_untouched(data, done)
    assert_only_noted(opened(data), opened(done))
    assert_only_noted(opened(data, values=True), opened(done, values=True))


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(1, 30)), st.integers(0, 9**9), max_size=20
    ),
    st.dictionaries(
        st.tuples(st.integers(1, 14), st.integers(1, 32)), st.sampled_from(list(FILLS)), min_size=1
    ),
)
def test_cells_that_are_there_or_not_are_coloured_in_their_order(
    held: dict[tuple[int, int], int], doubtful: dict[tuple[int, int], Severity]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for (row, column), value in {(1, 1): 0, **held}.items():
        sheet.cell(row, column, value)
    buffer = BytesIO()
    book.save(buffer)
    found = [finding(sheet.cell(*at).coordinate, severity) for at, severity in doubtful.items()]
    done = annotated(buffer.getvalue(), *found).data
    after = opened(done)[SHEET]
    for at, severity in doubtful.items():
        assert fill(after.cell(*at)) == FILLS[severity]
        assert after.cell(*at).comment is not None
    for at, value in held.items():
        assert after.cell(*at).value == value
    refs = re.findall(rb'<c r="([A-Z]+)(\d+)"', parts(done)["xl/worksheets/sheet1.xml"])
    order = [(int(row), len(letters), letters) for letters, row in refs]
    assert order == sorted(set(order))


def test_several_findings_on_a_cell_are_one_note_in_the_gravest_colour() -> None:
    found = (
        finding("D2", "note", message=say("The column was not understood.")),
        finding("D2", message=say("The figures differ."), rule="R2"),
    )
    cell = opened(annotated(rich(), *found).data)[SHEET]["D2"]
    assert fill(cell) == FILLS["error"]
    assert cell.comment.text == (
        "recount\nError (R2): The figures differ.\nCompare the cell with the form.\n\n"
        "Note (R1): The column was not understood.\nCompare the cell with the form."
    )


def test_a_witness_s_own_note_is_kept_and_ours_comes_after_it() -> None:
    done = annotated(rich(), finding("E3")).data
    sheet = opened(done)[SHEET]
    assert sheet["E3"].comment.text.startswith("catatan saksi\n\nrecount\nError")
    assert sheet["E3"].comment.author == "saksi"
    assert sheet["A1"].comment.text == "catatan lain"
    before, after = (parts(data)["xl/drawings/vmlDrawing1.vml"] for data in (rich(), done))
    assert after.count(b"<v:shape ") == before.count(b"<v:shape ") == 2
    assert corners(after, 2, 4)[6] > corners(before, 2, 4)[6]
    assert corners(after, 0, 0) == corners(before, 0, 0)


def corners(drawing: bytes, row: int, column: int) -> list[int]:
    """The corners of the box of a note: column, pixels, row, pixels, twice."""
    of_cell = rb"<x:Row>%d</x:Row>\s*<x:Column>%d</x:Column>" % (row, column)
    shapes = re.findall(rb"<v:shape\b.*?</v:shape>", drawing, re.DOTALL)
    (shape,) = [shape for shape in shapes if re.search(of_cell, shape)]
    anchor = re.search(rb"<x:Anchor>([^<]*)<", shape)
    assert anchor is not None
    return [int(number) for number in anchor[1].split(b",")]


def test_a_box_is_wide_enough_over_narrow_and_hidden_columns() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = 1
    for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ":
        sheet.column_dimensions[letter].width = 2
    sheet.column_dimensions["C"].hidden = True
    buffer = BytesIO()
    book.save(buffer)
    done = parts(annotated(buffer.getvalue(), finding("A1")).data)
    left, _, _, _, right, *_ = corners(done["xl/drawings/vmlDrawingRecount1.vml"], 0, 0)
    assert (right - left) * 19 > 300


def test_a_merged_cell_is_marked_where_it_shows() -> None:
    sheet = opened(annotated(rich(), finding("B4")).data)[SHEET]
    assert fill(sheet["B2"]) == FILLS["error"]
    assert sheet["B2"].comment is not None


def test_cells_beside_a_merged_first_column_are_marked_themselves() -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>'
    )
    done = annotated(plain(sheet), *(finding(cell, sheet="Data") for cell in ("A2", "C2"))).data
    after = opened(done)["Data"]
    assert [bool(after[cell].comment) for cell in ("A1", "A2", "C2")] == [True, False, True]


def test_white_letters_become_black_on_a_light_fill() -> None:
    sheet = opened(annotated(rich(), finding("D1")).data)[SHEET]
    assert (sheet["D1"].font.color.rgb, sheet["D1"].font.b) == ("FF000000", True)
    assert sheet["E1"].font.color.rgb == "FFFFFFFF"


@pytest.mark.parametrize(("lang", "said"), [("en", "Error"), ("id", "Kesalahan")], ids=["en", "id"])
def test_the_sheet_lists_every_finding_with_a_link_to_its_cell(lang: str, said: str) -> None:
    elsewhere = finding("D4")._replace(place="other.xlsx!A!D4")
    found = (finding("E3"), finding("7", "note"), finding(None, "note"), elsewhere)
    sheet = opened(annotated(rich(), *found, lang=lang).data)["recount"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=5)]
    listed = [row for row in rows if row[4] == "R1"]
    assert [row[1] for row in listed] == [
        f"{SHEET}!E3", "other.xlsx!A!D4", f"{SHEET}!A1", f"{SHEET}!A7",
    ]  # fmt: skip
    assert listed[0][0] == said
    links = [at.hyperlink.location for row in sheet.iter_rows() for at in row if at.hyperlink]
    name = "'Kec. Jum''at ! rapi é'"
    assert links == [f"{name}!E3", f"{name}!A1", f"{name}!A7"]
    assert str(rows[0][0]).startswith("recount 0.")
    assert any(str(row[0]).startswith("SHA-256 ") for row in rows)


def test_hostile_texts_stay_texts() -> None:
    texts = ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "</t><f>1</f>", "\x00\x1b\u202e", "a\nb"]
    found = [finding(f"D{at}", message=say("{x}", x=text)) for at, text in enumerate(texts, 2)]
    book = opened(annotated(rich(), *found).data)
    cells = [cell for row in book["recount"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert all(cell.data_type != "f" for cell in cells)
    assert {'=HYPERLINK("http://x")', "</t><f>1</f>"} <= {cell.value for cell in cells}
    assert all(cell.quotePrefix for cell in cells if cell.value)
    note = book[SHEET]["D5"].comment.text
    assert "</t><f>1</f>" in note


WRITTEN_OTHERWISE = {
    "prefix": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" s="1"><x:v>5'
    '</x:v></x:c></x:row><x:row r="4"/></x:sheetData><x:pageMargins left="1" right="1" top="1" '
    'bottom="1" header="1" footer="1"/></x:worksheet>',
    "no addresses": f"<worksheet xmlns='{MAIN}'><sheetData><row><c s='1'><v>5</v></c></row><row/>"
    "<row/><row><c/></row></sheetData></worksheet>",
    "behind": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" s="1"><v>5</v></c></row>'
    '</sheetData><tableParts count="0"/></worksheet>',
    "quotes": f"""<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r='A1' ph=" s='2'>"  s='1'>"""
    "<v>5</v></c></row></sheetData></worksheet>",
}


@pytest.mark.parametrize("styles", [True, False])
@pytest.mark.parametrize("sheet", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE)
def test_sheets_that_other_programs_write(sheet: str, *, styles: bool) -> None:
    data = plain(
        sheet if styles else sheet.replace('s="1"', "").replace("s='1'", ""), styles=styles
    )
    cells = ("A1", "C1", "B4", "B9", "A4")
    done = annotated(data, *(finding(cell, sheet="Data") for cell in cells)).data
    book = opened(done)
    assert book["Data"]["A1"].value == 5
    assert book["Data"]["A1"].number_format == ("#,##0" if styles else "General")
    assert {cell: fill(book["Data"][cell]) for cell in cells} == dict.fromkeys(
        cells, FILLS["error"]
    )
    assert all(book["Data"][cell].comment for cell in cells)
    written = parts(done)["xl/sheet.xml"]
    if b"tableParts" in written:
        assert written.index(b"legacyDrawing") < written.index(b"tableParts")


def test_a_blank_row_keeps_the_look_of_its_row_or_column() -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" style="1"/></cols><sheetData>'
        '<row r="1" s="1" customFormat="1"><c r="A1"/></row></sheetData></worksheet>'
    )
    found = [finding(cell, sheet="Data") for cell in ("E1", "C5", "E5")]
    data = plain(sheet.replace('<c r="A1"/>', '<c r="A1"><v>1</v></c>'))
    after = opened(annotated(data, *found).data)["Data"]
    formats = [after[cell].number_format for cell in ("E1", "C5", "E5")]
    assert formats == ["#,##0", "#,##0", "General"]


def test_macros_stay_and_the_name_has_to_say_so() -> None:
    held = {**parts(rich()), "xl/vbaProject.bin": b"\xd0\xcf macros"}
    data = packed(held)
    assert (ending_for(data, LABEL), ending_for(rich(), LABEL)) == (".xlsm", ".xlsx")
    assert parts(annotated(data, *SOME).data)["xl/vbaProject.bin"] == b"\xd0\xcf macros"


def test_annotating_twice_says_that_the_first_colours_are_still_there() -> None:
    once = annotated(rich(), *SOME)
    twice = annotated(once.data, finding("D2"))
    assert once.remarks == ()
    assert "annotated before" in twice.remarks[0].template
    assert opened(twice.data).sheetnames[-2:] == ["recount", "recount 2"]


def test_a_note_that_comes_back_is_not_written_a_second_time() -> None:
    once = annotated(rich(), *SOME)
    twice = annotated(once.data, *SOME)
    assert parts(twice.data)["xl/comments1.xml"].count(b"Error (R1)") == 2
    other = annotated(once.data, finding("E3", "warning"))
    assert "Warning (R1)" in opened(other.data)[SHEET]["E3"].comment.text


def test_a_signature_that_does_not_hold_any_more_is_said() -> None:
    data = packed({**parts(rich()), "_xmlsignatures/sig1.xml": b"<a/>"})
    assert "signature" in annotated(data, *SOME).remarks[0].template


def test_without_findings_only_the_sheet_is_new() -> None:
    data = rich()
    before, after = parts(data), parts(annotated(data).data)
    assert before["xl/worksheets/sheet1.xml"] == after["xl/worksheets/sheet1.xml"]
    assert opened(annotated(data).data).sheetnames[-1] == "recount"


def test_the_same_input_gives_the_same_bytes() -> None:
    data = rich()
    assert annotated(data, *SOME) == annotated(data, *SOME)


@needs_office
def test_a_spreadsheet_program_opens_it_and_keeps_notes_colours_and_links(tmp_path: Path) -> None:
    data = saved_again(annotated(rich(), *SOME).data, tmp_path).read_bytes()
    book = opened(data)
    sheet = book[SHEET]
    notes = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert notes == {"A1", "E3", "F2", "H1", "B30", "C3"}
    assert "catatan saksi" in sheet["E3"].comment.text
    assert "Compare the cell with the form." in sheet["E3"].comment.text
    assert fill(sheet["E3"]) == FILLS["error"]
    links = [
        at.hyperlink.location for row in book["recount"].iter_rows() for at in row if at.hyperlink
    ]
    assert len(links) == len(SOME)
    assert opened(data, values=True)[SHEET]["F5"].value == 378


@pytest.mark.parametrize(
    "data",
    [b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", packed({"a.txt": b"a"})],
    ids=["csv", "xls", "cut off", "zip"],
)
def test_other_kinds_of_file_are_refused(data: bytes) -> None:
    with pytest.raises(RecountError) as raised:
        ending_for(data, "a.xls")
    assert ".xlsx" in raised.value.message.template
    assert "findings.csv" in raised.value.mend.template


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/comments1.xml", "xl/_rels/workbook.xml.rels"]
)
def test_a_package_that_is_broken_inside_is_one_clear_error(part: str) -> None:
    broken = packed({**parts(rich()), part: b"<a><b></a>"})
    with pytest.raises(RecountError):
        annotated(broken, *SOME)


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(parts(rich()))),
    at=st.integers(0, 50_000),
    cut=st.integers(0, 30),
    put=st.binary(max_size=8) | st.sampled_from([b"<", b"</", b'"', b"&#0;", b"1e9", b"x:"]),
)
def test_a_damaged_workbook_is_annotated_or_one_clear_error(
    name: str, at: int, cut: int, put: bytes
) -> None:
    held = parts(rich())
    start = at % max(len(held[name]), 1)
    held[name] = held[name][:start] + put + held[name][start + cut :]
    data = packed(held)
    with suppress(RecountError):
        ending_for(data, LABEL)
        assert ZipFile(BytesIO(annotated(data, *SOME).data)).testzip() is None


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / LABEL
    path.write_bytes(rich())
    result = check(str(path))
    with pytest.raises(RecountError, match="changed"):
        annotate(annotated(rich()).data, LABEL, result, "en")


def test_the_annotated_workbook_gives_the_same_findings_again(tmp_path: Path) -> None:
    path, again = tmp_path / LABEL, tmp_path / "again" / LABEL
    path.write_bytes(rich())
    again.parent.mkdir()
    result = check(str(path))
    assert result.findings
    again.write_bytes(annotate(path.read_bytes(), LABEL, result, "id").data)
    second = check(str(again))
    assert second.findings == result.findings
    (receipt,) = [one.receipt for one in second.inputs]
    assert receipt is not None
    assert [one.sheet for one in receipt.sheets if one.skipped][-1] == "recount"


@pytest.mark.parametrize(("lang", "said"), [("en", "135 votes"), ("id", "135 suara")])
def test_the_sheet_begins_with_the_receipt_of_the_file(
    tmp_path: Path, lang: str, said: str
) -> None:
    path = tmp_path / LABEL
    path.write_bytes(rich())
    sheet = opened(annotate(path.read_bytes(), LABEL, check(str(path)), lang).data)["recount"]
    texts = [cell.value for row in sheet.iter_rows(max_col=3) for cell in row]
    assert said in texts
