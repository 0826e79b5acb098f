"""A report in, Markdown out: the answer, then the tables of the screen with every row.

Below each table a sentence says what was compared, of what time, from which files.

Names from files are escaped, so that none of them makes a link, a picture, markup or a new cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recount.report.cells import grid
from recount.report.shape import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.report.shape import Look, Report, Table

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]~#!|$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^(\d*)([-+=.)])")
"""How a line within a list would begin a list or a heading of its own."""

_MARKS = re.compile("[&<>]")


def render(report: Report, look: Look = PLAIN) -> bytes:  # noqa: ARG001 - width is the reader's
    """Write title, sources, answer, tables, counts and inputs; columns aligned by their kind."""
    parts = [f"**{escape(report.title)}**", _list(report.sources), _list(report.answer)]
    parts += [_captioned(table, report) for table in report.screen()]
    parts += [_list(report.closing), _list(report.notes)]
    parts += [_table(table, report.lang) for table in report.sheets() if table.name == "inputs"]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _captioned(table: Table, report: Report) -> str:
    """A table that can be taken out alone: below it stands what it shows, and from which files."""
    written = _table(table, report.lang)
    if not report.caption or "\n" not in written:
        return written
    return f"{written}\n\n*{escape(report.caption)}*"


def escape(text: str) -> str:
    """Take from a text every character's power over Markdown and HTML."""
    plain = _SPECIAL.sub(lambda found: f"\\{found.group()}", text)
    return _MARKS.sub(lambda found: _ENTITIES[found.group()], plain)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_START.sub(_escaped, escape(line.strip()))}" for line in lines)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}"


def _table(table: Table, lang: str) -> str:
    held = grid(table, lang)
    heading = f"**{escape(table.title)}**"
    if not any(held.cells):
        return heading
    rule = ["---" if column.kind == "text" else "---:" for column in held.columns]
    titles = [escape(column.title) for column in held.columns]
    cells = [[escape(cell) for cell in column] for column in held.cells]
    rows = [_row(titles), _row(rule), *(_row(row) for row in zip(*cells, strict=True))]
    return f"{heading}\n\n" + "\n".join(rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
