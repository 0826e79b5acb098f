"""A command line and an environment in, the language of this run out."""

from __future__ import annotations

import gettext
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.texts import CATALOGUES, DOMAIN, LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

OPTION = "--lang"
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
SAYS = re.compile(rf"({'|'.join(LANGUAGES)})(?![a-z])", re.IGNORECASE)


def language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Decide the language: `--lang` anywhere in the arguments, else what the environment says.

    Raises RecountError when `--lang` names another one than LANGUAGES.
    """
    stated = _stated(arguments)
    if stated is None:
        return usual(environ)
    if stated.lower() not in LANGUAGES:
        raise RecountError(
            say("The language “{language}” is not known.", language=stated),
            mend=say("Choose one of: {languages}.", languages=", ".join(LANGUAGES)),
        )
    return stated.lower()


def usual(environ: Mapping[str, str]) -> str:
    """Give the first language that VARIABLES name and that is known, else Indonesian."""
    named = (name for variable in VARIABLES for name in environ.get(variable, "").split(":"))
    said = (SAYS.match(name) for name in named)
    return next((hit[1].lower() for hit in said if hit), LANGUAGES[0])


def _stated(arguments: Sequence[str]) -> str | None:
    """Give the last value of `--lang`, as the parser will take it; None when there is none."""
    stated = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and at + 1 < len(arguments):
            stated = arguments[at + 1]
        elif argument.startswith(f"{OPTION}="):
            stated = argument.partition("=")[2]
    return stated


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Let the few texts that typer passes through gettext come in this language, too."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
