"""Findings in, the lines that name the regions without a form out: a few, and how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import NO_FORM
from recount.report.words import LEVEL_WORDS
from recount.texts import Several, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.model import Finding

NAMED = 8
"""So many regions are named on the screen; all of them are among the findings in a file."""


def lines(found: Iterable[Finding], lang: str) -> Iterator[str]:
    """One line a level: how many regions have no form, and which."""
    levels: dict[object, list[object]] = {}
    for one in found:
        if one.rule == NO_FORM:
            values = dict(one.message.values)
            levels.setdefault(values["level"], []).append(values["name"])
    for level, names in levels.items():
        few = Several(tuple(names[:NAMED]))
        counted = {"n": len(names), "level": LEVEL_WORDS[str(level)], "names": few}
        if len(names) > NAMED:
            text = say(
                "No form yet of {n} {level}: {names}, and {more} more (all: -o result.json).",
                **counted,
                more=len(names) - NAMED,
            )
        else:
            text = say("No form yet of {n} {level}: {names}.", **counted)
        yield speak(text, lang)


def others(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that ask for a look at what is there."""
    return tuple(one for one in found if one.rule != NO_FORM)
