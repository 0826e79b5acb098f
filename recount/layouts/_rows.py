"""The rows under a heading: forms are kept; totals, repeated headings and footnotes are told."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.headings import is_box
from recount.layouts._below import TOTALS, Other, below_notes, below_total, left_out, without
from recount.layouts._carry import carry
from recount.layouts._down_totals import Total, by_arithmetic, by_formula, hold
from recount.layouts._suspects import FOOT, suspected
from recount.model import NAMED_LEVELS, Declined, Finding, LeftOut
from recount.names import is_total
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from recount.layouts._heading import Heading
    from recount.model import Grid

    Frame = nw.DataFrame[Any]
    Row = dict[str, Any]

NAMES = frozenset({"name", *NAMED_LEVELS})
"""Columns in which a region's name stands."""

FIRST_CELLS = 4
"""A total calls itself so in one of the first four cells (forms.md, section 5)."""

_EXTRA = "extra "
_FOOTNOTE = re.compile(FOOT, re.IGNORECASE)
_SHORTEST = 3


class Body(NamedTuple):
    """Rows of forms, their columns renamed to roles; and what was said about the other rows.

    `total`: the row that is the total of all of them, where one is.
    """

    rows: Frame
    findings: list[Finding]
    assumptions: list[Text]
    left_out: list[LeftOut]
    total: Frame | None = None


def body(
    grid: Grid, heading: Heading, roles: Collection[str], figures: Collection[str]
) -> Body | Declined:
    """Take the rows under the heading that are forms, or decline when there is none.

    `roles`: the columns to take. `figures`: those of them that hold what is counted and of whom.
    """
    below = _below(grid, heading, roles)
    boxes = {box: heading.roles[box] for box in figures if is_box(box)}
    others = _numbering(grid, heading, below, roles) + _others(grid, heading, below, figures)
    others += _by_formula(grid, heading, boxes, others)
    others += below_notes(grid, below, others, figures)
    others += below_total(grid, heading, below, others, boxes)
    rows = without(below, others)
    carried = carry(grid, heading, rows, list(roles))
    earlier = [other.row for other in others if other.kind in TOTALS]
    found = by_arithmetic(carried.rows, list(boxes), heading, earlier)
    more = [_by_arithmetic(grid, row) for row in found.totals]
    more += below_total(grid, heading, carried.rows, others + more, boxes) if more else []
    rows = without(carried.rows, more)
    if rows.is_empty():
        return Declined(
            say("Under the headings there is no row."),
            say("Check that the file was saved completely."),
            grid.place(heading.row),
            near=3,
        )
    others += more
    totals = _totals(below, others, boxes)
    return Body(
        engine.picked(rows, {name: name for name in ("row", *roles)}),
        [
            *(other.finding for other in others),
            *(_perhaps(grid, row) for row in found.perhaps),
            *hold(grid, heading, rows, totals, boxes),
        ],
        carried.assumptions,
        [LeftOut(other.kind, other.finding.place or "", other.text) for other in others],
        _total(below, rows, others),
    )


def _total(below: Frame, rows: Frame, others: Collection[Other]) -> Frame | None:
    """The total of all rows: the last one, with no form behind it, that is not carried over."""
    totals = [other for other in others if other.kind in TOTALS]
    last = max(totals, key=lambda other: other.row, default=None)
    if last is None or "PINDAH" in (last.text or "").upper() or last.row < int(rows["row"].max()):
        return None
    return below.filter(nw.col("row") == last.row)


def _totals(below: Frame, others: Collection[Other], boxes: Mapping[str, int]) -> list[Total]:
    """The rows left out as totals, with their figures as written."""
    rows = [other.row for other in others if other.kind in TOTALS]
    if not rows or not boxes:
        return []
    taken = below.filter(nw.col("row").is_in(rows)).select("row", *boxes)
    return [Total(row, dict(zip(boxes, cells, strict=True))) for row, *cells in taken.iter_rows()]


def _by_formula(
    grid: Grid, heading: Heading, boxes: Mapping[str, int], others: Collection[Other]
) -> list[Other]:
    known = {other.row for other in others}
    message = say("This row is a total by its formulas; it was left out and not added.")
    rows = [row for row in by_formula(grid, boxes, heading.row) if row not in known]
    return [left_out("sum", "totals-row", message, grid, row) for row in rows]


def _by_arithmetic(grid: Grid, row: int) -> Other:
    message = say("This row names no unit and equals the sum of rows above it; it was left out.")
    other = left_out("sum", "totals-row", message, grid, row)
    return other._replace(finding=other.finding._replace(severity="warning"))


def _perhaps(grid: Grid, row: int) -> Finding:
    return Finding(
        "perhaps-total",
        "note",
        say("This row equals the sum of the rows above it; it is counted as a form."),
        say("If it is a total, write JUMLAH into its first cell."),
        grid.place(row),
    )


def _below(grid: Grid, heading: Heading, roles: Collection[str]) -> Frame:
    """The rows under the heading that hold anything; beside the roles, the first cells' texts."""
    taken = set(heading.roles.values())
    first = range(min(FIRST_CELLS, len(heading.cells)))
    columns = {role: heading.roles[role] for role in roles}
    columns |= {f"{_EXTRA}{at}": at for at in first if at not in taken}
    below = grid.cells.tail(len(grid.cells) - heading.at - 1)
    named = {name: f"c{at}" for name, at in columns.items()}
    rows = engine.picked(below, {"row": "row", **named})
    if not all(engine.blanks(rows, columns).values()):
        return rows
    return rows.filter(_any(~nw.col(name).is_null() for name in columns))


def _any(conditions: Iterable[nw.Expr]) -> nw.Expr:
    return nw.any_horizontal(*conditions, ignore_nulls=False)


def _numbering(grid: Grid, heading: Heading, rows: Frame, roles: Collection[str]) -> list[Other]:
    """Find the row of column numbers (1, 2, 3 ...) that forms print under the heading."""
    first = next(iter(grid.head[heading.at + 1 :]), ())
    cells = [cell.strip(" ()") for cell in first if cell]
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    counted = all(after - before == 1 for before, after in pairwise(numbers))
    if not (NAMES & set(roles) and counted and _SHORTEST <= len(numbers) == len(cells)):
        return []
    written = {role: first[heading.roles[role]] for role in roles}
    same = (nw.col(role) == text for role, text in written.items() if text is not None)
    alike = nw.all_horizontal(*same, ignore_nulls=False)
    found = rows.filter(alike.fill_null(value=False))
    note = say("This row holds the numbers of the columns; it was left out.")
    return [left_out("heading", "column-numbers", note, grid, row) for row in found["row"]]


def _others(grid: Grid, heading: Heading, rows: Frame, figures: Collection[str]) -> list[Other]:
    """Find totals, headings that stand once more, and footnotes; by word."""
    cells = heading.cells
    texts = [name for name in rows.columns if name != "row" and name not in figures]
    at = {f"{_EXTRA}{column}": column for column in range(FIRST_CELLS)} | heading.roles
    titles = {name: cells[at[name]] for name in texts}
    suspects = suspected(rows, titles)
    suspicious = [nw.col(name).is_in(texts) for name, texts in suspects.items() if texts]
    found: list[Other] = []
    if not suspicious:
        return found
    for row in rows.filter(_any(suspicious).fill_null(value=False)).iter_rows(named=True):
        written = {name: text for name in titles if (text := row[name])}
        if label := _total_label(written):
            note = say("This row is a total by its name; it was left out and not added.")
            other = left_out("total", "totals-row", note, grid, row["row"])
            found.append(other._replace(text=label))
        elif _is_again(row, written, titles, {name: cells[at[name]] for name in figures}):
            note = say("This row is the heading once more; it was left out.")
            found.append(left_out("heading", "heading-row", note, grid, row["row"]))
        elif _is_footnote(written.values()) and not any(row[name] for name in figures):
            note = say("This row is a note below the table; it was left out.")
            found.append(left_out("note", "footnote", note, grid, row["row"]))
    return found


def _is_again(
    row: Row,
    written: Mapping[str, str],
    titles: Mapping[str, str | None],
    over: Mapping[str, str | None],
) -> bool:
    """Whether a row repeats the heading, also over its figures."""
    again = all(text == titles[name] for name, text in written.items())
    return again and all(row[name] in {None, text} for name, text in over.items())


def _is_footnote(texts: Collection[str]) -> bool:
    return any(_FOOTNOTE.match(text) for text in texts)


def _total_label(written: Mapping[str, str]) -> str | None:
    """What a row calls itself, when it calls itself a total."""
    labels = (t for name, t in written.items() if is_total(t, names_a_place=name in NAMES))
    return next(labels, None)
