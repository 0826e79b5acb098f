"""One row per unit; boxes and candidates as columns; the place in one to five columns or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.layouts.columns import (
    assumed_names,
    below,
    twice_declined,
    unused,
    without_totals,
)
from recount.model import Declined, Reading
from recount.texts import say

if TYPE_CHECKING:
    from recount.layouts.columns import Heading
    from recount.model import Grid


def recognise(grid: Grid, heading: Heading) -> Reading | Declined:
    """Read rows of units, or decline when the boxes are not columns or a heading occurs twice."""
    boxes = heading.boxes
    if "pair" in heading.roles and "value" in heading.roles:
        return Declined(
            say("One number per row: this is a long table."),
            say("Nothing to do."),
        )
    if declined := twice_declined(grid, heading):
        return declined
    wanted = {role: heading.roles[role] for role in (*heading.places, *boxes)}
    if "contest" in heading.roles:
        wanted["contest"] = heading.roles["contest"]
    rows = below(grid, heading, wanted)
    if rows.is_empty():
        return Declined(
            say("Under the headings there is no row."),
            say("Check that the file was saved completely."),
            grid.place(heading.row),
            near=3,
        )
    rows, findings = without_totals(grid, rows, heading.places)
    return Reading(
        "units down",
        rows,
        boxes,
        heading.candidates,
        tuple(findings + unused(grid, heading)),
        assumed_names(heading),
    )
