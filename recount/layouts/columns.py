"""The heading row of a grid and what its columns mean; shared by the layouts of this family."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import EMPTY_BOX
from recount.forms import of_sheet
from recount.headings import Meaning, may_be_name, meaning, slug
from recount.layouts._content import (
    by_content,
    invalid_beside,
    name_in,
    plain_heading,
    sexes_beside,
    station_counts,
)
from recount.layouts._heading import CANDIDATE, Heading
from recount.layouts._likely import LONGEST, likely_rows
from recount.layouts._numbered import numbered_beside
from recount.layouts._numeric import Numeric
from recount.layouts._short import short
from recount.layouts._two_rows import joined
from recount.model import LEVELS, Declined
from recount.regions import code_level, parse_code
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from recount.model import FormModel, Grid, Lists

_CODE = "code"
_FEWEST = 2
"""One column of numbers alone may be anything; beside an empty box it is the other candidate."""


def headed(grid: Grid, known: Mapping[str, str], form: FormModel | None) -> Heading | Declined:
    """Find the heading; what an acronym means in it, the form says that the lines above name."""
    lists = form.lists if form else ()
    heading = find_heading(grid, known, lists)
    if isinstance(heading, Declined) or not heading.top:
        return heading
    titles = [text for cells in grid.head[: heading.top] for text in cells if text]
    said = of_sheet(titles, form)
    if said is None or said.lists == lists:
        return heading
    return find_heading(grid, known, said.lists)


def find_heading(grid: Grid, known: Mapping[str, str], lists: Lists = ()) -> Heading | Declined:
    """Find the row, or the two rows, that name a place and something countable.

    Title lines may stand above. `known`: slug of a candidate's name -> id. `lists`: what the form
    means by an acronym. A row with a place and one number alone may be a line of the block that
    names the place (`TPS | 1`), so it only counts when there is no other.
    """
    likely = (h for at in likely_rows(grid) for h in _read(grid, at, known, lists) if h.places)
    some = next(likely, None)
    every = (h for at in range(len(grid.head)) for h in _read(grid, at, known, lists))
    numeric = Numeric(grid.head)
    placed: list[Heading] = []
    read: list[Heading] = []
    for heading in chain([some], likely) if some else by_content(grid, every):
        placed.append(heading)
        named = invalid_beside(numeric, grid, _by_name(numeric, sexes_beside(heading)))
        read.append(_without_strangers(named))
        if read[-1].is_long or len(read[-1].boxes) > 1:
            return read[-1]
    if not placed:
        return Declined(
            say("No heading row with a place (kecamatan, desa, TPS, kode ...) was found."),
            say("Give every column a heading, such as: kecamatan, suara_1, suara_2, suara_sah."),
            grid.place(1),
        )
    whole = [heading for heading in read if heading.boxes]
    whole = whole or [found for heading in read if (found := station_counts(heading))]
    if not whole:
        return Declined(
            say("The heading row has a place, but no column of votes."),
            say("Head the candidates' columns with their numbers, such as: suara_1, suara_2."),
            grid.place(max(placed, key=lambda heading: len(heading.roles)).row),
            near=1,
        )
    return whole[0]


def _read(grid: Grid, at: int, known: Mapping[str, str], lists: Lists) -> Iterator[Heading]:
    """Read a row as a heading; before that together with the next one, where that says more."""
    row = int(grid.cells.item(at, "row"))
    alone = _read_row(grid, Cells(at, row, grid.head[at]), known, lists)
    together = joined(grid, at, row, known, lists)
    if together is not None:
        lower = Cells(at + 1, int(grid.cells.item(at + 1, "row")), together)
        both = _read_row(grid, lower, known, lists)
        if len(both.places) + len(both.boxes) > len(alone.places) + len(alone.boxes):
            yield both._replace(top=at)
            return
    yield alone


class Cells(NamedTuple):
    """A heading row: its index, its number as shown, its texts."""

    at: int
    row: int
    texts: tuple[str | None, ...]


def _read_row(grid: Grid, cells: Cells, known: Mapping[str, str], lists: Lists) -> Heading:
    roles: dict[str, int] = {}
    candidates: dict[str, str] = {}
    unknown: dict[int, str] = {}
    twice: list[tuple[str, int, int]] = []
    meanings = list(_meanings(grid, cells, known, lists))
    beside = _beside(cells, meanings, known, lists)
    for column, alone in meanings:
        understood = alone or beside.get(column)
        if understood is None:
            unknown[column] = cells.texts[column] or ""
        elif understood.role in roles:
            twice.append((understood.role, roles[understood.role], column))
        else:
            roles[understood.role] = column
            if understood.candidate:
                candidates[understood.role.removeprefix(CANDIDATE)] = understood.candidate
    if "pair name" in roles and "pair" not in roles:
        roles["pair"] = roles.pop("pair name")
    said = (roles, candidates, unknown, tuple(twice), known)
    return Heading(cells.at, cells.row, *said, cells=cells.texts, top=cells.at, lists=lists)


def _meanings(
    grid: Grid, cells: Cells, known: Mapping[str, str], lists: Lists
) -> Iterator[tuple[int, Meaning | None]]:
    """What each column of a row says, the asides left out; one column of codes at most."""
    found = [
        (column, _understand(cell, known, lists)) for column, cell in enumerate(cells.texts) if cell
    ]
    codes = [(column, m.role) for column, m in found if m and m.role.split()[0] == _CODE]
    chosen = _code_column(grid, cells.at, codes)
    for column, understood in found:
        if understood is None or (understood.role.split()[0] == _CODE and column not in chosen):
            yield column, None
        elif understood.role.split()[0] == _CODE:
            yield column, Meaning(_CODE)
        elif understood.role != "aside":
            yield column, understood


def _beside(
    cells: Cells,
    meanings: Iterable[tuple[int, Meaning | None]],
    known: Mapping[str, str],
    lists: Lists,
) -> dict[int, Meaning]:
    """The columns that are candidates by the headings beside theirs."""
    taken = {understood.role for _, understood in meanings if understood}
    texts = ((column, cells.texts[column] or "") for column, said in meanings if said is None)
    unknown = {column: plain_heading(text) for column, text in texts if len(text) <= LONGEST}
    return numbered_beside(unknown, taken, known.values(), lists)


def _understand(cell: str, known: Mapping[str, str], lists: Lists) -> Meaning | None:
    if len(cell) > LONGEST:
        return None
    cell = plain_heading(cell)
    candidate = known.get(slug(cell)) if known else None
    return Meaning(CANDIDATE + candidate) if candidate else meaning(cell, lists)


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
    right = sum(code_level(code) == level for code in parsed)
    return not written or right * 2 > len(written)


def _by_name(numeric: Numeric, heading: Heading) -> Heading:
    """Take columns of numbers under headings like names as candidates, when no other are there."""
    if heading.names_candidates or {"pair", "value"} <= heading.roles.keys():
        return heading
    names = {
        column: name_in(cell)
        for column, cell in heading.unknown.items()
        if may_be_name(name_in(cell)) and numeric.below(heading.at, column)
    }
    ids = {slug(cell): column for column, cell in names.items()}
    beside = EMPTY_BOX in heading.roles
    if len(names) != len(ids) or len(ids) + beside < _FEWEST:
        return heading
    roles = heading.roles | {CANDIDATE + name: column for name, column in ids.items()}
    said = {name: names[column] for name, column in ids.items()} | heading.candidates
    rest = {at: cell for at, cell in heading.unknown.items() if at not in names}
    return heading._replace(roles=roles, candidates=said, unknown=rest)


def _without_strangers(heading: Heading) -> Heading:
    """Where an election's file lists the candidates, another one is not taken in."""
    listed = set(heading.known.values())
    strange = {
        role: column
        for role, column in heading.roles.items()
        if listed and role.startswith(CANDIDATE) and role.removeprefix(CANDIDATE) not in listed
    }
    if not strange:
        return heading
    cells = heading.cells
    return heading._replace(
        roles={role: at for role, at in heading.roles.items() if role not in strange},
        candidates={i: n for i, n in heading.candidates.items() if CANDIDATE + i not in strange},
        strangers={column: cells[column] or "" for column in strange.values()},
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
            first=short(heading.cells[first]),
            second=short(heading.cells[second]),
        ),
        say("Keep one of the two columns, or give the other one another heading."),
        grid.place(heading.row, second),
        near=2,
    )
