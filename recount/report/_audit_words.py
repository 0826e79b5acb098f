"""The words of an audit: codes and exact numbers in, what a person reads out."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from recount.auditing.ballots import ASSUMED
from recount.report.words import LEVEL_WORDS, candidate
from recount.texts import Several, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.audit import Claim
    from recount.auditing.plan import Plan, Terms
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


def assumptions(plan: Plan) -> list[Text]:
    """What nobody has checked of the bound on the ballots."""
    return [ASSUMED[plan.terms.bound]] if plan.terms.bound in ASSUMED else []


def granted(plan: Plan) -> Iterator[Text]:
    """What an answer takes for granted: the bound on the ballots, and what counts as one."""
    yield from assumptions(plan)
    for ids in plan.terms.together:
        yield say(
            "By the plan these regions share one form, and count as one: {regions}.",
            regions=Several(tuple(harmless(one) for one in ids)),
        )


def test(terms: Terms) -> Text:
    """Which measure decides."""
    text = TEST_WORDS[terms.test]
    return text.filled(c=_number(terms.c)) if terms.test == "betting" else text


def _number(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize()


def limit(terms: Terms) -> Text:
    """The risk limit."""
    return say("{p} %", p=whole(percent(terms.risk_limit)))
