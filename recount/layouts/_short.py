"""A cell's text in, so much of it out as a message quotes."""

from __future__ import annotations

from recount.model import MARK

SHOWN = 60
"""So much of a cell is quoted."""


def short(text: str | None) -> str:
    """Cut a cell's text for a message, without its mark."""
    text = text or ""
    text = text[len(MARK) + 1 :] if text.startswith(MARK) else text
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."
