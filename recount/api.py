"""The steps in their order: files or frames of two sides in, a `Result` out.

What a script calls: `reconcile`, `check`, `aggregate`. Nothing here prints or asks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import engine as engines
from recount import showing
from recount.absent import absent
from recount.aggregate import TPS, ancestors, at_level, outermost, present_levels, totals
from recount.contest import reconcile_contest
from recount.coverage import compared
from recount.errors import RecountError
from recount.listing import COLUMNS
from recount.material import read_material
from recount.model import LEVELS, STATUSES, Finding
from recount.options import Options
from recount.receipt import counted
from recount.region_names import names
from recount.result import VERSION, Result, Tallied
from recount.sides import whose
from recount.texts import say
from recount.undone import no_level, nothing_compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.engine import Frame
    from recount.material import Material
    from recount.regions import Regions
    from recount.texts import Text


def reconcile(ours: Any, theirs: Any, **options: Any) -> Result:  # noqa: ANN401 - paths or any frame
    """Hold our figures against theirs.

    `ours`, `theirs`: a path, a list of paths, or a frame of pandas, Polars, PyArrow or DuckDB, with
    headings as in a file. `options`: the fields of `Options`. Raises RecountError when a side
    cannot be read or nothing can be compared. `comparisons` comes back as the kind of frame that
    `ours` is (pandas for paths).
    """
    result = reconcile_with(ours, theirs, Options(**options))
    return replace(result, comparisons=engines.like(result.comparisons, ours))


def reconcile_with(ours: Any, theirs: Any, options: Options) -> Result:  # noqa: ANN401 - see above
    """Do what `reconcile` does, with the options as one value."""
    showing.checked(options)
    read_ = read_material([("ours", ours), ("theirs", theirs)], options)
    asked = showing.asked_for(options, read_.regions, read_.election)
    up = ancestors(read_.regions)
    shared = _shared(read_)
    alone = _one_sided(read_)
    held = (reconcile_contest(read_, id_, up, options) for id_ in shared)
    parts = [part for part in held if part is not None]
    if not parts:
        raise nothing_compared(Counter(), read_.findings)
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    frame = nw.concat([part.listed for part in parts]) if len(parts) > 1 else parts[0].listed
    of_parts = (finding for part in parts for finding in part.findings)
    findings = [*read_.findings, *alone, *of_parts]
    if not compared(counts) and not counts["conflict"]:
        raise nothing_compared(counts, findings)
    frame, hidden = showing.show(frame, asked, options.min_difference) if asked else (frame, None)
    return Result(
        VERSION,
        read_.election,
        read_.inputs,
        tuple(held for part in parts for held in part.coverage),
        tuple(part.outcome for part in parts if part.outcome),
        frame,
        tuple(sorted(findings, key=_by_region)),
        {"compared": compared(counts), **{status: counts[status] for status in STATUSES}},
        read_.assumptions,
        hidden,
        read_.captures,
        read_.parts or {},
        tuple(part.moved for part in parts if part.moved),
    )


def _shared(material: Material) -> list[str]:
    """The contests that both sides have; raises RecountError where there is none.

    A side of which no row names a region has nothing to compare.
    """
    first, second = (tally.frames for tally in material.tallies)
    shared = [id_ for id_ in first if len(first[id_]) and len(second.get(id_, ()))]
    if not shared and len(second) > 1:
        raise _which_contest(second)
    if not shared:
        raise nothing_compared(Counter(), material.findings)
    return shared


def _which_contest(contests: Iterable[str]) -> RecountError:
    return RecountError(
        say("Our files name no contest, and the online side has several."),
        mend=say("Choose with --contest: {contests}.", contests=", ".join(contests)),
    )


def _one_sided(material: Material) -> list[Finding]:
    """Say which contests only one side has: nothing of them is compared."""
    ours, theirs = material.tallies
    return [
        Finding(
            "contest-one-sided",
            "warning",
            say("Only this side has the contest “{contest}”: it was not compared.", contest=id_),
            say("Give the other side's file of that contest, or name it alike on both sides."),
            side=tally.side,
            contest=id_,
        )
        for tally, other in ((ours, theirs), (theirs, ours))
        for id_ in tally.frames
        if id_ not in other.frames
    ]


def _by_region(finding: Finding) -> tuple[str, str, str]:
    """By side and region: the same figures give the same list, in however many files they come."""
    return finding.side or "", finding.region or "", finding.rule


def check(sources: Any, **options: Any) -> Tallied:  # noqa: ANN401 - paths or any frame
    """Read one side and find everything that is wrong with it, all at once.

    `sources` as in `reconcile`. The totals of the result are empty.
    """
    tallied = check_with(sources, Options(**options))
    return replace(tallied, totals=engines.like(tallied.totals, sources))


def check_with(sources: Any, options: Options) -> Tallied:  # noqa: ANN401 - see above
    """Do what `check` does, with the options as one value."""
    read_ = read_material([(whose(sources), sources)], options)
    tally = read_.tallies[0]
    findings = [*read_.findings, *absent(tally, read_.regions)]
    for contest in tally.frames:
        findings += read_.chosen(contest, options)[0].findings
    empty = engines.table({name: [] for name in COLUMNS}, COLUMNS)
    return Tallied(
        VERSION,
        read_.election,
        counted(read_.inputs, findings),
        tally.boxes,
        empty.select("contest", "level", "region", "name", "within", "parents"),
        tuple(findings),
        read_.assumptions,
    )


def aggregate(sources: Any, level: str | None = None, **options: Any) -> Tallied:  # noqa: ANN401
    """Add one side up to a level (default: all levels above the forms), each total "n of m".

    `sources` as in `reconcile`; `level`: a name of LEVELS.
    """
    tallied = aggregate_with(sources, Options(levels=(level,) if level else None, **options))
    return replace(tallied, totals=engines.like(tallied.totals, sources))


def aggregate_with(sources: Any, options: Options) -> Tallied:  # noqa: ANN401 - see above
    """Do what `aggregate` does, with the options as one value."""
    read_ = read_material([("ours", sources)], options)
    tally = read_.tallies[0]
    wanted = options.wanted_levels()
    up = ancestors(read_.regions)
    findings = [*read_.findings, *absent(tally, read_.regions)]
    parts: list[Frame] = []
    for contest in tally.frames:
        chosen = read_.chosen(contest, options)[0]
        findings += chosen.findings
        finest = max(present_levels(chosen.forms), default=-1)
        top = outermost(read_.regions, tally.frames[contest]["unit"])
        for at in sorted(wanted) if wanted is not None else range(top, finest + 1):
            if at <= finest and (at == TPS or read_.regions.has_level(at)):
                added = totals(chosen.forms, engines.along(up, chosen.forms), read_.regions, at)
                held = at_level(engines.collect(added), read_.regions, at)
                parts.append(_named_totals(held, read_.regions, up, at, contest))
    if not any(len(part) for part in parts):
        raise no_level(options)
    return Tallied(
        VERSION,
        read_.election,
        read_.inputs,
        tally.boxes,
        nw.concat([part for part in parts if len(part)], how="diagonal"),
        tuple(findings),
        (*read_.assumptions, *_outside(read_.regions)),
        read_.parts or {},
    )


def _outside(regions: Regions) -> Iterator[Text]:
    """Say how many regions name nothing above them, where others of their level do."""
    for level in range(2, TPS):
        nodes = [regions.nodes[node] for node in regions.at_level(level)]
        loose = sum(regions.nodes[node.parent].level < level - 1 for node in nodes)
        if 0 < loose < len(nodes):
            yield say(
                "{count} of {total} regions of the level {level} name no {above}: they are in no "
                "total of that level.",
                count=loose,
                total=len(nodes),
                level=LEVELS[level],
                above=LEVELS[level - 1],
            )


def _named_totals(added: Frame, regions: Regions, up: Frame, level: int, contest: str) -> Frame:
    named = added.join(names(regions, up, added), on=["node", "station"], how="left")
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
