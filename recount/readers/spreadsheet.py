"""A workbook in (XLSX, XLSM, XLS, XLSB, ODS), one grid per sheet out.

Limit: in XLS and XLSB a cell with an error value looks blank to the library, and it does not tell
hidden rows and formulas (merged cells only in XLS); a note says so. Of XLSX, XLSM and ODS the XML
tells all of that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.numbers import parse_count
from recount.own import CHECK_ROWS, CHECK_SHEET, ENTRY_SHEET, wrote
from recount.readers._cells import Tables, Texts, bound_sheet, columns, grid, small_grid
from recount.readers._edge import shielded
from recount.readers._facts import Facts
from recount.readers._notes import notes_on_book, notes_on_sheet
from recount.readers._ole import follow_all
from recount.readers._package import Package, look_through
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

    from recount.model import Grid
    from recount.readers._facts import Range

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

SMALL = 2_000
"""Rows up to which a sheet is put into a frame row by row."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RULE = re.compile(r"R[0-9]{1,2}")
"""What a row of a template's checks begins with."""
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED, _VBA = ("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le"))


def claims(data: bytes) -> bool:
    """Say whether the content begins as a workbook of any of these kinds does."""
    return data.startswith((_ZIP, _EMPTY_ZIP, _OLE))


def grids(data: bytes, label: str) -> Tables:
    """Read every sheet of cells, hidden ones too (with a note); sheets without cells give none.

    Raises `RecountError` for a damaged or locked workbook, and for one beyond all bounds.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked(label)
        with _damage(label):
            follow_all(data)
        package = Package("xls", {}, macros=_VBA in data)
    else:
        package = look_through(data, label)
    return _book(data, label, package)


def _book(data: bytes, label: str, package: Package) -> Tables:
    from python_calamine import PasswordError, SheetTypeEnum, load_workbook

    findings = list(notes_on_book(label, package.kind, macros=package.macros))
    tables, empty, own = [], [], []
    with _damage(label):
        try:
            book = load_workbook(BytesIO(data))
        except PasswordError as fault:
            raise _locked(label) from fault
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            facts = package.facts.get(sheet.name, Facts())
            table = _sheet(book, sheet, label, facts)
            if table is None:
                empty.append(sheet.name)
            elif _is_ours(table):
                own.append(sheet.name)
            else:
                tables.append(table)
                findings += notes_on_sheet(table, facts)
    return Tables(tuple(tables), tuple(findings), tuple(empty), tuple(own))


def _sheet(book: CalamineWorkbook, said: SheetMetadata, label: str, facts: Facts) -> Grid | None:
    from python_calamine import SheetVisibleEnum

    sheet = book.get_sheet_by_name(said.name)
    height, width = _extent(sheet, facts.marks)
    bound_sheet(height, width, f"{label}!{said.name}")
    texts = Texts()
    rows = [texts.row(row) for row in sheet.to_python(skip_empty_area=False)]
    _lay_over(rows, facts.marks, height, width)
    _drop_own(rows)
    if height > SMALL:
        table = grid(label, said.name, columns(rows, f"{label}!{said.name}"))
    else:
        table = small_grid(label, said.name, rows)
    if table is None:
        return None
    high, wide = table.cells.shape
    return replace(
        table,
        merged=facts.merged or _merged(sheet),
        hidden_rows=frozenset(row for row in facts.hidden_rows if row <= high),
        hidden_columns=frozenset(at for at in facts.hidden_columns if at < wide - 1),
        hidden=said.visible != SheetVisibleEnum.Visible,
        sums=facts.sums,
    )


def _drop_own(rows: list[list[str | None]]) -> None:
    """Blank the checks that our templates have below a table; what stands behind them stays."""
    starts = [at for at, row in enumerate(rows) if at and row and wrote(row[0], CHECK_ROWS)]
    for start in starts:
        rows[start].clear()
        for row in rows[start + 1 :]:
            # A figure is nobody's check: whatever calls itself so, it is read.
            if not (row and row[0] and _RULE.fullmatch(row[0])) or any(map(_is_figure, row)):
                break
            row.clear()


def _is_figure(cell: str | None) -> bool:
    return bool(cell) and isinstance(parse_count(cell), int)


def _is_ours(table: Grid) -> bool:
    """Whether this program wrote the sheet, as a summary: what it adds up stands elsewhere."""
    first = table.head[0][0] if table.head and table.head[0] else None
    return wrote(first, CHECK_SHEET, ENTRY_SHEET)


def _merged(sheet: CalamineSheet) -> tuple[Range, ...]:
    """Ranges as the library tells them, which is for .xls only."""
    return tuple(
        (top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _extent(sheet: CalamineSheet, marks: Mapping[tuple[int, int], str]) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell that holds something."""
    row, column = sheet.end or (-1, -1)
    height = max([row, *(row for row, _ in marks)]) + 1
    return height, max([column, *(column for _, column in marks)]) + 1


def _lay_over(
    rows: list[list[str | None]], marks: Mapping[tuple[int, int], str], height: int, width: int
) -> None:
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
