"""A column's heading in, what the column holds out: a place, a box, a candidate, or nothing known.

Indonesian and English, in any spelling met so far. Line numbers are never trusted (forms.md,
section 1): a heading is understood by its words. A role is a short text: `provinsi` ... `tps`,
`code` (or `code kecamatan` ...), `name`, `level`, `contest`, `pair`, `pair name` and `value` (long
tables), `aside`, or a box's id. What a list of voters means (DPTb) depends on the form: `lists` of
its model says it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import EMPTY_BOX
from recount.heading_numbers import numbered
from recount.heading_words import (
    AMBIGUOUS,
    BEFORE_NUMBER,
    BESIDE_LISTS,
    BOXES,
    BY_SEX,
    CODES,
    EMPTY,
    FILLERS,
    FORM_WORDS,
    IN_FULL,
    KEYED_BOXES,
    LIST_WORDS,
    NO_CANDIDATES,
    NO_CODES,
    PAIR_NAMES,
    PERCENT,
    PLACES,
    SAME_WORDS,
    SEXES,
    SOURCES,
    STATION_COUNTS,
    VOTED,
)
from recount.model import LEVELS, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Lists


class Meaning(NamedTuple):
    """What a heading says: its role, and the candidate's name when it stands there too."""

    role: str
    candidate: str | None = None


ASIDE = Meaning("aside")
"""Known, and no part of a form: a row number, a note, a percentage."""

_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_FORMULA = re.compile(
    r"\((?:[^()]*[0-9][^()]*|(?:[IVX]+\.)?[A-H](?: *\+ *(?:[IVX]+\.)?[A-H])+ *)\)"
)
_MODEL = re.compile(r"\([^()]*\bMODEL\b[^()]*\)")
"""Behind a label, the form that its list stands in: (Model A.3-KPU), (Model A.DPK-KPU)."""
_PART = r"(?:[A-KM-OQ-Z]|[IVX]{1,4}|[0-9]{1,2})"
_LINE_NUMBER = re.compile(
    rf"\A\s*(?:{_PART}(?:[.)]{_PART})+[.)]?\s+|{_PART}[.)]\s*|[0-9]{{1,2}}\s+)"
)
"""What stands before a label: `A.1`, `IV.`, `2)`, or a number and a blank."""
_SEX_WORDS = 3


@lru_cache(maxsize=2**14)
def meaning(heading: str, lists: Lists = ()) -> Meaning | None:
    """Understand one heading; None when it says nothing this program knows.

    `lists`: what the form means by an acronym (FormModel.lists); without it such a heading is not
    understood.
    """
    if heading.startswith(MARK):
        return None
    words = _words(heading)
    if len(words) > 1 and words[0] in SOURCES and not CODES & set(words):
        words = words[1:]
    if not words:
        return None
    if ("%" in heading or PERCENT & set(words)) and "SURAT" not in words:
        return ASIDE
    label = label_words(heading)
    for written in (words, label):
        if found := _place(written) or _box(written) or _code(written):
            return found
    return _of_list(label, lists) or _candidate(heading, words) or _empty(heading, label)


def label_words(label: str) -> list[str]:
    """The words of a printed label, without its line number, its formula and its list's form."""
    bare = _FORMULA.sub(" ", _MODEL.sub(" ", label.upper()))
    return _words(_LINE_NUMBER.sub("", bare, count=1))


def label_key(label: str) -> str:
    """A printed label as it is compared: numbering, fillers and spelling variants are gone."""
    return " ".join(_stem(label_words(label)))


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
    stem = _stem(words)
    if AMBIGUOUS & set(words) and "DISABILITAS" not in stem:
        return None
    for label, suffix in _by_sex(stem):
        box = _labelled(label)
        if box and (suffix is None or box.startswith(BY_SEX)):
            return Meaning(f"{box}{suffix or ''}")
    return None


def _by_sex(stem: list[str]) -> Iterator[tuple[list[str], str | None]]:
    """Take the words for men, women or both off the end of a label; last, the label as it is."""
    for length in range(min(_SEX_WORDS, len(stem) - 1), 0, -1):
        suffix = SEXES.get(" ".join(stem[-length:]))
        if suffix is not None:
            yield stem[:-length], suffix
    yield stem, None


def _of_list(words: list[str], lists: Lists) -> Meaning | None:
    """Understand a list of voters by the form's meaning of it: `registered_moved`, `voters_...`."""
    stem, suffix = next(_by_sex(_stem(words)))
    which = _which(stem, dict(lists))
    rest = " ".join(stem).replace("PENGGUNA KTP", "KTP").split()
    if which is None or not set(rest) <= AMBIGUOUS | LIST_WORDS.keys() | BESIDE_LISTS:
        return None
    voted = VOTED & set(rest)
    registered = rest[0] in AMBIGUOUS - {"KTP"} or {"PEMILIH", "TERDAFTAR"} & set(rest)
    if not voted and not registered:
        return None
    return Meaning(f"{'voters' if voted else 'registered'}_{which}{suffix or ''}")


def _which(stem: list[str], lists: dict[str, str]) -> str | None:
    """Which list of voters a label names, `moved` or `id_card`; None when it names none, or two."""
    voters = {"PEMILIH", "PENGGUNA"} & set(stem)
    named = {IN_FULL.get(word, word) if voters else word for word in stem}
    said = {lists.get(word) for word in named & AMBIGUOUS - LIST_WORDS.keys()}
    said |= {LIST_WORDS[word] for word in named & LIST_WORDS.keys()}
    if "PINDAHAN" in named:
        said.discard(None)
    return said.pop() if len(said) == 1 else None


def _empty(heading: str, words: list[str]) -> Meaning | None:
    """Understand the empty box beside a single candidate, when no number stands with it."""
    if heading.strip() == EMPTY_BOX:
        return Meaning(EMPTY_BOX)
    plain = " ".join(word for word in words if word not in BEFORE_NUMBER)
    return Meaning(EMPTY_BOX, " ".join(heading.split())) if plain in EMPTY else None


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
    if NO_CANDIDATES & set(words) or sum(word.isdigit() for word in words) != 1:
        return None
    found = numbered(heading)
    return Meaning(f"candidate:{found.number}", found.name) if found else None


def names_list(heading: str) -> bool:
    """Whether a heading names a list of voters by an acronym that only the form explains."""
    return bool((AMBIGUOUS - LIST_WORDS.keys()) & set(_words(heading)))


def may_be_name(heading: str) -> bool:
    """Whether a heading that is not understood may be a candidate's name."""
    words = _words(heading)
    free = " ".join(words) in EMPTY or not FORM_WORDS & set(words)
    return free and any(len(word) > 1 and word.isalpha() for word in words)


def is_box(role: str) -> bool:
    """Whether a role is a box of the form, and so a figure to keep."""
    return role not in _NO_BOXES and not role.startswith("code")


_NO_BOXES = frozenset({*PLACES.values(), "pair name"})


def slug(heading: str) -> str:
    """Make an id of a heading that names a candidate without a number."""
    return "-".join(word.lower() for word in _WORDS.findall(heading))
