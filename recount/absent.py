"""A side's forms on a settled tree in, the regions of which a list knows and nobody has a form out.

They are no faults: they say what is still to be collected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import LEVELS, NO_FORM, Finding
from recount.partly import about
from recount.regions import SPAN
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.intake import Tally
    from recount.regions import Regions

_MEND = say("Collect it, or look whether it is here under another name.")


def absent(tally: Tally, regions: Regions) -> Iterator[Finding]:
    """Name the regions of the finest level that a list has, up to that of the forms, without any.

    A form of a part is a form of it, too. The message's values also name the level.
    """
    held = {
        int(node)
        for forms in tally.frames.values()
        for node in (forms["unit"] // SPAN).unique().to_list()
    }
    finest = max((regions.nodes.level[node] for node in held), default=0)
    listed = next((found for at in range(finest, 0, -1) if (found := regions.listed(at))), [])
    for node in sorted(
        set(listed) - about(regions, held), key=lambda one: regions.nodes.region[one]
    ):
        one, above = regions.nodes[node], regions.nodes[regions.nodes.parent[node]]
        message = say(
            "No form of {name} in {within} is here.",
            name=one.name,
            within=above.name or "-",
            level=LEVELS[one.level],
        )
        yield Finding(NO_FORM, "note", message, _MEND, side=tally.side, region=one.region)
