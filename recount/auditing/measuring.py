"""A drawn plan and our forms in, what they prove out."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from recount.audit import clean_draws, collect, draw, risk, whatever_the_rest
from recount.auditing.drawing import MOST_DRAWS, not_drawn_yet
from recount.auditing.matching import Sought, held
from recount.auditing.plan import Measured
from recount.errors import RecountError
from recount.model import LEVELS
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.audit import Risk
    from recount.auditing.matching import Form, Held
    from recount.auditing.plan import Plan
    from recount.options import Options
    from recount.texts import Text

MOST_RUNNING = 150
"""On a longer list the risk is not told form by form."""


def measured(
    plan: Plan,
    ours: Any,  # noqa: ANN401 - paths or any frame
    options: Options,
    not_to_be_had: Sequence[str] = (),
) -> Measured:
    """Measure the risk of a plan by our forms.

    `not_to_be_had`: codes of drawn regions whose forms nobody can get; they count as wrong as can
    be. Raises RecountError where nothing was drawn yet, or our forms cannot be read.
    """
    if plan.drawn is None:
        raise not_drawn_yet()
    sought = _sought(plan)
    found = held(ours, sought, options)
    lost = _lost(plan, not_to_be_had, found.forms)
    audited = {id_: list(form.votes) for id_, form in found.forms.items() if form.votes}
    evidence = {**audited, **dict.fromkeys(lost)}
    draws = plan.drawn.draws
    terms = plan.terms
    now = risk(plan.frame, draws, evidence, terms.risk_limit, terms.c)
    return Measured(
        plan,
        now,
        found.forms,
        found.strange,
        lost,
        _more(plan, now, evidence),
        _running(plan, evidence),
        whatever_the_rest(plan.frame, audited),
        found.material.inputs,
        tuple(found.material.findings),
        (*found.material.assumptions, *_said(found)),
    )


def _sought(plan: Plan) -> Sought:
    levels = LEVELS.index(plan.level), LEVELS.index(plan.finest)
    return Sought(
        plan.election, plan.election.contests[0].id, *levels, tuple(plan.votes), plan.places
    )


def _lost(plan: Plan, named: Sequence[str], forms: Mapping[str, Form]) -> tuple[str, ...]:
    """The regions named as not to be had; each was drawn, and there is no form of it."""
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


def _more(plan: Plan, now: Risk, evidence: Mapping[str, Any]) -> int | None:
    """How many more forms would do if nothing differed in them, also beyond the list.

    None where no number of them would.
    """
    if plan.drawn is None or now.p is None:  # pragma: no cover - there is a draw
        return None
    if plan.terms.test == "kaplan-markov":
        return _more_by_kaplan_markov(plan, now, evidence)
    if now.state != "continue" or now.needed_more is not None:
        return now.needed_more
    terms, count = plan.terms, len(plan.drawn.draws)
    drawable = sum(weight > 0 for weight in plan.frame.weights)
    while True:
        count *= 2
        draws = draw(plan.frame, plan.drawn.seed, count=min(count, MOST_DRAWS))
        found = risk(plan.frame, draws, evidence, terms.risk_limit, terms.c).needed_more
        if found is not None or len(set(draws)) == drawable or count >= MOST_DRAWS:
            return found


def _more_by_kaplan_markov(plan: Plan, now: Risk, evidence: Mapping[str, Any]) -> int | None:
    """The forms not at hand among the draws that are still needed if nothing differs."""
    if plan.drawn is None or not now.kaplan_markov or now.kaplan_markov >= 1:
        return None if now.kaplan_markov else 0
    left = plan.terms.risk_limit / Fraction(now.kaplan_markov)
    more = clean_draws(left, plan.frame.U) if left < 1 else 0
    if now.draws + more > MOST_DRAWS:
        return None
    draws = draw(plan.frame, plan.drawn.seed, count=now.draws + more)
    return len(set(draws) - evidence.keys())


def _running(plan: Plan, evidence: Mapping[str, Any]) -> tuple[float, ...]:
    """The risk after each form of the list, up to the first one that is awaited.

    Empty where the list is so long that nobody reads it line by line.
    """
    draws = plan.drawn.draws if plan.drawn else ()
    order = collect(draws)
    if len(order) > MOST_RUNNING:
        return ()
    known = list(takewhile(evidence.__contains__, order))
    firsts = [draws.index(id_) + 1 for id_ in known]
    terms = plan.terms
    drawn = {id_: evidence[id_] for id_ in known}
    risks = (risk(plan.frame, draws[:n], drawn, terms.risk_limit, terms.c) for n in firsts)
    return tuple(1.0 if one.p is None else one.p for one in risks)


def _said(found: Held) -> Iterable[Text]:
    if found.summed:
        yield say(
            "Of {n} regions we hold no form, but smaller units; whether these are all is not "
            "known, and their sum is taken for the form.",
            n=found.summed,
        )
    if found.strange:
        yield say("{n} of our forms are of no region of the plan.", n=found.strange)
