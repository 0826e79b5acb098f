"""What may be said about regions in, the list and the spellings to read with out.

And once all places are settled: how many regions ought to be there, by the list that fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.aliases import BESIDE, read_aliases
from recount.election import beside, read_regions
from recount.expected import NO_LIST, expect, list_rows, misplaced, restrict, year_of
from recount.lists import packaged
from recount.model import LEVELS, Finding
from recount.partly import partly
from recount.placing import listed_places
from recount.regions import SPAN
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from recount.aliases import Alias
    from recount.intake import Tally
    from recount.model import Election
    from recount.options import Options
    from recount.partly import Parts
    from recount.regions import Regions
    from recount.texts import Text

    Frame = nw.DataFrame[Any]

_KABKOTA, _DESA = LEVELS.index("kabkota"), LEVELS.index("desa")
_MEND = say("If it is that region, correct the name, or confirm it: recount check --confirm.")
_COMPARE = say("Check both against the form, and correct the one that is wrong.")


def list_asked_for(regions: str | Path | None) -> Frame | None:
    """The region list that was asked for, as places: one of the package, or a file."""
    if regions is None or regions == NO_LIST:
        return None
    version = packaged(regions)
    return listed_places(list_rows(version) if version else read_regions(regions))


def spellings_of(options: Options) -> list[Alias]:
    """The tables of spellings: the one asked for, and the project's own."""
    own = beside(options.election, BESIDE)
    paths = [path for path in (options.aliases, own) if path is not None]
    return [alias for path in dict.fromkeys(map(str, paths)) for alias in read_aliases(path)]


def count_on(
    options: Options,
    election: Election,
    tallies: Sequence[Tally],
    regions: Regions,
    *,
    counted: bool,
) -> tuple[tuple[Text, ...], Parts]:
    """Expect what a list of the package has where the files are at home; says what it assumes.

    And of which provinsi only a part is there, as far as the list knows (partly.partly).
    """
    if options.regions is None:
        counted = counted and _is_one_area(tallies, regions)
        year = year_of(election, (sheet.form for tally in tallies for sheet in tally.sheets))
        wrong = misplaced(regions, year)
        expected = expect(regions, year, counted=counted)
        for tally in tallies:
            tally.findings.extend(_told(tally, expected.alike, regions, "similar-name", _MEND))
            tally.findings.extend(_told(tally, wrong, regions, "other-kabkota", _COMPARE))
        version = expected.version if counted else None
        return expected.assumptions, partly(regions, _held(tallies), version) if version else {}
    held = _held(tallies)
    if packaged(options.regions):
        decided = [contest.region for contest in election.contests if contest.region]
        restrict(regions, held, decided)
    return (), partly(regions, held, None)


def _is_one_area(tallies: Sequence[Tally], regions: Regions) -> bool:
    """Whether all contests are of the same kabupaten/kota, so that one misses what all miss."""
    areas: dict[str, set[int]] = {}
    contests = {contest for tally in tallies for contest in tally.frames}
    if len(contests) == 1:
        return True
    for tally in tallies:
        for contest, forms in tally.frames.items():
            held = _nodes(forms)
            above = {up for node in held for up in (node, *regions.above(node))}
            kabkota = {node for node in above if regions.nodes[node].level == _KABKOTA}
            areas[contest] = areas.get(contest, set()) | kabkota
    return len(set(map(frozenset, areas.values()))) == 1


def _told(
    tally: Tally, said: Mapping[int, Text], regions: Regions, rule: str, mend: Text
) -> Iterator[Finding]:
    """Say what a list tells of a region, where a side writes it first."""
    for node, message in said.items():
        within = {node, *regions.inside(node, _DESA)}
        for forms in tally.frames.values():
            nodes = (nw.col("unit") // SPAN).is_in(list(within))
            for sheet, row in forms.filter(nodes).head(1).select("sheet", "row").iter_rows():
                place = tally.sheets[sheet].place(row, None)
                region = regions.nodes[node].region
                yield Finding(rule, "warning", message, mend, place, tally.side, region)


def _held(tallies: Sequence[Tally]) -> set[int]:
    """The nodes of which a side has a form."""
    frames = [forms for tally in tallies for forms in tally.frames.values()]
    return {node for forms in frames for node in _nodes(forms)}


def _nodes(forms: Frame) -> set[int]:
    return set((forms["unit"] // SPAN).unique().to_list())
