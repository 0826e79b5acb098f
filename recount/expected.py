"""The settled tree in; on it, from a list of the package, the regions of which nothing is held yet.

Every place has its region before a list is looked at, so a list can add regions that are expected,
and never take a region away from a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.lists import keys_of, region_list
from recount.lists.fitting import Kabkota, Named, fitting
from recount.model import LEVELS
from recount.regions import Label
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from recount.regions import Regions

_PROVINSI, _KABKOTA, _KECAMATAN = map(LEVELS.index, ("provinsi", "kabkota", "kecamatan"))


NO_LIST = "none"
"""In place of a list: none, not even the one that fits."""


def expect(regions: Regions, year: int | None) -> tuple[Text, ...]:
    """Add the kecamatan that the fitting list has in every kabupaten/kota of the tree.

    Out: what was taken for granted, in a sentence; nothing where no list fits or none is missing.
    """
    nodes = regions.at_level(_KABKOTA)
    inside = sum(len(regions.inside(node, _KECAMATAN)) for node in nodes)
    if not inside or inside < len(regions.at_level(_KECAMATAN)):
        # A kecamatan that is in no kabupaten/kota may be any of those that seem to be missing.
        return ()
    fit = fitting([_named(regions, node) for node in nodes], year)
    if fit is None or not fit.more:
        return ()
    for node in regions.at_level(_KECAMATAN):
        regions.list_node(node, listed=True)
    for node, missing in zip(nodes, fit.missing, strict=True):
        for entry in missing:
            code = (
                entry.code if _code(regions, node) and entry.code not in regions.by_code else None
            )
            label = Label(code, keys_of(entry)[0], entry.name, listed=True)
            regions.add(node, _KECAMATAN, label)
    return (_said(fit.version, fit.more, fit.rival),)


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
    """The codes and names of a list of the package, as `election.read_regions` gives those of a file."""
    return ((entry.code, entry.name) for entry in region_list(version).entries.values())


def _named(regions: Regions, node: int) -> Kabkota:
    own = regions.nodes[node]
    above = regions.nodes[own.parent]
    provinsi = Named("", "")
    if above.level == _PROVINSI:
        provinsi = Named(_code(regions, own.parent), above.key or "")
    kecamatan = regions.inside(node, _KECAMATAN)
    parts = tuple(Named(_code(regions, at), regions.nodes[at].key or "") for at in kecamatan)
    return Kabkota(Named(_code(regions, node), own.key or ""), provinsi, parts)


def _code(regions: Regions, node: int) -> str:
    """The code of a node; "" where it is known by its names."""
    region = regions.nodes[node].region
    return region if region in regions.by_code else ""
