"""The heading row of a grid and what its columns mean; shared by the layouts of this family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.headings import EMPTY_BOX, Meaning, may_be_name, meaning, slug
from recount.layouts._heading import CANDIDATE, Heading
from recount.layouts._said import short
from recount.model import LEVELS, Declined
from recount.numbers import parse_count
from recount.regions import code_level, parse_code
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.model import Grid

_CODE = "code"
_LONGEST = 600
_FEWEST = 2
"""One column of numbers alone may be anything; beside an empty box it is the other candidate."""


def find_heading(grid: Grid, known: Mapping[str, str]) -> Heading | Declined:
    """Find the row that names a place and something countable; title lines may stand above.

    `known`: slug of a candidate's name -> id. A row with a place and one number alone may be a line
    of the block that names the place (`TPS | 1`), so it only counts when there is no other.
    """
    rows = [_read_row(grid, at, cells, known) for at, cells in enumerate(grid.head)]
    placed = [heading for heading in rows if heading.places]
    if not placed:
        return Declined(
            say("No heading row with a place (kecamatan, desa, TPS, kode ...) was found."),
            say("Give every column a heading, such as: kecamatan, suara_1, suara_2, suara_sah."),
            grid.place(1),
        )
    named = (_without_strangers(grid, _by_name(grid, heading)) for heading in placed)
    whole = [heading for heading in named if heading.boxes or heading.is_long]
    if not whole:
        return Declined(
            say("The heading row has a place, but no column of votes."),
            say("Head the candidates' columns with their numbers, such as: suara_1, suara_2."),
            grid.place(max(placed, key=lambda heading: len(heading.roles)).row),
            near=1,
        )
    return next((h for h in whole if h.is_long or len(h.boxes) > 1), whole[0])


def _read_row(
    grid: Grid, at: int, cells: tuple[str | None, ...], known: Mapping[str, str]
) -> Heading:
    roles: dict[str, int] = {}
    candidates: dict[str, str] = {}
    unknown: dict[int, str] = {}
    twice: list[tuple[str, int, int]] = []
    for column, understood in _meanings(grid, at, known):
        if understood is None:
            unknown[column] = cells[column] or ""
        elif understood.role in roles:
            twice.append((understood.role, roles[understood.role], column))
        else:
            roles[understood.role] = column
            if understood.candidate:
                candidates[understood.role.removeprefix(CANDIDATE)] = understood.candidate
    if "pair name" in roles and "pair" not in roles:
        roles["pair"] = roles.pop("pair name")
    row = int(grid.cells.item(at, "row"))
    return Heading(at, row, roles, candidates, unknown, tuple(twice), known)


def _meanings(
    grid: Grid, at: int, known: Mapping[str, str]
) -> Iterator[tuple[int, Meaning | None]]:
    """What each column of a row says, the asides left out; one column of codes at most."""
    found = [
        (column, _understand(cell, known)) for column, cell in enumerate(grid.head[at]) if cell
    ]
    codes = [(column, m.role) for column, m in found if m and m.role.split()[0] == _CODE]
    chosen = _code_column(grid, at, codes)
    for column, understood in found:
        if understood is None or (understood.role.split()[0] == _CODE and column not in chosen):
            yield column, None
        elif understood.role.split()[0] == _CODE:
            yield column, Meaning(_CODE)
        elif understood.role != "aside":
            yield column, understood


def _understand(cell: str, known: Mapping[str, str]) -> Meaning | None:
    if len(cell) > _LONGEST:
        return None
    candidate = known.get(slug(cell))
    return Meaning(CANDIDATE + candidate) if candidate else meaning(cell)


def _code_column(grid: Grid, at: int, codes: list[tuple[int, str]]) -> list[int]:
    """Of `kode_kab`, `kode_kec` ...: the finest that holds whole codes; `kode` before all."""
    whole = [column for column, role in codes if role == _CODE]
    if whole:
        return whole
    levels = [(LEVELS.index(role.split()[1]), column) for column, role in codes]
    fitting = [pair for pair in sorted(levels, reverse=True) if _holds_codes(grid, at, *pair)]
    return [column for level, column in fitting if level == fitting[0][0]]


def _holds_codes(grid: Grid, at: int, level: int, column: int) -> bool:
    written = [code for row in grid.head[at + 1 :] if (code := row[column])]
    parsed = [code for text in written if (code := parse_code(text))]
    return not written or any(code_level(code) == level for code in parsed)


def _by_name(grid: Grid, heading: Heading) -> Heading:
    """Take columns of numbers under headings like names as candidates, when no other are there."""
    if heading.names_candidates or {"pair", "value"} <= heading.roles.keys():
        return heading
    numeric = {
        column: cell
        for column, cell in heading.unknown.items()
        if may_be_name(cell) and _is_numeric(grid, heading, column)
    }
    ids = {slug(cell): column for column, cell in numeric.items()}
    beside = EMPTY_BOX in heading.roles
    if len(numeric) != len(ids) or len(ids) + beside < _FEWEST:
        return heading
    roles = heading.roles | {CANDIDATE + name: column for name, column in ids.items()}
    names = {name: numeric[column] for name, column in ids.items()} | heading.candidates
    rest = {at: cell for at, cell in heading.unknown.items() if at not in numeric}
    return heading._replace(roles=roles, candidates=names, unknown=rest)


def _without_strangers(grid: Grid, heading: Heading) -> Heading:
    """Where an election's file lists the candidates, another one is not taken in."""
    listed = set(heading.known.values())
    strange = {
        role: column
        for role, column in heading.roles.items()
        if listed and role.startswith(CANDIDATE) and role.removeprefix(CANDIDATE) not in listed
    }
    if not strange:
        return heading
    cells = grid.head[heading.at]
    return heading._replace(
        roles={role: at for role, at in heading.roles.items() if role not in strange},
        candidates={i: n for i, n in heading.candidates.items() if CANDIDATE + i not in strange},
        strangers={column: cells[column] or "" for column in strange.values()},
    )


def _is_numeric(grid: Grid, heading: Heading, column: int) -> bool:
    below = [parse_count(row[column]) for row in grid.head[heading.at + 1 :]]
    written = [n for n in below if isinstance(n, int) or n.reason != "blank"]
    return any(isinstance(n, int) for n in written) and all(
        isinstance(n, int) or n.reason in {"separators", "illegible"} for n in written
    )


def twice_declined(grid: Grid, heading: Heading) -> Declined | None:
    """Decline when two columns say the same: neither may be chosen silently."""
    if not heading.twice:
        return None
    role, first, second = heading.twice[0]
    return Declined(
        say(
            "Two columns have the same meaning, “{meaning}”: “{first}” and “{second}”.",
            meaning=role,
            first=short(grid.head[heading.at][first]),
            second=short(grid.head[heading.at][second]),
        ),
        say("Keep one of the two columns, or give the other one another heading."),
        grid.place(heading.row, second),
        near=2,
    )
