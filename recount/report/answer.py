"""The sentences of a report: outcome and counts in, what a person reads first out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import STATUSES
from recount.report import _matter, _sources
from recount.report._held import apart
from recount.report._idle import idle
from recount.report._units import held_units
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
from recount.texts import Several, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.model import Coverage, Election, Finding, Input, Outcome, Standing
    from recount.texts import Text

    Known = Mapping[tuple[str, str], str]

COMPARED = ("equal", "differs", "partial")
APART = tuple(status for status in STATUSES if status not in COMPARED)


def outcome(
    outcomes: Iterable[Outcome],
    coverage: Iterable[Coverage],
    found: Iterable[Finding],
    election: Election,
    lang: str,
) -> tuple[str, ...]:
    """Who leads on each side, whether that is the same, and how many units are missing.

    Where `found` tells of numbers that were not understood, that comes behind the leaders.
    """
    known, held, decided = names(election), tuple(coverage), tuple(outcomes)
    unused = idle(found)
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
        lines.extend(_contest_lines(one, held, unused, known, lang))
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


def found(told: Sequence[Finding], inputs: Iterable[Input], lang: str) -> tuple[str, ...]:
    """Findings in counts, and the commands that list them."""
    return (findings(told, lang), *_sources.listing(told, inputs, lang))


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


def _contest(contest: str, election: Election) -> str:
    return next(
        (one.title for one in election.contests if one.id == contest and one.title), contest
    )


def _contest_lines(
    one: Outcome, held: tuple[Coverage, ...], unused: list[Text], known: Known, lang: str
) -> list[str]:
    if _plain(one):
        texts = [_leads(one, known, lang), _leads_by(one), _together(one, known, lang)]
    else:
        texts = [
            _standing("ours", one.ours, one, known, lang),
            _standing("theirs", one.theirs, one, known, lang),
            _same(one),
        ]
    texts += [*unused, *apart(one, held, lang, whole=not unused)]
    # With figures missing nothing is certain, whatever those that were read say.
    texts += _matter.lines(one, known, lang, whole=not unused)
    return [speak(text, lang) for text in texts]


def _plain(one: Outcome) -> bool:
    """Whether there is one leader on each side, and the sides can be held together."""
    every = all(standing.margin for standing in (one.ours, one.theirs, one.corrected))
    return every and one.same_winner is not None and one.seats == 1


def _leads(one: Outcome, known: Known, lang: str) -> Text:
    first = (standing.ranking[0].candidate for standing in (one.ours, one.theirs, one.corrected))
    ours, theirs, corrected = (candidate(one.contest, who, known, lang) for who in first)
    if theirs != corrected:
        return say(
            "The leader differs: {theirs} online, {corrected} with our figures.",
            theirs=theirs,
            corrected=corrected,
        )
    if ours != theirs:
        return say(
            "{theirs} leads online; in our forms alone {ours} does.", theirs=theirs, ours=ours
        )
    return say("{leader} leads, in our forms and online.", leader=ours)


def _leads_by(one: Outcome) -> Text:
    ours, theirs = (held_units(one, standing) for standing in (one.ours, one.theirs))
    return say(
        "The lead: {ours} votes in our forms ({n}), {theirs} votes online ({m}).",
        ours=one.ours.margin,
        n=ours,
        theirs=one.theirs.margin,
        m=theirs,
    )


def _together(one: Outcome, known: Known, lang: str) -> Text:
    """How far our figures move the lead: plain subtraction."""
    now, online = one.corrected, one.theirs
    if now.ranking[0].candidate != online.ranking[0].candidate:
        who = candidate(one.contest, now.ranking[0].candidate, known, lang)
        return say(
            "{how}, {leader} leads by {now} votes.",
            how=_how(one),
            leader=who,
            now=now.margin,
        )
    if now.margin == online.margin:
        return say("{how}, the lead stays the same.", how=_how(one))
    return say(
        "{how}, the lead is {now} votes ({shift}).",
        how=_how(one),
        now=now.margin,
        shift=signed((now.margin or 0) - (online.margin or 0), lang),
    )


def _standing(side: str, held: Standing, one: Outcome, known: Known, lang: str) -> Text:
    """One side's leaders, where the plain sentences do not do."""
    label, n = SIDE_WORDS[side], held_units(one, held)
    if not held.ranking:
        return say("{side}: no votes were read.", side=label)
    first = held.ranking[0]
    who = [candidate(one.contest, each.candidate, known, lang) for each in held.ranking[:2]]
    if held.margin is None:
        return say(
            "{side}: {leader}, {votes} votes ({n}).",
            side=label,
            leader=who[0],
            votes=first.votes,
            n=n,
        )
    if held.margin == 0:
        return say(
            "{side}: {leader} and {second} are level at {votes} votes ({n}).",
            side=label,
            leader=who[0],
            second=who[1],
            votes=first.votes,
            n=n,
        )
    return say(
        "{side}: {leader} leads by {margin} votes ({n}).",
        side=label,
        leader=who[0],
        margin=held.margin,
        n=n,
    )


def _same(one: Outcome) -> Text:
    if one.same_winner is None or not one.ours.ranking:
        return say("Whether the leader is the same cannot be said.")
    if one.same_winner:
        return say("{how}, the result stays the same.", how=_how(one))
    return say("{how}, the result is another.", how=_how(one))


def _how(one: Outcome) -> Text:
    """What stands together: our figures where we hold any, also of units that are not online."""
    if not one.added:
        return say("With our figures in place of the online ones")
    regions = (say("{n} {what}", n=n, what=LEVEL_WORDS[level]) for level, n in one.added)
    return say(
        "With our figures in place of the online ones, and those of {regions} that are not online",
        regions=Several(tuple(regions)),
    )
