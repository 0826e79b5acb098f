"""How much was compared: coverage in, the words for what was and was not out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.report.words import LEVEL_WORDS, STATUS_WORDS, counted
from recount.texts import say

if TYPE_CHECKING:
    from recount.model import Coverage, Outcome
    from recount.texts import Text


def missing(one: Coverage) -> int:
    """How many of a level's units neither side holds."""
    return max(0, one.expected - one.compared - sum(one.left_out.values()))


def left_out(one: Coverage, lang: str) -> str:
    """What a level leaves out, by reason; what neither side holds is counted too."""
    reasons = [*one.left_out.items(), ("missing", missing(one))]
    return counted(reasons, STATUS_WORDS, lang)


def apart(
    outcome: Outcome, held: tuple[Coverage, ...], lang: str, *, whole: bool = True
) -> list[Text]:
    """How many units of the finest level were not compared, and why.

    `whole`: whether no column of numbers was left unused; else not everything can be there.
    """
    own = [one for one in held if one.contest == outcome.contest]
    if not own:
        return []
    own.sort(key=lambda one: LEVELS.index(one.level))
    finest = own[-1]
    if finest.compared < _whole(finest):
        return [_not_compared(finest, lang)]
    level = LEVEL_WORDS[finest.level]
    sides = {standing.units for standing in (outcome.ours, outcome.theirs, outcome.corrected)}
    # All units at hand may be compared, and yet whole regions be missing that nobody holds.
    gaps = [one for one in own[:-1] if missing(one)]
    units = say("Compared: {m} {level}.", m=finest.compared, level=level)
    if not gaps and len(sides) == 1:
        every = say("Everything was compared: {m} {level}.", m=finest.compared, level=level)
        return [every if whole else units]
    full = say("Compared: {m} {level}, not all of them in full.", m=finest.compared, level=level)
    if not gaps:
        return [full]
    return [units, _not_compared(gaps[-1], lang)]


def _whole(one: Coverage) -> int:
    """How many units of a level there are, held or not."""
    return one.compared + sum(one.left_out.values()) + missing(one)


def _not_compared(one: Coverage, lang: str) -> Text:
    return say(
        "Not compared: {n} of {m} {level} ({reasons}).",
        n=_whole(one) - one.compared,
        m=_whole(one),
        level=LEVEL_WORDS[one.level],
        reasons=left_out(one, lang),
    )
