"""What a layout says about the columns of a grid that it does not use, or uses with a doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine
from recount.called import number_against
from recount.heading_numbers import numbered
from recount.heading_words import NOBODY
from recount.headings import label_words, names_list
from recount.layouts._content import EPOCH
from recount.layouts._heading import CANDIDATE
from recount.layouts._nameless import without_heading
from recount.layouts._numbered import may_be_counted
from recount.layouts._numeric import Numeric
from recount.layouts._page import figure
from recount.layouts._short import few, short
from recount.model import FRACTION, UNUSED, Finding
from recount.numbers import parse_count
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from recount.layouts._heading import Heading
    from recount.model import Grid


_ROW_NUMBERS = frozenset({"NO", "NOMOR"})
_NUMERAL = re.compile(rf"(?:{FRACTION})?[0-9]+(?:[.,][0-9]+)*\s*%?")
_SEVERAL = 2
"""So many cells of a row are named by the row."""


def about_columns(
    grid: Grid, heading: Heading, used: Collection[str], kept: nw.DataFrame[Any]
) -> list[Finding]:
    """Say everything about the columns.

    `used`: the roles that the layout reads. `kept`: the rows that are forms (column `row`).
    """
    return [
        *_other_numbers(grid, heading),
        *_strangers(grid, heading),
        *_unused(grid, heading, used),
        *_set_aside(grid, heading),
        *_beyond(grid, heading),
        *without_heading(grid, heading, kept),
    ]


def assumed_names(heading: Heading) -> tuple[Text, ...]:
    """Say which headings were taken as candidates' names, when no number stood with them."""
    named = [name for id_, name in heading.candidates.items() if not id_.isdigit()]
    if not named:
        return ()
    return (say("Taken as candidates, by their headings: {names}.", names=few(named)),)


def _unused(grid: Grid, heading: Heading, used: Collection[str]) -> list[Finding]:
    """Columns that were not understood, or have no meaning in this layout."""
    cells = heading.cells
    idle = {at: cells[at] or "" for role, at in heading.roles.items() if role not in used}
    unused = {**heading.unknown, **idle}
    beside = _beside_candidates(grid, heading, unused)
    return [
        _unsettled(cell, grid.place(heading.row, column))
        if names_list(cell)
        else Finding(
            UNUSED,
            "warning" if column in beside or _is_nobodys(grid, heading, column, cell) else "note",
            say("The column “{heading}” was not understood and is not used.", heading=short(cell)),
            say("If it matters, give it a heading of the form, such as: suara_sah."),
            grid.place(heading.row, column),
        )
        for column, cell in sorted(unused.items())
    ]


def _set_aside(grid: Grid, heading: Heading) -> list[Finding]:
    """Columns of numbers that are known to be no box: percentages, numbers of TPS, other codes.

    The numbers of the rows are not worth a word. A heading with the number of a candidate whom no
    other column has (`4 Koalisi 100% Jujur`) may be that candidate's.
    """
    candidates = {role.removeprefix(CANDIDATE) for role in heading.roles}
    return [
        Finding(
            UNUSED,
            "warning" if _is_anothers(cell, candidates) else "note",
            say("The column “{heading}” holds numbers, but is no box of a form; it is not used.",
                heading=short(cell)),
            say("If it is one, give it the heading of the form, such as: suara_tidak_sah."),
            grid.place(heading.row, column),
        )
        for column, cell in heading.asides.items()
        if cell.strip(" .").upper() not in _ROW_NUMBERS
        and _has_numbers(grid, heading, column)
    ]  # fmt: skip


def _is_anothers(cell: str, candidates: Collection[str]) -> bool:
    """Whether a heading has a name and the number of a candidate whom no column has."""
    first = numbered(cell)
    if first is None or not candidates or first.number in candidates:
        return False
    return bool(label_words(first.behind)) and may_be_counted(cell)


def _is_nobodys(grid: Grid, heading: Heading, column: int, cell: str) -> bool:
    """Whether a column counts votes or ballots that are nobody's: they may matter to a box."""
    return bool(NOBODY & set(label_words(cell))) and _has_numbers(grid, heading, column)


def _beside_candidates(grid: Grid, heading: Heading, unused: Mapping[int, str]) -> set[int]:
    """The unused columns of counts between the candidates' columns, or right before or after them.

    There a candidate may stand whose heading was not understood.
    """
    candidates = {at for role, at in heading.roles.items() if role.startswith(CANDIDATE)}
    if not candidates:
        return set()
    numeric = Numeric(grid.head)
    counts = {at for at in unused if numeric.below(heading.at, at) and _of_votes(grid, heading, at)}
    first, last = min(candidates), max(candidates)
    while first - 1 in counts:
        first -= 1
    while last + 1 in counts:
        last += 1
    return {at for at in counts if first <= at <= last and may_be_counted(unused[at])}


def _of_votes(grid: Grid, heading: Heading, column: int) -> bool:
    """Whether no number of a column is one of the time, in seconds since 1970."""
    return all((figure(row[column]) or 0) < EPOCH for row in grid.head[heading.at + 1 :])


def _has_numbers(grid: Grid, heading: Heading, column: int) -> bool:
    below = grid.head[heading.at + 1 :]
    return any((text := row[column]) and _NUMERAL.fullmatch(text) for row in below)


def _unsettled(cell: str, place: str) -> Finding:
    """Say that a list of voters is not used, because only the form says which voters it holds."""
    return Finding(
        "list-of-voters",
        "warning",
        say(
            "What “{heading}” counts is not the same on every form; it is not used.",
            heading=short(cell),
        ),
        say(
            "Name the kind of form in the election file, as form = ..., or what the acronym means, "
            "under [lists]."
        ),
        place,
    )


def _strangers(grid: Grid, heading: Heading) -> list[Finding]:
    """Columns of candidates that the election's file does not list."""
    return [
        Finding(
            "unknown-candidate",
            "error",
            say("“{text}” is no candidate of the election file; the column is not used.",
                text=short(cell)),
            say("Correct the heading, or add the candidate to the election file."),
            grid.place(heading.row, column),
        )
        for column, cell in sorted(heading.strangers.items())
    ]  # fmt: skip


def _other_numbers(grid: Grid, heading: Heading) -> list[Finding]:
    """Names that stand beside another number than in the election's file."""
    known = heading.known
    said = (
        number_against(
            name, id_, known, grid.place(heading.row, heading.roles.get(CANDIDATE + id_))
        )
        for id_, name in heading.candidates.items()
    )
    return [finding for finding in said if finding]


def _beyond(grid: Grid, heading: Heading) -> list[Finding]:
    """Rows with cells to the right of the last heading; a number there may be a shifted row."""
    width = max(at for at, cell in enumerate(heading.cells) if cell) + 1
    names = [f"c{at}" for at in range(width, len(grid.cells.columns) - 1)]
    if not names:
        return []
    below = grid.cells.tail(len(grid.cells) - heading.at - 1)
    below = engine.picked(below, {name: name for name in ("row", *names)})
    if all(blank == len(below) for blank in engine.blanks(below, names).values()):
        return []
    some = (~nw.col(name).is_null() for name in names)
    filled = below.filter(nw.any_horizontal(*some, ignore_nulls=False))
    findings = []
    for row, *cells in filled.iter_rows():
        at, text = next((at, cell) for at, cell in enumerate(cells, width) if cell is not None)
        number = any(isinstance(parse_count(cell), int) for cell in cells)
        several = sum(cell is not None for cell in cells)
        findings.append(
            Finding(
                "beyond-headings",
                "error" if number else "note",
                say("“{text}” stands to the right of the last heading and is not used.",
                    text=short(text)),
                say("If the row is shifted, move its cells; else delete what stands there."),
                grid.place(row, at if several < _SEVERAL else None),
            )
        )  # fmt: skip
    return findings
