"""The shape of a report: columns and words said once, for every renderer to take what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    from recount.report.parts import Curves, Leaders, Scatter

Kind = Literal["text", "number", "signed", "share", "shares"]
"""`signed`: a number that always shows its sign; `share`: "n of m", empty where n is all of m;
`shares`: the same for both sides, said once where they are alike."""

NARROW = 80


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its stable English key, its heading in the reader's language.

    `shown`: the frame's column with the words, where the key's own value is a code. `brief`: the
    one with shorter words, for where the full ones do not fit.
    `of`: for a share, the column that holds its m; for shares, n and m of theirs after m of ours;
    for an optional number, the one beside which it says nothing where both are alike.
    `optional`: left out for the eye where no row has anything in it. `once`: said in the first of
    several rows of one group. `spare`: where there is no room, the highest goes first; 0 stays.
    `tight`: worth narrower columns beside it.
    """

    key: str
    title: str
    kind: Kind = "text"
    shown: str | None = None
    brief: str | None = None
    of: tuple[str, ...] = ()
    optional: bool = False
    once: bool = False
    spare: int = 0
    tight: bool = False
    note: str | None = None

    @property
    def source(self) -> str:
        """The frame's column that a person reads."""
        return self.shown or self.key


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and how to read them. `limit`: about how many of them the screen lists.

    `group`: the column by which rows that follow each other belong together; a group is listed
    whole or not at all, the first one always, and never more than `groups` of them.
    `divided`: the frame's columns by whose words a workbook has a sheet for each.
    `rows` may hold more columns than `columns` names; a row whose `status` is `differs` is marked.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pl.LazyFrame
    limit: int | None = None
    group: str | None = None
    groups: int | None = None
    divided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The pictures of a page. `headline`: sentences that come before the answer.

    `tables`: what belongs to the curves. `files`: by how a file is called in the addresses of
    cells the number of its row in the table of inputs.
    """

    headline: tuple[str, ...] = ()
    leaders: tuple[Leaders, ...] = ()
    curves: tuple[Curves, ...] = ()
    scatter: Scatter | None = None
    tables: tuple[Table, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say, in one language. The parts that cost time are made when asked for.

    `screen`: the tables a person reads, in order. `sheets`: the same in full, for a workbook.
    `main`: the one table that a CSV file holds. `document`: the JSON document, key by key; a
    LazyFrame in it is written as a list with one object a line. `drawing`: lines for the screen,
    drawn for a width in characters. `other`: the same in the other language. `page`: a page's
    pictures, and what it says beside the tables. `caption`: what stands below a table taken out of
    the report: what was compared, of what time, from which files.
    """

    title: str
    lang: str
    sources: tuple[str, ...]
    answer: tuple[str, ...]
    closing: tuple[str, ...]
    notes: tuple[str, ...]
    screen: Callable[[], tuple[Table, ...]]
    sheets: Callable[[], tuple[Table, ...]]
    main: Callable[[], Table]
    document: Callable[[], Mapping[str, object]]
    drawing: Callable[[int], tuple[str, ...]] | None = None
    other: Callable[[], Report] | None = None
    page: Callable[[], Parts] | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How the output is to look: width in characters, colour, and what separates CSV cells.

    `command`: the command line that asked for it, where that is known.
    """

    width: int = NARROW
    colour: bool = False
    separator: str = ","
    command: str = ""


PLAIN = Look()


class Renderer(Protocol):
    """A report in, the bytes of one format out (UTF-8 where it is text)."""

    def __call__(self, report: Report, look: Look = PLAIN) -> bytes:
        """Write `report`; never opens a file, never prints."""
        ...


def look_for(
    environ: Mapping[str, str], *, terminal: bool, width: int | None, lang: str, to_file: bool
) -> Look:
    """Decide the look: colour on a terminal without NO_COLOR; `;` in Indonesian files.

    `width` is the terminal's, in characters. COLUMNS goes before it; without either it is 80.
    """
    stated = environ.get("COLUMNS", "")
    own = int(stated) if stated.isascii() and stated.isdigit() else 0
    return Look(
        width=own or (width if terminal and width else NARROW),
        colour=terminal and not environ.get("NO_COLOR"),
        separator=";" if lang == "id" and to_file else ",",
    )
