"""A drawn plan and our forms in, what they prove out."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.audit import clean_draws, collect, draw, risk, whatever_the_rest
from recount.auditing.ballots import named
from recount.auditing.drawing import MOST_DRAWS, MOST_TRIED, drawable, not_drawn_yet
from recount.auditing.evidence import lost_of, shared
from recount.auditing.matching import held
from recount.auditing.parts import Sought
from recount.auditing.plan import Measured
from recount.model import LEVELS
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.audit import Frame, Risk
    from recount.auditing.matching import Held
    from recount.auditing.plan import Plan
    from recount.options import Options
    from recount.texts import Text

MOST_RUNNING = 150
"""On a longer list the risk is not told form by form."""


class Asked(NamedTuple):
    """What is said of the forms beside them.

    `lost`: codes of drawn regions whose forms nobody can get; they count as wrong as can be.
    `together`: sets of regions that share one form, as it was written, whoever drew them.
    """

    lost: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


NOTHING_SAID = Asked()


class _Evidence(NamedTuple):
    """What is measured: the frame as the forms are, and what is known of each batch."""

    frame: Frame
    known: Mapping[str, Any]


def measured(
    plan: Plan,
    ours: Any,  # noqa: ANN401 - paths or any frame
    options: Options,
    asked: Asked = NOTHING_SAID,
) -> Measured:
    """Measure the risk of a plan by our forms.

    Raises RecountError where nothing was drawn yet, or our forms cannot be read.
    """
    if plan.drawn is None:
        raise not_drawn_yet()
    found = held(ours, _sought(plan), options)
    forms, frame = shared(found.forms, plan.frame, asked.together)
    lost = lost_of(plan, asked.lost, forms)
    audited = {id_: list(form.votes) for id_, form in forms.items() if form.votes}
    evidence = _Evidence(frame, {**audited, **dict.fromkeys(lost)})
    now = _risk(plan, plan.drawn.draws, evidence)
    return Measured(
        plan,
        frame,
        now,
        forms,
        found.strange,
        lost,
        _more(plan, now, evidence),
        _running(plan, evidence),
        whatever_the_rest(frame, audited),
        found.material.inputs,
        tuple(found.material.findings),
        (*found.material.assumptions, *_said(found)),
    )


def _risk(plan: Plan, draws: Sequence[str], evidence: _Evidence) -> Risk:
    terms = plan.terms
    return risk(evidence.frame, draws, evidence.known, terms.risk_limit, terms.c)


def _sought(plan: Plan) -> Sought:
    levels = LEVELS.index(plan.level), LEVELS.index(plan.finest)
    return Sought(
        plan.election,
        plan.election.contests[0].id,
        *levels,
        tuple(sorted(plan.votes, key=lambda one: plan.votes[one])),
        plan.places,
        [one.bound for one in plan.frame.batches],
        {one.sha256 for one in plan.inputs},
    )


def _more(plan: Plan, now: Risk, evidence: _Evidence) -> int | None:
    """How many more forms would do if nothing differed in them, also beyond the list.

    None where no number of them would.
    """
    if plan.drawn is None or now.p is None or now.over_bound:
        return None
    if plan.terms.test == "kaplan-markov":
        return _more_by_kaplan_markov(plan, now, evidence)
    if now.state != "continue" or now.needed_more is not None:
        return now.needed_more
    count, most = len(plan.drawn.draws), drawable(plan)
    while True:
        count *= 2
        draws = draw(plan.frame, plan.drawn.seed, count=min(count, MOST_DRAWS))
        found = _risk(plan, draws, evidence).needed_more
        if found is not None or len(set(draws)) == most or count >= MOST_TRIED:
            return found


def _more_by_kaplan_markov(plan: Plan, now: Risk, evidence: _Evidence) -> int | None:
    """The forms not at hand among the draws that are still needed if nothing differs."""
    if plan.drawn is None or not now.kaplan_markov or now.kaplan_markov >= 1:
        return None if now.kaplan_markov else 0
    left = plan.terms.risk_limit / Fraction(now.kaplan_markov)
    more = clean_draws(left, plan.frame.U) if left < 1 else 0
    if now.draws + more > MOST_DRAWS:
        return None
    draws = draw(plan.frame, plan.drawn.seed, count=now.draws + more)
    return len(set(draws) - evidence.known.keys())


def _running(plan: Plan, evidence: _Evidence) -> tuple[float, ...]:
    """The risk after each form of the list, up to the first one that is awaited.

    Empty where the list is so long that nobody reads it line by line.
    """
    draws = plan.drawn.draws if plan.drawn else ()
    order = collect(draws)
    if len(order) > MOST_RUNNING:
        return ()
    known = list(takewhile(evidence.known.__contains__, order))
    firsts = [draws.index(id_) + 1 for id_ in known]
    risks = []
    for at, number in enumerate(firsts, start=1):
        so_far = {id_: evidence.known[id_] for id_ in known[:at]}
        risks.append(_risk(plan, draws[:number], _Evidence(evidence.frame, so_far)).p)
    return tuple(1.0 if p is None else p for p in risks)


def _said(found: Held) -> Iterable[Text]:
    if found.unsure:
        yield say(
            "Of {n} regions ({regions}) we hold smaller units alone, and nothing says whether "
            "these are all, so that they count for nothing. Give the region's own form, or a list "
            "that has its parts: --regions FILE",
            n=len(found.unsure),
            regions=named(list(found.unsure)),
        )
    if found.strange:
        yield say(
            "{n} of our forms are of no region of the plan. If their regions are in it, write "
            "them as it does, or name a list: --regions 2018",
            n=found.strange,
        )
