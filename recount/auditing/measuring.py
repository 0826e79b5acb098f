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


class _Evidence(NamedTuple):
    """What is measured: the frame as the forms are, and what is known of each batch."""

    frame: Frame
    known: Mapping[str, Any]


def measured(
    plan: Plan,
    ours: Any,  # noqa: ANN401 - paths or any frame
    options: Options,
    lost: Sequence[str] = (),
) -> Measured:
    """Measure the risk of a plan by our forms.

    `lost`: codes of drawn regions whose forms nobody can get; they count as wrong as can be.
    Raises RecountError where nothing was drawn yet, or our forms cannot be read.
    """
    if plan.drawn is None:
        raise not_drawn_yet()
    found = held(ours, _sought(plan), options)
    forms, frame = shared(plan, found.forms)
    lost = lost_of(plan, lost, forms)
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
        *_more(plan, now, evidence),
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


class _More(NamedTuple):
    """How many more forms would do if nothing differed in them; None: no number of them would.

    `draw_on`: how many forms the list lacks up to there.
    """

    forms: int | None
    draw_on: int = 0


def _more(plan: Plan, now: Risk, evidence: _Evidence) -> _More:
    """Look along the list for where the risk would be at the limit, and beyond it."""
    if plan.drawn is None or now.p is None or now.over_bound:
        return _More(None)
    if plan.terms.test == "kaplan-markov":
        return _more_by_kaplan_markov(plan, now, evidence)
    if now.state != "continue" or now.needed_more is not None:
        return _More(now.needed_more)
    count, most = len(plan.drawn.draws), drawable(plan)
    while True:
        too_few, count = count, min(count * 2, MOST_DRAWS)
        draws = draw(plan.frame, plan.drawn.seed, count=count)
        if _risk(plan, draws, evidence).needed_more is not None:
            return _fewest(plan, draws, too_few, evidence)
        if len(set(draws)) == most or count >= MOST_TRIED:
            return _More(None)


def _fewest(plan: Plan, draws: Sequence[str], too_few: int, evidence: _Evidence) -> _More:
    """Take off what is not needed at the end of draws that would do; `too_few` would not."""
    enough = len(draws)
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if _risk(plan, draws[:middle], evidence).needed_more is None:
            too_few = middle
        else:
            enough = middle
    forms = _risk(plan, draws[:enough], evidence).needed_more
    return _More(forms, _beyond(plan, draws[:enough]))


def _beyond(plan: Plan, draws: Sequence[str]) -> int:
    """How many forms of some draws are not on the list."""
    return len(set(draws) - set(plan.drawn.draws if plan.drawn else ()))


def _more_by_kaplan_markov(plan: Plan, now: Risk, evidence: _Evidence) -> _More:
    """The forms not at hand among the draws that are still needed if nothing differs."""
    if plan.drawn is None or not now.kaplan_markov or now.kaplan_markov >= 1:
        return _More(None if now.kaplan_markov else 0)
    left = plan.terms.risk_limit / Fraction(now.kaplan_markov)
    more = clean_draws(left, plan.frame.U) if left < 1 else 0
    if now.draws + more > MOST_DRAWS:
        return _More(None)
    draws = draw(plan.frame, plan.drawn.seed, count=now.draws + more)
    lacking = _beyond(plan, draws)
    if len(draws) > len(plan.drawn.draws) and draws[-1] in draws[:-1]:
        # Drawing on ends with a new form; one more brings the repeated draws before it, too.
        lacking = min(lacking + 1, drawable(plan) - len(set(plan.drawn.draws)))
    return _More(len(set(draws) - evidence.known.keys()), lacking)


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
            "Regions of which we hold smaller units alone: {n} ({regions}). Nothing says whether "
            "these are all, so that they count for nothing. Give the region's own form, or a list "
            "that has its parts: --regions FILE",
            n=len(found.unsure),
            regions=named(list(found.unsure)),
        )
    if found.strange:
        yield say(
            "Forms of ours that are of no region of the plan: {n}. If their regions are in it, "
            "write them as it does, or name a list: --regions 2018",
            n=found.strange,
        )
