"""One contest of both sides in; its comparisons, coverage and outcome out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import box_texts
from recount.coverage import compared, coverage, summary
from recount.errors import RecountError
from recount.intake import box_order
from recount.judging import Question
from recount.listing import Lister, Source, comparisons
from recount.model import INCOMPLETE, NO_VOTES, STRANGERS, WITHHELD, Finding
from recount.outcome import Race, outcome
from recount.recap import recap_figures
from recount.reconcile import reconcile, side_forms
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.engine import Frame
    from recount.material import Material
    from recount.model import Contest, Coverage, Outcome
    from recount.options import Options
    from recount.reconcile import Compared


_HINTS = {"code-system", "similar-name", "unknown-name", "ambiguous-name"}
"""Findings that may be why nothing meets."""


class Part(NamedTuple):
    """One contest, reconciled; `listed` as in `listing.COLUMNS`."""

    listed: Frame
    counts: Counter[str]
    coverage: list[Coverage]
    outcome: Outcome | None
    findings: list[Finding]


def reconcile_contest(material: Material, contest: str, up: Frame, options: Options) -> Part:
    """Hold both sides of one contest against each other.

    `up`: aggregate.ancestors. Raises RecountError when no level asked for is there.
    """
    chosen = material.chosen(contest, options)
    both = list(zip(chosen, material.tallies, strict=True))
    used = {box for tally in material.tallies for box in tally.used(contest)}
    ours, theirs = (
        side_forms(c.forms, tuple(box for box in tally.boxes if box in used), c.conflicts)
        for c, tally in both
    )
    boxes = set(ours.boxes), set(theirs.boxes)
    items = _items(*boxes, options.items)
    candidates = _candidates(boxes[0] | boxes[1])
    question = _question(items, candidates, material.tallies[1].frames[contest], options)
    result = reconcile(ours, theirs, material.regions, up, question)
    if result is None:
        raise no_level(options)
    known = next(c for c in material.election.contests if c.id == contest)
    race = Race(known, candidates, material.regions, up)
    standing = outcome(race, result, (ours, theirs)) if candidates else None
    leaders = tuple(leader for leader in _leaders(standing) if leader in items)
    of_ours, of_theirs = (
        Source(side.forms, side.levels, tally.sheets, c.places)
        for side, (c, tally) in zip((ours, theirs), both, strict=True)
    )
    beside = options.everything, _recap(material, contest, result, up, options)
    lister = Lister(contest, items, leaders, material.regions, up, of_ours, of_theirs, *beside)
    counts = list(result.counts.iter_rows(named=True))
    votes = [item for item in items if item in candidates]
    found = [finding for c in chosen for finding in c.findings] + _unknown_region(known, material)
    found += _undone(contest, summary(counts, votes), votes, boxes)
    return Part(
        comparisons(lister, result.shown),
        summary(counts, items),
        [coverage(known, at, counts, votes or items, material.regions) for at in result.levels],
        standing,
        found,
    )


def _question(
    items: tuple[str, ...], candidates: tuple[str, ...], theirs: Frame, options: Options
) -> Question:
    """What is asked of every region; with what the online side says of itself."""
    marks = tuple(mark for mark in (WITHHELD, INCOMPLETE) if mark in theirs.columns)
    levels = options.wanted_levels()
    return Question(items, candidates, levels, options.tolerance, options.everything, marks)


def _recap(
    material: Material, contest: str, compared: Compared, up: Frame, options: Options
) -> Frame | None:
    """The official recap's figures, where the online side shows it beside the count."""
    if material.recap is None or contest not in material.recap.frames:
        return None
    forms = material.chosen_of(material.recap, contest, options).forms
    return recap_figures(forms, up, material.regions, compared.levels)


def _unknown_region(contest: Contest, material: Material) -> list[Finding]:
    """Say that the outcome is that of all units, where the contest's own region is in no file."""
    if contest.region is None or contest.region in material.regions.by_code:
        return []
    message = say(
        "No file and no region list has the code {region} of the contest; its outcome is that of "
        "all regions here.",
        region=contest.region,
    )
    mend = say("Give a region list with --regions, or correct the region in the election file.")
    return [
        Finding(
            "contest-region", "warning", message, mend, region=contest.region, contest=contest.id
        )
    ]


def _undone(
    contest: str, held: Counter[str], votes: Sequence[str], boxes: tuple[set[str], set[str]]
) -> Iterator[Finding]:
    """Say when not one figure of the candidates has a counterpart, and why as far as it is known.

    `votes`: their boxes, and `held` what became of them. `boxes`: those of each side.
    """
    if compared(held) or held["conflict"]:
        return
    ours, theirs = (set(votes) & own for own in boxes)
    if ours and theirs and not ours & theirs:
        message = say(
            "The two sides call their candidates differently, so no votes were compared: {ours} "
            "in our files, {theirs} online.",
            ours=box_texts(sorted(ours, key=box_order)),
            theirs=box_texts(sorted(theirs, key=box_order)),
        )
        mend = say(
            "Check that both are of one contest; give an election file with --election that has "
            "each number with its names."
        )
        yield Finding(STRANGERS, "error", message, mend, contest=contest)
    elif votes:
        message = say("No candidate's votes were compared: one side has no figure of theirs.")
        mend = say("See which lines or columns of the files were not understood: recount check.")
        yield Finding(NO_VOTES, "error", message, mend, contest=contest)


def _candidates(boxes: Iterable[str]) -> tuple[str, ...]:
    found = (box for box in boxes if box.startswith("candidate:"))
    return tuple(sorted(found, key=box_order))


def _leaders(standing: Outcome | None) -> tuple[str, ...]:
    """The first two by theirs, else by ours: between them lies the margin."""
    if standing is None:
        return ()
    ranking = standing.theirs.ranking or standing.ours.ranking
    return tuple(f"candidate:{votes.candidate}" for votes in ranking[:2])


def _items(ours: Iterable[str], theirs: Iterable[str], wanted: str | None) -> tuple[str, ...]:
    left, right = set(ours), set(theirs)
    candidates = set(_candidates(left | right))
    if wanted is None:
        chosen = candidates | (left & right)
    elif wanted == "candidates":
        chosen = candidates
    elif wanted == "all":
        chosen = left | right
    else:
        named = [text.strip() for text in wanted.split(",")]
        chosen = {f"candidate:{int(t)}" if t.isdigit() else t for t in named}
        if missing := chosen - (left | right):
            raise RecountError(
                say("No side has the box {box}.", box=", ".join(sorted(missing))),
                mend=say(
                    "Boxes here: {boxes}.", boxes=", ".join(sorted(left | right, key=box_order))
                ),
            )
    if not chosen:
        raise nothing_compared(Counter(), ())
    return tuple(sorted(chosen, key=box_order))


def nothing_compared(counts: Counter[str], findings: Iterable[Finding]) -> RecountError:
    """Both sides were read, and no figure of one has a counterpart on the other."""
    if counts["withheld"] and not counts["theirs_only"]:
        return _withheld(counts)
    found = tuple(findings)
    hint = next((f for f in found if f.rule in _HINTS), None)
    advice = say("Check that both are of one contest and name their regions alike, or add codes.")
    if apart := next((f for f in found if f.rule == STRANGERS), None):
        return RecountError(apart.message, mend=apart.mend)
    return RecountError(
        say(
            "Nothing could be compared: {ours} figures only ours, {theirs} only online, "
            "{unread} unread.",
            ours=counts["ours_only"],
            theirs=counts["theirs_only"],
            unread=counts["unread"],
        ),
        mend=say("{advice} For example: {hint}", advice=advice, hint=hint.message)
        if hint
        else advice,
        place=hint.place if hint else None,
    )


def _withheld(counts: Counter[str]) -> RecountError:
    return RecountError(
        say(
            "Nothing could be compared: the online system shows 0 everywhere while TPS are in. It "
            "withholds its figures, {withheld} of them.",
            withheld=counts["withheld"],
        ),
        mend=say("Compare with an earlier capture."),
    )


def no_level(options: Options) -> RecountError:
    """No region of the levels asked for; or, where none was, no region at all."""
    if not options.levels:
        return RecountError(
            say("No row names a region, so nothing can be added up."),
            mend=say("Add columns with the names or codes of the regions, as on the forms."),
        )
    return RecountError(
        say(
            "No region of the level {level} is there to add up.",
            level=", ".join(options.levels),
        ),
        mend=say("Choose a level that the files name, or give the column of that level."),
    )
