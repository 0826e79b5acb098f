"""A plan and a seed thrown in public in, the draws out; more of them are the same ones and on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from recount.audit import clean_draws, collect, draw, risk
from recount.auditing.plan import Drawn
from recount.errors import RecountError
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.auditing.plan import Plan

SEED = re.compile(r"[0-9]{20}")
MOST_DRAWS = 1_000_000
MOST_TRIED = 100_000
"""So many draws are tried to find out how many do; who needs more may as well count all forms."""
_FIRST = 16


def seed_of(text: str, place: str | None = None) -> str:
    """Take a seed: twenty digits, each thrown in public. Raises RecountError."""
    if SEED.fullmatch(text):
        return text
    raise RecountError(
        say("A seed has exactly 20 digits; “{seed}” is none.", seed=text[:80]),
        mend=say("Throw a ten-sided die 20 times in public, and write the digits one by one."),
        place=place,
    )


def drawn(plan: Plan, seed: str, draws: int | None = None) -> Plan:
    """Draw from a plan.

    `draws`: how many; by default as many as do if nothing differs. Raises RecountError.
    """
    seed_of(seed)
    if draws is not None and not 0 < draws <= MOST_DRAWS:
        raise RecountError(
            say("{n} draws are not possible.", n=draws),
            mend=say("Give a whole number from 1 to {most}.", most=MOST_DRAWS),
        )
    wanted = _enough(plan, seed) if draws is None else draws
    return replace(plan, drawn=Drawn(seed, tuple(draw(plan.frame, seed, count=wanted))))


def extended(plan: Plan, seed: str | None, draws: int | None, forms: int | None) -> Plan:
    """Draw from a plan, draw on, or leave a draw as it is. Raises RecountError.

    `draws`: for the first draw. `forms`: so many more.
    """
    if plan.drawn is not None:
        if seed not in {None, plan.drawn.seed}:
            raise RecountError(
                say("This plan was drawn with another seed: {seed}.", seed=plan.drawn.seed),
                mend=say("A plan is drawn once. For another draw make and publish another plan."),
            )
        if draws is not None:
            raise RecountError(
                say("This plan was drawn already."), mend=say("Draw on with --more N.")
            )
        return plan if forms is None else more(plan, forms)
    if seed is None:
        raise not_drawn_yet()
    first = drawn(plan, seed, draws)
    return first if forms is None else more(first, forms)


def more(plan: Plan, forms: int) -> Plan:
    """Draw on until so many more forms are to be collected. Raises RecountError."""
    if plan.drawn is None:
        raise not_drawn_yet()
    seed, before = plan.drawn.seed, plan.drawn.draws
    left = len(plan.frame.batches) - len(set(before))
    if not 0 < forms <= max(left, 0):
        raise RecountError(
            say("Further forms asked for: {n}; left to be drawn: {left}.", n=forms, left=left),
            mend=say("Give a whole number from 1 to {most}.", most=max(left, 1)),
        )
    return replace(plan, drawn=Drawn(seed, _until(plan, seed, before, len(set(before)) + forms)))


def not_drawn_yet() -> RecountError:
    """There is a plan, and no seed."""
    return RecountError(
        say("Nothing was drawn from this plan yet."),
        mend=say("Throw the seed in public, and draw: recount audit draw plan/ --seed DIGITS"),
    )


def enough_of(plan: Plan, draws: Sequence[str]) -> int | None:
    """How many of the forms to collect do if nothing differs; None: more than these.

    By Kaplan-Markov it is the forms of so many draws.
    """
    terms = plan.terms
    if terms.test == "kaplan-markov":
        clean = clean_draws(terms.risk_limit, plan.frame.U)
        return len(collect(draws[:clean])) if clean <= len(draws) else None
    return risk(plan.frame, draws, {}, terms.risk_limit, terms.c).needed_more


def _enough(plan: Plan, seed: str) -> int:
    """So many draws that they do if nothing differs; all batches, where fewer never do."""
    if plan.terms.test == "kaplan-markov":
        return min(MOST_DRAWS, max(1, clean_draws(plan.terms.risk_limit, plan.frame.U)))
    count = _FIRST
    while True:
        draws = draw(plan.frame, seed, count=count)
        forms = enough_of(plan, draws)
        if forms is not None:
            # Up to the draw that brings the last of these forms.
            firsts = {id_: at for at, id_ in reversed(list(enumerate(draws, start=1)))}
            return sorted(firsts.values())[forms - 1] if forms else 1
        if len(set(draws)) == drawable(plan) or count >= MOST_TRIED:
            return count
        count *= 2


def drawable(plan: Plan) -> int:
    """How many regions can be drawn at all."""
    return sum(weight > 0 for weight in plan.frame.weights)


def _until(plan: Plan, seed: str, before: tuple[str, ...], forms: int) -> tuple[str, ...]:
    """Draw on behind some draws until there are so many different batches."""
    draws, known = list(before), set(before)
    while len(known) < min(forms, drawable(plan)) and len(draws) < MOST_DRAWS:
        draws += draw(plan.frame, seed, len(draws) + 1, 1)
        known.add(draws[-1])
    return tuple(draws)
