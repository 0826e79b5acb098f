"""A report in, its main table as CSV out: UTF-8 with BOM, stable English headings, plain integers.

Cells that a spreadsheet would take for a formula get an apostrophe in front, and what would move
a cursor or turn a line around is written out.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from recount.report.shape import PLAIN
from recount.texts import harmless

if TYPE_CHECKING:
    import polars as pl

    from recount.report.shape import Look, Report

_FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""How a formula begins, also in the full-width characters some spreadsheets read alike."""

_UNSHOWN = r"[\p{C}\p{Zl}\p{Zp}]"


def render(report: Report, look: Look = PLAIN) -> bytes:
    """Write the rows of the main table, separated as `look` says; null is an empty cell."""
    import polars as pl

    table = report.main()
    frame = table.rows.select(column.key for column in table.columns).collect()
    texts = [_safe(series) for series in frame if series.dtype == pl.String]
    buffer = BytesIO()
    frame.with_columns(texts).write_csv(buffer, include_bom=True, separator=look.separator)
    return buffer.getvalue()


def _safe(cells: pl.Series) -> pl.Series:
    import polars as pl

    held = pl.col(cells.name)
    marked = (
        pl.when(held.str.contains(_FORMULA))
        .then(pl.lit("'") + held)
        .otherwise(held)
        .alias(cells.name)
    )
    safe = cells.to_frame().select(marked.alias(cells.name)).to_series()
    if not safe.str.contains(_UNSHOWN).any():
        return safe
    return safe.map_elements(harmless, return_dtype=pl.String)
