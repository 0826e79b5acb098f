"""What a person names - files, folders, globs, standard input, frames - in; one read side out.

A file that cannot be read is a finding as long as another one can: one fault never stops the
reading of the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.errors import RecountError
from recount.intake import assumed, combine
from recount.model import Book, Finding, Input, Sheet
from recount.readers import from_frame, gather, read
from recount.receipt import Understood, begun
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recount.intake import Raw
    from recount.model import Grid, Reading, Receipt, Side

    Tick = Callable[[Text, int, int], None]
    Layout = Callable[[Book], list[tuple[Grid, tuple[Reading, ...] | RecountError]]]

SYSTEM = "table"
"""The online system a plain table is taken for."""


class ReadSide(NamedTuple):
    """One side as it was read, before any region is known."""

    raw: Raw
    inputs: tuple[Input, ...]
    findings: list[Finding]
    assumptions: tuple[Text, ...]


def opened(side: Side, sources: Any) -> Any:  # noqa: ANN401 - paths or any frame
    """Turn a frame into a book; paths stay as they are, to be read later.

    A frame may belong to a connection that only one thread may ask (DuckDB's does).
    """
    if isinstance(sources, (str, Path, list, tuple)):
        return sources
    return from_frame(sources, side)


def read_side(
    side: Side,
    sources: Any,  # noqa: ANN401 - paths or any frame
    *,
    layout: Layout,
    stdin: bytes | None,
    tick: Tick,
) -> ReadSide:
    """Read all files of a side. Raises RecountError when not a single table can be read.

    `layout`: understands a book (layouts.understand_book, with what is known of the election).
    """
    faults: list[RecountError] = []
    findings: list[Finding] = []
    readings: list[tuple[Reading, Sheet]] = []
    inputs: list[Input] = []
    for book in _books(sources, stdin, tick):
        if isinstance(book, RecountError):
            faults.append(book)
        elif isinstance(book, tuple):
            findings += book
        else:
            grids = _understood(book, layout)
            readings += _readings(grids, len(inputs))
            faults += _unread(grids)
            findings += [*book.findings, *_skipped(grids)]
            inputs.append(_input(side, book, begun(book, grids)))
    if not readings:
        raise faults[0]
    findings += [_as_finding(fault) for fault in faults]
    findings += [finding for reading, _ in readings for finding in reading.findings]
    return ReadSide(
        combine(side, readings),
        tuple(inputs),
        [finding._replace(side=side) for finding in findings],
        assumed(reading for reading, _ in readings),
    )


def _books(
    sources: Any,  # noqa: ANN401 - paths or any frame
    stdin: bytes | None,
    tick: Tick,
) -> Iterator[Book | RecountError | tuple[Finding, ...]]:
    """Read file by file; what cannot be read is handed on as the fault that it is."""
    if isinstance(sources, Book):
        yield sources
        return
    gathered = gather([sources] if isinstance(sources, (str, Path)) else sources)
    yield gathered.findings
    for done, source in enumerate(gathered.sources):
        tick(say("Reading"), done, len(gathered.sources))
        try:
            yield read(source.path, label=source.label, stdin=stdin)
        except RecountError as fault:
            yield fault
    tick(say("Reading"), len(gathered.sources), len(gathered.sources))


def _input(side: Side, book: Book, receipt: Receipt) -> Input:
    system = SYSTEM if side == "theirs" else None
    forms = receipt.units
    return Input(side, book.path, book.sha256, book.size, forms, system=system, receipt=receipt)


def _understood(book: Book, layout: Layout) -> list[Understood]:
    """What became of every sheet; one that holds several tables comes once for each."""
    grids = []
    for grid, made in layout(book):
        if isinstance(made, RecountError):
            grids.append(Understood(grid, None, made))
        else:
            grids += [Understood(grid, reading) for reading in made]
    return grids


def _readings(grids: Sequence[Understood], input_: int) -> Iterator[tuple[Reading, Sheet]]:
    for one in grids:
        if one.reading:
            yield one.reading, _sheet(one.grid, one.reading, input_)


def _unread(grids: Sequence[Understood]) -> Iterator[RecountError]:
    """Faults of the sheets that should have been read: any, where none of the file was."""
    alone = not any(one.reading for one in grids)
    for one in grids:
        if one.fault and (alone or _holds_figures(one.grid)):
            yield one.fault


def _skipped(grids: Sequence[Understood]) -> Iterator[Finding]:
    """A sheet without a table beside others that have one - a cover, notes - is passed over."""
    if any(one.reading for one in grids):
        for one in grids:
            if one.fault and not _holds_figures(one.grid):
                yield _passed_over(one.grid)


def _holds_figures(grid: Grid) -> bool:
    """Whether a sheet may be a table that was not understood: rows of several whole numbers."""
    rows = (sum(bool(cell and cell.isdigit()) for cell in row) for row in grid.head)
    return sum(numbers > 1 for numbers in rows) > 1


def _passed_over(grid: Grid) -> Finding:
    return Finding(
        rule="skipped_sheet",
        severity="note",
        message=say("The sheet {sheet} holds no table; it was passed over.", sheet=grid.sheet),
        mend=say("Nothing needs to be done, unless figures stand in it."),
        place=f"{grid.label}!{grid.sheet}",
    )


def _sheet(grid: Grid, reading: Reading, input_: int) -> Sheet:
    where = (grid.label, grid.sheet, reading.columns, input_)
    return Sheet(*where, across=reading.across, form=reading.form)


def _as_finding(fault: RecountError) -> Finding:
    return Finding("not-read", "error", fault.message, fault.mend, fault.place)
