"""A Parquet file in, one grid of text out; its column names are the first row."""

from __future__ import annotations

from io import BytesIO

from recount.readers._cells import Tables, bound
from recount.readers._edge import shielded
from recount.readers._values import typed_grid
from recount.texts import say

ENDINGS = (".parquet",)

_START = b"PAR1"


def claims(data: bytes) -> bool:
    """Say whether the content begins as Parquet does."""
    return data.startswith(_START)


def grids(data: bytes, label: str) -> Tables:
    """Read the table. Raises `RecountError` for a damaged file and for one that is too large."""
    import polars as pl

    with shielded(
        say("The Parquet file is damaged or incomplete."),
        mend=say("Copy or download it again."),
        place=label,
    ):
        lazy = pl.scan_parquet(BytesIO(data))
        # A few bytes can claim any number of rows: ask before they are unfolded.
        height = lazy.select(pl.len()).collect().item()
        bound(height, len(lazy.collect_schema()), label)
        frame = lazy.collect()
    table = typed_grid(frame, label)
    return Tables(() if table is None else (table,))
