"""One contest of both sides in; its comparisons, coverage and outcome out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.chaining import chain_of, followed
from recount.coverage import coverage, summary
from recount.diagnoses import Asked, explain
from recount.earlier import earlier_figures
from recount.errors import RecountError
from recount.intake import box_order
from recount.judging import Question
from recount.listing import Lister, Source, comparisons
from recount.model import INCOMPLETE, WITHHELD, Finding
from recount.moved import moved
from recount.outcome import BOXES, Race, outcome
from recount.parts import parts_of
from recount.recap import recap_figures
from recount.reconcile import reconcile, side_forms
from recount.texts import say
from recount.undone import no_level, votes_undone

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from recount.choose import Chosen
    from recount.engine import Frame
    from recount.judging import SideForms
    from recount.material import Material
    from recount.model import Contest, Coverage, Outcome
    from recount.moved import Moved
    from recount.options import Options
    from recount.reconcile import Compared


class Part(NamedTuple):
    """One contest, reconciled; `listed` as in `listing.COLUMNS`."""

    listed: Frame
    counts: Counter[str]
    coverage: list[Coverage]
    outcome: Outcome | None
    findings: list[Finding]
    moved: Moved | None = None


def reconcile_contest(material: Material, contest: str, up: Frame, options: Options) -> Part | None:
    """Hold both sides of one contest against each other; `up`: aggregate.ancestors.

    None where it has none of the boxes asked for. Raises RecountError when no level is there.
    """
    chosen, sources = followed(material, contest, up, material.chosen(contest, options))
    ours, theirs = _sides(material, contest, chosen)
    question = _question(material, contest, (ours, theirs), options)
    items, candidates = question.items, question.candidates
    if not items:
        return None
    result = reconcile(ours, theirs, material.regions, up, question)
    if result is None:
        raise no_level(options)
    known = _described(material, contest)
    race = Race(known, candidates, material.regions, up)
    standing = outcome(race, result, (ours, theirs), options.today) if candidates else None
    leaders = _leaders(standing, items)
    of_ours, of_theirs = (
        Source(side.forms, side.levels, tally.sheets, c.places)
        for side, c, tally in zip((ours, theirs), chosen, material.tallies, strict=True)
    )
    asked = _asked(material, contest, result, up, (ours, theirs), items)
    recap = _recap(material, contest, result, up, options)
    chain = chain_of(sources, recap, items, result.shown, options.tolerance)
    beside = options.everything, recap, explain(asked), chain
    lister = Lister(contest, items, leaders, material.regions, up, of_ours, of_theirs, *beside)
    counts = list(result.counts.iter_rows(named=True))
    votes = [item for item in items if item in candidates]
    found = [finding for c in chosen for finding in c.findings] + _unknown_region(known, material)
    return Part(
        comparisons(lister, result.shown),
        summary(counts, items),
        [coverage(known, at, counts, votes or items, material.regions) for at in result.levels],
        standing,
        [*found, *votes_undone(contest, summary(counts, votes), votes, (ours.boxes, theirs.boxes))],
        moved(sources, items, options.tolerance, contest),
    )


def _asked(  # noqa: PLR0913, PLR0917 - everything that a cause may be seen in
    material: Material,
    contest: str,
    compared: Compared,
    up: Frame,
    sides: tuple[SideForms, SideForms],
    items: tuple[str, ...],
) -> Asked:
    return Asked(
        compared.shown,
        compared.levels,
        items,
        material.regions,
        up,
        compared.everyone,
        earlier_figures(material.earlier.get(contest, ()), items),
        (frozenset(sides[0].levels), frozenset(sides[1].levels)),
        parts_of(sides, material.regions, up, items),
    )


def _sides(
    material: Material, contest: str, chosen: Sequence[Chosen]
) -> tuple[SideForms, SideForms]:
    """Both sides' forms, with the boxes that either has of this contest."""
    used = {box for tally in material.tallies for box in tally.used(contest)}
    ours, theirs = (
        side_forms(c.forms, tuple(box for box in tally.boxes if box in used), c.conflicts)
        for c, tally in zip(chosen, material.tallies, strict=True)
    )
    return ours, theirs


def _described(material: Material, contest: str) -> Contest:
    return next(one for one in material.election.contests if one.id == contest)


def _recap(
    material: Material, contest: str, compared: Compared, up: Frame, options: Options
) -> Frame | None:
    """The official recap's figures, where the online side shows it beside the count."""
    if material.recap is None or contest not in material.recap.frames:
        return None
    forms = material.chosen_of(material.recap, contest, options).forms
    return recap_figures(forms, up, material.regions, compared.levels)


def _question(
    material: Material, contest: str, sides: tuple[SideForms, SideForms], options: Options
) -> Question:
    """What is asked of every region; with what the online side says of itself."""
    boxes = [set(side.boxes) for side in sides]
    theirs = material.tallies[1].frames[contest]
    everywhere = {box for tally in material.tallies for box in tally.boxes}
    return Question(
        _items(boxes[0], boxes[1], options.items, everywhere),
        _candidates(boxes[0] | boxes[1]),
        options.wanted_levels(),
        options.tolerance,
        options.everything,
        tuple(mark for mark in (WITHHELD, INCOMPLETE) if mark in theirs.columns),
        tuple(box for box in BOXES if box in boxes[0] | boxes[1]),
    )


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


def _candidates(boxes: Iterable[str]) -> tuple[str, ...]:
    found = (box for box in boxes if box.startswith("candidate:"))
    return tuple(sorted(found, key=box_order))


def _leaders(standing: Outcome | None, items: tuple[str, ...]) -> tuple[str, ...]:
    """The first two by theirs, else by ours: between them lies the margin."""
    if standing is None:
        return ()
    ranking = standing.theirs.ranking or standing.ours.ranking
    return tuple(item for one in ranking[:2] if (item := f"candidate:{one.candidate}") in items)


def _items(
    ours: Iterable[str], theirs: Iterable[str], wanted: str | None, everywhere: set[str]
) -> tuple[str, ...]:
    """The boxes of a contest that are asked for; what no contest has at all is a fault."""
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
        asked = {f"candidate:{int(t)}" if t.isascii() and t.isdigit() else t for t in named}
        if missing := asked - everywhere:
            raise RecountError(
                say("No side has the box {box}.", box=", ".join(sorted(missing))),
                mend=say(
                    "Boxes here: {boxes}.", boxes=", ".join(sorted(everywhere, key=box_order))
                ),
            )
        chosen = asked & (left | right)
    return tuple(sorted(chosen, key=box_order))
