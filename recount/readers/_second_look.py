"""A sheet's XML (.xlsx) in, its facts out, however it is written.

For the few sheets whose XML is not written as spreadsheet programs do; the others are searched
as text (_facts.py), which gives the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recount.model import ERROR_VALUE, NO_VALUE
from recount.readers._facts import (
    Facts,
    Formula,
    Marks,
    column_number,
    hidden_columns,
    is_external,
    merged_ranges,
    sums,
)
from recount.readers._xml import Listener, listen

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"([A-Za-z]+)(\d+)")
_TRUE = {"1", "true"}


def parsed(part: bytes, place: str) -> Facts:
    """Find the facts of a sheet by parsing its XML."""
    heard = _Sheet()
    listen(part, heard, place)
    return Facts(
        merged_ranges(heard.merged),
        frozenset(heard.rows),
        hidden_columns(heard.columns),
        sums(heard.formulas),
        heard.marks,
        next(((one.row, one.column) for one in heard.formulas if is_external(one.text)), None),
    )


class _Sheet(Listener):
    """Remembers what a sheet says; `row` and `column` count from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.row = self.column = -1
        self.kind = ""
        self.formula: Mapping[str, str] | None = None
        self.texts: dict[str, str] = {}
        self.inside = ""
        self.rows: list[int] = []
        self.columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.formulas: list[Formula] = []
        self.marks: Marks = {}

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Take what attributes say."""
        if name == "c":
            self._cell(said)
        elif name in {"f", "v"}:
            self.inside, self.texts[name] = name, ""
            self.formula = said if name == "f" else self.formula
        elif name == "row":
            self.row, self.column = int(said.get("r", self.row + 2)) - 1, -1
            if said.get("hidden") in _TRUE:
                self.rows.append(self.row + 1)
        elif name == "col" and said.get("hidden") in _TRUE:
            self.columns.append((int(said.get("min", 1)), int(said.get("max", 0))))
        elif name == "mergeCell":
            self.merged.append(said.get("ref", ""))

    def characters(self, content: str) -> None:
        """Take the text of a formula or a value."""
        if self.inside:
            self.texts[self.inside] += content

    def end(self, name: str) -> None:
        """Sum up a cell at its end."""
        if name in {"f", "v"}:
            self.inside = ""
        elif name == "c":
            self._close()

    def _cell(self, said: Mapping[str, str]) -> None:
        self.kind, self.formula, self.texts = said.get("t", ""), None, {}
        found = _ADDRESS.fullmatch(said.get("r", ""))
        if found:
            self.row, self.column = int(found[2]) - 1, column_number(found[1].encode()) - 1
        else:
            self.column += 1

    def _close(self) -> None:
        text, value = self.texts.get("f", ""), self.texts.get("v")
        if self.kind == "e":
            self.marks[self.row, self.column] = ERROR_VALUE + (value or "#VALUE!")
        elif self.formula is not None and not value and self.kind != "str":
            self.marks[self.row, self.column] = f"{NO_VALUE}={text}"
        if self.formula is not None:
            kind, group = self.formula.get("t", ""), self.formula.get("si", "")
            self.formulas.append(Formula(self.row + 1, self.column, kind, group, text))
