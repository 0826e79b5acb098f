"""Tables of spellings: a file in, its lines out; a line that a person confirmed in, the file out.

A project's own table is called `aliases.csv` and lies beside its recount.toml.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recount.errors import RecountError
from recount.headings import meaning, slug
from recount.lists import VERSIONS, alias_rows, region_list
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import squash
from recount.readers import read
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.model import Grid

COLUMNS = ("level", "within", "alias", "region")
"""The columns of a table, in the order in which they are written."""
BESIDE = "aliases.csv"
_KABKOTA = LEVELS.index("kabkota")


class Alias(NamedTuple):
    """One spelling: of which level, inside which region, and which region is meant.

    `within` and `region`: a code of Kemendagri or a name. `place`: where that is written; None for
    what comes with the package.
    """

    level: int
    within: str
    alias: str
    region: str
    place: str | None = None

    @property
    def key(self) -> str:
        """The spelling as it is compared."""
        return squash(self.alias, LEVELS[self.level])


def read_aliases(path: str | Path) -> list[Alias]:
    """Read a table with COLUMNS. Raises RecountError where there is none, or a row lacks a cell."""
    book = read(path, label=Path(path).name)
    for grid in book.grids:
        for at, cells in enumerate(grid.head):
            where = {slug(cell): column for column, cell in enumerate(cells) if cell}
            if set(COLUMNS) <= where.keys():
                return list(_rows(grid, at, [where[name] for name in COLUMNS]))
    raise RecountError(
        say("This is no table of spellings."),
        mend=say("Give a table with the columns {columns}.", columns=", ".join(COLUMNS)),
        place=book.label,
    )


def _rows(grid: Grid, at: int, columns: Sequence[int]) -> Iterator[Alias]:
    body = grid.cells.tail(len(grid.cells) - at - 1)
    for row, *cells in zip(body["row"], *(body[f"c{column}"] for column in columns), strict=True):
        if not any(cells):
            continue
        level, within, alias, region = (cell or "" for cell in cells)
        stated = meaning(level)
        number = LEVELS.index(stated.role) if stated and stated.role in NAMED_LEVELS else 0
        # A kecamatan is never looked for outside its kabupaten/kota.
        if not number or not alias or not region or (number > _KABKOTA and not within):
            raise RecountError(
                say("This row of the table of spellings is not complete."),
                mend=say(
                    "It needs a level (provinsi, kabkota, kecamatan, desa), the region it lies "
                    "in, the spelling, and the region that is meant."
                ),
                place=grid.place(row),
            )
        yield Alias(number, within, alias, region, grid.place(row))


@cache
def packaged_aliases() -> tuple[Alias, ...]:
    """The spellings that come with the package, and the names of KPU's tree of 2019."""
    stated = [
        Alias(LEVELS.index(row["level"]), row["within"], row["alias"], row["region"])
        for row in alias_rows()
    ]
    entries = (e for version in VERSIONS for e in region_list(version).entries.values() if e.also)
    others = [Alias(e.level, e.parent, e.also, e.name) for e in entries]
    once = {(alias.level, alias.within, alias.key): alias for alias in (*others, *stated)}
    return tuple(once.values())


def with_more(held: bytes | None, more: Iterable[Alias]) -> bytes:
    """Append lines to what a table holds (None: there is none yet); the rest stays as it is.

    What is not a table of these very columns cannot be appended to: raises RecountError.
    """
    start = _text(held or b"")
    heading = ",".join(COLUMNS)
    if not start.strip():
        start = f"{heading}\n"
    elif start.splitlines()[0].lower().replace(" ", "") != heading:
        raise RecountError(
            say("Lines cannot be added to this table of spellings."),
            mend=say("Let its first line be: {heading}", heading=heading),
        )
    out = io.StringIO()
    rows = ((LEVELS[one.level], one.within, one.alias, one.region) for one in more)
    csv.writer(out, lineterminator="\n").writerows(rows)
    end = "" if start.endswith("\n") else "\n"
    return f"{start}{end}{out.getvalue()}".encode()


def _text(held: bytes) -> str:
    """What a table holds; a workbook or an old encoding is not appended to."""
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "?"
