"""One process at a time writes into a folder; the lock dies with the process that holds it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.texts import say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and hold it. Raises RecountError when another process does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
    except OSError as fault:
        raise RecountError(
            say("Nothing can be written into this folder."),
            mend=say("Choose another one, or ask its owner for the right to write there."),
            place=str(folder),
        ) from fault
    with file:
        try:
            _hold(file.fileno())
        except OSError as fault:
            raise RecountError(
                say("Another fetch is writing into this folder."),
                mend=say("Wait until it has ended, or choose another folder."),
                place=str(folder),
            ) from fault
        yield


def _hold(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
