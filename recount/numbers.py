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
    from collections.abc import Callable, Iterable

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

SHOWN = 40
"""So much of an unread text is quoted."""

_BLANK = re.compile(r"(?:[-–—_]\s*)*|(?:X\s*)+|\.|N/?A|NULL|NAN")  # noqa: RUF001 - dashes as typed
"""An empty box: on paper an X or a dash means blank (forms.md, 1); programs write NA or NULL."""

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*")
_POINT = re.compile(r"([0-9]+)([.,])([0-9]+)")
_BOTH = re.compile(r"([1-9][0-9]{0,2}([.,])[0-9]{3}(?:\2[0-9]{3})*)(?!\2)[.,]([0-9]+)")
_SHAPES = (_PLAIN, _GROUPED, _POINT, _BOTH)
_HOLED = re.compile(r"(?=.*[0-9])[0-9X\s]+")
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

    grouping: frozenset[str]


ANY_STYLE = Style(frozenset(".,"))
"""A number that stands alone: either separator may group."""


def column_style(texts: Iterable[str]) -> Style:
    """Decide for one column which separators group thousands.

    A separator groups only if every text of the column that has it is grouped in threes; and if
    both "1.234" and "1,234" occur in one column, neither does: one of them may be a fraction.
    """
    groups: set[str] = set()
    parts: set[str] = set()
    for text in texts:
        if ("." in text or "," in text or not text.isascii()) and not text.startswith(MARK):
            _note_separators(_tidy(text), groups, parts)
    return Style(frozenset() if len(groups - parts) > 1 else frozenset(".,") - parts)


def _note_separators(tidy: str, groups: set[str], parts: set[str]) -> None:
    """Note which separators of a text stand between threes, and which cannot."""
    unsigned = tidy.lstrip("-").strip()
    if both := _BOTH.fullmatch(unsigned):
        groups.add(both[2])
        parts.add("," if both[2] == "." else ".")
    elif grouped := _GROUPED.fullmatch(unsigned):
        groups.add(grouped[1])
    elif pointed := _POINT.search(unsigned):
        parts.add(pointed[2])


def parse_count(text: str | None, style: Style = ANY_STYLE) -> int | Unread:
    """Read a count of votes, ballots or people: a whole number from 0 to `LARGEST`.

    `style` says which separators group thousands in this column. Errors are values: `Unread`.
    """
    if text is None:
        return Unread("blank", "")
    if text.startswith(MARK):
        return Unread(_MARKS.get(text[:2], "no_number"), text[2:])
    if _PLAIN.fullmatch(text):
        return _bounded(text, text)
    tidy = _tidy(text)
    if _BLANK.fullmatch(tidy):
        return Unread("blank", text)
    if tidy.startswith("-") and any(shape.fullmatch(tidy[1:].strip()) for shape in _SHAPES):
        return Unread("negative", text)
    return _separated(tidy, text, style)


def _tidy(text: str) -> str:
    """Bring wide digits and odd blanks into plain ones; "²" and "Ⅳ" are no digits and stay."""
    if text.isascii():
        return text.strip().upper()
    kept = text.replace("\N{MINUS SIGN}", "-").strip()
    if any(unicodedata.category(char) in {"No", "Nl"} for char in kept):
        return kept
    return unicodedata.normalize("NFKC", kept).strip().upper()


def _separated(tidy: str, text: str, style: Style) -> int | Unread:
    if _PLAIN.fullmatch(tidy):
        return _bounded(tidy, text)
    if grouped := _GROUPED.fullmatch(tidy):
        certain = grouped[1] in style.grouping
        return _bounded(re.sub("[.,]", "", tidy), text) if certain else Unread("separators", text)
    if pointed := _POINT.fullmatch(tidy):
        return _whole(pointed[1], pointed[3], text)
    if both := _BOTH.fullmatch(tidy):
        # "1.234,000" may be a thousand times as much, written with two kinds of separators.
        certain = both[2] in style.grouping and len(both[3]) != 3  # noqa: PLR2004 - a group
        whole = re.sub("[.,]", "", both[1])
        return _whole(whole, both[3], text) if certain else Unread("separators", text)
    return Unread("illegible" if _HOLED.fullmatch(tidy) else "no_number", text)


def _whole(whole: str, decimals: str, text: str) -> int | Unread:
    return Unread("fraction", text) if decimals.strip("0") else _bounded(whole, text)


def _bounded(digits: str, text: str) -> int | Unread:
    # Lengths first: turning a million digits into a number would take minutes.
    short = digits.lstrip("0") or "0"
    if len(short) > len(str(LARGEST)) or int(short) > LARGEST:
        return Unread("huge", text)
    return int(short)


_STATION = re.compile(r"(?:TPSLN|TPS|POS|KSK)?[ .:_-]*(?:NOMOR|NO)?[ .:_-]*([0-9]+)(?:[.,]00?)?")


def parse_station(text: str | None) -> int | Unread:
    """Read a TPS number: `001`, `1`, `TPS 1`, `POS 003`, `1.0` are all station 1; none is 0."""
    if text is None:
        return Unread("blank", "")
    if text.startswith(MARK):
        return Unread(_MARKS.get(text[:2], "no_number"), text[2:])
    tidy = _tidy(text)
    if _BLANK.fullmatch(tidy):
        return Unread("blank", text)
    if tidy.startswith("-") and _PLAIN.fullmatch(tidy[1:].strip()):
        return Unread("negative", text)
    if (station := _STATION.fullmatch(tidy)) and station[1].strip("0"):
        return _bounded(station[1], text)
    return Unread("no_number", text)


def why(unread: Unread) -> Text:
    """Say in a sentence why a cell could not be read as a count."""
    text = unread.text
    return _WHY[unread.reason](text if len(text) <= SHOWN else text[:SHOWN] + "...")


_WHY: dict[Reason, Callable[[str], Text]] = {
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
