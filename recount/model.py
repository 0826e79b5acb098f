"""The nouns: what the steps hand to each other. All frozen; read this first.

A form is a row, a box is a column. Tables are narwhals frames; their columns are named here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    import narwhals as nw

    from recount.texts import Text

Side = Literal["ours", "theirs"]
Layer = Literal["count", "recap"]
"""What an online system shows: the sum of the TPS forms (hhcw), or the official recap (hr)."""
Severity = Literal["error", "warning", "note"]

LEVELS = ("nasional", "provinsi", "kabkota", "kecamatan", "desa", "tps")
"""From the whole to its parts; a level's number is its index here."""

NAMED_LEVELS = LEVELS[1:5]
"""The levels that have names of their own; a TPS has a number inside its desa."""

STATUSES = (
    "equal",
    "differs",
    "partial",
    "withheld",
    "unread",
    "ours_only",
    "theirs_only",
    "conflict",
)
"""The verdicts of a comparison (product.md, section 6); a status's number is its index here."""

# Cells whose spelling alone would mislead are handed on with a mark in front: a real number 1.234
# is not the text "1.234". NUL cannot stand in a text file that was let in, nor in XML.
MARK = "\0"
FRACTION, DATE, ERROR_VALUE, NO_VALUE, TRUTH = (MARK + kind for kind in "fdeub")
"""Marks of a cell: a number that is not whole, a date, #DIV/0! and the like, a formula without a
cached value, TRUE/FALSE. Each is followed by the cell's text."""


class Finding(NamedTuple):
    """A fault in the data, as a value that travels beside the tally. Nothing is repaired."""

    rule: str
    severity: Severity
    message: Text
    mend: Text
    place: str | None = None
    side: Side | None = None
    region: str | None = None
    contest: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate or a pair; `id` is the number on the ballot, as text."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contest:
    """One race: who stands, for how many seats, and the code of the region that decides it."""

    id: str
    title: str
    candidates: tuple[Candidate, ...] = ()
    seats: int = 1
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Election:
    """What is known beforehand of an election; without a `recount.toml`, next to nothing."""

    id: str
    title: str
    contests: tuple[Contest, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of raw text, as a file holds it: a CSV file or one sheet of a workbook.

    `cells`: eager frame; columns `c0` ... `cN` of text (null: an empty cell; marks as above), and
    `row` (Int32), the row's number as an editor or a spreadsheet shows it, from 1.
    `head`: the first rows once more, as tuples, for recognising the layout.
    """

    label: str
    sheet: str | None
    cells: nw.DataFrame[Any]
    head: tuple[tuple[str | None, ...], ...]

    def place(self, row: int, column: int | None = None) -> str:
        """Address of a cell: `samarinda.xlsx!DA1!D17`, `kpu.csv:12` (row from 1, column from 0)."""
        return address(self.label, self.sheet, row, column)


@dataclass(frozen=True, slots=True)
class Book:
    """One file as it was received: its digest and its grids."""

    path: str
    label: str
    sha256: str
    size: int
    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()


def address(label: str, sheet: str | None, row: int, column: int | None = None) -> str:
    """Write a cell's address; a text file has lines only, a sheet has columns as letters."""
    if sheet is None:
        return f"{label}:{row}"
    if column is None:
        return f"{label}!{sheet}!{row}"
    return f"{label}!{sheet}!{column_letters(column)}{row}"


def column_letters(index: int) -> str:
    """Name a column the way a spreadsheet does: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a tally's rows came from: which file and sheet, and in which column each box stood."""

    label: str
    sheet: str | None
    columns: Mapping[str, int]
    input: int = 0

    def place(self, row: int, box: str | None) -> str:
        """Address of a form's row, or of the cell in which one of its boxes stands."""
        return address(self.label, self.sheet, row, self.columns.get(box or ""))


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a result rests on; anyone can check its digest."""

    side: Side
    path: str
    sha256: str
    bytes: int
    forms: int
    taken_at: str | None = None
    system: str | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many units of a level each side holds; what is left out is counted by its reason."""

    contest: str
    level: str
    expected: int
    ours: int
    theirs: int
    compared: int
    left_out: Mapping[str, int] = field(default_factory=dict)


class Votes(NamedTuple):
    """A candidate's sum over some units."""

    candidate: str
    votes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Who leads over some units; `margin` is first minus second, null without a second."""

    units: int
    ranking: tuple[Votes, ...]
    margin: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who wins a contest by each side's figures (product.md, section 6).

    `level`: of what the units of the three standings are; None where that was not noted.
    """

    contest: str
    region: str
    seats: int
    ours: Standing
    theirs: Standing
    corrected: Standing
    same_winner: bool | None
    certain: bool | None = None
    units_that_could_flip: int | None = None
    level: str | None = None


class Online(NamedTuple):
    """What a table shows of an online system: which layer, and when (ISO time with zone)."""

    layer: Layer | None = None
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A grid once its layout is understood: rows of raw text under the columns' meanings.

    `rows`: eager frame; the place columns that the grid has (`code`, `name`, `level`, `provinsi`,
    `kabkota`, `kecamatan`, `desa`, `tps`), `contest`, one text column per box, and `row` (Int32);
    in a long table also `row <box>`, the row in which that box's number stands.
    `columns`: box -> column index in the grid. `candidates`: names met in headings, by number.
    `online`: of an online system's table, its layer and its time.
    """

    layout: str
    rows: nw.DataFrame[Any]
    columns: Mapping[str, int]
    candidates: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[Text, ...] = ()
    online: Online | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """Why a layout does not fit a grid, and what would make it fit.

    `near` says how much of the layout was there, so that the most fitting reason is shown.
    """

    reason: Text
    mend: Text
    place: str | None = None
    near: int = 0


PROGRESS = ("counted", "total", "percent")
"""Columns beside the boxes of an online row: TPS that are in, TPS in all, and the whole percentage
where a system says that alone (cut down: 100 is all of them)."""

ANSWERS = "answers"
"""The layout of what is read out of the answers of an online system."""

WITHHELD, INCOMPLETE = "withheld", "incomplete"
"""Columns of a tally that knows its progress: 1 where the figures are withheld, and so none; and
whether not all TPS are in, 1 or 0."""

REVOTE, SAID_AT = "psu", "ts"
"""Columns beside the boxes of an online row: its re-vote mark, and the time its file names."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an online system is in a region: TPS that are in, TPS in all; None: not said."""

    counted: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Captured:
    """One file of a snapshot, as it was received; `taken_at`: ISO time with zone."""

    path: str
    sha256: str
    bytes: int
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything one online system said at one time, in one layer.

    `contest`: None where it holds several; then the rows name theirs. `taken_at`: the latest time
    that its files name (ISO, with zone). `tables`: rows of text as layouts give them, and beside
    the boxes PROGRESS, REVOTE and SAID_AT where the system says them, and `sheet`, the number of
    the row's own in `sheets`, whose `input` is the number of a file in `files`. `gaps`: files that
    are missing or cannot be read, what is withheld or unknown, as findings.
    """

    system: str
    layer: Layer | None
    contest: str | None
    taken_at: str | None
    files: tuple[Captured, ...]
    sheets: tuple[Sheet, ...]
    tables: tuple[Reading, ...]
    gaps: tuple[Finding, ...] = ()
    assumptions: tuple[Text, ...] = ()
