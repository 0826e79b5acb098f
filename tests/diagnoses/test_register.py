"""Every member of the family is whole: it has a rate, words in both languages, and a register."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import recount.diagnoses
from recount.diagnoses import DIAGNOSES
from recount.report._cause_words import WORDS
from recount.texts import speak

MARKS = {
    "candidates_exchanged": ("candidate:2",),
    "valid_invalid_exchanged": ("invalid",),
    "column_shift": ("+2", "-2", "+1", "-1"),
    "total_as_candidate": (">valid", "cast>", ">sum"),
    "moved_votes": ("candidate:2",),
    "all_raised": ("+40", "-40", "*1.5", "+", "-"),
    "digit": ("3>8@2",),
    "transposed": ("10>01",),
    "leading_digit": ("+1@3", "-1@3"),
    "digit_added": ("+9@1", "55@1", "+00"),
    "digit_dropped": ("-9@1", "-00"),
    "zero_or_blank": ("0>", ">0", "blank>", ">blank"),
}
"""A mark of every shape that a cause gives."""


def test_every_file_is_registered() -> None:
    folder = Path(recount.diagnoses.__file__).parent
    files = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert files == DIAGNOSES.keys()


@pytest.mark.parametrize("id_", DIAGNOSES)
def test_a_member_has_a_rate_and_words(id_: str) -> None:
    assert 0 < DIAGNOSES[id_].RATE < 1
    assert id_ in WORDS


@pytest.mark.parametrize(("id_", "mark"), [(id_, mark) for id_ in MARKS for mark in MARKS[id_]])
def test_words_are_brief_and_full_in_both_languages(id_: str, mark: str) -> None:
    brief, full = WORDS[id_](mark)
    for lang in ("id", "en"):
        assert 0 < len(speak(brief, lang)) <= 40
        assert speak(full, lang).endswith(".")
        assert not re.search(r"[{}]", speak(brief, lang) + speak(full, lang))
    assert speak(full, "id") != speak(full, "en")


def test_every_cause_with_words_has_a_mark_to_try_them_on() -> None:
    assert MARKS.keys() <= WORDS.keys()
