"""Units as columns, lines of the form as rows: L1, L2 and L3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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
    Line("1.", "SYARIFUDDIN IDRIS", ("candidate:1",)),
    Line("2.", "HARTATI WIBOWO", ("candidate:2",)),
    Line("IV.", "DATA SUARA SAH DAN TIDAK SAH"),
    Line("A.", "JUMLAH SELURUH SUARA SAH", ("valid",)),
    Line("B.", "JUMLAH SUARA TIDAK SAH", ("invalid",)),
    Line("C.", "JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH", ("cast",)),
)
SEXES = ("LK", "PR", "JUM")


@dataclass
class Plan:
    """How the sheet is to look: title lines, the headings of the columns, a column of totals.

    `heads`: rows of headings over the labels, from the left. `over`: what stands over the units.
    """

    titles: Sequence[Sequence[str]]
    units: Sequence[str]
    over: str = "RINCIAN"
    sexes: bool = True
    numbers: bool = True
    total: str | None = "JUMLAH AKHIR"
    formulas: bool = True


def across(units: Sequence[Unit], plan: Plan, pen: Pen, name: str = "DA1") -> Paper:
    """Lay units out as columns."""
    paper = Paper(name)
    row = 0
    for texts in plan.titles:
        paper.line(row, *(text or None for text in texts))
        row += 1
    row = _headings(paper, plan, row + 1)
    if "hidden_column" in pen.noises:
        paper.hidden_columns.add(_first(plan) + pen.rng.randrange(len(units)))
    for line in _lines(units, pen):
        row = _line(paper, plan, pen, units, row, line)
    _around(paper, pen, row)
    return paper


def _first(plan: Plan) -> int:
    return 3 if plan.sexes else 2


def _headings(paper: Paper, plan: Plan, row: int) -> int:
    first, last = _first(plan), _first(plan) + len(plan.units) - 1
    paper.line(row, "NO", "URAIAN")
    paper.merge(row, 0, row + 1, 0)
    paper.merge(row, 1, row + 1, first - 1)
    paper.put(row, first, plan.over)
    paper.merge(row, first, row, last)
    paper.line(row + 1, *plan.units, at=first)
    if plan.total:
        paper.put(row, last + 1, plan.total)
        paper.merge(row, last + 1, row + 1, last + 1)
    if not plan.numbers:
        return row + 2
    paper.line(row + 2, 1, 2, *([None] if plan.sexes else []), *range(3, 3 + len(plan.units) + 1))
    return row + 3


def _lines(units: Sequence[Unit], pen: Pen) -> list[Line]:
    """The lines that the figures can fill; candidates in any order when that is asked for."""
    known = units[0].boxes
    lines = [line for line in SECTIONS if not line.boxes or set(line.boxes) <= known.keys()]
    if "shuffled" in pen.noises:
        at = [i for i, line in enumerate(lines) if line.boxes[:1] and "candidate" in line.boxes[0]]
        lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]
    return lines


def _line(paper: Paper, plan: Plan, pen: Pen, units: Sequence[Unit], row: int, line: Line) -> int:
    label = pen.label(line.label) if line.boxes else line.label
    paper.line(row, line.number, label)
    boxes = line.boxes if plan.sexes else line.boxes[-1:]
    for at, box in enumerate(boxes):
        if len(boxes) > 1:
            paper.put(row + at, 2, SEXES[at])
        read = [
            pen.put(paper, row + at, column, unit, box)
            for column, unit in enumerate(units, _first(plan))
        ]
        if plan.total:
            last = _first(plan) + len(units)
            cells = f"{letters(_first(plan))}{row + at + 1}:{letters(last - 1)}{row + at + 1}"
            value = sum(figure or 0 for figure in read)
            paper.total(row + at, last, value, f"=SUM({cells})" if plan.formulas else None)
    return row + max(1, len(boxes))


def _around(paper: Paper, pen: Pen, row: int) -> None:
    if "stray" in pen.noises:
        paper.put(row - 2, paper.width + 2, 4711, "stray")
    if "footnotes" in pen.noises:
        paper.put(row + 1, 0, "KETERANGAN:", "note")
        paper.put(row + 2, 0, "Data C1 yang diterima sampai tanggal 20 April", "note")
