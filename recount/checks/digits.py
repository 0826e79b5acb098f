"""R12: a number on the form of a TPS has at most three digits, as many as it has boxes for.

Source: forms.md, section 4. Where no form is known the number may come from a TPS abroad, which has
forms of its own, so it is an error on a known form only. Negative numbers and fractions are found
where numbers are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.boxes import box_text
from recount.model import LEVELS, Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.checks._side import CheckedSide
    from recount.engine import Frame

LARGEST = 999
_TPS = LEVELS.index("tps")


def check(side: CheckedSide) -> list[Finding]:
    """Find the numbers of a TPS that have more digits than the form has boxes."""
    stations = side.forms.filter(nw.col("level") == _TPS)
    if not len(stations):
        return []
    most = stations.select(nw.col(*side.boxes).max()) if side.boxes else stations
    large = [box for box in side.boxes if (most[box][0] or 0) > LARGEST]
    return [
        finding
        for box in large
        for finding in _too_long(side, box, stations.filter(nw.col(box) > LARGEST))
    ]


def _too_long(side: CheckedSide, box: str, forms: Frame) -> Iterator[Finding]:
    columns = ("unit", "sheet", side.line(box), box)
    for unit, sheet, row, written in forms.sort("sheet", "row").select(*columns).iter_rows():
        known = side.sheets[sheet].form or side.election.form
        yield Finding(
            "R12",
            "error" if known else "warning",
            say(
                "{box}: {written}; a number on the form of a TPS has at most three digits.",
                box=box_text(box),
                written=written,
            ),
            say("Compare it with the form: a digit too many, or a total in the row of a TPS?"),
            side.place(sheet, row, box),
            side.side,
            side.region(unit),
            side.contest,
        )
