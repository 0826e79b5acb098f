"""An outcome in, the sentences about what could still change it out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from recount.boxes import CANDIDATE
from recount.model import LEVELS
from recount.report import _law
from recount.report.words import LEVEL_WORDS, brief, candidate, units_of
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.model import Flip, Outcome
    from recount.texts import Text

    Known = Mapping[tuple[str, str], str]

BOUND_WORDS = {
    "registered": say("their registered voters and 3 percent more, for the reserve"),
    "ballots_received": say("the ballots they received"),
}
"""On what the ballots of units without our form were bounded."""

UNLIKELY = 0.05
"""Below this the differences are said to lean to one side."""


def lines(one: Outcome, known: Known, lang: str) -> list[Text]:
    """Say what could change it, whose leader changes, whom it favours, what the law says."""
    return [
        *_rest(one, known, lang),
        *_flips(one),
        *_favours(one, known, lang),
        *(_law.lines(one.threshold, one.corrected) if one.threshold else ()),
    ]


def _rest(one: Outcome, known: Known, lang: str) -> Iterator[Text]:
    """What the units without our form could do; nothing where there are none to speak of."""
    rest, what = one.rest, units_of(one)
    if rest is None or not one.corrected.ranking:
        return
    if one.certain:
        first = one.corrected.ranking[: one.seats]
        names = [candidate(one.contest, each.candidate, known, lang) for each in first]
        yield _certain(one, Several(tuple(names)))
    elif one.certain is False and rest.units:
        yield say("Not certain yet: of {n} {what} we hold no whole form.", n=rest.units, what=what)
        if one.units_that_could_flip:
            yield say(
                "If all ballots that can be in them were for another candidate, {k} of them would "
                "be enough to change the result.",
                k=one.units_that_could_flip,
            )
    elif rest.units and one.corrected.margin is not None:
        yield say(
            "Of {n} {what} we hold no whole form; online they show {shown} ballots, and the lead "
            "is {margin}. How many ballots can be in them is not known, so nothing is certain yet: "
            "a table of their registered voters, given beside our forms, would tell.",
            n=rest.units,
            what=what,
            shown=rest.shown,
            margin=one.corrected.margin,
        )
    yield from _limits(one)


def _certain(one: Outcome, leader: Several) -> Text:
    rest, what = one.rest, units_of(one)
    if (rest is None or not rest.units) and one.corrected.above:
        return say(
            "We hold a whole form of every {what} that is known here, or of the region above it: "
            "nothing is missing that could change the result.",
            what=what,
        )
    if rest is None or not rest.units:
        return say(
            "We hold a whole form of every {what} that is known here: nothing is missing that "
            "could change the result.",
            what=what,
        )
    return say(
        "Certain: whatever the {n} {what} without our form hold, {leader} stays ahead. At most "
        "{room} ballots can be in them.",
        n=rest.units,
        what=what,
        leader=leader,
        room=rest.room,
    )


def _limits(one: Outcome) -> Iterator[Text]:
    """On what that rests, and what it does not know."""
    rest = one.rest
    if rest is None:
        return
    if one.certain is not None and rest.units and one.bound in BOUND_WORDS:
        yield say("Ballots in them: at most {bound}.", bound=BOUND_WORDS[one.bound])
        if rest.raised:
            yield say(
                "In {n} of them more are shown online than that; there these count.",
                n=rest.raised,
            )
    if rest.unseen:
        yield say(
            "Neither side has anything of {n} regions on the list: what is in them is not known, "
            "so nothing is certain yet.",
            n=rest.unseen,
        )


def _flips(one: Outcome) -> Iterator[Text]:
    """Say where another one leads, and apart from it where the first two are level on a side."""
    level_there = [flip for flip in one.flips if flip.theirs is None or flip.corrected is None]
    another = [flip for flip in one.flips if flip not in level_there]
    if another:
        yield say(
            "With our figures another candidate leads in {regions}.", regions=_by_level(another)
        )
    if level_there:
        yield say(
            "In {regions} the first two are level, in our figures or online.",
            regions=_by_level(level_there),
        )


def _by_level(found: Sequence[Flip]) -> Several:
    counts = Counter(flip.level for flip in found)
    parts = (say("{n} {what}", n=counts[lv], what=LEVEL_WORDS[lv]) for lv in LEVELS if counts[lv])
    return Several(tuple(parts))


def _favours(one: Outcome, known: Known, lang: str) -> Iterator[Text]:
    """Whom the differences favour of the first two, if anyone; and that this accuses nobody."""
    if not one.pairs or not (one.pairs[0].regions_for or one.pairs[0].regions_against):
        return
    pair = one.pairs[0]
    winner, loser = (brief(one.contest, f"{CANDIDATE}{id_}", known, lang) for id_ in pair[:2])
    said = {"n": pair.regions_for, "m": pair.regions_against, "what": units_of(one)}
    # So likely is it that all of them lie on one side by chance; no fewer could tell.
    if 2.0 ** (1 - pair.regions_for - pair.regions_against) >= UNLIKELY:
        yield say(
            "Too few differ to tell whether the differences lean to one side: in {n} {what} online "
            "is better for {winner} than our forms, in {m} for {loser}.",
            winner=winner,
            loser=loser,
            **said,
        )
        return
    if pair.p >= UNLIKELY:
        yield say(
            "The differences lean to neither side: in {n} {what} online is better for {winner} "
            "than our forms, in {m} for {loser}.",
            winner=winner,
            loser=loser,
            **said,
        )
        return
    yield say(
        "The differences lean to one side: in {n} {what} online is better for {winner} than our "
        "forms, in {m} for {loser}.",
        winner=winner,
        loser=loser,
        **said,
    )
    yield say(
        "By chance alone that would be rare, if every difference stood by itself. They often do "
        "not: one person or one cause can be behind many. It is no accusation."
    )
