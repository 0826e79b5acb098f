"""The zip package of a workbook in; its kind and what its sheets say out, once it is harmless.

A package may claim anything about its sizes, and the library that reads workbooks believes it.
So every part that it will open is unpacked once, in bounds, before. Nothing is written anywhere.
"""

from __future__ import annotations

import re
from io import BytesIO
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import crc32, decompressobj

from recount.errors import RecountError
from recount.readers._bounds import bound_xlsb, bound_xlsx, is_odd
from recount.readers._edge import shielded
from recount.readers._facts import Facts, facts_of
from recount.readers._ods import facts_of_ods
from recount.readers._second_look import parsed
from recount.readers._sheets import sheets_by_part
from recount.readers.compressed import too_large
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.texts import Text

_SHEET = b"sheetData"
"""Only sheets hold it; their names could be anything."""

_SHEET_BIN = re.compile(r"xl/worksheets/.+\.bin", re.IGNORECASE)
_WORKBOOK = re.compile(r"xl/workbook.*\.(xml|bin)", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

_HEAD, _ENCRYPTED = 30, 1
"""Length of the head in front of each part of a zip, without its name; a bit of its flags."""

_DOCUMENTS = (".docx", ".docm", ".pptx", ".odt", ".odp", ".pages")
_PARTS = ("word/", "ppt/")
"""Endings and parts of documents that are zip packages as workbooks are."""
_DOCUMENT = (
    say("This is a text document or a presentation, not a table."),
    say("Type its figures into a spreadsheet and pass that."),
)

_MACROS = "vbaProject.bin"


class Package(NamedTuple):
    """A workbook that was looked through: its kind (`xlsx`, `xlsb`, `ods`), facts by sheet.

    A sheet of which there is nothing to say has no facts. `macros`: whether it holds any.
    """

    kind: str
    facts: Mapping[str, Facts]
    macros: bool


def look_through(data: bytes, label: str) -> Package:
    """Check every part that will be read, and find what its sheets say beside their cells.

    Raises `RecountError` for what is damaged, is no workbook, or expands beyond all need.
    """
    message, mend = _damaged(label)
    with shielded(message, mend=mend, place=label):
        package = ZipFile(BytesIO(data))
        kind = _kind(package, label)
        _refuse_claims(package.infolist(), label)
        facts: dict[str, Facts] = {}
        for name, part in _parts(package, data, label):
            facts |= _check(kind, name, part, label)
        named = sheets_by_part(package) if facts and kind == "xlsx" else {}
        macros = any(name.endswith(_MACROS) for name in package.namelist())
        return Package(kind, {named.get(name, name): said for name, said in facts.items()}, macros)


def _damaged(label: str) -> tuple[Text, Text]:
    """What to say of a package that cannot be opened: then only its name tells what it is."""
    if label.lower().endswith(_DOCUMENTS):
        return _DOCUMENT
    mend = say("Copy or download it again, or open it in a spreadsheet and save it once more.")
    return say("The workbook is damaged or incomplete."), mend


def _kind(package: ZipFile, label: str) -> str:
    names = package.namelist()
    if found := next(filter(None, map(_WORKBOOK.fullmatch, names)), None):
        return "xlsb" if found[1].lower() == "bin" else "xlsx"
    if "content.xml" in names and "mimetype" in names:
        with package.open("mimetype") as part:
            if part.read(len(_ODS)) == _ODS:
                return "ods"
    if label.lower().endswith(_DOCUMENTS) or any(name.startswith(_PARTS) for name in names):
        raise RecountError(_DOCUMENT[0], mend=_DOCUMENT[1], place=label)
    raise RecountError(
        say("This is a zip archive, not a workbook."),
        mend=say("Unpack it, and pass the files inside."),
        place=label,
    )


def _refuse_claims(infos: list[ZipInfo], label: str) -> None:
    if len({info.filename for info in infos}) != len(infos):
        raise ValueError
    size = sum(info.file_size for info in infos)
    if too_large(size, sum(info.compress_size for info in infos)):
        raise _gigantic(label)


def _parts(package: ZipFile, data: bytes, label: str) -> Iterator[tuple[str, bytes]]:
    """Unpack part by part; none may be larger than it claims."""
    for info in package.infolist():
        content = _unpacked(package, data, info)
        if len(content) > info.file_size:
            raise _gigantic(label)
        yield info.filename, content


def _unpacked(package: ZipFile, data: bytes, info: ZipInfo) -> bytes:
    """Unpack one part, at most one byte more than it claims.

    What is deflated plainly is taken from where it stands: the library's file object costs more
    than unpacking a small part.
    """
    claimed, head = info.file_size, data[info.header_offset : info.header_offset + _HEAD]
    if info.compress_type != ZIP_DEFLATED or info.flag_bits & _ENCRYPTED or len(head) < _HEAD:
        info.file_size += 1
        with package.open(info) as part:
            content = part.read(claimed + 1)
        info.file_size = claimed
        return content
    start = info.header_offset + _HEAD + sum(unpack("<HH", head[26:]))
    unpacker = decompressobj(wbits=-15)
    content = unpacker.decompress(data[start : start + info.compress_size], claimed + 1)
    if len(content) <= claimed and (not unpacker.eof or crc32(content) != info.CRC):
        raise BadZipFile
    return content


def _check(kind: str, name: str, part: bytes, label: str) -> Mapping[str, Facts]:
    """Refuse what no workbook has; give the facts of a sheet by its part, of an .ods by name."""
    if kind == "xlsb" and _SHEET_BIN.fullmatch(name):
        bound_xlsb(part, label)
    if part[:1] != b"<" and part.lstrip()[:1] != b"<" and not part.startswith(_BOMS):
        return {}
    _refuse_entities(part, label)
    if kind == "ods" and name == "content.xml":
        return facts_of_ods(part, label)
    if kind != "xlsx" or _SHEET not in part:
        return {}
    odd = is_odd(part)
    bound_xlsx(part, label, odd=odd)
    facts = (None if odd else facts_of(part)) or parsed(part, label)
    return {name: facts} if any(facts) else {}


def _refuse_entities(part: bytes, label: str) -> None:
    # Workbooks have no document type; with one, a cell's text could be hidden in an entity.
    if b"<!DOCTYPE" in part[:4096] or part.startswith(_BOMS[1:]):
        raise RecountError(
            say("The workbook holds XML that no spreadsheet program writes."),
            mend=say("Open it in a spreadsheet program and save it once more as .xlsx."),
            place=label,
        )


def _gigantic(label: str) -> RecountError:
    return RecountError(
        say("The workbook expands to far more than a table needs; reading stopped."),
        mend=say("Ask whoever sent it for the table itself."),
        place=label,
    )
