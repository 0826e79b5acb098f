"""A report in, text for a terminal or a pipe out: title, answer, coverage, discrepancies, counts.

Names from files are never read as markup; numbers are never cut, whatever the width.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from recount.report.cells import grid, more
from recount.report.shape import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table as Lines

    from recount.report.cells import Grid
    from recount.report.shape import Column, Look, Report, Table

GAP = 2
"""Characters between two columns; the one that rich draws there is among them."""

NARROWEST = 8
"""So many characters a column of text keeps at least; then the table is wider than asked for."""

LONGEST_WORD = 48
"""A word longer than this, such as a cell's address, may be broken where there is no room."""

COMFORTABLE, TIGHT = 18, 14
"""A column of text this wide reads well; for less, a column that can be spared is left out. One
that is worth more (Column.tight) goes only for less than the second width."""

LONG = 40
"""After more lines than this on the screen, its first sentence stands at the end once more."""

WRAPPING = ("text", "shares")
"""Kinds of column whose cells may take several lines."""

DIFFERS = "magenta"
"""The one colour: legible on a dark and on a light ground, and no alarm."""


def render(report: Report, look: Look = PLAIN) -> bytes:
    """Write the report for the eye, `look.width` characters wide, with colour if `look` says so."""
    blocks = [
        _sentences((report.title,), look, "bold"),
        _sentences(report.sources, look),
        _sentences(report.answer, look, "bold"),
        _sentences(report.drawing(look.width) if report.drawing else (), look),
        *(_block(table, report.lang, look) for table in report.screen()),
        _sentences(report.closing, look),
    ]
    if sum(block.count("\n") for block in blocks) > LONG:
        blocks.append(_sentences(_again(report.answer), look, "bold"))
    return "\n".join(block for block in blocks if block).encode()


def _again(answer: Sequence[str]) -> tuple[str, ...]:
    """The answer's first sentence; of several contests the first one below each heading."""
    headings = [at for at, line in enumerate(answer[:-1]) if line.endswith(":")]
    if not headings:
        return tuple(answer[:1])
    return tuple(line for at in headings for line in answer[at : at + 2])


class _Laid(NamedTuple):
    """Columns and cells that were chosen for the room there is, and how wide each column is."""

    columns: tuple[Column, ...]
    cells: tuple[list[str], ...]
    widths: tuple[int, ...]


def _sentences(lines: tuple[str, ...], look: Look, style: str = "") -> str:
    from rich.text import Text

    return "".join(_print(Text(line, style=style, overflow="fold"), look) for line in lines)


def _block(table: Table, lang: str, look: Look) -> str:
    held = grid(table, lang, limit=table.limit)
    text = _sentences((table.title,), look, "bold")
    if any(held.cells):
        laid = _lay(held, look.width)
        text += _print(_lines(laid, held.marked), look, _across(laid.widths) + GAP)
    return text + _sentences((more(held, lang),), look) if held.left else text


def _lines(laid: _Laid, marked: tuple[bool, ...]) -> Lines:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Lines
    from rich.text import Text

    lines = Lines(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for column, width in zip(laid.columns, laid.widths, strict=True):
        lines.add_column(
            Text(column.title, overflow="fold"),
            justify="left" if column.kind == "text" else "right",
            width=width,
            overflow="fold",
        )
    for differs, row in zip(marked, zip(*laid.cells, strict=True), strict=True):
        lines.add_row(*_styled(laid.columns, row, marked=differs))
    return lines


def _styled(
    columns: tuple[Column, ...], row: tuple[str, ...], *, marked: bool
) -> Iterator[RenderableType]:
    from rich.text import Text

    for column, cell in zip(columns, row, strict=True):
        style = DIFFERS if marked and column.kind == "signed" else ""
        yield Text(cell, style=style, overflow="fold")


def _lay(held: Grid, width: int) -> _Laid:
    """Take full words where they fit, else brief ones; then leave out what can be spared."""
    columns, cells = held.columns, held.cells
    if _across(_wishes(columns, cells)) > width:
        cells = held.brief
    while any(column.spare for column in columns):
        last = max(range(len(columns)), key=lambda at: columns[at].spare)
        comfort = TIGHT if columns[last].tight else COMFORTABLE
        if _across(_needs(columns, cells, comfort)) <= width:
            break
        columns = (*columns[:last], *columns[last + 1 :])
        cells = (*cells[:last], *cells[last + 1 :])
    return _Laid(columns, cells, _widths(columns, cells, width))


def _widths(
    columns: tuple[Column, ...], cells: tuple[list[str], ...], width: int
) -> tuple[int, ...]:
    """Columns of numbers have the width they need; columns of text share the rest evenly.

    No word is broken while there is room for it.
    """
    wishes = _wishes(columns, cells)
    least = _needs(columns, cells, 0)
    if _across(least) > width:
        least = tuple(
            min(need, NARROWEST) if column.kind in WRAPPING else need
            for need, column in zip(least, columns, strict=True)
        )
    fitting = least
    for level in range(max(wishes) + 1):
        wider = tuple(max(n, min(w, level)) for n, w in zip(least, wishes, strict=True))
        if _across(wider) > width:
            break
        fitting = wider
    return fitting


def _wishes(columns: tuple[Column, ...], cells: tuple[list[str], ...]) -> tuple[int, ...]:
    """Widths with which nothing wraps; a heading over numbers may."""
    return tuple(
        max(
            map(
                len, (*held, *([column.title] if column.kind in WRAPPING else _words(column.title)))
            )
        )
        for column, held in zip(columns, cells, strict=True)
    )


def _needs(
    columns: tuple[Column, ...], cells: tuple[list[str], ...], comfort: int
) -> tuple[int, ...]:
    """Widths with which no word is broken, and no column of text narrower than `comfort`."""
    return tuple(
        max(min(wish, comfort), *(min(len(part), LONGEST_WORD) for part in _parts(column, held)))
        if column.kind in WRAPPING
        else wish
        for wish, column, held in zip(_wishes(columns, cells), columns, cells, strict=True)
    )


def _parts(column: Column, cells: list[str]) -> Iterator[str]:
    for text in (column.title, *cells):
        yield from _words(text)


def _words(text: str) -> list[str]:
    return text.split() or [""]


def _across(widths: tuple[int, ...]) -> int:
    return sum(widths) + GAP * len(widths) - GAP


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
