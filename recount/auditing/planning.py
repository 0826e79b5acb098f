"""The online figures in, a plan out: batches, bounds and claims, before any seed is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.audit import C, ErrorModel, ballots_apart, sizes
from recount.auditing.ballots import BOUND, bounded
from recount.auditing.ballots import said as said_of_bound
from recount.auditing.batches import batches
from recount.auditing.evidence import sets_of
from recount.auditing.laying import laid, u_of
from recount.auditing.official import declared, own_total, whole_of
from recount.auditing.plan import FRAME, PLAN, REGIONS, Plan, Source, Terms
from recount.auditing.rules import MOST, Rule, same_result
from recount.auditing.undecided import refuse_undecided, said_of_gaps
from recount.auditing.writing import digest, frame_file, plan_file, regions_file
from recount.boxes import CANDIDATE
from recount.errors import RecountError
from recount.material import read_material
from recount.model import LEVELS, Candidate
from recount.result import VERSION
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from recount.auditing.ballots import Bounded
    from recount.auditing.batches import Batches
    from recount.auditing.official import Votes
    from recount.auditing.plan import Test
    from recount.engine import Frame as Rows
    from recount.material import Material
    from recount.model import Contest, Election
    from recount.options import Options
    from recount.texts import Text

TYPICAL = ErrorModel(0.05, 5)
"""In one form of twenty five votes stand with the wrong candidate."""


class Asked(NamedTuple):
    """What a plan is asked to be, beside the files and their options.

    `official`: a table of the declared result; `registered`: of the registered voters. `seats`:
    None for what the election's file says. `bound`: None for the best that is known. `together`:
    sets of regions that share one form, as it was written.
    """

    level: str
    risk_limit: Fraction
    c: Fraction = C
    test: Test = "betting"
    rule: Rule = MOST
    seats: int | None = None
    official: str | None = None
    registered: str | None = None
    bound: str | None = None
    errors: ErrorModel = TYPICAL
    together: tuple[tuple[str, ...], ...] = ()


def planned(online: Any, asked: Asked, options: Options) -> tuple[Plan, dict[str, bytes]]:  # noqa: ANN401 - paths or any frame
    """Make a plan, and the files of its folder. Raises RecountError."""
    wanted: list[tuple[Any, Any]] = [("theirs", online)]
    if asked.registered:
        wanted.insert(0, ("ours", [asked.registered]))
    material = read_material(wanted, options)
    contest = _contest(material, options)
    found = batches(material, contest.id, LEVELS.index(asked.level))
    bound = bounded(found, asked.bound)
    official, said, files = _official(material, contest, found, asked, options)
    if asked.seats is not None:
        contest = replace(contest, seats=asked.seats)
    sources = (*_sources(material, {"theirs": "online", "ours": "registered"}), *files)
    plan = _plan(_Basis(material.election, contest, found, bound, official, sources), asked)
    plan = replace(
        plan,
        said=(*material.assumptions, *said, *_said(plan, found, bound)),
        findings=(*material.findings, *found.findings),
        read=material.inputs,
    )
    return _with_files(plan, found, bound)


class _Basis(NamedTuple):
    """What a plan is made of."""

    election: Election
    contest: Contest
    batches: Batches
    bound: Bounded
    official: Votes | None
    sources: tuple[Source, ...]


def _contest(material: Material, options: Options) -> Contest:
    online = next(tally for tally in material.tallies if tally.side == "theirs")
    named = list(online.frames)
    if options.contest is None and len(named) > 1:
        raise RecountError(
            say("The online side has several contests; a plan is for one."),
            mend=say("Choose with --contest: {contests}.", contests=", ".join(named)),
        )
    wanted = options.contest if options.contest in named else named[0]
    return next(one for one in material.election.contests if one.id == wanted)


def _official(
    material: Material, contest: Contest, found: Batches, asked: Asked, options: Options
) -> tuple[Votes | None, tuple[Text, ...], tuple[Source, ...]]:
    """What was declared, what to say where nothing was, and the files that say it."""
    whole = whole_of(material, contest, found)
    if asked.official:
        table = read_material([("theirs", [asked.official])], options, counted=False)
        votes = declared(table, contest.id, found.candidates)
        return votes, (), _sources(table, {"theirs": "official"})
    own = own_total(material, contest.id, whole, found)
    if own is not None:
        return own, (), ()
    text = say(
        "No table says what was declared of the whole: compare the totals with the official "
        "announcement yourself, or give it with --official FILE."
    )
    return None, (text,), ()


def _sources(material: Material, roles: Mapping[str, str]) -> tuple[Source, ...]:
    """The files by their names alone: a plan is published, and where they lay is nobody's."""
    return tuple(
        Source(roles[one.side], PurePath(one.path).name, one.sha256, one.bytes)
        for one in material.inputs
    )


def _plan(basis: _Basis, asked: Asked) -> Plan:
    found, contest, official = basis.batches, basis.contest, basis.official
    rule = asked.rule._replace(seats=contest.seats)
    table = _table(found, basis.bound)
    refuse_undecided(found, basis.bound, rule, official)
    sums = {box.removeprefix(CANDIDATE): int(table[box].sum()) for box in found.candidates}
    if official is not None and not same_result(rule, official, sums):
        raise _other_result(sums, official)
    apart = ballots_apart(official, sums) if official else 0
    frame = laid(table, rule, apart)
    together = sets_of(frame, asked.together)
    known = {one.id: one for one in contest.candidates}
    candidates = tuple(known.get(one, Candidate(one, "")) for one in sums)
    return Plan(
        version=VERSION,
        election=replace(basis.election, contests=(replace(contest, candidates=candidates),)),
        level=asked.level,
        finest=LEVELS[found.finest],
        terms=Terms(rule, asked.risk_limit, asked.c, asked.test, basis.bound.kind, together),
        votes=sums,
        official=official,
        unaccounted=apart,
        frame=frame,
        places=found.places.with_columns(basis.bound.frame["parts"]),
        digests={},
        inputs=basis.sources,
        sizes=sizes(frame, asked.risk_limit, asked.c, asked.errors),
        errors=asked.errors,
    )


def _table(found: Batches, bound: Bounded) -> Rows:
    return bound.frame.select("id", *found.candidates, BOUND)


def _with_files(plan: Plan, found: Batches, bound: Bounded) -> tuple[Plan, dict[str, bytes]]:
    """Write the files, each under its digest; the plan's own comes last."""
    files = {
        FRAME: frame_file(_table(found, bound), list(u_of(plan.frame))),
        REGIONS: regions_file(plan.places),
    }
    plan = replace(plan, digests={name: digest(data) for name, data in files.items()})
    files[PLAN] = plan_file(plan)
    return replace(plan, digests={**plan.digests, PLAN: digest(files[PLAN])}), files


def _other_result(sums: Mapping[str, int], official: Mapping[str, int]) -> RecountError:
    apart = next(one for one in sums if sums[one] != official[one])
    return RecountError(
        say(
            "The regions add up to another result than the official total: candidate {id} has "
            "{sum} votes in the regions and {official} in total. There is no result that an audit "
            "could confirm.",
            id=apart,
            sum=sums[apart],
            official=official[apart],
        ),
        mend=say("Find where the two part: recount reconcile."),
    )


def _said(plan: Plan, found: Batches, bound: Bounded) -> Iterator[Text]:
    """What was taken for granted of the batches."""
    yield from said_of_bound(bound)
    yield from said_of_gaps(found.gaps)
    hidden = len(found.frame.filter(nw.col("shown") == 0))
    if hidden:
        yield say(
            "Regions that are not online, or not whole: {n} of {m}; what is not shown counts as no "
            "votes, and they can be drawn like all others.",
            n=hidden,
            m=len(found.frame),
        )
    if plan.unaccounted:
        yield say(
            "Ballots by which the regions and the official total are apart: {n}; every margin is "
            "taken that much smaller.",
            n=plan.unaccounted,
        )
