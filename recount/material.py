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
from recount.earlier import shown_before
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
from recount.unmet import unmet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.choose import Chosen
    from recount.earlier import Earlier
    from recount.engine import Frame
    from recount.intake import Raw, Tally
    from recount.model import Side, Snapshot
    from recount.options import Options
    from recount.partly import Parts
    from recount.regions import Regions
    from recount.sides import ReadSide


class Known(NamedTuple):
    """What is known without a file of it: an election, and rows that stand on the same tree."""

    election: Election
    raws: tuple[Raw, ...] = ()


class Material(NamedTuple):
    """The tallies of the sides on one tree of regions, and everything that was said on the way.

    `totals`: those that our forms print.
    `known`: those of the rows that came without a file.
    `parts`: as partly.partly.
    `earlier`: by contest what theirs showed before (earlier.shown_before).
    """

    election: Election
    tallies: list[Tally]
    regions: Regions
    inputs: tuple[Input, ...]
    findings: list[Finding]
    assumptions: tuple[Text, ...]
    recap: Tally | None = None
    captures: tuple[Snapshot, ...] = ()
    totals: Tally | None = None
    known: tuple[Tally, ...] = ()
    parts: Parts | None = None
    earlier: Mapping[str, Sequence[Frame]] = {}

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
    wanted: Sequence[tuple[Side, Any]],
    options: Options,
    *,
    counted: bool = True,
    known: Known | None = None,
) -> Material:
    """Read the sides; raises RecountError where one cannot be read, or an option's file.

    `counted`: whether it matters how many regions there ought to be. `known`: an election to go by
    where no file of it is given, and rows that are placed with those of the sides.
    """
    known = known or Known(unknown_election())
    election = read_election(options.election) if options.election else known.election
    listed, aliases = list_asked_for(options.regions), spellings_of(options)
    sides = _read(wanted, election, options)
    options.tick(say("Understanding"), 0, 1)
    raws = _raws(sides, known)
    naming = _naming(election, options.contest)
    every, regions = take_in([raw for several in raws for raw in several], listed, naming, aliases)
    tallies, recaps, totals, given, past = _apart(every, raws, options.contest)
    assumed, parts = count_on(options, election, tallies, regions, counted=counted)
    findings = [*(f for side in sides for f in side.findings), *unmet(tallies, regions)]
    findings += _checked(election, [*tallies, *recaps], regions)
    described = _described(election, sides, tallies)
    options.tick(say("Understanding"), 1, 1)
    return Material(
        described,
        tallies,
        regions,
        receipt.counted(_completed(sides, tallies, regions, described), findings),
        findings,
        tuple(dict.fromkeys([*(text for side in sides for text in side.assumptions), *assumed])),
        recaps[0] if recaps else None,
        tuple(one for side in sides for one in side.captures),
        totals[0] if totals else None,
        given,
        parts,
        shown_before(zip(_before(sides), past, strict=True)),
    )


def _read(
    wanted: Sequence[tuple[Side, Any]], election: Election, options: Options
) -> list[ReadSide]:
    known = known_candidates(election)
    layout = partial(understand_book, known=known, given=form_of(election))
    brought = [(side, opened(side, sources)) for side, sources in wanted]
    beside = options.piped, options.tick, options.captures
    told = Told(layout, Said(options.taken_at, known), options.system, *beside)
    # Reading waits for the disk and for Polars, which both let the other side go on meanwhile.
    with ThreadPoolExecutor(len(wanted)) as pool:
        return list(pool.map(lambda one: read_side(one[0], one[1], told), brought))


def _raws(sides: Sequence[ReadSide], known: Known) -> tuple[list[Raw], ...]:
    """The sides' rows, a recap, the totals that forms print, rows without a file, the past."""
    return (
        [side.raw for side in sides],
        [side.recap for side in sides if side.recap],
        [side.totals for side in sides if side.totals],
        [*known.raws],
        [one.raw for one in _before(sides)],
    )


def _before(sides: Sequence[ReadSide]) -> list[Earlier]:
    return [side.earlier for side in sides if side.earlier]


def _apart(
    every: Sequence[Tally], raws: Sequence[Sequence[Raw]], contest: str | None
) -> tuple[list[Tally], list[Tally], list[Tally], tuple[Tally, ...], list[Tally]]:
    """Tell the tallies apart again; all but those without a file are of the contest asked for."""
    left = iter(every)
    tallies, recaps, totals, given, past = ([next(left) for _ in several] for several in raws)
    tallies, recaps, totals, past = (
        [_only(tally, contest) for tally in several] for several in (tallies, recaps, totals, past)
    )
    return tallies, recaps, totals, tuple(given), past


def _completed(
    sides: Sequence[ReadSide], tallies: Sequence[Tally], regions: Regions, election: Election
) -> list[Input]:
    """The files of all sides, each with the receipt of what was understood of it."""
    names = _names(election)
    pairs = zip(sides, tallies, strict=True)
    completed = (receipt.completed(side.inputs, tally, regions, names) for side, tally in pairs)
    return [one for inputs in completed for one in inputs]


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
