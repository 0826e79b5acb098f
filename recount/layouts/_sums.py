"""Totals that a file writes itself, held against what was kept: differences come out as findings.

Formulas (Grid.sums) and arithmetic tell totals without a label (forms.md, section 5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import box_text
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FEWEST = 2
"""A total without a label stands for at least two forms, in at least two boxes that are not 0."""


class Stated(NamedTuple):
    """A total as the file writes it: its figures by box, and the address of each."""

    figures: Mapping[str, int]
    places: Mapping[str, str]


class Kept(NamedTuple):
    """Sums of forms that a total may stand for, by box; and where those forms stand."""

    sums: Mapping[str, int]
    place: str


def held(stated: Stated, possible: Sequence[Kept]) -> list[Finding]:
    """Say in which boxes a total differs from the forms it stands for.

    `possible`: the runs of forms that it may sum, the likeliest first; one that fits is enough.
    """
    if not possible or not stated.figures:
        return []
    wrong = [_differing(stated, kept) for kept in possible]
    fewest = min(len(boxes) for boxes in wrong)
    kept, boxes = next(
        (kept, boxes) for kept, boxes in zip(possible, wrong, strict=True) if len(boxes) == fewest
    )
    return [_finding(stated, kept, box) for box in boxes]


def _differing(stated: Stated, kept: Kept) -> list[str]:
    return [box for box, n in stated.figures.items() if kept.sums.get(box, n) != n]


def _finding(stated: Stated, kept: Kept, box: str) -> Finding:
    return Finding(
        "R11",
        "error",
        say(
            "{box}: the file's own total is {total}, the forms that it stands for ({place}) add "
            "up to {sum}.",
            box=box_text(box),
            total=stated.figures[box],
            sum=kept.sums[box],
            place=kept.place,
        ),
        say(
            "Compare the forms and the total with the paper; recount uses the forms, not the total."
        ),
        stated.places[box],
    )


def equals(figures: Mapping[str, int | None], sums: Mapping[str, int], forms: int) -> bool:
    """Whether figures without a label are the sum of a run of forms, beyond chance."""
    told = {box: n for box, n in figures.items() if n is not None}
    telling = [box for box, n in told.items() if n]
    return (
        forms >= FEWEST
        and len(telling) >= FEWEST
        and len(told) == len(figures)
        and all(sums.get(box) == n for box, n in told.items())
    )


def added(rows: Iterable[Mapping[str, int | None]], boxes: Iterable[str]) -> dict[str, int]:
    """Add figures box by box; what is blank or unread adds nothing."""
    rows = list(rows)
    return {box: sum(row.get(box) or 0 for row in rows) for box in boxes}
