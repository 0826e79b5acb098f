"""What a person names - files, folders, globs, standard input, frames - in; one read side out.

A file that cannot be read is a finding as long as another one can: one fault never stops the
reading of the rest.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.called import two_names
from recount.errors import RecountError
from recount.intake import assumed, combine
from recount.model import NOT_READ, Book, Finding, Input, Sheet
from recount.moments import standing, without_figures
from recount.online import about_layers, by_layer, dated, layer_of, parts, shown_of
from recount.passing import skipped, unread
from recount.readers import from_frame, gather, read
from recount.receipt import Understood, begun
from recount.systems import snapshots, split
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recount.intake import Raw
    from recount.model import Grid, Reading, Receipt, Side, Snapshot
    from recount.online import Read, Shown
    from recount.systems import Said
    from recount.systems.table import Layout

    Tick = Callable[[Text, int, int], None]

SYSTEM = "table"
"""The online system a plain table is taken for."""


class ReadSide(NamedTuple):
    """One side as it was read, before any region is known.

    `recap`: the official recap, where an online side shows it beside the count. `captures`: what it
    said at each time, where that is wanted.
    """

    raw: Raw
    inputs: tuple[Input, ...]
    findings: list[Finding]
    assumptions: tuple[Text, ...]
    recap: Raw | None = None
    captures: tuple[Snapshot, ...] = ()


class Told(NamedTuple):
    """What was said beside the files.

    `layout`: understands a book (layouts.understand_book, with what is known of the election).
    `said`: candidates' names with their numbers, and the time of online figures that name none.
    `system`: the online system whose answers they are, None to recognise it. `piped`: what
    came in by standard input. `captures`: whether every capture is kept.
    """

    layout: Layout
    said: Said
    system: str | None
    piped: bytes | None
    tick: Tick
    captures: bool = False


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
    told: Told,
) -> ReadSide:
    """Read all files of a side. Raises RecountError when not a single table can be read."""
    plain, saved = _split(side, sources, told.system)
    found = _Found([], [], [], [], [], [])
    _read_tables(side, plain, told, found)
    if saved:
        given = snapshots(saved, system=told.system, said=told.said, tick=told.tick)
        found.add(shown_of(given, len(found.inputs)))
        found.captures.extend(given if told.captures else ())
    if not found.readings:
        raise found.faults[0]
    findings = [*found.findings, *map(_as_finding, found.faults)]
    main, recap = by_layer(found.readings)
    return ReadSide(
        combine(side, main),
        tuple(dated(found.inputs, [*recap, *main])),
        [finding._replace(side=side) for finding in findings],
        tuple(dict.fromkeys((*about_layers(main), *found.assumptions))),
        combine(side, recap) if recap else None,
        tuple(found.captures),
    )


class _Found(NamedTuple):
    """What was read of a side so far."""

    readings: list[Read]
    inputs: list[Input]
    findings: list[Finding]
    assumptions: list[Text]
    faults: list[RecountError]
    captures: list[Snapshot]

    def add(self, shown: Shown) -> None:
        self.readings.extend(shown.readings)
        self.inputs.extend(shown.inputs)
        self.findings.extend(shown.findings)
        self.assumptions.extend(shown.assumptions)

    def keep_standing(self, told: Told) -> None:
        """Compare the latest where tables of several times say the same regions."""
        found = standing(self.readings, self.inputs, keep=told.captures)
        if len(found.readings) < len(self.readings):
            self.assumptions.extend(found.said)
            self.assumptions.extend(assumed(reading for reading, _ in self.readings))
            self.inputs[:] = without_figures(dated(self.inputs, self.readings), found.readings)
            self.readings[:] = found.readings
        self.captures.extend(found.captures)


def _read_tables(side: Side, sources: Any, told: Told, found: _Found) -> None:  # noqa: ANN401
    """Read plain tables: those of ours, and tables made of an online page."""
    for book in _books(sources, told.piped, told.tick):
        if isinstance(book, RecountError):
            found.faults.append(book)
        elif isinstance(book, tuple):
            found.findings.extend(book)
        else:
            of_theirs = partial(parts, layout=told.layout, said=told.said)
            grids = _understood(book, of_theirs if side == "theirs" else told.layout)
            found.readings.extend(_readings(grids, len(found.inputs)))
            found.faults.extend(unread(grids))
            found.findings.extend([*book.findings, *skipped(grids)])
            found.inputs.append(_input(side, book, begun(book, _counted(grids))))
    found.findings.extend(f for reading, _ in found.readings for f in reading.findings)
    if side == "theirs":
        found.keep_standing(told)
    if not told.said.known:  # else every name was held against the election's file
        found.findings.extend(two_names(found.readings))
    found.assumptions.extend(assumed(reading for reading, _ in found.readings))


def whose(sources: Any) -> Side:  # noqa: ANN401 - paths or any frame
    """Tell the answers of an online system from all else, for a command that has one side."""
    if not isinstance(sources, (str, Path, list, tuple)):
        return "ours"
    return "theirs" if _split("theirs", sources, None)[1] else "ours"


def _split(
    side: Side,
    sources: Any,  # noqa: ANN401 - paths or any frame
    system: str | None,
) -> tuple[Any, list[str | Path]]:
    """Tell plain tables from saved answers of an online system."""
    if side == "ours" or isinstance(sources, Book):
        return sources, []
    named = [sources] if isinstance(sources, (str, Path)) else list(sources)
    if system not in {None, SYSTEM}:
        return [], named
    return split(named)


def _books(
    sources: Any,  # noqa: ANN401 - paths or any frame
    stdin: bytes | None,
    tick: Tick,
) -> Iterator[Book | RecountError | tuple[Finding, ...]]:
    """Read file by file; what cannot be read is handed on as the fault that it is."""
    if isinstance(sources, Book):
        yield sources
        return
    if not isinstance(sources, (str, Path)) and not sources:
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


def _counted(grids: Sequence[Understood]) -> list[Understood]:
    """Leave out the official recap where a sheet holds the count too: its rows are the same."""
    main = [one for one in grids if one.reading and layer_of(one.reading) != "recap"]
    return [one for one in grids if not main or not one.reading or any(one is o for o in main)]


def _readings(grids: Sequence[Understood], input_: int) -> Iterator[Read]:
    for one in grids:
        if one.reading:
            yield one.reading, (_sheet(one.grid, one.reading, input_),)


def _sheet(grid: Grid, reading: Reading, input_: int) -> Sheet:
    where = (grid.label, grid.sheet, reading.columns, input_)
    return Sheet(*where, across=reading.across, form=reading.form)


def _as_finding(fault: RecountError) -> Finding:
    return Finding(NOT_READ, "error", fault.message, fault.mend, fault.place)
