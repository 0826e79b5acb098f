"""One row per unit; boxes and candidates as columns; the place in one to five columns or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.layouts._placed import place
from recount.layouts._rows import body
from recount.layouts._said import about_columns, assumed_names
from recount.layouts._whole import whole_of
from recount.layouts.columns import twice_declined
from recount.model import Declined, Reading
from recount.texts import say

if TYPE_CHECKING:
    from recount.layouts._page import Page


def recognise(page: Page) -> list[Reading] | Declined:
    """Read rows of units, or decline when the boxes are not columns or a heading occurs twice."""
    heading = page.heading
    if isinstance(heading, Declined):
        return heading
    if heading.is_long:
        return Declined(
            say("One number per row: this is a long table."),
            say("Nothing to do."),
        )
    if declined := twice_declined(page.grid, heading):
        return declined
    boxes = heading.boxes
    roles = [role for role in (*heading.places, *boxes, "contest") if role in heading.roles]
    taken = body(page.grid, heading, roles, boxes)
    if isinstance(taken, Declined):
        return taken
    placed = place(page, heading, taken.rows)
    said = (
        *taken.findings,
        *placed.findings,
        *about_columns(page.grid, heading, {*roles, "pair"}, taken.rows),
    )
    assumed = (*assumed_names(heading), *taken.assumptions, *placed.assumptions)
    whole = whole_of(placed.rows, taken.total, boxes)
    about = (heading.candidates, said, assumed)
    reading = Reading("units down", placed.rows, boxes, *about, totals=whole)
    return [placed.complete(reading, taken.left_out)]
