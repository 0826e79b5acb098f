"""Rows of whatever an answer says in, columns out.

Nearly all answers of a system have the same keys, so rows are kept by their keys: that is what
makes a nation of them fit, and a column exists only where a candidate's number is known.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 50_000_000
"""Cells of one capture: a nation of 900,000 TPS has 30 million."""


@dataclass(slots=True)
class Columns:
    """Columns of one length; one that nobody wrote holds None."""

    columns: dict[str, list[object]]
    count: int

    def column(self, name: str) -> list[object]:
        """Give a column; an empty one is made where there is none."""
        return self.columns.setdefault(name, [None] * self.count)


class Rows:
    """Rows by their keys."""

    def __init__(self) -> None:
        """Start without rows."""
        self.shapes: dict[tuple[str, ...], list[tuple[object, ...]]] = {}

    def add(self, values: Mapping[str, object]) -> None:
        """Take in one row."""
        keys = tuple(values)
        rows = self.shapes.get(keys)
        if rows is None:
            rows = self.shapes[keys] = []
        rows.append(tuple(values.values()))

    def names(self) -> list[str]:
        """Name all columns."""
        return list(dict.fromkeys(name for keys in self.shapes for name in keys))

    def columns(self, renamed: Mapping[str, str]) -> Columns:
        """Lay the rows out in columns. Raises RecountError where these would be too many."""
        names = list(dict.fromkeys(renamed.get(name, name) for name in self.names()))
        count = sum(map(len, self.shapes.values()))
        if len(names) * (count + len(self.shapes)) > MOST:
            raise RecountError(
                say("The answers name too many candidates: {count} columns.", count=len(names)),
                mend=say("Add the system's list of pairs (paslon, ppwp.json) to the capture."),
            )
        columns: dict[str, list[object]] = {name: [] for name in names}
        for keys, rows in self.shapes.items():
            here: dict[str, tuple[object, ...]] = {}
            for key, values in zip(keys, zip(*rows, strict=True), strict=True):
                here.setdefault(renamed.get(key, key), values)
            nothing = (None,) * len(rows)
            for name in names:
                columns[name].extend(here.get(name, nothing))
        return Columns(columns, count)


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python's collector rest: it would walk through all rows kept so far again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
