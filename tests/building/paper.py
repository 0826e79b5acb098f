"""A sheet in the making: cells with what they are, and the workbook or text file they become."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Kind = Literal["text", "figure", "odd", "missing", "total", "note", "stray"]
"""What a cell is: words that are understood; a figure; a cell that must be found; a sign for "not
filled in"; a total; a note below the table; something beside the table."""

UNCACHED = "no value was saved"
"""Stands for the value of a formula until the file is written: then it has none."""

Raw = str | int | float | dt.date
Box = tuple[tuple[tuple[str, str], ...], str]
"""A unit (its names by level) and a box of it."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; `of`: of which unit and box it is; `formula`: what computes it."""

    raw: Raw
    kind: Kind = "text"
    of: Box | None = None
    value: int | None = None
    formula: str | None = None


@dataclass
class Paper:
    """A sheet; rows and columns count from 0."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    copy: bool = False
    """Whether it repeats another sheet."""
    empty_columns: int = 0
    """So many empty cells end every line of a text file."""

    def put(self, row: int, column: int, raw: Raw, kind: Kind = "text") -> None:
        self.cells[row, column] = Cell(raw, kind)

    def line(self, row: int, *texts: Raw | None, at: int = 0) -> None:
        for column, text in enumerate(texts, at):
            if text is not None:
                self.put(row, column, text)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def total(self, row: int, column: int, value: int, formula: str | None) -> None:
        self.cells[row, column] = Cell(value, "total", value=value, formula=formula)

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


def letters(column: int) -> str:
    """Name a column as a spreadsheet does."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def save_workbook(papers: Sequence[Paper], path: Path) -> None:
    """Write sheets as .xlsx, formulas with their values."""
    book = xlsxwriter.Workbook(str(path))
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for paper in papers:
        sheet = book.add_worksheet(paper.name)
        for top, left, bottom, right in paper.merged:
            sheet.merge_range(top, left, bottom, right, "")
        for at, cell in paper.cells.items():
            _write(sheet, at, cell, date)
        for row in paper.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in paper.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        if paper.hidden:
            sheet.hide()
    book.close()
    if any(cell.raw == UNCACHED for paper in papers for cell in paper.cells.values()):
        _take_values(path)


def _write(sheet: Any, at: tuple[int, int], cell: Cell, date: Any) -> None:  # noqa: ANN401 - untyped library
    if cell.formula is not None:
        sheet.write_formula(*at, cell.formula, None, cell.raw)
    elif isinstance(cell.raw, dt.date):
        sheet.write_datetime(*at, cell.raw, date)
    elif isinstance(cell.raw, str):
        sheet.write_string(*at, cell.raw)
    else:
        sheet.write_number(*at, cell.raw)


def _take_values(path: Path) -> None:
    """Leave formulas without the values that stand for none."""
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    wanted = re.compile(rb' t="str"(><f>[^<]*</f>)<v>' + UNCACHED.encode() + rb"</v>")
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, wanted.sub(rb"\1", content))


def save_text(paper: Paper, path: Path, delimiter: str = ",", *, bom: bool = False) -> None:
    """Write one sheet as a text file."""
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as opened:
        rows = csv.writer(opened, delimiter=delimiter, lineterminator="\n")
        for row in range(paper.height):
            cells = (paper.cells.get((row, column)) for column in range(paper.width))
            texts = [str(cell.raw) if cell else "" for cell in cells]
            rows.writerow(texts + [""] * paper.empty_columns)
