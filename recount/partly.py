"""Which nodes are held in, the provinsi of which a list knows more than that out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.lists import region_list
from recount.model import LEVELS
from recount.nodes import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.regions import Regions

    Parts = Mapping[str, tuple[int, int]]
    """By the printed code of a provinsi: how many of its kabupaten/kota are there, and it has."""

_PROVINSI, _KABKOTA = LEVELS.index("provinsi"), LEVELS.index("kabkota")


def about(regions: Regions, held: set[int]) -> set[int]:
    """The nodes that are held, and all above them but the whole."""
    parents = regions.nodes.parent
    found, layer = set(held), set(held)
    while layer:
        layer = {parents[node] for node in layer} - found - {ROOT}
        found |= layer
    return found


def partly(regions: Regions, held: set[int], version: str | None) -> Parts:
    """Say of which provinsi only some kabupaten/kota are there.

    `version`: the list of the package that the files fit; without one what the tree itself has of
    a list that was asked for. A provinsi that has a form of its own is there as a whole.
    """
    there = about(regions, held)
    found = {}
    for node in regions.at_level(_PROVINSI):
        if node not in there or node in held:
            continue
        below = [one for one in regions.children.get(node, ()) if _is_kabkota(regions, one)]
        own = sum(one in there for one in below)
        every = len(below) if version is None else _listed(regions, node, version)
        if 0 < own < every:
            found[regions.nodes.region[node]] = (own, every)
    return found


def _is_kabkota(regions: Regions, node: int) -> bool:
    return regions.nodes.level[node] == _KABKOTA


def _listed(regions: Regions, node: int, version: str) -> int:
    """How many kabupaten/kota a list has in a provinsi; 0 where it does not know that one."""
    held = region_list(version)
    coded = held.entries.get(regions.nodes.region[node])
    hits = [coded] if coded else held.spelt("", regions.nodes.key[node] or "")
    return len(held.children.get(hits[0].code, ())) if len(hits) == 1 else 0
