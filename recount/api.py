"""The steps in their order: files or frames of two sides in, a `Result` out.

What a script calls: `reconcile`, `check`, `aggregate`. Nothing here prints or asks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import narwhals as nw

from recount import engine as engines
from recount.aggregate import ancestors, at_level, present_levels, totals
from recount.checks import check as run_checks
from recount.checks._side import CheckedSide
from recount.choose import choose
from recount.coverage import compared, coverage, summary
from recount.election import (
    known_candidates,
    read_election,
    read_regions,
    unknown_election,
)
from recount.errors import RecountError
from recount.headings import slug
from recount.intake import Naming, box_order, listed_places, take_in
from recount.listing import COLUMNS, Lister, Source, comparisons, names
from recount.model import LEVELS, STATUSES, Candidate, Contest, Election, Finding, Input
from recount.outcome import outcome
from recount.reconcile import Question, side_forms
from recount.reconcile import reconcile as compare
from recount.result import VERSION, Result, Tallied
from recount.sides import read_side
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from recount.choose import Chosen
    from recount.engine import Frame
    from recount.intake import Tally
    from recount.model import Coverage, Outcome, Side
    from recount.regions import Regions
    from recount.sides import ReadSide




class Tick(Protocol):
    """Told after every file and step, so that a command can show how far the work is."""

    def __call__(self, step: Text, done: int, total: int) -> None:
        """`done` of `total` parts of a step are finished."""


def silent(step: Text, done: int, total: int) -> None:
    """Show nothing."""
    del step, done, total


@dataclass(frozen=True, slots=True)
class Options:
    """What may be said beside the files; everything has a sensible answer without it.

    `items`: None for the candidates and every box that both sides have, "candidates", "all", or
    ids separated by commas. `levels`: names of LEVELS, None for all that both sides have.
    """

    election: str | Path | None = None
    regions: str | Path | None = None
    levels: tuple[str, ...] | None = None
    items: str | None = None
    tolerance: int = 0
    everything: bool = False
    engine: str = "polars"
    stdin: bytes | None = None
    tick: Tick = field(default=silent, repr=False)


class _Sides(NamedTuple):
    """What reading gave: the tallies on one tree, and everything that was said on the way."""

    election: Election
    tallies: list[Tally]
    regions: Regions
    inputs: tuple[Input, ...]
    findings: list[Finding]
    assumptions: tuple[Text, ...]


def reconcile(ours: Any, theirs: Any, **options: Any) -> Result:  # noqa: ANN401 - paths or any frame
    """Hold our figures against theirs.

    `ours`, `theirs`: a path, a list of paths, or a frame of pandas, Polars, PyArrow or DuckDB, with
    headings as in a file. `options`: the fields of `Options`. Raises RecountError when a side
    cannot be read or nothing can be compared.
    """
    return reconcile_with(ours, theirs, Options(**options))


def reconcile_with(ours: Any, theirs: Any, options: Options) -> Result:  # noqa: ANN401 - see above
    """Do what `reconcile` does, with the options as one value."""
    read_ = _read_sides([("ours", ours), ("theirs", theirs)], options)
    up = ancestors(read_.regions)
    shared = [id_ for id_ in read_.tallies[0].frames if id_ in read_.tallies[1].frames]
    if not shared:
        raise _nothing_compared()
    parts = [_contest(read_, id_, up, options) for id_ in shared]
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    if not any(counts.values()):
        raise _nothing_compared()
    frame = nw.concat([part.listed for part in parts]) if len(parts) > 1 else parts[0].listed
    findings = [*read_.findings, *(finding for part in parts for finding in part.findings)]
    if not compared(counts):
        findings.append(_no_figures())
    return Result(
        VERSION,
        read_.election,
        read_.inputs,
        tuple(held for part in parts for held in part.coverage),
        tuple(part.outcome for part in parts if part.outcome),
        frame,
        tuple(findings),
        {"compared": compared(counts), **{status: counts[status] for status in STATUSES}},
        read_.assumptions,
    )


class _Part(NamedTuple):
    """One contest, reconciled."""

    listed: Frame
    counts: Counter[str]
    coverage: list[Coverage]
    outcome: Outcome | None
    findings: list[Finding]


def _contest(read_: _Sides, contest: str, up: Frame, options: Options) -> _Part:
    options.tick(say("Comparing"), 0, 1)
    chosen = [_chosen(tally, contest, read_.regions, options) for tally in read_.tallies]
    ours, theirs = (
        side_forms(c.forms, tally.boxes, c.conflicts)
        for c, tally in zip(chosen, read_.tallies, strict=True)
    )
    items = _items(ours.boxes, theirs.boxes, options.items)
    question = Question(items, _levels(options.levels), options.tolerance, options.everything)
    result = compare(ours, theirs, read_.regions, up, question)
    if not result.levels:
        raise _no_level(options.levels)
    candidates = tuple(item for item in items if item.startswith("candidate:"))
    known = next(c for c in read_.election.contests if c.id == contest)
    standing = None
    if candidates:
        has = set(ours.boxes), set(theirs.boxes)
        standing = outcome(known, result.paired, candidates, has, read_.regions)
    sources = [
        Source(c.forms, tally.sheets, c.conflicts)
        for c, tally in zip(chosen, read_.tallies, strict=True)
    ]
    leaders = _leaders(standing) if standing else ()
    lister = Lister(contest, items, leaders, read_.regions, *sources, options.everything)
    listed = comparisons(lister, result.levels)
    options.tick(say("Comparing"), 1, 1)
    return _Part(
        listed,
        summary(result.levels, items),
        [coverage(contest, level, candidates, items, read_.regions) for level in result.levels],
        standing,
        [finding for c in chosen for finding in c.findings],
    )


def _chosen(tally: Tally, contest: str, regions: Regions, options: Options) -> Chosen:
    forms = engines.start(tally.frames[contest], options.engine)
    return choose(forms, tally.boxes, tally.sheets, tally.side, regions)


def _leaders(standing: Outcome) -> tuple[str, ...]:
    """The first two by theirs, else by ours: between them lies the margin."""
    ranking = standing.theirs.ranking or standing.ours.ranking
    return tuple(f"candidate:{votes.candidate}" for votes in ranking[:2])


def _items(ours: Iterable[str], theirs: Iterable[str], wanted: str | None) -> tuple[str, ...]:
    left, right = set(ours), set(theirs)
    candidates = {item for item in left | right if item.startswith("candidate:")}
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
                mend=say("Boxes here: {boxes}.", boxes=", ".join(sorted(left | right))),
            )
    if not chosen:
        raise _nothing_compared()
    return tuple(sorted(chosen, key=box_order))


def _levels(names: tuple[str, ...] | None) -> frozenset[int] | None:
    if not names:
        return None
    unknown = [name for name in names if name not in LEVELS]
    if unknown:
        raise RecountError(
            say("The level “{level}” is not known.", level=unknown[0]),
            mend=say("Levels: {levels}.", levels=", ".join(LEVELS)),
        )
    return frozenset(LEVELS.index(name) for name in names)


def check(sources: Any, **options: Any) -> Tallied:  # noqa: ANN401 - paths or any frame
    """Read one side and find everything that is wrong with it, all at once.

    `sources` as in `reconcile`. The totals of the result are empty.
    """
    return check_with(sources, Options(**options))


def check_with(sources: Any, options: Options) -> Tallied:  # noqa: ANN401 - see above
    """Do what `check` does, with the options as one value."""
    read_ = _read_sides([("ours", sources)], options)
    tally = read_.tallies[0]
    findings = [*read_.findings]
    for contest in tally.frames:
        findings += _chosen(tally, contest, read_.regions, options).findings
    empty = engines.table({name: [] for name in COLUMNS}, COLUMNS)
    return Tallied(
        VERSION,
        read_.election,
        read_.inputs,
        tally.boxes,
        empty.select("contest", "level", "region", "name", "within", "parents"),
        tuple(findings),
        read_.assumptions,
    )


def aggregate(sources: Any, level: str | None = None, **options: Any) -> Tallied:  # noqa: ANN401
    """Add one side up to a level (default: all levels above the forms), each total "n of m".

    `sources` as in `reconcile`; `level`: a name of LEVELS.
    """
    return aggregate_with(sources, Options(levels=(level,) if level else None, **options))


def aggregate_with(sources: Any, options: Options) -> Tallied:  # noqa: ANN401 - see above
    """Do what `aggregate` does, with the options as one value."""
    read_ = _read_sides([("ours", sources)], options)
    tally = read_.tallies[0]
    wanted = _levels(options.levels)
    up = ancestors(read_.regions)
    findings = [*read_.findings]
    parts: list[Frame] = []
    for contest in tally.frames:
        chosen = _chosen(tally, contest, read_.regions, options)
        findings += chosen.findings
        finest = max(present_levels(chosen.forms))
        for at in sorted(wanted) if wanted is not None else range(finest + 1):
            if at <= finest and _exists(read_.regions, at):
                added = totals(chosen.forms, engines.along(up, chosen.forms), at)
                parts.append(_named_totals(engines.collect(added), read_.regions, at, contest))
    if not any(len(part) for part in parts):
        raise _no_level(options.levels)
    return Tallied(
        VERSION,
        read_.election,
        read_.inputs,
        tally.boxes,
        nw.concat([part for part in parts if len(part)], how="diagonal"),
        tuple(findings),
        read_.assumptions,
    )


def _no_level(levels: tuple[str, ...] | None) -> RecountError:
    return RecountError(
        say("No region of the level {level} is there to add up.", level=", ".join(levels or ())),
        mend=say("Choose a level that the files name, or give the column of that level."),
    )


def _nothing_compared() -> RecountError:
    return RecountError(
        say("The two sides have nothing in common that could be compared."),
        mend=say(
            "Check that both name their regions alike, with the kabupaten/kota, or give --regions."
        ),
    )


def _no_figures() -> Finding:
    return Finding(
        "nothing-compared",
        "error",
        say("No figure of one side has a counterpart on the other: nothing was compared."),
        say("Check that both files are of the same contest and region."),
    )


def _read_sides(wanted: Sequence[tuple[Side, Any]], options: Options) -> _Sides:
    election = read_election(options.election) if options.election else unknown_election()
    listed = listed_places(read_regions(options.regions)) if options.regions else []
    known = known_candidates(election)
    sides = [read_side(side, src, known, options.stdin, options.tick) for side, src in wanted]
    options.tick(say("Understanding"), 0, 1)
    ids = {slug(text): contest.id for contest in election.contests for text in (contest.id, contest.title)}
    tallies, regions = take_in(
        [side.raw for side in sides], listed, naming=Naming(election.contests[0].id, ids)
    )
    findings = [finding for side in sides for finding in side.findings]
    for tally in tallies:
        findings += tally.findings
        for contest, forms in tally.frames.items():
            findings += run_checks(
                CheckedSide(contest, tally.side, forms, tally.boxes, tally.sheets, regions)
            )
    options.tick(say("Understanding"), 1, 1)
    return _Sides(
        _described(election, sides, tallies),
        tallies,
        regions,
        tuple(input_ for side in sides for input_ in side.inputs),
        findings,
        tuple(dict.fromkeys(text for side in sides for text in side.assumptions)),
    )


def _described(election: Election, sides: Sequence[ReadSide], tallies: Sequence[Tally]) -> Election:
    """Complete the election with the contests and candidates that the files themselves name."""
    contests = {contest.id: contest for contest in election.contests}
    met = dict.fromkeys(id_ for tally in tallies for id_ in tally.frames)
    names: dict[str, str] = {}
    for side in sides:
        for id_, name in side.raw.candidates.items():
            names.setdefault(id_, name)
    boxes = sorted({box for tally in tallies for box in tally.boxes}, key=box_order)
    ids = [box.partition(":")[2] for box in boxes if box.startswith("candidate:")]
    found = tuple(Candidate(id_, names.get(id_, "")) for id_ in ids)
    complete = [
        contest if contest.candidates else replace(contest, candidates=found)
        for contest in (contests.get(id_, Contest(id_, "")) for id_ in met)
    ]
    return Election(election.id, election.title, tuple(complete))


def _exists(regions: Regions, level: int) -> bool:
    if level == 0:
        return sum(node.level == 1 for node in regions.nodes) > 1
    return level == LEVELS.index("tps") or any(node.level == level for node in regions.nodes)


def _named_totals(added: Frame, regions: Regions, level: int, contest: str) -> Frame:
    kept = at_level(added, regions, level)
    named = kept.join(names(regions, kept, level), on=["node", "station"], how="left")
    boxes = [name for name in added.columns if f"{name}.read" in added.columns]
    return named.sort("region").select(
        nw.lit(contest).alias("contest"),
        nw.lit(LEVELS[level]).alias("level"),
        "region",
        "name",
        "within",
        "parents",
        *(column for box in boxes for column in (box, f"{box}.read")),
        "expected",
    )
