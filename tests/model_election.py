"""What the main job means, once more, in plain dictionaries: slow, and easy to follow.

Forms of both sides in, every comparison and the outcome out (product.md, sections 3 and 6). The
tests hold the package against it; nothing of the package is used here.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Path = tuple[str, ...]
"""A kabupaten, a kecamatan in it, a TPS in that: as many as the form's level has."""

Values = dict[str, int | None]

LEVELS = {1: "kabkota", 2: "kecamatan", 3: "tps"}


class Form(NamedTuple):
    """One copy of a form."""

    path: Path
    figures: Values


class Row(NamedTuple):
    """One comparison."""

    ours: int | None
    theirs: int | None
    status: str
    ours_read: tuple[int, int]
    theirs_read: tuple[int, int]


@dataclass
class Part:
    """What one side has in a region, of one box: its sum, read from `read` of `expected` forms.

    `common` and `common_read`: only where the other side has figures for the same units.
    """

    total: int = 0
    read: int = 0
    expected: int = 0
    common: int = 0
    common_read: int = 0
    held: int = 0

    def add(self, other: Part) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


class Side:
    """One side's forms, each region once; `conflicts`: (region, box) in which copies differ."""

    def __init__(self, forms: Iterable[Form], items: Sequence[str]) -> None:
        self.items = tuple(items)
        self.copies = list(forms)
        self.forms: dict[Path, Values] = {}
        self.conflicts: set[tuple[Path, str]] = set()
        copies: dict[Path, list[Values]] = defaultdict(list)
        for form in self.copies:
            copies[form.path].append(form.figures)
        for path, several in copies.items():
            self.forms[path] = {}
            for item in items:
                said = {one[item] for one in several} - {None}
                self.forms[path][item] = said.pop() if len(said) == 1 else None
                if said:
                    self.conflicts.add((path, item))

    def __repr__(self) -> str:
        """What it was made of, so that a failing case can be laid out again."""
        return f"Side({[(one.path, one.figures) for one in self.copies]}, {self.items})"

    @property
    def finest(self) -> int:
        return max(len(path) for path in self.forms)

    def own(self, path: Path, item: str) -> int | None:
        return self.forms.get(path, {}).get(item)

    def total(self, path: Path, item: str) -> Part:
        """Add up the finest forms inside a region; a higher form only where there is none finer."""
        below = {p[: len(path) + 1] for p in self.forms if p[: len(path)] == path and p != path}
        part = Part()
        if below:
            for child in below:
                part.add(self.total(child, item))
        elif path in self.forms:
            own = self.own(path, item)
            part = Part(own or 0, int(own is not None), 1, held=1)
        return part


def nearest(ours: Side, theirs: Side) -> Side:
    """Our side, where a form of a higher level gives way to what is whole below it.

    Whole: every part that anybody has is read, and somebody else lists the parts of each region on
    the way down: their side, or our own forms of a level that is not the one added up.
    """
    held = [*ours.forms, *theirs.forms]
    tree = {path[:n] for path in held for n in range(1, len(path) + 1)}

    def listed(path: Path, depth: int) -> bool:
        inside = [p for p in theirs.forms if p[: len(path)] == path and len(p) > len(path)]
        table = [p for p in ours.forms if p[:-1] == path and len(p) != depth]
        return bool(inside or table)

    def total(path: Path, item: str, depth: int) -> int | None:
        if len(path) == depth:
            return side.own(path, item)
        parts = [p for p in tree if len(p) == len(path) + 1 and p[:-1] == path]
        sums = [total(part, item, depth) for part in parts]
        known = [figure for figure in sums if figure is not None]
        return sum(known) if sums and len(known) == len(sums) and listed(path, depth) else None

    side = deepcopy(ours)
    for path in sorted(ours.forms, key=len, reverse=True):
        for item in ours.items:
            depths = range(ours.finest, len(path), -1)
            whole = [n for depth in depths if (n := total(path, item, depth)) is not None]
            if whole and side.forms[path][item] is not None:
                side.forms[path][item] = whole[0]
    return side


class Model:
    """Both sides, and what follows from them."""

    def __init__(self, ours: Side, theirs: Side, tolerance: int = 0) -> None:
        ours = nearest(ours, theirs)
        self.sides = (ours, theirs)
        self.tolerance = tolerance
        self.items = tuple(sorted({*ours.items, *theirs.items}))
        self.units = min(ours.finest, theirs.finest)
        self.same = ours.finest == theirs.finest
        paths = [*ours.forms, *theirs.forms]
        self.regions = {p[:n] for p in paths for n in range(1, min(len(p), self.units) + 1)}

    def children(self, path: Path) -> list[Path]:
        return sorted(p for p in self.regions if len(p) == len(path) + 1 and p[:-1] == path)

    def unit(self, path: Path, item: str) -> tuple[Part, Part]:
        """A unit of both sides: it is expected of each, once."""
        ours, theirs = (side.total(path, item) for side in self.sides)
        for part in (ours, theirs):
            part.held = min(part.held, 1)
            part.expected = part.expected or 1
            if ours.read and theirs.read:
                part.common, part.common_read = part.total, part.read
        return ours, theirs

    def below(self, path: Path, item: str) -> tuple[Part, Part]:
        """The sums of what is finer than a region's own form."""
        if len(path) == self.units:
            return self.unit(path, item)
        sums = (Part(), Part())
        for child in self.children(path):
            for mine, part in zip(sums, self.standing(child, item), strict=True):
                mine.add(part)
        return sums

    def standing(self, path: Path, item: str) -> tuple[Part, Part]:
        """The same, once a form without anything finer below it stands for its region."""
        pair = self.below(path, item)
        stands = False
        for side, part in zip(self.sides, pair, strict=True):
            if path in side.forms and not part.held:
                own = side.own(path, item)
                part.held, part.expected = 1, 1
                if own is not None:
                    part.total, part.read, stands = own, 1, True
            part.expected = part.expected or 1
        if stands and not pair[0].common_read and all(part.read for part in pair):
            for part in pair:
                part.common, part.common_read = part.total, part.read
        return pair

    def row(self, path: Path, item: str) -> Row:
        pair = self.below(path, item)
        owns = [side.own(path, item) for side in self.sides]
        if len(path) == self.units and self.same:
            owns = [None, None]
        shown: list[tuple[int | None, int, int]] = []
        common = pair[0].common_read > 0
        apart = all(part.read for part in pair)
        for own, part in zip(owns, pair, strict=True):
            total = part.total if part.read else None
            if own is not None:
                shown.append((own, 1, 1))
            elif common and owns == [None, None]:
                shown.append((part.common, part.common_read, part.expected))
            elif owns != [None, None] or not apart:
                shown.append((total, part.read, part.expected))
            else:
                shown.append((None, part.read, part.expected))
        (o, *read_o), (t, *read_t) = shown
        counts = (read_o[0], read_o[1]), (read_t[0], read_t[1])
        return Row(o, t, self.status(path, item, pair, (o, t), counts), *counts)

    def status(
        self,
        path: Path,
        item: str,
        pair: tuple[Part, Part],
        figures: tuple[int | None, int | None],
        counts: tuple[tuple[int, int], tuple[int, int]],
    ) -> str:
        ours, theirs = figures
        there = [
            item in side.items and bool(part.held or path in side.forms)
            for side, part in zip(self.sides, pair, strict=True)
        ]
        if any((path, item) in side.conflicts for side in self.sides):
            return "conflict"
        if ours is not None and theirs is not None:
            if abs(ours - theirs) <= self.tolerance:
                return "equal"
            return "differs" if all(n == m for n, m in counts) else "partial"
        if all(n for n, _ in counts):
            return "partial"
        if all(there):
            return "unread"
        return "ours_only" if there[0] else "theirs_only"

    def rows(self) -> dict[tuple[Path, str], Row]:
        return {(path, item): self.row(path, item) for path in self.regions for item in self.items}


@dataclass
class Race:
    """Votes by candidate and number of units: ours, theirs, corrected; known units not in there."""

    votes: Mapping[str, dict[str, int]]
    units: dict[str, int]
    lacks: dict[str, int]


def race(model: Model) -> Race:
    """Add up what decides a contest: only forms with a figure for every candidate."""
    total = _nothing(model)
    for path in sorted(p for p in model.regions if len(p) == 1):
        _include(total, _race(model, path))
    return total


def _nothing(model: Model) -> Race:
    names = ("ours", "theirs", "corrected")
    votes = {name: dict.fromkeys(model.items, 0) for name in names}
    return Race(votes, dict.fromkeys(names, 0), dict.fromkeys(names, 0))


def _include(total: Race, part: Race) -> None:
    for name in total.units:
        total.units[name] += part.units[name]
        total.lacks[name] += part.lacks[name]
        for item in total.votes[name]:
            total.votes[name][item] += part.votes[name][item]


def _race(model: Model, path: Path) -> Race:
    here = _nothing(model)
    at_units = len(path) == model.units
    if not at_units:
        for child in model.children(path):
            _include(here, _race(model, child))
    else:
        here.lacks = dict.fromkeys(here.lacks, 1)
    gaps = {name: not here.units[name] or here.lacks[name] > 0 for name in here.units}
    known = _known_units(model, path) if at_units else _known_forms(model, path, here, gaps)
    found = {
        name: figures
        for (name, figures), side in zip(known.items(), model.sides, strict=True)
        if set(figures) == set(side.items)
    }
    corrected = found.get("ours", {})
    if corrected and at_units:
        corrected = {**known["theirs"], **corrected}
    if set(corrected) != set(model.items) and (at_units or not here.units["ours"]):
        corrected = found.get("theirs", {})
    if set(corrected) == set(model.items):
        found["corrected"] = corrected
    for name, figures in found.items():
        here.votes[name].update(figures)
        here.units[name], here.lacks[name] = 1, 0
    return here


def _known_units(model: Model, path: Path) -> dict[str, dict[str, int]]:
    """What each side knows of a unit, and knows whole."""
    known: dict[str, dict[str, int]] = {"ours": {}, "theirs": {}}
    for item in model.items:
        for name, part in zip(known, model.unit(path, item), strict=True):
            if part.held and part.read == part.expected:
                known[name][item] = part.total
    for name, side in zip(known, model.sides, strict=True):
        own = _filled(side, path)
        incomplete = set(known[name]) < set(side.items) == set(own)
        if side.finest > model.units and (incomplete or _covers(own, known[name], side)):
            known[name] = own
    return known


def _covers(own: Mapping[str, int], below: Mapping[str, int], side: Side) -> bool:
    """Whether no candidate has more on the finer forms than on a region's own, whole, form."""
    return set(own) == set(side.items) and all(below[i] <= own[i] for i in below)


def _filled(side: Side, path: Path) -> dict[str, int]:
    figures = side.forms.get(path, {})
    return {item: figure for item, figure in figures.items() if figure is not None}


def _known_forms(
    model: Model, path: Path, here: Race, gaps: Mapping[str, bool]
) -> dict[str, dict[str, int]]:
    """What each side's form says of a region, where it says more than what is finer."""
    known: dict[str, dict[str, int]] = {"ours": {}, "theirs": {}}
    for name, side in zip(known, model.sides, strict=True):
        own = _filled(side, path)
        below = {item: here.votes[name][item] for item in side.items}
        more = gaps[name] or (name == "ours" and own != below)
        if more and _covers(own, below, side):
            known[name] = own
    return known
