"""A capture as it lies on the disk in, one answer after the other out.

Only folders and single files so far; one answer at a time is held.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 64 * 1024 * 1024
"""Bytes of one answer; the largest real one has some hundred thousand."""


class Answer(NamedTuple):
    """One answer of a system: its address or relative path, its bytes, when it was asked for.

    `status`: of the request, None where nobody noted it.
    """

    name: str
    data: bytes
    fetched_at: str | None = None
    status: int | None = None


def answers(path: str | Path) -> Iterator[Answer]:
    """Give the answers of a folder or of a single file, in a stable order.

    Raises RecountError for what is too large to be an answer, or cannot be opened.
    """
    start = str(path)
    if not Path(start).is_dir():
        yield Answer(Path(start).name, _bytes(start))
        return
    for folder, inner, names in os.walk(start):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        # A nation has 900,000 answers: paths stay plain text.
        below = folder[len(start) :].replace(os.sep, "/").strip("/")
        for name in sorted(names):
            if not name.startswith("."):
                yield Answer(f"{below}/{name}" if below else name, _bytes(f"{folder}/{name}"))


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - paths stay plain text
            # Reading up to a limit would set the limit's memory aside, file by file.
            large = os.fstat(file.fileno()).st_size > LARGEST
            data = b"" if large else file.read()
    except OSError as fault:
        raise RecountError(
            say("The file may not be opened."),
            mend=say("Close it in other programs, or ask its owner for the right to read it."),
            place=str(path),
        ) from fault
    if large:
        raise RecountError(
            say("This is too large for an answer of an online system."),
            mend=say("Name the file with the system's answers; a table is read as .csv or .xlsx."),
            place=str(path),
        )
    return data
