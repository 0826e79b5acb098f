"""What a report rests on: an election and its inputs in, the title and the lines below it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report.words import LAYER_WORDS, SIDE_WORDS, word
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Election, Input

NAMED = 3
"""So many files of a side are named; the rest are counted, and stand in the files."""

SHORT = 8
"""Characters of a digest that a person compares by eye."""


def title(election: Election, lang: str) -> str:
    """The election's title, or its id, or what this is about."""
    named = election.title or election.id
    return harmless(named) if named else speak(say("Forms and online figures"), lang)


def sources(inputs: Iterable[Input], version: str, lang: str) -> tuple[str, ...]:
    """One line for each side with files, digests, time and layer; then the version."""
    files = tuple(inputs)
    sides = [
        _side_line(side, [one for one in files if one.side == side], lang)
        for side in ("ours", "theirs")
        if any(one.side == side for one in files)
    ]
    return (*sides, speak(say("recount {version}", version=version), lang))


def _side_line(side: str, files: list[Input], lang: str) -> str:
    named = ", ".join(_file(one, lang) for one in files[:NAMED])
    line = speak(
        say(
            "{side}: {forms} forms; {files}",
            side=SIDE_WORDS[side],
            files=named,
            forms=sum(one.forms for one in files),
        ),
        lang,
    )
    if len(files) <= NAMED:
        return line
    rest = say("and {n} more files (all named in -o result.json)", n=len(files) - NAMED)
    return f"{line}, {speak(rest, lang)}"


def _file(one: Input, lang: str) -> str:
    known = [one.sha256[:SHORT], one.system, one.taken_at]
    if one.layer:
        known.insert(2, word(LAYER_WORDS, one.layer, lang))
    details = ", ".join(text for text in known if text)
    return speak(say("{path} ({details})", path=one.path, details=details), lang)
