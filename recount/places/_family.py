"""All regions of one level inside a region, and the spellings under which each is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.names import TWINS, bare, spellings

if TYPE_CHECKING:
    from collections.abc import Callable

    from recount.regions import Regions

_BARE = "="
"""Stands before a spelling that leaves out the word for the sort of the region."""


class Family:
    """The regions of a level inside `parent`: `nodes`, and whether any of them is `listed`."""

    def __init__(self, regions: Regions, parent: int, level: int) -> None:
        """Take in what stands there already; `take_in` adds what comes."""
        self.regions = regions
        self.sort = LEVELS[level]
        self.nodes: list[int] = []
        self.listed = False
        self._index: dict[str, list[int]] = {}
        for node in regions.inside(parent, level):
            self.take_in(node)

    def take_in(self, node: int) -> None:
        """Add a region."""
        self.nodes.append(node)
        self.listed |= self.regions.nodes[node].listed
        key = self.regions.nodes[node].key
        if key is None:
            return
        for spelling in spellings(key):
            self._index.setdefault(spelling, []).append(node)
        if (name := bare(key, self.sort)) != key:
            for spelling in spellings(name):
                self._index.setdefault(_BARE + spelling, []).append(node)

    def spelt(self, key: str) -> list[int]:
        """Regions that are the same name, blanks and abbreviations aside."""
        if not self._index:
            return []
        return sorted({node for text in spellings(key) for node in self._index.get(text, ())})

    def of_other_sort(self, key: str, excluded: Callable[[int], bool]) -> list[int]:
        """Regions of which one of the two names leaves out the word for the sort.

        `excluded` says of a node that the same side writes it otherwise, and so means another one.
        """
        if not self._index:
            return []
        name = bare(key, self.sort)
        found = {node for text in spellings(key) for node in self._index.get(_BARE + text, ())}
        if name != key:
            found |= {node for text in spellings(name) for node in self._index.get(text, ())}
        found = {node for node in found if not excluded(node)}
        if len(found) == 1 and name in TWINS:
            # Alone, without its word, such a name is the kabupaten.
            found = {node for node in found if not self._is_kota(node, key)}
        return sorted(found)

    def _is_kota(self, node: int, key: str) -> bool:
        return any(text.startswith("KOTA ") for text in (key, self.regions.nodes[node].key or ""))
