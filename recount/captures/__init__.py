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

_NOT_ANSWERS = frozenset({INDEX, "lock", "thumbs.db", "desktop.ini", "__macosx"})


def answers(path: str | Path) -> Iterator[Answer]:
    """Give every saved answer, one at a time, in a stable order: by name, or as they were fetched.

    `name` of an answer is its URL in a web archive; else the path of its file below `path`, with
    `/` between the parts, and a member of an archive has the archive's name and `/` before its own
    (its own alone where `path` is that archive). Gaps that a fetch has noted down are given too
    (`status` is `GAP`, no data). Raises `RecountError` for what is missing, damaged, hostile, or
    holds nothing at all.
    """
    start = str(path)
    found = False
    whole = _folder(start, "") if Path(start).is_dir() else _alone(start)
    for answer in whole:
        found = True
        yield answer
    if not found:
        raise RecountError(
            say("There is no saved answer in it."),
            mend=say("Check that it is the right one and was copied completely."),
            place=start,
        )


def _alone(path: str) -> Iterator[Answer]:
    for answer in _file(path, "", Archive()):
        yield answer if answer.name else answer._replace(name=Path(path).name)


def _folder(folder: str, below: str) -> Iterator[Answer]:
    """Walk down; a nation has 900,000 answers, so paths stay plain text."""
    try:
        with os.scandir(folder) as entries:
            seen = sorted((one for one in entries if not _hidden(one.name)), key=_name)
            growing = (Path(folder) / INDEX).exists()
    except OSError as fault:
        raise _closed(folder) from fault
    # Answers that have not changed are told by the archives before them, so one memory for all.
    archive = Archive(growing=growing)
    for entry in seen:
        if entry.is_file():
            yield from _file(entry.path, f"{below}{entry.name}", archive)
    for entry in seen:
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path, f"{below}{entry.name}/")


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _file(path: str, name: str, archive: Archive) -> Iterator[Answer]:
    """Give what one file holds; `name` as its answers shall be called."""
    data, large = _read(path)
    inside = f"{name}/" if name else ""
    head = data if data[:1] in {b"{", b"["} else _peek(data[:4096])
    if is_zip(head) and not is_workbook(Path(path)):
        yield from from_zip(Path(path), inside)
    elif is_tar(head[:512]):
        yield from from_tar(Path(path), inside)
    elif is_warc(head) or (archive.growing and path.endswith(".warc.gz")):
        yield from archive.answers(Path(path), path)
    elif large:
        raise body_too_large(path)
    else:
        # What is compressed but no archive is one answer, as a web server or a person packed it.
        packed = compressed.is_compressed(data)
        yield Answer(name, compressed.expand(data, path) if packed else data, None, None)


def _read(path: str) -> tuple[bytes, bool]:
    """Give a file's bytes; of one that is too large for an answer only the first, and say so."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - paths stay plain text
            # Reading up to a limit would set the limit's memory aside, file by file.
            large = os.fstat(file.fileno()).st_size > MAX_BODY
            return (file.read(4096), True) if large else (file.read(), False)
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
        place=path,
    )
