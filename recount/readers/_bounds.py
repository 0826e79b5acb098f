"""One part of a workbook in; an error when its cells span more than can be held.

The library that reads workbooks lays out every cell between the first and the last one: two cells
in opposite corners of a sheet would be 17 billion.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from defusedxml.ElementTree import iterparse

from recount.readers._cells import bound
from recount.readers._edge import MAX_CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# Spreadsheet programs write <c r="B5" ...>, so a plain search tells how long the addresses are.
_TWO_LETTERS = re.compile(rb'<c r="[A-Za-z]{2}')
_THREE_LETTERS = re.compile(rb'<c r="[A-Za-z]{3}')
_ODD = (b":c", b"<c\n", b"<c\r", b"<c\t", b"='", b"t =")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c\b")

_BIFF_ROW, _BIFF_CELLS = 0, frozenset([*range(1, 12), 62])

_ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_ROWS_REPEATED = _ODS % ("table", "number-rows-repeated")
_COLUMNS_REPEATED = _ODS % ("table", "number-columns-repeated")
_ODS_TABLE, _ODS_ROW = _ODS % ("table", "table"), _ODS % ("table", "table-row")


def bound_xlsx(part: bytes, place: str) -> None:
    """Check a sheet of an .xlsx: quickly by the length of its addresses, exactly if need be."""
    if is_odd(part):
        chunks = _ROW.split(part)
        most = max(len(_CELL.findall(chunk)) for chunk in chunks)
        rows, columns = _spanned(part)
        bound(rows + len(chunks), columns + most, place)
        return
    width = _widest(part)
    digits = len(str(MAX_CELLS // width))
    if re.search(rb'<c r="[A-Za-z]*[0-9]{%d}' % digits, part):
        bound(*_spanned(part), place)


def _widest(part: bytes) -> int:
    """Give the most columns that addresses of so many letters can mean."""
    if not _TWO_LETTERS.search(part):
        return 26
    return MAX_CELLS if _THREE_LETTERS.search(part) else 702


def is_odd(part: bytes) -> bool:
    """Whether a sheet's XML is written otherwise than spreadsheet programs do."""
    cells = sum(part.count(start) for start in (b"<c ", b"<c>", b"<c/"))
    return cells != part.count(b'<c r="') or any(sign in part for sign in _ODD)


def bound_xlsb(part: bytes, place: str) -> None:
    """Check a sheet of an .xlsb by walking through its records."""
    row = height = width = 0
    for kind, start in _records(part):
        first = int.from_bytes(part[start : start + 4], "little")
        if kind == _BIFF_ROW:
            row = first + 1
        elif kind in _BIFF_CELLS:
            height, width = max(height, row), max(width, first + 1)
    bound(height, width, place)


def bound_ods(part: bytes, place: str) -> None:
    """Check every table of an .ods: repeated cells count as often as they are repeated."""
    height = at = width = 0
    for _, element in iterparse(BytesIO(part), forbid_dtd=True):
        if element.tag == _ODS_ROW:
            repeated = int(element.get(_ROWS_REPEATED, "1"))
            filled = _filled(element)
            at += repeated
            if filled:
                height, width = max(height, at), max(width, filled)
            element.clear()
        elif element.tag == _ODS_TABLE:
            bound(height, width, place)
            height = at = width = 0


def _filled(row: Element) -> int:
    """Columns of an .ods row up to the last cell that holds something."""
    at = last = 0
    for cell in row:
        at += int(cell.get(_COLUMNS_REPEATED, "1"))
        if len(cell) or any("value" in name for name in cell.attrib):
            last = at
    return last


def _spanned(part: bytes) -> tuple[int, int]:
    rows, letters = 0, set()
    for found in _ADDRESS.finditer(part):
        rows = max(rows, int(found[2]))
        letters.add(found[1])
    return rows, max(map(column_number, letters), default=0)


def column_number(letters: bytes) -> int:
    """Give a column's number by its letters: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """Kind and start of each record of an .xlsb part."""
    at = 0
    while at < len(part):
        kind, at = _varint(part, at, 2)
        size, at = _varint(part, at, 4)
        yield kind, at
        at += size


def _varint(part: bytes, at: int, longest: int) -> tuple[int, int]:
    value = 0
    for index in range(longest):
        byte = part[at + index]
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:  # noqa: PLR2004 - the bit that says whether another byte follows
            return value, at + index + 1
    return value, at + longest
