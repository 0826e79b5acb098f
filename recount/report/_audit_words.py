"""The words of an audit: codes and exact numbers in, what a person reads out."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from recount.report.words import LEVEL_WORDS, candidate
from recount.texts import Several, say, speak

if TYPE_CHECKING:
    from recount.audit import Claim
    from recount.auditing.plan import Measured, Plan, Terms
    from recount.texts import Text

STATE_WORDS = {
    "certain": say("certain"),
    "confirmed": say("confirmed"),
    "continue": say("go on"),
    "erased": say("margin erased"),
    "refuted": say("refuted"),
    "bound_violated": say("bound violated"),
}

TEST_WORDS = {
    "betting": say("betting martingale without replacement, c = {c}"),
    "kaplan-markov": say("Kaplan-Markov (MACRO) with replacement"),
}

SHEETS = {
    "totals": say("Totals"),
    "forms_needed": say("Forms needed"),
    "announced": say("Announcement"),
    "collect": say("Forms to collect"),
    "inputs": say("Inputs"),
    "pairs": say("Risk"),
    "forms": say("Forms"),
    "bounds": say("Bounds"),
    "not_drawn": say("Not drawn"),
}
"""The tables by their names, in a few words each."""

PLACES = Decimal("0.01")
NAMED = 5
"""So many forms over their bounds are named; the rest is counted."""


def percent(value: float | Fraction) -> Decimal:
    """A share as percent with two places, rounded up: no risk is told too small."""
    exact = Fraction(value) * 100
    with_places = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = with_places.quantize(PLACES, ROUND_CEILING)
    return rounded.normalize() if rounded == rounded.to_integral_value() else rounded


def whole(value: Decimal) -> Decimal:
    """The same number without an exponent, as it is written."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def chance(value: float | Fraction | None) -> Text | None:
    """A risk for the eye."""
    return None if value is None else say("{p} %", p=whole(percent(value)))


def regions(plan: Plan) -> Text:
    """So many regions of the plan's level."""
    return say("{n} {what}", n=len(plan.frame.batches), what=LEVEL_WORDS[plan.level])


def names(plan: Plan) -> dict[tuple[str, str], str]:
    """(contest, candidate) -> name, where it is known."""
    [contest] = plan.election.contests
    return {(contest.id, one.id): one.name for one in contest.candidates if one.name}


def called(plan: Plan, id_: str, lang: str) -> str:
    """A candidate, as everywhere."""
    return candidate(plan.election.contests[0].id, id_, names(plan), lang)


def against(plan: Plan, claim: Claim, lang: str) -> str:
    """Whom a claim is about beside its winner: the loser, or a share of the votes."""
    if claim.loser is not None:
        return called(plan, claim.loser, lang)
    share = whole(percent(plan.terms.rule.share))
    if claim.kind == "share":
        return speak(say("more than {share} % of the valid votes", share=share), lang)
    return speak(say("less than {share} % of the valid votes", share=share), lang)


def margins(plan: Plan) -> list[int | None]:
    """The margin of every claim in votes; of a share or a seat it is none."""
    votes = plan.votes
    return [
        votes[claim.winner] - votes[claim.loser]
        if claim.kind == "more" and claim.loser is not None
        else None
        for claim in plan.frame.claims
    ]


def reported(plan: Plan, lang: str) -> Text:
    """Who won by the online figures."""
    claim, margin = plan.frame.claims[0], margins(plan)[0]
    winners = dict.fromkeys(one.winner for one in plan.frame.claims)
    if len(winners) == 1 and claim.kind == "more":
        return say(
            "Reported: {winner} won, {margin} votes before {loser}.",
            winner=called(plan, claim.winner, lang),
            margin=margin,
            loser=against(plan, claim, lang),
        )
    if len(winners) == 1:
        return say(
            "Reported: {winner} has {share}.",
            winner=called(plan, claim.winner, lang),
            share=against(plan, claim, lang),
        )
    listed = Several(tuple(called(plan, one, lang) for one in winners))
    return say("Reported: {winners} won.", winners=listed)


def checked(plan: Plan, lang: str) -> str:
    """All claims: who is before whom, and who is above or below a share."""
    losers: dict[str, list[str]] = {}
    shares: list[Text] = []
    for claim in plan.frame.claims:
        winner, other = called(plan, claim.winner, lang), against(plan, claim, lang)
        if claim.loser is None:
            shares.append(say("{winner}: {share}", winner=winner, share=other))
        else:
            losers.setdefault(winner, []).append(other)
    pairs = [
        say("{winner} before {losers}", winner=one, losers=Several(tuple(others)))
        for one, others in losers.items()
    ]
    return "; ".join(speak(text, lang) for text in (*shares, *pairs))


def test(terms: Terms) -> Text:
    """Which measure decides."""
    text = TEST_WORDS[terms.test]
    return text.filled(c=_number(terms.c)) if terms.test == "betting" else text


def _number(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize()


def limit(terms: Terms) -> Text:
    """The risk limit."""
    return say("{p} %", p=whole(percent(terms.risk_limit)))


def verdict(found: Measured) -> list[Text]:
    """What the forms prove, in a sentence or two."""
    terms, p = found.plan.terms, chance(found.p)
    if found.risk.state == "certain":
        return [say("Certain: whatever the other forms say, the reported result is right.")]
    if found.state == "certain":
        text = say(
            "Certain: by all {n} forms that we hold, drawn or not, the reported result is right "
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


def _going_on(found: Measured) -> Text:
    terms, p = found.plan.terms, chance(found.p)
    if found.needed_more is None:
        return say(
            "Not confirmed: the risk is measured as {p}, the limit is {limit}. No further form "
            "brings it there; count all forms.",
            p=p,
            limit=limit(terms),
        )
    return say(
        "Not confirmed yet: the risk is measured as {p}, the limit is {limit}. Go on: {n} more "
        "forms do if nothing differs in them.",
        p=p,
        limit=limit(terms),
        n=found.needed_more,
    )


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


_AGAINST = {
    "erased": say(
        "Not confirmed: the forms found so far make up for the whole margin. Collect all forms."
    ),
    "refuted": say("Refuted: all forms are there, and they show another result."),
}
