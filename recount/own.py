"""The sentences by which recount knows, when it reads a workbook, what it wrote into it itself."""

from __future__ import annotations

import re
from functools import cache

from recount.texts import LANGUAGES, Text, say, speak

CHECK_SHEET = say("recount {version}: check of {file}")
ENTRY_SHEET = say(
    "recount {version}: type into the yellow cells; a click on a name leads to its sheet."
)
CHECK_ROWS = say("recount {version}: “OK” when all of a rule is typed and holds.")

_VALUES = {"VERSION": r"[0-9]+(?:\.[0-9]+)+", "FILE": ".+"}


def wrote(cell: str | None, *sentences: Text) -> bool:
    """Whether a cell is one of these sentences, whole and in any language."""
    return bool(cell) and any(_pattern(one).fullmatch(cell or "") for one in sentences)


@cache
def _pattern(sentence: Text) -> re.Pattern[str]:
    named = sentence.filled(version="VERSION", file="FILE")
    pattern = "|".join(re.escape(speak(named, lang)) for lang in LANGUAGES)
    for name, value in _VALUES.items():
        pattern = pattern.replace(name, value)
    return re.compile(pattern, re.DOTALL)
