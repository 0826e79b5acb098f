"""Possible causes of differences: figures and neighbours in, what may lie behind them out.

`DIAGNOSES` is the register, one file each. A cause is offered, never applied, and accuses nobody:
it is arithmetic, and says how often it would fit by chance. Several may stand; none is an answer.

A member has `RATE`, how often the cause was met, where all errors that a checksum proves are 1;
`WHOLE`, whether it explains several boxes of a unit at once; and `find`, which takes what is seen
(`_seen.Seen`) and gives a frame of `_seen.FOUND`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import narwhals as nw

from recount.diagnoses import (
    all_raised,
    candidates_exchanged,
    column_shift,
    digit,
    digit_added,
    digit_dropped,
    leading_digit,
    moved_votes,
    total_as_candidate,
    transposed,
    valid_invalid_exchanged,
    zero_or_blank,
)
from recount.diagnoses._seen import FOUND, Asked, Seen, see
from recount.diagnoses._weighed import weighed
from recount.engine import gather

if TYPE_CHECKING:
    from recount.engine import Frame, Lazy

__all__ = ["CAUSES", "DIAGNOSES", "Asked", "Diagnosis", "Seen", "explain", "with_causes"]


class Diagnosis(Protocol):
    """A member of the family: a module that knows one cause."""

    @property
    def RATE(self) -> float:  # noqa: N802 - a constant of the module
        """How often it was met, by errors that a checksum proves."""

    @property
    def WHOLE(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether it explains several boxes of a unit at once."""

    def find(self, seen: Seen) -> Frame:
        """Say in which rows it fits, what it saw there, and how often it would by chance."""


DIAGNOSES: dict[str, Diagnosis] = {
    "candidates_exchanged": candidates_exchanged,
    "valid_invalid_exchanged": valid_invalid_exchanged,
    "column_shift": column_shift,
    "total_as_candidate": total_as_candidate,
    "moved_votes": moved_votes,
    "all_raised": all_raised,
    "digit": digit,
    "transposed": transposed,
    "leading_digit": leading_digit,
    "digit_added": digit_added,
    "digit_dropped": digit_dropped,
    "zero_or_blank": zero_or_blank,
}
"""Every cause by its id. Of two that fit equally well the first one is named first."""

CAUSES: dict[str, nw.dtypes.DType] = {
    "causes": nw.List(nw.String()),
    "cause_marks": nw.List(nw.String()),
    "cause_chances": nw.List(nw.Float64()),
}
_KEYS = ("level", "unit", "item")


def explain(asked: Asked) -> Frame:
    """Look for causes of everything that is not equal.

    Out: `level`, `unit`, `item` and CAUSES, likeliest first, of the figures that have any.
    """
    seen = see(asked)
    found = nw.concat([_with_cause(seen, id_, order) for order, id_ in enumerate(DIAGNOSES)])
    stand = weighed(found.with_columns(sound=gather(seen.rows["sound"], found["row"])))
    known = seen.rows.select("row", *_KEYS)
    return known.join(stand, on="row", how="inner").select(*_KEYS, *CAUSES)


def _with_cause(seen: Seen, id_: str, order: int) -> Frame:
    member = DIAGNOSES[id_]
    return member.find(seen).select(
        *(nw.col(name).cast(kind) for name, kind in FOUND.items()),
        nw.lit(id_).alias("cause"),
        nw.lit(member.RATE).alias("rate"),
        nw.lit(member.WHOLE).alias("whole"),
        nw.lit(order).alias("order"),
    )


def with_causes(rows: Lazy, causes: Frame | None) -> Lazy:
    """Put causes beside comparisons, by `level`, `unit`, `item`; an empty list is "unexplained"."""
    none = [nw.lit([], kind).alias(name) for name, kind in CAUSES.items()]
    if causes is None:
        return rows.with_columns(none)
    joined = rows.join(causes.lazy(), on=list(_KEYS), how="left")
    return joined.with_columns(
        nw.coalesce(name, empty) for name, empty in zip(CAUSES, none, strict=True)
    )
