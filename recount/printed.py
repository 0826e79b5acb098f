"""The totals that forms print themselves: readings in, rows of the regions they are of out.

They are no forms and are never added; the chain of a figure goes through them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recount.intake import combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.intake import Raw
    from recount.model import Reading, Sheet


def printed_totals(readings: Sequence[tuple[Reading, tuple[Sheet, ...]]]) -> Raw | None:
    """Put the printed totals of our forms under one another; None where none prints any."""
    printed = [
        (replace(reading, rows=reading.totals), sheets)
        for reading, sheets in readings
        if reading.totals is not None
    ]
    return combine("ours", printed) if printed else None
