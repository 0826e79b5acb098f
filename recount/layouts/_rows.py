"""The rows under a heading: forms are kept; totals, repeated headings and footnotes are told."""

from __future__ import annotations

import re
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.model import NAMED_LEVELS, Declined, Finding
from recount.names import is_total
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from recount.layouts._heading import Heading
    from recount.model import Grid

    Frame = nw.DataFrame[Any]
    Row = dict[str, Any]

NAMES = frozenset({"name", *NAMED_LEVELS})
"""Columns in which a region's name stands."""

FIRST_CELLS = 4
"""A total calls itself so in one of the first four cells (forms.md, section 5)."""

_EXTRA = "extra "
_FOOT = r"^[ *]*(?:KETERANGAN|KET|CATATAN|SUMBER|SOURCE|NOTES?|NB) *:"
_SUMS = (r"[ ._-]*".join(word) for word in ("JUMLAH", "JML", "TOTAL", "REKAP", "DIPINDAHKAN"))
_SUSPECT = "(?i-u)" + "|".join([*_SUMS, _FOOT])
"""Found in every text that may be a total or a footnote; only those are looked at one by one."""
_FOOTNOTE = re.compile(_FOOT, re.IGNORECASE)
_SHORTEST = 3


class Body(NamedTuple):
    """Rows of forms, their columns renamed to roles; and what was said about the other rows."""

    rows: Frame
    findings: list[Finding]


def body(
    grid: Grid, heading: Heading, roles: Collection[str], figures: Collection[str]
) -> Body | Declined:
    """Take the rows under the heading that are forms, or decline when there is none.

    `roles`: the columns to take. `figures`: those of them that hold what is counted and of whom.
    """
    rows = _below(grid, heading, roles)
    others = _numbering(grid, heading, rows, roles) + _others(grid, heading, rows, figures)
    if others:
        rows = rows.filter(~nw.col("row").is_in([row for row, _ in others]))
    if rows.is_empty():
        return Declined(
            say("Under the headings there is no row."),
            say("Check that the file was saved completely."),
            grid.place(heading.row),
            near=3,
        )
    findings = [finding for _, finding in others]
    return Body(rows.select("row", *roles), findings)


def _below(grid: Grid, heading: Heading, roles: Collection[str]) -> Frame:
    """The rows under the heading that hold anything; beside the roles, the first cells' texts."""
    taken = set(heading.roles.values())
    first = range(min(FIRST_CELLS, len(grid.head[heading.at])))
    columns = {role: heading.roles[role] for role in roles}
    columns |= {f"{_EXTRA}{at}": at for at in first if at not in taken}
    chosen = [nw.col(f"c{at}").alias(name) for name, at in columns.items()]
    rows = grid.cells.tail(len(grid.cells) - heading.at - 1).select("row", *chosen)
    if any(not rows[name].is_null().any() for name in columns):
        return rows
    return rows.filter(_any(~nw.col(name).is_null() for name in columns))


def _any(conditions: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(nw.Expr.__or__, conditions)


def _numbering(
    grid: Grid, heading: Heading, rows: Frame, roles: Collection[str]
) -> list[tuple[int, Finding]]:
    """Find the row of column numbers (1, 2, 3 ...) that forms print under the heading."""
    first = next(iter(grid.head[heading.at + 1 :]), ())
    cells = [cell.strip(" ()") for cell in first if cell]
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    counted = all(after - before == 1 for before, after in pairwise(numbers))
    if not (NAMES & set(roles) and counted and _SHORTEST <= len(numbers) == len(cells)):
        return []
    written = {role: first[heading.roles[role]] for role in roles}
    same = (nw.col(role) == text for role, text in written.items() if text is not None)
    found = rows.filter(reduce(nw.Expr.__and__, same).fill_null(value=False))
    note = say("This row holds the numbers of the columns; it was left out.")
    return [_left_out("column-numbers", note, grid, row) for row in found["row"]]


def _others(
    grid: Grid, heading: Heading, rows: Frame, figures: Collection[str]
) -> list[tuple[int, Finding]]:
    """Find totals, headings that stand once more, and footnotes; by word."""
    cells = grid.head[heading.at]
    texts = [name for name in rows.columns if name != "row" and name not in figures]
    at = {f"{_EXTRA}{column}": column for column in range(FIRST_CELLS)} | heading.roles
    titles = {name: cells[at[name]] for name in texts}
    suspects = {
        name: words.filter(words.str.contains(_SUSPECT) | (words == (titles[name] or ""))).to_list()
        for name, words in engine.words_in(rows, texts).items()
    }
    suspicious = [nw.col(name).is_in(texts) for name, texts in suspects.items() if texts]
    found: list[tuple[int, Finding]] = []
    if not suspicious:
        return found
    for row in rows.filter(_any(suspicious).fill_null(value=False)).iter_rows(named=True):
        written = {name: text for name in titles if (text := row[name])}
        if any(is_total(text, names_a_place=name in NAMES) for name, text in written.items()):
            note = say("This row is a total by its name; it was left out and not added.")
            found.append(_left_out("totals-row", note, grid, row["row"]))
        elif all(text == titles[name] for name, text in written.items()):
            note = say("This row is the heading once more; it was left out.")
            found.append(_left_out("heading-row", note, grid, row["row"]))
        elif _is_footnote(written.values()) and not any(row[name] for name in figures):
            note = say("This row is a note below the table; it was left out.")
            found.append(_left_out("footnote", note, grid, row["row"]))
    return found


def _is_footnote(texts: Collection[str]) -> bool:
    return any(_FOOTNOTE.match(text) for text in texts)


def _left_out(rule: str, message: Text, grid: Grid, row: int) -> tuple[int, Finding]:
    mend = say("Nothing to do; if it is a form of a region, write the region's name into it.")
    return row, Finding(rule, "note", message, mend, grid.place(row))
