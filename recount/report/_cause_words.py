"""The words for every cause: what it saw (a mark) in, a few words and a sentence out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from recount.boxes import box_text
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = Callable[[str], tuple[Text, Text]]
    """A mark in; in brief, for a cell, and in full out."""


def _digit(mark: str) -> tuple[Text, Text]:
    pair, _, place = mark.partition("@")
    a, b = pair.split(">")
    full = say(
        "One digit is another: {a} in ours, {b} online (digit {n} from the right).",
        a=a,
        b=b,
        n=place,
    )
    return say("digit {a}/{b}", a=a, b=b), full


def _transposed(mark: str) -> tuple[Text, Text]:
    a, b = mark.split(">")
    full = say("Two digits side by side changed places: {a} in ours, {b} online.", a=a, b=b)
    return say("digits {a}/{b} swapped", a=a, b=b), full


def _leading_digit(mark: str) -> tuple[Text, Text]:
    digit = mark[1]
    if mark[0] == "+":
        full = say("The online figure is ours with the digit {a} in front.", a=digit)
        return say("{a} added in front", a=digit), full
    full = say("The online figure is ours without the digit {a} in front.", a=digit)
    return say("{a} dropped in front", a=digit), full


def _digit_added(mark: str) -> tuple[Text, Text]:
    if "@" not in mark:
        full = say("The online figure is ours with two zeros behind it.")
        return say("two zeros added"), full
    digits, _, place = mark.partition("@")
    digit = digits[-1]
    if digits[0] == digit:
        full = say("The online figure is ours with the digit {a} doubled.", a=digit)
        return say("digit {a} doubled", a=digit), full
    full = say(
        "The online figure is ours with the digit {a} put in (digit {n} from the right).",
        a=digit,
        n=place,
    )
    return say("digit {a} added", a=digit), full


def _digit_dropped(mark: str) -> tuple[Text, Text]:
    if "@" not in mark:
        full = say("The online figure is ours without the two zeros behind it.")
        return say("two zeros dropped"), full
    digit, _, place = mark[1:].partition("@")
    full = say(
        "The online figure is ours without one digit {a} (digit {n} from the right).",
        a=digit,
        n=place,
    )
    return say("digit {a} dropped", a=digit), full


def _zero_or_blank(mark: str) -> tuple[Text, Text]:
    return {
        "0>": (say("zero in ours"), say("Our figure is zero, the online one is not.")),
        ">0": (say("zero online"), say("The online figure is zero, ours is not.")),
        "blank>": (say("blank in ours"), say("Our figure is blank or could not be read.")),
        ">blank": (say("blank online"), say("The online figure is blank or could not be read.")),
    }[mark]


def _exchanged(mark: str) -> tuple[Text, Text]:
    other = box_text(mark)
    full = say("This box and “{box}” have each other's figures on the other side.", box=other)
    return say("exchanged with {box}", box=other), full


def _column_shift(mark: str) -> tuple[Text, Text]:
    boxes = abs(int(mark))
    brief = say("shifted by one box") if boxes == 1 else say("shifted by {n} boxes", n=boxes)
    full = {
        "+1": say("The online figures of this unit are ours of the next box."),
        "-1": say("The online figures of this unit are ours of the box before."),
        "+": say("The online figures of this unit are ours of {n} boxes further on.", n=boxes),
        "-": say("The online figures of this unit are ours of {n} boxes before.", n=boxes),
    }
    return brief, full.get(mark, full[mark[0]])


def _total(mark: str) -> tuple[Text, Text]:
    total = mark.strip(">")
    words = say("sum of the candidates") if total == "sum" else box_text(total)
    if mark[0] == ">":
        full = say("The online figure is a total of ours: {total}.", total=words)
    else:
        full = say("Our figure is a total of the online side: {total}.", total=words)
    return say("total in place of votes"), full


def _moved_votes(mark: str) -> tuple[Text, Text]:
    other = box_text(mark)
    full = say(
        "What this box has less or more on one side, “{box}” has more or less; "
        "the total is the same.",
        box=other,
    )
    return say("votes moved: {box}", box=other), full


def _all_raised(mark: str) -> tuple[Text, Text]:
    if mark[0] == "*":
        share = Decimal(mark[1:])
        full = say("The online figures of all candidates are about {n} times ours.", n=share)
        return say("all candidates by one share"), full
    if mark == "+":
        return say("all candidates more"), say(
            "All candidates have more votes online than in ours."
        )
    if mark == "-":
        return say("all candidates less"), say(
            "All candidates have fewer votes online than in ours."
        )
    full = say("The online figures of all candidates differ from ours by one number: {n}.", n=mark)
    return say("all candidates {n}", n=mark), full


WORDS: dict[str, Words] = {
    "candidates_exchanged": _exchanged,
    "valid_invalid_exchanged": _exchanged,
    "column_shift": _column_shift,
    "total_as_candidate": _total,
    "moved_votes": _moved_votes,
    "all_raised": _all_raised,
    "digit": _digit,
    "transposed": _transposed,
    "leading_digit": _leading_digit,
    "digit_added": _digit_added,
    "digit_dropped": _digit_dropped,
    "zero_or_blank": _zero_or_blank,
}
"""By the id of a cause, as in `diagnoses.DIAGNOSES`."""
