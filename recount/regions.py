"""The tree of regions: places as they were written in, the node of each place out.

The tree grows from a region list, when there is one, and from what the files themselves say. A
region's identity is its Kemendagri code where the code and the names agree with each other
everywhere, else the path of its names. Codes are printed with dots.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import repeat

from recount.model import FRACTION, LEVELS
from recount.nodes import ROOT, Label, Node, Nodes

UNMATCHED = -1

SPAN = 2**32
"""A unit - a region, or a TPS in it - is one number: node * SPAN + TPS number + 1 (0: no TPS)."""
WIDTHS = (0, 2, 5, 8, 13, 17)
"""How long a dotted code of each level is."""


def _shape(dot: str) -> re.Pattern[str]:
    """A code of one to five parts; abroad (99) KPU counts on with letters, such as 99AA01."""
    kabkota = rf"[0-9]{{2}}|(?<=99{dot})[0-9A-Z]{{2}}"
    below = rf"(?:{dot}([0-9]{{2}})(?:{dot}([0-9]{{4}})(?:{dot}([0-9]{{3}}))?)?)?"
    return re.compile(rf"(?!00)([0-9]{{2}})(?:{dot}({kabkota}){below})?")


_DOTTED, _PLAIN = _shape(r"\."), _shape("")
DOTTED = (
    r"\A(?:0[1-9]|[1-8][0-9]|9[0-8])(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4}(?:\.[0-9]{3})?)?)?)?\z"
)
"""For whole columns (in Polars' spelling): codes that `parse_code` leaves as they are."""


@lru_cache(maxsize=2**17)
def parse_code(text: str) -> str | None:
    """Read a Kemendagri code of 2, 4, 6, 10 or 13 signs, dots or none; None if it is no code.

    Out: with dots, such as 64.72.01.
    """
    tidy = text.removeprefix(FRACTION).strip().removesuffix(".0")
    if _DOTTED.fullmatch(tidy):
        return tidy
    found = _PLAIN.fullmatch(tidy)
    return ".".join(part for part in found.groups() if part) if found else None


def code_level(code: str) -> int:
    """The level of a dotted code: 1 for a provinsi, 5 for a TPS."""
    return code.count(".") + 1


def ancestor(code: str | None, level: int) -> str | None:
    """The part of a dotted code that names its ancestor at a level, or the code itself."""
    if code is None or len(code) < WIDTHS[level]:
        return None
    return code[: WIDTHS[level]]


class Regions:
    """The tree; node 0 is the whole. It only ever grows while places are settled.

    `by_code`: dotted code -> node. `named`: nodes right below a parent, by key. `complete`:
    (parent, level) of which a list says all regions. The indexes are made when they are asked for:
    a nation's figures need few of them.
    """

    def __init__(self) -> None:
        """Start with the whole alone."""
        self.nodes = Nodes()
        self.other_keys: dict[tuple[int, str], set[int]] = {}
        self.children: dict[int, list[int]] = {}
        self.levels: dict[int, list[int]] = {0: [ROOT]}
        self.complete: set[tuple[int, int]] = set()
        self._by_code: dict[str, int] = {}
        self._without_code: list[tuple[range, list[str]]] = []
        self._by_level: dict[tuple[int, str], list[int]] = {}
        self._without_key: list[int] = []
        self._named: dict[int, dict[str, list[int]]] = {}
        self._paths: set[str] = set()

    def add(self, parent: int, level: int, label: Label) -> int:
        """Add a region of a level under its parent."""
        code, key, name, listed = label
        id_ = len(self.nodes)
        region = code or self._path(parent, level, key or name)
        self.nodes.add(Node(id_, region, name or region, level, parent, key, listed))
        if code is not None:
            self._by_code[code] = id_
        if key is not None:
            self._without_key.append(id_)
            if parent in self._named:
                self._named[parent].setdefault(key, []).append(id_)
        self.children.setdefault(parent, []).append(id_)
        self.levels.setdefault(level, []).append(id_)
        if listed:
            self.complete.add((parent, level))
        return id_

    def add_all(
        self, level: int, parents: list[int], codes: list[str], keys: list[str], names: list[str]
    ) -> None:
        """Add regions of a level that all have a code and a name; the same as `add` one by one.

        Those of one parent stand together.
        """
        nodes = self.nodes
        ids = range(len(nodes), len(nodes) + len(names))
        nodes.region += codes
        nodes.name += names
        nodes.level += repeat(level, len(ids))
        nodes.parent += parents
        nodes.key += keys
        nodes.listed += repeat(False, len(ids))  # noqa: FBT003 - a column, not a flag
        self.levels.setdefault(level, []).extend(ids)
        self._without_code.append((ids, codes))
        self._without_key += ids
        self._named.clear()
        at = ids.start
        for parent, below in Counter(parents).items():
            self.children.setdefault(parent, []).extend(range(at, at := at + below))

    @property
    def by_code(self) -> dict[str, int]:
        """The region of each dotted code."""
        for ids, codes in self._without_code:
            self._by_code.update(zip(codes, ids, strict=True))
        self._without_code.clear()
        return self._by_code

    def named(self, parent: int, key: str) -> list[int]:
        """The regions of a name right below a parent."""
        if parent not in self._named:
            names: dict[str, list[int]] = {}
            for child in self.children.get(parent, ()):
                if (known := self.nodes.key[child]) is not None:
                    names.setdefault(known, []).append(child)
            self._named[parent] = names
        return self._named[parent].get(key, [])

    @property
    def by_level(self) -> dict[tuple[int, str], list[int]]:
        """Regions anywhere, by level and key."""
        levels, keys = self.nodes.level, self.nodes.key
        for id_ in self._without_key:
            self._by_level.setdefault((levels[id_], keys[id_] or ""), []).append(id_)
        self._without_key.clear()
        return self._by_level

    def _path(self, parent: int, level: int, key: str) -> str:
        """The printed path of a region without a code; two regions never have the same."""
        path = key if parent == ROOT else f"{self.nodes[parent].region}/{key}"
        if path in self._paths:
            path = f"{path} ({LEVELS[level]})"
        self._paths.add(path)
        return path

    def printed(self, unit: int) -> str:
        """The printed code of a unit (unit_number)."""
        node, station = divmod(unit, SPAN)
        region = self.nodes.region[node]
        return region if station == 0 else station_region(region, station - 1)

    def at_level(self, level: int) -> list[int]:
        """All regions of a level."""
        return self.levels.get(level, [])

    def listed(self, level: int) -> list[int]:
        """The regions of a level that the list has."""
        if not self.complete:
            return []
        return [node for node in self.at_level(level) if self.nodes.listed[node]]

    def list_node(self, node: int, *, listed: bool) -> None:
        """Count a region among those that are expected, or not, once all places are settled."""
        self.nodes.listed[node] = listed
        if listed:
            self.complete.add((self.nodes.parent[node], self.nodes.level[node]))

    def has_level(self, level: int) -> bool:
        """Whether the tree has this level; the nation is one only above several provinces."""
        return len(self.at_level(1)) > 1 if level == 0 else bool(self.at_level(level))

    def under(self, node: int, ancestor_node: int) -> bool:
        """Whether a region lies inside another one (or is it)."""
        while node not in (ancestor_node, ROOT):
            node = self.nodes.parent[node]
        return node == ancestor_node

    def also(self, parent: int, key: str, node: int) -> None:
        """Let a node be found by another name too, where no node has that name itself."""
        self.other_keys.setdefault((parent, key), set()).add(node)

    def above(self, node: int) -> list[int]:
        """The ancestors of a node from the nearest one up, the whole left out."""
        found: list[int] = []
        node = self.nodes.parent[node]
        while node != ROOT:
            found.append(node)
            node = self.nodes.parent[node]
        return found

    def chain(self, node: int) -> list[int]:
        """The ancestors of a node from the top, itself and the whole left out."""
        return self.above(node)[::-1]

    def common(self, nodes: set[int]) -> int:
        """The smallest region that holds all the nodes."""
        levels, parents = self.nodes.level, self.nodes.parent
        while len(nodes) > 1:
            deepest = max(levels[node] for node in nodes)
            nodes = {parents[node] if levels[node] == deepest else node for node in nodes}
        return next(iter(nodes), ROOT)

    def inside(self, node: int, level: int) -> list[int]:
        """All regions of a level inside a region, in the order in which they were added."""
        found: list[int] = []
        above = [node]
        while above:
            below = [child for parent in above for child in self.children.get(parent, ())]
            found += [child for child in below if self.nodes.level[child] == level]
            above = [child for child in below if self.nodes.level[child] < level]
        return found


def station_region(region: str, station: int) -> str:
    """Write a TPS's place in the tree: `64.72.01.1001.004`."""
    return f"{region}{station_joint(region)}{station:03d}"


def station_joint(region: str) -> str:
    """What stands between a region and a TPS number: a dot after a code, a slash after names."""
    return "/" if "/" in region or not region[:2].isdigit() else "."


def unit_number(node: int, station: int) -> int:
    """The number of a unit; `station` is -1 for a region itself."""
    return node * SPAN + station + 1
