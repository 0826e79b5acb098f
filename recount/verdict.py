"""Figures of both sides in, the status of their comparison out, as expressions over columns.

A comparison frame has `node`, `station`, `o` and `t` (1 where the side has a form, else null), and
per item `<item>|o`, `<item>|t` (figures, null: not known) and, where copies contradict each other,
`<item>|c`. Out comes `<item>|s`, the number of a status.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.model import INCOMPLETE, STATUSES, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE = {status: number for number, status in enumerate(STATUSES)}
APART = len(STATUSES)
"""Partial, but the two sides have figures of different units only: nothing is compared."""
CODE["apart"] = APART
SHOWN = (*STATUSES, "partial")
"""By the number of a status, what is shown for it."""
NEVER = nw.lit(value=False)
WHOLE = (nw.lit(value=True), NEVER)
"""Of a single unit: it is complete, and never split."""


def judge(  # noqa: PLR0913 - what there is to know of an item
    item: str,
    tolerance: int,
    *,
    has: tuple[bool, bool],
    whole: tuple[nw.Expr, nw.Expr] = WHOLE,
    conflict: bool = False,
    marks: Sequence[str] = (),
) -> nw.Expr:
    """Say how an item compares in each row.

    `has`: whether each side knows this box at all. `whole`: whether both figures hold all the
    units that are known, and whether both sides have figures, but of different units. `marks`:
    what theirs say of themselves, in `<mark>|t`: how many units are withheld, how many incomplete.
    """
    complete, split = whole
    ours, theirs = nw.col(f"{item}|o"), nw.col(f"{item}|t")
    there_o = ~nw.col("o").is_null() if has[0] else NEVER
    there_t = ~nw.col("t").is_null() if has[1] else NEVER
    both = ~ours.is_null() & ~theirs.is_null()
    if INCOMPLETE in marks:
        complete = complete & ~_any(INCOMPLETE)
    rules = [
        (both & ((ours - theirs).abs() <= tolerance), "equal"),
        (both & complete, "differs"),
        (both, "partial"),
        (split, "apart"),
        (there_o & there_t, "unread"),
        (there_o, "ours_only"),
    ]
    if WITHHELD in marks and has[1]:
        rules.insert(0, (theirs.is_null() & _any(WITHHELD), "withheld"))
    if conflict:
        rules.insert(0, (~nw.col(f"{item}|c").is_null(), "conflict"))
    return _first_of(rules, "theirs_only").alias(f"{item}|s")


def _any(mark: str) -> nw.Expr:
    """Whether any unit of theirs has a mark."""
    return nw.col(f"{mark}|t").fill_null(0) > 0


def _first_of(rules: list[tuple[nw.Expr, str]], otherwise: str) -> nw.Expr:
    answer: nw.Expr = nw.lit(CODE[otherwise], nw.Int8)
    for condition, status in reversed(rules):
        answer = nw.when(condition).then(nw.lit(CODE[status], nw.Int8)).otherwise(answer)
    return answer


def not_equal(items: Sequence[str]) -> nw.Expr:
    """Whether a row has anything to show."""
    return reduce(nw.Expr.__or__, (nw.col(f"{item}|s") != CODE["equal"] for item in items))


def any_known(items: Sequence[str], side: str) -> nw.Expr:
    """Whether a side has at least one figure in a row."""
    return reduce(nw.Expr.__or__, (~nw.col(f"{item}|{side}").is_null() for item in items))
