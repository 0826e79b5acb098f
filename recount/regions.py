"""The tree of regions: places as they were written in, the node of each place out.

The tree grows from a region list, when there is one, and from what the files themselves say. A
region's identity is its Kemendagri code where the code and the names agree with each other
everywhere, else the path of its names. Codes are printed with dots.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from recount.model import LEVELS, MARK

ROOT = 0
UNMATCHED = -1
_LENGTHS = {2: 1, 4: 2, 6: 3, 10: 4, 13: 5}
_PARTS = (2, 2, 2, 4, 3)
_DOTTED = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4}(?:\.[0-9]{3})?)?)?)?")


@cache
def parse_code(text: str) -> str | None:
    """Read a Kemendagri code, with or without dots (2, 4, 6, 10 or 13 digits); None if it is none."""
    tidy = text.removeprefix(MARK + "f").strip()
    if _DOTTED.fullmatch(tidy):
        return tidy if tidy[:2] != "00" else None
    if not (tidy.isascii() and tidy.isdigit()) or len(tidy) not in _LENGTHS or tidy[:2] == "00":
        return None
    parts, at = [], 0
    for length in _PARTS[: _LENGTHS[len(tidy)]]:
        parts.append(tidy[at : at + length])
        at += length
    return ".".join(parts)


def code_level(code: str) -> int:
    """The level of a dotted code: 1 for a provinsi, 5 for a TPS."""
    return code.count(".") + 1


def ancestor(code: str | None, level: int) -> str | None:
    """The part of a dotted code that names its ancestor at a level, or the code itself."""
    if code is None or code_level(code) < level:
        return None
    return ".".join(code.split(".")[:level])


class Node(NamedTuple):
    """One region of the tree."""

    id: int
    region: str
    name: str
    level: int
    parent: int
    key: str | None
    listed: bool


class Regions:
    """The tree; node 0 is the whole. It only ever grows while places are settled."""

    def __init__(self) -> None:
        """Start with the whole alone."""
        self.nodes: list[Node] = [Node(ROOT, "0", "", 0, ROOT, None, listed=False)]
        self.by_code: dict[str, int] = {}
        self.by_key: dict[tuple[int, str], int] = {}
        self.children: dict[int, list[int]] = {}
        self.by_level_key: dict[tuple[int, str], list[int]] = {}
        self.complete: set[tuple[int, int]] = set()

    def add(
        self, *, level: int, parent: int, code: str | None, key: str | None, name: str, listed: bool
    ) -> int:
        """Add a region under its parent; its name is what is printed, its key what is compared."""
        id_ = len(self.nodes)
        above = self.nodes[parent]
        path = key if parent == ROOT else f"{above.region}/{key}"
        region = code or path or ""
        self.nodes.append(Node(id_, region, name or region, level, parent, key, listed))
        if code is not None:
            self.by_code[code] = id_
        if key is not None:
            self.by_key[parent, key] = id_
            self.by_level_key.setdefault((level, key), []).append(id_)
        self.children.setdefault(parent, []).append(id_)
        if listed:
            self.complete.add((parent, level))
        return id_

    def under(self, node: int, ancestor_node: int) -> bool:
        """Whether a region lies inside another one (or is it)."""
        while node not in (ancestor_node, ROOT):
            node = self.nodes[node].parent
        return node == ancestor_node

    def chain(self, node: int) -> list[int]:
        """The ancestors of a node from the top, itself and the whole left out."""
        above: list[int] = []
        node = self.nodes[node].parent
        while node != ROOT:
            above.append(node)
            node = self.nodes[node].parent
        return above[::-1]

    def at_level(self, node: int, level: int) -> int:
        """The ancestor of a node at a level; the nearest one above where that level is not known."""
        while self.nodes[node].level > level:
            node = self.nodes[node].parent
        return node

    def common(self, nodes: set[int]) -> int:
        """The smallest region that holds all the nodes."""
        chains = [[*self.chain(node), node] for node in nodes]
        shared = ROOT
        for level in zip(*chains, strict=False):
            if len(set(level)) > 1:
                break
            shared = level[0]
        return shared

    def inside(self, node: int, level: int) -> list[int]:
        """All regions of a level inside a region."""
        return [n.id for n in self.nodes if n.level == level and self.under(n.id, node)]


def station_region(region: str, station: int) -> str:
    """Write a TPS's place in the tree: `64.72.01.1001.004`."""
    joint = "/" if "/" in region or not region[:2].isdigit() else "."
    return f"{region}{joint}{station:03d}"


def level_number(level: str) -> int:
    """A level's number: 0 for nasional, 5 for TPS."""
    return LEVELS.index(level)
