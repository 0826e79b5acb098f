"""How often a wrong result looks right: never more often than the risk says.

On small elections by brute force and exactly: every false result, every order of the draw with its
chance. On larger ones by simulation at exact ties, a short one here; `python -m benchmarks.audit
ties` plays 5,000 audits of each layout.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from math import prod, sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit import Batch, Frame, claims, frame, kaplan_markov, risk, share_claim, totals
from recount.audit.betting import Bet
from recount.audit.evidence import Evidence
from recount.audit.measuring import Way
from tests.audit.ties import LAYOUTS, ONE_IN_TWENTY, audits, county, tied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.audit.ties import Layout

    Forms = dict[str, dict[str, int]]
    Chances = dict[float, Fraction]
    """By p-value, with which chance an audit shows it."""

C, ONE = Fraction(19, 20), Fraction(1)


def contest(*batches: tuple[int, int, int]) -> Frame:
    """Of two candidates: votes of each, and the bound."""
    found = [
        Batch(f"{number}", {"w": first, "l": second}, bound)
        for number, (first, second, bound) in enumerate(batches)
    ]
    return frame(found, claims(totals(found)))


SMALL = {
    "unlike": contest((1, 0, 1), (2, 0, 2), (1, 1, 2), (1, 0, 2)),
    "alike": contest((2, 0, 2), (2, 0, 2), (2, 0, 2), (0, 2, 2)),
    "one large": contest((1, 0, 1), (1, 0, 1), (0, 0, 1), (4, 1, 5)),
    "room": contest((3, 0, 4), (1, 0, 3), (1, 0, 1)),
}


def false_results(of: Frame) -> Iterator[Forms]:
    """All forms within the bounds that make the claim false, as far as they differ for it."""
    leads = [range(-batch.bound, batch.bound + 1) for batch in of.batches]
    for lead in product(*leads):
        if sum(lead) <= 0:
            yield {
                batch.id: {"w": max(0, ahead), "l": max(0, -ahead)}
                for batch, ahead in zip(of.batches, lead, strict=True)
            }


def drawable(of: Frame) -> frozenset[int]:
    return frozenset(at for at, weight in enumerate(of.weights) if weight)


def lowest(of: Frame, forms: Forms, c: Fraction = C) -> Chances:
    """The smallest risk on the way through every order of the draw."""
    found: Counter[float] = Counter()
    start = Way(tuple(Bet(c, of.U) for _ in of.claims))
    for p, chance in _ends(start, Evidence(of, forms), drawable(of), ONE):
        found[p] += chance  # type: ignore[assignment]  # whole numbers are what typing knows of
    return found  # type: ignore[return-value]


def _ends(
    way: Way, evidence: Evidence, left: frozenset[int], chance: Fraction
) -> Iterator[tuple[float, Fraction]]:
    if not left:
        yield way.lowest, chance
    weight = sum(evidence.frame.weights[at] for at in left)
    for at in left:
        one = chance * evidence.frame.weights[at] / weight
        yield from _ends(way.after(evidence.seen(at)), evidence, left - {at}, one)


def excess(chances: Chances) -> Fraction:
    """The largest chance of a risk of p or less, in units of p. Above 1 the risk would be a lie."""
    assert sum(chances.values()) == 1
    return max(sum(c for q, c in chances.items() if q <= p) / Fraction(p) for p in chances)


@pytest.mark.parametrize("of", SMALL.values(), ids=SMALL.keys())
@pytest.mark.parametrize("c", [C, ONE])
def test_no_false_result_is_confirmed_too_often(of: Frame, c: Fraction) -> None:
    shown = [lowest(of, forms, c) for forms in false_results(of)]
    assert len(shown) > 50
    assert max(map(excess, shown)) <= 1
    # And not by being idle: some false result is taken for true nearly as often as allowed.
    assert max(excess(chances) for chances in shown if min(chances) < 1) > Fraction(3, 4)


def test_three_candidates_and_a_share() -> None:
    votes = [(2, 0, 0), (1, 1, 0), (1, 0, 1)]
    batches = [Batch(f"{n}", dict(zip("abc", v, strict=True)), 2) for n, v in enumerate(votes)]
    sums = totals(batches)
    of = frame(batches, [*claims(sums), share_claim(sums, Fraction(1, 2), "a")])
    every = [dict(zip("abc", v, strict=True)) for v in product(range(3), repeat=3) if sum(v) <= 2]
    shown = []
    for three in product(every, repeat=3):
        if min(sum(map(gauge.of, three)) for gauge in of.gauges) <= 0:
            forms = {batch.id: form for batch, form in zip(batches, three, strict=True)}
            shown.append(excess(lowest(of, forms)))
    assert len(shown) > 500
    assert max(shown) == 1


@pytest.mark.parametrize("of", SMALL.values(), ids=SMALL.keys())
def test_kaplan_markov_by_brute_force(of: Frame) -> None:
    for forms in false_results(of):
        if sum(form["w"] - form["l"] for form in forms.values()) == 0:
            evidence = Evidence(of, forms)
            chances: Chances = {}
            for drawn in product(sorted(drawable(of)), repeat=3):
                p = kaplan_markov((evidence.seen(at).tau for at in drawn), of.U)
                chance = prod((Fraction(of.weights[at], of.total) for at in drawn), start=ONE)
                chances[p] = chances.get(p, Fraction(0)) + chance
            assert excess(chances) <= 1


def test_a_true_result_is_certain_in_the_end() -> None:
    of = SMALL["unlike"]
    as_reported = {batch.id: batch.votes for batch in of.batches}
    better = {batch.id: {"w": batch.bound, "l": 0} for batch in of.batches}
    for forms in (as_reported, better):
        assert risk(of, list(forms), forms, ONE_IN_TWENTY).state == "certain"


@st.composite
def collections(drawn: st.DrawFn) -> tuple[Frame, list[str], Forms, set[str]]:
    of = drawn(st.sampled_from(list(SMALL.values())))
    leads = {b.id: drawn(st.integers(-b.bound, b.bound)) for b in of.batches}
    forms = {name: {"w": max(0, lead), "l": max(0, -lead)} for name, lead in leads.items()}
    order = drawn(st.permutations(list(forms)))
    return of, order[: drawn(st.integers(1, 4))], forms, drawn(st.sets(st.sampled_from(order)))


@given(collections(), st.sampled_from([C, ONE, Fraction(1, 2)]))
def test_whoever_withholds_forms_gains_nothing(
    case: tuple[Frame, list[str], Forms, set[str]], c: Fraction
) -> None:
    of, order, forms, withheld = case
    shown = risk(of, order, forms, ONE_IN_TWENTY, c)
    refused = risk(of, order, forms | dict.fromkeys(withheld), ONE_IN_TWENTY, c)
    awaited = risk(
        of, order, {n: f for n, f in forms.items() if n not in withheld}, ONE_IN_TWENTY, c
    )
    for pair, worse in zip(shown.pairs, refused.pairs, strict=True):
        assert pair.p <= worse.p
    assert awaited.with_gaps is not None
    assert shown.lowest is not None
    assert awaited.lowest is not None
    # What was seen up to the gap was seen on the way, too; the gap at its worst is no better.
    assert awaited.lowest >= shown.lowest
    assert awaited.with_gaps >= min(shown.lowest, shown.p or 0)


RUNS = 100


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_ties_are_rarely_confirmed(layout: Layout) -> None:
    of = county()
    forms = tied(of, layout)
    assert sum(of.gauges[0].of(form) for form in forms.values()) == 0
    assert all(sum(forms[batch.id].values()) <= batch.bound for batch in of.batches)
    assert min(min(form.values()) for form in forms.values()) >= 0
    seen = list(audits(of, forms, "short", RUNS, 200))
    for limit in (0.05, 0.2):
        most = RUNS * limit + 3 * sqrt(RUNS * limit * (1 - limit))
        assert sum(p <= limit for p, _ in seen) <= most
        assert sum(p <= limit for _, p in seen) <= most
