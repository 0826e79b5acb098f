"""Broken, locked and malicious files: each gives one message, and no library's traceback."""

from __future__ import annotations

import gzip
import os
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import readers
from recount.errors import RecountError
from recount.readers import compressed
from recount.texts import speak
from tests.readers.making import cells, read, repacked, workbook, zipped, zstd

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook({"DA1": [["Kecamatan", "01"], ["Palaran", 1234]]})
CSV = b"Kecamatan,01\nPalaran,1234\n"


def _parquet() -> bytes:
    target = BytesIO()
    pl.DataFrame({"Kecamatan": ["Palaran"], "01": [1234]}).write_parquet(target)
    return target.getvalue()


def _lying_about_size() -> bytes:
    """Make a workbook with a sheet 50 MB larger than the directory of the zip says."""
    part = BytesIO()
    with ZipFile(part, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        package.writestr(SHEET, b" " * 50_000_000)
    return part.getvalue().replace((50_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def _expanding() -> bytes:
    return zipped({"xl/workbook.xml": b"<workbook/>", SHEET: bytes(200_000_000)})


def _sheet(old: bytes, new: bytes) -> bytes:
    return repacked(GOOD, {SHEET: (old, new)})


_DTD = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
_CORNERS = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
_UNPLACED = b"<row><c><v>1</v></c></row>" * 30_000
_ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le")
)
_EXCEL_PAGE = b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>"

EMPTY, DAMAGED, MARKUP = "The file is empty", "damaged", "web page"
GIGANTIC, PICTURE = "far more than a table", "picture"

BROKEN = {
    "no bytes": (b"", "a.csv", EMPTY),
    "blanks only": (b" \r\n \n", "a.csv", EMPTY),
    "a BOM only": (b"\xef\xbb\xbf", "a.csv", EMPTY),
    "separators only": (b",,,\n,,,\n", "a.csv", EMPTY),
    "a UTF-16 BOM only": (b"\xff\xfe", "a.csv", EMPTY),
    "only sep=": (b"sep=;\n", "a.csv", EMPTY),
    "empty gzip": (gzip.compress(b""), "a.csv.gz", EMPTY),
    "empty workbook": (workbook({"DA1": []}), "a.xlsx", EMPTY),
    "workbook without bytes": (b"", "a.xlsx", EMPTY),
    "half a UTF-16 letter": (b"\xff\xfea\x00,", "a.csv", DAMAGED),
    "truncated gzip": (gzip.compress(CSV * 999)[:-20], "a.csv.gz", DAMAGED),
    "gzip head only": (gzip.compress(CSV)[:10], "a.csv.gz", DAMAGED),
    "corrupt gzip": (gzip.compress(CSV * 999)[:40] + bytes(50), "a.csv.gz", DAMAGED),
    "truncated zstd": (zstd.compress(CSV * 999)[:-5], "a.csv.zst", DAMAGED),
    "corrupt zstd": (zstd.compress(CSV)[:4] + b"\xff" * 30, "a.csv.zst", DAMAGED),
    "gzip bomb": (gzip.compress(bytes(200_000_000), 9), "a.csv.gz", GIGANTIC),
    "zstd bomb": (zstd.compress(bytes(200_000_000)), "a.csv.zst", GIGANTIC),
    "truncated workbook": (GOOD[:-100], "a.xlsx", DAMAGED),
    "workbook cut in half": (GOOD[: len(GOOD) // 2], "a.xlsx", DAMAGED),
    "head of a workbook": (GOOD[:4], "a.xlsx", DAMAGED),
    "middle of a workbook": (GOOD[50:2000], "a.xlsx", DAMAGED),
    "two parts of one name": (GOOD.replace(b"sheet1.xml", b"styles.xml"), "a.xlsx", DAMAGED),
    "sheet that is no XML": (_sheet(b"<sheetData>", b"<sheetData"), "a.xlsx", DAMAGED),
    "password": (_ENCRYPTED, "a.xlsx", "password"),
    "OLE file that is no workbook": (_ENCRYPTED[:-32] + bytes(900), "a.doc", DAMAGED),
    "zip archive": (zipped({"a.csv": CSV}), "a.zip", "zip archive"),
    "empty zip": (zipped({}), "a.zip", "zip archive"),
    "letter": (zipped({"word/document.xml": b"<x/>"}), "a.docx", "text document"),
    "letter under another name": (zipped({"word/document.xml": b"<x/>"}), "a.zip", "text document"),
    "broken letter": (GOOD[:4], "a.docx", "text document"),
    "zip bomb": (_expanding(), "a.xlsx", GIGANTIC),
    "zip that lies": (_lying_about_size(), "a.xlsx", GIGANTIC),
    "entities": (_sheet(b"<worksheet", _DTD), "a.xlsx", "XML that no spreadsheet"),
    "two corners": (_sheet(b"</sheetData>", _CORNERS), "a.xlsx", "too large"),
    "corner without addresses": (
        _sheet(b"</sheetData>", _UNPLACED + b"<row>" + b"<c/>" * 9_000 + b"</row></sheetData>"),
        "a.xlsx",
        "too large",
    ),
    "truncated Parquet": (_parquet()[:-20], "a.parquet", DAMAGED),
    "Parquet head": (b"PAR1", "a.parquet", DAMAGED),
    "Parquet without rows": (b"PAR1" + bytes(20) + b"PAR1", "a.parquet", DAMAGED),
    "HTML called .xls": (b"<html><table><tr><td>1</table>", "a.xls", MARKUP),
    "HTML fragment": (b"  \n<TABLE border=1>\n<tr>", "a.xls", MARKUP),
    "HTML in UTF-16": ("<html><body>".encode("utf-16"), "a.xls", MARKUP),
    "Excel 2003 XML": (_EXCEL_PAGE, "a.xls", MARKUP),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "PDF"),
    "photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg", PICTURE),
    "screenshot": (b"\x89PNG\r\n\x1a\n", "a.png", PICTURE),
    "table beyond all bounds": (b"," * 60_000 + b"\n" + b"1\n" * 2_000, "a.csv", "too large"),
}


@pytest.mark.parametrize(("data", "label", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_one_message_and_a_way_out(data: bytes, label: str, words: str) -> None:
    """Every broken file is named, and what to do about it is said."""
    with pytest.raises(RecountError) as caught:
        read(data, label)
    assert words in speak(caught.value.message, "en")
    assert speak(caught.value.mend, "en")
    assert (caught.value.place or "").startswith(label)


def test_nothing_is_written_by_tricks_with_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts called ../../x stay in the package."""
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    target = BytesIO(GOOD)
    with ZipFile(target, "a") as package:
        package.writestr("../../evil.xml", b"<a/>")
        package.writestr("/evil.bin", b"x")
    assert cells(read(target.getvalue(), "a.xlsx"))[1] == ("Palaran", "1234")
    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_compressed_tables_are_read_and_keep_the_digest_of_the_file(pack: object) -> None:
    """SHA-256 and size are those of what was received."""
    assert callable(pack)
    data = pack(CSV) + pack(b"Sambutan,5\n")
    book = read(data, "a.csv.gz")
    assert cells(book)[-2:] == [("Palaran", "1234"), ("Sambutan", "5")]
    assert book.size == len(data)
    assert cells(read(pack(GOOD), "a.xlsx.gz"))[1] == ("Palaran", "1234")


def test_gzip_may_be_padded() -> None:
    """Some programs fill the last block with zeros."""
    assert compressed.expand(gzip.compress(CSV) + bytes(512), "a.csv.gz") == CSV


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may open everything")
def test_a_file_that_may_not_be_opened(tmp_path: Path) -> None:
    """Permissions are named as such."""
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    path.chmod(0)
    with pytest.raises(RecountError, match="may not be opened"):
        readers.read(path, label="a.csv")


def test_a_file_that_vanished_and_a_folder(tmp_path: Path) -> None:
    """What the disk says is put into words."""
    with pytest.raises(RecountError, match="not there"):
        readers.read(tmp_path / "a.csv", label="a.csv")
    with pytest.raises(RecountError, match="folder"):
        readers.read(tmp_path, label="a.csv")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([GOOD, _parquet(), gzip.compress(CSV), zstd.compress(CSV), CSV]), st.data())
def test_no_damage_lets_a_traceback_out(good: bytes, data: st.DataObject) -> None:
    """Flip, cut or fill any file anywhere: it is read, or refused with a message."""
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + data.draw(st.binary(max_size=8)) + good[at + data.draw(st.integers(0, 8)) :]
    with suppress(RecountError):
        assert read(bad, "a.xlsx").grids


@pytest.mark.parametrize(
    "address", [b"XFD9999", b"xfd9999", b"AAAAA999", b"A99999999999", b"AB9999999"]
)
def test_a_single_cell_far_out(address: bytes) -> None:
    """However its address is written, the library never gets to lay out all cells before it."""
    cell = b'<row><c r="' + address + b'"><v>1</v></c></row></sheetData>'
    with pytest.raises(RecountError, match="too large"):
        read(_sheet(b"</sheetData>", cell), "a.xlsx")
