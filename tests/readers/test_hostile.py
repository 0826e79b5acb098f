"""Files made to do harm: each ends soon, in bounds, as cells or as one clear error."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO
from time import perf_counter
from zipfile import ZipFile

import pytest

from recount.errors import RecountError
from recount.model import column_letters
from recount.readers import _xml
from recount.texts import speak
from tests.readers.making import cells, ods, read, repacked, workbook, zipped
from tests.readers.test_spreadsheet import XLS

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
GOOD = workbook({"DA1": [["Kecamatan", "01"], ["Palaran", 1234]]})
END = b"</sheetData>"
LONG = 30
"""Seconds within which any of these ends, on a slow machine that does something else besides."""

REPEATED = """<table:table-row table:number-rows-repeated="{rows}"><table:table-cell
 table:number-columns-repeated="{columns}" office:value-type="{kind}" office:value="1"
 /></table:table-row>"""


def _sheet(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    return repacked(GOOD, {part: (old, new)})


def _below(content: bytes) -> bytes:
    return _sheet(END, content + END)


def _styled(rows: int) -> bytes:
    cells_ = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (at, at) for at in range(3, rows)
    )
    return _below(cells_)


def _wide(rows: int) -> bytes:
    letters = [column_letters(at).encode() for at in range(16_384)]
    return _below(
        b"".join(
            b'<row r="%d">' % at
            + b"".join(b'<c r="%s%d"><v>1</v></c>' % (letter, at) for letter in letters)
            + b"</row>"
            for at in range(3, 3 + rows)
        )
    )


def _many_sheets(count: int) -> bytes:
    office = "http://schemas.openxmlformats.org"
    relations = f"{office}/officeDocument/2006/relationships"
    package = f'xmlns="{office}/package/2006/relationships"'
    main = f'xmlns="{office}/spreadsheetml/2006/main"'
    sheets = "".join(
        f'<sheet name="S{at}" sheetId="{at + 1}" r:id="r{at}"/>' for at in range(count)
    )
    targets = "".join(
        f'<Relationship Id="r{at}" Type="{relations}/worksheet" Target="worksheets/s{at}.xml"/>'
        for at in range(count)
    )
    root = f'<Relationship Id="r" Type="{relations}/officeDocument" Target="{BOOK}"/>'
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    sheet = f"<worksheet {main}>{rows}</worksheet>"
    parts = {
        "_rels/.rels": f"<Relationships {package}>{root}</Relationships>",
        BOOK: f'<workbook {main} xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {package}>{targets}</Relationships>",
        **{f"xl/worksheets/s{at}.xml": sheet for at in range(count)},
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def _xls(change: str) -> bytes:
    """Break the chains of sectors of a small .xls ([MS-CFB], 2.3)."""
    data = bytearray(zlib.decompress(base64.b64decode(XLS)))
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    for at in range(128):
        value = struct.unpack_from("<I", data, table + 4 * at)[0]
        if change == "to itself" and value < 0xFFFFFFFA:
            struct.pack_into("<I", data, table + 4 * at, at)
        elif change == "back to the start" and value == 0xFFFFFFFE:
            struct.pack_into("<I", data, table + 4 * at, 0)
        elif change == "out of the file" and value < 0xFFFFFFFA:
            struct.pack_into("<I", data, table + 4 * at, 0xFFFFFF)
    if change == "a table of tables without end":
        data += struct.pack("<127I", *[0xFFFFFFFF] * 127) + struct.pack("<I", 0)
        own = len(data) // 512 - 2
        struct.pack_into("<I", data, len(data) - 4, own)
        struct.pack_into("<I", data, 68, own)
    return bytes(data)


DAMAGED, TOO_LARGE, FAR_MORE = "damaged", "too large", "far more than a table"
NO_XML = "XML that no spreadsheet"
_DTD = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

REFUSED = {
    "an external entity": (lambda: _sheet(b"<worksheet", _DTD + b"<worksheet"), NO_XML),
    "an entity behind a long comment": (
        lambda: _sheet(b"<worksheet", b"<!--" + b"x" * 9_000 + b"-->" + _DTD + b"<worksheet"),
        DAMAGED,
    ),
    "a tag without end": (lambda: _below(b"<row" + b' hidden="1"' * 2_000_000 + b"<"), DAMAGED),
    "rows that never close": (lambda: _below(b"<row " * 1_000_000), DAMAGED),
    "16,384 columns to the last row": (
        lambda: _below(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        TOO_LARGE,
    ),
    "chains to themselves": (lambda: _xls("to itself"), DAMAGED),
    "chains back to the start": (lambda: _xls("back to the start"), DAMAGED),
    "chains out of the file": (lambda: _xls("out of the file"), DAMAGED),
    "a table of tables without end": (lambda: _xls("a table of tables without end"), DAMAGED),
    "ods: repeated both ways": (
        lambda: ods(REPEATED.format(rows=1_048_576, columns=16_384, kind="float")),
        TOO_LARGE,
    ),
    "ods: repeated beyond all numbers": (
        lambda: ods(REPEATED.format(rows=10**30, columns=10**30, kind="float")),
        TOO_LARGE,
    ),
    "ods: repeated by a word": (
        lambda: ods(REPEATED.format(rows="x", columns=1, kind="float")),
        DAMAGED,
    ),
    "ods: errors repeated": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="900000"><table:table-cell '
            'table:formula="of:=1/0" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        TOO_LARGE,
    ),
    "ods: nothing, deep": (
        lambda: ods("<table:table-row>" + "<text:p>" * 99_999 + "</text:p>" * 99_999),
        DAMAGED,
    ),
}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_harm_is_refused_in_one_sentence(make: object, words: str) -> None:
    """In both languages, soon, with what to do about it."""
    assert callable(make)
    data = make()
    start = perf_counter()
    with pytest.raises(RecountError) as caught:
        read(data, "a.xlsx")
    assert perf_counter() - start < LONG
    assert words in speak(caught.value.message, "en")
    for text in (caught.value.message, caught.value.mend):
        assert speak(text, "id") != speak(text, "en")


READ = {
    "a million styled rows": lambda: _styled(1_048_576 // 4),
    "a million empty rows": lambda: _below(b'<row r="1048576" ht="15" customHeight="1"/>'),
    "a styled cell far down": lambda: _below(b'<row r="1048576"><c r="B1048576" s="0"/></row>'),
    "elements within elements": lambda: _sheet(END, END + b"<x>" * 300_000 + b"</x>" * 300_000),
    "elements within elements, in another spelling": lambda: _sheet(
        END, END + b"<x a='1'>" * 200_000 + b"</x>" * 200_000
    ),
    "elements within elements, in the book": lambda: repacked(
        _below(b'<row r="9" hidden="1"/>'),
        {BOOK: (b"<sheets>", b"<x>" * 20_000 + b"</x>" * 20_000 + b"<sheets>")},
    ),
    "texts that nobody uses": lambda: _sheet(
        b"</sst>", b"<si><t>abcdefgh</t></si>" * 1_000_000 + b"</sst>", "xl/sharedStrings.xml"
    ),
}


@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_ballast_does_not_matter(make: object) -> None:
    """The figures are read as if it were not there."""
    assert callable(make)
    data = make()
    start = perf_counter()
    assert cells(read(data, "a.xlsx")) == [("Kecamatan", "01"), ("Palaran", "1234")]
    assert perf_counter() - start < LONG


def test_all_columns_of_a_sheet_are_read() -> None:
    """16,384 columns are a sheet; some rows of them are no harm."""
    start = perf_counter()
    grid = read(_wide(5), "a.xlsx").grids[0]
    assert grid.cells.shape == (7, 16_385)
    assert perf_counter() - start < LONG


def test_thousands_of_sheets_are_read() -> None:
    """Each is a grid; the time is that of so many sheets."""
    start = perf_counter()
    assert len(read(_many_sheets(2_000), "a.xlsx").grids) == 2_000
    assert perf_counter() - start < LONG


def test_a_column_repeated_a_million_times_in_an_ods_stays_in_bounds() -> None:
    """It counts as often as it says, within what a sheet may span."""
    book = read(ods(REPEATED.format(rows=1, columns=1_000, kind="float")), "a.ods")
    assert book.grids[0].cells.shape == (1, 1_001)


def test_more_tags_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a single one of them is looked at."""
    monkeypatch.setattr(_xml, "MAX_TAGS", 1_000)
    data = ods("<table:table-row/>" * 1_001)
    with pytest.raises(RecountError, match=FAR_MORE):
        read(data, "a.ods")


def test_macros_are_not_run_and_said() -> None:
    """An .xlsm is read like any other; what is in the macro part is nobody's business."""
    target = BytesIO(GOOD)
    with ZipFile(target, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Shell" * 99)
    book = read(target.getvalue(), "a.xlsm")
    assert cells(book)[1] == ("Palaran", "1234")
    assert [(note.rule, note.severity, note.place) for note in book.findings] == [
        ("macros", "note", "a.xlsm")
    ]
