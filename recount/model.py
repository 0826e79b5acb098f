"""The nouns: what the steps hand to each other. All frozen; read this first.

A form is a row, a box is a column. Tables are narwhals frames; their columns are named here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

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


NOT_READ = "not-read"
"""The finding of a file or sheet that could not be read while others could."""
NO_FORM = "no-form"
"""The finding of a region that a list has and of which no form is there."""
STRANGERS, NO_VOTES = "candidates-apart", "votes-not-compared"
"""Findings that no candidate's votes were compared: the sides call them differently, or one side
has no figure."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate or a pair; `id` is the number on the ballot, as text."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


class Threshold(NamedTuple):
    """Up to which margin the law lets a result be contested: percent of all valid votes.

    `announced`: the day on which the result was announced, None where it was not said.
    """

    percent: Decimal
    announced: date | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """One race: who stands, for how many seats, and the code of the region that decides it."""

    id: str
    title: str
    candidates: tuple[Candidate, ...] = ()
    seats: int = 1
    region: str | None = None
    threshold: Threshold | None = None


class Tolerance(NamedTuple):
    """How far apart two sides of an equation may be: a count, or a percentage of the right one."""

    amount: Decimal
    percent: bool = False

    def allows(self, figure: int) -> Decimal:
        """How far from a figure another one may be."""
        return self.amount * abs(figure) / 100 if self.percent else self.amount


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a form, or the place of all candidates' boxes (id `candidates`).

    `id`: by meaning. `label`: as printed, "" where no print was seen. `headings`: other wordings in
    which the same box was met. `number`: of its line as printed; nothing is ever mapped by it.
    """

    id: str
    label: str
    headings: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """What holds between the boxes of a form, such as `candidates == valid` (see `equations`).

    `rule`: R1 ... R12, or the id that a project gave its own. `unless`: a box; where that one is
    filled in, another equation says it better. `message`: in a project's own words.
    """

    rule: str
    text: str
    severity: Severity
    mend: Text
    tolerance: Tolerance | None = None
    unless: str = ""
    message: Text | None = None


Lists = tuple[tuple[str, str], ...]
"""Acronym of a list of voters, upper case -> `moved` or `id_card`: (("DPTB", "moved"), ...)."""


@dataclass(frozen=True, slots=True)
class FormModel:
    """A kind of form, as data.

    `titles`: phrases as the sheet's title lines print them, squashed (upper case, words with a
    blank between); all words of one phrase stand in the title lines. `level`: of the region the
    form is for; the columns of its table are the units of the level below. `reserve`: the ballots
    printed on top of the DPT, in percent. `lists`: which list of voters an acronym means here.
    """

    id: str
    title: str
    level: str
    boxes: tuple[Box, ...]
    equations: tuple[Equation, ...]
    titles: tuple[str, ...]
    year: int
    reserve: Decimal
    lists: Lists = ()


class RuleSetting(NamedTuple):
    """What a project changes of a rule; None leaves it as the form has it."""

    severity: Severity | None = None
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class Election:
    """What is known beforehand of an election; without a `recount.toml`, next to nothing.

    `form`: id of a form model. `lists`: what the project says an acronym means. `rules`: changed
    severities and tolerances, by rule. `equations`: the project's own.
    """

    id: str
    title: str
    contests: tuple[Contest, ...] = ()
    form: str | None = None
    lists: Lists = ()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    equations: tuple[Equation, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of raw text, as a file holds it: a CSV file or one sheet of a workbook.

    `cells`: eager frame; columns `c0` ... `cN` of text (null: an empty cell; marks as above), and
    `row` (Int32), the row's number as an editor or a spreadsheet shows it, from 1.
    `head`: the first rows once more, as tuples, for recognising the layout.
    `merged`: ranges (first row, first column, last row, last column), rows as shown (from 1),
    columns from 0. `hidden`: the sheet itself. `sums`: cell (row, column) with a SUM over one
    range -> that range.
    """

    label: str
    sheet: str | None
    cells: nw.DataFrame[Any]
    head: tuple[tuple[str | None, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    sums: Mapping[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)

    def place(self, row: int, column: int | None = None) -> str:
        """Address of a cell: `samarinda.xlsx!DA1!D17`, `kpu.csv:12` (row from 1, column from 0)."""
        return address(self.label, self.sheet, row, column)


@dataclass(frozen=True, slots=True)
class Book:
    """One file as it was received: its digest and its grids.

    `empty`: sheets without a cell. `own`: summaries of other sheets that this program wrote.
    """

    path: str
    label: str
    sha256: str
    size: int
    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()
    empty: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


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
    """Where a tally's rows came from: which file and sheet, and in which column each box stood.

    `across`: the units are columns; a form's `row` is then its column's number (from 1), and
    `columns` maps a box to the row in which it stands (as shown, from 1).
    `form`: id of the form model that the sheet's title lines name.
    """

    label: str
    sheet: str | None
    columns: Mapping[str, int]
    input: int = 0
    across: bool = False
    form: str | None = None

    def place(self, row: int, box: str | None) -> str:
        """Address of a form, or of the cell in which one of its boxes stands."""
        before, after = self.around(box)
        return f"{before}{self.along(row)}{after}"

    def along(self, row: int) -> str:
        """Say which line of the sheet a form is: the row's number, or its column's letters."""
        return column_letters(row - 1) if self.across else str(row)

    def around(self, box: str | None) -> tuple[str, str]:
        """What stands in an address before and after the form's own line (see `along`)."""
        at = self.columns.get(box or "")
        before = f"{self.label}:" if self.sheet is None else f"{self.label}!{self.sheet}!"
        if self.across:
            return before, str(at) if at else ""
        return before + ("" if at is None or self.sheet is None else column_letters(at)), ""


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
    """Who leads over some units; `margin` is first minus second, null without a second.

    `above`: how many of the units are regions of a higher level whose own form stands for what is
    in them, by level.
    """

    units: int
    ranking: tuple[Votes, ...]
    margin: int | None
    above: tuple[tuple[str, int], ...] = ()


Bound = Literal["registered", "ballots_received", "ballots"]
"""On what the ballots of a unit were bounded; `ballots`: those shown online, which is no bound."""


class Collect(NamedTuple):
    """A unit whose form we lack; `within`: the name of what it lies in.

    `worth`: by how many votes at most its form can move the closest margin; None: not known.
    """

    region: str
    name: str
    worth: int | None
    within: str = ""


class Pair(NamedTuple):
    """A winner and a loser by theirs, and the margin between the two, in votes.

    `net`: by how much all differences together move it. `lower`, `upper`: the least and the most
    it can be, whatever the units without our form hold; `k_min`: the fewest of these that could
    bring it to 0, None where all of them could not. The three are None without a bound.
    `regions_for`, `regions_against`: in how many regions theirs is better for the winner, beside
    the loser, than our form, and in how many it is worse; `p` as in Favour.
    """

    winner: str
    loser: str
    theirs: int
    corrected: int
    net: int
    lower: int | None = None
    upper: int | None = None
    k_min: int | None = None
    regions_for: int = 0
    regions_against: int = 0
    p: float = 1.0


class Flip(NamedTuple):
    """A region whose leader is another with our figures; None: the first two are level.

    `within`: the name of what it lies in. `effect`: votes by which the differences in it move the
    margin between the first two.
    """

    level: str
    region: str
    name: str
    theirs: str | None
    corrected: str | None
    within: str = ""
    effect: int = 0


class Favour(NamedTuple):
    """In how many regions theirs shows more for a candidate than our form, in how many fewer.

    `p`: of the exact two-sided sign test.
    """

    candidate: str
    regions_for: int
    regions_against: int
    p: float


class Within(NamedTuple):
    """The margin by theirs beside the law's threshold: `percent` of all valid votes, in `votes`.

    `within`: whether the margin is no larger. `last_day` to contest the result, and how many days
    are left to it (0: it is today; negative: it has passed); None where that is not known.
    """

    percent: Decimal
    votes: int
    margin: int
    within: bool
    last_day: date | None = None
    days_left: int | None = None


class Rest(NamedTuple):
    """The units without our form: how many, the ballots they can hold, those shown online.

    `room`: None without a bound. `unseen`: regions of a list of which nobody holds anything.
    `raised`: units of which more ballots are shown than their bound allows.
    """

    units: int = 0
    room: int | None = None
    shown: int = 0
    unseen: int = 0
    raised: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who wins a contest by each side's figures (product.md, section 6).

    `certain`: who wins with our figures wins whatever the units without our form hold;
    `units_that_could_flip`: the fewest of these that could change it. Both None without a bound
    on the ballots of those units (`bound` says on what).
    `level`: of what the units of the three standings are; None where that was not noted.
    `first_to_collect`: every unit without our form, the best to collect first.
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
    bound: Bound | None = None
    first_to_collect: Sequence[Collect] = ()
    pairs: tuple[Pair, ...] = ()
    flips: tuple[Flip, ...] = ()
    threshold: Within | None = None
    favours: tuple[Favour, ...] = ()
    rest: Rest | None = None


class Online(NamedTuple):
    """What a table shows of an online system: which layer, and when (ISO time with zone)."""

    layer: Layer | None = None
    taken_at: str | None = None


class LeftOut(NamedTuple):
    """A row or column that was understood and is no form: a total, a heading, a note.

    `kind`: "total" (by its name), "sum" (by its formula or by arithmetic), "heading" or "note".
    `text`: what it calls itself, None where it does not.
    """

    kind: Literal["total", "sum", "heading", "note"]
    place: str
    text: str | None = None


class Named(NamedTuple):
    """A region as it is printed."""

    code: str
    name: str


class SheetRead(NamedTuple):
    """A sheet in the receipt of its file (`sheet` None: the file is one table).

    `skipped`: why nothing of it was taken; None where it was read. `region`: the smallest region
    that holds all its forms.
    """

    sheet: str | None
    layout: str | None = None
    form: str | None = None
    units: int = 0
    region: Named | None = None
    skipped: Text | None = None


class VotesRead(NamedTuple):
    """A candidate's sum over the forms of a file; `votes` None: not one of them was read."""

    contest: str
    candidate: str
    name: str
    votes: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was understood of a file, before anything is compared.

    `region`: the smallest region that holds all forms; `level`: of the forms, the finest one.
    `held`: how many regions have forms (a TPS counts for its desa); `regions`: all of them, where
    they are few. `boxes`: ids of those found; `missing`: those that a recognised form has
    besides. `copies`: how many forms say again what another one in the file says; `sums` are those
    of the others. `findings`: how many of each severity name a place in the file (`label`: its name
    in addresses).
    """

    label: str
    sheets: tuple[SheetRead, ...]
    units: int = 0
    level: str | None = None
    region: Named | None = None
    regions: tuple[Named, ...] = ()
    held: int = 0
    left_out: tuple[LeftOut, ...] = ()
    boxes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sums: tuple[VotesRead, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0


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
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A grid once its layout is understood: rows of raw text under the columns' meanings.

    `rows`: eager frame; the place columns that the grid has (`code`, `name`, `level`, `provinsi`,
    `kabkota`, `kecamatan`, `desa`, `tps`), `contest`, one text column per box, and `row` (Int32);
    in a long table also `row <box>`, the row in which that box's number stands.
    `columns`: box -> column index in the grid. `candidates`: names met in headings, by number.
    `online`: of an online system's table, its layer and its time.
    `form`: id of the form model that was recognised. `across`: the units are columns; `row` is
    then the number of a unit's column (from 1), and `columns` maps a box to its row as shown.
    `left_out`: totals and the like, for the receipt. `earlier`: the same table at earlier times.
    `totals`: what the form prints as the total of all its units, as a row (columns as `rows`) of
    the region above them.
    """

    layout: str
    rows: nw.DataFrame[Any]
    columns: Mapping[str, int]
    candidates: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[Text, ...] = ()
    online: Online | None = None
    form: str | None = None
    across: bool = False
    left_out: tuple[LeftOut, ...] = ()
    earlier: tuple[Reading, ...] = ()
    totals: nw.DataFrame[Any] | None = None


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


class Captured(NamedTuple):
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
