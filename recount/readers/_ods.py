"""The content of an .ods in, what it says of each table out; an error for one beyond all bounds.

A row or a cell may be said to repeat a million times; it counts as often as it says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recount.model import ERROR_VALUE, NO_VALUE
from recount.readers._cells import bound_sheet
from recount.readers._facts import (
    LAST_ROW,
    Facts,
    Formula,
    Marks,
    Range,
    hidden_columns,
    sums,
)
from recount.readers._xml import Listener, listen

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK_COST = 100
"""A cell with a mark is held as so many plain ones: nobody repeats an error a million times."""

_HIDDEN = {"collapse", "filter"}
_CELLS = {"table-cell", "covered-table-cell"}
_LANGUAGE = re.compile(r"\A\w+:=?")
"""In front of a formula: `of:=`, `oooc:=`, `msoxl:=`."""
_OWN = re.compile(r"\[\.(\$?[A-Z]+\$?[0-9]+):\.(\$?[A-Z]+\$?[0-9]+)\]", re.IGNORECASE)
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#N/A|Err:[0-9]+")
_EXTERNAL = re.compile(r"\['?(?:file|https?|ftp):", re.IGNORECASE)


def facts_of_ods(content: bytes, place: str) -> dict[str, Facts]:
    """Find the facts of every table, by its name. Raises `RecountError` for one too large."""
    heard = _Content(place)
    listen(content, heard, place)
    return heard.facts


class _Content(Listener):
    """Remembers what the tables say, one after the other; `row` and `column` count from 0."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.facts: dict[str, Facts] = {}
        self.depth = 0
        self._begin("")

    def _begin(self, name: str) -> None:
        self.name = name
        self.row = self.column = self.columns = 0
        self.rows = self.times = 1
        self.height = self.width = self.filled = 0
        self.cell: Mapping[str, str] = {}
        self.text: list[str] | None = None
        self.merged: list[Range] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.formulas: list[Formula] = []
        self.external: tuple[int, int] | None = None
        self.marks: Marks = {}

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Take what attributes say."""
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self._begin(said.get("name", ""))
        elif self.depth > 1:
            return  # a table inside a cell
        elif name == "table-column":
            self._column(said)
        elif name == "table-row":
            self._row(said)
        elif name in _CELLS:
            self.cell, self.text = said, []
            self.times = _count(said, "number-columns-repeated")

    def characters(self, content: str) -> None:
        """Take the text of a cell."""
        if self.text is not None:
            self.text.append(content)

    def end(self, name: str) -> None:
        """Sum up a cell, a row or a table at its end."""
        if name == "table":
            self.depth -= 1
            if not self.depth:
                self._finish()
        elif self.depth > 1:
            return
        elif name in _CELLS:
            self._close()
        elif name == "table-row":
            self.row += self.rows
            if self.filled:
                self.height, self.width = self.row, max(self.width, self.filled)

    def _column(self, said: Mapping[str, str]) -> None:
        times = _count(said, "number-columns-repeated")
        if said.get("visibility") in _HIDDEN:
            self.hidden_columns.append((self.columns + 1, self.columns + times))
        self.columns += times

    def _row(self, said: Mapping[str, str]) -> None:
        self.rows = _count(said, "number-rows-repeated")
        self.column = self.filled = 0
        if said.get("visibility") in _HIDDEN:
            last = min(self.row + self.rows, LAST_ROW)
            self.hidden_rows += range(self.row + 1, last + 1)

    def _close(self) -> None:
        said, text = self.cell, "".join(self.text or ())
        self.text = None
        if text or any("value" in key for key in said) or "formula" in said:
            self.filled = self.column + self.times
            bound_sheet(self.row + self.rows, self.filled, self.place)
            self._note(said, text)
        across, down = _count(said, "number-columns-spanned"), _count(said, "number-rows-spanned")
        if across > 1 or down > 1:
            top, left = self.row + 1, self.column
            self.merged.append((top, left, top + down - 1, left + across - 1))
        self.column += self.times

    def _note(self, said: Mapping[str, str], text: str) -> None:
        formula = _LANGUAGE.sub("", said.get("formula", ""))
        if mark := _mark(said, formula, text):
            bound_sheet(self.rows * MARK_COST, self.times, self.place)
            cells = range(self.row, self.row + self.rows), range(self.column, self.filled)
            self.marks.update({(row, column): mark for row in cells[0] for column in cells[1]})
        if not formula:
            return
        if _EXTERNAL.search(formula) and not self.external:
            self.external = self.row + 1, self.column
        if self.rows == self.times == 1:
            plain = _OWN.sub(r"\1:\2", formula)
            self.formulas.append(Formula(self.row + 1, self.column, "", "", plain))

    def _finish(self) -> None:
        bound_sheet(self.height, self.width, self.place)
        self.facts[self.name] = Facts(
            tuple(self.merged),
            frozenset(row for row in self.hidden_rows if row <= self.height),
            hidden_columns(self.hidden_columns),
            sums(self.formulas),
            self.marks,
            self.external,
        )


def _mark(said: Mapping[str, str], formula: str, text: str) -> str | None:
    if said.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
        return ERROR_VALUE + (text or "#VALUE!")
    valued = (
        text or any(key.endswith("value") for key in said) or said.get("value-type") == "string"
    )
    return None if valued or not formula else f"{NO_VALUE}={formula}"


def _count(said: Mapping[str, str], key: str) -> int:
    return max(int(said.get(key, "1")), 1)
