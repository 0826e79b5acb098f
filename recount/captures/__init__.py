"""Saved answers of an online system in, wherever they lie; `Answer` tuples out.

`answers(path)` takes a single raw file, a folder of raw files as they were fetched, a zip or tar
archive (.tar, .tar.gz) of them, a web archive (WARC 1.0 and 1.1: .warc, .warc.gz), and a fetch
folder, which is a folder of web archives. What a file is shows in its content, not in its name.
Nothing is unpacked to disk, no name in an archive is ever used as a path, and every size is
bounded: an archive that lies is refused with one `RecountError`.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from recount.captures._answer import GAP, Answer
from recount.captures._bounds import MAX_BODY, body_too_large
from recount.captures._packed import from_tar, from_zip, is_tar, is_workbook, is_zip
from recount.captures.warc import Archive, is_warc
from recount.errors import RecountError
from recount.readers import compressed
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["GAP", "INDEX", "Answer", "answers"]

INDEX = "index.jsonl"
"""The list of what a fetch folder's web archives hold; it marks the folder as one."""

_HEAD = 4096
"""Bytes that show what a file is; most answers are shorter."""

_NOT_ANSWERS = frozenset({INDEX, "lock", "thumbs.db", "desktop.ini", "__macosx"})


def answers(path: str | Path) -> Iterator[Answer]:
    """Give every saved answer, one at a time, in a stable order: by name, or as they were fetched.

    `name` of an answer is its URL in a web archive; else the path of its file as `path` names it,
    with `/` between the parts, and of a member of an archive that of the archive with the member's
    behind it. Gaps that a fetch has noted down are given too (`status` is `GAP`, no data). Raises
    `RecountError` for what is missing, damaged, hostile, or holds nothing at all.
    """
    source = Path(path)
    found = False
    for answer in _folder(str(source)) if source.is_dir() else _file(str(source), Archive()):
        found = True
        yield answer
    if not found:
        raise RecountError(
            say("There is no saved answer in it."),
            mend=say("Check that it is the right one and was copied completely."),
            place=str(path),
        )


def _folder(folder: str) -> Iterator[Answer]:
    # A nation has 900,000 answers: paths stay plain text, and every file is opened once.
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        raise _closed(folder) from fault
    shown = [entry for entry in entries if not _hidden(entry.name)]
    # Answers that have not changed are told by the archives before them, so one memory for all.
    archive = Archive(growing=any(entry.name == INDEX for entry in entries))
    for entry in shown:
        if entry.is_file():
            yield from _file(entry.path, archive)
    for entry in shown:
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path)


def _file(path: str, archive: Archive) -> Iterator[Answer]:
    label = path.replace(os.sep, "/")
    start, rest = _read(path)
    head = _peek(start)
    if is_zip(head) and not is_workbook(Path(path)):
        yield from from_zip(Path(path), label)
    elif is_tar(head):
        yield from from_tar(Path(path), label)
    elif is_warc(head) or (archive.growing and label.endswith(".warc.gz")):
        yield from archive.answers(Path(path), label)
    elif rest is None:
        raise body_too_large(label)
    else:
        data = start + rest if rest else start
        # What is compressed but no archive is one answer, as a web server or a person packed it.
        packed = compressed.is_compressed(data)
        yield Answer(label, compressed.expand(data, label) if packed else data, None, None)


def _read(path: str) -> tuple[bytes, bytes | None]:
    """Give a file's first bytes, and the rest; None where that is too large to be an answer.

    The rest of an archive is read too, up to that size. Raises RecountError.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a path as plain text
            start = file.read(_HEAD)
            if len(start) < _HEAD:
                return start, None if len(start) > MAX_BODY else b""
            large = os.fstat(file.fileno()).st_size > MAX_BODY
            return start, None if large else file.read()
    except OSError as fault:
        raise _closed(path) from fault


def _peek(head: bytes) -> bytes:
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, 512)
    except zlib.error:
        return b""


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_ANSWERS


def _closed(path: str) -> RecountError:
    return RecountError(
        say("It is not there, or may not be opened."),
        mend=say("Check the path, and ask its owner for the right to read it."),
        place=str(path),
    )
