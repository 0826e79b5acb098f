"""Forms of one side in, the same contest by contest out; rows that name none are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.headings import slug
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.figures import Context

    Frame = nw.DataFrame[Any]


class Naming(NamedTuple):
    """Which contest rows belong to: the id where they name none, and ids by written name."""

    default: str
    ids: Mapping[str, str]


def split(
    rows: Frame, columns: list[str], naming: Naming, context: Context
) -> tuple[dict[str, Frame], list[Finding]]:
    """Take the rows apart by the contest that they name.

    Where a sheet names none, all of its rows are of the one contest there is; a blank among named
    ones is of nobody knows which, and is told and left out.
    """
    if "contest" not in rows.columns:
        return {naming.default: rows.select(*columns)}, []
    rows, findings = _without_nameless(rows, context)
    written: dict[str, list[str | None]] = {}
    for text in rows["contest"].unique().to_list():
        id_ = naming.ids.get(slug(text), slug(text)) if text else naming.default
        written.setdefault(id_, []).append(text)
    found = {}
    for id_, texts in sorted(written.items()):
        here = nw.col("contest").is_in([text for text in texts if text is not None])
        blank = nw.col("contest").is_null() if None in texts else nw.lit(value=False)
        found[id_] = rows.filter(here | blank).select(*columns)
    return found, findings


def _without_nameless(rows: Frame, context: Context) -> tuple[Frame, list[Finding]]:
    named = rows.filter(~nw.col("contest").is_null())["sheet"].unique().to_list()
    nameless = nw.col("contest").is_null() & nw.col("sheet").is_in(named)
    found = rows.filter(nameless).sort("sheet", "row").select("sheet", "row")
    findings = [
        Finding(
            "no-contest",
            "error",
            say("The row names no contest, and others of its sheet do."),
            say("Write the contest into the row; until then it is left out."),
            context.sheets[sheet].place(row, None),
            context.side,
        )
        for sheet, row in found.iter_rows()
    ]
    return (rows.filter(~nameless) if findings else rows), findings
