"""Claims and frames: other voting rules as claims, exact weights, and what they leave out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit import (
    Batch,
    Claim,
    claims,
    collect,
    draw,
    frame,
    risk,
    sainte_lague,
    seat_claims,
    share_claim,
    totals,
)
from recount.audit.frames import FINEST

HALF, FIVE = Fraction(1, 2), Fraction(1, 20)
VOTES = {"a": 500, "b": 300, "c": 200, "d": 90}


def names(found: tuple[Claim, ...]) -> list[tuple[str, str | None]]:
    return [(claim.winner, claim.loser) for claim in found]


@pytest.mark.parametrize(
    ("seats", "winners", "expected"),
    [
        (1, None, [("a", "b"), ("a", "c"), ("a", "d")]),
        (3, None, [("a", "d"), ("b", "d"), ("c", "d")]),
        (1, {"b"}, [("b", "a"), ("b", "c"), ("b", "d")]),  # as declared, right or wrong
        (4, None, []),
    ],
)
def test_most_votes(seats: int, winners: set[str] | None, expected: list[tuple[str, str]]) -> None:
    assert names(claims(VOTES, seats, winners)) == expected


@pytest.mark.parametrize(
    ("candidate", "share", "kind", "true_at"),
    [
        ("a", Fraction(2, 5), "share", {"a": 41, "b": 59}),
        ("a", HALF, "no_share", {"a": 49, "b": 51}),
        ("d", Fraction(4, 100), "share", {"d": 5, "b": 95}),  # a threshold for a party
    ],
)
def test_shares(candidate: str, share: Fraction, kind: str, true_at: dict[str, int]) -> None:
    claim = share_claim(VOTES, share, candidate)
    assert (claim.kind, claim.winner, claim.loser) == (kind, candidate, None)
    assert sum(w * true_at.get(c, 0) for c, w in claim.weights.items()) > 0
    exactly = {candidate: 100 * share, "b": 100 - 100 * share}
    assert sum(w * exactly.get(c, 0) for c, w in claim.weights.items()) == 0


def test_an_empty_box_is_half_of_all_votes_and_also_a_pair() -> None:
    batches = [
        Batch("x", {"sole": 60, "empty": 40}, 120),
        Batch("y", {"sole": 51, "empty": 49}, 110),
    ]
    sums = totals(batches)
    share = frame(batches, [share_claim(sums, HALF, "sole")])
    pair = frame(batches, claims(sums))
    assert (share.weights, share.scale) == (pair.weights, pair.scale)
    forms = {"x": {"sole": 55, "empty": 45}}
    assert risk(share, ["x"], forms, FIVE).p == risk(pair, ["x"], forms, FIVE).p


def test_bound_of_a_share() -> None:
    # 60 % needed: a ballot for somebody else costs 0.6, one for the candidate brings 0.4.
    contest = frame(
        [Batch("x", {"a": 70, "b": 30}, 100)],
        [share_claim({"a": 70, "b": 30}, Fraction(3, 5), "a")],
    )
    margin = Fraction(4, 10) * 70 - Fraction(6, 10) * 30
    assert (margin + Fraction(6, 10) * 100) / margin == contest.U
    worst = risk(contest, ["x"], {"x": {"a": 0, "b": 100}}, FIVE)
    assert worst.pairs[0].found == contest.U


# Kota with 5 seats: quotients 700, 233.3, 140 / 400, 133.3 / 220; the sixth would be 133.3 or 100.
PARTIES = {"p": 700, "q": 400, "r": 220, "s": 60}


def test_seats_of_sainte_lague() -> None:
    assert sainte_lague(PARTIES, 5) == {"p": 3, "q": 1, "r": 1, "s": 0}
    found = seat_claims(PARTIES, 5)
    assert names(found) == [(a, b) for a, b in product("pqr", "pqrs") if a != b]
    close = next(claim for claim in found if (claim.winner, claim.loser) == ("p", "q"))
    assert close.weights == {"p": Fraction(1, 5), "q": -Fraction(1, 3)}


@given(
    st.fixed_dictionaries({p: st.integers(1, 300) for p in "pqrs"}),
    st.fixed_dictionaries({p: st.integers(0, 300) for p in "pqrs"}),
    st.integers(1, 7),
)
def test_seat_claims_are_true_exactly_when_the_seats_are_right(
    shown: dict[str, int], real: dict[str, int], seats: int
) -> None:
    found = seat_claims(shown, seats)
    right = all(sum(w * real[p] for p, w in claim.weights.items()) > 0 for claim in found)
    if right:
        assert sainte_lague(real, seats) == sainte_lague(shown, seats)
    elif sainte_lague(real, seats) == sainte_lague(shown, seats):  # only a tie for the last seat
        assert any(sum(w * real[p] for p, w in claim.weights.items()) == 0 for claim in found)


@st.composite
def contests(drawn: st.DrawFn) -> list[Batch]:
    count = drawn(st.integers(1, 6))
    votes = st.fixed_dictionaries({c: st.integers(0, 30) for c in "abc"})
    all_ = [drawn(votes) for _ in range(count)]
    return [
        Batch(f"{n}", v, sum(v.values()) + drawn(st.integers(0, 9))) for n, v in enumerate(all_)
    ]


@given(contests(), st.data())
def test_no_form_is_more_wrong_than_its_bound_and_1_is_the_margin(
    batches: list[Batch], data: st.DataObject
) -> None:
    sums = totals(batches)
    contest = frame(batches, [*claims(sums), share_claim(sums, Fraction(1, 3), "a")])
    if contest.problem:
        assert min(gauge.margin for gauge in contest.gauges) <= 0
        return
    forms = {}
    for batch in batches:
        cut = sorted(data.draw(st.lists(st.integers(0, batch.bound), min_size=3, max_size=3)))
        forms[batch.id] = {"a": cut[0], "b": cut[1] - cut[0], "c": cut[2] - cut[1]}
    for claim, gauge in zip(contest.claims, contest.gauges, strict=True):
        errors = [gauge.error(batch.votes, forms[batch.id]) for batch in contest.batches]
        assert all(e <= contest.u(at) for at, e in enumerate(errors))
        assert all(e >= gauge.least(b) for b, e in zip(contest.batches, errors, strict=True))
        g_a = sum(w * forms[b.id].get(c, 0) for b in batches for c, w in claim.weights.items())
        assert (sum(errors) >= 1) == (g_a <= 0)


@given(contests())
def test_weights_are_the_bounds_and_as_small_as_they_can_be(batches: list[Batch]) -> None:
    contest = frame(batches, claims(totals(batches)))
    if not contest.problem:
        expected = [
            max(
                Fraction(b.votes[c.winner] - b.votes[c.loser or ""] + b.bound, g.margin)
                for c, g in zip(contest.claims, contest.gauges, strict=True)
            )
            for b in contest.batches
        ]
        assert [contest.u(at) for at in range(len(batches))] == expected
        assert contest.scale == lcm(*(u.denominator for u in expected))
        assert contest.total == sum(contest.weights)


def test_ids_stand_in_the_order_of_their_bytes() -> None:
    ids = ["b", "B", "á", "a\U0001f600", "a\uffee", "10", "2", ""]
    contest = frame([Batch(one, {"w": 2, "l": 1}, 3) for one in ids], claims({"w": 2, "l": 1}))
    assert [b.id for b in contest.batches] == sorted(ids, key=lambda one: one.encode())


def test_faults_of_a_frame() -> None:
    one = Batch("x", {"w": 2, "l": 1}, 3)
    with pytest.raises(ValueError, match="x"):
        frame([one, one], claims(one.votes))
    with pytest.raises(ValueError, match=r"\(\)"):
        frame([one], claims({"w": 2}))


PRIMES = [p for p in range(1000, 1400) if all(p % d for d in range(2, 38))]


def test_so_many_margins_that_their_common_denominator_has_no_end() -> None:
    votes = {"w": 2000} | {f"l{n:02d}": 2000 - prime for n, prime in enumerate(PRIMES)}
    batches = [
        Batch("x", {name: vote // 2 for name, vote in votes.items()}, 70_000),
        Batch("y", {name: vote - vote // 2 for name, vote in votes.items()}, 80_000),
    ]
    contest = frame(batches, claims(votes))
    assert len(PRIMES) > 40
    assert contest.scale == FINEST
    assert contest.total < 2**200
    for at, batch in enumerate(contest.batches):
        exact = max(
            Fraction(batch.votes["w"] - batch.votes[f"l{n:02d}"] + batch.bound, prime)
            for n, prime in enumerate(PRIMES)
        )
        assert 0 <= contest.u(at) - exact < Fraction(1, FINEST)


def test_rounded_weights_are_in_lowest_terms_too() -> None:
    # As anyone has them who takes the fractions of frame.csv.
    votes = {"w": 2000} | {f"l{n:02d}": 2000 - prime for n, prime in enumerate(PRIMES)}
    for bound in range(100_000, 100_020):
        contest = frame([Batch("x", votes, bound)], claims(votes))
        assert contest.scale == contest.u(0).denominator


def test_draws_come_in_proportion_to_the_bounds() -> None:
    batches = [Batch("x", {"w": 60, "l": 40}, 100), Batch("y", {"w": 40, "l": 20}, 60)]
    contest = frame(batches, claims(totals(batches)))
    drawn = draw(contest, "a seed of dice", 1, 6000)
    # 120 against 80; three standard deviations are 114.
    assert abs(drawn.count("x") - 3600) < 114
    assert collect(["y", "x", "y"]) == ["y", "x"]
    assert draw(contest, "a seed of dice", 3, 4) == drawn[2:6]
    assert draw(contest, "another", 1, 20) != drawn[:20]
