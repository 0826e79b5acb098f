"""The heading row of a grid and what its columns mean; shared by the layouts of this family."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.headings import Meaning, is_box, meaning, slug
from recount.model import Declined, Finding
from recount.names import is_total
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.model import Grid

PLACES = ("code", "name", "level", "provinsi", "kabkota", "kecamatan", "desa", "tps")
"""Roles that say where a row belongs."""

_SAMPLE = 20
_LONGEST = 60


class Heading(NamedTuple):
    """Where the heading stands (index into the grid's rows) and what each column means."""

    at: int
    row: int
    roles: dict[str, int]
    candidates: dict[str, str]
    unknown: dict[int, str]
    twice: tuple[tuple[str, int, int], ...]

    @property
    def places(self) -> list[str]:
        """The place columns that are there."""
        return [role for role in PLACES if role in self.roles]

    @property
    def boxes(self) -> dict[str, int]:
        """The box columns that are there, in the order of the sheet."""
        found = {role: at for role, at in self.roles.items() if is_box(role)}
        return dict(sorted(found.items(), key=lambda item: item[1]))


def find_heading(grid: Grid, known: Mapping[str, str]) -> Heading | Declined:
    """Find the row that names a place and something countable; title lines may stand above."""
    best: Heading | None = None
    for at, cells in enumerate(grid.head):
        heading = _read_row(grid, at, cells, known)
        if heading.places and (heading.boxes or {"pair", "value"} <= heading.roles.keys()):
            return heading
        if best is None or len(heading.roles) > len(best.roles):
            best = heading
    if best is None or not best.places:
        return Declined(
            say("No heading row with a place (kecamatan, desa, TPS, kode ...) was found."),
            say("Give every column a heading, such as: kecamatan, suara_1, suara_2, suara_sah."),
            grid.place(1),
        )
    named = _by_name(grid, best)
    if named is not None:
        return named
    return Declined(
        say("The heading row has a place, but no column of votes."),
        say("Head the candidates' columns with their numbers, such as: suara_1, suara_2."),
        grid.place(best.row),
        near=1,
    )


def _read_row(
    grid: Grid, at: int, cells: tuple[str | None, ...], known: Mapping[str, str]
) -> Heading:
    roles: dict[str, int] = {}
    candidates: dict[str, str] = {}
    unknown: dict[int, str] = {}
    twice: list[tuple[str, int, int]] = []
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        understood = _understand(cell, known)
        if understood is None:
            unknown[column] = cell
        elif understood.role in roles:
            twice.append((understood.role, roles[understood.role], column))
        elif understood.role != "aside":
            roles[understood.role] = column
            if understood.candidate:
                candidates[understood.role.partition(":")[2]] = understood.candidate
    row = int(grid.cells.item(at, "row"))
    return Heading(at, row, roles, candidates, unknown, tuple(twice))


def _understand(cell: str, known: Mapping[str, str]) -> Meaning | None:
    if len(cell) > 10 * _LONGEST:
        return None
    candidate = known.get(slug(cell))
    return Meaning(f"candidate:{candidate}") if candidate else meaning(cell)


def _by_name(grid: Grid, heading: Heading) -> Heading | None:
    """Take columns of numbers under unknown headings as candidates, when no other are there."""
    numeric = {
        column: cell for column, cell in heading.unknown.items() if _numeric(grid, heading, column)
    }
    if len(numeric) < 2:  # noqa: PLR2004 - one column alone may be anything
        return None
    ids = {slug(cell): column for column, cell in numeric.items()}
    if len(ids) < len(numeric) or "" in ids:
        return None
    roles = heading.roles | {f"candidate:{name}": column for name, column in ids.items()}
    names = {name: numeric[column] for name, column in ids.items()}
    rest = {at: cell for at, cell in heading.unknown.items() if at not in numeric}
    return heading._replace(roles=roles, candidates=names, unknown=rest)


def _numeric(grid: Grid, heading: Heading, column: int) -> bool:
    below = [row[column] for row in grid.head[heading.at + 1 : heading.at + 1 + _SAMPLE]]
    written = [cell for cell in below if cell]
    return bool(written) and all(cell.replace(".", "").isdigit() for cell in written)


def below(grid: Grid, heading: Heading, roles: Mapping[str, int]) -> nw.DataFrame[Any]:
    """Take the rows under the heading, their columns renamed to the roles; blank rows dropped."""
    chosen = [nw.col(f"c{column}").alias(role) for role, column in roles.items()]
    body = grid.cells.tail(len(grid.cells) - heading.at - 1).select("row", *chosen)
    if grid.sheet is None and not _has_blank_rows(body, list(roles)):
        return body
    return body.filter(reduce(nw.Expr.__or__, (~nw.col(role).is_null() for role in roles)))


def _has_blank_rows(body: nw.DataFrame[Any], roles: list[str]) -> bool:
    return all(bool(body[role].is_null().any()) for role in roles)


class Split(NamedTuple):
    """Rows of regions, and what was said about the rows that are none."""

    rows: nw.DataFrame[Any]
    findings: list[Finding]


def without_totals(grid: Grid, rows: nw.DataFrame[Any], places: list[str]) -> Split:
    """Leave out rows that call themselves totals, each with a finding; they are never added."""
    named = [role for role in places if role not in {"code", "level"}]
    marks = {
        role: totals
        for role in named
        if (totals := [text for text in rows[role].unique().drop_nulls() if is_total(text, names_a_place=True)])
    }
    if not marks:
        return Split(rows, [])
    total = reduce(nw.Expr.__or__, (nw.col(role).is_in(texts) for role, texts in marks.items()))
    total = total.fill_null(value=False)
    left_out = rows.filter(total)
    findings = [
        Finding(
            "totals-row",
            "note",
            say("This row is a total by its name; it was left out and not added."),
            say("Nothing to do; if it is a region, give it its own name."),
            grid.place(row),
        )
        for row in left_out["row"]
    ]
    return Split(rows.filter(~total), findings)


def twice_declined(grid: Grid, heading: Heading) -> Declined | None:
    """Decline when two columns say the same: neither may be chosen silently."""
    if not heading.twice:
        return None
    role, first, second = heading.twice[0]
    return Declined(
        say(
            "Two columns have the same meaning, “{meaning}”: “{first}” and “{second}”.",
            meaning=role,
            first=grid.head[heading.at][first],
            second=grid.head[heading.at][second],
        ),
        say("Keep one of the two columns, or give the other one another heading."),
        grid.place(heading.row, second),
        near=2,
    )


def unused(grid: Grid, heading: Heading) -> list[Finding]:
    """Say which columns were not understood and so are not used."""
    return [
        Finding(
            "unused-column",
            "note",
            say("The column “{heading}” was not understood and is not used.", heading=_short(cell)),
            say("If it matters, give it a heading of the form, such as: suara_sah."),
            grid.place(heading.row, column),
        )
        for column, cell in heading.unknown.items()
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def assumed_names(heading: Heading) -> tuple[Text, ...]:
    """Say which headings were taken as candidates' names, when no number stood with them."""
    named = [name for id_, name in heading.candidates.items() if not id_.isdigit()]
    if not named:
        return ()
    return (
        say("Taken as candidates, by their headings: {names}.", names=", ".join(map(_short, named))),
    )
