"""Family of file formats: a file in, its grids of raw text with addresses out.

`FORMATS` is the register. A format is recognised by the content of the file, its name only helps
to say what is wrong. Nothing is converted: a cell is text, as written or with its mark (model.py).
"""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from recount.errors import RecountError
from recount.model import Book
from recount.readers import compressed, delimited, parquet, spreadsheet
from recount.readers._sources import STDIN, Gathered, Source, collect
from recount.readers.frames import from_frame
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.readers._cells import Tables

__all__ = ["FORMATS", "STDIN", "Gathered", "Source", "from_frame", "gather", "read"]


class Reader(Protocol):
    """A member of the family: a module that reads one kind of file."""

    @property
    def ENDINGS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """Endings of file names that this member usually reads, in lower case, with the dot."""

    def claims(self, data: bytes) -> bool:
        """Say whether the content is of this kind."""

    def grids(self, data: bytes, label: str) -> Tables:
        """Read every table of the file. Raises `RecountError` when that is not possible."""


FORMATS: dict[str, Reader] = {
    "spreadsheet": spreadsheet,
    "parquet": parquet,
    "delimited": delimited,
}
"""Asked in this order; the last one takes whatever no other claims."""

_NO_TABLES: dict[bytes, Text] = {
    b"%PDF": say("This is a PDF document, not a table."),
    b"\x89PNG": say("This is a picture, not a table."),
    b"\xff\xd8\xff": say("This is a picture, not a table."),
    b"GIF8": say("This is a picture, not a table."),
}
_TYPE_IT = say("Type its figures into a spreadsheet and pass that.")


def gather(sources: Sequence[str | Path]) -> Gathered:
    """Turn files, folders and globs into a list of files, in a stable order.

    Folders are searched through all levels for the endings of `FORMATS`; every other file in them
    is a `note` finding. Hidden and lock files are passed over, and a file named twice is taken
    once. Raises `RecountError` for a path that does not exist, a glob that matches nothing, and
    a folder without a readable file.
    """
    return collect(sources, endings())


def endings() -> tuple[str, ...]:
    """Give the endings of the files that are read from a folder: `.csv`, `.csv.gz` ..."""
    plain = [ending for member in FORMATS.values() for ending in member.ENDINGS]
    packed = [text + ending for text in delimited.ENDINGS for ending in compressed.ENDINGS]
    return tuple(sorted(plain + packed))


def read(source: str | Path, *, label: str, stdin: bytes | None = None) -> Book:
    """Read one file: its digest (SHA-256 of the bytes as received), its grids, its findings.

    `source` "-" means the bytes given as `stdin`. `label` stands in every address. Raises
    `RecountError` when the file cannot be read or holds nothing.
    """
    received = (stdin or b"") if str(source) == STDIN else _bytes(Path(source), label)
    digest = hashlib.sha256(received).hexdigest()
    data = compressed.expand(received, label) if compressed.is_compressed(received) else received
    tables = _member(data, label).grids(data, label)
    if not tables.grids:
        raise _empty(label)
    return Book(str(source), label, digest, len(received), *tables)


def _bytes(path: Path, label: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unopened(fault, label) from fault


def _unopened(fault: OSError, label: str) -> RecountError:
    if isinstance(fault, FileNotFoundError):
        message, mend = say("The file is not there (any more)."), say("Check the path.")
    elif isinstance(fault, PermissionError):
        message = say("The file may not be opened.")
        mend = say("Close it in other programs, or ask its owner for the right to read it.")
    elif isinstance(fault, IsADirectoryError):
        message = say("This is a folder, where a file is needed.")
        mend = say("Name the file inside it.")
    elif fault.errno == errno.ELOOP:
        message = say("This is a link that leads back to itself, not to a file.")
        mend = say("Put the file itself in its place.")
    else:
        message = say("The file cannot be read from its disk.")
        mend = say("Copy it to another place and try again.")
    return RecountError(message, mend=mend, place=label)


def _member(data: bytes, label: str) -> Reader:
    if not data[:4096].strip() and not data.strip():
        raise _empty(label)
    for start, message in _NO_TABLES.items():
        if data.startswith(start):
            raise RecountError(message, mend=_TYPE_IT, place=label)
    member = next(member for member in FORMATS.values() if member.claims(data))
    if member is delimited and _should_be_binary(data, label):
        raise RecountError(
            say("The file is damaged, or is something else than its name says."),
            mend=say("Copy or download it again, or save it once more as .xlsx or .csv."),
            place=label,
        )
    return member


def _should_be_binary(data: bytes, label: str) -> bool:
    """Only then the name counts: it promises a workbook, and the content is no text."""
    binary = b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return binary and not label.lower().endswith(delimited.ENDINGS)


def _empty(label: str) -> RecountError:
    return RecountError(
        say("The file is empty: no cell in it holds anything."),
        mend=say("Check that it is the right file and was saved or copied completely."),
        place=label,
    )
