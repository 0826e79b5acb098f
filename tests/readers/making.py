"""Files as people send them, made for the tests; and what a reader makes of them."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import openpyxl

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from recount import readers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import Book

__all__ = ["cells", "numbers", "ods", "read", "repacked", "workbook", "zipped", "zstd"]

Cells = list[tuple[str | None, ...]]


def read(data: bytes, label: str = "a.csv") -> Book:
    """Read bytes as if they had come through standard input."""
    return readers.read("-", label=label, stdin=data)


def cells(book: Book, index: int = 0) -> Cells:
    """Give the cells of one grid, without the row numbers."""
    return list(book.grids[index].cells.drop("row").iter_rows())


def numbers(book: Book, index: int = 0) -> list[int]:
    """Give the row numbers of one grid."""
    return book.grids[index].cells["row"].to_list()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Make an .xlsx; texts that begin with "=" are formulas without a value."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data: bytes, changes: Mapping[str, tuple[bytes, bytes]]) -> bytes:
    """Replace a text in parts of a package."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            before, after = changes.get(name, (b"", b""))
            new.writestr(name, old.read(name).replace(before, after) if before else old.read(name))
    return target.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Make a zip of these parts."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="DA1">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
_ODS_MANIFEST = b"""<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""


def ods(rows: str) -> bytes:
    """Make a minimal .ods of the given `table:table-row` elements."""
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "content.xml": _ODS_CONTENT.format(rows=rows).encode(),
            "META-INF/manifest.xml": _ODS_MANIFEST,
        }
    )
