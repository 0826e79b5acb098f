"""The words of a page, each in both languages and held once: texts in, their numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.texts import OTHER, Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

INTERFACE = {
    "all": say("all"),
    "any": say("All regions"),
    "back": say("Previous"),
    "cells": say("Cells"),
    "change": say("First change"),
    "clear": say("Clear filters"),
    "code": say("Code"),
    "contents": say("Contents"),
    "data": say("The figures of this picture"),
    "details": say("Details of {what}"),
    "dim": say("Light or dark"),
    "into": say("Look into {region}: {n} rows"),
    "kabkota": say("Kabupaten/kota"),
    "language": say("Language"),
    "more": say("Further regions"),
    "next": say("Next"),
    "held": say("This page holds {n} of {m} rows, what differs first; all of them: -o result.csv"),
    "none": say("No row fits. Clear a filter, or search for less."),
    "path": say("Path"),
    "printed": say("{n} more rows are not on paper; they are in the file."),
    "rows": say("Rows {from} to {to} of {n}"),
    "script": say(
        "Without JavaScript only the first rows of each table are shown; all of them: -o "
        "result.csv. The answer and the coverage are whole."
    ),
    "search": say("Search"),
    "skip": say("To the answer"),
    "sort": say("Sort by {column}"),
    "unexplained": say("unexplained"),
    "where": say("Region"),
}
"""What the page says by itself; `{...}` is filled in by its script."""


class Said(NamedTuple):
    """A text in the language that a page opens with, and its number; `alike`: in both languages."""

    text: str
    at: int
    alike: bool

    def __str__(self) -> str:
        return self.text


class Words:
    """All texts of a page: one that differs between the languages is a pair, else a string."""

    def __init__(self, lang: str) -> None:
        """`lang`: the language that the page opens with."""
        self.lang, self.all = lang, list[str | list[str]]()
        self._known: dict[tuple[str, str], int] = {}

    def number(self, text: str, other: str | None = None, *, lines: bool = False) -> int:
        """Give the number of a text; `other`: the same in the other language.

        `lines`: it has several lines of our own; a line break in a name is written out.
        """
        safe = _each_line if lines else harmless
        pair = (safe(text), safe(text if other is None else other))
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = len(self.all)
            self.all.append(pair[0] if pair[0] == pair[1] else list(pair))
        return known

    def put(self, text: str, other: str | None = None, *, lines: bool = False) -> Said:
        """Give a text that stands in the page itself."""
        return self.again(self.number(text, other, lines=lines))

    def again(self, at: int) -> Said:
        """Give a text that is there already."""
        held = self.all[at]
        return (
            Said(held, at, alike=True) if isinstance(held, str) else Said(held[0], at, alike=False)
        )

    def speak(self, text: Text) -> Said:
        """Give a text of the page's own."""
        return self.put(speak(text, self.lang), speak(text, OTHER[self.lang]))

    def both(self, texts: Iterable[str], others: Iterable[str]) -> list[Said]:
        """Pair what is said line by line; where one language has more lines, they stand alone."""
        first, second = list(texts), list(others)
        if len(first) != len(second):
            second = first
        return [self.put(*pair) for pair in zip(first, second, strict=True)]


def _each_line(text: str) -> str:
    return "\n".join(map(harmless, text.split("\n")))
