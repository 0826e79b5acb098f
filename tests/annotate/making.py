"""Workbooks as witnesses have them, findings about them, and what annotating makes of both."""

from __future__ import annotations

import hashlib
import warnings
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]

from recount.annotate import Annotated, annotate
from recount.model import Election, Finding, Input
from recount.result import VERSION, Tallied
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.workbook import Workbook

    from recount.model import Severity

LABEL = "saksi.xlsx"
SHEET = "Kec. Jum'at ! rapi é"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def finding(
    cell: str | None,
    severity: Severity = "error",
    *,
    sheet: str = SHEET,
    message: Text | None = None,
    rule: str = "R1",
) -> Finding:
    """A finding about a cell of a workbook (None: about its sheet)."""
    place = f"{LABEL}!{sheet}" if cell is None else f"{LABEL}!{sheet}!{cell}"
    told = message or say("The cell holds “{text}”, which is no number.", text="4o")
    return Finding(rule, severity, told, say("Compare the cell with the form."), place)


def annotated(data: bytes, *findings: Finding, lang: str = "en") -> Annotated:
    digest = hashlib.sha256(data).hexdigest()
    inputs = (Input("ours", LABEL, digest, len(data), 5),)
    result = Tallied(VERSION, Election("", ""), inputs, (), None, findings)
    return annotate(data, LABEL, result, lang)


def opened(data: bytes, *, values: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what it would lose when writing
        return openpyxl.load_workbook(BytesIO(data), data_only=values)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(held: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(name, data)
    return buffer.getvalue()


def rich() -> bytes:
    """A workbook with what a library would lose: chart, bars, a note, values of formulas."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": 1, "bg_color": "#1F3864", "font_color": "white", "border": 1})
    cell = book.add_format({"border": 1, "num_format": "#,##0"})
    sheet.set_column(0, 0, 4)
    sheet.set_column(2, 2, 20)
    sheet.set_row(3, 40)
    headings = ["No", "Kab/Kota", "Kecamatan", "1", "2", "suara sah"]
    sheet.write_row(0, 0, headings, head)
    sheet.merge_range(1, 1, 3, 1, "Kota Samarinda", cell)
    rows = [("Palaran", 100, 200, 300), ("Sambutan", 30, "4o", 70), ("=1+1", 5, None, 8)]
    for at, (name, *votes) in enumerate(rows, start=1):
        sheet.write_number(at, 0, at, cell)
        sheet.write_string(at, 2, name, cell)
        for column, vote in enumerate(votes, start=3):
            sheet.write(at, column, vote, cell)
    sheet.write_formula(4, 5, "=SUM(F2:F4)", cell, 378)
    sheet.write_comment(2, 4, "catatan saksi", {"author": "saksi"})
    sheet.write_comment(0, 0, "catatan lain", {"author": "saksi"})
    sheet.data_validation(1, 3, 3, 4, {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format(1, 3, 3, 4, {"type": "data_bar", "bar_solid": True})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [SHEET, 1, 3, 3, 3]})
    sheet.insert_chart(8, 2, chart)
    book.add_worksheet("Sheet2").write_string(0, 0, "catatan")
    book.close()
    return buffer.getvalue()


def plain(sheet: str, *, styles: bool = True) -> bytes:
    """The smallest package around one sheet's XML, as other programs than Excel write it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rels = f'<Relationships xmlns="{package}/relationships">%s</Relationships>'
    entry = f'<Relationship Id="rId%d" Type="{office}/%s" Target="%s"/>'
    held = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": rels % (entry % (1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{office}"><x:sheets>'
        '<x:sheet name="Data" sheetId="3" q:id="rId1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": rels
        % (entry % (1, "worksheet", "sheet.xml") + entry % (2, "styles", "/xl/styles.xml")),
        "xl/sheet.xml": sheet,
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts><font><sz val="9"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders><border/></borders><cellStyleXfs><xf/>'
        "</cellStyleXfs><cellXfs><xf/><xf numFmtId='3' applyNumberFormat='1'/></cellXfs>"
        "</styleSheet>",
    }
    if not styles:
        del held["xl/styles.xml"]
        held["xl/_rels/workbook.xml.rels"] = rels % (entry % (1, "worksheet", "sheet.xml"))
        held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>', ""
        )
    return packed({name: text.encode() for name, text in held.items()})
