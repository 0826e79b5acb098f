"""A table as a person reads it: typed rows in, columns of finished text out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.texts import harmless, number, say, speak

if TYPE_CHECKING:
    import polars as pl

    from recount.report.shape import Column, Table


class Grid(NamedTuple):
    """Finished cells, column by column; which rows differ; how many rows were not listed."""

    columns: tuple[Column, ...]
    cells: tuple[list[str], ...]
    marked: tuple[bool, ...]
    left: int


def grid(table: Table, lang: str, *, wide: bool = True, limit: int | None = None) -> Grid:
    """Write out the first `limit` rows (null: all); columns that say nothing are left out."""
    frame = table.rows.collect()
    head = frame if limit is None else frame.head(limit)
    made = [
        (column, written(head, column, lang)) for column in table.columns if wide or not column.wide
    ]
    kept = [(column, cells) for column, cells in made if not column.optional or any(cells)]
    return Grid(
        tuple(column for column, _ in kept),
        tuple(cells for _, cells in kept),
        _marked(head),
        frame.height - head.height,
    )


def written(frame: pl.DataFrame, column: Column, lang: str) -> list[str]:
    """One column's cells as text: numbers grouped, names made harmless, null as `-` or nothing."""
    values = frame.get_column(column.source).to_list()
    if column.kind == "number":
        return [number(value, lang) for value in values]
    if column.kind == "signed":
        return [signed(value, lang) for value in values]
    if column.kind == "share":
        wholes = frame.get_column(column.of or column.key).to_list()
        return [share(n, m, lang) for n, m in zip(values, wholes, strict=True)]
    return ["" if value is None else harmless(value) for value in values]


def signed(value: int | None, lang: str) -> str:
    """Write a difference: always with its sign, 0 without one."""
    return f"+{number(value, lang)}" if value is not None and value > 0 else number(value, lang)


def share(n: int | None, m: int | None, lang: str) -> str:
    """Write `14 of 17`; nothing where it is complete or not known."""
    if n is None or m is None or n == m:
        return ""
    return speak(say("{n} of {m}", n=n, m=m), lang)


def more(left: int, lang: str) -> str:
    """Say how many rows were not listed, and how to get them all."""
    return speak(say("{n} more rows; all of them with: -o result.csv", n=left), lang)


def _marked(frame: pl.DataFrame) -> tuple[bool, ...]:
    if "status" not in frame.columns:
        return (False,) * frame.height
    return tuple(status == "differs" for status in frame.get_column("status").to_list())
