"""A workbook in (XLSX, XLSM, XLS, XLSB, ODS), one grid per sheet out.

Limit: in XLS, XLSB and ODS a cell with an error value looks blank to the library; only XLSX and
XLSM get the second look that tells them apart, for the others a note says so.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.model import Finding
from recount.readers._cells import bound, columns, grid, written
from recount.readers._edge import shielded
from recount.readers._package import look_through
from recount.readers._second_look import Marks, marks_by_sheet
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from python_calamine import CalamineSheet, CalamineWorkbook

    from recount.model import Grid

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def claims(data: bytes) -> bool:
    """Say whether the content begins as a workbook of any of these kinds does."""
    return data.startswith((_ZIP, _EMPTY_ZIP, _OLE))


def grids(data: bytes, label: str) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Read every sheet of cells, hidden ones too (with a note); sheets without cells give none.

    Raises `RecountError` for a damaged or locked workbook, and for one beyond all bounds.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked(label)
        return _book(data, label, "xls", {})
    package = look_through(data, label)
    with _damage(label):
        marks = marks_by_sheet(data, package.suspects) if package.suspects else {}
    return _book(data, label, package.kind, marks)


def _book(
    data: bytes, label: str, kind: str, marks: Mapping[str, Marks]
) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    from python_calamine import PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    findings = [] if kind == "xlsx" else [_errors_look_blank(label)]
    tables = []
    with _damage(label):
        try:
            book = load_workbook(BytesIO(data))
        except PasswordError as fault:
            raise _locked(label) from fault
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            table = _sheet(book, sheet.name, label, marks.get(sheet.name, {}))
            if table is None:
                continue
            tables.append(table)
            if sheet.visible != SheetVisibleEnum.Visible:
                findings.append(_hidden(label, sheet.name))
    return tuple(tables), tuple(findings)


def _sheet(book: CalamineWorkbook, name: str, label: str, marks: Marks) -> Grid | None:
    sheet = book.get_sheet_by_name(name)
    height, width = _extent(sheet, marks)
    bound(height, width, f"{label}!{name}")
    rows = [
        [None if isinstance(value, str) and _is_blank(value) else written(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    _lay_over(rows, marks, height, width)
    return grid(label, name, columns(rows, f"{label}!{name}"))


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _extent(sheet: CalamineSheet, marks: Marks) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell that holds something."""
    row, column = sheet.end or (-1, -1)
    height = max([row, *(row for row, _ in marks)]) + 1
    return height, max([column, *(column for _, column in marks)]) + 1


def _lay_over(rows: list[list[str | None]], marks: Marks, height: int, width: int) -> None:
    if not marks:
        return
    rows += [[] for _ in range(height - len(rows))]
    for (row, column), mark in marks.items():
        cells = rows[row]
        cells += [None] * (width - len(cells))
        cells[column] = mark


def _damage(label: str) -> AbstractContextManager[None]:
    return shielded(
        say("The workbook is damaged, or is not a workbook."),
        mend=say("Copy or download it again, or open it in a spreadsheet and save it once more."),
        place=label,
    )


def _locked(label: str) -> RecountError:
    return RecountError(
        say("The workbook is protected with a password."),
        mend=say("Open it with the password, and save a copy without one."),
        place=label,
    )


def _hidden(label: str, sheet: str) -> Finding:
    return Finding(
        rule="hidden_sheet",
        severity="note",
        message=say("The sheet {sheet} is hidden; it was read all the same.", sheet=sheet),
        mend=say("Delete the sheet if its figures should not count."),
        place=f"{label}!{sheet}",
    )


def _errors_look_blank(label: str) -> Finding:
    return Finding(
        rule="error_cells",
        severity="note",
        message=say("In this kind of workbook a cell with an error value looks blank."),
        mend=say("If blanks surprise you, save the workbook as .xlsx and read that."),
        place=label,
    )
