"""Forms in, the address of one box's cell of each out, as `Sheet.place` writes it."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.model import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.model import Sheet


def addresses(
    forms: nw.DataFrame[Any], line: nw.Expr, box: str, sheets: Sequence[Sheet]
) -> nw.Expr:
    """Write the address of a box's cell in every row of `forms` (columns `sheet`, `row`).

    `line`: where a form stands, a row's number, or a column's where the units are columns.
    """
    before, after = zip(*(sheet.around(box) for sheet in sheets), strict=True)
    parts = [_of_sheet(before), _lines(forms, line, sheets)]
    return nw.concat_str(*parts, *([_of_sheet(after)] if any(after) else []))


def _of_sheet(texts: Sequence[str]) -> nw.Expr:
    return nw.col("sheet").replace_strict(list(range(len(texts))), texts, return_dtype=nw.String)


def _lines(forms: nw.DataFrame[Any], line: nw.Expr, sheets: Sequence[Sheet]) -> nw.Expr:
    """The line of each form as an address names it: a row's number, or a column's letters."""
    across = [number for number, sheet in enumerate(sheets) if sheet.across]
    if not across:
        return line.cast(nw.String)
    columns = forms.filter(nw.col("sheet").is_in(across))["row"].unique().to_list()
    letters = reduce(
        lambda rest, n: nw.when(line == n).then(nw.lit(column_letters(n - 1))).otherwise(rest),
        columns,
        line.cast(nw.String),
    )
    return nw.when(nw.col("sheet").is_in(across)).then(letters).otherwise(line.cast(nw.String))
