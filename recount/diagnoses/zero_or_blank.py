"""One side has a zero, or nothing, where the other one has a figure.

The mark: `0>`, `blank>` where that is ours, `>0`, `>blank` where it is theirs; `blank` is a cell
that could not be read, too.
Source: forms.md, section 6: 9 % of the errors that a checksum proves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._seen import found
from recount.verdict import CODE

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.09
WHOLE = False


def find(seen: Seen) -> Frame:
    """Find zeros and blanks; nothing is blank by chance."""
    ours, theirs = nw.col("ours"), nw.col("theirs")
    unread = (
        (nw.col("status") == CODE["unread"]) & nw.col("own") & (ours.is_null() | theirs.is_null())
    )
    blank = seen.rows.filter(unread & ~(ours.is_null() & theirs.is_null()))
    zero = seen.written.drop("pair").filter((ours == 0) | (theirs == 0))
    # As many numbers are as near to the greater figure as 0 is.
    chance = 1 / (2 * nw.max_horizontal(ours, theirs))
    of_both = [blank.with_columns(chance=nw.lit(0.0)), zero.with_columns(chance=chance)]
    return found(nw.concat(of_both).with_columns(mark=_mark()))


def _mark() -> nw.Expr:
    ours, theirs = nw.col("ours"), nw.col("theirs")
    zero = nw.when(ours == 0).then(nw.lit("0>")).otherwise(nw.lit(">0"))
    blank = nw.when(ours.is_null()).then(nw.lit("blank>")).otherwise(nw.lit(">blank"))
    return nw.when(ours.is_null() | theirs.is_null()).then(blank).otherwise(zero)
