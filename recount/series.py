"""Snapshots of an online system in, their figures on one tree of regions out: what changed when.

Captures of different systems or layers are never put into one series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.boxes import CANDIDATE
from recount.contests import Naming
from recount.election import UNNAMED
from recount.intake import Raw, box_order, take_in
from recount.model import PROGRESS, REVOTE, SAID_AT, Captured, Finding, Sheet, Snapshot
from recount.placing import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.engine import Frame
    from recount.regions import Regions

COUNTED, TOTAL, MARK = "counted_tps", "total_tps", "revote"
"""Columns beside the figures: TPS that are in, TPS in all, 1 where a re-vote is marked."""

_ASIDE = {PROGRESS[0]: COUNTED, PROGRESS[1]: TOTAL}
_NO_FIGURES = {"sheet", "row", "tps", "contest", PROGRESS[2], REVOTE, SAID_AT, *PLACES}
_REGULAR = ("", "Reguler")


class Progress(NamedTuple):
    """TPS that are in and TPS in all, of the largest region of a capture; None: not said."""

    counted: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of a series. `withheld`: whether every figure in it is held back."""

    taken_at: str
    inputs: tuple[Captured, ...]
    withheld: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class Series:
    """Captures of one system and layer, in the order of their times.

    `rows`: eager frame, one row per contest, region and capture: `contest`, `unit` (regions.SPAN),
    `level`, `at` (Int32, number of the capture), `seen` (the time of its own file), COUNTED, TOTAL,
    MARK, `held` (whether its figures are withheld), and one Int64 column per box of `items`; a
    withheld figure is null. `candidates`: names met, by number.
    """

    system: str
    layer: str | None
    captures: tuple[Capture, ...]
    items: tuple[str, ...]
    rows: Frame
    regions: Regions
    candidates: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def runners(self) -> tuple[str, ...]:
        """The candidates among the boxes."""
        return tuple(item for item in self.items if item.startswith(CANDIDATE))


def series_of(snapshots: Iterable[Snapshot]) -> list[Series]:
    """Sort snapshots with a time into series, the longest first; one alone is one as well."""
    groups: dict[tuple[str, str | None], list[Snapshot]] = {}
    for snapshot in snapshots:
        if snapshot.taken_at is not None:
            groups.setdefault((snapshot.system, snapshot.layer), []).append(snapshot)
    made = [_series(system, layer, group) for (system, layer), group in groups.items()]
    return sorted(made, key=lambda one: -len(one.captures))


def _series(system: str, layer: str | None, group: Sequence[Snapshot]) -> Series:
    ordered = sorted(group, key=lambda one: _instant(one.taken_at or ""))
    sheets, rows, shown = _together(ordered)
    boxes = [name for name in rows.columns if name not in _NO_FIGURES and "row " not in name]
    candidates: dict[str, str] = {}
    for snapshot in ordered:
        for table in snapshot.tables:
            candidates |= table.candidates
    raw = Raw("theirs", rows, tuple(sorted(boxes, key=box_order)), tuple(sheets), candidates)
    tallies, regions = take_in([raw], None, Naming(UNNAMED, {}))
    items = tuple(box for box in raw.boxes if box not in {COUNTED, TOTAL, MARK})
    figures = _figures(tallies[0].frames, items, shown)
    captures = tuple(_capture(one, at, figures) for at, one in enumerate(ordered))
    findings = tuple(tallies[0].findings)
    return Series(system, layer, captures, items, figures, regions, candidates, findings)


def _together(snapshots: Sequence[Snapshot]) -> tuple[list[Sheet], Frame, Frame]:
    """Put the rows of all captures under one another; and say of every sheet when it was."""
    sheets: list[Sheet] = []
    frames, ats, seen = [], [], []
    for at, snapshot in enumerate(snapshots):
        frames += [_plain(table.rows, snapshot, len(sheets)) for table in snapshot.tables]
        sheets += [replace(sheet, input=0) for sheet in snapshot.sheets]
        ats += [at] * len(snapshot.sheets)
        seen += [_seen(snapshot, sheet) for sheet in snapshot.sheets]
    instants = [round(_instant(time).timestamp()) for time in seen]
    columns = {"sheet": range(len(sheets)), "at": ats, "seen": seen, "instant": instants}
    schema = {"sheet": nw.Int32(), "at": nw.Int32(), "seen": nw.String(), "instant": nw.Int64()}
    return sheets, nw.concat(frames, how="diagonal"), engine.table(columns, schema)


def _seen(snapshot: Snapshot, sheet: Sheet) -> str:
    return snapshot.files[sheet.input].taken_at or snapshot.taken_at or ""


def _plain(rows: Frame, snapshot: Snapshot, first: int) -> Frame:
    """Rename what stands beside the boxes, and number the sheets through."""
    renamed = {old: new for old, new in _ASIDE.items() if old in rows.columns}
    rows = rows.rename(renamed).with_columns((nw.col("sheet") + first).cast(nw.Int32))
    if REVOTE in rows.columns:
        regular = nw.col(REVOTE).is_null() | nw.col(REVOTE).is_in(_REGULAR)
        mark = nw.when(~regular).then(nw.lit("1")).otherwise(nw.lit(None, nw.String))
        rows = rows.with_columns(mark.alias(MARK))
    if "contest" not in rows.columns and snapshot.contest:
        rows = rows.with_columns(contest=nw.lit(snapshot.contest))
    return rows.drop(*(name for name in (SAID_AT, REVOTE, PROGRESS[2])), strict=False)


def _figures(frames: Any, items: Sequence[str], shown: Frame) -> Frame:  # noqa: ANN401 - a mapping
    """Make one frame of all contests; the last row of a region counts, and withheld is null."""
    beside = (COUNTED, TOTAL, MARK)
    parts = []
    for contest, frame in frames.items():
        lacking = [name for name in beside if name not in frame.columns]
        parts.append(
            frame.with_columns(
                nw.lit(contest).alias("contest"),
                *(nw.lit(None, nw.Int64).alias(name) for name in lacking),
            ).select("contest", "unit", "level", "sheet", "row", *beside, *items)
        )
    rows = nw.concat(parts).join(shown, on="sheet", how="left")
    rows = rows.unique(["contest", "unit", "at"], keep="last", order_by=["at", "instant", "row"])
    rows = _without_stale(rows, (COUNTED, TOTAL, *items))
    runners = [item for item in items if item.startswith(CANDIDATE)]
    most = nw.max_horizontal(*runners) if runners else nw.lit(None, nw.Int64)
    held = ((most == 0) & (nw.col(COUNTED) > 0)).fill_null(value=False)
    shown_rows = rows.with_columns(held.alias("held"))
    figures = (nw.when(~nw.col("held")).then(nw.col(item)).alias(item) for item in items)
    kept: Frame = shown_rows.with_columns(*figures).drop("sheet", "row", "instant")
    return kept.sort("contest", "unit", "at")


def _without_stale(rows: Frame, columns: Sequence[str]) -> Frame:
    """Blank what a later capture still shows from before an earlier one: a copy on the way."""
    latest = nw.col("instant").cum_max().over("contest", "unit", order_by="at")
    rows = rows.with_columns(stale=nw.col("instant") < latest)
    fresh = (nw.when(~nw.col("stale")).then(nw.col(name)).alias(name) for name in columns)
    return rows.with_columns(*fresh).drop("stale")


def _capture(snapshot: Snapshot, at: int, figures: Frame) -> Capture:
    rows = figures.filter(nw.col("at") == at)
    largest = rows.sort("level", TOTAL, descending=[False, True], nulls_last=True).head(1)
    progress = Progress(*(largest[name].to_list()[0] for name in (COUNTED, TOTAL)))
    said = snapshot.taken_at or ""
    return Capture(said, snapshot.files, bool(len(rows)) and bool(rows["held"].all()), progress)


def _instant(time: str) -> datetime:
    """The moment of a time; those with different zones are put in order by it."""
    when = datetime.fromisoformat(time)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
