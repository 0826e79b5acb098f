"""Frames from memory and Parquet files: typed values become the text that a person would write."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from recount.errors import RecountError
from recount.model import DATE, ERROR_VALUE, FRACTION, TRUTH
from recount.readers import from_frame
from tests.readers.making import cells, numbers, read

if TYPE_CHECKING:
    from collections.abc import Callable

DATA: dict[str, list[Any]] = {
    "Kecamatan": ["Palaran", " ", None],
    "01": [1234, 5, None],
    "02": [1.0, 1.5, None],
}
TABLE = [
    ("Kecamatan", "01", "02"),
    ("Palaran", "1234", "1"),
    (None, "5", FRACTION + "1.5"),
]


def _duckdb(data: dict[str, list[Any]]) -> object:
    table = pa.table(data)
    return duckdb.connect().from_arrow(table)


@pytest.mark.parametrize(
    "make",
    [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table, _duckdb],
    ids=["polars", "lazy", "pandas", "arrow", "duckdb"],
)
def test_the_same_table_from_every_library(make: Callable[[object], object]) -> None:
    """Eager or lazy, pandas' NaN or null: the cells are the same; the names are the first row."""
    book = from_frame(make(DATA), "ours")
    assert cells(book) == TABLE
    assert numbers(book) == [1, 2, 3]
    assert (
        book.sha256
        == hashlib.sha256(book.grids[0].cells.drop("row").write_csv().encode()).hexdigest()
    )


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1e30, 0.1, float("nan")], ["1000000000000000019884624838656", FRACTION + "0.1", None]),
        ([float("inf"), -5.0, 0.0], [ERROR_VALUE + "#NUM!", "-5", "0"]),
        ([True, False, None], [TRUTH + "TRUE", TRUTH + "FALSE", None]),
        ([Decimal("1.50"), Decimal("2.00"), None], [FRACTION + "1.5", "2", None]),
        ([dt.date(2018, 6, 27), None, None], [DATE + "2018-06-27", None, None]),
        (["007", "1.234", "\0f5"], ["007", "1.234", "\u2400f5"]),
    ],
)
def test_values_are_written_as_in_a_workbook(values: list[object], texts: list[str]) -> None:
    """Whole numbers plain, all others with their mark."""
    frame = pl.DataFrame({"a": ["x", "y", "z"], "b": values}, strict=False)
    target = BytesIO()
    frame.write_parquet(target)
    for book in (from_frame(frame, "ours"), read(target.getvalue(), "a.parquet")):
        assert [row[1] for row in cells(book)[1:]] == texts


def test_mixed_values_of_pandas() -> None:
    """A column of objects keeps number and text apart."""
    frame = pd.DataFrame({0: [1, "1.234", 1.5, pd.NA]}, dtype=object)
    assert cells(from_frame(frame, "ours")) == [("0",), ("1",), ("1.234",), (FRACTION + "1.5",)]


@pytest.mark.parametrize(
    "frame", [pl.DataFrame({"a": []}), pl.DataFrame({"a": [[1]]}), {"a": [1]}, None]
)
def test_what_is_no_table_of_figures(frame: object) -> None:
    """Empty, nested, or no frame at all."""
    with pytest.raises(RecountError):
        from_frame(frame, "ours")
