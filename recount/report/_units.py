"""An outcome in, how many units each standing is from out: regions whose own form stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.report.words import LEVEL_WORDS, units_of
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.model import Outcome, Standing
    from recount.texts import Text


def held_units(one: Outcome, held: Standing) -> Several:
    """How many units a standing is from, in words: "109 TPS, 2 desa/kelurahan"."""
    finest = _finest(held)
    counts = [(finest, units_of(one))] if finest or not held.above else []
    counts += [(n, LEVEL_WORDS[level]) for level, n in held.above]
    return Several(tuple(say("{n} {what}", n=n, what=what) for n, what in counts))


def unit_rows(one: Outcome) -> Iterator[tuple[Text, int, int, int]]:
    """What is counted, and how many of it ours, theirs and both together are from."""
    ours, theirs, both = one.ours, one.theirs, one.corrected
    yield units_of(one), _finest(ours), _finest(theirs), _finest(both)
    above = [dict(held.above) for held in (ours, theirs, both)]
    for level in reversed(LEVELS):
        o, t, b = (counts.get(level, 0) for counts in above)
        if o or t or b:
            yield LEVEL_WORDS[level], o, t, b


def _finest(held: Standing) -> int:
    return held.units - sum(n for _, n in held.above)
