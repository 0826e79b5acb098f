"""A drawn plan and our forms in, what they prove out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.audit import collect, draw, risk
from recount.auditing.drawing import MOST_DRAWS, not_drawn_yet
from recount.auditing.matching import Sought, held
from recount.auditing.plan import Measured
from recount.bounds import bounds
from recount.errors import RecountError
from recount.model import LEVELS
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recount.audit import Risk
    from recount.auditing.matching import Form, Held
    from recount.auditing.plan import Plan
    from recount.bounds import Bounds
    from recount.options import Options
    from recount.texts import Text


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
        _bounds(plan, found.forms),
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
    if now.state != "continue" or now.needed_more is not None or plan.drawn is None:
        return now.needed_more
    terms, count = plan.terms, len(plan.drawn.draws)
    drawable = sum(weight > 0 for weight in plan.frame.weights)
    while True:
        count *= 2
        draws = draw(plan.frame, plan.drawn.seed, count=min(count, MOST_DRAWS))
        found = risk(plan.frame, draws, evidence, terms.risk_limit, terms.c).needed_more
        if found is not None or len(set(draws)) == drawable or count >= MOST_DRAWS:
            return found


def _bounds(plan: Plan, forms: Mapping[str, Form]) -> Bounds | None:
    """What follows from all forms that say one thing, drawn or not; None for seats by shares."""
    if plan.terms.rule.name != "most":
        return None
    batches = plan.frame.batches
    single = {
        id_: {one: form.votes[0][one] for one in plan.votes}
        for id_, form in forms.items()
        if len(form.votes) == 1
    }
    return bounds(
        {batch.id: batch.votes for batch in batches},
        single,
        {batch.id: batch.bound for batch in batches},
        plan.terms.rule.seats,
        tuple(plan.votes),
    )


def _running(plan: Plan, evidence: Mapping[str, Any]) -> tuple[float, ...]:
    """The risk after each form of the list, up to the first one that is awaited."""
    draws = plan.drawn.draws if plan.drawn else ()
    return tuple(_risks(plan, draws, evidence))


def _risks(plan: Plan, draws: Sequence[str], evidence: Mapping[str, Any]) -> Iterator[float]:
    terms = plan.terms
    known: set[str] = set()
    for number, id_ in enumerate(draws, start=1):
        if id_ not in evidence:
            return
        if id_ not in known:
            known.add(id_)
            found = risk(plan.frame, draws[:number], evidence, terms.risk_limit, terms.c)
            yield 1.0 if found.p is None else found.p


def _said(found: Held) -> Iterable[Text]:
    if found.summed:
        yield say(
            "Of {n} regions we hold no form, but smaller units; whether these are all is not "
            "known, and their sum is taken for the form.",
            n=found.summed,
        )
    if found.strange:
        yield say("{n} of our forms are of no region of the plan.", n=found.strange)
