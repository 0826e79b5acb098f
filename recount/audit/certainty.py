"""All forms at hand in, also those that nobody drew: what is certain whatever the others hold.

No chance enters here, and nothing from here enters the risk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit.evidence import Evidence
from recount.bounds import bounds

if TYPE_CHECKING:
    from recount.audit.evidence import Audited
    from recount.audit.frames import Frame
    from recount.bounds import Bounds

NOWHERE = ""
"""The unit that stands for the ballots that are in no batch."""


def whatever_the_rest(frame: Frame, audited: Audited) -> Bounds | None:
    """The deterministic bounds on most votes; None for other claims, of which they do not speak.

    A batch whose copies disagree counts as one without a form. Ballots that are in no batch count
    as a unit of their own, NOWHERE, that nothing is known of.
    """
    if any(claim.kind != "more" for claim in frame.claims):
        return None
    evidence = Evidence(frame, audited)
    reported = {batch.id: batch.votes for batch in frame.batches}
    most = {batch.id: batch.bound for batch in frame.batches}
    if frame.unaccounted:
        most[NOWHERE] = frame.unaccounted
    whole = ((at, evidence.whole(at)) for at in evidence.at if not evidence.disagrees(at))
    held = {frame.batches[at].id: forms[0] for at, forms in whole if forms}
    named = evidence.needed
    only = {unit: {name: form[name] for name in named} for unit, form in held.items()}
    seats = len({claim.winner for claim in frame.claims})
    return bounds(reported, only, most, seats, named)
