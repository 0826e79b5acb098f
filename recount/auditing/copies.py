"""What several papers say of one region in, the different whole forms that count out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Votes = dict[str, int]
"""Votes by candidate id; and, where a form has them, those that are `invalid`."""

INVALID = "invalid"


def told(whole: Sequence[Votes], partly: Iterable[Votes], bound: int) -> tuple[Votes, ...]:
    """Give the whole copies that differ, and what copies with blanks say against all of these.

    `whole`: with every candidate's votes; without any, nothing is known. A blank is what the whole
    copy has there, and no more than the ballots (`bound`) that its filled boxes leave.
    """
    against = (
        _filled(part, one, bound)
        for part in partly
        if not any(part.items() <= other.items() for other in whole)
        for one in whole
    )
    found: list[Votes] = []
    for one in (*whole, *against):
        if not any(one.items() <= other.items() for other in found):
            found = [other for other in found if not other.items() <= one.items()] + [one]
    return tuple(found)


def _filled(part: Votes, one: Votes, bound: int) -> Votes:
    filled, room = dict(part), max(0, bound - sum(part.values()))
    for box, figure in one.items():
        if box not in part:
            filled[box] = min(figure, room)
            room -= filled[box]
    return filled


def exceeds(part: Votes, one: Votes) -> bool:
    """Whether a part has more votes than the whole, for some candidate."""
    return any(figure > one[box] for box, figure in part.items() if box in one)
