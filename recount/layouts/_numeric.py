"""The first rows of a sheet in; out, which columns hold numbers below a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.numbers import Unread, parse_count

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTHING = frozenset({"NIHIL", "KOSONG", "NOL", "TIDAK ADA", "?"})
"""Words that stand where a figure belongs; they are unread, and make no column one of words."""
_ODD = 5
"""In a column of figures at most one cell in so many holds words."""


class Numeric:
    """Columns of numbers; each cell is read once, however many rows may be the heading."""

    def __init__(self, head: Sequence[Sequence[str | None]]) -> None:
        """`head`: the first rows of the sheet."""
        self._head = head
        self._known: dict[int, list[bool]] = {}

    def below(self, at: int, column: int) -> bool:
        """Whether a column holds numbers below the row `at`."""
        if column not in self._known:
            self._known[column] = self._from_below(column)
        return self._known[column][at]

    def _from_below(self, column: int) -> list[bool]:
        """The answer for every row, added up from the last row to the first."""
        answers: list[bool] = []
        written = counted = doubtful = 0
        for row in reversed(self._head):
            answers.append(counted > written / 2 and doubtful * _ODD <= written)
            read = parse_count(row[column])
            if isinstance(read, int):
                counted += 1
                written += 1
            elif read.reason != "blank":
                written += 1
                doubtful += _is_word(read)
        return answers[::-1]


def _is_word(read: Unread) -> bool:
    return read.reason == "no_number" and read.text.strip().upper() not in _NOTHING
