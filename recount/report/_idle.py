"""Findings in, what the answer says of columns of numbers that nobody understood out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import NAMELESS, UNUSED
from recount.report.words import SIDE_WORDS
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recount.model import Finding
    from recount.texts import Text

NAMED = 6
"""So many headings are named."""
UNUSED_RULES = frozenset({UNUSED, NAMELESS})


def idle(found: Iterable[Finding]) -> list[Text]:
    """One sentence a side whose figures may not all be there; none where every column is used."""
    counted = [one for one in found if one.rule in UNUSED_RULES and one.severity != "note"]
    texts = []
    for side, word in SIDE_WORDS.items():
        own = (
            (dict(one.message.values), one.place) for one in counted if (one.side or "ours") == side
        )
        headings = list(dict.fromkeys(str(values.get("heading") or place) for values, place in own))
        if headings:
            some = (*headings[:NAMED], *(["..."] if len(headings) > NAMED else []))
            texts.append(
                say(
                    "{side}: not everything is in these figures. The numbers of columns that were "
                    "not understood are left out: {headings}.",
                    side=word,
                    headings=Several(some),
                )
            )
    return texts
