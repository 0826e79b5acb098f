"""What people say of the forms in - lost ones, shared ones - and what it makes of them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit import collect, merge
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.audit import Frame
    from recount.auditing.matching import Form
    from recount.auditing.plan import Plan


def lost_of(plan: Plan, named: Sequence[str], forms: Mapping[str, Form]) -> tuple[str, ...]:
    """The regions named as not to be had; each was drawn, and there is no form of it.

    Raises RecountError where that is not so.
    """
    listed = set(collect(plan.drawn.draws if plan.drawn else ()))
    for id_ in named:
        if id_ not in listed:
            raise RecountError(
                say("The region {id} is not on the list of forms to collect.", id=id_),
                mend=say("Give a code as it stands in draw.csv."),
            )
        if id_ in forms and forms[id_].votes:
            raise RecountError(
                say("The form of {id} is among ours; it is to be had.", id=id_),
                mend=say("Take it off the list of those that are not."),
            )
    return tuple(dict.fromkeys(named))


def shared(
    forms: Mapping[str, Form], frame: Frame, together: Sequence[Sequence[str]]
) -> tuple[dict[str, Form], Frame]:
    """Let regions that share one form stand as one: their sums are held against that form.

    Raises RecountError for a region that is in no plan, in two sets, or has a form of its own.
    """
    found, seen = dict(forms), set()
    for ids in together:
        for id_ in ids:
            if frame.stands_for(id_) is None or id_ in seen:
                raise RecountError(
                    say("The region {id} is not in the plan, or was named twice.", id=id_),
                    mend=say("Give codes as they stand in frame.csv, each once."),
                )
            seen.add(id_)
        holding = [id_ for id_ in ids if id_ in forms]
        if len(ids) < 2 or len(holding) > 1:  # noqa: PLR2004 - one form for two or more
            raise RecountError(
                say("Regions share a form where there are two or more of them, and one form."),
                mend=say("Separate their codes by commas: --together 64.72.01,64.72.02"),
            )
        found |= {id_: forms[one] for one in holding for id_ in ids}
    return found, merge(frame, together) if together else frame
