"""A zip or tar archive of raw answers in, its members as answers out, one at a time.

Refused as a whole: names that lead elsewhere, links and devices, one name twice, archives inside
the archive, passwords, sizes beyond all need.
"""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from typing import TYPE_CHECKING, NoReturn, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, is_zipfile

from recount.captures._answer import Answer
from recount.captures._bounds import Allowance
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO, Self
    from zipfile import ZipInfo

    from recount.texts import Text

_FAULTS = (OSError, EOFError, ValueError, BadZipFile, tarfile.TarError, zlib.error, RuntimeError)
"""What the standard library throws for damaged archives."""

_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_USTAR = slice(257, 262)
_ARCHIVES = re.compile(
    r"\.(zip|tar|tgz|gz|bz2|xz|zst|7z|rar|warc|jar|xls[xbm]|ods)$", re.IGNORECASE
)
_PACKED = (
    *_ZIPS,
    _GZIP,
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
    b"WARC/",
)
_WORKBOOK = frozenset({"[Content_Types].xml", "mimetype"})
_SECRET = 0x1
_MAX_HEADING = 1 << 20
"""Most bytes that a tar archive may spend on one member's name and attributes."""


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip archive does."""
    return head.startswith(_ZIPS)


def is_tar(head: bytes) -> bool:
    """Whether a file, unpacked, begins as a tar archive does."""
    return head[_USTAR] == b"ustar"


def is_workbook(path: Path) -> bool:
    """Whether a zip archive is the package of a workbook: a table, not a folder of answers."""
    try:
        with ZipFile(path) as package:
            return not _WORKBOOK.isdisjoint(package.namelist())
    except _FAULTS:
        return False


def from_zip(path: Path, label: str) -> Iterator[Answer]:
    """Give the files in a zip archive. Raises RecountError for a damaged or hostile one."""
    try:
        if not is_zipfile(path):
            _refuse_damaged(label)
        with ZipFile(path) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            _check_claims(infos, path.stat().st_size, label)
            for info in infos:
                with package.open(info) as member:
                    yield _answer(label, info.filename, member.read(info.file_size + 1))
    except _FAULTS as fault:
        raise _damaged(label) from fault


def _check_claims(infos: list[ZipInfo], packed: int, label: str) -> None:
    allowance = Allowance(packed, label)
    names = _Names(label)
    for info in infos:
        if info.flag_bits & _SECRET:
            raise _refused(say("The archive is locked with a password."), label)
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise _refused(say("The archive is packed in a way that is not read."), label)
        names.check(info.filename)
        allowance.take(info.file_size)


def from_tar(path: Path, label: str) -> Iterator[Answer]:
    """Give the files in a tar archive, plain or gzip. Raises RecountError for a hostile one."""
    try:
        with path.open("rb") as file:
            allowance = Allowance(path.stat().st_size, label)
            zipped = file.read(2) == _GZIP
            file.seek(0)
            stream = gzip.GzipFile(fileobj=file) if zipped else file
            source = cast(
                "IO[bytes]", _Poured(stream, allowance)
            )  # reading is all that is asked of it
            with tarfile.open(None, "r|", source, tarinfo=_Heading) as archive:
                yield from _members(archive, allowance, label)
    except _FAULTS as fault:
        raise _damaged(label) from fault


def _members(archive: tarfile.TarFile, allowance: Allowance, label: str) -> Iterator[Answer]:
    names = _Names(label)
    while (info := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined] # else the list of what is done with fills the memory
        if info.isdir():
            continue
        names.check(info.name)
        if not info.isreg() or info.issparse():
            raise _refused(say("The archive holds links or devices, not only files."), label)
        allowance.count(info.size)
        member = archive.extractfile(info)
        data = member.read() if member else b""
        if len(data) != info.size:
            _refuse_damaged(label)
        yield _answer(label, info.name, data)


class _Heading(tarfile.TarInfo):
    """A member's heading; one that would fill the memory is refused before it is read."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        info = super().frombuf(buf, encoding, errors)
        known = (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE)
        if info.type not in known and info.size > _MAX_HEADING:
            raise tarfile.ReadError
        return info


class _Poured:
    """A stream whose bytes are counted."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._allowance.pour(len(data))
        return data


class _Names:
    """Looks at every name in an archive before anything of it is handed on."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._seen: set[str] = set()

    def check(self, name: str) -> None:
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or re.search(r"[\\\x00]|^[A-Za-z]:", name):
            raise _refused(
                say("A name in the archive leads to a place outside of it."), self._label
            )
        if _ARCHIVES.search(name):
            raise _nested(self._label)
        if name in self._seen:
            raise _refused(say("The archive holds two files of the same name."), self._label)
        self._seen.add(name)


def _answer(label: str, name: str, data: bytes) -> Answer:
    if data.startswith(_PACKED) or is_tar(data[:512]):
        raise _nested(label)
    return Answer(f"{label}/{name}", data, None, None)


def _nested(label: str) -> RecountError:
    return RecountError(
        say("The archive holds another archive."),
        mend=say("Unpack it, and name the folder."),
        place=label,
    )


def _refused(message: Text, label: str) -> RecountError:
    return RecountError(
        message,
        mend=say("Ask whoever sent it for the answers themselves, as a folder of files."),
        place=label,
    )


def _refuse_damaged(label: str) -> NoReturn:
    raise _damaged(label)


def _damaged(label: str) -> RecountError:
    return RecountError(
        say("The archive is damaged or incomplete."),
        mend=say("Copy or download it again, or unpack it and name the folder."),
        place=label,
    )
