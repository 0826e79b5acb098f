"""A layout, figures and noise in; files out, with the tally and the findings that they deserve."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from tests.building.layouts import LAYOUTS
from tests.building.noise import Pen
from tests.building.paper import Cell, address, save_text, save_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.building.drafts import Draft
    from tests.building.figures import Figures
    from tests.building.paper import Paper

Names = tuple[tuple[str, str], ...]
"""A unit: its level and name, from the top."""


class Placed(NamedTuple):
    """A cell of a file; `file`, `sheet` and `at` are the parts of its address."""

    file: str
    sheet: str | None
    row: int
    column: int
    cell: Cell

    @property
    def place(self) -> str:
        if self.sheet is None:
            return f"{self.file}:{self.row + 1}"
        return f"{self.file}!{self.sheet}!{address(self.row, self.column)}"


class Deserved(NamedTuple):
    """A finding that must be there: a word of its rule, and the beginning of its address."""

    rule: str
    place: str


class Built(NamedTuple):
    """Files, and what must come of them.

    `tally`: unit -> box -> figure, None where it is blank or not to be read. `cells`: all that is
    written. `deserved`: findings about more than a cell.
    """

    files: tuple[Path, ...]
    tally: dict[Names, dict[str, int | None]]
    cells: tuple[Placed, ...]
    deserved: tuple[Deserved, ...]


def build(
    layout: str,
    figures: Figures,
    folder: Path,
    noises: Iterable[str] = (),
    seed: int = 1,
    alter: Callable[[Draft], None] | None = None,
) -> Built:
    """Lay figures out; the same arguments give the same files. `alter` changes the sheets last."""
    draw, carries = LAYOUTS[layout]
    unfit = set(noises) - carries
    if unfit:
        raise ValueError(unfit)
    pen = Pen(frozenset(noises), random.Random(seed), typed=layout in IN_WORKBOOKS)  # noqa: S311 - noise, no secret
    draft = draw(figures, pen)
    if alter:
        alter(draft)
    folder.mkdir(parents=True, exist_ok=True)
    files = tuple(_save(folder / name, list(papers), draft) for name, papers in draft.files.items())
    tally = {
        tuple((level, name) for level, name in names if level in draft.levels): boxes
        for names, boxes in pen.tally.items()
    }
    cells = tuple(placed for file, papers in draft.files.items() for placed in _cells(file, papers))
    return Built(files, tally, cells, tuple(_deserved(draft)))


IN_WORKBOOKS = frozenset({"L1", "L2", "L3", "L4", "L5", "L6", "L9"})


def _save(path: Path, papers: list[Paper], draft: Draft) -> Path:
    if path.suffix == ".xlsx":
        save_workbook(papers, path)
    else:
        save_text(papers[0], path, draft.delimiter, bom=draft.bom)
    return path


def _cells(file: str, papers: Iterable[Paper]) -> Iterator[Placed]:
    for paper in papers:
        sheet = paper.name if file.endswith(".xlsx") else None
        for (row, column), cell in paper.cells.items():
            if str(cell.raw).strip():
                yield Placed(file, sheet, row, column, cell)


def _deserved(draft: Draft) -> Iterator[Deserved]:
    for file, papers in draft.files.items():
        for paper in papers:
            place = f"{file}!{paper.name}"
            if paper.hidden or paper.hidden_rows or paper.hidden_columns:
                yield Deserved("hidden", place)
            if paper.copy:
                yield Deserved("cop", place)
