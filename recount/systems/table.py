"""What a person made of an online page: CSV, Excel, a saved web page, records in JSON.

Beside what the layouts read, such a table may say the progress (TPS in, TPS in all, a percentage),
the time at which it was seen, and figures of both layers side by side (`situng_1`, `rekap_1`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.errors import RecountError
from recount.layouts import understand_book
from recount.layouts.columns import find_heading
from recount.model import (
    DATE,
    FRACTION,
    PROGRESS,
    Book,
    Declined,
    Online,
    Sheet,
    Snapshot,
)
from recount.readers import read
from recount.systems import _records, _web_page
from recount.systems import _times as times
from recount.systems._layers import layers_of, words_of
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from recount.model import Captured, Grid, Layer, Reading
    from recount.systems._said import Said
    from recount.texts import Text

    Made = tuple[Reading, ...] | RecountError
    Layout = Callable[[Book], list[tuple[Grid, Made]]]

ID = "table"
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d*)?\s*%?")
_IN = frozenset({"IN", "MASUK", "PROSES", "PROGRES", "COUNTED", "CAKUPAN"})
_ALL = frozenset({"TOTAL", "JUMLAH", "JML", "N", "SELURUH"})
_TIME_WORDS = frozenset({"WAKTU", "DIAMBIL", "TS", "JAM", "TIMESTAMP", "SEEN", "TAKEN", "FETCHED"})
_TIME_FILLERS = frozenset({"AT", "PADA", "CAPTURE", "CRAWL", "DATA"})


def read_book(data: bytes, label: str) -> Book:
    """Read a table of any of the kinds. Raises RecountError."""
    for member in (_web_page, _records):
        if member.claims(data):
            grids, findings = member.grids(data, label)
            digest = hashlib.sha256(data).hexdigest()
            book = Book(label, label, digest, len(data), grids, findings)
            if not grids:
                raise RecountError(
                    say("There is no table in it."), mend=say("Check the file."), place=label
                )
            return book
    return read("-", label=label, stdin=data)


def snapshots_of(book: Book, received: Captured, said: Said) -> list[Snapshot]:
    """Make snapshots of one file: one for each layer and time in it. Raises RecountError."""
    found, faults = [], []
    for grid, made in read_layers(book, partial(understand_book, known=said.known), said):
        if isinstance(made, RecountError):
            faults.append(made)
            continue
        found += [_snapshot(book, grid, reading, received) for reading in made]
    if not found:
        raise faults[0]
    return found


def _snapshot(book: Book, grid: Grid, reading: Reading, received: Captured) -> Snapshot:
    online = reading.online or Online()
    file = received._replace(taken_at=online.taken_at or received.taken_at)
    sheet = Sheet(grid.label, grid.sheet, reading.columns, 0, reading.across, reading.form)
    rows = reading.rows.with_columns(sheet=nw.lit(0, nw.Int32))
    gaps = tuple(f._replace(side="theirs") for f in (*book.findings, *reading.findings))
    return Snapshot(
        ID,
        online.layer,
        None,
        online.taken_at,
        (file,),
        (sheet,),
        (replace(reading, rows=rows, findings=()),),
        gaps,
        reading.assumptions,
    )


def read_layers(book: Book, layout: Layout, said: Said) -> list[tuple[Grid, Made]]:
    """Understand a book, each sheet once for each layer in it, and split it by its times."""
    views = [(layer, view) for grid in book.grids for layer, view in layers_of(grid)]
    understood = layout(replace(book, grids=tuple(view for _, view in views)))
    layers = {id(view): layer for layer, view in views}
    found: list[tuple[Grid, Made]] = []
    for grid, made in understood:
        if isinstance(made, RecountError):
            found.append((grid, made))
        else:
            layer = layers.get(id(grid))
            parts = (part for one in made for part in _parts(grid, one, layer, said))
            found.append((grid, tuple(parts)))
    return found


def _parts(grid: Grid, reading: Reading, layer: Layer | None, said: Said) -> Iterator[Reading]:
    heading = find_heading(grid, said.known)
    if isinstance(heading, Declined) or reading.across:
        yield replace(reading, online=Online(layer))
        return
    boxes = set(reading.columns.values())
    named = _asides(grid.head[heading.at])
    asides = {role: column for role, column in named.items() if column not in boxes}
    used = {grid.place(heading.row, column) for column in asides.values()}
    idle = tuple(f for f in reading.findings if f.rule != "unused-column" or f.place not in used)
    reading = _with_progress(grid, replace(reading, findings=idle), asides)
    told = _Told(said, layer or ("count" if PROGRESS[0] in asides else None))
    yield from _by_time(grid, reading, asides.get("ts"), heading.at, told)


class _Told(NamedTuple):
    said: Said
    layer: Layer | None


def _asides(cells: Sequence[str | None]) -> dict[str, int]:
    """Columns of the progress and of the time, by what they say."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        if role := _aside(words_of(cell), cell or ""):
            found.setdefault(role, column)
    return found


def _aside(words: Sequence[str], cell: str) -> str | None:
    said = set(words)
    if "TPS" in said and len(words) > 1:
        if said & _IN:
            return PROGRESS[0]
        return PROGRESS[1] if said <= _ALL | {"TPS"} else None
    if said & {"PROGRES", "PROGRESS"} and said <= {"PROGRES", "PROGRESS", "PERSEN"}:
        return PROGRESS[2]
    if words and said & _TIME_WORDS and said <= _TIME_WORDS | _TIME_FILLERS:
        return "ts"
    return PROGRESS[2] if cell.strip() == "%" else None


def _with_progress(grid: Grid, reading: Reading, asides: Mapping[str, int]) -> Reading:
    """Put the columns of the progress and of the time beside the boxes."""
    names = [name for name in (*PROGRESS, "ts") if name in asides]
    if not names or "row" not in reading.rows.columns:
        return reading
    aside = grid.cells.select("row", *(nw.col(f"c{asides[name]}").alias(name) for name in names))
    rows = reading.rows.join(aside, on="row", how="left")
    if PROGRESS[2] in names:
        written = rows[PROGRESS[2]].to_list()
        percents = [_percent(text) for text in written]
        rows = rows.with_columns(nw.new_series(PROGRESS[2], percents, nw.String, backend="polars"))
    columns = {**reading.columns, **{name: asides[name] for name in names if name != "ts"}}
    return replace(reading, rows=rows, columns=columns)


def _percent(text: str | None) -> str | None:
    """Cut `97,45 %` or a fraction's mark with `97.45` down to `97`."""
    match = _PERCENT.fullmatch((text or "").removeprefix(FRACTION).strip())
    return match[1] if match else None


def _by_time(
    grid: Grid, reading: Reading, column: int | None, heading: int, told: _Told
) -> Iterator[Reading]:
    """Split the rows by the time that they name; else all are of the table's own time."""
    zone = times.zone_of(_codes(reading))
    if column is None or "ts" not in reading.rows.columns:
        yield _at(reading, *_own_time(grid, heading, told.said), zone, told.layer)
        return
    written = reading.rows["ts"].unique(maintain_order=True).to_list()
    read_ = {text: times.find_time((text or "").removeprefix(DATE)) for text in written}
    for time in dict.fromkeys(read_.values()):
        texts = [text for text, found in read_.items() if found == time]
        here = reading.rows["ts"].is_in([text for text in texts if text is not None])
        if None in texts:
            here = here | reading.rows["ts"].is_null()
        rows = reading.rows.filter(here)
        found, how = (time, None) if time else _own_time(grid, heading, told.said)
        yield _at(replace(reading, rows=rows), found, how, zone, told.layer)


def _codes(reading: Reading) -> list[str]:
    if "code" not in reading.rows.columns:
        return []
    return [code[:2] for code in reading.rows["code"].unique().to_list() if code]


def _own_time(grid: Grid, heading: int, said: Said) -> tuple[str | None, Text | None]:
    """The time in a title above the table, else in the file's name, else what was said."""
    for cells in grid.head[:heading]:
        for cell in cells:
            if cell and (found := times.find_time(cell.removeprefix(DATE))):
                return found, None
    if found := times.find_time(grid.label):
        return found, say("The time of {file} is taken from its name.", file=grid.label)
    if said.taken_at:
        return said.taken_at, say("The time of {file} is taken from --taken-at.", file=grid.label)
    return None, None


def _at(
    reading: Reading, time: str | None, how: Text | None, zone: str, layer: Layer | None
) -> Reading:
    assumptions = [*reading.assumptions, *([how] if how is not None else [])]
    if time and not times.has_zone(time):
        assumptions.append(
            say("Times of the online system without a zone are taken as {zone}.", zone=zone)
        )
        time = times.with_zone(time, zone)
    return replace(
        reading,
        assumptions=tuple(assumptions),
        online=Online(layer, time),
    )
