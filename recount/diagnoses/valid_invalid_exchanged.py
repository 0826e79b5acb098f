"""Valid and invalid votes stand in each other's boxes. The mark is the other box: `invalid`.

They changed places on the form from one election to the next. Source: forms.md, sections 1 and 6:
in 838 of 793,185 TPS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._partners import by_chance, exchanged
from recount.diagnoses._seen import found

if TYPE_CHECKING:
    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.07
WHOLE = True


def find(seen: Seen) -> Frame:
    """Find the units; by chance both figures fit."""
    pairs = exchanged(seen.written.filter(nw.col("item").is_in(["valid", "invalid"])))
    return found(pairs.with_columns(mark=nw.col("other"), chance=by_chance()))
