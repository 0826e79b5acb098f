"""Desa that name neither kecamatan nor kabupaten/kota in, the one kecamatan they can lie in out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.places._codes import Step
    from recount.regions import Regions

_DESA, _KABKOTA = LEVELS.index("desa"), LEVELS.index("kabkota")


class Homes:
    """What a bare desa may be: names of desa repeat in a province, so one alone says nothing.

    Where all of a side that are known elsewhere, and those are most of them, are known in the same
    kecamatan, that is their home; else they have none, and are no region of the other side.
    """

    def __init__(self, regions: Regions, level: int, steps: Iterable[Step]) -> None:
        """`steps`: all that is written at one level and height."""
        self.regions = regions
        groups: dict[tuple[int, bool, bool], list[Step]] = {}
        for step in steps if level == _DESA else ():
            if regions.nodes[step.parent].level < _KABKOTA:
                groups.setdefault(_group(step), []).append(step)
        self._homes = {key: self._home(group) for key, group in groups.items()}

    def allow(self, step: Step, node: int) -> bool:
        """Whether a step may be a node, as far as this rule goes."""
        if _group(step) not in self._homes:
            return True
        return self.regions.nodes.parent[node] in {step.parent, self._homes[_group(step)]}

    def _home(self, steps: list[Step]) -> int | None:
        found = [where for step in steps if (where := self._known_in(step))]
        if 2 * len(found) <= len(steps):
            return None
        common = set.intersection(*found)
        return common.pop() if len(common) == 1 else None

    def _known_in(self, step: Step) -> set[int]:
        nodes = anywhere(self.regions, _DESA, step)
        return {self.regions.nodes.parent[node] for node in nodes} - {step.parent}


def anywhere(regions: Regions, level: int, step: Step) -> list[int]:
    """The regions of a level and of this very name, however far below the step's parent."""
    same = regions.by_level.get((level, step.key or ""), [])
    return [node for node in same if regions.under(node, step.parent)]


def _group(step: Step) -> tuple[int, bool, bool]:
    return step.parent, step.ours, step.theirs
