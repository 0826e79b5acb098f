"""A report in, text for a terminal or a pipe out: title, answer, coverage, discrepancies, counts.

Names from files are never read as markup; numbers are never cut, whatever the width.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from recount.report.cells import grid, more
from recount.report.shape import PLAIN, WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.table import Table as Lines

    from recount.report.cells import Grid
    from recount.report.shape import Column, Look, Report, Table

GAP = 2
NARROWEST = 8
"""So many characters a column of text keeps at least; then the table is wider than asked for."""

DIFFERS = "magenta"
"""The one colour: legible on a dark and on a light ground, and no alarm."""


def render(report: Report, look: Look = PLAIN) -> bytes:
    """Write the report for the eye, `look.width` characters wide, with colour if `look` says so."""
    blocks = [
        _sentences((report.title,), look, "bold"),
        _sentences(report.sources, look),
        _sentences(report.answer, look, "bold"),
        *(_block(table, report.lang, look) for table in report.screen()),
        _sentences(report.closing, look),
    ]
    return "\n".join(block for block in blocks if block).encode()


def _sentences(lines: tuple[str, ...], look: Look, style: str = "") -> str:
    from rich.text import Text

    return "".join(_print(Text(line, style=style, overflow="fold"), look) for line in lines)


def _block(table: Table, lang: str, look: Look) -> str:
    held = grid(table, lang, wide=look.width >= WIDE, limit=table.limit)
    text = _sentences((table.title,), look, "bold")
    if any(held.cells):
        text += _print(_lines(held), look, _needed(held))
    return text + _sentences((more(held.left, lang),), look) if held.left else text


def _lines(held: Grid) -> Lines:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Lines
    from rich.text import Text

    lines = Lines(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0))
    for column, width in zip(held.columns, _widths(held), strict=True):
        title = Text(column.title, overflow="fold")
        lines.add_column(
            title,
            justify="left" if column.kind == "text" else "right",
            width=width,
            overflow="fold",
        )
    for marked, row in zip(held.marked, zip(*held.cells, strict=True), strict=True):
        lines.add_row(*_styled(held.columns, row, marked=marked))
    return lines


def _styled(
    columns: tuple[Column, ...], row: tuple[str, ...], *, marked: bool
) -> Iterator[RenderableType]:
    from rich.text import Text

    for column, cell in zip(columns, row, strict=True):
        style = DIFFERS if marked and column.kind == "signed" else ""
        yield Text(cell, style=style, overflow="fold")


def _widths(held: Grid) -> list[int | None]:
    """Columns of numbers have the width they need; columns of text share the rest."""
    return [
        None if column.kind == "text" else max(map(len, (*cells, *column.title.split())))
        for column, cells in zip(held.columns, held.cells, strict=True)
    ]


def _needed(held: Grid) -> int:
    return sum((width or NARROWEST) + GAP for width in _widths(held))


def _print(what: RenderableType, look: Look, least: int = 1) -> str:
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(look.width, least),
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    console.print(what)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
