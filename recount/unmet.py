"""Forms on a settled tree in, the regions that stand alone beside known siblings out, as findings.

A name that is wrong in one letter makes a region of its own. Where nearly all that stands beside it
is known to the other side, or to the forms below on its own side, that is said: nothing is matched.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.model import LEVELS, Finding
from recount.names import suggest
from recount.nodes import ROOT
from recount.regions import SPAN
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recount.intake import Tally
    from recount.regions import Regions
    from recount.texts import Text

    Said = tuple[Text, Text, str]

_KABKOTA, _TPS = LEVELS.index("kabkota"), LEVELS.index("tps")
_KNOWN = 2
"""So many times as many siblings must be known as there are that stand alone, where nothing else
tells a wrong name from a form that the other side does not have yet."""
_MEND = say("If both are the same region, correct one of the two names.")
_CHECK = say("Check the name against the form; if it is right, nothing is to be done.")


class _Parts(NamedTuple):
    """What stands in a region: `alone` on one side only, `both`, `lacking`: on the other only."""

    alone: set[int]
    both: set[int]
    lacking: set[int]


class _Held(NamedTuple):
    """The regions of one level of which a side has forms: of their own, of their parts."""

    own: set[int]
    finer: set[int]


def unmet(tallies: Sequence[Tally], regions: Regions) -> Iterator[Finding]:
    """Say it of each region of a side once; `tallies`: of one or two sides."""
    held = [{id_: _held(tally, id_, regions) for id_ in tally.frames} for tally in tallies]
    for at, tally in enumerate(tallies):
        others = held[1 - at] if len(tallies) > 1 else {}
        said = {one.region for one in tally.findings if one.rule == "similar-name"}
        for contest in tally.frames:
            alone = _alone(held[at][contest], others.get(contest, {}), regions)
            for node, (message, mend, rule) in alone.items():
                region = regions.nodes.region[node]
                if region not in said:
                    said.add(region)
                    place = _place(tally, contest, _below(regions, node))
                    yield Finding(rule, "warning", message, mend, place, tally.side, region)


def _alone(
    ours: Mapping[int, _Held], theirs: Mapping[int, _Held], regions: Regions
) -> dict[int, Said]:
    """What is to be said of which nodes of a side."""
    found: dict[int, Said] = {}
    for level, held in ours.items():
        found |= dict(_beside_theirs(held, theirs.get(level), regions))
        found |= dict(_beside_own(held, regions))
    return found


def _held(tally: Tally, contest: str, regions: Regions) -> dict[int, _Held]:
    """What a side has of each level below the kabupaten/kota's own."""
    forms = tally.frames[contest]
    levels, parents = regions.nodes.level, regions.nodes.parent
    of_stations = forms["level"] == _TPS
    finer = set((forms["unit"].filter(of_stations) // SPAN).unique().to_list())
    own = set((forms["unit"].filter(~of_stations) // SPAN).unique().to_list())
    found = {}
    for level in range(_TPS - 1, _KABKOTA - 1, -1):
        here = {node for node in own if levels[node] == level}
        below = {node for node in finer if levels[node] == level}
        found[level] = _Held(here, below)
        own -= here
        finer = (finer - below) | {parents[node] for node in here | below} - {ROOT}
    return found


def _apart(one: set[int], other: set[int], regions: Regions) -> Iterator[_Parts]:
    """The parts of each region in which something of `one` is not in `other`, and some of it is."""
    strange, parents = one - other, regions.nodes.parent
    around = {parents[node] for node in strange}
    groups: dict[int, _Parts] = {parent: _Parts(set(), set(), set()) for parent in around}
    for node in one | other if strange else ():
        if (group := groups.get(parents[node])) is not None:
            at = 0 if node in strange else 1 if node in one else 2
            group[at].add(node)
    return (group for group in groups.values() if group.both or group.lacking)


def _beside_theirs(
    held: _Held, theirs: _Held | None, regions: Regions
) -> Iterator[tuple[int, Said]]:
    """What the other side has not, beside what it has: alike to one of these."""
    known = theirs.own | theirs.finer if theirs else set()
    for parts in _apart(held.own | held.finer, known, regions) if theirs else ():
        if _KNOWN * len(parts.alone) > len(parts.both):
            continue
        others = _keys(parts.both | parts.lacking, regions)
        for node in parts.alone:
            if best := suggest(regions.nodes.key[node] or "", others):
                message = say(
                    "“{name}” stands on this side only; the other side has “{suggested}”, which "
                    "is alike.",
                    name=regions.nodes.name[node],
                    suggested=regions.nodes.name[others[best.name]],
                )
                yield node, (message, _MEND, "similar-name")


def _beside_own(held: _Held, regions: Regions) -> Iterator[tuple[int, Said]]:
    """What a form lists and the forms below have not, where these have what it has not."""
    for parts in _apart(held.own, held.finer, regions) if held.finer else ():
        others = _keys(parts.lacking, regions)
        same = len(parts.alone) == len(parts.lacking) and len(parts.alone) <= len(parts.both)
        for node in parts.alone if others else ():
            if best := suggest(regions.nodes.key[node] or "", others):
                message = say(
                    "“{name}” has no form of its parts; there are some of “{suggested}”, which is "
                    "alike.",
                    name=regions.nodes.name[node],
                    suggested=regions.nodes.name[others[best.name]],
                )
                yield node, (message, _MEND, "similar-name")
            elif same:
                yield node, (_unlike(node, parts.lacking, regions), _CHECK, "unknown-name")


def _unlike(node: int, lacking: Iterable[int], regions: Regions) -> Text:
    return say(
        "“{name}” has no form of its parts, and the forms of parts are of others that do not "
        "stand beside it: {names}.",
        name=regions.nodes.name[node],
        names=Several(tuple(sorted(regions.nodes.name[one] for one in lacking))),
    )


def _keys(nodes: Iterable[int], regions: Regions) -> Mapping[str, int]:
    return {key: node for node in nodes if (key := regions.nodes.key[node])}


def _below(regions: Regions, node: int) -> list[int]:
    levels = range(regions.nodes.level[node] + 1, _TPS)
    return [node, *chain.from_iterable(regions.inside(node, level) for level in levels)]


def _place(tally: Tally, contest: str, nodes: Sequence[int]) -> str | None:
    """Where a side writes a region first."""
    forms = tally.frames[contest]
    for node in nodes:
        hit = forms.filter(nw.col("unit") // SPAN == node).head(1)
        for sheet, row in hit.select("sheet", "row").iter_rows():
            return str(tally.sheets[sheet].place(row, None))
    return None
