"""A column of times in, the same as a person writes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.tellings import when
from recount.texts import speak

if TYPE_CHECKING:
    import polars as pl


def said(frame: pl.DataFrame, key: str, lang: str) -> pl.Series:
    """The times of a column as a person writes them."""
    import polars as pl

    times = frame.get_column(key).to_list()
    told = [None if one is None else speak(when(one), lang) for one in times]
    return pl.Series(f"{key}_words", told, pl.String)
