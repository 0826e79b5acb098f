"""Headings that hold several numbers in; out, which are candidates by those that stand beside them.

`3 Budi 2 Periode` alone may be anything; beside `1 Ani` and `2 Citra` it is candidate 3.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from recount.heading_numbers import numbered
from recount.heading_words import BEFORE_NUMBER, FILLERS, FORM_WORDS, NO_CANDIDATES
from recount.headings import Meaning, meaning, names_list
from recount.layouts._heading import CANDIDATE
from recount.model import MARK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from recount.model import Lists

_WORD = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[\W_]")
_DATE = re.compile(
    r"\W*(?:JAN|FEB|MAR|APR|MEI|MAY|JUN|JUL|AGU|AUG|SEP|OKT|OCT|NOV|DES|DEC)[A-Z]*\W*"
    r"(?:19|20)[0-9]{2}\W*",
    re.IGNORECASE,
)
"""Behind the number of a day: ` Juni 2018`."""
_JOINING = FILLERS | frozenset({"ATAU", "OR", "VS", "S", "D", "SD", "SAMPAI", "HINGGA", "TO"})
"""Between two numbers: `3 dan 4`, `1 s.d. 3`."""
_SILENT = FORM_WORDS | BEFORE_NUMBER | FILLERS


class _Perhaps(NamedTuple):
    """A heading that may be a candidate's; `named`: words stand in it that no form prints."""

    number: int
    meaning: Meaning
    named: bool


def numbered_beside(
    unknown: Mapping[int, str], taken: Collection[str], listed: Collection[str], lists: Lists
) -> dict[int, Meaning]:
    """Of headings that say nothing alone, those that continue the candidates' numbers.

    `taken`: the roles that others have. `listed`: the election file's candidates, by id. Two with
    one number are none. One without a name (`7 +62811 7`) must stand between two candidates.
    """
    every = {at: found for at, text in unknown.items() if (found := _perhaps(text, lists))}
    often = Counter(found.meaning.role for found in every.values())
    once = {
        at: found
        for at, found in every.items()
        if often[found.meaning.role] == 1 and found.meaning.role not in taken
    }
    sure = {int(id_) for role in taken if (id_ := role.removeprefix(CANDIDATE)).isdigit()}
    sure |= {found.number for found in once.values() if found.named}
    numbers = sure | {found.number for found in once.values()}
    return {
        at: found.meaning
        for at, found in once.items()
        if (
            {found.number - 1, found.number + 1} & numbers or str(found.number) in listed
            if found.named
            else _within(found.number, sure, numbers)
        )
    }


def _within(number: int, sure: Collection[int], numbers: Collection[int]) -> bool:
    """Whether a number stands in an unbroken row between two that are sure."""
    below = max((n for n in sure if n < number), default=None)
    above = min((n for n in sure if n > number), default=None)
    return below is not None and above is not None and set(range(below, above)) <= set(numbers)


@lru_cache(maxsize=2**12)
def _perhaps(heading: str, lists: Lists) -> _Perhaps | None:
    """Take a heading apart that holds several numbers; None where it speaks of something else."""
    found = None if heading.startswith(MARK) else numbered(heading)
    if found is None or not _APART.match(found.behind) or _DATE.fullmatch(found.behind):
        return None
    words = [word.upper() for word in _WORD.findall(found.behind)]
    if NO_CANDIDATES & set(words) or names_list(heading):
        return None
    if words and (set(words) <= _JOINING or _of_form(" ".join(words), lists)):
        return None
    named = any(len(word) > 1 for word in words) and not set(words) <= _SILENT
    return _Perhaps(int(found.number), Meaning(CANDIDATE + found.number, found.name), named)


def _of_form(text: str, lists: Lists) -> bool:
    """Whether the words behind a number are a place's or a box's: `1 TPS 2`."""
    understood = meaning(text, lists)
    return understood is not None and not understood.role.startswith(CANDIDATE)


def may_be_counted(heading: str) -> bool:
    """Whether a heading that is not understood says more than words that stand on any form."""
    words = [word.upper() for word in _WORD.findall(heading)]
    return not set(words) <= _SILENT or (numbered(heading) is not None and not words)
