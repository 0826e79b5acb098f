"""Units and sums of both sides in, what each comparison is called out, all levels at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import node_of, station_of
from recount.regions import SPAN
from recount.standing_forms import apart, complete, figures, with_own
from recount.verdict import any_known, judge, not_equal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.choose import Key
    from recount.engine import Frame, Lazy


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

    `candidates` and `limits` are carried along for the outcome, asked for or not; `marks` are what
    theirs say beside the boxes: model.WITHHELD, model.INCOMPLETE. `limits`: boxes that say how
    many ballots a unit holds.
    """

    items: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    levels: frozenset[int] | None = None
    tolerance: int = 0
    everything: bool = False
    marks: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def carried(self) -> tuple[str, ...]:
        """What is added up from level to level."""
        return (*self.items, *self.marks)

    @property
    def paired(self) -> tuple[str, ...]:
        """What is set side by side of every unit."""
        return tuple(dict.fromkeys((*self.carried, *self.candidates, *self.limits)))

    def wants(self, level: int) -> bool:
        """Whether a level is to be compared."""
        return self.levels is None or level in self.levels


@dataclass(frozen=True, slots=True)
class Judging:
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
                item,
                self.question.tolerance,
                has=self._has(item),
                conflict=conflicts is not None,
                marks=self.question.marks,
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
        own = nw.lit(value=True).alias("own")
        found = engine.collect(shown.with_columns(*expected, own, **places))
        counts = engine.collect(self._counts(judged, ()))
        number = nw.lit(level, nw.Int8).alias("level")
        return self._shown(found.with_columns(number)), _in_order(counts.with_columns(number))

    def with_forms(self, sums: Frame, level: int) -> Frame:
        """Set each side's own forms of a level beside the sums of what is finer."""
        for side, mark in ((self.ours, "o"), (self.theirs, "t")):
            own = None
            if side.levels.get(level) is not None:
                own = engine.collect(side.forms.filter(nw.col("level") == level))
            sums = with_own(sums, own, mark, self.question.carried)
        return sums

    def sums(
        self, found: Mapping[int, Frame], up: Frame, levels: Sequence[int]
    ) -> tuple[Frame, Frame, Frame]:
        """Judge the sums of all levels at once; where a side has a form there, the form itself.

        Out: what is to be shown; the counts; and all of them, laid out as what is shown.
        """
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
            own=~nw.col("own_o").is_null() | ~nw.col("own_t").is_null(),
        )
        carried = self.question.carried
        frame = frame.with_columns(column for item in carried for column in figures(item))
        judged = self._judged_sums(frame)
        shown = judged if self.question.everything else judged.filter(not_equal(items))
        counts = engine.collect(self._counts(judged.lazy(), ("level",)))
        return self._shown(shown), _in_order(counts), self._shown(judged)

    def _judged_sums(self, frame: Frame) -> Frame:
        conflicts = self._conflicts()
        if conflicts is not None:
            frame = frame.join(conflicts, on=["level", "unit"], how="left")
        return frame.with_columns(
            judge(
                item,
                self.question.tolerance,
                has=self._has(item),
                whole=(complete(item), apart(item)),
                conflict=conflicts is not None,
                marks=self.question.marks,
            )
            for item in self.question.items
        )

    def _has(self, item: str) -> tuple[bool, bool]:
        return item in self.ours.boxes, item in self.theirs.boxes

    def _shown(self, frame: Frame) -> Frame:
        marks = ("o", "t", "or", "tr", "oe", "te", "s")
        figures_ = [f"{item}|{mark}" for item in self.question.items for mark in marks]
        return frame.select("level", "unit", "node", "station", *figures_, "own")

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
