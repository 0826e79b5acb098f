"""A finding's address in, the sheet and the cell of the workbook out: `forms.xlsx!DA1!D17`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recount.model import column_letters

if TYPE_CHECKING:
    from collections.abc import Collection

_CELL = re.compile(r"([A-Z]{1,3})?([1-9][0-9]{0,6})?")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class Spot(NamedTuple):
    """Where a finding stands: row from 1, column from 0; None: the whole row, column or sheet."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def ref(self) -> str:
        """The cell as a spreadsheet names it; the first one of a row, a column or a sheet."""
        return reference(self.row or 1, self.column or 0)


def reference(row: int, column: int) -> str:
    """Name a cell: row 17 (from 1), column 3 (from 0) is D17."""
    return f"{column_letters(column)}{row}"


def spot(place: str | None, label: str, sheets: Collection[str]) -> Spot | None:
    """Find the sheet and the cell that an address names; None where it names none of this file.

    The name of a file or a sheet may hold any sign that stands between the parts of an address.
    """
    if place is None or not place.startswith(f"{label}!"):
        return None
    rest = place.removeprefix(f"{label}!")
    sheet, _, cell = rest.rpartition("!")
    if sheet in sheets and (found := at(cell)):
        return Spot(sheet, *found)
    return Spot(rest) if rest in sheets else None


def at(cell: str) -> tuple[int | None, int | None] | None:
    """Read `D17`, `17` or `D`: row from 1, column from 0; None for anything else."""
    found = _CELL.fullmatch(cell)
    if not found or not cell:
        return None
    row = int(found[2]) if found[2] else None
    column = number(found[1]) if found[1] else None
    inside = (row or 1) <= LAST_ROW and (column or 0) < LAST_COLUMN
    return (row, column) if inside else None


def number(letters: str) -> int:
    """Give a column's number from 0: A is 0, Z is 25, AA is 26."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total - 1


def link(target: Spot) -> str:
    """Write the place as a link inside a workbook holds it: `'Kec. Jum''at'!D17`."""
    return "'" + target.sheet.replace("'", "''") + f"'!{target.ref}"
