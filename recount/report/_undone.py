"""Findings in, the lines that say at the top what could not be done out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import NOT_READ
from recount.report.words import SIDE_WORDS
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.model import Finding

NAMED = 3
"""So many of what could not be read are named; more are counted."""


def lines(found: Sequence[Finding], lang: str) -> tuple[str, ...]:
    """What could not be read, one line a side."""
    texts = []
    for side, word in SIDE_WORDS.items():
        places = [one.place or "-" for one in found if _unread(one, side)]
        if places:
            text = say(
                "{side}: {n} files or sheets could not be read and are in no figure here: {places}",
                side=word,
                n=len(places),
                places=_some(places),
            )
            texts.append(speak(text, lang))
    return tuple(texts)


def messages(found: Iterable[Finding], lang: str) -> tuple[str, ...]:
    """What else could not be done: the findings' own words."""
    return tuple(speak(one.message, lang) for one in found if one.rule != NOT_READ)


def _unread(one: Finding, side: str) -> bool:
    return one.rule == NOT_READ and (one.side or "ours") == side


def _some(places: list[str]) -> str:
    return harmless(", ".join([*places[:NAMED], *(["..."] if len(places) > NAMED else [])]))
