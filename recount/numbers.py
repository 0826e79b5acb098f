"""The one door for written numbers: a cell's text in, a count or the reason why it is unread out.

Parsing never guesses: whatever is doubtful is `Unread`, and its text and place are kept.
Source: design of the forms (boxes of whole numbers), and the spellings met in real files.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

from recount.model import DATE, ERROR_VALUE, FRACTION, MARK, NO_VALUE, TRUTH
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable

Reason = Literal[
    "blank",
    "fraction",
    "negative",
    "huge",
    "separators",
    "date",
    "error_value",
    "no_value",
    "truth",
    "illegible",
    "no_number",
]

LARGEST = 2_000_000_000
"""More than all people of the country seven times over: no box of any form can hold it."""

BLANKS = {"", "-", "--", "---", "–", "—", "X", "XX", "XXX", ".", "NA", "N/A", "NULL", "NIHIL"}  # noqa: RUF001 - dashes as people type them
"""What stands for an empty box: on paper an X or a dash means blank (forms.md, section 1)."""

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_POINT = re.compile(r"([0-9]+)([.,])([0-9]+)")
_BOTH = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)([.,])([0-9]+)")
_MARKS: dict[str, Reason] = {
    FRACTION: "fraction",
    DATE: "date",
    ERROR_VALUE: "error_value",
    NO_VALUE: "no_value",
    TRUTH: "truth",
}


class Unread(NamedTuple):
    """A cell that is no count: why, and (without its mark) what stands in it."""

    reason: Reason
    text: str


class Style(NamedTuple):
    """How a column writes its thousands: which of "." and "," group digits there, if any does."""

    grouping: frozenset[str] = frozenset(".,")


def column_style(texts: Iterable[str]) -> Style:
    """Decide for one column which separators group thousands.

    A separator groups only if every text of the column that has it is grouped in threes; and if
    both "1.234" and "1,234" occur in one column, neither does: one of them may be a fraction.
    """
    seen: dict[str, bool] = {}
    for text in texts:
        separators = {char for char in text if char in ".,"}
        if len(separators) == 1 and not text.startswith(MARK) and _POINT.search(text):
            (separator,) = separators
            grouped = _GROUPED.fullmatch(text.strip()) is not None
            seen[separator] = seen.get(separator, True) and grouped
    grouping = frozenset(separator for separator in ".," if seen.get(separator, True))
    if seen.get(".") and seen.get(","):
        return Style(frozenset())
    return Style(grouping)


def parse_count(text: str | None, style: Style = Style()) -> int | Unread:  # noqa: B008 - frozen
    """Read a count of votes, ballots or people: a whole number from 0 to `LARGEST`.

    `style` says which separators group thousands in this column. Errors are values: `Unread`.
    """
    if text is None:
        return Unread("blank", "")
    if text.startswith(MARK):
        return Unread(_MARKS.get(text[:2], "no_number"), text[2:])
    if _PLAIN.fullmatch(text):
        return _bounded(text, text)
    return _parse_written(text, style)


def _parse_written(text: str, style: Style) -> int | Unread:
    tidy = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip()
    if tidy.upper() in BLANKS:
        return Unread("blank", text)
    if tidy.startswith("-") and _number_shaped(tidy[1:].strip()):
        return Unread("negative", text)
    if _PLAIN.fullmatch(tidy) and tidy.isascii():
        return _bounded(tidy, text)
    if grouped := _GROUPED.fullmatch(tidy):
        if grouped[1] in style.grouping:
            return _bounded(re.sub("[.,]", "", tidy), text)
        return Unread("separators", text)
    if pointed := _POINT.fullmatch(tidy):
        return _whole(pointed[1], pointed[3], text)
    if both := _BOTH.fullmatch(tidy):
        return _whole(re.sub("[.,]", "", tidy[: both.start(2)]), both[3], text)
    if re.fullmatch(r"[0-9Xx ]+", tidy) and re.search(r"[0-9]", tidy):
        return Unread("illegible", text)
    return Unread("no_number", text)


def _number_shaped(text: str) -> bool:
    return any(shape.fullmatch(text) for shape in (_PLAIN, _GROUPED, _POINT, _BOTH))


def _whole(whole: str, decimals: str, text: str) -> int | Unread:
    return Unread("fraction", text) if decimals.strip("0") else _bounded(whole, text)


def _bounded(digits: str, text: str) -> int | Unread:
    # Lengths first: turning a million digits into a number would take minutes.
    short = digits.lstrip("0")
    if len(short) > len(str(LARGEST)) or int(short or "0") > LARGEST:
        return Unread("huge", text)
    return int(short or "0")


_STATION = re.compile(r"(?:TPS|POS|KSK|TPSLN)?[ .:_-]*(?:NO|NOMOR)?[ .:_-]*([0-9]+)(?:[.,]0+)?")


def parse_station(text: str | None) -> int | Unread:
    """Read a TPS number: `001`, `1`, `TPS 1`, `POS 003`, `1.0` are all station 1."""
    if text is None:
        return Unread("blank", "")
    if text.startswith(MARK):
        return Unread(_MARKS.get(text[:2], "no_number"), text[2:])
    tidy = unicodedata.normalize("NFKC", text).strip().upper()
    if tidy in BLANKS:
        return Unread("blank", text)
    if station := _STATION.fullmatch(tidy):
        return _bounded(station[1], text)
    return Unread("no_number", text)


def why(unread: Unread) -> Text:
    """Say in a sentence why a cell could not be read as a count."""
    shown = unread.text if len(unread.text) <= 40 else unread.text[:40] + "..."  # noqa: PLR2004 - a screen's half
    return _WHY[unread.reason](shown)


_WHY = {
    "blank": lambda _: say("The cell is blank."),
    "fraction": lambda text: say("The cell holds the fraction {text}.", text=text),
    "negative": lambda text: say("The cell holds the negative number {text}.", text=text),
    "huge": lambda text: say("The cell holds {text}, more than any form can.", text=text),
    "separators": lambda text: say(
        "The cell holds {text}; in this column it is not certain that its separator groups "
        "thousands.",
        text=text,
    ),
    "date": lambda text: say("The cell holds the date {text} where a number belongs.", text=text),
    "error_value": lambda text: say("The cell holds the error value {text}.", text=text),
    "no_value": lambda text: say(
        "The cell holds the formula {text} without a calculated value.", text=text
    ),
    "truth": lambda text: say("The cell holds {text} where a number belongs.", text=text),
    "illegible": lambda text: say(
        "The cell holds {text}: digits with an X or a blank between them.", text=text
    ),
    "no_number": lambda text: say("The cell holds “{text}”, which is no number.", text=text),
}
