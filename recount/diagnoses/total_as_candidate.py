"""A total stands in the box of a candidate: 63 -> 211, where 211 are the valid votes.

The mark is `>valid`, `>cast` or `>sum` (of the candidates) where it is theirs that is our total,
`valid>` and so on where ours is their total. Source: forms.md, section 6 (published).
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._seen import CANDIDATE, found, nothing

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.01
WHOLE = False

TOTALS = ("valid", "cast", "sum")


def find(seen: Seen) -> Frame:
    """Hold every candidate's figure against the totals of the other side; by chance one fits."""
    rows = seen.written.filter(nw.col("item").str.starts_with(CANDIDATE))
    totals = seen.units.select("at", *_totals(seen, "o"), *_totals(seen, "t"))
    beside = rows.join(totals, on="at", how="left")
    known = [total for total in TOTALS if f"{total}|o" in totals.columns]
    parts = [
        beside.filter(
            _is_total(other, total, side) & ~(nw.col(own) == nw.col(f"{total}|{side}"))
        ).with_columns(mark=nw.lit(mark), chance=_by_chance(len(known)))
        for total in known
        for side, own, other, mark in (
            ("o", "ours", "theirs", f">{total}"),
            ("t", "theirs", "ours", f"{total}>"),
        )
    ]
    return found(nw.concat(parts)) if parts else nothing(seen)


def _is_total(figure: str, total: str, side: str) -> nw.Expr:
    whole = nw.col(f"{total}|{side}")
    return ((nw.col(figure) == whole) & (whole > 0)).fill_null(value=False)


def _by_chance(totals: int) -> nw.Expr:
    return (totals / nw.col("near")).clip(0.0, 1.0)


def _totals(seen: Seen, side: str) -> list[nw.Expr]:
    boxes = [nw.col(f"{item}|{side}") for item in TOTALS if item in seen.items]
    candidates = [nw.col(f"{item}|{side}") for item in seen.candidates]
    if len(candidates) < 2:  # noqa: PLR2004 - of one alone the sum is no total
        return boxes
    return [*boxes, reduce(nw.Expr.__add__, candidates).alias(f"sum|{side}")]
