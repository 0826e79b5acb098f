"""Bytes and lines in, to standard output and standard error; neither ever raises for a reader gone.

Whatever the locale says, what goes out is UTF-8.
"""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

READER_GONE = {errno.EPIPE, errno.EINVAL}
"""What the system says when nobody reads a pipe any more; on Windows it is the second one."""


def prepare() -> None:
    """Make both streams take any character, whatever the terminal or the locale can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def put(data: bytes) -> None:
    """Write to standard output. A reader that has gone away is no fault: it had what it wanted.

    Raises RecountError when standard output is closed or its disk is full.
    """
    if sys.stdout is None:
        raise _unwritable()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as fault:
        _give_up(sys.stdout)
        if fault.errno not in READER_GONE:
            raise _unwritable() from fault


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error; what files and names hold cannot move the cursor."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.writelines(f"{harmless(line)}\n" for line in lines)
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


def tell_fault(fault: RecountError, lang: str) -> None:
    """Say where, what is wrong, and what to do about it."""
    where = ["recount", *([fault.place] if fault.place else [])]
    tell([": ".join([*where, speak(fault.message, lang)]), f"  -> {speak(fault.mend, lang)}"])


def width_of(stream: TextIO | None) -> int | None:
    """Give the width of the terminal behind a stream, in characters; None when there is none."""
    if stream is None or not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return None


def _give_up(stream: TextIO) -> None:
    """Send the rest nowhere, so that Python does not fail once more when it closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _unwritable() -> RecountError:
    return RecountError(
        say("The result cannot be written to standard output."),
        mend=say("Check that the disk is not full, or write to a file: -o FILE."),
    )
