"""Places that stand once for several rows, carried down to each of them (forms.md, layout L4).

A merged cell says how far it reaches. Without merged cells a column whose names never repeat is
taken as written once for the rows below, and that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.model import NAMED_LEVELS
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.layouts._heading import Heading
    from recount.model import Grid

    Frame = nw.DataFrame[Any]

_FINEST = "tps"


class Carried(NamedTuple):
    """The rows with their places filled in, and what was taken for granted."""

    rows: Frame
    assumptions: list[Text]


def carry(grid: Grid, heading: Heading, rows: Frame, roles: Sequence[str]) -> Carried:
    """Fill in the places that stand once; columns from the top level down."""
    levels = [role for role in (*NAMED_LEVELS, _FINEST) if role in roles]
    blank = [role for role, count in engine.blanks(rows, levels[:-1]).items() if count]
    told: list[str] = []
    for role in blank:
        at = heading.roles[role]
        spans = [m for m in grid.merged if m[1] <= at <= m[3] and m[2] > max(m[0], heading.row)]
        if spans:
            rows = _merged(rows, role, spans)
        elif _stands_once(rows, role, levels):
            rows = _below(rows, role, levels)
            told.append(role)
    return Carried(rows, [_assumed(role) for role in told])


def _merged(rows: Frame, role: str, spans: Sequence[tuple[int, int, int, int]]) -> Frame:
    """Every row inside a merged range gets the text of its first row."""
    numbers = rows["row"].to_list()
    texts = rows[role].to_list()
    first = dict(zip(numbers, texts, strict=True))
    over = {row: first.get(top) for top, _, end, _ in spans for row in range(top, end + 1)}
    filled = [text or over.get(row) for row, text in zip(numbers, texts, strict=True)]
    values = engine.table({role: filled}, {role: nw.String()})[role]
    return rows.with_columns(values.alias(role))


def _stands_once(rows: Frame, role: str, levels: Sequence[str]) -> bool:
    """Whether a column is written once for the rows below.

    It begins with a name and never repeats one, some rows below are blank, and those name something
    finer.
    """
    finest = levels[-1]
    texts = rows.filter(~nw.col(finest).is_null())[role]
    if not len(texts) or texts.item(0) is None:
        return False
    repeated = (texts == texts.shift(1)).fill_null(value=False).any()
    return bool(texts.is_null().any()) and not repeated


def _below(rows: Frame, role: str, levels: Sequence[str]) -> Frame:
    """Fill downwards, only in rows that name something finer, and not past a new region above."""
    finest = levels[-1]
    above = levels[: levels.index(role)]
    filled = nw.col(role).fill_null(strategy="forward")
    if above:
        run = rows.select(
            (nw.col(above[-1]) != nw.col(above[-1]).shift(1)).fill_null(value=True).alias("run")
        )["run"]
        rows = rows.with_columns(run.cast(nw.Int32).cum_sum().alias("run of rows"))
        filled = filled.over("run of rows", order_by="row")
    finer = ~nw.col(finest).is_null()
    done = rows.with_columns(nw.when(finer).then(filled).otherwise(nw.col(role)).alias(role))
    return done.drop("run of rows", strict=False)


def _assumed(role: str) -> Text:
    return say(
        "Blank cells of the column {level} were taken to mean the name above them.", level=role
    )
