"""A finished result in, a file out: written beside, then renamed, so that it is whole or not there.

What cannot work is refused before the work begins.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.texts import Text


def destination(output: str) -> Path:
    """Take the name of a file to write to. Raises RecountError when there can be no such file."""
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        raise RecountError(
            say("This is a folder, where the name of a file is needed."),
            mend=say("Name the file in it, for example: -o {path}.", path=path / "result.xlsx"),
            place=output,
        )
    if not path.parent.is_dir():
        raise RecountError(
            say("The folder {folder} does not exist.", folder=path.parent),
            mend=say("Make it first, or choose another folder."),
            place=output,
        )
    return path


def refuse_inputs(target: Path, inputs: Iterable[str | Path]) -> None:
    """Raise RecountError when the target is one of the files that are read."""
    if any(_same(target, Path(source)) for source in inputs):
        raise RecountError(
            say("The result would be written over a file that is read."),
            mend=say("Give it another name; what was received stays as it is."),
            place=str(target),
        )


def write(data: bytes, target: Path) -> None:
    """Write a file in one step: afterwards it holds all of `data`, or what it held before.

    A new file gets the permissions that are usual here, an existing one keeps its own; a link stays
    one; a device or a pipe is written to directly. Raises RecountError.
    """
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(target)), data)
    except OSError as fault:
        raise not_written(fault, target) from fault


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".recount-{secrets.token_hex(6)}.tmp")
    try:
        _fill(beside, data)
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _fill(path: Path, data: bytes) -> None:
    with path.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _same(target: Path, source: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:
        return False


def not_written(fault: OSError, target: Path) -> RecountError:
    """Say why a file or a folder could not be written."""
    message: Text
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        message = say("The file may not be written here.")
        mend = say("Close it in other programs, or choose another folder.")
    elif fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        message = say("The disk is full.")
        mend = say("Make room, or choose another disk.")
    elif fault.errno == errno.ENAMETOOLONG:
        message = say("The name of the file is too long.")
        mend = say("Choose a shorter one.")
    else:
        message = say("The file cannot be written.")
        mend = say("Choose another folder.")
    return RecountError(message, mend=mend, place=str(target))
