"""Units as rows: the sheet that L4 to L9, L11 and L12 are variants of."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from tests.building.figures import LEVELS
from tests.building.paper import Paper, letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.building.figures import Unit
    from tests.building.noise import Pen

Heading = tuple[str, ...]


@dataclass
class Plan:
    """How the sheet is to look.

    `places`: level -> heading of its column. `boxes`: box -> heading, one text or an upper and a
    lower one. `titles`: lines above. `merged`: region cells are merged down, or left blank below
    the first. `totals`: level -> how the total of each such region is written ("JUMLAH" or the
    like; "" without a label); `formulas`: as sums; `only`: those of the inner regions fill this
    box.
    """

    places: dict[str, str]
    boxes: dict[str, str | tuple[str, str]]
    titles: tuple[str, ...] = ()
    numbered: bool = True
    merged: bool = False
    totals: dict[str, str] = field(default_factory=dict)
    formulas: bool = True
    only: str | None = None


@dataclass
class _Sheet:
    """A sheet that grows downward; `runs`: the rows of units since each level's last total."""

    paper: Paper
    plan: Plan
    pen: Pen
    row: int = 0
    read: dict[tuple[int, str], int | None] = field(default_factory=dict)

    @property
    def first_box(self) -> int:
        return int(self.plan.numbered) + len(self.plan.places)


def down(units: Sequence[Unit], plan: Plan, pen: Pen, name: str = "Rekap") -> Paper:
    """Lay units out as rows."""
    if "shuffled" in pen.noises:
        plan = _shuffled(plan, pen)
    sheet = _Sheet(Paper(name), plan, pen)
    for title in plan.titles:
        sheet.paper.put(sheet.row, 0, title)
        sheet.row += 1
    sheet.row += 1 if plan.titles else 0
    _headings(sheet)
    _body(sheet, units)
    _around(sheet)
    return sheet.paper


def _shuffled(plan: Plan, pen: Pen) -> Plan:
    boxes = list(plan.boxes.items())
    candidates = [item for item in boxes if item[0].startswith("candidate:")]
    pen.rng.shuffle(candidates)
    others = iter(candidates)
    plan.boxes = dict(next(others) if item[0].startswith("candidate:") else item for item in boxes)
    return plan


def _headings(sheet: _Sheet) -> None:
    plan, paper, row = sheet.plan, sheet.paper, sheet.row
    two = any(isinstance(heading, tuple) for heading in plan.boxes.values())
    places = [*(["NO"] if plan.numbered else []), *plan.places.values()]
    for column, heading in enumerate(places):
        paper.put(row, column, heading)
        if two:
            paper.merge(row, column, row + 1, column)
    column = len(places)
    for upper, run in groupby(
        plan.boxes.values(), key=lambda h: h[0] if isinstance(h, tuple) else h
    ):
        texts = list(run)
        paper.put(row, column, str(upper))
        if isinstance(texts[0], tuple):
            paper.merge(row, column, row, column + len(texts) - 1)
            paper.line(row + 1, *(text[1] for text in texts), at=column)
        elif two:
            paper.merge(row, column, row + 1, column)
        column += len(texts)
    sheet.row += 2 if two else 1
    if "numbers_row" in sheet.pen.noises:
        paper.line(sheet.row, *range(1, column + 1))
        sheet.row += 1


def _body(sheet: _Sheet, units: Sequence[Unit]) -> None:
    hidden = sheet.pen.rng.randrange(len(units)) if "hidden_row" in sheet.pen.noises else -1
    levels = [level for level in LEVELS if level in sheet.plan.totals]
    done: list[int] = []
    for at, unit in enumerate(units):
        last = units[at + 1] if at + 1 < len(units) else None
        before = units[at - 1] if at else None
        _unit(sheet, at, unit, before)
        if at == hidden:
            sheet.paper.hidden_rows.add(sheet.row)
        done.append(sheet.row)
        sheet.row += 1
        for level in reversed(levels):
            if last is None or last.within(level) != unit.within(level):
                _total(sheet, level, unit, [row for row, u in zip(done, units, strict=False)
                                            if u.within(level) == unit.within(level)])  # fmt: skip
    _merge_places(sheet, units, done)


def _unit(sheet: _Sheet, at: int, unit: Unit, before: Unit | None) -> None:
    plan, row = sheet.plan, sheet.row
    if plan.numbered:
        sheet.paper.put(row, 0, at + 1)
    for column, level in enumerate(plan.places, int(plan.numbered)):
        same = before is not None and before.within(level) == unit.within(level)
        if level == "tps":
            sheet.paper.put(row, column, f"{int(unit.names[level]):03d}")
        elif not (plan.merged and same and level != unit.level):
            text = sheet.pen.name(unit.names[level], level)
            sheet.paper.put(row, column, text)
    for column, box in enumerate(plan.boxes, sheet.first_box):
        sheet.read[row, box] = sheet.pen.put(sheet.paper, row, column, unit, box)


def _total(sheet: _Sheet, level: str, unit: Unit, rows: list[int]) -> None:
    plan = sheet.plan
    label = plan.totals[level]
    if label:
        column = int(plan.numbered) + max(0, [*plan.places, level].index(level) % len(plan.places))
        text = label.format(sheet.pen.name(unit.names[level], level))
        sheet.paper.put(sheet.row, column, text, "total")
    for column, box in enumerate(plan.boxes, sheet.first_box):
        if plan.only and level != "kabkota" and box != plan.only:
            continue
        value = sum(sheet.read[row, box] or 0 for row in rows)
        name = letters(column)
        cells = f"{name}{rows[0] + 1}:{name}{rows[-1] + 1}"
        solid = rows == list(range(rows[0], rows[-1] + 1))
        formula = f"=SUM({cells})" if solid else "=" + "+".join(f"{name}{row + 1}" for row in rows)
        sheet.paper.total(sheet.row, column, value, formula if plan.formulas else None)
    sheet.row += 1


def _merge_places(sheet: _Sheet, units: Sequence[Unit], rows: list[int]) -> None:
    if not sheet.plan.merged:
        return
    placed = list(zip(rows, units, strict=True))
    for column, level in enumerate(sheet.plan.places, int(sheet.plan.numbered)):
        if level == units[0].level:
            continue
        inner = sum(LEVELS.index(at) > LEVELS.index(level) for at in sheet.plan.totals)
        for _, run in groupby(placed, key=lambda pair: pair[1].within(level)):
            here = [row for row, _ in run]
            sheet.paper.merge(here[0], column, here[-1] + inner, column)


def _around(sheet: _Sheet) -> None:
    paper, pen = sheet.paper, sheet.pen
    if "stray" in pen.noises:
        paper.put(pen.rng.randrange(sheet.row - 2, sheet.row), paper.width + 2, 4711, "stray")
    if "footnotes" in pen.noises:
        paper.put(sheet.row + 1, 0, "KETERANGAN:", "note")
        paper.put(sheet.row + 2, 0, "Data C1 yang diterima sampai tanggal 20 April", "note")
