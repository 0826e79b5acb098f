"""Whatever the figures: an injected error is found, and what agrees has no cause."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from recount.diagnoses import (
    digit,
    digit_added,
    digit_dropped,
    leading_digit,
    transposed,
)
from tests.diagnoses.explaining import FORM, explained, ids

VOTES = st.integers(0, 999)
MISREADS = (digit, transposed, leading_digit, digit_added, digit_dropped)


def form(first: int, second: int, invalid: int) -> list[int | None]:
    """A form that adds up."""
    return [first, second, first + second, invalid, first + second + invalid]


FORMS = st.builds(form, VOTES, VOTES, st.integers(0, 50))


@settings(max_examples=15, deadline=None)
@given(st.lists(FORMS, min_size=1, max_size=20))
def test_what_agrees_has_no_cause(forms: list[list[int | None]]) -> None:
    units = {f"U{n}": (one, one) for n, one in enumerate(forms)}
    assert not any(explained(units, everything=True).values())


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(100, 999), st.integers(100, 999)), min_size=1, max_size=20))
def test_candidates_exchanged_are_found(votes: list[tuple[int, int]]) -> None:
    far = [(a, b) for a, b in votes if abs(a - b) > 9]
    units = {f"U{n}": (form(a, b, 3), form(b, a, 3)) for n, (a, b) in enumerate(far)}
    units["same"] = (form(1, 2, 3), form(1, 2, 3))
    for causes in explained(units).values():
        assert ids(causes)[0] == "candidates_exchanged"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(11, 999), VOTES, st.integers(1, 50)), min_size=1, max_size=20)
)
def test_a_figure_in_front_is_found(forms: list[tuple[int, int, int]]) -> None:
    units = {}
    for n, (a, b, c) in enumerate(forms):
        theirs = form(a, b, c)
        theirs[0] = int(f"1{a}")
        units[f"U{n}"] = (form(a, b, c), theirs)
    found = explained(units)
    for name in units:
        assert "leading_digit" in ids(found[name, "candidate:1"])


@given(st.integers(0, 10**6))
def test_a_mistake_makes_another_figure_and_none_below_zero(ours: int) -> None:
    for member in MISREADS:
        made = member.misread(ours)
        assert ours not in made
        assert all(figure >= 0 for figure in made)
        assert all(made.values())


@given(st.integers(10, 10**6))
def test_what_one_mistake_makes_the_opposite_one_undoes(ours: int) -> None:
    undone = ((digit, digit), (transposed, transposed), (digit_added, digit_dropped))
    for there, back in undone:
        for figure in there.misread(ours):
            in_front = str(figure)[1:] == str(ours)  # alike to the first one: leading_digit
            assert figure < 10 or in_front or ours in back.misread(figure)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(FORMS, FORMS), min_size=1, max_size=20))
def test_whatever_differs_chances_are_shares_and_lists_are_of_one_length(
    units: list[tuple[list[int | None], list[int | None]]],
) -> None:
    found = explained({f"U{n}": pair for n, pair in enumerate(units)})
    for (_, item), causes in found.items():
        assert item in FORM
        assert len({one.id for one in causes}) == len(causes)
        assert all(0 <= one.chance <= 0.5 for one in causes)
