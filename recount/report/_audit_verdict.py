"""A measured risk in, what it comes to in a sentence or two out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.report._audit_words import chance, limit
from recount.texts import Several, say

if TYPE_CHECKING:
    from recount.auditing.plan import Measured
    from recount.texts import Text

NAMED = 5
"""So many forms are named; the others are counted."""


def verdict(found: Measured) -> list[Text]:
    """What the forms prove, in a sentence or two."""
    terms, p = found.plan.terms, chance(found.p)
    if found.risk.state == "certain":
        return [say("Certain: whatever the other forms say, the reported result is right.")]
    if found.state == "certain":
        text = say(
            "Certain: by all forms that we hold ({n}), drawn or not, the reported result is right "
            "whatever the others say. The risk by the drawn forms alone: {p}.",
            n=len(found.forms),
            p=p,
        )
        return [text]
    if found.state == "confirmed":
        text = say(
            "Confirmed: the risk that the reported result is wrong is measured as {p}, at the "
            "limit of {limit} or below.",
            p=p,
            limit=limit(terms),
        )
        return [text]
    if found.state == "continue":
        return [_going_on(found)]
    if found.state == "bound_violated":
        return _over_bound(found)
    return [_AGAINST[found.state]]


def awaited(found: Measured) -> bool:
    """Whether forms of the list are still to come; else the way on begins with a longer list."""
    return not set(found.risk.missing) <= set(found.not_to_be_had)


def _going_on(found: Measured) -> Text:
    terms, p = found.plan.terms, chance(found.p)
    if found.needed_more is None:
        return say(
            "Not confirmed: the risk is measured as {p}, the limit is {limit}. No further form "
            "brings it there; count all forms.",
            p=p,
            limit=limit(terms),
        )
    text, n = (_GO_ON, found.needed_more) if awaited(found) else (_DRAW_ON, found.draw_on)
    return text.filled(p=p, limit=limit(terms), n=n)


def _over_bound(found: Measured) -> list[Text]:
    """Which forms are impossible, and what to do about them."""
    over = found.risk.over_bound
    named = [_placed(found, one) for one in over[:NAMED]]
    more = [say("and {n} more", n=len(over) - NAMED)] if len(over) > NAMED else []
    return [
        say(
            "Nothing is confirmed: of {n} regions a form, drawn or not, holds more ballots than "
            "its bound: {forms}.",
            n=len(over),
            forms=Several((*named, *more)),
        ),
        say(
            "Look at the paper first: where the figure was typed or read wrong, correct it and "
            "measure again. Where it is on the form, the bound was not true; a new plan with a "
            "true bound and a new seed are needed."
        ),
    ]


def _placed(found: Measured, id_: str) -> Text:
    form = found.forms.get(id_)
    return say("{region} ({place})", region=id_, place=form.places if form else None)


_GO_ON = say(
    "Not confirmed yet: the risk is measured as {p}, the limit is {limit}. Go on; forms still "
    "needed if nothing differs in them: {n}."
)
_DRAW_ON = say(
    "Not confirmed yet: the risk is measured as {p}, the limit is {limit}. Draw on: recount audit "
    "draw PLAN --more {n}; that does if nothing differs in those forms."
)

_AGAINST = {
    "erased": say(
        "Not confirmed: the forms found so far make up for the whole margin. Collect all forms."
    ),
    "refuted": say("Refuted: all forms are there, and they show another result."),
}
