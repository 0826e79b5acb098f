"""Two candidates have each other's votes. The mark is the other one's box: `candidate:2`.

Source: forms.md, section 6: in 29 of 793,185 TPS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._partners import by_chance, exchanged
from recount.diagnoses._seen import CANDIDATE, found

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.0025
WHOLE = True


def find(seen: Seen) -> Frame:
    """Find the pairs; by chance both figures fit, with any of the other candidates."""
    candidates = seen.written.filter(nw.col("item").str.starts_with(CANDIDATE))
    pairs = exchanged(candidates)
    chance = by_chance(max(1, len(seen.candidates) - 1))
    return found(pairs.with_columns(mark=nw.col("other"), chance=chance))
