"""What a crawl does not say in, findings out: kinds of nothing in counts, answers that are missing.

None of these is the number 0 (the kinds: online-systems.md, section 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.model import Finding
from recount.systems._crawl import UNKNOWN_KEY
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.systems._crawl import Crawl

_KINDS = {
    "not-entered": say("{count} answers are empty ({{}} or null): nothing was entered."),
    "no-votes": say("{count} answers have no votes yet (chart: null)."),
    "no-page": say("{count} answers have no administration page yet."),
    "no-candidate": say("{count} answers have a chart without any candidate."),
    "row-without-candidate": say("{count} rows have no candidate: no TPS is in."),
    "row-null": say("{count} rows are null."),
    "figure-null": say("{count} figures in rows are null: no data."),
}
_MEND = say("Nothing to do: what is not there is not counted as 0.")
_SHOWN = 10
"""Ids listed in one finding."""


def about_nothing(crawl: Crawl) -> Iterator[Finding]:
    """Count each kind of nothing."""
    for kind, template in _KINDS.items():
        if crawl.nothing[kind]:
            message = template._replace(values=(("count", crawl.nothing[kind]),))
            rule = f"nothing-{kind}"
            yield Finding(rule, "note", message, _MEND, side="theirs")
    strange = [kind for kind in crawl.nothing if kind.startswith(UNKNOWN_KEY)]
    if strange:
        keys = ", ".join(sorted(kind.removeprefix(UNKNOWN_KEY) for kind in strange)[:_SHOWN])
        message = say("Keys that are not known were left out: {keys}.", keys=keys)
        mend = say("If they hold figures, tell whoever keeps this program.")
        yield Finding("unknown-key", "warning", message, mend, side="theirs")


def missing(crawl: Crawl) -> Iterator[Finding]:
    """Name the answers that others of their level have: a gap in the capture.

    Only below a region of which at least one part was asked for.
    """
    for above, parts in crawl.below.items():
        lacking = [part for part in parts if part not in crawl.spots]
        if not lacking or len(lacking) == len(parts):
            continue
        message = say(
            "{count} of {total} answers below {region} are not in the capture: {ids}.",
            count=len(lacking),
            total=len(parts),
            region=above[-1] or "0",
            ids=", ".join(lacking[:_SHOWN]) + (" ..." if len(lacking) > _SHOWN else ""),
        )
        mend = say("Fetch them too; the answer above says their figures, not those below them.")
        yield Finding("gap", "warning", message, mend, None, "theirs")
