"""Rows under a heading: totals without a label found, totals with one held against the forms.

By formula (Grid.sums) and by arithmetic (forms.md, section 5). A row that names a unit of its own
is a form whatever its figures are; if they equal the sum of the rows above, that is only noted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.layouts._settled import places_alike
from recount.layouts._sums import FEWEST, Kept, Stated, equals, held
from recount.model import LEVELS, NAMED_LEVELS, Finding
from recount.numbers import column_style, parse_count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from recount.layouts._heading import Heading
    from recount.model import Grid

    Frame = nw.DataFrame[Any]

LARGEST = 5_000
"""Up to so many rows each is looked at; of more, only those without a place of their own."""
_MOST_STARTS = 200
_PLAIN = re.compile(r"[0-9]{1,9}")


def by_formula(grid: Grid, boxes: Mapping[str, int], first: int) -> list[int]:
    """The rows below row `first` most of whose figures are formulas that add up rows above."""
    if not grid.sums:
        return []
    columns = set(boxes.values())
    summed: dict[int, int] = {}
    for (row, column), (top, left, bottom, right) in grid.sums.items():
        upwards = left == right == column and first < top < bottom < row
        if column in columns and upwards:
            summed[row] = summed.get(row, 0) + 1
    filled = grid.cells.filter(nw.col("row").is_in(list(summed))).select(
        "row", *(f"c{at}" for at in sorted(columns))
    )
    counts = {row: sum(cell is not None for cell in cells) for row, *cells in filled.iter_rows()}
    return sorted(row for row, count in summed.items() if count * 2 >= counts.get(row, count))


def counted(texts: Sequence[str | None]) -> list[int | None]:
    """The cells of one box as whole numbers; null where one is blank or cannot be read."""
    distinct = {text for text in texts if text is not None}
    if all(map(_PLAIN.fullmatch, distinct)):
        known: dict[str | None, int | None] = {text: int(text) for text in distinct}
    else:
        style = column_style(distinct)
        read = {text: parse_count(text, style) for text in distinct}
        known = {text: n if isinstance(n, int) else None for text, n in read.items()}
    known[None] = None
    return [known[text] for text in texts]


class Runs:
    """Sums of forms from anywhere to anywhere, box by box; rows of coarser units add nothing."""

    def __init__(self, rows: Frame, boxes: Sequence[str], blank: Sequence[bool]) -> None:
        """`rows`: as on the sheet; `blank`: those that name no unit of the finest level."""
        cells = engine.lists(rows, ["row", *boxes])
        self.rows: list[int] = cells["row"]
        self.read = {box: counted(cells[box]) for box in boxes}
        self._count = _cumulated([1] * len(rows), blank)
        self._until = {box: _cumulated(column, blank) for box, column in self.read.items()}
        self._first = next(iter(boxes))

    def at(self, row: int) -> int:
        """How many rows stand above a row of the sheet."""
        return bisect_left(self.rows, row)

    def forms(self, first: int, end: int) -> int:
        """How many forms stand from `first` to before `end`."""
        return self._count[end] - self._count[first]

    def sums(self, first: int, end: int) -> dict[str, int]:
        """What the forms from `first` to before `end` add up to."""
        return {box: until[end] - until[first] for box, until in self._until.items()}

    def here(self, at: int) -> dict[str, int | None]:
        """The figures of one row."""
        return {box: column[at] for box, column in self.read.items()}

    def equal(self, at: int, start: int) -> bool:
        """Whether a row equals the sum of the forms from `start` to before it."""
        until = self._until[self._first]
        if until[at] - until[start] != self.read[self._first][at]:  # so it is nearly always
            return False
        return equals(self.here(at), self.sums(start, at), self.forms(start, at))


def _cumulated(values: Sequence[int | None], blank: Sequence[bool]) -> list[int]:
    terms = (0 if out else value or 0 for value, out in zip(values, blank, strict=True))
    return list(accumulate(terms, initial=0))


class Found(NamedTuple):
    """Rows that are totals by arithmetic alone, and those that only look like it."""

    totals: list[int]
    perhaps: list[int]


def nameless(rows: Frame, heading: Heading) -> list[bool]:
    """Which rows name no unit: neither code nor name, nor one of the finest level."""
    own = [
        *(role for role in ("code", "name") if role in rows.columns),
        *_filled(rows, heading, LEVELS)[-1:],
    ]
    if not own or not all(engine.blanks(rows, own).values()):
        return [False] * len(rows)
    blank = rows.select(
        nw.all_horizontal(*(nw.col(role).is_null() for role in own), ignore_nulls=True).alias(
            "blank"
        )
    )
    return blank["blank"].to_list()


def _filled(rows: Frame, heading: Heading, levels: Collection[str]) -> list[str]:
    """The place columns of some levels in which anything stands."""
    there = [role for role in heading.places if role in levels and role in rows.columns]
    return [role for role, blank in engine.blanks(rows, there).items() if blank < len(rows)]


def by_arithmetic(
    rows: Frame, boxes: Sequence[str], heading: Heading, earlier: Sequence[int]
) -> Found:
    """Find rows that equal the sum of a run of forms above; `earlier`: totals found before."""
    blank = nameless(rows, heading)
    if len(boxes) < FEWEST or (len(rows) > LARGEST and not any(blank)):
        return Found([], [])
    runs = Runs(rows, boxes, blank)
    taken = _among_nameless(runs, blank, [runs.at(row) for row in earlier])
    if len(rows) > LARGEST:
        return Found([runs.rows[at] for at in taken], [])
    named = _among_named(runs, blank, Parents(rows, heading), {*taken, *map(runs.at, earlier)})
    return Found(
        sorted(runs.rows[at] for at in (*taken, *named.totals)),
        [runs.rows[at] for at in named.perhaps],
    )


def _among_nameless(runs: Runs, blank: Sequence[bool], earlier: Sequence[int]) -> list[int]:
    """Of the rows that name no unit those that equal a run which begins after another total."""
    taken: list[int] = []
    starts = sorted({0, *earlier})
    for at in (at for at, out in enumerate(blank) if out):
        before = [start for start in starts if start <= at][-_MOST_STARTS:]
        if any(runs.equal(at, start) for start in before):
            taken.append(at)
            starts.append(at + 1)
    return taken


def _among_named(
    runs: Runs, blank: Sequence[bool], parents: Parents, breaks: Collection[int]
) -> Found:
    """Rows that name a unit and equal the sum of the forms since the last total."""
    found = Found([], [])
    start = 0
    for at, out in enumerate(blank):
        if at in breaks:
            start = at + 1 if out else at
        elif not runs.equal(at, start):
            continue
        elif parents.named_by(at):
            found.totals.append(at)
            start = at + 1
        elif not out:
            found.perhaps.append(at)
    return found


class Parents:
    """Whether the finest name of a row is that of a region above it."""

    def __init__(self, rows: Frame, heading: Heading) -> None:
        """`rows`: with the place columns of the sheet."""
        levels = _filled(rows, heading, NAMED_LEVELS)
        self._names = [*engine.lists(rows, levels).values()] if len(levels) >= FEWEST else []

    def named_by(self, at: int) -> bool:
        """Say it of one row."""
        *above, own = [names[at] for names in self._names] or [None]
        return bool(own) and places_alike(own, filter(None, above))


class Total(NamedTuple):
    """A row that is a total: its number, its figures by box as written."""

    row: int
    cells: Mapping[str, str | None]


def hold(
    grid: Grid, heading: Heading, kept: Frame, totals: Sequence[Total], boxes: Mapping[str, int]
) -> list[Finding]:
    """Hold each total against the forms above it, in any run that ends there."""
    if not totals or not boxes:
        return []
    runs = Runs(kept, list(boxes), nameless(kept, heading))
    findings: list[Finding] = []
    starts = [0]
    last = totals[-1].row
    for total in totals:
        end = runs.at(total.row)
        before = sorted({start for start in starts if start < end}, reverse=total.row != last)
        possible = [_kept(runs, start, end) for start in before[:_MOST_STARTS]]
        findings += held(_stated(grid, total, boxes), possible)
        starts.append(end)
    return findings


def _kept(runs: Runs, start: int, end: int) -> Kept:
    return Kept(runs.sums(start, end), f"{runs.rows[start]}–{runs.rows[end - 1]}")  # noqa: RUF001 - from row to row


def _stated(grid: Grid, total: Total, boxes: Mapping[str, int]) -> Stated:
    read = {box: parse_count(text) for box, text in total.cells.items()}
    told = {box: n for box, n in read.items() if isinstance(n, int)}
    return Stated(told, {box: grid.place(total.row, boxes[box]) for box in told})
