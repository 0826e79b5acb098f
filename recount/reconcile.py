"""Two sides in, their comparison at every level out; every comparison of the house is this one.

Only like is compared with like: a sum holds the units for which both sides have a figure, and says
how many of how many that is. A form of a higher level is compared at its own level, never added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import node_of, present_levels, totals, units
from recount.judging import Judging, Question, SideForms
from recount.pairing import pair, raise_sums, sum_by_node, with_missing
from recount.standing_forms import absorb, without_own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.choose import Key
    from recount.engine import Frame, Lazy
    from recount.regions import Regions


class Compared(NamedTuple):
    """What is to be shown of all levels, all of them in counts, and the units on which it rests.

    `levels`: those that were compared, from the top. `paired`: the units of both sides. `shown`:
    `level`, `unit`, `node`, `station`, and per item `|o`, `|t`, `|or`, `|tr`, `|oe`, `|te`, `|s`;
    `own`: whether a side has a form of this level there. `sums`: the same columns of all regions
    above the units, those that are equal, too; None where no level above was asked for.
    `counts`: per level and combination of all `<item>|s` with `ho`, `ht` (the side has a figure),
    in `len` how many regions that is.
    """

    unit_level: int
    paired: Lazy
    levels: tuple[int, ...]
    shown: Frame
    counts: Frame
    sums: Frame | None = None

    def everyone(self, level: int) -> Frame:
        """All regions of a level that either side has: `unit`, `node`, per item `|o` and `|t`."""
        if level == self.unit_level:
            return engine.collect(self.paired.with_columns(node_of("unit").alias("node")))
        none = self.shown.head(0)
        return (none if self.sums is None else self.sums).filter(nw.col("level") == level)


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
        question.paired,
    )
    judging = Judging(ours, theirs, question)
    levels = [at for at in range(unit_level + (not same)) if at_hand(regions, question, at)]
    wants_units = same and question.wants(unit_level)
    paired = engine.hold(judging.judged_units(unit_level, paired) if wants_units else paired)
    parts = [judging.units(unit_level, paired)] if wants_units else []
    all_sums = None
    if levels:
        sums = engine.collect(sum_by_node(paired, question.carried))
        above = range(unit_level - same, levels[0] - 1, -1)
        raised = _raised(
            judging, with_missing(sums, regions.listed(unit_level)), up, above, regions
        )
        shown, counts, all_sums = judging.sums(raised, up, levels)
        parts.insert(0, (shown, counts))
    if not parts:
        return None
    shown, counts = (nw.concat(frames) for frames in zip(*parts, strict=True))
    compared = (*levels, *([unit_level] * wants_units))
    return Compared(unit_level, paired, compared, shown, counts, all_sums)


def at_hand(regions: Regions, question: Question, level: int) -> bool:
    """Whether a level is asked for, and there is anything of it."""
    return question.wants(level) and regions.has_level(level)


def _units(side: SideForms, up: Lazy, regions: Regions, level: int) -> Lazy:
    if side.finest == level:
        return units(side.forms, level)
    return totals(side.forms, up, regions, level)


def _raised(
    judging: Judging, sums: Frame, up: Frame, levels: Sequence[int], regions: Regions
) -> dict[int, Frame]:
    """Add the units up level by level, each side's own forms of a level beside its sums.

    A region that a list has and nobody holds is expected in all that lie above it.
    """
    found = {}
    items = judging.question.carried
    for at in levels:
        sums = judging.with_forms(raise_sums(sums, up, at, items), at)
        found[at] = sums
        held = at in judging.ours.levels or at in judging.theirs.levels
        sums = absorb(sums, items) if held else without_own(sums)
        sums = with_missing(sums, regions.listed(at))
    return found
