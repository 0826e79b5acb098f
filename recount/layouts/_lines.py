"""The lines of a table in, the line of each box out; what is no box is told with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.called import number_against
from recount.layouts._heading import CANDIDATE
from recount.layouts._page import counts, stray
from recount.layouts._short import short
from recount.layouts._titles import loose
from recount.layouts._units import numbering
from recount.model import Finding, LeftOut
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.layouts._items import Item, Labels
    from recount.layouts._page import Line, Page
    from recount.layouts._titles import Context
    from recount.layouts._units import Units
    from recount.texts import Text


class Table(NamedTuple):
    """A table on a sheet: its first unit column, its units, and its lines.

    `above`: the lines between the table before and this one's heading. `body`: everything below
    the heading up to the next table.
    """

    first: int
    context: Context
    units: Units
    above: Sequence[Line]
    headings: Sequence[Line]
    body: Sequence[Line]


class Taken(NamedTuple):
    """What the lines of a table gave: box -> line, the candidates' names, and what was left."""

    boxes: dict[str, Line]
    names: dict[str, str]
    findings: list[Finding]
    left_out: list[LeftOut]
    twice: set[str]


def take(page: Page, table: Table, labels: Labels) -> Taken:
    """Read line by line; a box that stands twice is used from neither line."""
    taken = Taken({}, {}, [*loose(page.grid, table.above, table.context)], [], set())
    for line in table.headings:
        if numbering(line):
            taken.left_out.append(LeftOut("heading", page.grid.place(line.row)))
    for line in table.body:
        _line(page, table, line, labels, taken)
    for box in taken.twice:
        taken.boxes.pop(box, None)
    return taken


def _line(page: Page, table: Table, line: Line, labels: Labels, taken: Taken) -> None:
    cells = line.filled(0, table.first)
    named = table.units.units.keys() | table.units.totals.keys()
    beside = [(at, text) for at, text in line.filled(table.first) if at in named]
    if not cells and not beside:
        return  # what stands in other columns is told column by column
    if numbering(line) and len(cells) > 0 and not taken.boxes:
        taken.left_out.append(LeftOut("heading", page.grid.place(line.row)))
        return
    item = labels.read(cells, filled=bool(beside))
    signed = bool(beside) and not any(counts(text) for _, text in beside)
    if signed and (item.kind != "box" or (item.box or "").startswith(CANDIDATE)):
        taken.findings.append(stray(page.grid, line.row, [*cells, *beside]))
    elif item.kind == "box" and item.box:
        _box(page, line, item, taken, filled=bool(beside))
    elif item.kind == "total" and beside:
        text = cells[-1][1]
        taken.left_out.append(LeftOut("total", page.grid.place(line.row), text))
        taken.findings.append(_total(page, line))
    elif item.kind != "heading":
        taken.findings.append(_other(page, line, cells, beside))


def _box(page: Page, line: Line, item: Item, taken: Taken, *, filled: bool) -> None:
    box = item.box or ""
    id_ = box.removeprefix(CANDIDATE)
    listed = set(page.known.values())
    if box.startswith(CANDIDATE) and listed and id_ not in listed:
        taken.findings.append(_stranger(page, line, item.name or id_))
    elif box in taken.boxes:
        if filled:
            taken.findings.append(_twice(page, line, taken.boxes[box], box))
            taken.twice.add(box)
    else:
        taken.boxes[box] = line
        if item.name and box.startswith(CANDIDATE):
            taken.names[id_] = item.name
            place = page.grid.place(line.row)
            if (finding := number_against(item.name, id_, page.known, place)) is not None:
                taken.findings.append(finding)


def _other(
    page: Page, line: Line, cells: list[tuple[int, str]], beside: list[tuple[int, str]]
) -> Finding:
    """A line that is no box: with figures an error, else a note beside or below the table."""
    if not beside:
        return stray(page.grid, line.row, cells)
    label = " ".join(text for _, text in cells)
    message = (
        say("The line “{label}” was not understood; its figures are not used.", label=short(label))
        if cells
        else say("Figures stand in a line without a label; they are not used.")
    )
    mend = say(
        "Write the label as on the form, and name the form in the title or the election file."
    )
    return Finding("unknown-line", "error", message, mend, page.grid.place(line.row))


def _total(page: Page, line: Line) -> Finding:
    message = say("This row is a total by its name; it was left out and not added.")
    mend = say("Nothing to do.")
    return Finding("totals-row", "note", message, mend, page.grid.place(line.row))


def _stranger(page: Page, line: Line, text: str) -> Finding:
    message = say(
        "“{text}” is no candidate of the election file; the line is not used.", text=short(text)
    )
    mend = say("Correct the label, or add the candidate to the election file.")
    return Finding("unknown-candidate", "error", message, mend, page.grid.place(line.row))


def _twice(page: Page, line: Line, first: Line, box: str) -> Finding:
    message: Text = say(
        "Two lines have the same meaning, “{meaning}”: this one and that of row {row}; neither is "
        "used.",
        meaning=box,
        row=first.row,
    )
    mend = say("Keep one of the two lines, or give the other one another label.")
    places = f"{page.grid.place(first.row)} | {page.grid.place(line.row)}"
    return Finding("line-twice", "error", message, mend, places)
