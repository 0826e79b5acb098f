"""A region as written beside a code: whether the codes and the names agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.model import LEVELS
from recount.names import bare, spellings, suggest
from recount.regions import UNMATCHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.places._faults import Fault
    from recount.regions import Regions


@dataclass(slots=True, eq=False)
class Step:
    """One distinct region as written: under which node, with which code and key, and by whom.

    Once it is settled, its node (UNMATCHED: none) and its faults; `name` is what is printed.
    """

    parent: int
    code: str | None
    key: str | None
    name: str = ""
    ours: bool = False
    theirs: bool = False
    listed: bool = False
    settled: bool = False
    node: int = UNMATCHED
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Step:
        """Make a step of a row of `places`: what is written at one level."""
        code, key = row["code_here"] or None, row["key_here"] or None
        sides = row["ours"], row["theirs"]
        return cls(row["node"], code, key, row["name"], *sides, listed=row["listed"])

    def shares_a_side(self, other: Step) -> bool:
        """Whether one side wrote both."""
        return (self.ours and other.ours) or (self.theirs and other.theirs)

    def rank(self) -> tuple[bool, bool, str]:
        """Who names a region, of several that have its code: the highest."""
        return self.listed, self.key is not None, self.name

    def turn(self) -> tuple[bool, bool, str, str]:
        """When it is settled: what both sides write first, then theirs, then ours."""
        return not (self.ours and self.theirs), not self.theirs, self.key or "", self.code or ""


class Plain(NamedTuple):
    """Regions that were added at once, from node `start` on, and which sides wrote each."""

    start: int
    ours: Sequence[bool]
    theirs: Sequence[bool]

    def has(self, node: int) -> bool:
        """Whether a node is one of them."""
        return 0 <= node - self.start < len(self.ours)

    def is_of_a_side_of(self, node: int, step: Step) -> bool:
        """Whether a side that wrote the step also wrote this node."""
        at = node - self.start
        return (self.ours[at] and step.ours) or (self.theirs[at] and step.theirs)


def same_name(first: str, second: str, level: int) -> bool:
    """Whether two keys beside one code agree: one name, or so alike that both say the same."""
    pairs = [(first, second)]
    sort = LEVELS[level]
    pairs += [
        (a, bare(b, sort)) for a, b in ((first, second), (second, first)) if a == bare(a, sort)
    ]
    if any(set(spellings(a)) & set(spellings(b)) for a, b in pairs):
        return True
    return suggest(first, [second]) is not None


def doubtful_codes(steps: Iterable[Step], regions: Regions, level: int) -> set[str]:
    """Codes beside different names, or beside a name that has two codes, where no list decides."""
    names: dict[str, Step] = {}
    codes: dict[tuple[int, str], str] = {}
    more: dict[str, list[Step]] = {}
    doubtful: set[str] = set()
    for step in steps:
        code, key = step.code, step.key
        if code is None or key is None or code in regions.by_code:
            continue
        if (first := names.setdefault(code, step)) is not step:
            more.setdefault(code, [first]).append(step)
        if (rival := codes.setdefault((step.parent, key), code)) != code:
            doubtful |= {code, rival}
    return doubtful | {code for code, written in more.items() if not _agree(written, level)}


def _agree(written: list[Step], level: int) -> bool:
    """Whether all that stands beside one code is the same region.

    A side that writes TERUSAN and DESA TERUSAN means two desa, even where their codes are one.
    """
    return all(
        first.parent == second.parent
        and not first.shares_a_side(second)
        and same_name(first.key or "", second.key or "", level)
        for first, second in combinations(written, 2)
    )
