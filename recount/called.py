"""A candidate's name beside a number in; whether it is the name of another number out.

People write the same pair in many ways - with titles, shortened, one of the two alone - so names
are held against each other by their words.
"""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING

from recount.boxes import CANDIDATE
from recount.headings import slug
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from recount.model import Reading, Sheet
    from recount.texts import Text

_SHORTEST = 4
"""A shorter word is an initial or a title, or part of many names."""
_TITLES = frozenset(("prof", "haji", "purn", "dokter", "jenderal", "letjen", "mayjen"))
_SHOWN = 60
"""So much of a name is quoted."""
_MEND = say("Correct the name or the number, here or in the election file.")


def number_against(name: str, id_: str, known: Mapping[str, str], place: str) -> Finding | None:
    """Say when a name beside a number is another number's in the election's file.

    `known`: slug of a candidate's name or number -> id.
    """
    other = whose(name, known)
    if other in {None, id_}:
        return None
    message = say(
        "“{name}” has the number {id} here, but {known} in the election file; the number counts.",
        name=_cut(name),
        id=id_,
        known=other,
    )
    return _against(message, place)


def two_names(readings: Iterable[tuple[Reading, tuple[Sheet, ...]]]) -> Iterator[Finding]:
    """Say when one side has two different names for one number, in different sheets or files.

    A name met first is what the later ones are held against. Rows that name their contest may
    have a number once in each.
    """
    first: dict[str, tuple[str, str]] = {}
    for reading, sheets in readings:
        if "contest" in reading.rows.columns:
            continue
        known = {slug(name): id_ for id_, (name, _) in first.items()}
        for id_, name in reading.candidates.items():
            place = _place(reading, sheets[0], id_)
            before, at = first.setdefault(id_, (name, place))
            if at == place or not id_.isdigit():
                continue
            if whose(name, known) not in {None, id_} or _unlike(name, before):
                yield _against(_two_names(id_, name, before, at), place)


def _two_names(id_: str, name: str, other: str, place: str) -> Text:
    return say(
        "The number {id} is “{name}” here, but “{other}” in {place}; the number counts.",
        id=id_,
        name=_cut(name),
        other=_cut(other),
        place=place,
    )


def _place(reading: Reading, sheet: Sheet, id_: str) -> str:
    """Where a name stands, as exactly as a reading tells: the line of a candidate, or the sheet."""
    before, after = sheet.around(CANDIDATE + id_)
    if reading.across and after:
        return before + after
    return f"{sheet.label}!{sheet.sheet}" if sheet.sheet is not None else sheet.label


def _unlike(name: str, other: str) -> bool:
    """Whether two names have nothing in common; of initials alone nobody can say."""
    one, two = _words(name), _words(other)
    return bool(one and two) and not any(
        first.startswith(second) or second.startswith(first)
        for first in (*one, slug(name).replace("-", ""))
        for second in (*two, slug(other).replace("-", ""))
    )


def _against(message: Text, place: str) -> Finding:
    """A name against a number: votes may stand under the wrong candidate."""
    return Finding("candidate-number", "error", message, _MEND, place)


def whose(name: str, known: Mapping[str, str]) -> str | None:
    """The number that a name belongs to: by the whole of it, else by most of the words.

    A word that stands with two numbers says nothing; None where no number is ahead.
    """
    if (id_ := known.get(slug(name))) is not None:
        return id_
    owners: dict[str, set[str]] = {}
    for key, id_ in known.items():
        for word in _words(key):
            owners.setdefault(word, set()).add(id_)
    said = Counter(
        id_ for word in _words(name) if len(owners.get(word, ())) == 1 for id_ in owners[word]
    )
    first, *second = said.most_common(2) or [("", 0)]
    return first[0] if first[1] > (second[0][1] if second else 0) else None


def _words(name: str) -> set[str]:
    """The words of a name that tell it from others."""
    split = slug(name).split("-")
    return {word for word in split if len(word) >= _SHORTEST and word not in _TITLES}


def _cut(name: str) -> str:
    return shorten(name, _SHOWN, placeholder="...")
