"""Which addresses an online system answers at, and how one walks down its list of regions.

`ROUTES` describes each system as data and two functions; adding one is adding an entry. Nothing
here asks anything. Addresses of online-systems.md, section 2.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.errors import RecountError
from recount.model import LEVELS
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from recount.texts import Text

Trail = tuple[str, ...]
"""Ids of regions from the provinsi down; empty is the whole nation. Its length is the level."""


class Region(NamedTuple):
    """A region as a system lists it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Route:
    """One online system. `{contest}`, `{layer}`, `{trail}` stand for what is asked for.

    `candidates`: the list of those who stand. `regions`: what lies in a region, or `top` for the
    nation. `figures`: a region's figures, `nation` the nation's. `layers`: count and recap, as the
    system calls them. `trail_of`: a region's code as a person gives it -> the way down to it.
    `listed`: the answer of `regions` -> the regions in it; raises ValueError for what is no list.
    """

    base: str
    contests: tuple[str, ...]
    layers: dict[str, str]
    candidates: str
    regions: str
    top: str
    figures: str
    nation: str
    trail_of: Callable[[str], Trail]
    listed: Callable[[bytes], list[Region]]
    referer: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a fetch shall bring: one contest of one system, a region and all down to a level.

    `depth`: the level of the smallest regions whose own page is asked for.
    """

    system: str
    contest: str
    region: str
    depth: str
    layer: str
    base: str


class Page(NamedTuple):
    """One address to ask: figures, a list of regions, or the candidates."""

    url: str
    kind: str
    trail: Trail


def first_pages(wish: Wish) -> list[Page]:
    """Give what can be asked without knowing any list: the candidates, the region's own pages."""
    route = ROUTES[wish.system]
    trail = route.trail_of(wish.region)
    candidates = Page(wish.base + route.candidates.format(contest=wish.contest), "candidates", ())
    return [candidates, *pages(wish, trail)]


def pages(wish: Wish, trail: Trail) -> list[Page]:
    """Give the pages of one region: its figures and, above the depth wished for, its list."""
    route = ROUTES[wish.system]
    named = {"contest": wish.contest, "layer": route.layers[wish.layer], "trail": "/".join(trail)}
    figures = route.figures if trail else route.nation
    found = [Page(wish.base + figures.format(**named), "figures", trail)]
    if len(trail) < LEVELS.index(wish.depth):
        regions = route.regions if trail else route.top
        found.append(Page(wish.base + regions.format(**named), "regions", trail))
    return found


def below(wish: Wish, page: Page, body: bytes) -> list[Page]:
    """Read a list of regions, and give the pages of each. Raises ValueError when it is none."""
    try:
        listed = ROUTES[wish.system].listed(body)
    except RecursionError as fault:
        raise ValueError from fault
    return [found for region in listed for found in pages(wish, (*page.trail, region.id))]


def patterns(wish: Wish) -> list[str]:
    """Give the addresses that the lists will lead to, with `{level}` for each region's id."""
    route = ROUTES[wish.system]
    trail = route.trail_of(wish.region)
    wanted = []
    for level in LEVELS[len(trail) + 1 : LEVELS.index(wish.depth) + 1]:
        trail = (*trail, f"{{{level}}}")
        wanted += [page.url for page in pages(wish, trail)]
    return wanted


def _coded(region: str) -> Trail:
    """Read a KPU code of 2024, with or without dots: 64.03.01 is 64, 6403, 640301."""
    digits = region.replace(".", "")
    lengths = [2, 4, 6, 10, 13]
    if digits == "0":
        return ()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in lengths:
        raise _no_region(region, say("Give a code of 2, 4, 6, 10 or 13 digits, or 0 for all."))
    return tuple(digits[:length] for length in lengths if length <= len(digits))


def _numbered(region: str) -> Trail:
    """Read KPU ids of 2019 from the provinsi down, with / between them: 64111/64112."""
    if region == "0":
        return ()
    trail = tuple(region.split("/"))
    if len(trail) >= len(LEVELS) or not all(map(_is_id, trail)):
        raise _no_region(region, say("Give ids from the provinsi down: 64111/64112; 0 for all."))
    return trail


def _no_region(region: str, mend: Text) -> RecountError:
    return RecountError(
        say("{option} cannot be “{value}”.", option="--region", value=region), mend=mend
    )


def _rows(body: bytes) -> list[Region]:
    """Read `[{"nama", "kode", ...}]`."""
    rows = json.loads(body)
    if not isinstance(rows, list):
        raise ValueError  # noqa: TRY004 - what is read is wrong, not the call
    return [_region(row.get("kode"), row) for row in rows if isinstance(row, dict)]


def _keyed(body: bytes) -> list[Region]:
    """Read `{"<id>": {"nama"}}`."""
    rows = json.loads(body)
    if not isinstance(rows, dict):
        raise ValueError  # noqa: TRY004 - what is read is wrong, not the call
    return [_region(key, row) for key, row in rows.items() if isinstance(row, dict)]


def _region(key: object, row: dict[str, Any]) -> Region:
    if not _is_id(str(key)):
        raise ValueError
    return Region(str(key), str(row.get("nama", "")))


def _is_id(text: str) -> bool:
    """Whether a text may stand in an address: what a list says is not trusted."""
    return re.fullmatch(r"-?[0-9]{1,20}", text, re.ASCII) is not None


_SIREKAP = {"count": "hhcw", "recap": "hr"}

ROUTES: dict[str, Route] = {
    "sirekap-pilkada-2024": Route(
        base="https://sirekappilkada-obj-data.kpu.go.id",
        contests=("pkwkp", "pkwkk"),
        layers=_SIREKAP,
        candidates="/pilkada/paslon/{contest}.json",
        regions="/wilayah/pilkada/{contest}/{trail}.json",
        top="/wilayah/pilkada/{contest}/0.json",
        figures="/pilkada/{layer}/{contest}/{trail}.json",
        nation="/pilkada/{layer}/{contest}.json",
        trail_of=_coded,
        listed=_rows,
        referer="https://pilkada2024.kpu.go.id",
    ),
    "sirekap-pemilu-2024": Route(
        base="https://sirekap-obj-data.kpu.go.id",
        contests=("ppwp",),
        layers=_SIREKAP,
        candidates="/pemilu/{contest}.json",
        regions="/wilayah/pemilu/{contest}/{trail}.json",
        top="/wilayah/pemilu/{contest}/0.json",
        figures="/pemilu/{layer}/{contest}/{trail}.json",
        nation="/pemilu/{layer}/{contest}.json",
        trail_of=_coded,
        listed=_rows,
        referer="https://pemilu2024.kpu.go.id",
    ),
    "situng-2019": Route(
        base="https://pemilu2019.kpu.go.id/static/json",
        contests=("ppwp",),
        layers=_SIREKAP,
        candidates="/{contest}.json",
        regions="/wilayah/{trail}.json",
        top="/wilayah/0.json",
        figures="/{layer}/{contest}/{trail}.json",
        nation="/{layer}/{contest}.json",
        trail_of=_numbered,
        listed=_keyed,
    ),
}
