"""A saved web page in, a grid of text for each of its tables out.

Only the texts of tables are taken; nothing of the page is run or fetched. A cell over several
columns or rows stands in the first of them, the others are blank.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from recount.model import MARK
from recount.readers._cells import VISIBLE_NUL, blanks_to_null, bound, columns, grid
from recount.readers._encoding import to_utf8

if TYPE_CHECKING:
    from recount.model import Finding, Grid

_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|table)",
    re.IGNORECASE | re.DOTALL,
)
_TABLE = re.compile(rb"<table\b", re.IGNORECASE)
_WIDEST = 1000
"""Columns that a page may say a cell spans, as browsers have it."""


def claims(data: bytes) -> bool:
    """Say whether the content is a page with a table in it."""
    return _START.match(data) is not None and _TABLE.search(data) is not None


def grids(data: bytes, label: str) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """Read every table of the page."""
    page = _Page(label)
    decoded = to_utf8(data, label)
    page.feed(decoded.data.decode())
    page.close()
    found = []
    for number, rows in enumerate(page.tables, 1):
        table = grid(label, f"table {number}", blanks_to_null(columns(rows, label)))
        if table is not None:
            found.append(table)
    return tuple(found), decoded.findings


class _Page(HTMLParser):
    """Collects the cells of each table; a table inside a cell is one of its own."""

    def __init__(self, label: str) -> None:
        super().__init__(convert_charrefs=True)
        self.label = label
        self.tables: list[list[list[str | None]]] = []
        self.open: list[list[list[str | None]]] = []
        self.cell: list[str] | None = None
        self.span = 1
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in {"script", "style"}:
            self.silent += 1
        elif tag == "table":
            self._end_cell()
            self.open.append([])
            self.tables.append(self.open[-1])
        elif self.open and tag == "tr":
            self._end_cell()
            self.open[-1].append([])
        elif self.open and tag in {"td", "th"}:
            self._end_cell()
            self.cell = []
            self.span = _span(dict(attrs))
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what ends."""
        if tag in {"script", "style"}:
            self.silent = max(0, self.silent - 1)
        elif self.open and tag in {"td", "th", "tr"}:
            self._end_cell()
        elif self.open and tag == "table":
            self._end_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        rows = self.open[-1]
        if not rows:
            rows.append([])
        text = " ".join("".join(self.cell).split()).replace(MARK, VISIBLE_NUL)
        rows[-1] += [text, *[None] * (self.span - 1)]
        self.cell = None
        bound(len(rows), len(rows[-1]), self.label)


def _span(attrs: dict[str, str | None]) -> int:
    written = attrs.get("colspan") or "1"
    return min(int(written), _WIDEST) if written.isdecimal() and written != "0" else 1
