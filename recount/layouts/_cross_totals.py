"""The columns of a table whose units are columns: which are units, which are totals of them.

A total says so by its name, by a formula, or by arithmetic (forms.md, section 5); those by name are
held against the units that were kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from recount.layouts._page import counts, figure, stray
from recount.layouts._settled import places_alike
from recount.layouts._short import short
from recount.layouts._sums import Kept, Stated, added, equals, held
from recount.model import Finding, LeftOut, column_letters
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.layouts._lines import Table, Taken
    from recount.layouts._page import Line, Page
    from recount.model import Severity
    from recount.texts import Text

Figures = dict[int, dict[str, int | None]]


class Sorted(NamedTuple):
    """The columns of the units that are kept, and what was said about the others."""

    units: list[int]
    findings: list[Finding]
    left_out: list[LeftOut]
    left: set[int]


def sort_columns(page: Page, table: Table, taken: Taken) -> Sorted:
    """Keep the units; leave out totals and tell them, hold them against the units."""
    figures = _figures(table, taken)
    done = Sorted(sorted(table.units.units), [], [], set())
    summed = [
        at for at in figures if at not in table.units.totals and _is_sum(page, at, table, taken)
    ]
    for at in summed:
        _leave(page, table, done, at, BY_FORMULA)
    _by_arithmetic(page, table, figures, done)
    for at in sorted(table.units.totals):
        _leave(page, table, done, at, BY_NAME)
    for at, text in sorted(table.units.others.items()):
        done.findings.append(_unused(page, table, at, text))
    done.findings.extend(_nameless(page, table, figures, done.left))
    done.findings.extend(_hold(page, table, taken, figures, done))
    return done


def total_of_all(done: Sorted, table: Table) -> int | None:
    """The column that is the total of all units: the last one, with no unit behind it."""
    last = max(done.left, default=-1)
    carried = "PINDAH" in table.units.totals.get(last, "").upper()
    return None if carried or last < max(done.units, default=0) else last


def _figures(table: Table, taken: Taken) -> Figures:
    width = max((len(line.cells) for line in taken.boxes.values()), default=0)
    return {
        at: {box: figure(line.cells[at]) for box, line in taken.boxes.items()}
        for at in range(table.first, width)
        if any(line.cells[at] is not None for line in taken.boxes.values())
    }


def _is_sum(page: Page, at: int, table: Table, taken: Taken) -> bool:
    """Whether most figures of a column are formulas that add up columns of units beside it."""
    if not page.grid.sums:
        return False
    filled = [line for line in taken.boxes.values() if line.cells[at] is not None]
    summed = 0
    for line in filled:
        range_ = page.grid.sums.get((line.row, at))
        if range_ and range_[0] == range_[2] == line.row:
            over = [c for c in table.units.units if range_[1] <= c <= range_[3] and c != at]
            summed += len(over) > 1
    return bool(filled) and summed * 2 > len(filled)


class _Why(NamedTuple):
    """Why a column is a total, and how sure that is."""

    kind: Literal["total", "sum"]
    message: Text
    severity: Severity = "note"


BY_NAME = _Why("total", say("This column is a total by its name; it was left out and not added."))
BY_FORMULA = _Why(
    "sum", say("This column is a total by its formulas; it was left out and not added.")
)
BY_ARITHMETIC = _Why(
    "sum",
    say("This column names no unit and equals the sum of those before it; it was left out."),
    "warning",
)


def _leave(page: Page, table: Table, done: Sorted, at: int, why: _Why) -> None:
    """Leave a column out as a total."""
    done.left.add(at)
    if at in done.units:
        done.units.remove(at)
    place = page.grid.place(table.units.at.get(at, table.units.row), at)
    text = table.units.totals.get(at, table.units.units.get(at))
    done.left_out.append(LeftOut(why.kind, place, text))
    mend = say("Nothing to do; if it is a unit of its own, write its name over it.")
    done.findings.append(Finding("totals-column", why.severity, why.message, mend, place))


def _by_arithmetic(page: Page, table: Table, figures: Figures, done: Sorted) -> None:
    """Find columns that equal the sum of the units before them.

    One without a heading, or called after the region above, is left out; one with a name of its own
    is a unit, and only noted.
    """
    since: list[int] = []
    for at in sorted(figures):
        if at in table.units.totals or (at not in done.units and at in table.units.units):
            since = []
            continue
        sums = added((figures[unit] for unit in since), figures[at])
        if not equals(figures[at], sums, len(since)):
            since += [at] if at in done.units else []
            continue
        name = table.units.units.get(at)
        if name is None or places_alike(name, table.context.places.values()):
            _leave(page, table, done, at, BY_ARITHMETIC)
            since = []
        else:
            done.findings.append(_perhaps(page, table, at))
            since.append(at)


def _perhaps(page: Page, table: Table, at: int) -> Finding:
    message = say("This column equals the sum of those before it; it is counted as a unit.")
    mend = say("If it is a total, call it JUMLAH.")
    place = page.grid.place(table.units.row, at)
    return Finding("perhaps-total", "note", message, mend, place)


def _unused(page: Page, table: Table, at: int, text: str) -> Finding:
    return Finding(
        "unused-column",
        "note",
        say("The column “{heading}” was not understood and is not used.", heading=short(text)),
        say("If it matters, give it a heading of the form, such as: suara_sah."),
        page.grid.place(table.units.row, at),
    )


def _nameless(page: Page, table: Table, figures: Figures, left: set[int]) -> list[Finding]:
    """Say which cells stand in columns without a heading: figures are an error, texts a note."""
    named = {*table.units.units, *table.units.totals, *table.units.others, *left}
    findings = []
    for line in table.body:
        cells = [(at, text) for at, text in line.filled(table.first) if at not in named]
        if cells and any(at in figures and counts(text) for at, text in cells):
            findings.append(_without_heading(page, line, cells))
        elif cells:
            findings.append(stray(page.grid, line.row, cells))
    return findings


def _without_heading(page: Page, line: Line, cells: list[tuple[int, str]]) -> Finding:
    where = ", ".join(f"{column_letters(at)}{line.row}" for at, _ in cells)
    return Finding(
        "no-heading",
        "error",
        say("“{text}” stands in a column without a heading ({cells}) and is not used.",
            text=short(cells[0][1]), cells=where),
        say("Write the name of the unit over its column, or delete what stands there."),
        page.grid.place(line.row, cells[0][0]) if len(cells) == 1 else page.grid.place(line.row),
    )  # fmt: skip


def _hold(page: Page, table: Table, taken: Taken, figures: Figures, done: Sorted) -> list[Finding]:
    """Hold the totals by name or formula against the units that were kept."""
    findings = []
    carried: dict[str, int | None] = {}
    last = -1
    for at in sorted(figures):
        text = table.units.totals.get(at)
        if at not in done.left:
            continue
        if text and "PINDAH" in text.upper() and not any(unit < at for unit in done.units):
            carried = figures[at]
            continue
        before = [unit for unit in done.units if unit < at]
        runs = [before or done.units, [unit for unit in before if unit > last]]
        possible = [_kept(run, figures, more) for run in runs if run for more in ({}, carried)]
        findings += held(_stated(page, taken, figures[at], at), possible)
        last = at
    return findings


def _stated(page: Page, taken: Taken, figures: Mapping[str, int | None], at: int) -> Stated:
    told = {box: n for box, n in figures.items() if n is not None}
    return Stated(told, {box: page.grid.place(taken.boxes[box].row, at) for box in told})


def _kept(run: Sequence[int], figures: Figures, more: Mapping[str, int | None]) -> Kept:
    counted = [figures[unit] for unit in run if unit in figures]
    boxes = {box: None for unit in counted for box in unit}
    sums = added([*counted, more], boxes)
    ends = [column_letters(run[0]), column_letters(run[-1])]
    return Kept(sums, "–".join(dict.fromkeys(ends)))  # noqa: RUF001 - from column to column
