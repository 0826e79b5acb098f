"""Rows under a heading: totals without a label found, totals with one held against the forms.

By formula (Grid.sums) and by arithmetic (forms.md, section 5). A row that names a unit of its own
is a form whatever its figures are; if they equal the sum of the rows above, that is only noted.
"""

from __future__ import annotations

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
_PLAIN = r"^[0-9]{1,9}$"


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


def figures(rows: Frame, boxes: Collection[str]) -> Frame:
    """The boxes as whole numbers; null where a cell is blank or cannot be read."""
    return rows.select("row", *(_figures(rows[box]).alias(box) for box in boxes))


def _figures(texts: nw.Series[Any]) -> nw.Series[Any]:
    plain = texts.str.contains(_PLAIN).fill_null(value=False)
    odd = texts.filter(~plain).unique().drop_nulls().to_list()
    frame = texts.alias("text").to_frame()
    if not odd:
        return frame.select(nw.col("text").cast(nw.Int64))["text"]
    style = column_style(texts.unique().drop_nulls().to_list())
    read = {text: parse_count(text, style) for text in odd}
    known = {text: str(n) for text, n in read.items() if isinstance(n, int)}
    counted = [text if ok else known.get(text) for text, ok in zip(texts, plain, strict=True)]
    figures = [int(text) if text is not None else None for text in counted]
    return engine.table({"text": figures}, {"text": nw.Int64()})["text"]


class Runs:
    """Sums of forms from anywhere to anywhere, box by box; rows of coarser units add nothing."""

    def __init__(self, rows: Frame, boxes: Sequence[str], blank: Sequence[bool]) -> None:
        """`rows`: as on the sheet; `blank`: those that name no unit of the finest level."""
        read = figures(rows, boxes)
        self.rows: list[int] = rows["row"].to_list()
        self.read = {box: read[box].to_list() for box in boxes}
        forms = [0 if out else 1 for out in blank]
        self._count = _cumulated(forms, forms)
        self._until = {box: _cumulated(column, forms) for box, column in self.read.items()}

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


def _cumulated(values: Sequence[int | None], forms: Sequence[int]) -> list[int]:
    terms = ((value or 0) if form else 0 for value, form in zip(values, forms, strict=True))
    return list(accumulate(terms, initial=0))


class Found(NamedTuple):
    """Rows that are totals by arithmetic alone, and those that only look like it."""

    totals: list[int]
    perhaps: list[int]


def nameless(rows: Frame, heading: Heading) -> list[bool]:
    """Which rows name no unit: neither code nor name, nor one of the finest level."""
    levels = [role for role in heading.places if role in LEVELS and _some(rows, role)]
    own = [role for role in ("code", "name") if role in rows.columns] + levels[-1:]
    if not own or not all(rows[role].is_null().any() for role in own):
        return [False] * len(rows)
    blank = rows.select(
        nw.all_horizontal(*(nw.col(role).is_null() for role in own), ignore_nulls=True).alias(
            "blank"
        )
    )
    return blank["blank"].to_list()


def _some(rows: Frame, role: str) -> bool:
    return role in rows.columns and not rows[role].is_null().all()


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
    named = _among_named(runs, blank, _parents(rows, heading), {*taken, *map(runs.at, earlier)})
    return Found(
        sorted(runs.rows[at] for at in (*taken, *named.totals)),
        [runs.rows[at] for at in named.perhaps],
    )


def _among_nameless(runs: Runs, blank: Sequence[bool], earlier: Sequence[int]) -> list[int]:
    """Of the rows that name no unit those that equal a run which begins after another total."""
    taken: list[int] = []
    starts = sorted({0, *earlier})
    for at in (at for at, out in enumerate(blank) if out):
        here = runs.here(at)
        before = [start for start in starts if start <= at][-_MOST_STARTS:]
        if any(equals(here, runs.sums(start, at), runs.forms(start, at)) for start in before):
            taken.append(at)
            starts.append(at + 1)
    return taken


def _among_named(
    runs: Runs, blank: Sequence[bool], parents: Sequence[bool], breaks: Collection[int]
) -> Found:
    """Rows that name a unit and equal the sum of the forms since the last total."""
    found = Found([], [])
    sums = dict.fromkeys(runs.read, 0)
    count = 0
    for at, out in enumerate(blank):
        here = runs.here(at)
        if at in breaks or (parents[at] and equals(here, sums, count)):
            if at not in breaks:
                found.totals.append(at)
            sums, count = dict.fromkeys(runs.read, 0), 0
            if at in breaks and not out:
                sums, count = {box: here[box] or 0 for box in sums}, 1
            continue
        if not out:
            if equals(here, sums, count):
                found.perhaps.append(at)
            sums = {box: total + (here[box] or 0) for box, total in sums.items()}
            count += 1
    return found


def _parents(rows: Frame, heading: Heading) -> list[bool]:
    """Whether the finest name of a row is that of a region above it."""
    levels = [role for role in heading.places if role in NAMED_LEVELS and _some(rows, role)]
    if len(levels) < FEWEST:
        return [False] * len(rows)
    names = rows.select(*levels).iter_rows()
    return [bool(own) and places_alike(own, filter(None, above)) for *above, own in names]


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
