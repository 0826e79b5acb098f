"""What a person made of an online page: CSV, Excel, a saved web page, records in JSON.

Beside what the layouts read, such a table may say the progress (TPS in, TPS in all, a percentage),
the time at which it was seen, and figures of both layers side by side (`situng_1`, `rekap_1`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.errors import RecountError
from recount.layouts import understand
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
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.model import Captured, Grid, Layer, Reading
    from recount.systems._said import Said
    from recount.texts import Text

ID = "table"
_WORDS = re.compile(r"[^\W_]+")
_LAYERS: dict[str, Layer] = {"count": "count", "recap": "recap"}
_LAYER_WORDS = {
    word: layer
    for layer, words in (("count", "SITUNG SIREKAP HHCW COUNT"), ("recap", "REKAP RECAP HR DA1"))
    for word in words.split()
}
_OTHERS = frozenset({"KP", "KAWALPEMILU", "OURS"})
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d*)?\s*%?")
_IN = frozenset({"IN", "MASUK", "PROSES", "PROGRES", "COUNTED", "CAKUPAN"})
_ASIDE = "CATATAN"
"""A heading that the layouts pass over."""
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
    parts = [(grid, part) for grid in book.grids for part in parts_of(grid, said)]
    found = []
    for grid, reading in parts:
        online = reading.online or Online()
        file = replace(received, taken_at=online.taken_at or received.taken_at)
        sheet = Sheet(grid.label, grid.sheet, reading.columns, 0)
        rows = reading.rows.with_columns(sheet=nw.lit(0, nw.Int32))
        gaps = tuple(f._replace(side="theirs") for f in (*book.findings, *reading.findings))
        found.append(
            Snapshot(
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
        )
    return found


def parts_of(grid: Grid, said: Said) -> Iterator[Reading]:
    """Read a grid, layer by layer and time by time. Raises RecountError where no layout fits."""
    for layer, view in _layers(grid):
        reading = understand(view, said.known)
        heading = find_heading(view, said.known)
        if isinstance(heading, Declined):
            yield replace(reading, online=Online(layer))
            continue
        asides = _asides(grid.head[heading.at])
        reading = _with_progress(grid, reading, asides)
        layer_ = layer or ("count" if PROGRESS[0] in asides else None)
        yield from _by_time(grid, reading, asides.get("ts"), heading.at, _Told(said, layer_))


class _Told(NamedTuple):
    said: Said
    layer: Layer | None


def _layers(grid: Grid) -> Iterator[tuple[Layer | None, Grid]]:
    """Give the grid once for each layer whose columns stand in it, without those of the others."""
    for at, cells in enumerate(grid.head):
        whose = [_whose(cell) for cell in cells]
        layers = [layer for layer in ("count", "recap") if layer in whose]
        if len(set(whose) - {None}) == 1 and layers:
            yield _LAYERS[layers[0]], grid
            return
        for layer in layers:
            row = tuple(
                cell if of in {None, layer} else _ASIDE
                for cell, of in zip(cells, whose, strict=True)
            )
            yield _LAYERS[layer], replace(grid, head=(*grid.head[:at], row, *grid.head[at + 1 :]))
        if layers:
            return
    yield None, grid


def _whose(cell: str | None) -> str | None:
    words = _words(cell)
    if len(words) < 2:  # noqa: PLR2004 - whose, and what
        return None
    return _LAYER_WORDS.get(words[0]) or ("other" if words[0] in _OTHERS else None)


def _words(cell: str | None) -> list[str]:
    return [word.upper() for word in _WORDS.findall(cell or "")]


def _asides(cells: Sequence[str | None]) -> dict[str, int]:
    """Columns of the progress and of the time, by what they say."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        if role := _aside(_words(cell), cell or ""):
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
