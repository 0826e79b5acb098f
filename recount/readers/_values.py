"""A frame of any types in, the same frame as text cells with marks out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.model import MARK
from recount.readers._cells import VISIBLE_NUL, blanks_to_null, bound, grid, written
from recount.texts import say

if TYPE_CHECKING:
    import polars as pl

    from recount.model import Grid


def typed_grid(frame: pl.DataFrame, label: str) -> Grid | None:
    """Write a typed frame as a grid; its column names are the first row, as in a text file.

    Whole numbers become plain digits, NaN becomes null. Raises `RecountError` for a column that
    holds lists or bytes.
    """
    import polars as pl

    bound(frame.height, frame.width, label)
    texts = [_texts(column, label).alias(f"c{i}") for i, column in enumerate(frame.iter_columns())]
    headings = pl.DataFrame(
        [pl.Series(f"c{i}", [written(name)], pl.String) for i, name in enumerate(frame.columns)]
    )
    return grid(label, None, blanks_to_null(pl.concat([headings, pl.DataFrame(texts)])))


def _texts(column: pl.Series, label: str) -> pl.Series:
    import polars as pl

    kind = column.dtype
    if kind.is_nested() or kind == pl.Binary:
        raise RecountError(
            say("The column {name} holds lists or bytes, not numbers or text.", name=column.name),
            mend=say("Leave that column out of the table."),
            place=label,
        )
    if kind == pl.Object:
        return pl.Series([written(value) for value in column.to_list()], dtype=pl.String)
    if kind.is_integer() or kind == pl.Null:
        return column.cast(pl.String)
    if kind in (pl.String, pl.Categorical, pl.Enum):
        return column.cast(pl.String).str.replace_all(MARK, VISIBLE_NUL, literal=True)
    return _by_distinct_value(column.fill_nan(None) if kind.is_float() else column)


def _by_distinct_value(column: pl.Series) -> pl.Series:
    import polars as pl

    distinct = column.drop_nulls().unique()
    texts = pl.Series([written(value) for value in distinct.to_list()], dtype=pl.String)
    return column.replace_strict(distinct, texts, default=None, return_dtype=pl.String)
