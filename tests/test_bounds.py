"""What is certain, and how few forms could change it: cases, other programs, and brute force."""

from __future__ import annotations

import json
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.bounds import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[2] / "shared" / "data" / "audit_vectors"
VECTORS = SHARED / "12_outcome_bounds.json"
BATCHES = SHARED / "01_kaltim_like_macro_wr.json"

Votes = dict[str, int]
Units = dict[str, Votes]

THREE = {"Palaran": {"1": 60, "2": 20}, "Sebulu": {"1": 50, "2": 40}, "Kota Bangun": {"1": 10}}
"""Reported: 120 to 60. Our forms, where a case holds any, say the same or what stands there."""
MOST = {"Palaran": 100, "Sebulu": 100, "Kota Bangun": 15}


@pytest.mark.parametrize(
    ("held", "corrected", "lower", "upper", "k_min", "certain"),
    [
        # Nothing collected: Palaran could hold 100 for the second instead of 40 more for the first.
        ({}, 60, -215, 215, 1, False),
        # Palaran is in and as reported; Sebulu could still turn it: 50 - 40 + 100 reach 60.
        ({"Palaran": {"1": 60, "2": 20}}, 60, -75, 155, 1, False),
        # The two large ones are in: 15 ballots in Kota Bangun cannot undo a lead of 50.
        ({"Palaran": {"1": 60, "2": 20}, "Sebulu": {"1": 50, "2": 40}}, 60, 35, 65, None, True),
        # A lead of 15 by our forms, and 15 ballots out: a tie is possible, and no victory.
        ({"Palaran": {"1": 45, "2": 40}, "Sebulu": {"1": 50, "2": 40}}, 25, 0, 30, 1, False),
        # Our forms say the contrary, and the rest cannot mend it: certain, and not as reported.
        ({"Palaran": {"1": 20, "2": 60}, "Sebulu": {"1": 40, "2": 50}}, -40, -65, -35, 0, True),
    ],
)
def test_two_candidates(
    held: Units, corrected: int, lower: int, upper: int, k_min: int | None, certain: object
) -> None:
    found = bounds(THREE, held, MOST)
    (pair,) = found.pairs
    assert (pair.winner, pair.loser, pair.theirs) == ("1", "2", 60)
    assert (pair.corrected, pair.lower, pair.upper, pair.k_min) == (corrected, lower, upper, k_min)
    assert (found.certain, found.wrong) == (certain, upper < 0)


def test_the_worthiest_unit_for_the_closest_pair_comes_first() -> None:
    found = bounds(THREE, {}, MOST)
    assert found.order == ("Palaran", "Sebulu", "Kota Bangun")
    assert found.worth == {"Palaran": 140, "Sebulu": 110, "Kota Bangun": 25}


def test_of_two_seats_only_the_last_is_open() -> None:
    reported = {"A": {"1": 50, "2": 30, "3": 29}}
    held = {"A": {"1": 50, "2": 30, "3": 29}}
    found = bounds(reported | {"B": {}}, held, {"B": 1}, seats=2)
    assert [(p.winner, p.loser, p.k_min) for p in found.pairs] == [("1", "3", None), ("2", "3", 1)]
    assert not found.certain
    assert bounds(reported, held, {}, seats=2).certain


def test_a_unit_that_was_not_reported_can_still_turn_it() -> None:
    held = {"A": {"1": 30, "2": 20}}
    assert bounds(held, held, {}).certain
    found = bounds(held, held, {"B": 10})
    assert (found.certain, found.k_min, found.order) == (False, 1, ("B",))


def test_a_reported_tie_needs_no_unit_to_turn() -> None:
    found = bounds({"A": {"1": 5, "2": 5}}, {}, {"A": 10})
    assert (found.pairs[0].theirs, found.k_min, found.certain) == (0, 0, False)


def test_a_candidate_alone_has_won() -> None:
    found = bounds({"A": {"1": 5}}, {}, {"A": 10})
    assert (found.pairs, found.certain, found.k_min) == ((), True, None)


def test_an_unknown_limit_is_no_limit() -> None:
    with pytest.raises(KeyError):
        bounds({"A": {"1": 5, "2": 1}}, {}, {})


@pytest.mark.skipif(not VECTORS.exists(), reason="needs ../shared/data/audit_vectors")
def test_the_figures_of_other_programs() -> None:
    batches = json.loads(BATCHES.read_text())["batches"]
    reported = {one["id"]: one["votes"] for one in batches}
    most = {one["id"]: one["bound"] for one in batches}
    for case in json.loads(VECTORS.read_text())["cases"]:
        held = {id_: dict(reported[id_]) for id_ in case["collected"]}
        if case["changed"]:
            held[case["changed"]]["P1"] -= 10_000
            held[case["changed"]]["P2"] += 10_000
        found = bounds(reported, held, most)
        assert case["expected"] == {
            f"{pair.winner}|{pair.loser}": {
                "reported_margin": pair.theirs,
                "corrected_margin": pair.corrected,
                "lower": pair.lower,
                "lower_check": pair.lower,
                "min_batches_to_flip": pair.k_min,
                "uncollected": len(found.order),
            }
            for pair in found.pairs
        }


LAST_EIGHT = {
    "KEC-008": (840, 1347, 208, 331, 2778),
    "KEC-019": (918, 307, 360, 317, 1967),
    "KEC-069": (1591, 389, 177, 227, 2459),
    "KEC-070": (428, 237, 266, 293, 1246),
    "KEC-084": (1052, 276, 514, 292, 2188),
    "KEC-093": (771, 653, 132, 366, 2001),
    "KEC-098": (237, 270, 377, 659, 1584),
    "KEC-099": (291, 981, 461, 203, 2019),
}
"""Votes of P1 ... P4 and registered voters of the eight smallest of 103 synthetic kecamatan; the
other 95 are added up. Laid out anew from the vector `95 largest, clean`."""


def test_ninety_five_of_a_hundred_and_three_kecamatan() -> None:
    names = ("P1", "P2", "P3", "P4")
    reported = {unit: dict(zip(names, row, strict=False)) for unit, row in LAST_EIGHT.items()}
    most = {unit: row[4] for unit, row in LAST_EIGHT.items()}
    held = dict(zip(names, (411_583, 319_764, 300_492, 285_478), strict=True))
    found = bounds({**reported, "95": held}, {"95": held}, most)
    assert [(pair.corrected, pair.lower, pair.k_min) for pair in found.pairs] == [
        (93_487, 75_577, None),
        (114_724, 94_849, None),
        (129_545, 109_863, None),
    ]
    assert found.certain


@st.composite
def elections(draw: st.DrawFn) -> tuple[Units, Units, dict[str, int], int]:
    """Up to four units of at most four ballots each, two or three candidates, one or two seats."""
    names = draw(st.sampled_from(["12", "123"]))
    reported, held, most = {}, {}, {}
    for unit in "ABCD"[: draw(st.integers(1, 4))]:
        most[unit] = draw(st.integers(0, 4))
        of_unit = st.sampled_from(list(fillings(names, most[unit])))
        reported[unit] = draw(of_unit)
        if draw(st.booleans()):
            held[unit] = draw(st.one_of(st.just(reported[unit]), of_unit))
    return reported, held, most, draw(st.integers(1, len(names) - 1))


def fillings(names: str, most: int) -> Iterator[Votes]:
    """Every way in which so many ballots can be cast, invalid ones among them."""
    for votes in product(range(most + 1), repeat=len(names)):
        if sum(votes) <= most:
            yield dict(zip(names, votes, strict=True))


def truths(
    reported: Units, held: Units, most: dict[str, int], free: tuple[str, ...]
) -> Iterator[Votes]:
    """Every total there can be when the `free` units hold anything and the others as reported."""
    names = "".join(sorted(next(iter(reported.values()))))
    fixed = [held.get(unit, votes) for unit, votes in reported.items() if unit not in free]
    for filled in product(*(fillings(names, most[unit]) for unit in free)):
        yield {name: sum(votes[name] for votes in (*fixed, *filled)) for name in names}


def elected(votes: Votes, seats: int) -> frozenset[str] | None:
    """Who is elected; None where a tie leaves the last seat open."""
    ranked = sorted(votes, key=lambda name: -votes[name])
    if votes[ranked[seats - 1]] == votes[ranked[seats]]:
        return None
    return frozenset(ranked[:seats])


@given(elections())
@settings(max_examples=60, deadline=None)
def test_no_filling_of_the_uncollected_units_contradicts_it(drawn: Any) -> None:  # noqa: ANN401
    reported, held, most, seats = drawn
    found = bounds(reported, held, most, seats)
    rest = tuple(unit for unit in reported if unit not in held)
    results = list(truths(reported, held, most, rest))
    winners = {elected(votes, seats) for votes in results}
    assert found.certain == (len(winners) == 1 and None not in winners)
    for pair in found.pairs:
        margins = [votes[pair.winner] - votes[pair.loser] for votes in results]
        assert (pair.lower, pair.upper) == (min(margins), max(margins))
    by_report = {pair.winner for pair in found.pairs}
    assert not found.wrong or all(frozenset(by_report) != one for one in winners)


@given(elections())
@settings(max_examples=60, deadline=None)
def test_fewer_units_could_not_turn_it(drawn: Any) -> None:  # noqa: ANN401
    reported, held, most, seats = drawn
    found = bounds(reported, held, most, seats)
    rest = [unit for unit in reported if unit not in held]
    for pair in found.pairs:

        def turned(
            free: tuple[str, ...], winner: str = pair.winner, loser: str = pair.loser
        ) -> bool:
            return any(v[winner] <= v[loser] for v in truths(reported, held, most, free))

        sizes = (n for n in range(len(rest) + 1) if any(map(turned, combinations(rest, n))))
        assert pair.k_min == next(sizes, None)
    first = found.order[: found.k_min or 0]
    assert found.k_min is None or any(
        votes[pair.winner] <= votes[pair.loser]
        for pair in found.pairs
        for votes in truths(reported, held, most, first)
    )
