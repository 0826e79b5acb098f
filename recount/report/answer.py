"""The sentences of a report: outcome and counts in, what a person reads first out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS, STATUSES
from recount.report.cells import signed
from recount.report.words import (
    LEVEL_WORDS,
    SEVERITY_WORDS,
    SIDE_WORDS,
    STATUS_WORDS,
    candidate,
    counted,
    names,
)
from recount.texts import say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.model import Coverage, Election, Finding, Outcome, Standing
    from recount.texts import Text

    Known = Mapping[tuple[str, str], str]

COMPARED = ("equal", "differs", "partial")
APART = tuple(status for status in STATUSES if status not in COMPARED)


def outcome(
    outcomes: Iterable[Outcome], coverage: Iterable[Coverage], election: Election, lang: str
) -> tuple[str, ...]:
    """Who leads on each side, whether that is the same, and how many units are missing."""
    known, held, decided = names(election), tuple(coverage), tuple(outcomes)
    lines: list[str] = []
    for one in decided:
        if len(decided) > 1:
            lines.append(
                speak(
                    say(
                        "{contest}, {region}:",
                        contest=_contest(one.contest, election),
                        region=one.region,
                    ),
                    lang,
                )
            )
        lines.extend(_contest_lines(one, held, known, lang))
    return tuple(lines)


def counts(summary: Mapping[str, int], lang: str) -> tuple[str, ...]:
    """What was compared and what could not be, in counts of numbers."""
    compared = counted(((key, summary.get(key, 0)) for key in COMPARED), STATUS_WORDS, lang)
    apart = counted(((key, summary.get(key, 0)) for key in APART), STATUS_WORDS, lang)
    first = say("Numbers compared: {n} ({counts}).", n=summary.get("compared", 0), counts=compared)
    none = say("No numbers were compared.")
    lines = [speak(first if compared else none, lang)]
    if apart:
        lines.append(speak(say("Could not be compared: {counts}.", counts=apart), lang))
    return tuple(lines)


def findings(found: Iterable[Finding], lang: str) -> str:
    """Findings in counts by severity."""
    severities: list[str] = [one.severity for one in found]
    if not severities:
        return speak(say("No findings."), lang)
    each = [
        speak(say("{what} {n}", what=text, n=severities.count(key)), lang)
        for key, text in SEVERITY_WORDS.items()
        if key in severities
    ]
    return speak(say("Findings: {n} ({counts}).", n=len(severities), counts=", ".join(each)), lang)


def listing(lang: str) -> str:
    """The command that lists the findings."""
    return speak(say("To list the findings: recount check FILES"), lang)


def left_out(one: Coverage, lang: str) -> str:
    """What a level leaves out, by reason; what neither side holds is counted too."""
    reasons = [*one.left_out.items(), ("missing", missing(one))]
    return counted(reasons, STATUS_WORDS, lang)


def missing(one: Coverage) -> int:
    """How many of a level's units neither side holds."""
    return max(0, one.expected - one.compared - sum(one.left_out.values()))


def _contest(contest: str, election: Election) -> str:
    return next(
        (one.title for one in election.contests if one.id == contest and one.title), contest
    )


def _contest_lines(one: Outcome, held: tuple[Coverage, ...], known: Known, lang: str) -> list[str]:
    sides = {"ours": one.ours, "theirs": one.theirs, "corrected": one.corrected}
    lines = [_standing(side, sides[side], one.contest, known, lang) for side in sides]
    lines.append(speak(_same(one, known, lang), lang))
    lines.extend(speak(text, lang) for text in _moved(one, known, lang))
    lines.extend(speak(text, lang) for text in (*_apart(one.contest, held), *_bounds(one)))
    return lines


def _standing(side: str, held: Standing, contest: str, known: Known, lang: str) -> str:
    label, who = (
        SIDE_WORDS[side],
        [candidate(contest, one.candidate, known, lang) for one in held.ranking[:2]],
    )
    if not who:
        return speak(say("{side}: no votes were read.", side=label), lang)
    first = held.ranking[0].votes
    if len(who) == 1 or held.margin is None:
        text = say(
            "{side}: {leader}, {votes} votes ({units} units).",
            side=label,
            leader=who[0],
            votes=first,
            units=held.units,
        )
    elif held.margin == 0:
        text = say(
            "{side}: {leader} and {second} are level at {votes} votes ({units} units).",
            side=label,
            leader=who[0],
            second=who[1],
            votes=first,
            units=held.units,
        )
    else:
        text = say(
            "{side}: {leader} leads by {margin}, {votes} to {other} ({units} units).",
            side=label,
            leader=who[0],
            margin=held.margin,
            votes=first,
            other=held.ranking[1].votes,
            units=held.units,
        )
    return speak(text, lang)


def _same(one: Outcome, known: Known, lang: str) -> Text:
    if one.same_winner is None or not one.corrected.ranking or not one.theirs.ranking:
        return say("Whether the leader is the same cannot be said.")
    if one.same_winner:
        return say(
            "Corrected (ours where we hold a form, online elsewhere) and online have the "
            "same leader."
        )
    first, other = one.corrected.ranking[0].candidate, one.theirs.ranking[0].candidate
    return say(
        "The leader differs: {corrected} corrected (ours where we hold a form, online "
        "elsewhere), {theirs} online.",
        corrected=candidate(one.contest, first, known, lang),
        theirs=candidate(one.contest, other, known, lang),
    )


def _moved(one: Outcome, known: Known, lang: str) -> list[Text]:
    """How far the lead of the online leader over the online second moves: plain subtraction."""
    corrected = dict(one.corrected.ranking)
    pair = [who for who, _ in one.theirs.ranking[:2] if who in corrected]
    if len(pair) < 2 or one.theirs.margin is None:  # noqa: PLR2004 - a lead takes two
        return []
    now = corrected[pair[0]] - corrected[pair[1]]
    if now == one.theirs.margin:
        return []
    leader, second = (candidate(one.contest, who, known, lang) for who in pair)
    return [
        say(
            "{leader} minus {second}: {online} online, {now} corrected ({shift}).",
            leader=leader,
            second=second,
            online=signed(one.theirs.margin, lang),
            now=signed(now, lang),
            shift=signed(now - one.theirs.margin, lang),
        )
    ]


def _apart(contest: str, held: tuple[Coverage, ...]) -> list[Text]:
    """How many units of the finest level were not compared."""
    own = [one for one in held if one.contest == contest]
    if not own:
        return []
    finest = max(own, key=lambda one: LEVELS.index(one.level))
    whole = finest.compared + sum(finest.left_out.values()) + missing(finest)
    return [
        say(
            "Not compared: {n} of {m} {level}.",
            n=whole - finest.compared,
            m=whole,
            level=LEVEL_WORDS[finest.level],
        )
    ]


def _bounds(one: Outcome) -> list[Text]:
    if one.certain is True:
        return [say("Whatever the units without a form hold, the leader stays.")]
    if one.certain is False and one.units_that_could_flip is not None:
        return [
            say(
                "At least {n} units without a form would have to be otherwise for the leader "
                "to change.",
                n=one.units_that_could_flip,
            )
        ]
    return []
