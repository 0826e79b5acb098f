"""A column's heading in, what the column holds out: a place, a box, a candidate, or nothing known.

Indonesian and English, in any spelling met so far. Line numbers are never trusted (forms.md,
section 1): a heading is understood by its words. A role is a short text: `provinsi` ... `tps`,
`code` (or `code kecamatan` ...), `name`, `level`, `contest`, `pair`, `pair name` and `value` (long
tables), `aside`, or a box's id.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from recount.heading_words import (
    AMBIGUOUS,
    BEFORE_NUMBER,
    BOXES,
    BY_SEX,
    CODES,
    FILLERS,
    FORM_WORDS,
    KEYED_BOXES,
    NO_CODES,
    PAIR_NAMES,
    PERCENT,
    PLACES,
    SAME_WORDS,
    SEXES,
    SOURCES,
    STATION_COUNTS,
)
from recount.model import LEVELS, MARK


class Meaning(NamedTuple):
    """What a heading says: its role, and the candidate's name when it stands there too."""

    role: str
    candidate: str | None = None


ASIDE = Meaning("aside")
"""Known, and no part of a form: a row number, a note, a percentage."""

_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_FORMULA = re.compile(r"\((?:[^()]*[0-9][^()]*|[ABC](?: *\+ *[ABC])+ *)\)")
_PART = r"(?:[A-KM-OQ-Z]|[IVX]{1,4}|[0-9]{1,2})"
_LINE_NUMBER = re.compile(
    rf"\A\s*(?:{_PART}(?:[.)]{_PART})+[.)]?\s+|{_PART}[.)]\s*|[0-9]{{1,2}}\s+)"
)
"""What stands before a label: `A.1`, `IV.`, `2)`, or a number and a blank."""
_NUMBERED = re.compile(r"([^0-9]*?)0*([1-9][0-9]?)(?![0-9])(.*)", re.DOTALL)
_SEX_WORDS = 3


@lru_cache(maxsize=2**14)
def meaning(heading: str) -> Meaning | None:
    """Understand one heading; None when it says nothing this program knows."""
    if heading.startswith(MARK):
        return None
    words = _words(heading)
    if len(words) > 1 and words[0] in SOURCES and not CODES & set(words):
        words = words[1:]
    if not words:
        return None
    if ("%" in heading or PERCENT & set(words)) and "SURAT" not in words:
        return ASIDE
    label = _words(_LINE_NUMBER.sub("", _FORMULA.sub(" ", heading.upper()), count=1))
    for written in (words, label):
        if found := _place(written) or _box(written) or _code(written):
            return found
    return _candidate(heading, words)


def _words(text: str) -> list[str]:
    return [word.upper() for word in _WORDS.findall(text)]


def _place(words: list[str]) -> Meaning | None:
    if "TPS" in words and STATION_COUNTS & set(words):
        return ASIDE
    role = PLACES.get(" ".join(words))
    if role is not None:
        return Meaning(role)
    plain = [word for word in words if word not in {"NAMA", "NAME"}]
    phrase = " ".join(plain)
    if len(plain) < len(words):
        role = "pair name" if phrase in PAIR_NAMES else PLACES.get(phrase)
        return Meaning(role) if role else None
    return None


def _code(words: list[str]) -> Meaning | None:
    """Understand `kode`, `kode wilayah`, `kode kecamatan`: of which level, if that is said."""
    if not CODES & set(words):
        return None
    if NO_CODES & set(words):
        return ASIDE
    role = PLACES.get(" ".join(word for word in words if word not in CODES), "name")
    if role == "pair":
        return Meaning(role)
    return Meaning(f"code {role}" if role in LEVELS else "code")


def _box(words: list[str]) -> Meaning | None:
    if AMBIGUOUS & set(words):
        return None
    stem = _stem(words)
    for length in range(min(_SEX_WORDS, len(stem) - 1), 0, -1):
        suffix = SEXES.get(" ".join(stem[-length:]))
        box = _labelled(stem[:-length]) if suffix is not None else None
        if box and box.startswith(BY_SEX):
            return Meaning(f"{box}{suffix}")
    whole = _labelled(stem)
    return Meaning(whole) if whole else None


def _stem(words: list[str]) -> list[str]:
    same = " ".join(SAME_WORDS.get(word, word) for word in words)
    return [word for word in same.split() if word not in FILLERS]


def _labelled(stem: list[str]) -> str | None:
    if box := BOXES.get(" ".join(stem)):
        return box
    said = set(stem)
    fitting = (
        box
        for all_of, any_of, none_of, box in KEYED_BOXES
        if all_of <= said and any_of & said and not none_of & said
    )
    return next(fitting, None)


def _candidate(heading: str, words: list[str]) -> Meaning | None:
    """Understand `1`, `01`, `no 1`, `paslon 1`, `suara_1`, `01 Name - Name`."""
    numbers = [at for at, word in enumerate(words) if word.isdigit()]
    if len(numbers) != 1 or not set(words[: numbers[0]]) <= BEFORE_NUMBER:
        return None
    numbered = _NUMBERED.fullmatch(heading.strip())
    if numbered is None:
        return None
    name = re.sub(r"[\s_]+", " ", numbered[3]).strip(" .:-–/").lstrip(") ").rstrip("(")  # noqa: RUF001 - dashes as typed
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return Meaning(f"candidate:{numbered[2]}", name.strip() or None)


def may_be_name(heading: str) -> bool:
    """Whether a heading that is not understood may be a candidate's name."""
    words = _words(heading)
    return any(len(word) > 1 and word.isalpha() for word in words) and not FORM_WORDS & set(words)


def is_box(role: str) -> bool:
    """Whether a role is a box of the form, and so a figure to keep."""
    return role not in _NO_BOXES and not role.startswith("code")


_NO_BOXES = frozenset({*PLACES.values(), "pair name"})


def slug(heading: str) -> str:
    """Make an id of a heading that names a candidate without a number."""
    return "-".join(word.lower() for word in _WORDS.findall(heading))
