"""What people say of the forms in - lost ones, shared ones - and what it makes of them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.audit import collect, merge
from recount.errors import RecountError
from recount.texts import Several, say

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


def sets_of(frame: Frame, together: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Sets of regions that share one form, each in order of their ids.

    Raises RecountError for a region that is in no plan or in two sets, and for one alone.
    """
    named = [id_ for ids in together for id_ in ids]
    for at, id_ in enumerate(named):
        if frame.stands_for(id_) is None or id_ in named[:at]:
            raise RecountError(
                say("The region {id} is not in the plan, or was named twice.", id=id_),
                mend=say("Give codes as they stand in frame.csv, each once."),
            )
    if any(len(ids) < 2 for ids in together):  # noqa: PLR2004 - one form for two or more
        raise RecountError(
            say("Regions share a form where there are two or more of them."),
            mend=say("Separate their codes by commas: --together 64.72.01,64.72.02"),
        )
    return tuple(tuple(sorted(ids)) for ids in together)


def shared(plan: Plan, forms: Mapping[str, Form]) -> tuple[dict[str, Form], Frame]:
    """Let regions that share one form by the plan stand as one: their sums are held against it.

    Only a plan can say so: who may choose after the draw which regions are one, chooses which
    errors make up for each other. Raises RecountError where two of a set have figures.
    """
    found = dict(forms)
    for ids in plan.terms.together:
        holding = [id_ for id_ in ids if id_ in forms]
        telling = [id_ for id_ in holding if forms[id_].votes] or holding[:1]
        if len(telling) > 1:
            raise RecountError(
                say(
                    "By the plan these regions share one form, and ours have figures of each: "
                    "{regions}.",
                    regions=Several(tuple(telling)),
                ),
                mend=say("Give the shared form under one of them; else make another plan."),
            )
        found |= {id_: forms[one] for one in telling for id_ in ids}
    sets = plan.terms.together
    return found, merge(plan.frame, sets) if sets else plan.frame
