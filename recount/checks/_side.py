"""What a check is given: one side's forms of one contest, and the words to speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame
    from recount.model import Election, Sheet, Side
    from recount.regions import Regions


class CheckedSide(NamedTuple):
    """Forms as an eager frame (intake.Tally), with what names their regions and places.

    `election`: whose file changes rules and adds equations, and may name the kind of form.
    `answers`: they are the answers of an online system, each of a time of its own.
    """

    contest: str
    side: Side
    forms: Frame
    boxes: Sequence[str]
    sheets: Sequence[Sheet]
    regions: Regions
    election: Election
    answers: bool = False

    def region(self, unit: int) -> str:
        """The printed code of a form's region."""
        return self.regions.printed(unit)

    def line(self, box: str) -> nw.Expr:
        """The row in which a box of a form stands: in a long table each has one of its own."""
        if f"row {box}" in self.forms.columns:
            return nw.coalesce(f"row {box}", "row").alias("line")
        return nw.col("row").alias("line")

    def place(self, sheet: int, row: int, box: str) -> str:
        """The address of the cell in which a box of a form stands."""
        return self.sheets[sheet].place(row, box)
