"""One part of a workbook in; an error when its cells span more than can be held.

The library that reads workbooks lays out every cell between the first and the last one: two cells
in opposite corners of a sheet would be 17 billion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recount.readers._cells import bound_sheet
from recount.readers._edge import MAX_IN_SHEET
from recount.readers._facts import column_number

if TYPE_CHECKING:
    from collections.abc import Iterator

# Spreadsheet programs write <c r="B5" ...>, so a plain search tells how long the addresses are.
_TWO_LETTERS = re.compile(rb'<c r="[A-Za-z]{2}')
_THREE_LETTERS = re.compile(rb'<c r="[A-Za-z]{3}')
_FOUR_LETTERS = re.compile(rb'<c r="[A-Za-z]{4}')
_ODD_TAG = re.compile(rb"""<(?:!|c(?! r=")[\s>/])""")
_ODD_VALUE = re.compile(rb"""=(?:[\s']|(?<=\s=))""")
_PREFIX = re.compile(rb"xmlns:\w+\s*=\s*.[^\"']*spreadsheetml")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c\b")

_BIFF_ROW, _BIFF_CELLS = 0, frozenset([*range(1, 12), 62])


def bound_xlsx(part: bytes, place: str, *, odd: bool) -> None:
    """Check a sheet of an .xlsx: quickly by the length of its addresses, exactly if need be.

    `odd`: what `is_odd` said.
    """
    if odd:
        chunks = _ROW.split(part)
        most = max(len(_CELL.findall(chunk)) for chunk in chunks)
        rows, columns = _spanned(part)
        bound_sheet(rows + len(chunks), columns + most, place)
        return
    width = _widest(part)
    digits = len(str(MAX_IN_SHEET // width))
    if re.search(rb'<c r="[A-Za-z]*[0-9]{%d}' % digits, part):
        bound_sheet(*_spanned(part), place)


def _widest(part: bytes) -> int:
    """Give the most columns that addresses of so many letters can mean."""
    if not _TWO_LETTERS.search(part):
        return 26
    if not _THREE_LETTERS.search(part):
        return 702
    return MAX_IN_SHEET if _FOUR_LETTERS.search(part) else 18_278


def is_odd(part: bytes) -> bool:
    """Whether a sheet's XML is written otherwise than spreadsheet programs do."""
    return any(one.search(part) for one in (_ODD_TAG, _ODD_VALUE, _PREFIX))


def bound_xlsb(part: bytes, place: str) -> None:
    """Check a sheet of an .xlsb by walking through its records."""
    row = height = width = 0
    for kind, start in _records(part):
        first = int.from_bytes(part[start : start + 4], "little")
        if kind == _BIFF_ROW:
            row = first + 1
        elif kind in _BIFF_CELLS:
            height, width = max(height, row), max(width, first + 1)
    bound_sheet(height, width, place)


def _spanned(part: bytes) -> tuple[int, int]:
    rows, letters = 0, set()
    for found in _ADDRESS.finditer(part):
        rows = max(rows, int(found[2]))
        letters.add(found[1])
    return rows, max(map(column_number, letters), default=0)


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
