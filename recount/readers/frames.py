"""A frame of pandas, Polars, PyArrow, DuckDB ... in, a `Book` with one grid of text out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw

from recount.errors import RecountError
from recount.model import Book
from recount.readers._edge import shielded
from recount.readers._values import typed_grid
from recount.texts import say

if TYPE_CHECKING:
    import polars as pl


def from_frame(frame: Any, label: str) -> Book:  # noqa: ANN401 - whatever narwhals knows
    """Take a frame from memory as if it were a file: the column names are row 1, the data follow.

    `sha256` and `size` are those of the grid written as CSV (UTF-8, comma, line feeds), so that
    they can be recomputed. Raises `RecountError` for what is no frame and for an empty one.
    """
    eager = _polars(frame, label)
    table = typed_grid(eager, label) if eager.height else None
    if table is None:
        raise RecountError(
            say("The frame is empty."), mend=say("Pass a frame with rows."), place=label
        )
    data = table.cells.drop("row").write_csv().encode()
    return Book(label, label, hashlib.sha256(data).hexdigest(), len(data), (table,))


def _polars(frame: Any, label: str) -> pl.DataFrame:  # noqa: ANN401 - whatever narwhals knows
    with shielded(
        say("This is not a frame that can be read."),
        mend=say("Pass a frame of pandas, Polars, PyArrow, DuckDB, Dask or Spark, or a path."),
        place=label,
    ):
        wrapped = nw.from_native(frame)
        if isinstance(wrapped, nw.LazyFrame):
            wrapped = wrapped.collect("polars")
        if wrapped.implementation.is_pandas_like():
            return _from_lists(wrapped)
        return cast("pl.DataFrame", wrapped.to_polars())


def _from_lists(frame: nw.DataFrame[Any]) -> pl.DataFrame:
    """Take column by column what pandas holds, which may be of mixed types in one column."""
    import polars as pl

    return pl.DataFrame([_column(frame.get_column(name)) for name in frame.columns])


def _column(column: nw.Series[Any]) -> pl.Series:
    import polars as pl

    nulls = column.is_null().to_list()
    pairs = zip(column.to_list(), nulls, strict=True)
    values = [None if null else value for value, null in pairs]
    mixed = column.dtype in {nw.Object, nw.Unknown}
    return pl.Series(str(column.name), values, dtype=pl.Object if mixed else None)
