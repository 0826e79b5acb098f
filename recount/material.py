"""Files of one or two sides, an election and a region list in; tallies on one tree out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from recount import engine, receipt
from recount.checks import check, weighed
from recount.checks._side import CheckedSide
from recount.choose import Whose, choose
from recount.contests import Naming
from recount.election import (
    known_candidates,
    read_election,
    unknown_election,
)
from recount.forms import form_of
from recount.headings import slug
from recount.intake import box_order, take_in
from recount.layouts import understand_book
from recount.listed import count_on, list_asked_for, spellings_of
from recount.model import Candidate, Contest, Election, Finding, Input
from recount.sides import Told, opened, read_side
from recount.systems import Said
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.choose import Chosen
    from recount.intake import Tally
    from recount.model import Side
    from recount.options import Options
    from recount.partly import Parts
    from recount.regions import Regions
    from recount.sides import ReadSide


class Material(NamedTuple):
    """The tallies of the sides on one tree of regions, and everything that was said on the way.

    `parts`: as partly.partly.
    """

    election: Election
    tallies: list[Tally]
    regions: Regions
    inputs: tuple[Input, ...]
    findings: list[Finding]
    assumptions: tuple[Text, ...]
    recap: Tally | None = None
    parts: Parts | None = None

    def digests(self, side: Side) -> list[str]:
        """SHA-256 of each file of a side, by `Sheet.input`."""
        return [given.sha256 for given in self.inputs if given.side == side]

    def chosen(self, contest: str, options: Options) -> list[Chosen]:
        """For each side its forms of a contest, one row per region, in the engine asked for."""
        return [self.chosen_of(tally, contest, options) for tally in self.tallies]

    def chosen_of(self, tally: Tally, contest: str, options: Options) -> Chosen:
        """The same of one tally."""
        return choose(
            engine.start(tally.frames[contest], options.engine),
            Whose(contest, tally.side, tally.sheets, self.digests(tally.side)),
            tally.boxes,
            self.regions,
        )


def read_material(
    wanted: Sequence[tuple[Side, Any]], options: Options, *, counted: bool = True
) -> Material:
    """Read the sides; raises RecountError where one cannot be read, or an option's file.

    `counted`: whether it matters how many regions there ought to be.
    """
    election = read_election(options.election) if options.election else unknown_election()
    listed, aliases = list_asked_for(options.regions), spellings_of(options)
    layout = partial(understand_book, known=known_candidates(election), given=form_of(election))
    brought = [(side, opened(side, sources)) for side, sources in wanted]
    # Reading waits for the disk and for Polars, which both let the other side go on meanwhile.
    with ThreadPoolExecutor(len(wanted)) as pool:
        said = Said(options.taken_at, known_candidates(election))
        told = Told(layout, said, options.system, options.piped, options.tick)
        reading = partial(read_side, told=told)
        sides = list(pool.map(lambda one: reading(*one), brought))
    options.tick(say("Understanding"), 0, 1)
    raws = [*(side.raw for side in sides), *(side.recap for side in sides if side.recap)]
    taken, regions = take_in(raws, listed, _naming(election, options.contest), aliases)
    taken = [_only(tally, options.contest) for tally in taken]
    tallies, recaps = taken[: len(sides)], taken[len(sides) :]
    assumed, parts = count_on(options, election, tallies, regions, counted=counted)
    findings = [finding for side in sides for finding in side.findings]
    findings += _checked(election, taken, regions)
    described = _described(election, sides, tallies)
    names = _names(described)
    pairs = zip(sides, tallies, strict=True)
    inputs = [receipt.completed(side.inputs, tally, regions, names) for side, tally in pairs]
    options.tick(say("Understanding"), 1, 1)
    return Material(
        described,
        tallies,
        regions,
        receipt.counted((one for side in inputs for one in side), findings),
        findings,
        tuple(dict.fromkeys([*(text for side in sides for text in side.assumptions), *assumed])),
        recaps[0] if recaps else None,
        parts,
    )


def _naming(election: Election, contest: str | None) -> Naming:
    """Which contest a row belongs to, by the id or the title that it names."""
    ids = {slug(text): one.id for one in election.contests for text in (one.id, one.title)}
    return Naming(contest or election.contests[0].id, ids)


def _checked(election: Election, tallies: Sequence[Tally], regions: Regions) -> list[Finding]:
    """What was found while reading figures and by the rules, as heavy as the project wants it."""
    findings: list[Finding] = []
    for tally in tallies:
        findings += tally.findings
        for contest, forms in tally.frames.items():
            where = tally.used(contest), tally.sheets, regions, election, tally.answers
            findings += check(CheckedSide(contest, tally.side, forms, *where))
    return weighed(findings, election.rules)


def _names(election: Election) -> dict[tuple[str, str], str]:
    return {
        (contest.id, candidate.id): candidate.name
        for contest in election.contests
        for candidate in contest.candidates
    }


def _only(tally: Tally, contest: str | None) -> Tally:
    """Keep one contest, where one is asked for."""
    if contest is None or contest not in tally.frames:
        return tally
    return tally._replace(frames={contest: tally.frames[contest]}, boxes=tuple(tally.used(contest)))


def _described(election: Election, sides: Sequence[ReadSide], tallies: Sequence[Tally]) -> Election:
    """Complete the election with the contests and candidates that the files themselves name."""
    contests = {contest.id: contest for contest in election.contests}
    met = dict.fromkeys(id_ for tally in tallies for id_ in tally.frames)
    names: dict[str, str] = {}
    for side in sides:
        for id_, name in side.raw.candidates.items():
            names.setdefault(id_, name)
    complete = []
    for id_ in met:
        used = {box for tally in tallies if id_ in tally.frames for box in tally.used(id_)}
        ids = [box.partition(":")[2] for box in sorted(used, key=box_order) if "candidate:" in box]
        found = tuple(Candidate(number, names.get(number, "")) for number in ids)
        contest = contests.get(id_, Contest(id_, ""))
        complete.append(contest if contest.candidates else replace(contest, candidates=found))
    return replace(election, contests=tuple(complete))
