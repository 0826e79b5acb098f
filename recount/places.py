"""Distinct places, as written, in; for each one its region in the tree, or the fault, out.

Level by level from the top, always inside the region above: first by code where code and names
agree, then by the exact name, then by the name without blanks and abbreviations. What is merely
alike becomes a finding with a suggestion, never a match (forms.md, section 7).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from recount.codes import Plain, Step
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


@dataclass(slots=True)
class _Rows:
    """The distinct beginnings of all places down to one level, column by column.

    `up`: for each the number of its own beginning one level higher. `node` and `faults` are the
    answers.
    """

    code: Sequence[str | None]
    names: Sequence[tuple[str | None, ...]]
    keys: Sequence[tuple[str | None, ...]]
    ours: Sequence[bool]
    theirs: Sequence[bool]
    listed: Sequence[bool]
    up: list[int] = field(default_factory=list)
    node: list[int] = field(default_factory=list)
    faults: list[tuple[Fault, ...]] = field(default_factory=list)


def settle(places: Sequence[Written]) -> Settled:
    """Find every place's region; the tree is made of the listed places and of all the others."""
    regions = Regions()
    codes = [parse_code(place.code) if place.code else None for place in places]
    levels = _levels(places, codes)
    above = levels[0]
    for level in range(1, FINEST + 1):
        _settle_level(regions, level, above, levels[level])
        above = levels[level]
    nodes, faults = above.node, above.faults
    for at, (place, code) in enumerate(zip(places, codes, strict=True)):
        if place.code and not code:
            faults[at] = (no_code(place.code), *faults[at])
        if not code and not any(place.keys):
            nodes[at], faults[at] = UNMATCHED, (*faults[at], no_place())
    return Settled(regions, nodes, faults)


def _levels(places: Sequence[Written], codes: list[str | None]) -> list[_Rows]:
    """Bring the places to their distinct beginnings: most share all but their last name."""
    columns = list(zip(*places, strict=True)) or [()] * len(Written._fields)
    _, names, keys, ours, theirs, listed = columns
    rows = _Rows(codes, names, keys, ours, theirs, listed)
    found = [rows]
    for level in range(FINEST - 1, -1, -1):
        rows = _shortened(rows, level)
        found.append(rows)
    top = found[-1]
    top.node, top.faults = [ROOT] * len(top.code), [()] * len(top.code)
    return found[::-1]


def _shortened(rows: _Rows, level: int) -> _Rows:
    """Cut the rows of one level to the level above it, and say there who wrote any of them."""
    index: dict[tuple[str | None, tuple[str | None, ...]], int] = {}
    first: list[int] = []
    for at, (code, names) in enumerate(zip(rows.code, rows.names, strict=True)):
        beginning = (ancestor(code, level) or code if level else None), names[:level]
        number = index.setdefault(beginning, len(index))
        if number == len(first):
            first.append(at)
        rows.up.append(number)
    ours, theirs, listed = ([False] * len(first) for _ in range(3))
    for flags, below in ((ours, rows.ours), (theirs, rows.theirs)):
        for number, flag in zip(rows.up, below, strict=True):
            if flag:
                flags[number] = True
    for number, flag, names in zip(rows.up, rows.listed, rows.names, strict=True):
        # Only the row of a list that describes this very region lists it under its own name.
        if flag and not any(names[level:]):
            listed[number] = True
    return _Rows(
        [code for code, _ in index],
        [names for _, names in index],
        [rows.keys[at][:level] for at in first],
        ours,
        theirs,
        listed,
    )


def _settle_level(regions: Regions, level: int, above: _Rows, rows: _Rows) -> None:
    parents = [above.node[number] for number in rows.up]
    written = [
        (parent, ancestor(code, level), keys[level - 1])
        for parent, code, keys in zip(parents, rows.code, rows.keys, strict=True)
    ]
    plain = _plain(written, rows, level) if not regions.complete and not any(rows.listed) else {}
    start = len(regions.nodes)
    regions.add_all(level, [*plain], [name for name, _, _ in plain.values()])
    known = Plain(start, [(ours, theirs) for _, ours, theirs in plain.values()])
    of_plain = {one: start + number for number, one in enumerate(plain)}
    steps: dict[tuple[int, str | None, str | None], Step] = {}
    for at, one in enumerate(written):
        if one not in of_plain and one[0] != UNMATCHED and (one[1] or one[2]):
            step = steps.get(one)
            if step is None:
                step = steps[one] = Step(*one)
            name = rows.names[at][level - 1] or ""
            named = rows.listed[at] and bool(name)
            step.join(name, ours=rows.ours[at], theirs=rows.theirs[at], listed=named)
    Siblings(regions, level, steps.values(), known).settle()
    _answer(rows, above, written, of_plain, steps)


_One = tuple[int, str | None, str | None]
"""Under which node, with which code and key something is written."""


def _plain(written: list[_One], rows: _Rows, level: int) -> dict[_One, tuple[str, bool, bool]]:
    """What leaves no question: a code and a name that stand beside each other and nowhere else.

    Nearly all of a nation is so; these regions are added at once. Out: for each the name that is
    printed, and whether ours and theirs wrote it.
    """
    distinct: dict[_One, tuple[str, bool, bool]] = {}
    for one, spelt, ours, theirs in zip(written, rows.names, rows.ours, rows.theirs, strict=True):
        name = spelt[level - 1] or ""
        if (before := distinct.get(one)) is not None:
            distinct[one] = max(name, before[0]), ours or before[1], theirs or before[2]
        else:
            distinct[one] = name, ours, theirs
    codes = Counter(code for _, code, _ in distinct)
    names = Counter((parent, key) for parent, _, key in distinct)
    return {
        one: said
        for one, said in distinct.items()
        if one[1] and one[2] and codes[one[1]] == 1 and names[one[0], one[2]] == 1
        if one[0] != UNMATCHED
    }


def _answer(
    rows: _Rows,
    above: _Rows,
    written: list[_One],
    of_plain: dict[_One, int],
    steps: dict[_One, Step],
) -> None:
    for number, one in zip(rows.up, written, strict=True):
        faults = above.faults[number]
        node = of_plain.get(one)
        if node is None:
            step = steps.get(one)
            # Nothing written at this level: the place is the region above.
            node = step.node if step else one[0]
            faults = faults + step.faults if step else faults
        rows.node.append(node)
        rows.faults.append(faults)
