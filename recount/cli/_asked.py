"""The command line of this run, as one line that a person can type again."""

from __future__ import annotations

import shlex
from contextvars import ContextVar
from typing import TYPE_CHECKING

from recount.texts import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARGUMENTS: ContextVar[tuple[str, ...]] = ContextVar("arguments", default=())


def note(arguments: Sequence[str]) -> None:
    """Keep the arguments of this run."""
    _ARGUMENTS.set(tuple(arguments))


def asked() -> str:
    """Give the command line: what a report names, so that anyone can compute it again."""
    return harmless(shlex.join(("recount", *_ARGUMENTS.get())))
