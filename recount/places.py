"""Distinct places, as written, in; for each one its region in the tree, or the fault, out.

Level by level from the top, always inside the region above: first by code where code and names
agree, then by the exact name, then by the name without blanks and abbreviations. What is merely
alike becomes a finding with a suggestion, never a match (forms.md, section 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from recount.model import LEVELS
from recount.names import bare, skeleton, suggest
from recount.regions import ROOT, UNMATCHED, Regions, ancestor, parse_code
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.model import Severity

MANY = 200
"""More siblings than any region has: no suggestion is looked for among so many."""


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


class Fault(NamedTuple):
    """What is wrong with a place, for each row that names it."""

    rule: str
    severity: Severity
    message: Text
    mend: Text


class Settled(NamedTuple):
    """The tree, and for each place its node (UNMATCHED: none) and its faults."""

    regions: Regions
    nodes: list[int]
    faults: list[tuple[Fault, ...]]


class _Step(NamedTuple):
    """One distinct child at one level: under which node, with which code and key."""

    parent: int
    code: str | None
    key: str | None


@dataclass(slots=True)
class _Who:
    """Who wrote a child or a node, and under which name it is printed."""

    ours: bool = False
    theirs: bool = False
    listed: bool = False
    name: str = ""

    def join(self, other: _Who) -> None:
        """Take in what is known of the same child from elsewhere; a list's name goes first."""
        if other.name and (other.listed, other.name) > (self.listed, self.name):
            self.name = other.name
        self.ours |= other.ours
        self.theirs |= other.theirs
        self.listed |= other.listed

    def other_side_of(self, mine: _Who) -> bool:
        """Whether a name written by `mine` may mean this one, spelt differently."""
        return self.listed or not ((self.ours and mine.ours) or (self.theirs and mine.theirs))


_Groups = dict[_Step, _Who]


def settle(places: Sequence[Written]) -> Settled:
    """Find every place's region; the tree is made of the listed places and of all the others."""
    regions = Regions()
    codes = [parse_code(place.code) if place.code else None for place in places]
    nodes = [ROOT] * len(places)
    faults: list[tuple[Fault, ...]] = [
        (_no_code(place.code),) if place.code and not code else ()
        for place, code in zip(places, codes, strict=True)
    ]
    for level in range(1, 5):
        steps = _steps(places, codes, nodes, level)
        answers = _Level(regions, level, _grouped(places, steps, level)).settle()
        for at, step in enumerate(steps):
            if step is not None:
                nodes[at], fault = answers[step]
                faults[at] += fault
    for at, place in enumerate(places):
        if nodes[at] == ROOT and not any(place.keys):
            nodes[at] = UNMATCHED
            faults[at] += () if faults[at] else (_no_place(),)
    return Settled(regions, nodes, faults)


def _steps(
    places: Sequence[Written], codes: Sequence[str | None], nodes: Sequence[int], level: int
) -> list[_Step | None]:
    steps: list[_Step | None] = []
    for place, code, node in zip(places, codes, nodes, strict=True):
        key = place.keys[level - 1]
        own = ancestor(code, level)
        steps.append(_Step(node, own, key) if node != UNMATCHED and (key or own) else None)
    return steps


def _grouped(places: Sequence[Written], steps: Iterable[_Step | None], level: int) -> _Groups:
    groups: _Groups = {}
    for place, step in zip(places, steps, strict=True):
        if step is None:
            continue
        # Only the row of a list that describes this very region lists it under its own name.
        name = place.names[level - 1] or ""
        listed = place.listed and bool(name)
        who = groups.get(step)
        if who is None:
            groups[step] = _Who(place.ours, place.theirs, listed, name)
        elif (place.ours, place.theirs, listed, name) != (who.ours, who.theirs, who.listed, who.name):
            who.join(_Who(place.ours, place.theirs, listed, name))
    return groups


@dataclass(slots=True)
class _Level:
    """One level at work: the children written there, and the answers found so far."""

    regions: Regions
    level: int
    groups: _Groups
    answers: dict[_Step, tuple[int, tuple[Fault, ...]]] = field(default_factory=dict)
    wrote: dict[int, _Who] = field(default_factory=dict)
    skeletons: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def settle(self) -> dict[_Step, tuple[int, tuple[Fault, ...]]]:
        """Answer every child: codes, exact names, other spellings, then what remains."""
        doubtful = _doubtful_codes(self.groups)
        self._codes({s: w for s, w in self.groups.items() if s.code and w.listed})
        self._codes(
            {
                s: w
                for s, w in self.groups.items()
                if s.code and not w.listed and s.code not in doubtful and self._open(s)
            }
        )
        left = [step for step in self.groups if step not in self.answers]
        # Names that both sides write stand first: another spelling can only mean one of the rest.
        left.sort(key=lambda step: (self._floats(step), self._order(step), step.key or "", step))
        for step in left:
            self.answers[step] = self._name(step) if step.key else (UNMATCHED, self._fault(step))
        return self.answers

    def _open(self, step: _Step) -> bool:
        return step.code in self.regions.by_code or not self._complete(step.parent)

    def _complete(self, parent: int) -> bool:
        """Whether a list already says which regions of this level the parent has."""
        return (parent, self.level) in self.regions.complete

    def _floats(self, step: _Step) -> bool:
        return self.regions.nodes[step.parent].level < self.level - 1

    def _order(self, step: _Step) -> int:
        who = self.groups[step]
        return 0 if who.ours and who.theirs else 1 if who.theirs else 2

    def _codes(self, groups: _Groups) -> None:
        """Answer the children that have a code to be trusted."""
        merged: dict[str, tuple[_Step, _Who]] = {}
        for step, who in groups.items():
            assert step.code is not None
            first, all_ = merged.setdefault(step.code, (step, _Who()))
            all_.join(who)
            if first.key is None or (step.key is not None and who.listed):
                merged[step.code] = (step, all_)
        for code, (step, who) in merged.items():
            if code not in self.regions.by_code:
                self._add(step, who, code)
        for step, who in groups.items():
            node = self.regions.by_code[step.code or ""]
            known = self.regions.nodes[node]
            if step.key and known.key and not _same(step.key, known.key, self.level):
                fault = _code_disagrees(step.code or "", who.name, known.name)
                self.answers[step] = (UNMATCHED, (fault,))
            else:
                self._answer(step, node)

    def _add(self, step: _Step, who: _Who, code: str | None) -> int:
        node = self.regions.add(
            level=self.level,
            parent=step.parent,
            code=code,
            key=step.key,
            name=who.name,
            listed=who.listed,
        )
        self.wrote[node] = _Who()
        self.skeletons.clear()
        return node

    def _answer(self, step: _Step, node: int) -> tuple[int, tuple[Fault, ...]]:
        self.wrote.setdefault(node, _Who()).join(self.groups[step])
        self.answers[step] = (node, self._fault(step))
        return self.answers[step]

    def _fault(self, step: _Step) -> tuple[Fault, ...]:
        """A code that could not be used; the names decide instead."""
        if step.code is None or step.code in self.regions.by_code:
            return ()
        return (_code_unused(step.code),)

    def _name(self, step: _Step) -> tuple[int, tuple[Fault, ...]]:
        found = self._exact(step) or self._spelt_otherwise(step)
        if len(found) == 1:
            return self._answer(step, found[0])
        if len(found) > 1:
            names = [self.regions.nodes[node].region for node in found]
            return UNMATCHED, (_several(self.groups[step].name, names),)
        who = self.groups[step]
        options = {
            self.regions.nodes[node].key or "": node
            for node in self._siblings(step)
            if self.wrote.get(node, _Who(listed=True)).other_side_of(who)
        }
        alike = suggest(step.key or "", options) if 0 < len(options) <= MANY else None
        suggested = self.regions.nodes[options[alike.name]].name if alike else None
        if self._listed_inside(step):
            names = sorted(self.regions.nodes[node].name for node in options.values())
            return UNMATCHED, (*self._fault(step), _unknown(who.name, suggested, names))
        node = self._add(step, who, None)
        _, faults = self._answer(step, node)
        return node, (*faults, _alike(who.name, suggested)) if suggested else faults

    def _siblings(self, step: _Step) -> list[int]:
        if not self._floats(step):
            return self.regions.children.get(step.parent, [])
        return self.regions.inside(step.parent, self.level)

    def _listed_inside(self, step: _Step) -> bool:
        if not self._floats(step):
            return self._complete(step.parent)
        return any(self.regions.nodes[node].listed for node in self._siblings(step))

    def _exact(self, step: _Step) -> list[int]:
        node = self.regions.by_key.get((step.parent, step.key or ""))
        if node is not None:
            return [node]
        if not self._floats(step):
            return []
        same = self.regions.by_level_key.get((self.level, step.key or ""), [])
        return [node for node in same if self.regions.under(node, step.parent)]

    def _spelt_otherwise(self, step: _Step) -> list[int]:
        siblings = self._siblings(step)
        if (step.parent, "") not in self.skeletons:
            self.skeletons[step.parent, ""] = []
            for node in siblings:
                for spelling in _spellings(self.regions.nodes[node].key or "", self.level):
                    self.skeletons.setdefault((step.parent, spelling), []).append(node)
        who = self.groups[step]
        found: dict[int, None] = {}
        for spelling in _spellings(step.key or "", self.level):
            for node in self.skeletons.get((step.parent, spelling), []):
                known = self.regions.nodes[node].key or ""
                if _same_spelling(step.key or "", known, self.level) and self.wrote.get(
                    node, _Who(listed=True)
                ).other_side_of(who):
                    found[node] = None
        return list(found)


def _spellings(key: str, level: int) -> list[str]:
    spellings = [skeleton(key)]
    if LEVELS[level] == "kabkota":
        spellings.append("=" + skeleton(bare(key)))
    return spellings


def _same_spelling(first: str, second: str, level: int) -> bool:
    """Whether two keys are one name: blanks and abbreviations aside; `X` may be `KAB X`."""
    if skeleton(first) == skeleton(second):
        return True
    if LEVELS[level] != "kabkota" or skeleton(bare(first)) != skeleton(bare(second)):
        return False
    # A kabupaten and a kota of one name are two regions; only a bare name can be either.
    return bare(first) == first or bare(second) == second


def _same(first: str, second: str, level: int) -> bool:
    """Whether a name given beside a code agrees: the same, or so alike that both say the same."""
    return _same_spelling(first, second, level) or suggest(first, [second]) is not None


def _doubtful_codes(groups: _Groups) -> set[str]:
    """Codes beside two names, or beside a name that has two codes, where no list decides."""
    listed = {step.code for step, who in groups.items() if who.listed}
    names: dict[str, set[tuple[int, str]]] = {}
    codes: dict[tuple[int, str], set[str]] = {}
    for step in groups:
        if step.code and step.key and step.code not in listed:
            names.setdefault(step.code, set()).add((step.parent, step.key))
            codes.setdefault((step.parent, step.key), set()).add(step.code)
    doubtful = {code for code, written in names.items() if len(written) > 1}
    for rivals in codes.values():
        if len(rivals) > 1:
            doubtful |= rivals
    return doubtful


def _no_code(code: str | None) -> Fault:
    return Fault(
        "no-code",
        "warning",
        say("“{code}” is no region code; the names decide.", code=code),
        say("Write the code of Kemendagri, such as 64.72.01, or leave the cell blank."),
    )


def _code_unused(code: str) -> Fault:
    return Fault(
        "code-unused",
        "warning",
        say("The code {code} is unknown or stands beside different names; the names decide.",
            code=code),
        say("Check the code against the region list."),
    )


def _code_disagrees(code: str, name: str, known: str) -> Fault:
    return Fault(
        "code-name",
        "error",
        say("The code {code} is {known}, but the name beside it is “{name}”.",
            code=code, known=known, name=name),
        say("Correct the code or the name; until then the row is left out."),
    )


def _no_place() -> Fault:
    return Fault(
        "no-place",
        "error",
        say("The row has figures, but names no place."),
        say("Write the place into the row; until then it is left out."),
    )


def _several(name: str, regions: list[str]) -> Fault:
    return Fault(
        "ambiguous-name",
        "error",
        say("“{name}” may be any of several regions: {regions}.",
            name=name, regions=", ".join(sorted(regions))),
        say("Add the column of the kabupaten/kota, or the code; until then the row is left out."),
    )


def _unknown(name: str, suggested: str | None, known: list[str]) -> Fault:
    if suggested:
        return Fault(
            "unknown-name",
            "error",
            say("“{name}” is not in the region list; “{suggested}” is alike.",
                name=name, suggested=suggested),
            say("If it is that region, correct the name; until then the row is left out."),
        )
    return Fault(
        "unknown-name",
        "error",
        say("“{name}” is not in the region list.", name=name),
        say("Names known there: {names}.", names=", ".join(known) or "-"),
    )


def _alike(name: str, suggested: str) -> Fault:
    return Fault(
        "similar-name",
        "warning",
        say("“{name}” stands on this side only; the other side has “{suggested}”, which is alike.",
            name=name, suggested=suggested),
        say("If both are the same region, correct one of the two names."),
    )
