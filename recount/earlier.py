"""What an online system showed before the figures that are compared; laid beside them, by region.

Of captures the latest is compared (online.py). Tables that name different times are one after the
other as well: of a region that several show, the latest counts, and the others are earlier ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.intake import combine
from recount.model import Online
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.engine import Frame
    from recount.intake import Raw, Tally
    from recount.model import Input
    from recount.online import Read
    from recount.texts import Text

SEEN = "seen"
"""Column of the time at which a figure was shown (ISO, with zone)."""


class Earlier(NamedTuple):
    """Captures before the one that is compared; `times`: of each sheet, by its number."""

    raw: Raw
    times: tuple[str, ...]


def earlier_of(found: Sequence[Read], main: Sequence[Read]) -> Earlier | None:
    """Put those captures together that are of the layer that is compared."""
    layers = {(reading.online or Online()).layer for reading, _ in main}
    kept = [one for one in found if (one[0].online or Online()).layer in layers]
    if not kept:
        return None
    times = [(reading.online or Online()).taken_at or "" for reading, its in kept for _ in its]
    return Earlier(combine("theirs", kept), tuple(times))


class Past:
    """What was shown before, contest by contest: frames of `unit`, `level`, SEEN and boxes.

    `said`: what that took for granted.
    """

    def __init__(self, captures: Iterable[tuple[Earlier, Tally]]) -> None:
        """Start with captures, and their figures."""
        self.shown: dict[str, list[Frame]] = {}
        self.said: list[Text] = []
        for capture, tally in captures:
            for contest, forms in tally.frames.items():
                self._keep(contest, _timed(forms, capture.times), tally)

    def latest(self, tally: Tally, inputs: Sequence[Input]) -> Tally:
        """Leave of each region of theirs the row of the latest table, where each names its time.

        `inputs`: of the side, by `Sheet.input`. What is left out was shown before.
        """
        times = [inputs[sheet.input].taken_at for sheet in tally.sheets]
        several = len(set(times) - {None}) > 1
        if tally.side == "ours" or tally.answers or not several:
            return tally
        frames, regions = {}, 0
        for contest, forms in tally.frames.items():
            rows = _timed(forms, times).with_columns(late=_late())
            before = rows.filter(~nw.col("late"))
            regions += before["unit"].n_unique()
            frames[contest] = rows.filter(nw.col("late")).drop("late", SEEN)
            self._keep(contest, before, tally)
        if regions:
            self.said.append(_said(regions))
        return tally._replace(frames=frames)

    def _keep(self, contest: str, rows: Frame, tally: Tally) -> None:
        boxes = tally.used(contest)
        if len(rows):
            self.shown.setdefault(contest, []).append(rows.select("unit", "level", SEEN, *boxes))


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


def _late() -> nw.Expr:
    """Whether a row is of the latest time of its region; of a time that is not said it may be."""
    unsure = nw.col(SEEN).is_null().max().over("unit")
    return unsure | (nw.col(SEEN) == nw.col(SEEN).max().over("unit")).fill_null(value=True)


def _timed(forms: Frame, times: Sequence[str | None]) -> Frame:
    known = {"sheet": range(len(times)), SEEN: times}
    table = engine.table(known, {"sheet": nw.Int32(), SEEN: nw.String()})
    return forms.join(table, on="sheet", how="left")


def _said(count: int) -> Text:
    return say(
        "{count} regions stand in tables of several times: the latest of each is compared.",
        count=count,
    )
