"""The regions written at one level, each under the region above it, in; the node of each one out.

One level of `places.settle`. First the codes that can be trusted, then the exact names, then other
spellings of them, then what remains: a fault where a list says what there is, else a new region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS
from recount.names import suggest
from recount.nodes import ROOT, Label
from recount.places import _faults as faults
from recount.places._codes import Step, doubtful_codes, same_name
from recount.places._family import Family
from recount.places._homes import Homes, anywhere

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from recount.places._codes import Plain
    from recount.places._faults import Fault
    from recount.regions import Regions

MANY = 200
"""More siblings than any region has: no suggestion is looked for among so many."""


class Siblings:
    """One level at work: what is written there, and which region it is found to be."""

    def __init__(self, regions: Regions, level: int, steps: Collection[Step], plain: Plain) -> None:
        """`steps`: what is written at this level, each once; `plain`: what is settled already."""
        self.plain = plain
        self.regions = regions
        self.level = level
        self.steps = steps
        self.first: dict[int, Step] = {}
        self.others: dict[int, list[Step]] = {}
        self.families: dict[int, Family] = {}
        self.one_writer = self._one_writer()
        self.homes: Homes | None = None

    def _one_writer(self) -> bool:
        """Whether one side wrote every region of this level: none is another's spelling then."""
        if len(self.regions.at_level(self.level)) != len(self.plain.ours):
            return False
        ours = all(self.plain.ours) and all(step.ours for step in self.steps)
        return ours or (all(self.plain.theirs) and all(step.theirs for step in self.steps))

    def settle(self) -> None:
        """Give every step its node and its faults."""
        coded = [step for step in self.steps if step.code]
        self._codes([step for step in coded if step.listed])
        doubtful = doubtful_codes(coded, self.regions, self.level)
        self._codes([step for step in coded if not step.settled and self._trusted(step, doubtful)])
        named: dict[int, list[Step]] = {}
        for step in self.steps:
            if step.key and not step.settled:
                named.setdefault(self.regions.nodes[step.parent].level, []).append(step)
            elif not step.settled:
                _lose(step, faults.code_unknown(step.code or ""))
        # First what stands right below its parent: what floats under a wide one may be any of it.
        for height in sorted(named, reverse=True):
            self._names(named[height])
        self._warn_of_two_names()

    def _trusted(self, step: Step, doubtful: set[str]) -> bool:
        if step.code in doubtful:
            return False
        # Where a list says which regions the parent has, another code is none of them.
        return step.code in self.regions.by_code or not self._complete(step.parent)

    def _complete(self, parent: int) -> bool:
        return (parent, self.level) in self.regions.complete

    def _codes(self, steps: Sequence[Step]) -> None:
        """Settle the steps whose code can be trusted."""
        naming: dict[str, Step] = {}
        for step in steps:
            first = naming.setdefault(step.code or "", step)
            if first is not step and step.rank() > first.rank():
                naming[step.code or ""] = step
        for code, step in naming.items():
            if code not in self.regions.by_code:
                self._add(step, code)
        for step in steps:
            self._by_code(step, self.regions.by_code[step.code or ""])

    def _by_code(self, step: Step, node: int) -> None:
        known = self.regions.nodes[node]
        if step.key and known.key and step.key != known.key:
            if not same_name(step.key, known.key, self.level):
                _lose(step, faults.code_disagrees(step.code or "", step.name, known.name))
                return
            self.regions.also(step.parent, step.key, node)
        self._answer(step, node)

    def _add(self, step: Step, code: str | None) -> int:
        label = Label(code, step.key, step.name, step.listed)
        node = self.regions.add(step.parent, self.level, label)
        if self.families:
            for above in (step.parent, *self.regions.above(step.parent), ROOT):
                if above in self.families:
                    self.families[above].take_in(node)
        return node

    def _answer(self, step: Step, node: int) -> None:
        step.settled, step.node = True, node
        step.faults = self._unused_code(step)
        if (first := self.first.setdefault(node, step)) is not step:
            self.others.setdefault(node, [first]).append(step)

    def _unused_code(self, step: Step) -> tuple[Fault, ...]:
        if step.code is None or step.code in self.regions.by_code:
            return ()
        return (faults.code_unused(step.code),)

    def _names(self, steps: Iterable[Step]) -> None:
        """Settle steps by their names; what both sides write goes first, then theirs, then ours.

        So each side's other spelling meets the other's name, whatever the order of the rows.
        """
        waiting = sorted(steps, key=Step.turn)
        self.homes = Homes(self.regions, self.level, waiting)
        waiting = [step for step in waiting if not self._found(step, self._exact(step))]
        last = [step for step in waiting if not self._by_name(step, new=step.theirs)]
        for step in last:
            self._by_name(step, new=True)

    def _by_name(self, step: Step, *, new: bool) -> bool:
        """Settle one step, if need be by a new region; say whether it is settled."""
        if self._found(step, self._exact(step) or self._respelt(step)):
            return True
        if self._family(step.parent).listed:
            _lose(step, *self._unused_code(step), self._unknown(step))
        elif new:
            suggested = self._suggested(step)
            strange = self._strange(step)
            self._answer(step, self._add(step, None))
            if strange:
                step.faults += (faults.floating(step.name, map(self._full_name, strange)),)
            elif suggested:
                step.faults += (faults.alike(step.name, suggested),)
        return step.settled

    def _found(self, step: Step, nodes: Sequence[int]) -> bool:
        if len(nodes) > 1:
            _lose(step, faults.several(step.name, {self._full_name(node) for node in nodes}))
        elif nodes:
            self._answer(step, nodes[0])
        return step.settled

    def _full_name(self, node: int) -> str:
        own = self.regions.nodes[node]
        return f"{own.name} ({own.region})" if own.region[:1].isdigit() else own.region

    def _exact(self, step: Step) -> Sequence[int]:
        key = step.key or ""
        found = self.regions.named(step.parent, key) or sorted(
            self.regions.other_keys.get((step.parent, key), ())
        )
        if found or self.regions.nodes[step.parent].level == self.level - 1:
            return [node for node in found if self.regions.nodes[node].level == self.level]
        return [
            node for node in anywhere(self.regions, self.level, step) if self._at_home(step, node)
        ]

    def _at_home(self, step: Step, node: int) -> bool:
        """Whether a node may be meant; not every desa of the other side that has the same name."""
        allowed = self.homes is None or self.homes.allow(step, node)
        return allowed or self.regions.nodes[node].listed or self._is_own(node, step)

    def _strange(self, step: Step) -> Sequence[int]:
        """The regions of this very name that are too far away to be meant."""
        if self.regions.nodes[step.parent].level == self.level - 1:
            return ()
        return [
            node
            for node in anywhere(self.regions, self.level, step)
            if not self._at_home(step, node)
        ]

    def _respelt(self, step: Step) -> Sequence[int]:
        """Other spellings of a region that a list or the other side has.

        Two names of one side are two regions (LUBUK PAKAM I.II and LUBUK PAKAM III are), unless a
        list has but one.
        """
        family = self._family(step.parent)
        key = step.key or ""
        spelt = [node for node in family.spelt(key) if self._at_home(step, node)]
        listed = [node for node in spelt if self.regions.nodes[node].listed]
        others = [node for node in spelt if not self._is_own(node, step)]
        return (
            listed
            or others
            or family.of_other_sort(
                key, lambda n: self._is_own(n, step) or not self._at_home(step, n)
            )
        )

    def _is_own(self, node: int, step: Step) -> bool:
        """Whether the side that wrote the step also wrote the node, otherwise."""
        if self.one_writer:
            return True
        if self.plain.has(node) and self.plain.is_of_a_side_of(node, step):
            return True
        first = self.first.get(node)
        writers = self.others.get(node) or ([first] if first else [])
        return any(step.shares_a_side(writer) for writer in writers)

    def _family(self, parent: int) -> Family:
        if parent not in self.families:
            self.families[parent] = Family(self.regions, parent, self.level)
        return self.families[parent]

    def _unknown(self, step: Step) -> Fault:
        names = {self.regions.nodes[n].key or "": n for n in self._family(step.parent).nodes}
        best = suggest(step.key or "", names) if len(names) <= MANY else None
        suggested = self.regions.nodes[names[best.name]].name if best else None
        known = [self.regions.nodes[node].name for node in names.values()]
        where = LEVELS[self.level], self.regions.nodes[step.parent].region
        return faults.unknown(step.name, suggested, known, where)

    def _suggested(self, step: Step) -> str | None:
        """The similar name that only the other side has."""
        nodes = self._family(step.parent).nodes
        if self.one_writer or len(nodes) > MANY:
            return None
        others = [node for node in nodes if not self._is_own(node, step)]
        keys = {self.regions.nodes[node].key or "": node for node in others}
        best = suggest(step.key or "", keys) if keys else None
        return self.regions.nodes[keys[best.name]].name if best else None

    def _warn_of_two_names(self) -> None:
        """Nothing of one side lands silently on a region which that side also writes otherwise."""
        for node, steps in self.others.items():
            known = self.regions.nodes[node].key
            for side in ("ours", "theirs"):
                own = [step for step in steps if step.key and getattr(step, side)]
                own.sort(key=lambda step: (step.key != known, step.key))
                for step in own[1:]:
                    if step.key != own[0].key:
                        step.faults += (faults.two_names(step.name, own[0].name),)


def _lose(step: Step, *why: Fault) -> None:
    step.settled, step.faults = True, why
