"""What an online system showed before the figures that are compared; laid beside them, by region.

Of captures the latest is compared (online.py, moments.py); the others are earlier ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.intake import combine
from recount.model import Online

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.engine import Frame
    from recount.intake import Raw, Tally
    from recount.model import Reading
    from recount.online import Read

SEEN = "seen"
"""Column of the time at which a figure was shown (ISO, with zone)."""


class Earlier(NamedTuple):
    """Captures before the one that is compared; `times`: of each sheet, by its number."""

    raw: Raw
    times: tuple[str, ...]


def earlier_of(found: Sequence[Read], main: Sequence[Read]) -> Earlier | None:
    """Put those captures together that are of the layer that is compared, and say their time."""
    layers = {_online(reading).layer for reading, _ in main}
    inside = [(one, sheets) for reading, sheets in main for one in reading.earlier]
    kept = [
        (reading, sheets)
        for reading, sheets in [*found, *inside]
        if _online(reading).layer in layers and _online(reading).taken_at
    ]
    if not kept:
        return None
    times = [_online(reading).taken_at or "" for reading, its in kept for _ in its]
    return Earlier(combine("theirs", kept), tuple(times))


def _online(reading: Reading) -> Online:
    return reading.online or Online()


def shown_before(captures: Iterable[tuple[Earlier, Tally]]) -> dict[str, list[Frame]]:
    """What was shown before, contest by contest: frames of `unit`, `level`, SEEN and boxes."""
    shown: dict[str, list[Frame]] = {}
    for capture, tally in captures:
        known = {"sheet": range(len(capture.times)), SEEN: capture.times}
        times = engine.table(known, {"sheet": nw.Int32(), SEEN: nw.String()})
        for contest, forms in tally.frames.items():
            rows = forms.join(times, on="sheet", how="left")
            boxes = tally.used(contest)
            shown.setdefault(contest, []).append(rows.select("unit", "level", SEEN, *boxes))
    return shown


def earlier_figures(frames: Sequence[Frame], items: Sequence[str]) -> Frame | None:
    """Lay out what was shown before, figure by figure; None where nothing was.

    Out: `level`, `unit`, `item`, `taken_at` (ISO), `figure`.
    """
    parts = []
    for frame in frames:
        known = [item for item in items if item in frame.columns]
        keys = ["level", "unit", SEEN]
        long = frame.unpivot(on=known, index=keys, variable_name="item", value_name="figure")
        parts.append(long.filter(~nw.col("figure").is_null()).rename({SEEN: "taken_at"}))
    columns = ("level", "unit", "item", "taken_at", "figure")
    return nw.concat([part.select(*columns) for part in parts]) if parts else None
