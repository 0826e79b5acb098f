"""A cell's text in, so much of it out as a message quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import MARK
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 60
"""So much of a cell is quoted."""
NAMED = 12
"""So many of a list of names are."""


def short(text: str | None) -> str:
    """Cut a cell's text for a message, without its mark."""
    text = text or ""
    text = text[len(MARK) + 1 :] if text.startswith(MARK) else text
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def few(names: Sequence[str]) -> str | Text:
    """Name the first of many; the others are counted."""
    named = ", ".join(short(name) for name in names[:NAMED])
    more = len(names) - NAMED
    return say("{names} and {more} more", names=named, more=more) if more > 0 else named
