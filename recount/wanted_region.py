"""A code or a name as a person gives it in, the one region of the tree that it means out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.errors import RecountError
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import bare, squash
from recount.regions import ancestor, parse_code
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.regions import Regions

OFFERED = 5
"""So many regions are offered where a text means none, or several."""
LIKE = 70
"""Lowest likeness (rapidfuzz.fuzz.ratio) of a name that is offered; a person chooses."""
SHORTEST = 3
"""From so many letters on, names are offered of which the text is a part."""
TPS_CODE = 5
"""Parts of a code that names a TPS."""


class Wanted(NamedTuple):
    """A region as it is printed; for a TPS the desa's name stands behind its number."""

    region: str
    name: str


def wanted_region(text: str, regions: Regions, option: str) -> Wanted:
    """Find the region that a text means: a code, a name, or a path of names as it is printed.

    A name that stands for a region and for others inside it means the larger one. Raises
    RecountError, with what it may have meant, where it means none or several.
    """
    code = parse_code(text)
    if code is not None and (found := _by_code(code, regions)):
        return found
    nodes = [*_by_path(text, regions)] or outermost([*_by_name(text, regions)], regions)
    if len(nodes) == 1:
        return Wanted(regions.nodes.region[nodes[0]], regions.nodes.name[nodes[0]])
    if nodes:
        message = say("{option}: several regions are called “{text}”.", option=option, text=text)
        mend = say("Give the code of one: {regions}.", regions=_offered(nodes, regions))
        raise RecountError(message, mend=mend)
    message = say("{option}: no region here is “{text}”.", option=option, text=text)
    raise RecountError(message, mend=_suggested(text, regions))


def _by_code(code: str, regions: Regions) -> Wanted | None:
    node = regions.by_code.get(code)
    if node is not None:
        return Wanted(code, regions.nodes.name[node])
    desa = ancestor(code, len(LEVELS) - 2)
    if code.count(".") + 1 < TPS_CODE or desa is None or (at := regions.by_code.get(desa)) is None:
        return None
    return Wanted(code, f"TPS {code[-3:]}, {regions.nodes.name[at]}")


def _by_path(text: str, regions: Regions) -> Iterator[int]:
    """Regions without a code are printed as paths of names."""
    wanted = text.strip().upper()
    codes = regions.nodes.region
    yield from (at for at, region in enumerate(codes) if region == wanted and at)


def _by_name(text: str, regions: Regions) -> Iterator[int]:
    """By name, else by the name without the word that says of which sort it is."""
    known = regions.by_level
    keys = {at: squash(text, name) for at, name in enumerate(NAMED_LEVELS, start=1)}
    found = [node for at, key in keys.items() for node in known.get((at, key), ())]
    if found:
        yield from found
        return
    for (at, key), nodes in known.items():
        if 0 < at <= len(NAMED_LEVELS) and bare(key, LEVELS[at]) == bare(keys[at], LEVELS[at]):
            yield from nodes


def outermost(nodes: list[int], regions: Regions) -> list[int]:
    """The regions that lie in no other one of them."""
    among = set(nodes)
    return [node for node in nodes if not among & set(regions.above(node))]


def _suggested(text: str, regions: Regions) -> Text:
    from rapidfuzz import fuzz, process

    known: dict[str, list[int]] = {}
    for (_, name), nodes in regions.by_level.items():
        known.setdefault(name, []).extend(nodes)
    key = squash(text, NAMED_LEVELS[-1])
    best = process.extract(key, list(known), scorer=fuzz.ratio, limit=OFFERED, score_cutoff=LIKE)
    parts = [name for name in known if len(key) >= SHORTEST and key in name]
    nodes = [node for name in (*(name for name, _, _ in best), *parts) for node in known[name]]
    if not nodes:
        return say("Give a name in full, or a code such as 64.72.01 (Kemendagri).")
    return say("Alike: {names}.", names=_offered(nodes, regions))


def _offered(nodes: Iterable[int], regions: Regions) -> str:
    """Name regions with their codes, and what they lie in; more than a few are counted."""
    every = list(dict.fromkeys(nodes))
    shown = "; ".join(_one(node, regions) for node in every[:OFFERED])
    return f"{shown}; ... (+{len(every) - OFFERED})" if len(every) > OFFERED else shown


def _one(node: int, regions: Regions) -> str:
    nodes = regions.nodes
    above = nodes.name[nodes.parent[node]]
    within = f", {above}" if above else ""
    return f"{nodes.region[node]} ({nodes.name[node]}{within})"
