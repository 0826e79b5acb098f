"""A command line in, an exit code out: the one place where failures leave."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from typing import TYPE_CHECKING

import typer

from recount.cli._asked import note
from recount.cli._language import language, spoken, usual
from recount.cli._root import root
from recount.cli._streams import prepare, tell, tell_fault
from recount.cli._usage import explain
from recount.errors import Exit, RecountError
from recount.texts import say

if TYPE_CHECKING:
    from recount.cli._root import Register

HELP_WANTED = "NoArgsIsHelpError"
DEBUG = "RECOUNT_DEBUG"


def carry_out(register: Register, arguments: list[str]) -> int:
    """Carry out a command line; whatever goes wrong is said in one message."""
    prepare()
    lang = usual(os.environ)
    note(arguments)
    try:
        lang = language(arguments, os.environ)
        return _call(register, arguments, lang)
    except RecountError as fault:
        tell_fault(fault, lang)
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except (SystemExit, GeneratorExit):
        raise
    except BaseException as fault:  # noqa: BLE001 - a panic of an engine is no Exception
        _debug()
        tell_fault(_unexpected(fault), lang)
    return Exit.CANNOT


def _call(register: Register, arguments: list[str], lang: str) -> int:
    with warnings.catch_warnings(), spoken(lang):
        if not sys.warnoptions:
            # What libraries say to programmers is nothing to an observer.
            warnings.simplefilter("ignore")
        command = root(register, lang)
        try:
            code = command.main(arguments, prog_name="recount", standalone_mode=False, obj=lang)
        except typer.TyperException as fault:
            if type(fault).__name__ != HELP_WANTED:
                raise explain(fault) from fault
            tell(fault.format_message().splitlines())
            return Exit.CANNOT
    return int(code or 0)


def _unexpected(fault: BaseException) -> RecountError:
    if isinstance(fault, MemoryError):
        return RecountError(
            say("There is not enough memory for these files."),
            mend=say("Close other programs, or compare one kabupaten/kota at a time."),
        )
    return RecountError(
        say(
            "Something went wrong that should not have: {kind}: {what}",
            kind=type(fault).__name__,
            what=str(fault),
        ),
        mend=say(
            "Please report it to whoever gave you recount, with the command and what it prints "
            "when RECOUNT_DEBUG=1 is set."
        ),
    )


def _debug() -> None:
    if os.environ.get(DEBUG):
        tell(traceback.format_exc().splitlines())
