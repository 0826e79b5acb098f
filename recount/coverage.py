"""Compared levels in, how many units each side holds out; what is left out is counted by reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from recount.model import LEVELS, Coverage
from recount.verdict import APART, CODE, SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.model import Contest
    from recount.regions import Regions

LEFT_OUT = ("conflict", "withheld", "unread", "apart", "ours_only", "theirs_only")
"""A region that is not compared is counted once, under the first of these that any of its boxes
has."""


Counts = list[dict[str, int]]
"""Rows of `Compared.counts`, with `level`, of all levels."""


def coverage(
    contest: Contest, level: int, counts: Counts, decisive: Sequence[str], regions: Regions
) -> Coverage:
    """Count the regions of one level: known, held by each side, compared, and left out.

    `decisive`: the items that must be comparable for a region to count as compared (candidates).
    """
    held: Counter[str] = Counter()
    for row in counts:
        if row["level"] != level:
            continue
        number = row["len"]
        statuses = {row[f"{item}|s"] for item in decisive}
        reasons = (SHOWN[CODE[status]] for status in LEFT_OUT if CODE[status] in statuses)
        held[next(reasons, "compared")] += number
        # What is apart has no figure to compare, but each side has read something.
        held["ours"] += number * (bool(row["ho"]) or APART in statuses)
        held["theirs"] += number * (bool(row["ht"]) or APART in statuses)
        held["known"] += number
    return Coverage(
        contest.id,
        LEVELS[level],
        max(_listed(contest, level, regions), held["known"]),
        held["ours"],
        held["theirs"],
        held["compared"],
        {shown: held[shown] for reason in LEFT_OUT if held[shown := SHOWN[CODE[reason]]]},
    )


def _listed(contest: Contest, level: int, regions: Regions) -> int:
    """How many regions of a level a list has, inside the contest's own region where it is known."""
    decides = regions.by_code.get(contest.region or "")
    listed = regions.listed(level)
    if decides is None:
        return len(listed)
    return sum(regions.under(node, decides) for node in listed)


def summary(counts: Counts, items: Sequence[str]) -> Counter[str]:
    """Count every comparison, region by region and box by box, by its status.

    Those of "partial" in which the sides have no unit in common are counted as "apart" too.
    """
    found: Counter[str] = Counter()
    for row in counts:
        for item in items:
            status, number = row[f"{item}|s"], row["len"]
            found[SHOWN[status]] += number
            found["apart"] += number * (status == APART)
    return found


def compared(counts: Counter[str]) -> int:
    """How many comparisons have two figures of the same units."""
    return counts["equal"] + counts["differs"] + counts["partial"] - counts["apart"]
