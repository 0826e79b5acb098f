"""A table as a person reads it: typed rows in, columns of finished text out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.report.words import SIDE_WORDS
from recount.texts import harmless, number, say, speak

if TYPE_CHECKING:
    import polars as pl

    from recount.report.shape import Column, Table

Four = tuple[int | None, int | None, int | None, int | None]


class Grid(NamedTuple):
    """Finished cells, column by column; which rows differ; how much was not listed.

    `brief`: shorter cells for the columns that have them, else the cells themselves.
    `left`: rows that are not listed; `left_groups`: how many groups they make, None without groups.
    """

    columns: tuple[Column, ...]
    cells: tuple[list[str], ...]
    brief: tuple[list[str], ...]
    marked: tuple[bool, ...]
    left: int
    left_groups: int | None = None


def grid(table: Table, lang: str, *, limit: int | None = None) -> Grid:
    """Write out the first rows (`limit` None: all); columns that say nothing are left out."""
    frame = table.rows.collect()
    head = frame.head(_listed(frame, table, limit))
    again = _repeated(head, table.group)
    made = [(column, _once(written(head, column, lang), column, again)) for column in table.columns]
    kept = [(column, cells) for column, cells in made if not column.optional or any(cells)]
    rest = frame.slice(head.height)
    return Grid(
        tuple(column for column, _ in kept),
        tuple(cells for _, cells in kept),
        tuple(_brief(head, column, cells) for column, cells in kept),
        _marked(head),
        rest.height,
        rest.get_column(table.group).n_unique() if table.group else None,
    )


def written(frame: pl.DataFrame, column: Column, lang: str) -> list[str]:
    """One column's cells as text: numbers grouped, names made harmless, null as `-` or nothing."""
    values = frame.get_column(column.source).to_list()
    if column.kind == "number":
        return [number(value, lang) for value in values]
    if column.kind == "signed":
        return [signed(value, lang) for value in values]
    if column.kind == "share":
        wholes = frame.get_column(column.of[0]).to_list()
        return [share(n, m, lang) for n, m in zip(values, wholes, strict=True)]
    if column.kind == "shares":
        return [shares(four, lang) for four in frame.select(column.key, *column.of).iter_rows()]
    return ["" if value is None else harmless(value) for value in values]


def signed(value: int | None, lang: str) -> str:
    """Write a difference: always with its sign, 0 without one."""
    return f"+{number(value, lang)}" if value is not None and value > 0 else number(value, lang)


def share(n: int | None, m: int | None, lang: str) -> str:
    """Write `14 of 17`; nothing where it is complete or not known."""
    if n is None or m is None or n == m:
        return ""
    return speak(say("{n} of {m}", n=n, m=m), lang)


def shares(four: Four, lang: str) -> str:
    """Write `14/17` where both sides were read alike, else each side that is not complete."""
    ours, theirs = _fraction(four[0], four[1], lang), _fraction(four[2], four[3], lang)
    if ours == theirs:
        return ours
    sides = (("ours", ours), ("theirs", theirs))
    return ", ".join(f"{speak(SIDE_WORDS[side], lang)} {text}" for side, text in sides if text)


def more(held: Grid, lang: str) -> str:
    """Say how much was not listed, and how to get all of it."""
    if held.left_groups is None:
        return speak(say("{n} more rows; all of them with: -o result.csv", n=held.left), lang)
    text = say("{n} more regions; all of them with: -o result.csv", n=held.left_groups)
    return speak(text, lang)


def _fraction(n: int | None, m: int | None, lang: str) -> str:
    return "" if n is None or m is None or n == m else f"{number(n, lang)}/{number(m, lang)}"


def _listed(frame: pl.DataFrame, table: Table, limit: int | None) -> int:
    """How many rows to list: whole groups where the table has any."""
    if limit is None or table.group is None:
        return frame.height if limit is None else limit
    starts = [at for at, same in enumerate(_repeated(frame, table.group)) if not same]
    ends = [*starts[1:], frame.height]
    fitting = [end for end in ends[: table.groups] if end <= limit]
    return fitting[-1] if fitting else ends[0]


def _repeated(frame: pl.DataFrame, group: str | None) -> list[bool]:
    """Whether a row is of the same group as the one before it."""
    if group is None:
        return [False] * frame.height
    keys = frame.get_column(group).to_list()
    return [at > 0 and keys[at - 1] == key for at, key in enumerate(keys)]


def _once(cells: list[str], column: Column, again: list[bool]) -> list[str]:
    if not column.once:
        return cells
    return ["" if same else cell for cell, same in zip(cells, again, strict=True)]


def _brief(frame: pl.DataFrame, column: Column, cells: list[str]) -> list[str]:
    if column.brief is None:
        return cells
    return ["" if text is None else harmless(text) for text in frame.get_column(column.brief)]


def _marked(frame: pl.DataFrame) -> tuple[bool, ...]:
    if "status" not in frame.columns:
        return (False,) * frame.height
    return tuple(status == "differs" for status in frame.get_column("status").to_list())
