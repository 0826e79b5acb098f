"""Whose leader changes, whom the differences favour, and how likely that is by chance."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.outcome._leaders import leader, sign_test
from tests.outcome.making import decided

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kabupaten,kecamatan,tps,suara_1,suara_2\n"


def changed(path: Path, ours: str, theirs: str, head: str = HEAD) -> list[tuple[str | None, ...]]:
    return [(*one[:2], *one[3:5]) for one in decided(path, ours, theirs, head).flips]


def test_a_region_whose_leader_is_another_is_named_at_every_level(tmp_path: Path) -> None:
    theirs = "P,A,1,60,50\nP,A,2,10,5\nP,B,1,9,1\nQ,C,1,50,1\n"
    ours = "P,A,1,50,80\nP,A,2,10,5\nP,B,1,9,1\nQ,C,1,50,1\n"
    assert changed(tmp_path, ours, theirs) == [
        ("kabkota", "P", "1", "2"),
        ("kecamatan", "P/A", "1", "2"),
        ("tps", "P/A/001", "1", "2"),
    ]


def test_what_moves_the_margin_most_comes_first(tmp_path: Path) -> None:
    theirs = "P,A,1,60,50\nP,A,2,60,50\nP,A,3,900,5\n"
    found = decided(tmp_path, "P,A,1,50,60\nP,A,2,20,80\nP,A,3,900,5\n", theirs, HEAD)
    assert [(one.region, one.effect) for one in found.flips] == [
        ("P/A/002", 70),
        ("P/A/001", 20),
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "flips"),
    [
        # Level is no leader: that is a change.
        ("P,A,1,60,60\n", "P,A,1,60,50\n", ["kabkota", "kecamatan", "tps"]),
        # Another margin is not another leader.
        ("P,A,1,60,55\n", "P,A,1,60,50\n", []),
        # What only we hold makes no leader change: theirs has nothing to compare there.
        ("P,A,1,60,50\nP,A,2,0,99\n", "P,A,1,60,50\n", []),
        # Nor what only they show.
        ("P,A,1,60,50\n", "P,A,1,60,50\nP,A,2,0,99\n", []),
        # A form without a figure says nothing of who leads.
        ("P,A,1,,50\n", "P,A,1,60,50\n", []),
    ],
)
def test_what_is_a_change(tmp_path: Path, ours: str, theirs: str, flips: list[str]) -> None:
    same = "P,B,1,1,1\n"
    found = changed(tmp_path, ours + same, theirs + same)
    assert [one[0] for one in found] == flips
    assert {one[2:] for one in found} <= {("1", None)}


def test_a_form_that_stands_for_its_stations_can_change_the_leader(tmp_path: Path) -> None:
    ours, theirs = "P,A,,10,80\nP,B,1,5,1\n", "P,A,1,60,5\nP,A,2,30,5\nP,B,1,5,1\n"
    assert ("kecamatan", "P/A", "1", "2") in changed(tmp_path, ours, theirs)


def test_the_differences_of_each_candidate_and_of_the_margin(tmp_path: Path) -> None:
    theirs = "P,A,1,60,50\nP,A,2,60,50\nP,A,3,60,50\nP,A,4,60,50\n"
    ours = "P,A,1,50,50\nP,A,2,60,55\nP,A,3,65,50\nP,A,4,70,60\n"
    found = decided(tmp_path, ours, theirs, HEAD)
    assert [one[:3] for one in found.favours] == [("1", 1, 2), ("2", 0, 2)]
    # In TPS 4 both are raised alike: nobody's margin moves.
    assert found.pairs[0][8:] == (2, 1, 1.0)


def test_what_only_one_side_has_is_no_difference(tmp_path: Path) -> None:
    found = decided(tmp_path, "P,A,1,5,5\nP,A,2,,9\n", "P,A,1,5,5\nP,A,2,9,9\nP,B,1,7,7\n", HEAD)
    assert {one[1:] for one in found.favours} == {(0, 0, 1.0)}


@pytest.mark.parametrize(
    ("more", "fewer", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (5, 5, 1.0),
        (6, 0, 2 / 64),
        (0, 6, 2 / 64),
        (9, 1, 22 / 1024),
        (21, 12, 0.16275565745308995),
    ],
)
def test_the_sign_test(more: int, fewer: int, p: float) -> None:
    assert sign_test(more, fewer) == p


@given(st.integers(0, 400), st.integers(0, 400))
def test_it_is_the_exact_sum(more: int, fewer: int) -> None:
    n, k = more + fewer, min(more, fewer)
    exact = min(Fraction(1), Fraction(2 * sum(comb(n, at) for at in range(k + 1)), 2**n))
    assert sign_test(more, fewer) == float(exact)


def test_a_nation_of_differences_is_no_trouble() -> None:
    assert 0 < sign_test(19_400, 18_600) < 1e-4
    assert sign_test(38_000, 0) == 0.0


def test_nobody_leads_a_tie() -> None:
    assert leader({"a": 2, "b": 1}) == "a"
    assert leader({"a": 2, "b": 2, "c": 1}) is None
