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
    start = Path(path)
    if not start.is_dir():
        yield Answer(start.name, _bytes(start))
        return
    for folder, inner, names in os.walk(start):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if not name.startswith("."):
                yield Answer(file.relative_to(start).as_posix(), _bytes(file))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as fault:
        raise RecountError(
            say("The file may not be opened."),
            mend=say("Close it in other programs, or ask its owner for the right to read it."),
            place=str(path),
        ) from fault
    if len(data) > LARGEST:
        raise RecountError(
            say("This is too large for an answer of an online system."),
            mend=say("Name the file with the system's answers; a table is read as .csv or .xlsx."),
            place=str(path),
        )
    return data
