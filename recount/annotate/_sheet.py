"""The part of one sheet in; the same part with some cells in another style, and notes, out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from recount.annotate._addresses import LAST_COLUMN, LAST_ROW, at, reference
from recount.annotate._package import RELS
from recount.annotate._xml import Edit, Node, edited, encoded, parsed, with_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.annotate._styles import Styles
    from recount.model import Severity

    Cell = tuple[int, int]

_AFTER_NOTES = {
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}
"""What stands after the notes in a sheet's part; the order is fixed."""

_WRAPPED = "AlternateContent"
"""Objects and controls stand in it, each for old and new programs."""

DEFAULT_WIDTH, DEFAULT_HEIGHT = 8.43, 15.0
"""Of a column, in signs; of a row, in points."""


class SheetPart:
    """A sheet as XML, and the edits to it. Rows count from 1, columns from 0."""

    def __init__(self, data: bytes) -> None:
        self._part = parsed(data, 2)
        root = self._part.root
        self._data = root.child("sheetData") or Node("sheetData", {}, 0, 0)
        self._rows = dict(_numbered(self._data.children))
        self._merged = list(_merged(root.child("mergeCells")))
        cols, format_ = root.child("cols"), root.child("sheetFormatPr")
        self._columns = [
            (int(node.attributes["min"]), int(node.attributes["max"]), node.attributes)
            for node in (cols.children if cols else [])
        ]
        self._format = format_.attributes if format_ else {}
        self._edits: list[Edit] = []

    def anchor(self, row: int, column: int) -> Cell:
        """Give the cell that shows what stands in a cell: of merged ones the first."""
        for (top, left), (bottom, right) in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def paint(self, marked: Mapping[Cell, Severity], styles: Styles) -> None:
        """Give cells another fill; a cell that is not there is added, blank."""
        new_rows: list[tuple[int, str]] = []
        for row, cells in groupby(sorted(marked), key=lambda cell: cell[0]):
            columns = [column for _, column in cells]
            wanted = {column: marked[row, column] for column in columns}
            if row in self._rows:
                self._paint_row(row, wanted, styles)
            else:
                content = "".join(self._new(row, at, wanted[at], styles) for at in columns)
                name = f"{self._part.prefix}row"
                new_rows.append((row, f'<{name} r="{row}">{content}</{name}>'))
        self._insert(self._data, self._rows, new_rows)

    def noted(self) -> str | None:
        """Give the id of the relationship to the drawing of the notes that there are."""
        node = self._part.root.child("legacyDrawing")
        return node.reference() if node else None

    def note(self, id_: str) -> None:
        """Say where the drawing of the notes is."""
        tag = f'<{self._part.prefix}legacyDrawing xmlns:r="{RELS}" r:id="{id_}"/>'
        after = [node for node in self._part.root.children if _is_after_notes(node)]
        if after:
            self._edits.append((after[0].start, after[0].start, encoded(tag)))
        else:
            self._edits.append(self._part.append(self._part.root, tag))

    def extent(self, row: int, column: int, width: int, height: int) -> tuple[int, int, int, int]:
        """Say how far a box reaches from a cell: column, pixels in it, row, pixels in it."""
        while column < LAST_COLUMN - 1 and (own := self._width(column)) < width:
            column, width = column + 1, width - own
        while row < LAST_ROW - 1 and (own := self._height(row)) < height:
            row, height = row + 1, height - own
        return column, width, row, height

    def written(self) -> bytes:
        """Write the part with all edits."""
        return edited(self._part.data, self._edits)

    def _paint_row(self, row: int, wanted: Mapping[int, Severity], styles: Styles) -> None:
        cells = dict(_celled(self._part.inside(self._rows[row])))
        for column, severity in wanted.items():
            if column in cells:
                node = cells[column]
                style = styles.coloured(int(node.attributes.get("s", "0")), severity)
                tag = with_attribute(self._part.tag_of(node), "s", style)
                self._edits.append((node.start, node.inner, tag))
        new = [
            (column, self._new(row, column, severity, styles))
            for column, severity in wanted.items()
            if column not in cells
        ]
        self._insert(self._rows[row], cells, new)

    def _new(self, row: int, column: int, severity: Severity, styles: Styles) -> str:
        style = styles.coloured(self._style_of(row, column), severity)
        return f'<{self._part.prefix}c r="{reference(row, column)}" s="{style}"/>'

    def _style_of(self, row: int, column: int) -> int:
        """Give the style that a blank cell has from its row or its column."""
        own = self._rows[row].attributes if row in self._rows else {}
        if own.get("customFormat") in {"1", "true"}:
            return int(own.get("s", "0"))
        return int(self._of_column(column).get("style", "0"))

    def _of_column(self, column: int) -> dict[str, str]:
        return next((a for low, high, a in self._columns if low <= column + 1 <= high), {})

    def _insert(
        self, inside: Node, there: Mapping[int, Node], new: Iterable[tuple[int, str]]
    ) -> None:
        """Put new elements between the numbered ones that are there."""
        last = ""
        for number, content in new:
            after = min((other for other in there if other > number), default=None)
            if after is None:
                last += content
            else:
                start = there[after].start
                self._edits.append((start, start, encoded(content)))
        if last:
            self._edits.append(self._part.append(inside, last))

    def _width(self, column: int) -> int:
        own = self._of_column(column)
        if _is_hidden(own):
            return 0
        usual = self._format.get("defaultColWidth", DEFAULT_WIDTH)
        return int(float(own.get("width", usual)) * 7 + 5)

    def _height(self, row: int) -> int:
        own = self._rows[row].attributes if row in self._rows else {}
        if _is_hidden(own):
            return 0
        usual = self._format.get("defaultRowHeight", DEFAULT_HEIGHT)
        return int(float(own.get("ht", usual)) * 4 / 3)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in {"1", "true"}


def _is_after_notes(node: Node) -> bool:
    return node.tag in _AFTER_NOTES or node.tag.endswith(f":{_WRAPPED}")


def _numbered(rows: Iterable[Node]) -> Iterable[tuple[int, Node]]:
    """Give rows with their numbers; one without a number follows the one before."""
    last = 0
    for node in rows:
        last = int(node.attributes.get("r", last + 1))
        yield last, node


def _celled(cells: Iterable[Node]) -> Iterable[tuple[int, Node]]:
    """Give a row's cells with their columns; one without an address follows the one before."""
    last = -1
    for node in cells:
        found = at(node.attributes.get("r", ""))
        last = found[1] if found and found[1] is not None else last + 1
        yield last, node


def _merged(node: Node | None) -> Iterable[tuple[Cell, Cell]]:
    for area in node.children if node else []:
        first, _, last = area.attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = (at(ref) or (None, None) for ref in (first, last or first))
        if None not in {top, left, bottom, right}:
            yield (top or 0, left or 0), (bottom or 0, right or 0)
