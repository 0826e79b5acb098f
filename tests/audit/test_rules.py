"""Every special case of a collection: what counts, what does not, and what is said about it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit import (
    Batch,
    Frame,
    Risk,
    ballots_apart,
    claims,
    collect,
    draw,
    frame,
    merge,
    risk,
    share_claim,
    totals,
    whatever_the_rest,
)
from tests.audit.figures import SEED, kaltim, reported

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Votes = dict[str, int]

FIVE = Fraction(1, 20)
ORDER = collect(draw(kaltim(), SEED, 1, 120))
MARGIN = 93_487
"""Votes between P1 and P2, the closest pair of the Kaltim-like contest."""


def measured(
    forms: Mapping[str, Votes | Sequence[Votes] | None], draws: Sequence[str] = ORDER[:36]
) -> Risk:
    return risk(kaltim(), draws, forms, FIVE)


def without(*names: str) -> dict[str, Votes]:
    return {name: form for name, form in reported(kaltim()).items() if name not in names}


CLEAN = measured(without())


# Forms that are not to be had, or not yet.


def test_a_form_not_obtained_counts_as_wrong_as_it_can_be() -> None:
    found = measured(without(ORDER[5]) | {ORDER[5]: None})
    at = kaltim().stands_for(ORDER[5])
    assert at is not None
    assert [pair.found for pair in found.pairs] == [kaltim().u(at)] * 3
    assert (found.p, found.kaplan_markov, found.missing) == (1.0, 1.0, (ORDER[5],))
    assert (found.forms, found.state) == (36, "continue")


def test_it_is_never_replaced_by_another_batch() -> None:
    # The next form in the order takes its own place, not that of the one that is missing.
    found = measured(without(ORDER[5]) | {ORDER[5]: None}, ORDER[:36])
    assert found.p is not None
    shorter = measured(without(), [*ORDER[:5], *ORDER[6:36]])
    assert shorter.p is not None
    assert found.p > shorter.p


@pytest.mark.parametrize("gap", [0, 1, 20, 35])
def test_forms_out_of_order_count_up_to_the_first_gap(gap: int) -> None:
    found, whole = measured(without(ORDER[gap])), measured(without(), ORDER[:gap])
    assert (found.p, found.forms, found.draws) == (whole.p, gap, gap)
    assert found.kaplan_markov == whole.kaplan_markov
    assert found.missing == (ORDER[gap],)
    worst = measured(without(ORDER[gap]) | {ORDER[gap]: None})
    # A gap at the end is no gap: nobody waits behind it.
    assert found.with_gaps == (found.p if gap == 35 else worst.p)


def test_what_has_come_beyond_a_gap_is_not_needed_again() -> None:
    draws = ORDER[:45]
    first, gap = measured(without(*ORDER[30:45]), draws), measured(without(ORDER[20]), draws)
    assert (first.needed_more, gap.needed_more) == (3, 1)
    assert CLEAN.needed_more == 0
    assert measured(without(ORDER[31]), ORDER[:32]).needed_more is None


def test_nothing_has_come() -> None:
    found = measured({})
    assert (found.p, found.kaplan_markov, found.with_gaps, found.state) == (1, 1, 1, "continue")
    assert found.needed_more == 33
    assert found.missing == tuple(ORDER[:36])


def test_a_form_without_a_figure_is_no_form_and_blank_is_not_zero() -> None:
    forms = without()
    del forms[ORDER[5]]["P4"]
    assert measured(forms) == measured(forms | {ORDER[5]: None})
    assert measured(forms).missing == (ORDER[5],)


@given(st.sets(st.sampled_from(ORDER[:20])), st.sampled_from(["P2", "P3"]), st.integers(0, 3000))
def test_a_form_withheld_never_lowers_the_risk(gone: set[str], loser: str, moved: int) -> None:
    forms = without()
    for name in ORDER[:20:3]:
        forms[name]["P1"] -= min(moved, forms[name]["P1"])
        forms[name][loser] += min(moved, forms[name][loser])
    shown = measured(forms, ORDER[:20])
    hidden = measured(forms | dict.fromkeys(gone), ORDER[:20])
    assert shown.p is not None
    assert hidden.p is not None
    assert hidden.p >= shown.p


# Forms that nobody drew.


def test_forms_that_nobody_drew_never_enter_the_risk() -> None:
    forms = without()
    for name in ORDER[36:]:
        forms[name] = {"P1": 0, "P2": 9, "P3": 0, "P4": 0}
    found = measured(forms)
    assert found.p == CLEAN.p
    assert set(found.not_drawn) == set(forms) - set(ORDER[:36])


def test_they_serve_the_bounds_that_hold_for_any_collection() -> None:
    forms = dict(list(reported(kaltim()).items())[:100])
    bounds = whatever_the_rest(kaltim(), forms)
    assert bounds is not None
    assert bounds.certain
    assert [pair.corrected for pair in bounds.pairs] == [93_487, 114_724, 129_545]
    none = whatever_the_rest(kaltim(), {})
    assert none is not None
    assert (none.certain, none.k_min) == (False, 2)


def test_ballots_in_no_batch_and_copies_that_disagree_are_unknown_to_the_bounds() -> None:
    batches = [Batch("x", {"w": 50, "l": 40}, 100), Batch("y", {"w": 50, "l": 49}, 100)]
    contest = frame(batches, claims(totals(batches)), unaccounted=3)
    forms: dict[str, Votes] = {batch.id: dict(batch.votes) for batch in batches}
    found = whatever_the_rest(contest, forms)
    assert found is not None
    assert (found.pairs[0].lower, found.certain) == (11 - 3, True)
    other = [forms["y"], {"w": 49, "l": 50}]
    found = whatever_the_rest(contest, {"x": forms["x"], "y": other})
    assert found is not None
    assert found.pairs[0].lower == 10 - 3 - 100


def test_the_bounds_do_not_speak_of_shares() -> None:
    batches = [Batch("x", {"w": 60, "l": 40}, 100)]
    contest = frame(batches, [share_claim(totals(batches), Fraction(1, 2), "w")])
    assert whatever_the_rest(contest, {}) is None


def test_a_form_of_a_batch_that_is_not_in_the_frame_is_told() -> None:
    found = measured(without() | {"KEC-104": {"P1": 1, "P2": 0, "P3": 0, "P4": 0}})
    assert (found.p, found.not_drawn[-1]) == (CLEAN.p, "KEC-104")


def test_a_collection_that_nobody_drew_has_no_risk() -> None:
    found = risk(kaltim(), None, reported(kaltim()), FIVE)
    assert (found.p, found.kaplan_markov, found.state) == (None, None, "no_draw")
    assert len(found.not_drawn) == 103


# Copies, bounds, merged batches.


def test_of_two_copies_the_worse_counts_for_each_claim() -> None:
    forms, name = without(), ORDER[3]
    one, two = dict(forms[name]), dict(forms[name])
    one["P2"] += 300
    two["P3"] += 500
    found = measured(forms | {name: [one, two]})
    worse = dict(forms[name]) | {"P2": one["P2"], "P3": two["P3"]}
    assert [p.p for p in found.pairs] == [p.p for p in measured(forms | {name: worse}).pairs]
    assert found.disagree == (name,)
    assert measured(forms | {name: [one, one]}).disagree == ()


def test_more_than_the_bound_allows() -> None:
    forms, name = without(), ORDER[3]
    at = kaltim().stands_for(name)
    assert at is not None
    worst = {"P1": 0, "P2": kaltim().batches[at].bound, "P3": 0, "P4": 0}
    assert measured(forms | {name: worst}).state != "bound_violated"
    worst["P2"] += 1
    found = measured(forms | {name: worst})
    assert (found.p, found.kaplan_markov, found.state) == (1.0, 1.0, "bound_violated")
    assert (found.over_bound, found.needed_more) == ((name,), None)


@pytest.mark.parametrize(("extra", "state"), [(10**6, "bound_violated"), (0, "erased")])
def test_what_a_form_beyond_a_gap_shows_is_not_passed_over(extra: int, state: str) -> None:
    # The forms up to the gap are clean, and enough; those behind it say the contrary.
    forms, order = without(ORDER[36]), ORDER[:49]
    assert measured(forms, order).state == "confirmed"
    for name in order[37:]:
        at = kaltim().stands_for(name)
        assert at is not None
        forms[name] = {"P1": 0, "P2": kaltim().batches[at].bound + extra, "P3": 0, "P4": 0}
    found = measured(forms, order)
    assert (found.p, found.state, found.needed_more, found.with_gaps) == (1.0, state, None, 1.0)
    assert found.forms == 36


@pytest.mark.parametrize("whom", ["invalid", "P1", "P2", "P4"])
@pytest.mark.parametrize("place", [0, 3, 35, 36, 80])
def test_after_a_form_over_its_bound_nothing_is_sure(whom: str, place: int) -> None:
    # Whomever it helps, and drawn or not (36 forms are drawn): the bounds were not true.
    order = [*ORDER, *sorted(without().keys() - set(ORDER))]
    forms, name = without(), order[place]
    forms[name][whom] = 10**9
    found = measured(forms)
    assert (found.p, found.state, found.over_bound) == (1.0, "bound_violated", (name,))
    assert {(pair.p, pair.state) for pair in found.pairs} == {(1.0, "bound_violated")}
    assert (found.needed_more, found.with_gaps) == (None, 1.0)


def test_a_form_at_its_bound_is_none_over_it() -> None:
    forms, name = without(), ORDER[3]
    at = kaltim().stands_for(name)
    assert at is not None
    forms[name]["invalid"] = kaltim().batches[at].bound - sum(forms[name].values())
    assert measured(forms) == CLEAN
    forms[name]["invalid"] += 1
    assert measured(forms).state == "bound_violated"


def test_merged_batches_compare_the_sums() -> None:
    pair = sorted(ORDER[:2])
    forms = reported(kaltim())
    together = {name: forms[pair[0]][name] + forms[pair[1]][name] for name in forms[pair[0]]}
    merged = merge(kaltim(), [pair])
    assert merged.U == kaltim().U
    assert len(merged.batches) == 102
    for name in pair:  # whichever of the two the form is put under
        held = {one: form for one, form in forms.items() if one not in pair} | {name: together}
        found = risk(merged, ORDER[:36], held, FIVE)
        assert not found.missing
        assert found.forms == 35
        assert found.pairs[0].found == 0
        assert found.pairs[0].left == CLEAN.pairs[0].left
    # Errors that cancel out inside the set are none.
    together["P1"] -= 7
    found = risk(merged, ORDER[:36], held | {name: together}, FIVE)
    assert found.pairs[0].found == Fraction(7, MARGIN)


# Contests with nothing to confirm, and ends.


def small(*margins: int, bound: int = 100) -> Frame:
    batches = [Batch(f"{n}", {"w": 50 + m, "l": 50 - m}, bound) for n, m in enumerate(margins)]
    return frame(batches, claims({"w": 1, "l": 0}))


@pytest.mark.parametrize(
    ("margins", "p", "state"),
    [((5, -5), 1.0, "tie"), ((5, -6), None, "other_winner")],
)
def test_nothing_to_confirm(margins: tuple[int, ...], p: float | None, state: str) -> None:
    contest = small(*margins)
    assert draw(contest, "1", 1, 5) == []
    found = risk(contest, ["0"], reported(contest), FIVE)
    assert (found.p, found.kaplan_markov, found.state) == (p, p, state)
    assert found.not_drawn == ("0", "1")


@pytest.mark.parametrize(("apart", "problem"), [(0, None), (19, None), (20, "ballots_missing")])
def test_ballots_in_no_batch(apart: int, problem: str | None) -> None:
    batches = [Batch("0", {"w": 60, "l": 40}, 100)]
    official = {"w": 60, "l": 40 + apart}
    contest = frame(batches, claims({"w": 60, "l": 40}), ballots_apart(official, totals(batches)))
    assert contest.problem == problem
    assert risk(contest, [], {}, FIVE).p == 1.0
    if not problem:
        assert Fraction(120, 20 - apart) == contest.U


def test_ballots_apart_count_either_way() -> None:
    assert ballots_apart({"w": 10, "l": 5}, {"w": 8, "l": 6, "x": 1}) == 4


def test_a_batch_that_is_not_shown_online_is_in_the_frame() -> None:
    batches = [Batch("shown", {"w": 60, "l": 40}, 100), Batch("hidden", {}, 50)]
    contest = frame(batches, claims(totals(batches)))
    at = contest.stands_for("hidden")
    assert at is not None
    assert contest.u(at) == Fraction(50, 20)
    found = risk(contest, ["hidden"], {"hidden": {"w": 30, "l": 15}}, FIVE)
    assert found.pairs[0].found == Fraction(-15, 20)


def test_a_bound_below_the_votes_reported_is_told() -> None:
    contest = frame([Batch("x", {"w": 60, "l": 45}, 100)], claims({"w": 60, "l": 45}))
    assert (contest.raised, contest.U) == (("x",), Fraction(15 + 105, 15))


def swapped(contest: Frame, *names: str) -> dict[str, Votes]:
    forms = reported(contest)
    return forms | {name: {"w": forms[name]["l"], "l": forms[name]["w"]} for name in names}


@pytest.mark.parametrize(
    ("draws", "wrong", "p", "state", "more"),
    [
        # 0, 1 and 2: 40, 6 and 4 votes ahead; together 50.
        ([], (), 1, "continue", 3),
        (["0", "1", "2"], (), 0, "certain", 0),
        (["0"], ("0",), 1, "erased", None),
        (["0", "1"], ("0",), 1, "erased", None),
        (["0", "1", "2"], ("0",), 1, "refuted", None),
        (["0", "1", "2"], ("1", "2"), 0, "certain", 0),
    ],
)
def test_ends(
    draws: list[str], wrong: tuple[str, ...], p: float, state: str, more: int | None
) -> None:
    contest = small(20, 3, 2)
    found = risk(contest, draws, {n: swapped(contest, *wrong)[n] for n in draws}, FIVE)
    assert (found.p, found.state) == (p, state)
    if draws:
        assert found.needed_more in {more, None}


def test_all_drawn_but_not_all_to_be_had_refutes_nobody() -> None:
    contest = small(20, 3, 2)
    forms = swapped(contest, "1")
    found = risk(contest, ["0", "1", "2"], forms | {"0": None}, FIVE)
    assert (found.p, found.state) == (1.0, "continue")


def test_understatements_can_win_back_what_was_erased() -> None:
    contest = small(20, 3, 2)
    forms = swapped(contest, "0") | {"1": {"w": 100, "l": 0}}
    assert risk(contest, ["0"], forms, FIVE).state == "erased"
    assert risk(contest, ["0", "1"], forms, FIVE).state == "continue"
    forms["2"] = {"w": 100, "l": 0}
    assert risk(contest, ["0", "1", "2"], forms, FIVE).state == "certain"


def test_a_batch_that_cannot_be_wrong_may_still_hide_votes_for_the_winner() -> None:
    # All of z is the loser's: never drawn, but a form of it may well be better for the winner.
    batches = [Batch("a", {"w": 60, "l": 10}, 100), Batch("z", {"w": 0, "l": 40}, 40)]
    contest = frame(batches, claims(totals(batches)))
    assert [contest.u(0), contest.u(1)] == [Fraction(150, 10), 0]
    forms = {"a": {"w": 45, "l": 25}}
    assert risk(contest, ["a"], forms, FIVE).state == "erased"
    assert risk(contest, ["a", "z"], forms | {"z": {"w": 0, "l": 40}}, FIVE).state == "refuted"
    assert risk(contest, ["a", "z"], forms | {"z": {"w": 20, "l": 20}}, FIVE).state == "erased"


def test_a_draw_that_is_not_in_the_frame() -> None:
    with pytest.raises(KeyError):
        measured(without(), ["KEC-104"])


def test_the_risk_is_that_of_the_worst_claim() -> None:
    forms = without()
    for name in ORDER[:36]:
        forms[name]["P4"] += 20
    found = measured(forms)
    assert found.p == max(pair.p for pair in found.pairs) == found.pairs[2].p
    assert [pair.claim.loser for pair in found.pairs] == ["P2", "P3", "P4"]
