"""A sheet's XML in, the cells out that the fast reader shows as blank although they are not.

Those are error values (#DIV/0!) and formulas whose value was never saved.
"""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring, iterparse

from recount.model import ERROR_VALUE, NO_VALUE
from recount.readers._bounds import column_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from xml.etree.ElementTree import Element

Marks = dict[tuple[int, int], str]
"""Row and column (both from 0) of a cell, and its text with its mark."""

_ADDRESS = re.compile(r"([A-Za-z]+)(\d+)")
_NS = "{*}"


def marks_by_sheet(data: bytes, suspects: Collection[str]) -> Mapping[str, Marks]:
    """Find the marked cells of the suspect parts, by the name of their sheet."""
    with ZipFile(BytesIO(data)) as package:
        book = next(name for name in package.namelist() if name.lower().startswith("xl/workbook"))
        folder, file = posixpath.split(book)
        targets = _targets(package.read(f"{folder}/_rels/{file}.rels"), folder)
        sheets = _sheets(package.read(book))
        return {
            sheet: _marks(package.read(targets[key]))
            for sheet, key in sheets.items()
            if targets.get(key) in suspects
        }


def _targets(rels: bytes, folder: str) -> dict[str, str]:
    """Part of each relation of the workbook; a target is relative to it, or starts with "/"."""
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in fromstring(rels, forbid_dtd=True)
    }


def _sheets(workbook: bytes) -> dict[str, str]:
    root = fromstring(workbook, forbid_dtd=True)
    return {
        sheet.get("name", ""): value
        for sheet in root.iterfind(f"{_NS}sheets/{_NS}sheet")
        for name, value in sheet.attrib.items()
        if name.endswith("}id")
    }


def _marks(part: bytes) -> Marks:
    marks: Marks = {}
    row = column = -1
    for event, element in iterparse(BytesIO(part), events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "end" and name == "c":
            row, column = _place(element, row, column + 1)
            if mark := _mark(element):
                marks[row, column] = mark
        elif event == "end" and name == "row":
            element.clear()
    return marks


def _place(cell: Element, row: int, column: int) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(cell.get("r", ""))
    if not found:
        return row, column
    return int(found[2]) - 1, column_number(found[1].encode()) - 1


def _mark(cell: Element) -> str | None:
    value = cell.findtext(f"{_NS}v")
    if cell.get("t") == "e":
        return ERROR_VALUE + (value or "#VALUE!")
    formula = cell.find(f"{_NS}f")
    if formula is None or value or cell.get("t") == "str":
        return None
    return f"{NO_VALUE}={formula.text or ''}"
