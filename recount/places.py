"""Distinct places, as written, in; for each one its region in the tree, or the fault, out.

Level by level from the top, always inside the region above: first by code where code and names
agree, then by the exact name, then by the name without blanks and abbreviations. What is merely
alike becomes a finding with a suggestion, never a match (forms.md, section 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from recount.codes import Step
from recount.place_faults import Fault, no_code, no_place
from recount.regions import ROOT, UNMATCHED, Regions, ancestor, parse_code
from recount.siblings import Siblings

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Fault", "Settled", "Written", "settle"]

FINEST = 4
"""The last level with names of its own, the desa."""


class Written(NamedTuple):
    """One distinct place: its code and names as written and as compared, and who wrote it.

    `names` and `keys` run from provinsi to desa; None where nothing stands.
    """

    code: str | None
    names: tuple[str | None, ...]
    keys: tuple[str | None, ...]
    ours: bool
    theirs: bool
    listed: bool = False


class Settled(NamedTuple):
    """The tree, and for each place its node (UNMATCHED: none) and its faults."""

    regions: Regions
    nodes: list[int]
    faults: list[tuple[Fault, ...]]


@dataclass(slots=True, eq=False)
class _Branch:
    """One distinct beginning of the places, such as (64.72, KALTIM, SAMARINDA), and its answer."""

    above: _Branch | None
    code: str | None
    key: str | None
    name: str
    ours: bool = False
    theirs: bool = False
    listed: bool = False
    node: int = ROOT
    faults: tuple[Fault, ...] = ()


class _Branches:
    """The beginnings of all places, each once: most places share all but their last name."""

    def __init__(self) -> None:
        self.root = _Branch(None, None, None, "")
        self.known: dict[tuple[str | None, tuple[str | None, ...]], _Branch] = {}
        self.levels: list[list[_Branch]] = [[] for _ in range(FINEST + 1)]

    def take(self, place: Written, code: str | None) -> _Branch:
        """Give the branch of a place, and note there who wrote it."""
        branch = self._find(FINEST, code, place)
        branch.ours |= place.ours
        branch.theirs |= place.theirs
        # Only the row of a list that describes this very region lists it under its own name.
        branch.listed |= place.listed and bool(branch.name)
        return branch

    def _find(self, level: int, code: str | None, place: Written) -> _Branch:
        if level == 0:
            return self.root
        own = ancestor(code, level)
        beginning = (own or code, place.names[:level])
        branch = self.known.get(beginning)
        if branch is None:
            branch = self._find(level - 1, own or code, place)
            key = place.keys[level - 1]
            if own or key:
                branch = _Branch(branch, own, key, place.names[level - 1] or "")
                self.levels[level].append(branch)
            self.known[beginning] = branch
        return branch

    def pass_upwards(self) -> None:
        """Whoever wrote a place also wrote the regions above it."""
        for level in range(FINEST, 1, -1):
            for branch in self.levels[level]:
                if branch.above is not None:
                    branch.above.ours |= branch.ours
                    branch.above.theirs |= branch.theirs


def settle(places: Sequence[Written]) -> Settled:
    """Find every place's region; the tree is made of the listed places and of all the others."""
    regions = Regions()
    branches = _Branches()
    codes = [parse_code(place.code) if place.code else None for place in places]
    taken = [branches.take(place, code) for place, code in zip(places, codes, strict=True)]
    branches.pass_upwards()
    for level in range(1, FINEST + 1):
        _settle_level(regions, level, branches.levels[level])
    nodes: list[int] = []
    faults: list[tuple[Fault, ...]] = []
    for place, code, branch in zip(places, codes, taken, strict=True):
        lost = branch is branches.root
        nodes.append(UNMATCHED if lost else branch.node)
        own = (no_code(place.code),) if place.code and not code else ()
        faults.append((*own, *branch.faults, *((no_place(),) if lost else ())))
    return Settled(regions, nodes, faults)


def _settle_level(regions: Regions, level: int, branches: list[_Branch]) -> None:
    steps: dict[tuple[int, str | None, str | None], Step] = {}
    asked: list[tuple[_Branch, Step]] = []
    for branch in branches:
        above = branch.above
        if above is None or above.node == UNMATCHED:
            branch.node, branch.faults = UNMATCHED, above.faults if above else ()
            continue
        written = above.node, branch.code, branch.key
        step = steps.get(written)
        if step is None:
            step = steps[written] = Step(*written)
        step.join(branch.name, ours=branch.ours, theirs=branch.theirs, listed=branch.listed)
        asked.append((branch, step))
    Siblings(regions, level, steps.values()).settle()
    for branch, step in asked:
        above = branch.above
        branch.node = step.node
        branch.faults = above.faults + step.faults if above else step.faults
