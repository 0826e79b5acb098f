"""Units as columns, lines of the form as rows: L1, L2 and L3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.building.figures import NAMES
from tests.building.paper import Paper, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.building.figures import Unit
    from tests.building.noise import Pen


class Line(NamedTuple):
    """A line of the form: its number, label, and boxes: one, or those of LK, PR and JUM."""

    number: str
    label: str
    boxes: tuple[str, ...] = ()


SECTIONS: tuple[Line, ...] = (
    Line("I.", "DATA PEMILIH DAN PENGGUNAAN HAK PILIH"),
    Line("A.", "DATA PEMILIH"),
    Line("1.", "Pemilih dalam DPT", ("registered_dpt.m", "registered_dpt.f", "registered_dpt")),
    Line("B.", "PENGGUNA HAK PILIH"),
    Line("4.", "Jumlah seluruh pengguna hak pilih (1+2+3)", ("voters.m", "voters.f", "voters")),
    Line("II.", "DATA PENGGUNAAN SURAT SUARA"),
    Line(
        "1.",
        "Jumlah surat suara yang diterima termasuk cadangan 2,5% (2+3+4)",
        ("ballots_received",),
    ),
    Line(
        "2.",
        "Jumlah surat suara dikembalikan oleh pemilih karena rusak/keliru coblos",
        ("ballots_spoiled",),
    ),
    Line("3.", "Jumlah surat suara yang tidak digunakan", ("ballots_unused",)),
    Line("4.", "Jumlah surat suara yang digunakan", ("ballots_used",)),
    Line("III.", "DATA RINCIAN PEROLEHAN SUARA PASANGAN CALON"),
    *(Line(f"{n}.", name, (f"candidate:{n}",)) for n, name in enumerate(NAMES, 1)),
    Line("IV.", "DATA SUARA SAH DAN TIDAK SAH"),
    Line("A.", "JUMLAH SELURUH SUARA SAH", ("valid",)),
    Line("B.", "JUMLAH SUARA TIDAK SAH", ("invalid",)),
    Line("C.", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH", ("cast",)),
)
SEXES = ("LK", "PR", "JUM")


@dataclass
class Plan:
    """How the sheet is to look: title lines, the headings of the columns, a column of totals.

    `over`: what stands over the units. `carried`: after half of them a total is carried over, as
    on the pages of a wide form.
    """

    titles: Sequence[Sequence[str]]
    units: Sequence[str]
    over: str = "RINCIAN"
    sexes: bool = True
    numbers: bool = True
    total: str | None = "JUMLAH AKHIR"
    formulas: bool = True
    carried: bool = False


class Column(NamedTuple):
    """A column of figures: of a unit by its number, or a total of the first `of` units."""

    heading: str
    unit: int | None = None
    of: int = 0


def _columns(plan: Plan) -> list[Column]:
    columns = [Column(heading, at) for at, heading in enumerate(plan.units)]
    half = len(columns) // 2
    if plan.carried and half > 1:
        columns[half:half] = [
            Column("DIPINDAHKAN", None, half),
            Column("JUMLAH PINDAHAN", None, half),
        ]
    if plan.total:
        columns.append(Column(plan.total, None, len(plan.units)))
    return columns


def across(units: Sequence[Unit], plan: Plan, pen: Pen, name: str = "DA1") -> Paper:
    """Lay units out as columns."""
    paper = Paper(name)
    row = 0
    for texts in plan.titles:
        paper.line(row, *(text or None for text in texts))
        row += 1
    row = _headings(paper, plan, row + 1)
    if "hidden_column" in pen.noises:
        shown = [at for at, column in enumerate(_columns(plan)) if column.unit is not None]
        paper.hidden_columns.add(_first(plan) + pen.rng.choice(shown))
    for line in _lines(units, pen):
        row = _line(paper, plan, pen, units, row, line)
    _around(paper, pen, row)
    return paper


def _first(plan: Plan) -> int:
    return 3 if plan.sexes else 2


def _headings(paper: Paper, plan: Plan, row: int) -> int:
    first, columns = _first(plan), _columns(plan)
    last = max(first + at for at, column in enumerate(columns) if column.unit is not None)
    paper.line(row, "NO", "URAIAN")
    paper.merge(row, 0, row + 1, 0)
    paper.merge(row, 1, row + 1, first - 1)
    paper.put(row, first, plan.over)
    paper.merge(row, first, row, last)
    for at, column in enumerate(columns, first):
        outside = at > last
        paper.put(row if outside else row + 1, at, column.heading)
        if outside:
            paper.merge(row, at, row + 1, at)
    if not plan.numbers:
        return row + 2
    paper.line(row + 2, 1, 2, *([None] if plan.sexes else []), *range(3, 3 + len(columns)))
    return row + 3


def _lines(units: Sequence[Unit], pen: Pen) -> list[Line]:
    """The lines that the figures can fill; candidates in any order when that is asked for."""
    known = units[0].boxes
    lines = [line for line in SECTIONS if not line.boxes or set(line.boxes) <= known.keys()]
    if "shuffled" in pen.noises:
        at = [i for i, line in enumerate(lines) if line.boxes[:1] and "candidate" in line.boxes[0]]
        shuffled = [lines[i] for i in at]
        pen.rng.shuffle(shuffled)
        for i, line in zip(at, shuffled, strict=True):
            lines[i] = line
    return lines


def _line(paper: Paper, plan: Plan, pen: Pen, units: Sequence[Unit], row: int, line: Line) -> int:
    label = pen.label(line.label) if line.boxes else line.label
    row += "blank_rows" in pen.noises and not line.boxes
    paper.line(row, line.number, label)
    boxes = line.boxes if plan.sexes else line.boxes[-1:]
    if "merged_labels" in pen.noises and boxes:
        for column in range(2):
            paper.merge(row, column, row + len(boxes) - 1, column)
    for at, box in enumerate(boxes):
        if len(boxes) > 1:
            paper.put(row + at, 2, SEXES[at])
        _figures(paper, plan, pen, units, row + at, box)
    return row + max(1, len(boxes))


def _figures(paper: Paper, plan: Plan, pen: Pen, units: Sequence[Unit], row: int, box: str) -> None:
    """Write one row of figures; a total after units in one run is a SUM."""
    first = _first(plan)
    read: list[int | None] = []
    for at, column in enumerate(_columns(plan), first):
        if column.unit is not None:
            read.append(pen.put(paper, row, at, units[column.unit], box))
            continue
        value = sum(figure or 0 for figure in read[: column.of])
        end = letters(first + column.of - 1)
        run = plan.formulas and not plan.carried
        paper.total(
            row, at, value, f"=SUM({letters(first)}{row + 1}:{end}{row + 1})" if run else None
        )


def _around(paper: Paper, pen: Pen, row: int) -> None:
    if "stray" in pen.noises:
        paper.put(row - 2, paper.width + 2, 4711, "stray")
    if "footnotes" in pen.noises:
        paper.put(row + 1, 0, "KETERANGAN:", "note")
        paper.put(row + 2, 0, "Data C1 yang diterima sampai tanggal 20 April", "note")
