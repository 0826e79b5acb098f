"""One row per unit; boxes and candidates as columns; the place in one to five columns or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.layouts._rows import body
from recount.layouts._said import about_columns, assumed_names
from recount.layouts.columns import twice_declined
from recount.model import Declined, Reading
from recount.texts import say

if TYPE_CHECKING:
    from recount.layouts._heading import Heading
    from recount.model import Grid


def recognise(grid: Grid, heading: Heading) -> Reading | Declined:
    """Read rows of units, or decline when the boxes are not columns or a heading occurs twice."""
    if heading.is_long:
        return Declined(
            say("One number per row: this is a long table."),
            say("Nothing to do."),
        )
    if declined := twice_declined(grid, heading):
        return declined
    boxes = heading.boxes
    roles = [role for role in (*heading.places, *boxes, "contest") if role in heading.roles]
    taken = body(grid, heading, roles, boxes)
    if isinstance(taken, Declined):
        return taken
    said = (*taken.findings, *about_columns(grid, heading, {*roles, "pair"}))
    names = assumed_names(heading)
    return Reading("units down", taken.rows, boxes, heading.candidates, said, names)
