"""Two sides in, their comparison at every level out; every comparison of the house is this one.

Only like is compared with like: a sum holds the units for which both sides have a figure, and says
how many of how many that is. A form of a higher level is compared at its own level, never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import node_of, present_levels, station_of, totals, units
from recount.pairing import pair, raise_sums, sum_by_node, with_missing
from recount.regions import SPAN
from recount.standing_forms import absorb, apart, complete, figures, with_own, without_own
from recount.verdict import any_known, judge, not_equal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.choose import Key
    from recount.engine import Frame, Lazy
    from recount.regions import Regions


@dataclass(frozen=True, slots=True)
class SideForms:
    """One side of a contest: its chosen forms, and which boxes of which forms are in conflict.

    `levels`: how many forms it has of each level. `conflicts`: (level, unit, box).
    """

    forms: Lazy
    boxes: tuple[str, ...]
    levels: Mapping[int, int]
    conflicts: Mapping[Key, str]

    @property
    def finest(self) -> int:
        """The number of the finest level at which it has forms."""
        return max(self.levels)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which boxes, at which levels (None: all), with which tolerance in votes.

    `candidates` are carried along for the outcome, asked for or not.
    """

    items: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    levels: frozenset[int] | None = None
    tolerance: int = 0
    everything: bool = False

    def wants(self, level: int) -> bool:
        """Whether a level is to be compared."""
        return self.levels is None or level in self.levels


class Compared(NamedTuple):
    """What is to be shown of all levels, all of them in counts, and the units on which it rests.

    `levels`: those that were compared, from the top. `paired`: the units of both sides. `shown`:
    `level`, `unit`, `node`, `station`, and per item `|o`, `|t`, `|or`, `|tr`, `|oe`, `|te`, `|s`.
    `counts`: per level and combination of all `<item>|s` with `ho`, `ht` (the side has a figure),
    in `len` how many regions that is.
    """

    unit_level: int
    paired: Lazy
    levels: tuple[int, ...]
    shown: Frame
    counts: Frame


def side_forms(forms: Lazy, boxes: tuple[str, ...], conflicts: Mapping[Key, str]) -> SideForms:
    """Look once which levels a side has."""
    return SideForms(forms, boxes, present_levels(forms), conflicts)


def reconcile(
    ours: SideForms, theirs: SideForms, regions: Regions, up: Frame, question: Question
) -> Compared | None:
    """Compare two sides at every level that both can be brought to; None where there is none.

    `up`: the ancestors of every node (aggregate.ancestors).
    """
    unit_level = min(ours.finest, theirs.finest)
    same = ours.finest == theirs.finest
    lazy_up = engine.along(up, ours.forms)
    paired = pair(
        _units(ours, lazy_up, regions, unit_level),
        _units(theirs, lazy_up, regions, unit_level),
        tuple(dict.fromkeys((*question.items, *question.candidates))),
    )
    judging = _Judging(ours, theirs, question)
    levels = [at for at in range(unit_level + (not same)) if at_hand(regions, question, at)]
    wants_units = same and question.wants(unit_level)
    paired = engine.hold(judging.judged_units(unit_level, paired) if wants_units else paired)
    parts = [judging.units(unit_level, paired)] if wants_units else []
    if levels:
        sums = engine.collect(sum_by_node(paired, question.items))
        sums = with_missing(sums, regions.listed(unit_level))
        above = range(unit_level - same, levels[0] - 1, -1)
        parts.insert(0, judging.sums(_raised(judging, sums, up, above), up, levels))
    if not parts:
        return None
    shown, counts = (nw.concat(frames) for frames in zip(*parts, strict=True))
    return Compared(unit_level, paired, (*levels, *([unit_level] * wants_units)), shown, counts)


def at_hand(regions: Regions, question: Question, level: int) -> bool:
    """Whether a level is asked for, and there is anything of it."""
    return question.wants(level) and regions.has_level(level)


def _units(side: SideForms, up: Lazy, regions: Regions, level: int) -> Lazy:
    if side.finest == level:
        return units(side.forms, level)
    return totals(side.forms, up, regions, level)


def _raised(judging: _Judging, sums: Frame, up: Frame, levels: Sequence[int]) -> dict[int, Frame]:
    """Add the units up level by level, each side's own forms of a level beside its sums."""
    found = {}
    items = judging.question.items
    for at in levels:
        sums = judging.with_forms(raise_sums(sums, up, at, items), at)
        found[at] = sums
        held = at in judging.ours.levels or at in judging.theirs.levels
        sums = absorb(sums, items) if held else without_own(sums)
    return found


@dataclass(frozen=True, slots=True)
class _Judging:
    """Both sides and the question, for judging units and sums."""

    ours: SideForms
    theirs: SideForms
    question: Question

    def judged_units(self, level: int, paired: Lazy) -> Lazy:
        """Judge the units themselves: `<item>|s`."""
        conflicts = self._conflicts()
        if conflicts is not None:
            here = conflicts.filter(nw.col("level") == level).drop("level")
            paired = paired.join(engine.along(here, paired), on="unit", how="left")
        return paired.with_columns(
            judge(
                item, self.question.tolerance, has=self._has(item), conflict=conflicts is not None
            )
            for item in self.question.items
        )

    def units(self, level: int, judged: Lazy) -> tuple[Frame, Frame]:
        """List and count the units."""
        items = self.question.items
        one = nw.lit(1, nw.Int64)
        expected = [one.alias(f"{item}|{side}e") for item in items for side in "ot"]
        shown = judged if self.question.everything else judged.filter(not_equal(items))
        places = {"node": node_of("unit"), "station": station_of("unit")}
        found = engine.collect(shown.with_columns(*expected, **places))
        counts = engine.collect(self._counts(judged, ()))
        number = nw.lit(level, nw.Int8).alias("level")
        return self._shown(found.with_columns(number)), _in_order(counts.with_columns(number))

    def with_forms(self, sums: Frame, level: int) -> Frame:
        """Set each side's own forms of a level beside the sums of what is finer."""
        for side, mark in ((self.ours, "o"), (self.theirs, "t")):
            own = None
            if side.levels.get(level) is not None:
                own = engine.collect(side.forms.filter(nw.col("level") == level))
            sums = with_own(sums, own, mark, self.question.items)
        return sums

    def sums(
        self, found: Mapping[int, Frame], up: Frame, levels: Sequence[int]
    ) -> tuple[Frame, Frame]:
        """Judge the sums of all levels at once; where a side has a form there, the form itself."""
        items = self.question.items
        frames = [
            found[at].with_columns(nw.lit(at, nw.Int8).alias("level")).select(sorted(_names))
            for at in levels
            if (_names := {*found[at].columns, "level"})
        ]
        frame = nw.concat(frames)
        held = (nw.col("po") > 0) | (nw.col("pt") > 0)
        held = held | ~nw.col("own_o").is_null() | ~nw.col("own_t").is_null()
        own_level = engine.gather(up["level"], frame["node"])
        frame = frame.filter(held & (nw.col("level") == own_level))
        frame = frame.with_columns(
            unit=nw.col("node").cast(nw.Int64) * SPAN,
            station=nw.lit(-1, nw.Int32),
            o=nw.when((nw.col("po") > 0) | ~nw.col("own_o").is_null()).then(nw.lit(1)),
            t=nw.when((nw.col("pt") > 0) | ~nw.col("own_t").is_null()).then(nw.lit(1)),
        )
        frame = frame.with_columns(column for item in items for column in figures(item))
        conflicts = self._conflicts()
        if conflicts is not None:
            frame = frame.join(conflicts, on=["level", "unit"], how="left")
        judged = frame.with_columns(
            judge(
                item,
                self.question.tolerance,
                has=self._has(item),
                whole=(complete(item), apart(item)),
                conflict=conflicts is not None,
            )
            for item in items
        )
        shown = judged if self.question.everything else judged.filter(not_equal(items))
        counts = engine.collect(self._counts(judged.lazy(), ("level",)))
        return self._shown(shown), _in_order(counts)

    def _has(self, item: str) -> tuple[bool, bool]:
        return item in self.ours.boxes, item in self.theirs.boxes

    def _shown(self, frame: Frame) -> Frame:
        marks = ("o", "t", "or", "tr", "oe", "te", "s")
        figures_ = [f"{item}|{mark}" for item in self.question.items for mark in marks]
        return frame.select("level", "unit", "node", "station", *figures_)

    def _counts(self, judged: Lazy, by: tuple[str, ...]) -> Lazy:
        items = self.question.items
        keys = (*by, *(f"{item}|s" for item in items))
        known = judged.select(
            *keys, any_known(items, "o").alias("ho"), any_known(items, "t").alias("ht")
        )
        return known.group_by(*keys, "ho", "ht").agg(nw.len().alias("len"))

    def _conflicts(self) -> Frame | None:
        """Which boxes of which units are in conflict: `level`, `unit`, per item `|c` (or null)."""
        rows: dict[tuple[int, int], set[str]] = {}
        for at, unit, box in {**self.ours.conflicts, **self.theirs.conflicts}:
            if box in self.question.items:
                rows.setdefault((at, unit), set()).add(box)
        if not rows:
            return None
        levels, units_ = zip(*rows, strict=True)
        columns: dict[str, Sequence[int | None]] = {"level": levels, "unit": units_}
        for item in self.question.items:
            columns[f"{item}|c"] = [1 if item in boxes else None for boxes in rows.values()]
        schema: dict[str, nw.dtypes.DType] = dict.fromkeys(columns, nw.Int64())
        return engine.table(columns, schema | {"level": nw.Int8()})


def _in_order(counts: Frame) -> Frame:
    return counts.select(
        nw.col("level").cast(nw.Int8), nw.exclude("level", "len"), nw.col("len").cast(nw.Int64)
    )
