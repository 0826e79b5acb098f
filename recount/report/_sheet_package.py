"""A workbook's package in, the same with the rows of its large sheets and their texts out."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STRINGS = "xl/sharedStrings.xml"
_LEVEL = 4
"""Of compression: half the time of the usual 6, for a few bytes more in a hundred."""

_COUNTS = re.compile(r' count="(\d+)" uniqueCount="(\d+)"')
_STYLED = re.compile(r'<c r="[A-Z]+2" s="(\d+)"/>')
_DATA = re.compile(r"(<sheetData><row .*?</row>).*</sheetData>", re.DOTALL)


def sheet_name(number: int) -> str:
    """The part that holds a sheet, from 1 in the order they were added."""
    return f"xl/worksheets/sheet{number}.xml"


class Package:
    """The parts of a workbook as xlsxwriter made it, to be finished."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))

    def styles(self, sheet: int) -> list[str]:
        """The numbers of the looks that the blank cells of a sheet's second row have."""
        return _STYLED.findall(self._text(sheet_name(sheet)))

    def strings(self) -> int:
        """How many texts the workbook holds already."""
        found = _COUNTS.search(self._text(STRINGS))
        return int(found[2]) if found else 0

    def finished(self, rows: Mapping[int, str], strings: str, mentions: int, unique: int) -> bytes:
        """Put rows below the headings of sheets, and texts behind those that are there."""
        changed: dict[str, Callable[[str], str]] = {
            sheet_name(sheet): _with_rows(text) for sheet, text in rows.items()
        }
        changed[STRINGS] = _with_strings(strings, mentions, unique)
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as out:
            for info in self._zip.infolist():
                data = self._zip.read(info)
                if info.filename in changed:
                    data = changed[info.filename](data.decode()).encode()
                out.writestr(_entry(info), data, ZIP_DEFLATED, _LEVEL)
        return buffer.getvalue()

    def _text(self, name: str) -> str:
        return self._zip.read(name).decode()


def _entry(info: ZipInfo) -> ZipInfo:
    """The same name with the same fixed time."""
    return ZipInfo(info.filename, info.date_time)


def _with_rows(rows: str) -> Callable[[str], str]:
    return lambda sheet: _DATA.sub(lambda found: f"{found[1]}{rows}</sheetData>", sheet, 1)


def _with_strings(more: str, mentions: int, unique: int) -> Callable[[str], str]:
    def changed(table: str) -> str:
        def counts(found: re.Match[str]) -> str:
            return f' count="{int(found[1]) + mentions}" uniqueCount="{int(found[2]) + unique}"'

        return _COUNTS.sub(counts, table, 1).replace("</sst>", f"{more}</sst>")

    return changed
