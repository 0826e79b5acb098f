"""Files, folders and globs as a person names them in, a list of files in a stable order out."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from recount.errors import RecountError
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.texts import Text

STDIN = "-"

_NOT_DATA = {"thumbs.db", "desktop.ini", "__macosx"}


class Source(NamedTuple):
    """One file to read: its path ("-": standard input), and its name in addresses."""

    path: str | Path
    label: str


class Gathered(NamedTuple):
    """The files to read, in order, and a finding for each one that is left out."""

    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


def collect(sources: Sequence[str | Path], endings: tuple[str, ...]) -> Gathered:
    """Find the files of `sources`; `endings` says which ones are read from a folder."""
    found: dict[str, str | Path] = {}
    findings: list[Finding] = []
    for source in sources:
        files, skipped = _files(source, endings)
        findings += [_skipped(path) for path in skipped]
        for path in files:
            identity = STDIN if path == STDIN else os.path.realpath(path)
            if identity in found:
                findings.append(_twice(path))
            found.setdefault(identity, path)
    return Gathered(tuple(_labelled(list(found.values()))), tuple(findings))


Files = tuple[list["str | Path"], list[Path]]
"""The files to read, and those to leave out."""


def _files(source: str | Path, endings: tuple[str, ...]) -> Files:
    path = Path(source)
    try:
        if str(source) == STDIN:
            return [STDIN], []
        if path.is_dir():
            return _folder(path, endings)
        if path.exists():
            return [path], []
    except OSError as fault:
        raise _closed(path) from fault
    if glob.has_magic(str(source)):
        return _glob(str(source), endings)
    raise RecountError(
        say("There is no file or folder {path}.", path=str(source)),
        mend=say("Check the path, and from which folder the command is run."),
        place=str(source),
    )


def _folder(folder: Path, endings: tuple[str, ...]) -> Files:
    readable, others = _sorted_out(_walk(folder), endings)
    if not readable:
        raise RecountError(
            say("The folder {path} holds no file that can be read.", path=str(folder)),
            mend=_which(endings),
            place=str(folder),
        )
    return list(readable), others


def _glob(pattern: str, endings: tuple[str, ...]) -> Files:
    hits = sorted(_hits(pattern), key=str)
    files = [file for hit in hits for file in (_walk(hit) if hit.is_dir() else [hit])]
    # "**" names a folder and its files alike.
    readable, others = _sorted_out(dict.fromkeys(files), endings)
    if not readable:
        raise RecountError(
            say("Nothing that can be read matches {path}.", path=pattern),
            mend=_which(endings),
            place=pattern,
        )
    return list(readable), others


def _hits(pattern: str) -> Iterable[Path]:
    """Find what a pattern matches; `**` goes through all folders, but not through links to them.

    The standard library follows those, and two links that lead back keep it busy for ever.
    """
    hits = {Path(): None}
    for part in Path(pattern).parts:
        if part == "**":
            found = (inner for hit in hits if hit.is_dir() for inner in _folders(hit))
        elif glob.has_magic(part):
            found = (hit / name for hit in hits for name in glob.glob(part, root_dir=hit))  # noqa: PTH207 - leaves dot files out
        else:
            found = (hit / part for hit in hits if (hit / part).exists())
        hits = dict.fromkeys(found)
    return hits


def _folders(folder: Path) -> Iterator[Path]:
    for where, inner, _ in os.walk(folder, onerror=_refuse):
        inner[:] = sorted(name for name in inner if not _hidden(name))
        yield Path(where)


def _walk(folder: Path) -> Iterator[Path]:
    """Find the files below a folder, and the links to other folders, which are not followed."""
    for where, inner, names in os.walk(folder, onerror=_refuse):
        inner[:] = sorted(name for name in inner if not _hidden(name))
        links = (name for name in inner if Path(where, name).is_symlink())
        yield from (Path(where, name) for name in sorted([*names, *links]))


def _refuse(fault: OSError) -> NoReturn:
    raise _closed(Path(fault.filename or ".")) from fault


def _sorted_out(files: Iterable[Path], endings: tuple[str, ...]) -> tuple[list[Path], list[Path]]:
    seen = [path for path in files if not _hidden(path.name)]
    readable = [path for path in seen if path.name.lower().endswith(endings) and _is_whole(path)]
    taken = set(readable)
    return readable, [path for path in seen if path not in taken]


def _is_whole(path: Path) -> bool:
    """Whether a file has an end: a pipe or a device has none. What is no file, reading will say."""
    try:
        return stat.S_ISREG(path.stat().st_mode) or path.is_dir()
    except OSError:
        return True


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NOT_DATA


def _labelled(paths: Sequence[str | Path]) -> Iterator[Source]:
    names = Counter(Path(path).name for path in paths)
    for path in paths:
        name = Path(path).name
        yield Source(path, name if names[name] == 1 else Path(path).as_posix())


def _which(endings: tuple[str, ...]) -> Text:
    return say("Files with these endings are read: {endings}.", endings=", ".join(endings))


def _closed(path: Path) -> RecountError:
    return RecountError(
        say("The folder {path} may not be opened.", path=str(path)),
        mend=say("Ask its owner for the right to read it, or name the files themselves."),
        place=str(path),
    )


def _skipped(path: Path) -> Finding:
    if path.is_dir():
        return Finding(
            rule="skipped",
            severity="note",
            message=say("Left out: a link to another folder is not followed."),
            mend=say("If it leads to more forms, name that folder too."),
            place=str(path),
        )
    return Finding(
        rule="skipped",
        severity="note",
        message=say("Left out: a file of this kind is not read."),
        mend=say("If it holds figures, save it as .xlsx or .csv."),
        place=str(path),
    )


def _twice(path: str | Path) -> Finding:
    return Finding(
        rule="named_twice",
        severity="note",
        message=say("Named more than once, taken once."),
        mend=say("Nothing needs to be done."),
        place=str(path),
    )
