"""How many ballots a batch can hold at most: its boxes in, one number for each and its name out.

A bound has to be true for every batch, or an audit proves nothing. The first of KINDS that is
known of all batches is taken, and said.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.errors import RecountError
from recount.texts import Several, say

if TYPE_CHECKING:
    from recount.auditing.batches import Batches
    from recount.engine import Frame
    from recount.texts import Text

KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "registered": (("registered",), ("registered_dpt", "registered_moved", "registered_id_card")),
    "registered_dpt": (("registered_dpt",),),
    "ballots_received": (("ballots_received",),),
    "ballots": (("cast",), ("valid", "invalid"), ("ballots_used",), ("voters",)),
}
"""By the name of a bound the boxes of which it can be made, added up."""

KIND_WORDS = {
    "registered": say("all registered voters"),
    "registered_dpt": say("the voters of the DPT"),
    "ballots_received": say("the ballots received"),
    "ballots": say("the ballots reported online"),
}

ASSUMED = {
    "registered_dpt": say(
        "ASSUMPTION: no batch holds more ballots than its DPT has voters. Voters who moved in or "
        "came with an identity card are not in it; a table with all of them: --registered FILE."
    ),
    "ballots": say(
        "ASSUMPTION: no batch holds more ballots than the online system reports of it. Ballots "
        "that it hides would not be found; safer, with the registered voters: --registered FILE."
    ),
}
"""What a bound takes for granted that nobody has checked; printed wherever the bound counts."""

NAMED = 3
BOUND = "bound"


class Bounded(NamedTuple):
    """The batches with `bound` (Int64, never null), and of what kind it is.

    `raised`: of how many batches more votes were reported than the bound allows; there the votes
    are the bound.
    """

    kind: str
    frame: Frame
    raised: int


def bounded(batches: Batches, wanted: str | None = None) -> Bounded:
    """Bound the ballots of every batch.

    `wanted`: a name of KINDS. Raises RecountError when no bound is known for all batches.
    """
    frame = batches.frame
    for kind in [wanted] if wanted else KINDS:
        known = [boxes for boxes in KINDS[kind] if set(boxes) <= set(frame.columns)]
        sums = [reduce(nw.Expr.__add__, (nw.col(box) for box in boxes)) for boxes in known]
        if sums:
            bound = frame.select(nw.coalesce(*sums).alias(BOUND))[BOUND]
            if not bound.is_null().any():
                return _at_least_the_votes(kind, batches, frame.with_columns(bound))
    raise _unbounded(batches, wanted)


def _at_least_the_votes(kind: str, batches: Batches, frame: Frame) -> Bounded:
    votes = nw.sum_horizontal(*batches.candidates)
    raised = len(frame.filter(votes > nw.col(BOUND)))
    return Bounded(kind, frame.with_columns(nw.max_horizontal(BOUND, votes).alias(BOUND)), raised)


def _unbounded(batches: Batches, wanted: str | None) -> RecountError:
    """Name what is nearly known, and of which batches it is not."""
    frame = batches.frame
    kinds = [wanted] if wanted else list(KINDS)
    boxes = {box for kind in kinds for parts in KINDS[kind] for box in parts}
    there = [box for box in frame.columns if box in boxes]
    mend = say("Give a table with the registered voters of every region: --registered FILE.")
    if not there:
        return RecountError(
            say("How many ballots a region can hold is not known: no table has registered voters."),
            mend=mend,
        )
    best = min(there, key=lambda box: frame[box].null_count())
    gaps = frame.filter(nw.col(best).is_null())["id"].to_list()
    return RecountError(
        say(
            "How many ballots they can hold is not known of {n} of {m} regions: {names}.",
            n=len(gaps),
            m=len(frame),
            names=named(gaps),
        ),
        mend=mend,
    )


def named(ids: list[str]) -> Several:
    """The first of some regions by their codes."""
    return Several((*ids[:NAMED], *(["..."] if len(ids) > NAMED else [])))


def said(bounded_: Bounded) -> list[Text]:
    """What has to be said of a bound."""
    texts = [ASSUMED[bounded_.kind]] if bounded_.kind in ASSUMED else []
    if bounded_.raised:
        texts.append(
            say(
                "Regions with more votes reported than the bound allows: {n}; there the votes are "
                "taken as the bound. Look at them first.",
                n=bounded_.raised,
            )
        )
    return texts
