"""What one candidate has less another one has more, and the total is the same on both sides.

The mark is the other one's box: `candidate:2`. Two candidates only. Source: 75 of the 36,163 TPS of
2019 that differ, beside the 29 in which the two were exchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._seen import CANDIDATE, found
from recount.verdict import CODE

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.013
WHOLE = True


def find(seen: Seen) -> Frame:
    """Find the units in which two candidates' differences cancel; by chance the second one does."""
    rows = seen.written.filter(nw.col("item").str.starts_with(CANDIDATE))
    if "valid" in seen.items:
        same = seen.units.filter(nw.col("valid|s") == CODE["equal"]).select("at")
        rows = rows.join(same, on="at", how="inner")
    rows = rows.filter(nw.len().over("at") == 2)  # noqa: PLR2004 - from one to the other
    moved = rows.with_columns(moved=nw.col("ours") - nw.col("theirs"))
    others = moved.select(
        "at",
        nw.col("item").alias("mark"),
        nw.col("near").alias("other_near"),
        (-nw.col("moved")).alias("moved"),
    )
    pairs = moved.join(others, on=["at", "moved"], how="inner")
    return found(pairs.with_columns(chance=1 / nw.min_horizontal("near", "other_near")))
