"""What a workbook says beside its cells: merged ranges, hidden rows, sums, other workbooks."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from recount.model import ERROR_VALUE, NO_VALUE, Grid
from recount.readers._facts import Formula, facts_of, sums
from recount.readers._second_look import parsed
from recount.texts import speak
from tests.readers.making import cells, ods, read, repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"


def _saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _da1() -> bytes:
    """Make a sheet with a merged heading, three desa, their sum and what is hidden."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DA1"
    rows: list[list[str | int | None]] = [["Kecamatan", None, "Ket"], ["Desa", "01"]]
    rows += [["A", 5], ["B", 6], ["C", 7]]
    for row in rows:
        sheet.append(row)
    sheet.append(["Jumlah", "=SUM(B3:B5)", None, "=SUBTOTAL(109,B3:B5)"])
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[900].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    return _saved(book)


def _check(grid: Grid) -> None:
    assert grid.merged == ((1, 0, 1, 1),)
    assert grid.hidden_rows == {4}
    assert grid.hidden_columns == {2}
    assert grid.sums == {(6, 1): (3, 1, 5, 1), (6, 3): (3, 1, 5, 1)}
    assert not grid.hidden


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b""),
        (b'<c r="B6"', b"<c r='B6'"),
        (b'<c r="B6"', b'<c r="B6" x="' + b" " * 400 + b'"'),
    ],
)
def test_merged_hidden_and_sums_however_the_sheet_is_written(before: bytes, after: bytes) -> None:
    """Rows count from 1, columns from 0; what is hidden beyond the table is nothing."""
    book = read(repacked(_da1(), {SHEET: (before, after)}), "a.xlsx")
    _check(book.grids[0])
    assert [(note.rule, note.severity, note.place) for note in book.findings] == [
        ("hidden_rows", "note", "a.xlsx!DA1!4"),
        ("hidden_columns", "note", "a.xlsx!DA1!C"),
    ]


def test_hidden_rows_are_listed_in_spans() -> None:
    """Every row is said, neighbours together; of very many the first."""
    book = openpyxl.Workbook()
    for row in range(1, 101):
        book.worksheets[0].append([row])
        book.worksheets[0].row_dimensions[row].hidden = row in {3, 5, 6, 7} or row % 4 == 2
    (note,) = read(_saved(book), "a.xlsx").findings
    said = speak(note.message, "en")
    assert "2-3, 5-7, 10, 14, " in said
    assert "... (28)" in said


@pytest.mark.parametrize(
    ("formula", "range_"),
    [
        ("SUM(D2:D4)", (2, 3, 4, 3)),
        ("+sum( $D$4 : D2 )", (2, 3, 4, 3)),
        ("SUBTOTAL(9,D2:D4)", (2, 3, 4, 3)),
        ("SUBTOTAL(109,B2:D2)", (2, 1, 2, 3)),
        ("SUBTOTAL(1,D2:D4)", None),
        ("SUBTOTAL(103,D2:D4)", None),
        ("SUM(D2:D4,F2:F4)", None),
        ("SUM(D2,D4)", None),
        ("D2+D3", None),
        ("SUM(D2:D4)+1", None),
        ("SUM(Lain!D2:D4)", None),
        ("SUM([1]DA1!D2:D4)", None),
        ("SUM(D2:D4)/SUM(E2:E4)", None),
        ("AVERAGE(D2:D4)", None),
        ("SUMIF(D2:D4,1)", None),
        ("", None),
    ],
)
def test_only_the_sum_of_one_range_is_a_sum(
    formula: str, range_: tuple[int, int, int, int] | None
) -> None:
    """Whatever else adds is no sum here, so that nobody takes it for a total of what it is not."""
    expected = {} if range_ is None else {(9, 3): range_}
    assert sums([Formula(9, 3, "", "", formula)]) == expected


def test_shared_formulas_move_along() -> None:
    """Only the first of them has the text; a `$` stays, another group is another formula."""
    found = sums(
        [
            Formula(6, 1, "shared", "0", "SUM(B$3:B5)"),
            Formula(6, 2, "shared", "0", ""),
            Formula(7, 3, "shared", "0", ""),
            Formula(6, 4, "shared", "1", "D6/C6"),
            Formula(6, 5, "shared", "1", ""),
            Formula(6, 6, "shared", "7", ""),
        ]
    )
    assert found == {(6, 1): (3, 1, 5, 1), (6, 2): (3, 2, 5, 2), (7, 3): (3, 3, 6, 3)}


def test_a_shared_formula_in_a_file_has_the_value_of_its_own_cell() -> None:
    """As Excel saves a filled row: the text stands in the first cell alone."""
    shared = (
        b'<c r="B6"><f t="shared" ref="B6:C6" si="0">SUM(B3:B5)</f><v>18</v></c>'
        b'<c r="C6"><f t="shared" si="0"/><v>21</v></c></row>'
    )
    plain = workbook({"DA1": [[], [], [None, 5, 6], [None, 6, 7], [None, 7, 8], ["Jumlah"]]})
    end = b"</row></sheetData>"
    book = read(repacked(plain, {SHEET: (end, shared + end[6:])}), "a.xlsx")
    assert cells(book)[5] == ("Jumlah", "18", "21")
    assert book.grids[0].sums == {(6, 1): (3, 1, 5, 1), (6, 2): (3, 2, 5, 2)}


def test_an_array_formula_is_no_sum() -> None:
    """It may stand for many cells."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A9"] = ArrayFormula("A9:A9", "=SUM(B1:B3)")
    assert read(_saved(book), "a.xlsx").grids[0].sums == {}


def test_the_value_of_another_workbook_is_taken_and_said() -> None:
    """Nothing is fetched; a formula without its value is not blank."""
    linked = b'<c r="A1"><f>[1]DA1!$B$7</f><v>12</v></c><c r="B1"><f>[1]DA1!$B$8</f></c></row>'
    plain = repacked(workbook({"DA1": [["x"]]}), {SHEET: (b"</row>", b"</row>")})
    with ZipFile(BytesIO(plain)) as package:
        row = re.search(rb"<c r=.*</row>", package.read(SHEET))
    assert row
    book = read(repacked(plain, {SHEET: (row[0], linked)}), "a.xlsx")
    assert cells(book) == [("12", NO_VALUE + "=[1]DA1!$B$8")]
    assert [(note.rule, note.place) for note in book.findings] == [
        ("external_link", "a.xlsx!DA1!A1")
    ]


CELLS = st.sampled_from(
    [
        b'<c r="%s"><v>5</v></c>',
        b'<c r="%s" s="3"/>',
        b'<c r="%s" t="e"><v>#REF!</v></c>',
        b'<c r="%s" s="1" t="e"><f>A1/0</f><v>#DIV/0!</v></c>',
        b'<c r="%s" t="e"><f t="shared" si="0"/><v>#N/A</v></c>',
        b'<c r="%s"><f>A1&amp;"x"</f></c>',
        b'<c r="%s"><f>A1&lt;2</f><v></v></c>',
        b'<c r="%s"><f>A1</f><v/></c>',
        b'<c r="%s" t="str"><f>A1</f><v></v></c>',
        b'<c r="%s"><f>SUM(A1:A3)</f><v>5</v></c>',
        b'<c r="%s"><f t="shared" ref="A1:Z9" si="0">SUM(B1:B3)</f><v>5</v></c>',
        b'<c r="%s"><f t="shared" si="0"/><v>5</v></c>',
        b'<c r="%s"><f t="shared" si="0"/></c>',
        b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>',
        b'<c r="%s"><f>[2]A!A1</f><v>5</v></c>',
    ]
)
ROWS = st.lists(
    st.tuples(st.sampled_from([b"", b' hidden="1"', b' hidden="0"']), st.lists(CELLS, max_size=5)),
    max_size=6,
)


@given(ROWS, st.booleans(), st.booleans())
def test_searching_and_parsing_find_the_same(
    rows: list[tuple[bytes, list[bytes]]],
    merged: bool,  # noqa: FBT001 - drawn
    columns: bool,  # noqa: FBT001 - drawn
) -> None:
    """The quick way is the exact way, only quicker."""
    body = b"".join(
        b'<row r="%d"%s>' % (at, said)
        + b"".join(cell % (b"%c%d" % (65 + place, at)) for place, cell in enumerate(inside))
        + b"</row>"
        for at, (said, inside) in enumerate(rows, 1)
    )
    part = b"<worksheet>%s<sheetData>%s</sheetData>%s</worksheet>" % (
        b'<cols><col min="2" max="4" hidden="1"/></cols>' if columns else b"",
        body,
        b'<mergeCells><mergeCell ref="B2:C4"/></mergeCells>' if merged else b"",
    )
    assert facts_of(part) == parsed(part, "a.xlsx")


ODS_ROWS = """<table:table-column/><table:table-column table:number-columns-repeated="2"
 table:visibility="collapse"/>
<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"
 office:value-type="string"><text:p>Kecamatan</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row>
<table:table-row-group><table:table-row table:visibility="filter"
><table:table-cell office:value-type="float" office:value="5"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float"
 office:value="6"/></table:table-row></table:table-row-group>
<table:table-row><table:table-cell table:formula="of:=SUM([.A2:.A4])" office:value-type="float"
 office:value="17"/>
<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""
 calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
<table:table-cell table:formula="of:=[.A1]*2"/>
<table:table-cell table:formula="of:=SUM(['file:///b.ods'#$DA1.A1:.A3])" office:value-type="float"
 office:value="3"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570" table:visibility="collapse">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>"""


def test_open_document_tells_the_same() -> None:
    """Also what LibreOffice writes beside the values: errors, formulas, what is repeated."""
    # The library takes no white space between the cells; nobody writes any.
    written = ODS_ROWS.replace("\n<", "<").replace("\n", " ")
    book = read(ods(written), "a.ods")
    grid = book.grids[0]
    assert cells(book)[4] == ("17", ERROR_VALUE + "#DIV/0!", NO_VALUE + "=[.A1]*2", "3")
    assert grid.merged == ((1, 0, 1, 1),)
    assert grid.hidden_rows == {2}
    assert grid.hidden_columns == {1, 2}
    assert grid.sums == {(5, 0): (2, 0, 4, 0)}
    assert [(note.rule, note.place) for note in book.findings] == [
        ("hidden_rows", "a.ods!DA1!2"),
        ("hidden_columns", "a.ods!DA1!B"),
        ("external_link", "a.ods!DA1!D5"),
    ]
