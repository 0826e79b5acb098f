"""What other programs computed: to 1e-12 where the formula is the same, samplers exactly.

Each file says which program, and by which conventions. Where recount means something else on
purpose, the test says so. The same essentials are tested without these files in test_published.py.
"""

from __future__ import annotations

import json
from decimal import Decimal, getcontext
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import accumulate
from math import ceil, isclose
from pathlib import Path
from typing import Any

import pytest

from recount.audit import (
    Batch,
    Frame,
    Risk,
    claims,
    clean_draws,
    draw,
    frame,
    kaplan_markov,
    risk,
    totals,
    whatever_the_rest,
)
from recount.audit.betting import Bet
from recount.audit.evidence import Evidence
from recount.audit.sampling import remainder
from recount.audit.wealth import Wealth, exact

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "audit_vectors"
KALTIM = "01_kaltim_like_macro_wr.json"
DEFAULT = "15_kaltim_like_default_test.json"

pytestmark = pytest.mark.skipif(
    not VECTORS.exists(), reason="the vectors (../shared/data/audit_vectors) are not here"
)

FIVE = Fraction(1, 20)


@cache
def vector(name: str) -> Any:  # noqa: ANN401 - as the file has it
    path = VECTORS / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"cases": []}


def cases(name: str) -> list[Any]:
    return [
        pytest.param(one, id=f"{at} {one.get('name', '')}")
        for at, one in enumerate(vector(name)["cases"])
    ]


def close(measured: float, expected: float) -> bool:
    return abs(measured - expected) <= 1e-12


def laid_out(found: list[Any], seats: int = 1, unaccounted: int = 0) -> Frame:
    batches = [Batch(one["id"], one["votes"], one["bound"]) for one in found]
    return frame(batches, claims(totals(batches), seats), unaccounted)


@cache
def kaltim() -> Frame:
    return laid_out(vector(KALTIM)["batches"])


# 01, Arlo: Kaplan-Markov MACRO with replacement.


@pytest.mark.parametrize("case", cases(KALTIM))
def test_kaplan_markov_as_arlo(case: Any) -> None:  # noqa: ANN401
    found = risk(kaltim(), case["draws"], case["audited"], FIVE)
    assert found.kaplan_markov is not None
    assert close(found.kaplan_markov, case["expected"]["arlo_p"])
    assert (found.kaplan_markov <= FIVE) == case["expected"]["arlo_attained"]
    assert close(float(kaltim().U), float(case["expected"]["arlo_U"]))


@pytest.mark.parametrize("case", cases(KALTIM))
def test_kaplan_markov_with_signed_errors(case: Any) -> None:  # noqa: ANN401
    evidence = Evidence(kaltim(), case["audited"])
    places = (kaltim().stands_for(name) for name in case["draws"])
    taus = [evidence.seen(at).tau for at in places if at is not None]
    assert len(taus) == len(case["draws"])
    assert close(kaplan_markov(taus, kaltim().U, clipped=False), case["ref_km_unclipped"])


def test_sizes_as_arlo() -> None:
    # Arlo draws one batch more than the formula asks for.
    sizes = vector(KALTIM)["cases"][0]["expected"]["arlo_initial_sample_size_pct"]
    for percent, size in sizes.items():
        assert clean_draws(Fraction(int(percent), 100), kaltim().U) + 1 == size


# 02, Arlo's unit tests.

PAIRED = {"A": (200, 180), "B": (100, 160), "C": (60, 140)}
"""How many batches of 400 ballots, and as many of 200; the loser's votes in the large ones. These
give the totals, U and u_big of the vector; the fixture itself is not in it."""


@pytest.mark.parametrize("case", vector("02_arlo_unit_test_contests.json")["cases"])
def test_unit_tests_of_arlo(case: Any) -> None:  # noqa: ANN401
    count, loser = PAIRED[case["contest"]]
    large = [Batch(f"{n}", {"w": 200, "l": loser}, 400) for n in range(count)]
    small = [Batch(f"{n}AV", {"w": 100, "l": loser // 2}, 200) for n in range(count)]
    sums = totals([*large, *small])
    assert sums == {"w": case["totals"]["winner"], "l": case["totals"]["loser"]}
    contest = frame([*large, *small], claims(sums))
    assert close(float(contest.U), float(case["arlo_U"]))
    assert close(float(contest.u(0)), case["u_big"])
    size = clean_draws(Fraction(case["risk_percent"], 100), contest.U)
    assert size == case["formula_n_wr"] == case["arlo_expected_first_round"] - 1
    clean = kaplan_markov([Fraction(0)] * 30, contest.U)
    assert close(clean, case["p_after_30_clean"])
    assert close(clean, case["closed_value"])


# 03, a real contest, published: understatements are not clipped there.


def lindeman() -> tuple[Frame, dict[str, Any], list[str]]:
    """The drawn batches, and one more that brings the sums to the contest's totals."""
    data = vector("03_lindeman_ca_cd3_2008.json")
    sampled = data["sampled_batches"]
    sums = totals(Batch(one["id"], one["votes"], 0) for one in sampled)
    rest = {name: votes - sums[name] for name, votes in data["contest_totals"].items()}
    contest = laid_out([*sampled, {"id": "rest", "votes": rest, "bound": sum(rest.values())}])
    return contest, data, [name for one in sampled for name in [one["id"]] * one["times_drawn"]]


def test_california_2008_as_published() -> None:
    contest, data, draws = lindeman()
    evidence = Evidence(contest, {one["id"]: one["audited"] for one in data["sampled_batches"]})
    margins = {
        f"{c.winner}|{c.loser}": g.margin
        for c, g in zip(contest.claims, contest.gauges, strict=True)
    }
    assert margins == data["margins"]
    taus = {}
    whole = Fraction(data["U"]).limit_denominator(data["margins"]["Lungren|Durston"])
    for one in data["sampled_batches"]:
        at = contest.stands_for(one["id"])
        assert at is not None
        seen = evidence.seen(at)
        assert close(float(seen.u), one["u"])
        assert seen.errors is not None
        assert close(float(max(seen.errors)), one["e_max"])
        assert close(float(seen.tau), one["taint"])
        assert round(float(seen.tau), 6) == one["taint_published"]
        factor = (1 - 1 / whole) / (1 - seen.tau)
        assert ceil(factor * 10**9) / 10**9 == one["km_factor_published"]  # rounded up there
        taus[one["id"]] = seen.tau
    signed = kaplan_markov((taus[name] for name in draws), whole, clipped=False)
    assert round(signed, 6) == data["published_P"]
    assert close(signed, data["published_P_more_digits"])
    assert close(signed, data["computed_P_signed_errors"])
    clipped = kaplan_markov((taus[name] for name in draws), whole)
    assert close(clipped, data["computed_P_errors_clipped_at_0"])


# 07, SHANGRLA with replacement: the bet of an endless population, where t stays 1/U.


@pytest.mark.parametrize("case", cases("07_shangrla_wr_kaltim_like.json"))
def test_bets_with_replacement_as_shangrla(case: Any) -> None:  # noqa: ANN401
    whole = Fraction(vector("07_shangrla_wr_kaltim_like.json")["U"])
    taus = [Fraction(tau) for tau in case["taints_signed"]]
    assert close(float(1 - 1 / whole), case["t_null_mean"])
    assert close(kaplan_markov(taus, whole, clipped=False), case["shangrla_kaplan_markov_final"])
    for c, expected in case["betting_fixed_lambda_c_over_t"].items():
        bet = Bet(exact(c), whole)
        wealth = list(accumulate(map(bet.factor, taus), Wealth.times, initial=bet.wealth))
        assert close(wealth[-1].p, expected["p_final"])
        assert close(min(one.p for one in wealth), expected["p_min"])
        final = Fraction(wealth[-1].mantissa) * Fraction(2) ** wealth[-1].exponent
        assert isclose(final, expected["mart_final"], rel_tol=1e-12)


# 08, SHANGRLA without replacement, all bounds equal.


@cache
def sixty() -> Frame:
    data = vector("08_shangrla_wor_equal_bounds.json")
    ids = [f"B{number:02d}" for number in range(1, 61)]
    return laid_out(
        [{"id": one, "votes": data["votes_per_batch"], "bound": data["bound"]} for one in ids]
    )


@pytest.mark.parametrize("case", cases("08_shangrla_wor_equal_bounds.json"))
@pytest.mark.parametrize("c", ["1", "0.9", "0.75"])
def test_bets_without_replacement_as_shangrla(case: Any, c: str) -> None:  # noqa: ANN401
    forms = dict(zip(case["order"], case["audited"], strict=True))
    found = risk(sixty(), case["order"], forms, FIVE, float(c))
    assert found.p is not None
    assert close(found.p, case["p_contest"][c])
    for pair in found.pairs:
        expected = case["shangrla"][f"{pair.claim.winner}|{pair.claim.loser}"][c]
        assert close(pair.p, expected["p_final"])
    for claim, gauge in enumerate(sixty().gauges):
        name = f"{sixty().claims[claim].winner}|{sixty().claims[claim].loser}"
        bets = [Bet(exact(c), sixty().U)]
        for form in case["audited"]:
            votes = sixty().batches[0].votes
            bets.append(bets[-1].after(gauge.error(votes, form), sixty().u(0)))
        expected = case["shangrla"][name]
        assert close(min(bet.p for bet in bets), expected[c]["p_min"])
        if c == "1":  # Kaplan-Kolmogorov bets on where it could be certain
            assert close(bets[-1].wealth.p, expected["kaplan_kolmogorov_g0"])


def test_equal_bounds_have_the_u_of_the_vector() -> None:
    data = vector("08_shangrla_wor_equal_bounds.json")
    assert close(float(sixty().u(0)), data["u_batch_relative"])
    assert close(float(sixty().U), data["U"])


# 10, edge cases: what Arlo returns, and what is required instead.


def edge(start: str) -> Any:  # noqa: ANN401
    return next(
        one for one in vector("10_edge_cases.json")["cases"] if one["name"].startswith(start)
    )


def of_edge(case: Any) -> Risk:  # noqa: ANN401
    return risk(laid_out(case["batches"]), case["draws"], case["audited"], FIVE)


@pytest.mark.parametrize(
    ("start", "p", "kaplan_markov_p", "state"),
    [
        ("manual total above the bound", 1, 1, "bound_violated"),  # Arlo: -0.625, "attained"
        ("taint exactly 1", 1, 1, "continue"),
        ("all batches audited, reported winner really lost", 1, 1, "refuted"),  # Arlo: 0
        ("all batches audited, winner confirmed", 0, None, "certain"),
        ("batch with zero error bound", 1, 1, "continue"),  # Arlo: 0/0
        ("reported tie", 1, 1, "tie"),
    ],
)
def test_edge_cases(start: str, p: float, kaplan_markov_p: float | None, state: str) -> None:
    found = of_edge(edge(start))
    assert (found.p, found.state) == (p, state)
    assert kaplan_markov_p in {None, found.kaplan_markov}


def test_a_margin_of_2_needs_every_batch() -> None:
    case = edge("Arlo test_close_contest")
    found = of_edge(case)
    assert found.kaplan_markov is not None
    assert close(found.kaplan_markov, case["arlo"]["arlo_p"])
    assert found.p is not None
    assert found.p > 0.9
    assert found.state == "continue"


@pytest.mark.parametrize(("more", "expected"), [(0, "p_clean"), (2, "p_2_votes")])
def test_ballots_in_no_batch_lower_the_margin(more: int, expected: str) -> None:
    case = edge("pending ballots")
    contest = laid_out(case["batches"], unaccounted=case["pending"])
    assert close(float(contest.U), float(case["arlo_snapshot"]["U"]))
    forms = {one["id"]: dict(one["votes"]) for one in case["batches"]}
    forms["Batch 3"]["loser"] += more
    found = risk(contest, case["draws"], forms, FIVE)
    assert found.kaplan_markov is not None
    assert close(found.kaplan_markov, case["arlo_snapshot"][expected])
    # Two ballots more than the batch can have: told, although the error stays within u.
    assert found.over_bound == (("Batch 3",) if more else ())


@pytest.mark.parametrize("moved", [0, 50])
def test_four_seats(moved: int) -> None:
    case = edge("multi-winner")
    contest = laid_out(case["batches"], seats=case["winners"])
    forms = {one["id"]: dict(one["votes"]) for one in case["batches"]}
    first = forms[case["draws"][0]]
    first["D4"], first["D5"] = first["D4"] - moved, first["D5"] + moved
    found = risk(contest, case["draws"], forms, FIVE)
    key = "overstate_50_moved_from_D5_to_D4_in_first_draw" if moved else "arlo_clean"
    assert found.kaplan_markov is not None
    assert close(float(contest.U), float(case[key]["arlo_U"]))
    assert close(found.kaplan_markov, case[key]["arlo_p"])
    assert len(found.pairs) == 4 * 3


# 11, samplers.


@pytest.mark.parametrize(
    "case",
    vector("11_samplers.json").get("rivest_sampler_tests", {}).get("content", {}).get("tests", []),
)
def test_sampler_of_rivest(case: Any) -> None:  # noqa: ANN401
    seed, total = case["data"]["seed"], case["data"]["total"]
    drawn = [remainder(seed, j, total) + 1 for j in range(1, case["data"]["count"] + 1)]
    assert drawn == case["expected"]
    # Equal batches whose bound is the whole margin have weights of 1: the same numbers.
    of_one = [Batch(f"{n:04d}", {"a": 1, "b": 0}, total - 1) for n in range(total)]
    equal = frame(of_one, claims({"a": total, "b": 0}))
    assert set(equal.weights) == {1}
    assert [int(one) + 1 for one in draw(equal, seed, 1, len(drawn))] == case["expected"]


def by_fraction(number: int) -> str:
    """The older rule: the hash as a part of 2^256, and not its remainder. The frame is the same."""
    bits = int(sha256(f"{vector(KALTIM)['seed']},{number}".encode()).hexdigest(), 16)
    part = bits * kaltim().total >> 256
    return next(
        batch.id
        for batch, reached in zip(kaltim().batches, kaltim().cumulative, strict=True)
        if reached > part
    )


def test_running_sums_of_the_frame() -> None:
    expected = vector("11_samplers.json")["recount_wr"]["first_20"]
    assert [by_fraction(number) for number in range(1, 21)] == expected


def test_bounds_in_the_race_without_replacement() -> None:
    # Keys -ln(hash)/u: another way to draw, in which every single u shows.
    getcontext().prec = 60
    expected = vector("11_samplers.json")["recount_race_wor"]
    keys = {}
    for at, batch in enumerate(kaltim().batches):
        bits = int(sha256(f"{vector(KALTIM)['seed']},{batch.id}".encode()).hexdigest(), 16)
        u = kaltim().u(at)
        log = ((bits + Decimal("0.5")) / Decimal(2) ** 256).ln()
        keys[batch.id] = -log * u.denominator / u.numerator
    assert sorted(keys, key=lambda name: keys[name])[:20] == expected["first_20"]
    for name, key in expected["keys_first_5"].items():
        assert abs(keys[name] - Decimal(key)) < Decimal("1e-35")


def consistent(name: str, seed: str) -> str:
    """The fraction of an id in consistent sampling, which knows no unequal chances.

    Its digits are those of the hash in decimal, the last one first.
    """
    seed_hash = sha256(seed.encode()).hexdigest()
    number = int(sha256(f"{seed_hash}{name}".encode()).hexdigest(), 16)
    return "0." + f"{number:064d}"[::-1]


def test_consistent_sampler() -> None:
    data = vector("11_samplers.json")["consistent_sampler"]
    values = {one["call"]: one["value"] for one in data["cases"]}
    assert sha256(b"abc").hexdigest() == values["sha256_hex('abc')"]
    [ten] = [value for call, value in values.items() if call.startswith("srs")]
    ids = [batch.id for batch in kaltim().batches]
    assert sorted(ids, key=lambda one: consistent(one, "20180627-KALTIM"))[:10] == ten
    [four] = [value for call, value in values.items() if call.startswith("list")]
    six = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
    assert sorted(six, key=lambda one: consistent(one, "314159"))[:4] == four
    [first] = [value for call, value in values.items() if call.startswith("first")]
    assert consistent("KEC-001", "20180627-KALTIM") == first


# 12, deterministic bounds on the batches of 01.


@pytest.mark.parametrize("case", cases("12_outcome_bounds.json"))
def test_whatever_the_rest_holds(case: Any) -> None:  # noqa: ANN401
    forms = {b.id: dict(b.votes) for b in kaltim().batches if b.id in case["collected"]}
    if case["changed"]:
        forms[case["changed"]]["P1"] -= 10_000
        forms[case["changed"]]["P2"] += 10_000
    found = whatever_the_rest(kaltim(), forms)
    assert found is not None
    assert len(found.pairs) == len(case["expected"])
    for pair in found.pairs:
        expected = case["expected"][f"{pair.winner}|{pair.loser}"]
        assert pair.corrected == expected["corrected_margin"]
        assert pair.lower == expected["lower"]
        assert pair.k_min == expected["min_batches_to_flip"]


# 15, recount's own default, computed by SHANGRLA.


def test_draws_of_the_default() -> None:
    data = vector(DEFAULT)
    drawn = draw(kaltim(), data["seed"], 1, 120)
    assert drawn == data["sequence_with_replacement_120"]
    assert list(dict.fromkeys(drawn)) == data["distinct_order"]
    assert len(set(drawn[:46])) == data["distinct_in_first_46"]
    for count, expected in data["km_macro_clean_on_n_draws"].items():
        forms = {batch.id: batch.votes for batch in kaltim().batches}
        found = risk(kaltim(), drawn[: int(count)], forms, FIVE)
        assert found.kaplan_markov is not None
        assert close(found.kaplan_markov, expected)


@pytest.mark.parametrize("case", cases(DEFAULT))
@pytest.mark.parametrize("c", ["1", "0.95", "0.9", "0.75"])
def test_default_as_shangrla(case: Any, c: str) -> None:  # noqa: ANN401
    forms = dict(zip(case["order"], case["audited"], strict=True))
    found, expected = risk(kaltim(), case["order"], forms, FIVE, float(c)), case["ref"][c]
    assert found.p is not None
    assert close(found.p, expected["p_final"])
    for pair in found.pairs:
        one = expected["pairs"][f"{pair.claim.winner}|{pair.claim.loser}"]
        assert close(pair.p, one["p_final"])
        assert close(float(pair.found), one["S"])
        assert close(float(pair.left), one["U_left"])
    for number, claim in enumerate(kaltim().claims):
        steps = [Bet(exact(c), kaltim().U)]
        evidence = Evidence(kaltim(), forms)
        for name in case["order"]:
            at = kaltim().stands_for(name)
            assert at is not None
            errors = evidence.seen(at).errors
            steps.append(steps[-1].after(errors[number] if errors else None, kaltim().u(at)))
        lowest = expected["pairs"][f"{claim.winner}|{claim.loser}"]["p_min"]
        assert close(min(step.p for step in steps), lowest)
