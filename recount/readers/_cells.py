"""Values and columns of any reader in, a `Grid` out: blanks as null, nothing empty at the end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.errors import RecountError
from recount.model import DATE, ERROR_VALUE, FRACTION, MARK, TRUTH, Grid
from recount.readers._edge import MAX_CELLS, MAX_IN_SHEET
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from recount.model import Finding

HEAD = 60
"""So many first rows are handed on as tuples, for recognising the layout."""

MOST_TEXTS = 100_000
"""So many distinct values are remembered at once."""

VISIBLE_NUL = "\u2400"
"""Stands for a NUL inside a text, which would otherwise pass for a mark."""


class Tables(NamedTuple):
    """What a reader makes of a file. `empty`: names of sheets in which no cell holds anything.

    `own`: names of sheets that this program wrote as a summary of others.
    """

    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()
    empty: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def grid(
    label: str, sheet: str | None, frame: pl.DataFrame, rows: pl.Series | None = None
) -> Grid | None:
    """Make a grid of a frame of text columns without blanks; None when no cell holds anything.

    `rows`: number of each row (default: 1, 2, 3 ...).
    """
    import polars as pl

    height, width = _filled(frame)
    if not height:
        return None
    if rows is None:
        rows = pl.int_range(1, frame.height + 1, dtype=pl.Int32, eager=True)
    kept = frame[:, :width].head(height)
    kept.columns = [f"c{index}" for index in range(width)]
    cells = kept.with_columns(rows.head(height).alias("row"))
    head = tuple(kept.head(HEAD).rows())
    return Grid(label, sheet, nw.from_native(cells, eager_only=True), head)


def small_grid(label: str, sheet: str | None, rows: Sequence[list[str | None]]) -> Grid | None:
    """Make a grid of rows of text; None when no cell holds anything.

    The same as `grid`, at once: a workbook of one form has a thousand cells, and what a frame
    costs in each step would be most of its time.
    """
    import polars as pl

    widths = [_last(row) for row in rows]
    height, width = _last(widths), max(widths, default=0)
    if not height:
        return None
    kept = [row[:width] + [None] * (width - len(row)) for row in rows[:height]]
    names = [f"c{index}" for index in range(width)]
    frame = pl.DataFrame(kept, schema=dict.fromkeys(names, pl.String), orient="row")
    frame.insert_column(width, pl.Series("row", range(1, height + 1), dtype=pl.Int32))
    head = tuple(tuple(row) for row in kept[:HEAD])
    return Grid(label, sheet, nw.from_native(frame, eager_only=True), head)


def _last(cells: Sequence[str | int | None]) -> int:
    """How many cells there are up to the last one that holds something."""
    for at in range(len(cells), 0, -1):
        if cells[at - 1]:
            return at
    return 0


class Texts(dict[object, "str | None"]):
    """The text of each distinct value of a sheet, made once: `texts[5.0]` is "5".

    Not for TRUE and FALSE, which equal 1 and 0.
    """

    def __missing__(self, value: object) -> str | None:
        """Write a value that was not met before; blanks are null."""
        text: str | None
        if type(value) is float and value.is_integer():  # most cells of a form
            text = str(int(value))
        elif isinstance(value, str) and (not value or value.isspace()):
            text = None
        else:
            text = written(value)
        self[value] = text
        return text

    def row(self, values: Sequence[object]) -> list[str | None]:
        """Write a row of values."""
        if len(self) > MOST_TEXTS:
            self.clear()
        if bool in map(type, values):
            return [written(one) if isinstance(one, bool) else self[one] for one in values]
        return list(map(self.__getitem__, values))


def columns(rows: Sequence[Sequence[str | None]], place: str) -> pl.DataFrame:
    """Turn rows of any length into text columns; what a short row lacks is null.

    Raises `RecountError` when that would make more than `MAX_CELLS` cells.
    """
    import polars as pl

    width = max(map(len, rows), default=0)
    bound(len(rows), width, place)
    turned = zip_longest(*rows)
    return pl.DataFrame(
        [pl.Series(f"c{index}", column, dtype=pl.String) for index, column in enumerate(turned)]
    )


def blanks_to_null(frame: pl.DataFrame, *, wide: bool = True) -> pl.DataFrame:
    """Make every cell null that is empty or holds blanks only; other texts are not stripped.

    `wide`: whether blanks beyond ASCII may occur; looking for them takes time.
    """
    import polars as pl

    suspects = frame.columns
    if not wide:
        # "!" is the first sign after the blanks, so only such columns can hold a blank cell.
        below = frame.select((pl.all() < "!").any()).row(0) if frame.width else ()
        suspects = [name for name, some in zip(frame.columns, below, strict=True) if some]
    return frame.with_columns(
        pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)).alias(name)
        for name in suspects
    )


def bound_sheet(height: int, width: int, place: str) -> None:
    """Refuse a sheet of a workbook that spans more than can be held."""
    bound(height, width, place, MAX_IN_SHEET)


def bound(height: int, width: int, place: str, most: int = MAX_CELLS) -> None:
    """Refuse a table that is too large to hold."""
    if height * width > most:
        raise RecountError(
            say(
                "The table is too large: {rows} rows and {columns} columns.",
                rows=height,
                columns=width,
            ),
            mend=say("Delete what lies far outside the table, or split the file."),
            place=place,
        )


def written(value: object) -> str | None:
    """Write one value of a spreadsheet or a frame as a cell's text, with its mark.

    1234.0 gives `1234`, 1e30 all its digits, 1.5 `FRACTION + 1.5`; text stays as it is.
    """
    if isinstance(value, str):
        return value.replace(MARK, VISIBLE_NUL) if MARK in value else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float | Decimal):
        return TRUTH + str(value).upper() if isinstance(value, bool) else _number(value)
    if isinstance(value, date | datetime | time):
        return DATE + value.isoformat()
    if isinstance(value, timedelta):
        return DATE + _duration(value)
    return None if value is None else written(str(value))


def _number(value: float | Decimal) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return ERROR_VALUE + "#NUM!"
    if exact == exact.to_integral_value():
        return str(int(exact))
    return FRACTION + format(exact.normalize(), "f")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _filled(frame: pl.DataFrame) -> tuple[int, int]:
    """Height and width without what is empty at the end."""
    import polars as pl

    nulls = frame.null_count().row(0) if frame.width else ()
    width = max((i + 1 for i, count in enumerate(nulls) if count < frame.height), default=0)
    if not width:
        return 0, 0
    if any(value is not None for value in frame.row(-1)):
        return frame.height, width
    some = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    last = some.arg_true().last()
    return (last + 1 if isinstance(last, int) else 0), width
