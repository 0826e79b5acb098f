"""What a region is called in a list, and how much of it is there where that is not all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    Parts = Mapping[str, tuple[int, int]]
    """As in Result."""


def named(partly: Parts | None, lang: str) -> pl.Expr:
    """Name or code of a region; behind a provinsi's stands how much of it is there."""
    import polars as pl

    name = pl.coalesce("name", "region")
    if not partly:
        return name
    said = {code: _part(*part, lang) for code, part in partly.items()}
    part = pl.when(level="provinsi").then(
        pl.col("region").replace_strict(said, default=None, return_dtype=pl.String)
    )
    return pl.when(part.is_null()).then(name).otherwise(pl.concat_str(name, pl.lit(" "), part))


def _part(held: int, every: int, lang: str) -> str:
    return speak(say("({n} of {m} kabupaten/kota)", n=held, m=every), lang)
