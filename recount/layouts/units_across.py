"""Units as columns, lines of the form as rows: DAA, DA1, DB1, DC1, D.Hasil, and what follows them.

One table or several below each other, each under its own heading; every table is one reading.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from recount.headings import meaning
from recount.layouts._across import reading_of
from recount.layouts._items import is_label, sex_of
from recount.layouts._lines import Table
from recount.layouts._page import LARGEST_PAGE, counts, figure, lines, stray
from recount.layouts._titles import around, named_places
from recount.layouts._units import numbering, units_of
from recount.model import LEVELS, Declined, Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recount.layouts._page import Line, Page
    from recount.model import Reading

    Labelled = Callable[[str], bool]

_LABELS_WITHIN = 8
_FEWEST = 2
_HEADS = frozenset({"URAIAN", "ITEM"})
"""Over the labels of a form; as good as two of them."""
_HIGHEST_HEADING = 4
_SHORTEST = 4


class Shape(NamedTuple):
    """The column of the labels, that of LK/PR/JUM when there is one, and the first behind them."""

    label: int
    sex: int | None

    @property
    def first(self) -> int:
        """The first column in which a unit can stand."""
        return (self.label if self.sex is None else self.sex) + 1


def recognise(page: Page) -> list[Reading] | Declined:
    """Read every table of the sheet whose units are columns, or say why there is none."""
    if not isinstance(page.heading, Declined) and page.heading.is_long:
        return Declined(
            say("One number per row: this is a long table."),
            say("Nothing to do."),
        )
    if len(page.grid.cells) > LARGEST_PAGE:
        return Declined(
            say("The sheet has too many rows for a form whose lines are rows."),
            say("Nothing to do."),
        )
    found = lines(page.grid)
    context = around(page, found[: _first_figures(found)])
    labelled = cache(partial(is_label, form=context.form))
    shape = _shape(found, labelled)
    starts = _starts(found, shape, labelled) if shape else []
    if shape is None or not starts:
        return Declined(
            say("No column holds the lines of a form, one below the other."),
            say("Give every line its label in one column: SUARA SAH, SUARA TIDAK SAH ..."),
        )
    readings: list[Reading] = []
    lost: list[Finding] = []
    for table, part in _tables(page, found, shape, starts, labelled):
        made = reading_of(page, table) if table else None
        if made:
            readings.append(made)
        else:
            lost += [_lost(page, line, shape) for line in part]
    if not readings:
        return Declined(
            say("No row above the lines of the form names the units of its columns."),
            say("Write the name or number of its unit over each column: TPS 1, TPS 2 ..."),
            page.grid.place(found[starts[0]].row),
            near=2,
        )
    first = readings[0]
    return [replace(first, findings=(*first.findings, *lost)), *readings[1:]]


def _lost(page: Page, line: Line, shape: Shape) -> Finding:
    """Say of a line that it stands in a table which was not understood."""
    cells = line.filled()
    if not any(figure(text) is not None for _, text in line.filled(shape.first)):
        return stray(page.grid, line.row, cells)
    message = say("This line stands in a table whose units were not understood; it is not used.")
    mend = say("Write the name or number of its unit over each column: TPS 1, TPS 2 ...")
    return Finding("unknown-line", "error", message, mend, page.grid.place(line.row))


def _first_figures(found: Sequence[Line]) -> int:
    """Where the figures may begin; the titles stand above."""
    few = (
        at
        for at, line in enumerate(found)
        if sum(figure(t) is not None for _, t in line.filled()) > 1
    )
    return next(few, len(found))


def _shape(found: Sequence[Line], labelled: Labelled) -> Shape | None:
    """Find the column that holds the labels of several lines, and LK/PR/JUM beside it."""
    labels: dict[int, set[str]] = {}
    sexes: dict[int, int] = {}
    for line in found:
        for at, text in line.filled(0, _LABELS_WITHIN):
            if labelled(text):
                labels.setdefault(at, set()).add(text.strip().upper())
            elif text.strip().upper() in _HEADS:
                labels.setdefault(at, set()).update(_HEADS)
            elif sex_of(text) is not None and len(text) < _LABELS_WITHIN * 2:
                sexes[at] = sexes.get(at, 0) + 1
    most = max((len(texts) for texts in labels.values()), default=0)
    if most < _FEWEST:
        return None
    label = min(at for at, texts in labels.items() if len(texts) == most)
    beside = [at for at, count in sexes.items() if label < at <= label + 3 and count >= _FEWEST]
    return Shape(label, min(beside) if beside else None)


def _starts(found: Sequence[Line], shape: Shape, labelled: Labelled) -> list[int]:
    """Where lines of the form begin: a label with figures beside it, after rows that have none."""
    starts = []
    inside = False
    for at, line in enumerate(found):
        if _is_item(line, shape, labelled):
            starts += [] if inside else [at]
            inside = True
        elif inside and line.filled(shape.first) and _is_heading(found, at, shape, starts[0]):
            inside = False
    return starts


def _is_item(line: Line, shape: Shape, labelled: Labelled) -> bool:
    """Whether a row is a line of the form: a label or a name, and figures beside it."""
    texts = [text for _, text in line.filled(0, shape.first)]
    figures = [figure(text) is not None for _, text in line.filled(shape.first)]
    if not figures or numbering(line):
        return False
    if any(labelled(text) or sex_of(text) is not None for text in texts):
        return True  # whatever stands beside it
    return any(figures) and any(_may_name(text) for text in texts)


def _may_name(text: str) -> bool:
    """Whether a cell may name a candidate or a line; the heads of columns do not."""
    plain = text.strip().upper()
    if plain in _HEADS or figure(text) is not None or sum(map(str.isalpha, plain)) < _SHORTEST:
        return False
    understood = meaning(text)
    return understood is None or understood.role not in {*LEVELS, "pair", "pair name", "aside"}


def _is_heading(found: Sequence[Line], at: int, shape: Shape, first: int) -> bool:
    """Whether a row below a table begins another one: its cells are names, or it repeats one."""
    line = found[at]
    beside = [text for _, text in line.filled(shape.first)]
    labels = [text for _, text in line.filled(0, shape.first)]
    if labels and any(
        labels == [text for _, text in earlier.filled(0, shape.first)]
        and earlier.filled(shape.first)
        for earlier in found[:first]
    ):
        return True
    named = [text for text in beside if not counts(text)]
    free = not any(sex_of(text) is not None for text in labels)
    return len(named) > 1 and len(named) == len(beside) and free


def _tables(
    page: Page, found: Sequence[Line], shape: Shape, starts: Sequence[int], labelled: Labelled
) -> Iterator[tuple[Table | None, Sequence[Line]]]:
    """Cut the sheet into tables: heading rows, lines, and what stands above or below.

    With each come its lines; where nothing names its units, the lines alone.
    """
    previous = 0
    floors = [0, *(_behind(found, start, shape, labelled) for start in starts[1:])]
    heads = [
        _headed(found, start, shape, floor) for start, floor in zip(starts, floors, strict=True)
    ]
    for number, (start, head) in enumerate(zip(starts, heads, strict=True)):
        context = around(page, found[:head])
        headings = _headings(found[head:start], shape)
        end = heads[number + 1] if number + 1 < len(starts) else len(found)
        units = units_of(page.grid, headings, shape.first, context)
        if units is None:
            yield None, found[head:end]
            continue
        above = found[previous:head]
        rest = [line for line in found[head:start] if line not in headings]
        body = [*rest, *found[start:end]]
        yield Table(shape.first, context, units, above, headings, body), found[head:end]
        previous = end


def _behind(found: Sequence[Line], start: int, shape: Shape, labelled: Labelled) -> int:
    """The index behind the last line of the form above a table's first line."""
    above = (at for at in range(start - 1, -1, -1) if _is_item(found[at], shape, labelled))
    return next(above, -1) + 1


def _headed(found: Sequence[Line], start: int, shape: Shape, floor: int) -> int:
    """The index of the first heading row above a table's first line."""
    head = start
    rows = 0
    for at in range(start - 1, floor - 1, -1):
        beside = found[at].filled(shape.first)
        if rows and (not beside or _is_title(found[at], found[at + 1])):
            break
        if beside:
            rows += 1
            head = at
        if rows == _HIGHEST_HEADING:
            break
    return head


def _is_title(line: Line, below: Line) -> bool:
    """Whether a row above a heading is part of the title: it names a place, or stands apart.

    Right above the numbers of the columns stands their heading, be it a single `TPS 1`.
    """
    if numbering(below):
        return False
    return below.row - line.row > 1 or next(named_places(line), None) is not None


def _headings(rows: Sequence[Line], shape: Shape) -> list[Line]:
    """Of the rows between the title and the first line those that head the columns."""
    last = max((at for at, line in enumerate(rows) if line.filled(shape.first)), default=-1)
    return list(rows[: last + 1])
