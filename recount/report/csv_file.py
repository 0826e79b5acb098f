"""A report in, its main table as CSV out: UTF-8 with BOM, stable English headings, plain integers.

A text that a spreadsheet would take for a formula gets an apostrophe in front, also where it comes
to stand at the start of a cell only when another sign is taken for the separator. Numbers stay
numbers: -5 is -5. What would move a cursor or turn a line around is written out.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from recount.report.shape import PLAIN
from recount.texts import harmless

if TYPE_CHECKING:
    import polars as pl

    from recount.report.shape import Look, Report

_FORMULA = r'(^|[;,\t|]"*)([=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])'
"""How a formula begins, also in the full-width characters some spreadsheets read alike; at the
start of a text, or behind what a spreadsheet set to another country takes for a separator."""

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

    safe = cells
    if cells.str.contains(_FORMULA).any():
        marked = pl.col(cells.name).str.replace_all(_FORMULA, "${1}'${2}")
        safe = cells.to_frame().select(marked).to_series()
    if not safe.str.contains(_UNSHOWN).any():
        return safe
    return safe.map_elements(harmless, return_dtype=pl.String)
