"""Sheets that contradict each other, or their own names: both are said, nothing is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.building import build
from tests.building.figures import made_up
from tests.building.reading import differences, expected, read, unaccounted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.building.drafts import Draft
    from tests.building.paper import Cell, Paper

FIGURES = made_up()


def cell_of(paper: Paper, box: str) -> tuple[tuple[int, int], Cell]:
    """The first cell in which a box stands."""
    return next((at, c) for at, c in paper.cells.items() if c.of and c.of[1] == box)


@pytest.mark.parametrize("layout", ["L1", "L3", "L4", "L6"])
def test_a_copied_sheet_with_another_figure_is_a_conflict(tmp_path: Path, layout: str) -> None:
    def alter(draft: Draft) -> None:
        for papers in draft.files.values():
            at, cell = cell_of(papers[-1], "candidate:2")
            papers[-1].cells[at] = replace(cell, raw=int(str(cell.raw)) + 100, value=None)

    built = build(layout, FIGURES, tmp_path, ["copy_sheet"], alter=alter)
    found = read(built)
    conflicts = [f for f in found.findings if f.rule == "conflict"]
    assert len(conflicts) == len(built.files)
    for conflict in conflicts:
        assert (conflict.place or "").count(" | ") == 1
        assert "Copy of" in (conflict.place or "")
        assert conflict.severity == "error"


def test_a_sheet_called_after_another_desa_than_its_title_names(tmp_path: Path) -> None:
    def alter(draft: Draft) -> None:
        first, second = next(iter(draft.files.values()))[:2]
        first.name, second.name = second.name, first.name

    built = build("L1", FIGURES, tmp_path, alter=alter)
    found = read(built)
    assert unaccounted(built, found) == []
    assert differences(found, expected(built)) == []
    said = {f.place for f in found.findings if f.severity == "warning"}
    swapped = {p.place for p in built.cells if str(p.cell.raw) in {": GUNUNG ELAI", ": API API"}}
    assert len(swapped) == 2
    assert said == swapped


def test_what_is_not_read_is_seen(tmp_path: Path) -> None:
    built = build("L6", FIGURES, tmp_path)
    found = read(built)
    names, boxes = next(iter(expected(built).items()))
    rest = {n: b for n, b in expected(built).items() if n != names}
    (fault,) = differences(found, rest)
    assert fault.startswith(f"not written: {names}")
    more = {**expected(built), (("desa", "X"),): boxes}
    assert differences(found, more) == ["not there: (('desa', 'X'),)"]
    other = {**expected(built), names: {**boxes, "valid": 0}}
    assert len(differences(found, other)) == 1
    nothing = found._replace(figures={}, findings=(), spoken=frozenset())
    figures = [placed for placed in built.cells if placed.cell.kind == "figure"]
    assert len(unaccounted(built, nothing)) == len(figures)
