"""What headings do not say but the cells below them, or beside them, do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from recount.heading_words import SUMS
from recount.headings import label_words
from recount.layouts._page import figure
from recount.layouts._short import short
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.layouts._heading import Heading
    from recount.layouts._numeric import Numeric
    from recount.model import Grid

_STATION = re.compile(r"\s*(?:TPS|POS|KSK)[ ._-]*(?:NO|NOMOR)?[ ._-]*[0-9]{1,4}\s*", re.IGNORECASE)
_COMMENT = re.compile(r"#+\s*(?:HEADER|HEADING|KOLOM|COLUMNS?)?\s*:?\s*", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VOTES = re.compile(r"\b(?:votes?|suara)\b", re.IGNORECASE)
_MOST = 0.5
_SEXES = {"L": ".m", "LK": ".m", "P": ".f", "PR": ".f"}
_BESIDE = ("registered", "voters")
_INVALID = "TS"
_VALID = frozenset({"valid", "cast"})
EPOCH = 1_000_000_000
"""Seconds since 1970 have ten digits; no nation has as many votes."""


@lru_cache(maxsize=2**12)
def plain_heading(cell: str) -> str:
    """A heading without a comment mark, its words apart: `#HEADER:ProvinceCode`, `KecName`."""
    if cell.startswith("#"):
        cell = _COMMENT.sub("", cell, count=1)
    return _HUMP.sub(" ", cell)


@lru_cache(maxsize=2**12)
def name_in(heading: str) -> str:
    """A candidate's name in a heading, without the word for votes: `PrabowoHattaVotes`."""
    return _VOTES.sub(" ", plain_heading(heading)).strip()


def by_content(grid: Grid, rows: Iterable[Heading]) -> list[Heading]:
    """Where no heading names a place: a column of `TPS 001`, `TPS 002` ... is one of stations."""
    stations = _stations(grid)
    for heading in rows if stations else ():
        if len(heading.boxes) < len(_BESIDE):
            continue
        below = grid.head[heading.at + 1 :]
        for column in stations:
            # Rows of zeros stand in some exports before the first station.
            cells = [cell for row in below if (cell := (row[column] or "").strip(" 0"))]
            found = [_is_station(cell) for cell in cells]
            if found and sum(found) >= _MOST * len(found):
                return [_as_station(heading, column, heading.cells[column])]
    return []


def _stations(grid: Grid) -> list[int]:
    """The columns that hold a station at all; of a wide sheet's hardly any."""
    return [
        column
        for column, cells in enumerate(zip(*grid.head, strict=True))
        if any(_is_station(cell.strip(" 0")) for cell in cells if cell)
    ]


def _is_station(cell: str) -> bool:
    return _STATION.fullmatch(cell) is not None


def _as_station(heading: Heading, column: int, text: str | None) -> Heading:
    roles = {role: at for role, at in heading.roles.items() if at != column}
    unknown = {at: cell for at, cell in heading.unknown.items() if at != column}
    roles["tps"] = column
    said = say("The column “{heading}” was taken as the TPS number, by its cells.",
               heading=short(text))  # fmt: skip
    return heading._replace(roles=roles, unknown=unknown, by_content=True, assumed=(said,))


def sexes_beside(heading: Heading) -> Heading:
    """`L` and `P` alone beside one column of voters are the men and women among them."""
    plain = {
        suffix: at
        for at, cell in heading.unknown.items()
        if (suffix := _SEXES.get(cell.strip().upper()))
    }
    stems = [role for role in heading.roles if role.startswith(_BESIDE)]
    if len(plain) != len(_BESIDE) or len(stems) != 1 or stems[0] not in _BESIDE:
        return heading
    roles = heading.roles | {stems[0] + suffix: at for suffix, at in plain.items()}
    rest = {at: cell for at, cell in heading.unknown.items() if at not in plain.values()}
    said = say("The columns L and P were taken as the men and women of the column “{heading}”.",
               heading=short(heading.cells[heading.roles[stems[0]]]))  # fmt: skip
    return heading._replace(roles=roles, unknown=rest, assumed=(*heading.assumed, said))


def invalid_beside(numeric: Numeric, grid: Grid, heading: Heading) -> Heading:
    """`TS` beside votes are the invalid ones (tidak sah), if it holds counts; else it is a time."""
    of_votes = heading.names_candidates or _VALID & heading.roles.keys()
    if "invalid" in heading.roles or not of_votes:
        return heading
    for column, cell in enumerate(heading.cells):
        if cell and cell.upper().replace(".", "").strip() == _INVALID:
            below = (figure(row[column]) or 0 for row in grid.head[heading.at + 1 :])
            if numeric.below(heading.at, column) and max(below, default=0) < EPOCH:
                said = say("The column “{heading}” was taken as the invalid votes (tidak sah).",
                           heading=short(cell))  # fmt: skip
                roles = heading.roles | {"invalid": column}
                rest = {at: text for at, text in heading.unknown.items() if at != column}
                assumed = (*heading.assumed, said)
                return heading._replace(roles=roles, unknown=rest, assumed=assumed)
    return heading


def station_counts(heading: Heading) -> Heading | None:
    """Where nothing else is counted, a column of numbers of TPS is what the table is about."""
    for column, cell in enumerate(heading.cells):
        words = set(label_words(cell)) if cell and "TPS" in cell.upper() else set()
        if "TPS" in words and words & SUMS:
            return heading._replace(roles=heading.roles | {"stations": column})
    return None
