"""Everything about one reconciliation, for one election: what the reports are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recount.model import NO_VOTES, NOT_READ, STRANGERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.chain import Link
    from recount.model import Coverage, Election, Finding, Input, Named, Outcome, Snapshot
    from recount.moved import Moved
    from recount.showing import Hidden
    from recount.texts import Text

VERSION = "0.1.0"
BETWEEN_FORMS = frozenset({"conflict", "restated", "R11"})
"""The findings that copies of a form, or a form and those below it, say otherwise."""
_UNDONE = frozenset({NOT_READ, STRANGERS, NO_VOTES})


@dataclass(frozen=True, slots=True)
class Result:
    """One election, both sides, and what holding them against each other gave.

    `comparisons`: a frame (eager narwhals inside the package, the caller's own kind outside it);
    one row per contest, region and box, in report order (level from the top, then effect on the
    margin, size, share of the region's votes, region, box); what is not equal, or everything when
    that was asked for. Columns: contest, level, region, name, within (the parent's name), parents
    (list of codes from the top), item, ours, theirs, difference (Int64, null: not known), status,
    ours_read, ours_expected, theirs_read, theirs_expected, effect (votes by which the difference
    in this region moves the margin between the leader and the second), place_ours, place_theirs,
    causes (ids of possible causes, likeliest first; empty: unexplained), cause_marks (what each
    saw), cause_chances (how often it would fit by chance here, 0 to 1), changed_at and chain (null
    where our forms are of one level; see `chain`).
    `summary`: `compared`, then every status with its count; always over everything. `hidden`: what
    is not among `comparisons` because it was not asked for; None where all is shown.
    `parts`: code of a provinsi -> how many of its kabupaten/kota are there, and how many it has,
    where a list knows that these are not all.
    """

    version: str
    election: Election
    inputs: tuple[Input, ...]
    coverage: tuple[Coverage, ...]
    outcome: tuple[Outcome, ...]
    comparisons: Any
    findings: tuple[Finding, ...]
    summary: Mapping[str, int]
    assumptions: tuple[Text, ...] = ()
    hidden: Hidden | None = None
    captures: tuple[Snapshot, ...] = ()
    """What the online side said at each time, where that was asked for (Options.captures)."""
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()
    """Per contest the figures that change between our own forms, whatever the online side says."""

    @property
    def undone(self) -> tuple[Finding, ...]:
        """What could not be read or compared at all: that everything agrees cannot be said."""
        return tuple(one for one in self.findings if one.rule in _UNDONE)


@dataclass(frozen=True, slots=True)
class Tallied:
    """One side read and added up: what `recount check` and `recount aggregate` show.

    `totals`: eager frame; contest, level, region, name, within, parents, then per box its sum
    (`candidate:1` ..., Int64, null: nothing read) and `<box>.read`, and `expected` (units).
    `parts`: as in Result.
    """

    version: str
    election: Election
    inputs: tuple[Input, ...]
    boxes: tuple[str, ...]
    totals: Any
    findings: tuple[Finding, ...]
    assumptions: tuple[Text, ...] = ()
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Path:
    """The links of one box of a region, those of the votes first; `changed`: the first that does.

    `shift`: by how much the figure changes there; None where it does not.
    """

    contest: str
    item: str
    links: tuple[Link, ...]
    changed: Link | None = None
    shift: int | None = None

    @property
    def held(self) -> bool:
        """Whether anything on the path could be held against another thing."""
        return sum(link.whole for link in self.links) > 1

    @property
    def partly(self) -> tuple[Link, ...]:
        """The sums of which parts are missing, or nobody knows whether: held against nothing."""
        return tuple(one for one in self.links if one.figure is not None and not one.whole)


@dataclass(frozen=True, slots=True)
class Traced:
    """One region's figures from form to form: what `recount trace` shows.

    `region`: as printed, with its name. `level`: a name of LEVELS. `above`: what it lies in, from
    the top. `findings`: those about the region, and of what lies inside it BETWEEN_FORMS. `inside`:
    per contest the figures of what lies inside it that change between our own forms.
    """

    version: str
    election: Election
    inputs: tuple[Input, ...]
    region: Named
    level: str
    above: tuple[Named, ...]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[Text, ...] = ()
    inside: tuple[Moved, ...] = ()

    @property
    def same(self) -> bool:
        """Whether no figure changes, no copies differ, and anything could be compared at all.

        R11 is only a warning where forms below may be missing: that is no change.
        """
        apart = any(path.changed for path in self.paths) or bool(self.inside)
        torn = any(one.rule in BETWEEN_FORMS and one.severity == "error" for one in self.findings)
        return not apart and not torn and any(path.held for path in self.paths)
