"""The one exception of the house, and the exit codes.

A fault in the data is a `Finding`; a `RecountError` only means "this command cannot go on".
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.texts import Text


class Exit(IntEnum):
    """How a command ended; binding for every program that calls this one (product.md, 5)."""

    AGREES = 0
    DIFFERS = 1
    CANNOT = 2
    INTERRUPTED = 130


class RecountError(Exception):
    """A command cannot go on. Says where, what is wrong, and what to do about it."""

    def __init__(self, message: Text, *, mend: Text, place: str | None = None) -> None:
        """`mend` is required: no error without a way out. `place` is a file, sheet or cell."""
        super().__init__(message.template)
        self.message = message
        self.mend = mend
        self.place = place
