"""Several rows for one thing in, one row with lists out.

The engine's second file: narwhals has no word for it, and lists made in Python take minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame


def nested(frame: Frame, by: str, columns: Sequence[str]) -> Frame:
    """Gather `columns` into lists, one row per value of `by`; both in the order they come in."""
    gathered = frame.to_native().select(by, *columns).group_by(by, maintain_order=True).all()
    return nw.from_native(gathered, eager_only=True)


def with_lists(rows: Frame, parts: Frame, at: str, name: str) -> Frame:
    """Add the parts of each row as a list of structs.

    `parts`: the number of the row in `at` (every row has one at least, in order), and the fields.
    """
    import polars as pl

    fields = pl.struct(pl.exclude(at)).alias(name)
    lists = parts.to_native().group_by(at, maintain_order=True).agg(fields).drop(at)
    return nw.from_native(pl.concat([rows.to_native(), lists], how="horizontal"), eager_only=True)
