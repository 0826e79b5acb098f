"""The titles of a workbook's tables in, names for its sheets out: such as every program takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recount.texts import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 31
"""UTF-16 units of a sheet's name."""

_REFUSED = re.compile(r"\s*[\[\]:*?/\\]\s*")
_TAKEN = frozenset({"history"})
"""A name that Excel keeps for itself, in any language."""


def sheet_titles(titles: Iterable[str]) -> Iterator[str]:
    """Name the sheets in order: nothing refused, short enough, no name twice in any case."""
    taken = set(_TAKEN)
    for title in titles:
        plain = _allowed(harmless(title))
        name, at = _cut(plain, LONGEST), 1
        while name.casefold() in taken:
            at += 1
            mark = f" ({at})"
            name = f"{_cut(plain, LONGEST - len(mark))}{mark}"
        taken.add(name.casefold())
        yield name


def utf16_length(text: str) -> int:
    """How long a text is as a spreadsheet counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _allowed(title: str) -> str:
    """Take out what no sheet's name may hold; an apostrophe may not stand at its ends."""
    return _REFUSED.sub("-", title).strip(" '") or "-"


def _cut(text: str, longest: int) -> str:
    cut = text[:longest]
    while utf16_length(cut) > longest:
        cut = cut[:-1]
    return cut.rstrip(" '") or "-"
