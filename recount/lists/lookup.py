"""A code or a name as a person writes it in, the regions that it may be out, system by system."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.lists import Entry, RegionList, region_list
from recount.model import LEVELS
from recount.names import ALIKE, bare, squash
from recount.regions import parse_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OFFERED = 5
"""So many similar names are offered."""


class Hit(NamedTuple):
    """A region that a text may mean: in which list, read as a code of which system or as a name.

    `system`: `kemendagri`, `kpu-2019`, `kpu-2024`, `bps` or `name`. `code`: as that one writes it.
    """

    version: str
    system: str
    code: str
    entry: Entry


def look_up(text: str, versions: Sequence[str]) -> list[Hit]:
    """Find every reading of a code or a name in some lists; the code of Kemendagri comes first."""
    lists = [region_list(version) for version in versions]
    hits = [hit for one in lists for hit in _by_code(text, one)]
    hits.sort(key=lambda hit: SYSTEMS.index(hit.system))
    return hits or [hit for one in lists for hit in _by_name(text, one)]


def alike(text: str, versions: Sequence[str]) -> list[Entry]:
    """The regions whose names are most like a text, the best first, none twice."""
    from rapidfuzz import fuzz, process

    found: list[tuple[float, Entry]] = []
    for level in LISTED:
        key = bare(squash(text, LEVELS[level]), LEVELS[level])
        names = {
            entry: bare(squash(entry.name, LEVELS[level]), LEVELS[level])
            for version in versions
            for entry in region_list(version).entries.values()
            if entry.level == level
        }
        # Taken as they are: entries are tuples, and so can be keys.
        scored = process.extract(key, names, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=ALIKE)
        found += [(score, entry) for _, score, entry in scored]
    found.sort(key=lambda one: -one[0])
    return list({entry.code: entry for _, entry in found}.values())[:OFFERED]


LISTED = (1, 2, 3)
"""The levels that the lists have."""
SYSTEMS = ("kemendagri", "bps", "kpu-2019", "kpu-2024", "name")
KPU = {"2018": "kpu-2019", "2024": "kpu-2024"}
"""Whose ids a list's column `kpu` holds: those of the elections of that time."""


def codes_of(entry: Entry, version: str) -> dict[str, str]:
    """A region's code in every system in which it is known, by system."""
    codes = {"kemendagri": entry.code, "bps": entry.bps, KPU[version]: entry.kpu}
    return {system: code for system, code in codes.items() if code}


def _by_code(text: str, one: RegionList) -> Iterator[Hit]:
    parsed = parse_code(text.upper())
    if parsed in one.entries:
        yield Hit(one.version, "kemendagri", parsed, one.entries[parsed])
    # BPS writes no dots, but people do; an id of KPU is a mere number.
    plain = text.strip()
    known = (("bps", plain.replace(".", ""), one.by_bps), (KPU[one.version], plain, one.by_kpu))
    for system, code, entries in known:
        if code in entries:
            yield Hit(one.version, system, code, entries[code])


def _by_name(text: str, one: RegionList) -> Iterator[Hit]:
    for level in LISTED:
        key = squash(text, LEVELS[level])
        for entry in one.spelt_anywhere(level, key) if key else ():
            yield Hit(one.version, "name", entry.code, entry)
