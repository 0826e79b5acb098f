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
    from collections.abc import Mapping

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


class Level(NamedTuple):
    """The comparison at one level: what is to be shown, and all of it in counts.

    `shown`: `unit`, `node`, `station`, and per item `|o`, `|t`, `|or`, `|tr`, `|oe`, `|te`, `|s`.
    `counts`: one row per combination of all `<item>|s` with `ho`, `ht` (the side has a figure),
    and in `len` how many regions that is.
    """

    level: int
    shown: Frame
    counts: Frame


class Compared(NamedTuple):
    """All levels from the top down to the units, and the paired units on which the sums rest."""

    unit_level: int
    paired: Lazy
    levels: tuple[Level, ...]


def side_forms(forms: Lazy, boxes: tuple[str, ...], conflicts: Mapping[Key, str]) -> SideForms:
    """Look once which levels a side has."""
    return SideForms(forms, boxes, present_levels(forms), conflicts)


def reconcile(
    ours: SideForms, theirs: SideForms, regions: Regions, up: Frame, question: Question
) -> Compared:
    """Compare two sides at every level that both can be brought to.

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
    judging = _Judging(ours, theirs, regions, question)
    levels: list[Level] = []
    if same and question.wants(unit_level):
        paired = engine.hold(judging.judged(unit_level, paired))
        levels.append(judging.units(unit_level, paired))
    else:
        paired = engine.hold(paired)
    top = unit_level - 1 if same else unit_level
    above = [at for at in range(top, -1, -1) if question.wants(at)]
    if above:
        sums = engine.collect(sum_by_node(paired, question.items))
        sums = with_missing(sums, regions.listed(unit_level))
        for at in range(top, min(above) - 1, -1):
            sums = judging.with_forms(raise_sums(sums, up, at, question.items), at)
            if at in above and regions.has_level(at):
                levels.append(judging.sums(at, sums))
            held = at in ours.levels or at in theirs.levels
            sums = absorb(sums, question.items) if held else without_own(sums)
    return Compared(unit_level, paired, tuple(reversed(levels)))


def _units(side: SideForms, up: Lazy, regions: Regions, level: int) -> Lazy:
    if side.finest == level:
        return units(side.forms, level)
    return totals(side.forms, up, regions, level)


@dataclass(frozen=True, slots=True)
class _Judging:
    """Both sides and the question, for judging one level after the other."""

    ours: SideForms
    theirs: SideForms
    regions: Regions
    question: Question

    def judged(self, level: int, paired: Lazy) -> Lazy:
        """Judge the units themselves: `<item>|s`."""
        items = self.question.items
        conflicts = self._conflicts(level)
        if conflicts is not None:
            paired = paired.join(engine.along(conflicts, paired), on="unit", how="left")
        verdicts = [
            judge(
                item, self.question.tolerance, has=self._has(item), conflict=conflicts is not None
            )
            for item in items
        ]
        return paired.with_columns(*verdicts)

    def units(self, level: int, judged: Lazy) -> Level:
        """List and count the units."""
        items = self.question.items
        one = nw.lit(1, nw.Int64)
        expected = [one.alias(f"{item}|{side}e") for item in items for side in "ot"]
        shown = judged if self.question.everything else judged.filter(not_equal(items))
        places = {"node": node_of("unit"), "station": station_of("unit")}
        found = engine.collect(shown.with_columns(*expected, **places))
        return Level(level, found, self._counts(judged))

    def with_forms(self, sums: Frame, level: int) -> Frame:
        """Set each side's own forms of a level beside the sums of what is finer."""
        for side, mark in ((self.ours, "o"), (self.theirs, "t")):
            own = None
            if side.levels.get(level) is not None:
                own = engine.collect(side.forms.filter(nw.col("level") == level))
            sums = with_own(sums, own, mark, self.question.items)
        return sums

    def sums(self, level: int, sums: Frame) -> Level:
        """Judge the sums at a level; where a side has a form of that level, the form itself."""
        items = self.question.items
        held = (nw.col("po") > 0) | (nw.col("pt") > 0)
        held = held | ~nw.col("own_o").is_null() | ~nw.col("own_t").is_null()
        frame = sums.filter(nw.col("node").is_in(self.regions.at_level(level)), held)
        frame = frame.with_columns(
            unit=nw.col("node").cast(nw.Int64) * SPAN,
            station=nw.lit(-1, nw.Int32),
            o=nw.when((nw.col("po") > 0) | ~nw.col("own_o").is_null()).then(nw.lit(1)),
            t=nw.when((nw.col("pt") > 0) | ~nw.col("own_t").is_null()).then(nw.lit(1)),
        )
        frame = frame.with_columns(column for item in items for column in figures(item))
        conflicts = self._conflicts(level)
        if conflicts is not None:
            frame = frame.join(conflicts, on="unit", how="left")
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
        return Level(level, shown, self._counts(judged.lazy()))

    def _has(self, item: str) -> tuple[bool, bool]:
        return item in self.ours.boxes, item in self.theirs.boxes

    def _counts(self, judged: Lazy) -> Frame:
        items = self.question.items
        statuses = [f"{item}|s" for item in items]
        known = judged.select(
            *statuses, any_known(items, "o").alias("ho"), any_known(items, "t").alias("ht")
        )
        counted = engine.collect(known.group_by(*statuses, "ho", "ht").agg(nw.len().alias("len")))
        return counted.with_columns(nw.col("len").cast(nw.Int64))

    def _conflicts(self, level: int) -> Frame | None:
        keys = {**self.ours.conflicts, **self.theirs.conflicts}
        rows: dict[int, set[str]] = {}
        for at, unit, box in keys:
            if at == level and box in self.question.items:
                rows.setdefault(unit, set()).add(box)
        if not rows:
            return None
        columns: dict[str, list[int | None]] = {"unit": list(rows)}
        for item in self.question.items:
            columns[f"{item}|c"] = [1 if item in boxes else None for boxes in rows.values()]
        return engine.table(columns, dict.fromkeys(columns, nw.Int64()))
