"""The pictures of a screening in, drawn with characters or as a table of their numbers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report.shape import Column, Table
from recount.screening.pictures import BINS
from recount.texts import number, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.screening import Benford, Clouds

_BAR, _MARK = "█", "│"
_SHADES = " ·:+*#"
"""From no unit to most; each sign stands for four times as many as the one before."""
_LONGEST = 50


def second_digits(shows: Benford, of: str, width: int, lang: str) -> list[str]:
    """Draw a bar for each digit, and a mark where Benford's law has it."""
    title = say("Second digits ({of}): counted, and │ by Benford's law. No test.", of=of)
    most = max(*shows.counts, *shows.expected)
    room = max(10, min(_LONGEST, width - 16))
    lines = [speak(title, lang)]
    for digit, (count, expected) in enumerate(zip(shows.counts, shows.expected, strict=True)):
        bar = list(f"{_BAR * round(count / most * room):<{room + 1}}")
        bar[round(expected / most * room)] = _MARK
        lines.append(f"{digit} {number(count, lang):>9} {''.join(bar).rstrip()}")
    return lines


def clouds(shows: Clouds, of: str, lang: str) -> list[str]:
    """Draw how many units have which turnout (upwards) and which share (to the right)."""
    title = say(
        "Turnout (upwards) and share (to the right) of {n} units ({of}). No test.",
        n=shows.units,
        of=of,
    )
    lines = [speak(title, lang)]
    for at in range(BINS - 1, -1, -1):
        label = f"{100 * (at + 1) // BINS:>3}% " if at % 5 == 4 else "     "  # noqa: PLR2004
        lines.append(f"{label}│{''.join(2 * _shade(n) for n in shows.cells[at])}".rstrip())
    return [*lines, f"     └{'─' * 2 * BINS}", f"      0%{'50%':>{BINS - 1}}{'100%':>{BINS}}"]


def _shade(units: int) -> str:
    return _SHADES[min(len(_SHADES) - 1, (units.bit_length() + 1) // 2)]


def numbered(shows: Benford) -> Iterator[tuple[int, int, int]]:
    """Each digit, how often it is second, and how often Benford's law has it."""
    for digit, (count, expected) in enumerate(zip(shows.counts, shows.expected, strict=True)):
        yield digit, count, round(expected)


def second_digit_table(
    rows: Sequence[tuple[str, str, int, int, int]], headings: tuple[str, str], lang: str
) -> Table:
    """The numbers of the second digits; `headings`: of the level, and of whose figures they are."""
    import polars as pl

    numbers = {
        "digit": say("Second digit"),
        "count": say("Counted"),
        "benford": say("By Benford's law"),
    }
    texts = zip(("level", "of"), headings, strict=True)
    columns = (
        *(Column(key, title) for key, title in texts),
        *(Column(key, speak(text, lang), "number") for key, text in numbers.items()),
    )
    frame = pl.LazyFrame(rows, schema=[column.key for column in columns], orient="row")
    return Table("second_digits", speak(say("Second digits"), lang), columns, frame)
