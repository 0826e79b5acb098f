"""Figures that stand some boxes further along the form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.diagnoses.column_shift import on_paper, shifted

CASES: dict[str, tuple[list[int | None], list[int | None], str | None]] = {
    "published": ([63, 148, 211, 3, 214], [211, 3, 214, 0, 214], "+2"),
    "a box passed over": ([90, 82, 172, 8, 180], [82, 172, 8, 180, 0], "+1"),
    "one put in": ([195, 49, 244, 3, 247], [0, 195, 49, 244, 3], "-1"),
    "from some box on": ([187, 3, 190, 5, 195], [187, 3, 3, 190, 195], "-1"),
    "a blank box": ([13, 176, 189, None, 189], [None, 13, 176, 189, 5], "-1"),
    # with the voters in front, who stay where they are
    "theirs, behind the voters": (
        [214, 63, 148, 211, 3, 214], [214, 148, 211, 3, 214, 214], "+1"),
    "ours, behind the voters": (
        [214, 148, 211, 3, 214, 214], [214, 63, 148, 211, 3, 214], "-1"),
    "nothing differs": ([63, 148, 211, 3, 214], [63, 148, 211, 3, 214], None),
    "an exchange": ([63, 148, 211, 3, 214], [148, 63, 211, 3, 214], None),
    "one box alone": ([63, 148, 211, 3, 214], [148, 148, 211, 3, 214], None),
    "one box against it": ([63, 148, 211, 3, 214], [211, 99, 214, 0, 214], None),
    "noughts alone": ([0, 0, 5, 0, 5], [1, 0, 0, 0, 5], None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_shifts(name: str) -> None:
    ours, theirs, mark = CASES[name]
    found = shifted(ours, theirs)
    assert (found and found[0]) == mark


@pytest.mark.parametrize("name", CASES)
def test_the_other_side_moved_the_other_way(name: str) -> None:
    ours, theirs, mark = CASES[name]
    found = shifted(theirs, ours)
    assert (found and found[0]) == (mark and f"{-int(mark):+}")


@given(st.lists(st.integers(20, 999), min_size=4, max_size=9, unique=True), st.integers(1, 2))
def test_any_shift_is_found(ours: list[int], step: int) -> None:
    found = shifted(ours, [*ours[step:], *[0] * step])
    assert found is not None
    assert found[0] == f"+{step}"
    assert 0 < found[1] <= 1


def test_boxes_stand_as_on_the_form() -> None:
    items = ["cast", "invalid", "valid", "voters", "candidate:2", "candidate:10", "candidate:1"]
    assert on_paper(items) == [
        *("voters", "candidate:1", "candidate:2", "candidate:10", "valid", "invalid", "cast"),
    ]
