"""Bytes of broken and hostile files, made for the cases; the same bytes on every day."""

from __future__ import annotations

import gzip
import random
import struct
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.readers.making import repacked, workbook, zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

SHEET = "xl/worksheets/sheet1.xml"
BOMB = 70 << 20
"""Just beyond what a small file may expand to."""

HEAD = "kabkota,kecamatan,suara_1,suara_2\n"
PALARAN = "Kota Samarinda,Palaran,100,200\n"
SAMBUTAN = "Kota Samarinda,Sambutan,300,400\n"
FORM = HEAD + PALARAN + SAMBUTAN

REGIONS = """kode,nama
64,Kalimantan Timur
64.02,Kabupaten Kutai Kartanegara
64.02.01,Muara Muntai
64.02.02,Loa Kulu
64.09,Kabupaten Penajam Paser Utara
64.09.01,Penajam
64.09.02,Sepaku
64.09.03,Loa Kulu
64.72,Kota Samarinda
64.72.01,Palaran
64.72.02,Sambutan
"""
"""Part of a province; that it has two kecamatan called Loa Kulu is made up."""

ELECTION = """[election]
id = "pilgub"
title = "Pilgub Kaltim 2018"
[[contest]]
id = "pilgub"
[[contest.candidate]]
id = "1"
name = "Andi - Rizal"
[[contest.candidate]]
id = "2"
name = "Jaang - Awang"
"""


def rows(*cells: str, head: str = HEAD) -> str:
    """Make a table of one kecamatan a row, with these texts for candidate 1."""
    names = ("Palaran", "Sambutan", "Sungai Kunjang", "Samarinda Ulu")
    lines = (
        f"Kota Samarinda,{name},{cell},200\n" for name, cell in zip(names, cells, strict=False)
    )
    return head + "".join(lines)


def book(*cells: object) -> bytes:
    """Make a workbook of one kecamatan a row, with these values for candidate 1."""
    return still(workbook({"DA1": _lines(*cells)}))


def _lines(*cells: object) -> list[Sequence[object]]:
    names = ("Palaran", "Sambutan", "Sungai Kunjang", "Samarinda Ulu")
    lines: list[Sequence[object]] = [["Kabupaten/Kota", "Kecamatan", "suara_1", "suara_2"]]
    lines += [["Kota Samarinda", name, cell, 200] for name, cell in zip(names, cells, strict=False)]
    return lines


def still(data: bytes) -> bytes:
    """Take the time of day out of a package."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return target.getvalue()


def with_cover() -> bytes:
    """Make a workbook with a cover sheet, and a hidden row in the sheet of figures."""
    data = workbook({"Sampul": [["REKAPITULASI"], ["Kota Samarinda"]], "DA1": _lines(100, 300)})
    hidden = {"xl/worksheets/sheet2.xml": (b'<row r="2"', b'<row r="2" hidden="1"')}
    return still(repacked(data, hidden))


def sector_loop() -> bytes:
    """Make the head of an .xls whose directory, in sector 1, goes on in sector 1."""
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 65534, 9, 6)
    )
    head += bytes(10) + struct.pack("<6I", 1, 1, 0, 4096, 0xFFFFFFFE, 0)
    table = struct.pack("<128I", 0xFFFFFFFD, 1, *[0xFFFFFFFF] * 126)
    named = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return head + struct.pack("<2I", 0xFFFFFFFE, 0) + named + table + bytes(512)


def with_entities() -> bytes:
    """Make a workbook whose sheet unfolds entities within entities ("billion laughs")."""
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(9)
    )
    return repacked(book(1), {SHEET: (b"<worksheet", b"<!DOCTYPE x [%s]><worksheet" % laughs)})


def with_error_cell() -> bytes:
    """Make a workbook with a cell that shows #DIV/0!."""
    return repacked(book(7), {SHEET: (b't="n"><v>7</v>', b't="e"><v>#DIV/0!</v>')})


def far_out() -> bytes:
    """Make a workbook of a few bytes whose last cell is in the last corner of the sheet."""
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return repacked(book(1), {SHEET: (b"</sheetData>", corner)})


@cache
def gzip_bomb() -> bytes:
    """Make 70 MiB of nothing, as small as gzip can."""
    return gzip.compress(bytes(BOMB), 9, mtime=0)


@cache
def zip_bomb() -> bytes:
    """Make a workbook whose one sheet is 70 MiB of nothing."""
    return zipped({"xl/workbook.xml": b"<workbook/>", SHEET: bytes(BOMB)})


def password() -> bytes:
    """Make the container into which Excel locks a workbook with a password."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + name + bytes(500)


def noise() -> bytes:
    """Make bytes without any sense, the same ones always."""
    return random.Random(64).randbytes(4000)  # noqa: S311 - noise, not secrets


def packed(text: str) -> bytes:
    """Compress a text with gzip."""
    return gzip.compress(text.encode(), mtime=0)
