"""The settled tree in; on it, from a list of the package, the regions of which nothing is held yet.

Every place has its region before a list is looked at, so a list can add regions that are expected,
and never take a region away from a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recount.lists import ABROAD, VERSIONS, keys_of, region_list, version_of
from recount.lists.fitting import Kabkota, Named, elsewhere, fitting
from recount.model import LEVELS
from recount.nodes import Label
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from recount.lists import Entry
    from recount.lists.fitting import Fit
    from recount.model import Election
    from recount.regions import Regions

_PROVINSI, _KABKOTA, _KECAMATAN = map(LEVELS.index, ("provinsi", "kabkota", "kecamatan"))


NO_LIST = "none"
"""In place of a list: none, not even the one that fits."""


def year_of(election: Election, forms: Iterable[str | None] = ()) -> int | None:
    """The one year that an election's id and title name, else the one of the recognised forms.

    None where they name none, or several.
    """
    said = _years(f"{election.id} {election.title}")
    years = said or _years(" ".join(form for form in forms if form))
    return int(years.pop()) if len(years) == 1 else None


def _years(text: str) -> set[str]:
    return set(re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", text))


class Expected(NamedTuple):
    """What was taken for granted, and for a node the name in the list that is like its own.

    `version`: of the list that fits, whether it expects more or not.
    """

    assumptions: tuple[Text, ...]
    alike: dict[int, Text]
    version: str | None = None


NOTHING = Expected((), {})


def expect(regions: Regions, year: int | None, *, counted: bool = True) -> Expected:
    """Add the kecamatan that the fitting list has in every kabupaten/kota of the tree.

    Nothing is said where no list fits, and nothing added unless it is `counted`.
    """
    nodes = regions.at_level(_KABKOTA)
    inside = {node: regions.inside(node, _KECAMATAN) for node in nodes}
    held = sum(map(len, inside.values()))
    if not held or held < len(regions.at_level(_KECAMATAN)):
        # A kecamatan that is in no kabupaten/kota may be any of those that seem to be missing.
        return NOTHING
    named = [_named(regions, node, below) for node, below in inside.items()]
    fit = fitting(named, year)
    if fit is None:
        return NOTHING
    alike = _alike(regions, inside, fit)
    if not counted or not fit.more:
        return Expected((), alike, fit.version)
    for node in regions.at_level(_KECAMATAN):
        regions.list_node(node, listed=True)
    for node, missing in zip(nodes, fit.missing, strict=True):
        for entry in missing:
            _add(regions, node, entry)
    return Expected((_said(fit.version, fit.more, fit.rival),), alike, fit.version)


def misplaced(regions: Regions, year: int | None) -> dict[int, Text]:
    """For each kecamatan that the list of the year has in another kabupaten/kota, what to say.

    Without a year all lists must say the same.
    """
    versions = VERSIONS if year is None else (version_of(year),)
    said = {}
    for node in regions.at_level(_KABKOTA):
        below = regions.inside(node, _KECAMATAN)
        named = _named(regions, node, below)
        told = [elsewhere(named, region_list(version)) for version in versions]
        for at in below:
            hits = [found.get(regions.nodes[at].key or "") for found in told]
            last = hits[-1]
            if last is not None and len({hit and hit.parent for hit in hits}) == 1:
                said[at] = say(
                    "In the region list {version} the kecamatan “{name}” lies in {other}, not in "
                    "{within}.",
                    version=versions[-1],
                    name=regions.nodes[at].name,
                    other=region_list(versions[-1]).entries[last.parent].name,
                    within=regions.nodes[node].name,
                )
    return said


def _add(regions: Regions, node: int, entry: Entry) -> None:
    by_code = _code(regions, node) and entry.code not in regions.by_code
    code = entry.code if by_code else None
    regions.add(node, _KECAMATAN, Label(code, keys_of(entry)[0], entry.name, listed=True))


def _alike(regions: Regions, inside: Mapping[int, Sequence[int]], fit: Fit) -> dict[int, Text]:
    """For each node whose name the list has only nearly so, what to say about it."""
    said = {}
    for (node, below), pairs in zip(inside.items(), fit.alike, strict=True):
        keys = {regions.nodes[at].key or "": at for at in below}
        for part, entry in pairs:
            at = keys[part.key]
            said[at] = say(
                "“{name}” is not in the region list {version}; “{suggested}” is alike.",
                name=regions.nodes[at].name,
                version=fit.version,
                suggested=entry.name,
                level=LEVELS[_KECAMATAN],
                within=_code(regions, node) or regions.nodes[node].name,
                region=entry.code,
            )
    return said


def _said(version: str, more: int, rival: str | None) -> Text:
    if rival is None:
        return say(
            "The files fit the region list {version}: {more} more kecamatan are expected "
            "(not wanted: --regions none).",
            version=version,
            more=more,
        )
    return say(
        "The files fit the region list {version}: {more} more kecamatan are expected. The list "
        "{rival} fits as well: --regions {rival}; neither: --regions none.",
        version=version,
        more=more,
        rival=rival,
    )


def restrict(regions: Regions, held: Collection[int], decided: Collection[str]) -> None:
    """Expect of a list of the whole country only what lies in the kabupaten/kota that occur.

    `held`: the nodes of which a side has a form. `decided`: codes of the regions that decide a
    contest; all that lies in them is expected, too.
    """
    about = {above for node in held for above in (node, *regions.above(node))}
    whole = {regions.by_code[code] for code in decided if code in regions.by_code}
    for level in (_PROVINSI, _KABKOTA, _KECAMATAN):
        for node in regions.listed(level):
            parent = regions.nodes[node].parent
            kept = node in about or (level == _KECAMATAN and parent in about)
            if not kept and not any(regions.under(node, one) for one in whole):
                regions.list_node(node, listed=False)


def list_rows(version: str) -> Iterator[tuple[str, str]]:
    """The codes and names of a list of the package, as `election.read_regions` gives a file's."""
    entries = region_list(version).entries
    yield from ((entry.code, entry.name) for entry in entries.values())
    if ABROAD not in entries:
        # What lies abroad is in no list of Kemendagri, and still voted.
        yield ABROAD, "Luar Negeri"


def _named(regions: Regions, node: int, kecamatan: Sequence[int]) -> Kabkota:
    own = regions.nodes[node]
    above = regions.nodes[own.parent]
    provinsi = Named("", "")
    if above.level == _PROVINSI:
        provinsi = Named(_code(regions, own.parent), above.key or "")
    parts = tuple(Named(_code(regions, at), regions.nodes[at].key or "") for at in kecamatan)
    return Kabkota(Named(_code(regions, node), own.key or ""), provinsi, parts)


def _code(regions: Regions, node: int) -> str:
    """The code of a node; "" where it is known by its names."""
    region = regions.nodes[node].region
    return region if region in regions.by_code else ""
