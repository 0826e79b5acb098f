"""Two sides in, their comparison at every level out; every comparison of the house is this one.

Only like is compared with like: a sum holds the units for which both sides have a figure, and says
how many of how many that is. A form of a higher level is compared at its own level, never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import present_levels, totals, units
from recount.pairing import pair, raise_sums, sum_by_node
from recount.verdict import any_known, judge, not_equal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.engine import Frame, Lazy
    from recount.regions import Regions

Key = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class SideForms:
    """One side of a contest: its chosen forms, and which boxes of which forms are in conflict.

    `levels`: how many forms it has of each level. `conflicts`: (level, node, station, box).
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
    """What is asked: which boxes, at which levels (None: all), with which tolerance in votes."""

    items: tuple[str, ...]
    levels: frozenset[int] | None = None
    tolerance: int = 0
    everything: bool = False

    def wants(self, level: int) -> bool:
        """Whether a level is to be compared."""
        return self.levels is None or level in self.levels


class Level(NamedTuple):
    """The comparison at one level: what is to be shown, and all of it in counts.

    `shown`: `node`, `station`, and per item `|o`, `|t`, `|or`, `|tr`, `|oe`, `|te`, `|s`.
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
    paired = engine.hold(
        pair(
            _units(ours, lazy_up, unit_level),
            _units(theirs, lazy_up, unit_level),
            question.items,
        )
    )
    judging = _Judging(ours, theirs, regions, question)
    levels: list[Level] = []
    if same and question.wants(unit_level):
        levels.append(judging.units(unit_level, paired))
    above = [at for at in range(unit_level, -1, -1) if question.wants(at) and not (same and at == unit_level)]
    if above:
        sums = engine.collect(sum_by_node(paired, question.items))
        for at in range(min(unit_level, 4), min(above) - 1, -1):
            sums = raise_sums(sums, up, at, question.items)
            if at in above and judging.exists(at):
                levels.append(judging.sums(at, sums))
    return Compared(unit_level, paired, tuple(reversed(levels)))


def _units(side: SideForms, up: Lazy, level: int) -> Lazy:
    return units(side.forms, level) if side.finest == level else totals(side.forms, up, level)


@dataclass(frozen=True, slots=True)
class _Judging:
    """Both sides and the question, for judging one level after the other."""

    ours: SideForms
    theirs: SideForms
    regions: Regions
    question: Question

    def exists(self, level: int) -> bool:
        """Whether the tree has this level; the nation is one only above several provinces."""
        if level == 0:
            return sum(node.level == 1 for node in self.regions.nodes) > 1
        return any(node.level == level for node in self.regions.nodes)

    def units(self, level: int, paired: Lazy) -> Level:
        """Judge the units themselves."""
        items = self.question.items
        conflicts = self._conflicts(level)
        if conflicts is not None:
            paired = paired.join(
                engine.along(conflicts, paired), on=["node", "station"], how="left"
            )
        verdicts = [
            judge(item, self.question.tolerance, has=self._has(item), conflict=conflicts is not None)
            for item in items
        ]
        judged = engine.hold(paired.with_columns(*verdicts))
        one = nw.lit(1, nw.Int64)
        expected = [one.alias(f"{item}|{side}e") for item in items for side in "ot"]
        shown = judged if self.question.everything else judged.filter(not_equal(items))
        return Level(
            level, engine.collect(shown.with_columns(*expected)), self._counts(judged)
        )

    def sums(self, level: int, sums: Frame) -> Level:
        """Judge the sums at a level; where a side has a form of that level, the form itself."""
        items = self.question.items
        nodes = [node.id for node in self.regions.nodes if node.level == level]
        frame = sums.filter(nw.col("node").is_in(nodes))
        own = [self._own(side, level) for side in (self.ours, self.theirs)]
        for forms, mark in zip(own, "ot", strict=True):
            frame = _with_own(frame, forms, mark, items)
        frame = frame.with_columns(
            station=nw.lit(-1, nw.Int32),
            o=nw.when((nw.col("po") > 0) | ~nw.col("own_o").is_null()).then(nw.lit(1)),
            t=nw.when((nw.col("pt") > 0) | ~nw.col("own_t").is_null()).then(nw.lit(1)),
        )
        frame = frame.with_columns(column for item in items for column in _figures(item))
        conflicts = self._conflicts(level)
        if conflicts is not None:
            frame = frame.join(conflicts, on=["node", "station"], how="left")
        judged = frame.with_columns(
            judge(
                item,
                self.question.tolerance,
                has=self._has(item),
                complete=_complete(item),
                split=(nw.col(f"{item}|or") > 0) & (nw.col(f"{item}|tr") > 0),
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
        return engine.collect(known.group_by(*statuses, "ho", "ht").agg(nw.len().cast(nw.Int64)))

    def _own(self, side: SideForms, level: int) -> Frame | None:
        """Forms of this very level, on a side that has finer ones as well (or forms only here)."""
        if side.levels.get(level) is None:
            return None
        return engine.collect(side.forms.filter(nw.col("level") == level))

    def _conflicts(self, level: int) -> Frame | None:
        keys = {**self.ours.conflicts, **self.theirs.conflicts}
        rows: dict[tuple[int, int], set[str]] = {}
        for at, node, station, box in keys:
            if at == level and box in self.question.items:
                rows.setdefault((node, station), set()).add(box)
        if not rows:
            return None
        columns: dict[str, list[int | None]] = {
            "node": [node for node, _ in rows],
            "station": [station for _, station in rows],
        }
        for item in self.question.items:
            columns[f"{item}|c"] = [1 if item in boxes else None for boxes in rows.values()]
        schema = {name: nw.Int32() for name in columns}
        return engine.table(columns, schema)


def _with_own(frame: Frame, own: Frame | None, mark: str, items: Sequence[str]) -> Frame:
    """Set a side's own forms of this level beside the sums; forms without sums get a row."""
    none = nw.lit(None, nw.Int64)
    if own is None:
        return frame.with_columns(none.alias(f"own_{mark}"), *(none.alias(f"{i}|own_{mark}") for i in items))
    names = [item for item in items if item in own.columns]
    renamed = own.select(
        nw.col("node").alias("node_own"),
        nw.lit(1, nw.Int64).alias(f"own_{mark}"),
        *(nw.col(item).alias(f"{item}|own_{mark}") for item in names),
        *(none.alias(f"{item}|own_{mark}") for item in items if item not in names),
    )
    joined = frame.join(renamed, left_on="node", right_on="node_own", how="full")
    return joined.with_columns(nw.coalesce("node", "node_own").alias("node")).drop("node_own")


def _figures(item: str) -> list[nw.Expr]:
    """Choose what is compared: a form of this level, else the sum over the common units."""
    common = nw.col(f"{item}|cor") > 0
    apart = (nw.col(f"{item}|sor") > 0) & (nw.col(f"{item}|str") > 0)
    own = {side: ~nw.col(f"{item}|own_{side}").is_null() for side in "ot"}
    any_own = own["o"] | own["t"]
    columns = []
    for side in "ot":
        form, all_, read = (nw.col(f"{item}|{kind}") for kind in (f"own_{side}", f"s{side}", f"s{side}r"))
        some = nw.when(read > 0).then(all_)
        one = nw.lit(1, nw.Int64)
        figure = nw.when(own[side]).then(form).otherwise(
            nw.when(any_own).then(some).otherwise(
                nw.when(common).then(nw.col(f"{item}|c{side}")).otherwise(
                    nw.when(~apart).then(some)
                )
            )
        )
        count = nw.when(own[side]).then(one).otherwise(
            nw.when(any_own | ~common).then(read).otherwise(nw.col(f"{item}|c{side}r"))
        )
        expected = nw.when(own[side]).then(one).otherwise(nw.col(f"{side}e"))
        columns += [
            figure.alias(f"{item}|{side}"),
            count.fill_null(0).alias(f"{item}|{side}r"),
            expected.fill_null(0).alias(f"{item}|{side}e"),
        ]
    return columns


def _complete(item: str) -> nw.Expr:
    return (nw.col(f"{item}|or") == nw.col(f"{item}|oe")) & (
        nw.col(f"{item}|tr") == nw.col(f"{item}|te")
    )
