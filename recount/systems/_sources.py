"""What a person names with --online in; whether it is saved answers or plain tables out."""

from __future__ import annotations

import glob
import os
from pathlib import Path

_ANSWERS = (".json", ".html", ".htm", ".warc", ".warc.gz", ".zip", ".tar", ".tar.gz", ".tgz")
"""Endings of saved answers, and of the archives that hold them."""


def split(sources: list[str | Path]) -> tuple[list[str | Path], list[str | Path]]:
    """Tell what is read table by table from captures, in which a table may be a list of pairs.

    Where one path is of saved answers, all of them are one capture; a folder is, when any file in
    it is.
    """
    paths = [path for source in sources for path in _hits(source)]
    if any(_is_saved(Path(path)) for path in paths):
        return [], paths
    return paths, []


def _hits(source: str | Path) -> list[str | Path]:
    text = str(source)
    if not glob.has_magic(text) or os.path.lexists(text):
        return [source]
    found = sorted(glob.glob(text))  # noqa: PTH207 - leaves dot files out
    return list(found) if any(_is_saved(Path(hit)) for hit in found) else [source]


def _is_saved(path: Path) -> bool:
    if not path.is_dir():
        return path.name.lower().endswith(_ANSWERS)
    for _, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        shown = (name for name in names if not name.startswith("."))
        if any(name.lower().endswith(_ANSWERS) for name in shown):
            return True
    return False
