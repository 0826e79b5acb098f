"""The folder of a plan: its files in, as bytes; written beside and renamed, so that it is whole.

Only the five names of a plan are ever opened, and only where they are plain files.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from recount.auditing.folder import drawn_of, opened
from recount.auditing.plan import DRAW, FRAME, LIST, PLAN, REGIONS
from recount.auditing.writing import digest
from recount.cli._files import not_written, write
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.auditing.plan import Plan

LARGEST = {PLAN: 1 << 24, DRAW: 1 << 27, FRAME: 1 << 30, REGIONS: 1 << 30}
"""Bytes of each file at most; a nation's TPS with ten candidates take a tenth of that."""

NEEDED = (PLAN, FRAME, REGIONS)


def load(folder: str) -> Plan:
    """Read a plan, and its draw where there is one. Raises RecountError."""
    path = Path(folder)
    if not path.is_dir():
        raise RecountError(
            say("There is no folder of this name."),
            mend=say("Name the folder that recount audit plan wrote."),
            place=folder,
        )
    files = {name: data for name in LARGEST if (data := _bytes(path / name)) is not None}
    missing = [name for name in NEEDED if name not in files]
    if missing:
        raise RecountError(
            say("This is no folder of an audit plan: {files} is missing.", files=missing[0]),
            mend=say("Name the folder that recount audit plan wrote."),
            place=folder,
        )
    plan = opened(files)
    return replace(plan, drawn=drawn_of(plan, files))


def paths(folder: str) -> tuple[str, ...]:
    """The files of a plan, none of which a result may be written over."""
    return tuple(str(Path(folder) / name) for name in (*LARGEST, LIST))


def refuse_own(folder: str, output: str | None) -> None:
    """Raise RecountError when a result would be written over a file of the plan, there or not."""
    if output is None:
        return
    if os.path.realpath(output) in {os.path.realpath(path) for path in paths(folder)}:
        raise RecountError(
            say("The result would be written over a file of the plan."),
            mend=say("Give it another name; what was received stays as it is."),
            place=output,
        )


def _bytes(path: Path) -> bytes | None:
    """A plain file's bytes, None where there is none."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _no_plain_file(path)
        if found.st_size > LARGEST[path.name]:
            raise RecountError(
                say("The file is larger than any plan's: {n} bytes.", n=found.st_size),
                mend=say("Take the plan as it was published."),
                place=str(path),
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise RecountError(
            say("The file cannot be read from its disk."),
            mend=say("Copy it to another place and try again."),
            place=str(path),
        ) from fault


def target(output: str) -> Path:
    """Take the name of the folder to write a plan to; refuse at once what must not be lost."""
    path = Path(output).absolute()
    if not path.parent.is_dir():
        raise RecountError(
            say("The folder {folder} does not exist.", folder=path.parent),
            mend=say("Make it first, or choose another folder."),
            place=output,
        )
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise RecountError(
            say("A plan is a folder, and this is none."),
            mend=say("Give the name of a new folder: -o plan/"),
            place=output,
        )
    there = {one.name for one in path.iterdir()} if path.exists() else set()
    if DRAW in there:
        raise RecountError(
            say("The seed of this plan was drawn: it stays as it is."),
            mend=say("Give another folder for another plan."),
            place=output,
        )
    if there and (PLAN not in there or there - set(LARGEST) - {LIST}):
        raise RecountError(
            say("The folder holds other files than those of a plan."),
            mend=say("Give the name of a new folder: -o plan/"),
            place=output,
        )
    return path


def store(files: Mapping[str, bytes], path: Path) -> None:
    """Write a new plan in one step: afterwards the folder holds all of it, or what it held before.

    Raises RecountError, also where the folder holds another plan.
    """
    before = _bytes(path / PLAN)
    if before is not None and before != files[PLAN]:
        raise _another(before, path)
    _put(files, path)


def _another(data: bytes, path: Path) -> RecountError:
    return RecountError(
        say(
            "The folder holds another plan, which may be announced already; SHA-256 of {file}: "
            "{digest}",
            file=PLAN,
            digest=digest(data),
        ),
        mend=say("Choose another folder, or delete this one first."),
        place=str(path),
    )


def _put(files: Mapping[str, bytes], path: Path) -> None:
    beside = path.with_name(f".recount-{secrets.token_hex(6)}.tmp")
    before = path.with_name(f".recount-{secrets.token_hex(6)}.old")
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        if path.exists():
            path.rename(before)
        beside.rename(path)
    except OSError as fault:
        with suppress(OSError):
            if before.exists() and not path.exists():
                before.rename(path)
        raise not_written(fault, path) from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def add(files: Mapping[str, bytes], folder: str | Path) -> None:
    """Write a draw's files into the folder of its plan, each in one step.

    Raises RecountError, before anything is written, where a link or a device has the name of one.
    """
    targets = {Path(folder) / name: data for name, data in files.items()}
    for path in targets:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise _no_plain_file(path)
    for path, data in targets.items():
        write(data, path)


def _no_plain_file(path: Path) -> RecountError:
    return RecountError(
        say("This is no plain file."),
        mend=say("Take the plan as it was published."),
        place=str(path),
    )
