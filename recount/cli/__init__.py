"""Family of commands: a command line in, an exit code out. `COMMANDS` is the register.

A command is a module with `PAGE` (what its help says) and `run` (a function as typer reads it,
which gives the exit code). It is imported when it is called, and not before.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from recount.errors import Exit
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, Text]] = {
    "reconcile": (
        "recount.cli.reconcile",
        say("Where do the forms and the online figures differ, and does it matter?"),
    ),
    "check": (
        "recount.cli.check",
        say("Everything about the files that should be looked at, all at once."),
    ),
    "aggregate": (
        "recount.cli.aggregate",
        say("The totals of one side, each with the number of units behind it."),
    ),
    "trace": (
        "recount.cli.trace",
        say("Where between the TPS and the recap did the figures of a region change?"),
    ),
    "audit": (
        "recount.cli.audit",
        say("Which forms to collect, and what the collected ones prove."),
    ),
    "template": (
        "recount.cli.template",
        say("A workbook to type forms into, with checks as one types."),
    ),
    "regions": (
        "recount.cli.regions",
        say("Look a region up, by its name or by its code in any system."),
    ),
    "fetch": (
        "recount.cli.fetch",
        say("Keep what an online system answers now, byte for byte."),
    ),
    "history": (
        "recount.cli.history",
        say("What changed in the online figures from one capture to the next?"),
    ),
    "screen": (
        "recount.cli.screen",
        say("Are the figures of one side, by themselves, such as chance gives?"),
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line (default: the one of this process); gives the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if arguments is None:
        # A process of one command: looking for garbage in cycles takes a tenth of its time, and
        # asking the system for memory in small pages as much again.
        gc.disable()
        os.environ.setdefault("_RJEM_MALLOC_CONF", "thp:always")
    try:
        # Loaded in here, so that an interruption is quiet from the first moment on.
        return int(import_module("recount.cli._running").carry_out(COMMANDS, given))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
