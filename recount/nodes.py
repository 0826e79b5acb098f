"""What a region is in the tree, and all of them as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

ROOT = 0
"""The number of the whole."""


class Node(NamedTuple):
    """One region of the tree."""

    id: int
    region: str
    name: str
    level: int
    parent: int
    key: str | None
    listed: bool


class Label(NamedTuple):
    """What a new region is called: its code, its name as compared (`key`) and as printed."""

    code: str | None
    key: str | None
    name: str
    listed: bool = False


class Nodes(Sequence[Node]):
    """All regions by their number, kept as columns: a nation has 90,000, and few are looked at."""

    def __init__(self) -> None:
        """Start with the whole alone."""
        self.region = ["0"]
        self.name = [""]
        self.level = [0]
        self.parent = [ROOT]
        self.key: list[str | None] = [None]
        self.listed = [False]

    def __len__(self) -> int:
        return len(self.region)

    @overload
    def __getitem__(self, at: int) -> Node: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Node]: ...
    def __getitem__(self, at: int | slice) -> Node | Sequence[Node]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        id_ = at if at >= 0 else len(self) + at
        return Node(
            id_,
            self.region[id_],
            self.name[id_],
            self.level[id_],
            self.parent[id_],
            self.key[id_],
            self.listed[id_],
        )

    def add(self, node: Node) -> None:
        """Take in one more; its number is the next one."""
        self.region.append(node.region)
        self.name.append(node.name)
        self.level.append(node.level)
        self.parent.append(node.parent)
        self.key.append(node.key)
        self.listed.append(node.listed)
