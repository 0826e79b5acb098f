"""The rows under a heading that are no forms as values; and those that stand below the table.

There stand notes, signatures, places and dates, percentages, differences. Forms may follow a total
as well, where only the groups before them have one: a form names its unit and fills its boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw

from recount import engine
from recount.heading_words import BELOW_TOTALS
from recount.headings import label_words
from recount.layouts._down_totals import nameless
from recount.layouts._page import Line, figure, stray
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recount.layouts._heading import Heading
    from recount.model import Grid
    from recount.texts import Text

    Frame = nw.DataFrame[Any]

TOTALS = frozenset({"total", "sum"})
Kind = Literal["total", "sum", "heading", "note"]


class Other(NamedTuple):
    """A row that is no form: its number, what it is, what it calls itself, and what to say."""

    row: int
    kind: Kind
    finding: Finding
    text: str | None = None


def left_out(kind: Kind, rule: str, message: Text, grid: Grid, row: int) -> Other:
    """A row that was understood and is no form, with a note of it."""
    mend = say("Nothing to do; if it is a form of a region, write the region's name into it.")
    return Other(row, kind, Finding(rule, "note", message, mend, grid.place(row)))


def without(rows: Frame, others: Collection[Other]) -> Frame:
    """The rows that are still taken for forms."""
    return rows.filter(~nw.col("row").is_in([other.row for other in others])) if others else rows


def below_notes(
    grid: Grid, below: Frame, others: Collection[Other], figures: Collection[str]
) -> list[Other]:
    """Find the lines below a first note; those without any figure go on with it."""
    notes = [other.row for other in others if other.finding.rule == "footnote"]
    if not notes:
        return []
    known = [other.row for other in others]
    blank = (nw.col(name).is_null() for name in figures)
    empty = nw.all_horizontal(*blank, ignore_nulls=False)
    rest = below.filter(empty, nw.col("row") > min(notes))
    message = say("This row is a note below the table; it was left out.")
    rows = rest.filter(~nw.col("row").is_in(known))["row"]
    return [left_out("note", "footnote", message, grid, row) for row in rows]


def below_total(
    grid: Grid,
    heading: Heading,
    rows: Frame,
    others: Collection[Other],
    boxes: Mapping[str, int],
) -> list[Other]:
    """Find what stands below the last total; where the heading stands once more, forms go on."""
    last = max((other.row for other in others if other.kind in TOTALS), default=None)
    again = (other.row for other in others if other.finding.rule == "heading-row")
    if last is None or not boxes or max(again, default=0) > last:
        return []
    found = _no_forms(without(rows, others), heading, list(boxes), last)
    return _outside(grid, found, boxes) if found else []


def _no_forms(rows: Frame, heading: Heading, boxes: Sequence[str], last: int) -> list[int]:
    """Of the rows below row `last` those that are no forms.

    A table that begins with its total has its forms below. Boxes that no form above fills are not
    looked at.
    """
    above = rows.filter(nw.col("row") < last)
    if above.is_empty() or len(above) == len(rows):
        return []
    used = [box for box, blank in engine.blanks(above, boxes).items() if blank < len(above)]
    names = [role for role in heading.places if role in rows.columns]
    cells = engine.lists(rows, ["row", *used, *names])
    found = []
    for at, nobody in enumerate(nameless(rows, heading)):
        if cells["row"][at] <= last:
            continue
        filled = sum(figure(cells[box][at]) is not None for box in used)
        if nobody or filled * 2 <= len(used) or any(_is_line(cells[name][at]) for name in names):
            found.append(cells["row"][at])
    return found


def _is_line(text: str | None) -> bool:
    """Whether a row is called after what it counts, not after a unit."""
    return text is not None and bool(BELOW_TOTALS & set(label_words(text)))


def _outside(grid: Grid, rows: Sequence[int], boxes: Mapping[str, int]) -> list[Other]:
    """Say of each row what stands in it; a figure under a box is worth a warning."""
    frame = grid.cells.filter(nw.col("row").is_in(list(rows)))
    columns = [f"c{at}" for at in range(len(frame.columns) - 1)]
    told = []
    for row, *cells in frame.select("row", *columns).iter_rows():
        finding = stray(grid, row, Line(row, tuple(cells)).filled())
        if any(figure(cells[at]) is not None for at in boxes.values()):
            finding = finding._replace(severity="warning")
        told.append(Other(row, "note", finding))
    return told
