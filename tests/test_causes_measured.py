"""The measurement of the causes, small: stations laid out by a script, few mistakes of a class.

The large one, on real stations: `python -m benchmarks.causes`.
"""

from __future__ import annotations

from random import Random

import pytest

from benchmarks import causes, mistakes
from benchmarks.causes_told import AIMS, made_table, real_table
from benchmarks.injecting import NOISE, NOISES, SEEN_FROM_THEIRS, inject
from benchmarks.mistakes import CAST, INVALID, SINGLE, VALID, Station
from benchmarks.wholes import OF_DESA, show
from recount.diagnoses import DIAGNOSES

SEED, FEW = 5, 20
KABKOTA, KECAMATAN, DESA, TPS = 3, 5, 8, 12


def laid_out() -> list[Station]:
    """The stations of some kabupaten, all of which add up."""
    random = Random(SEED)  # noqa: S311 - the same stations every time
    found = []
    for kabkota in range(1, KABKOTA + 1):
        leaning = random.uniform(0.2, 0.8)
        for place in range(KECAMATAN * DESA):
            code = f"64.{kabkota:02}.{place % KECAMATAN + 1:02}.2{place // KECAMATAN + 1:03}"
            found += [_station(random, code, number, leaning) for number in range(1, TPS + 1)]
    return found


def _station(random: Random, code: str, number: int, leaning: float) -> Station:
    valid = random.randint(90, 280)
    first = round(valid * min(0.95, max(0.05, random.gauss(leaning, 0.12))))
    invalid = random.randint(0, 14)
    return Station(code, number, (first, valid - first, valid, invalid, valid + invalid))


STATIONS = laid_out()


@pytest.fixture(scope="module")
def alone() -> causes.Told:
    """What is told of stations."""
    return causes.tell_stations(inject(STATIONS, Random(SEED), FEW))  # noqa: S311


def test_every_cause_is_measured() -> None:
    made = {*SINGLE, *OF_DESA, "other_region", "permuted_regions"} - {NOISE}
    assert made == DIAGNOSES.keys()


def test_the_same_seed_gives_the_same_mistakes() -> None:
    first, second = (inject(STATIONS, Random(SEED), FEW) for _ in range(2))  # noqa: S311
    assert first == second


def test_there_are_as_many_mistakes_as_asked_for() -> None:
    made = inject(STATIONS, Random(SEED), FEW)  # noqa: S311
    kinds = [*made.truth.values()]
    assert kinds.count("column_shift") == FEW
    assert kinds.count(NOISE) == NOISES * FEW
    for at, kind in made.truth.items():
        assert made.ours[at] != made.theirs[at], kind
        wrong = made.ours if made.wrong[at] == "ours" else made.theirs
        assert wrong[at] != STATIONS[at].figures


@pytest.mark.parametrize("kind", SINGLE)
def test_a_mistake_changes_a_station_or_is_not_made(kind: str) -> None:
    random = Random(SEED)  # noqa: S311
    made = [(SINGLE[kind](random, one), one.figures) for one in STATIONS[:200]]
    assert any(figures not in {None, right} for figures, right in made)
    assert all(len(figures) == len(right) for figures, right in made if figures)


def test_a_slip_whose_sums_follow_still_adds_up() -> None:
    random = Random(SEED)  # noqa: S311
    slips = [figures for one in STATIONS if (figures := mistakes.slip(random, one))]
    sums = [[figure or 0 for figure in one] for one in slips]
    adding = [
        one
        for one in sums
        if one[0] + one[1] == one[VALID] and one[VALID] + one[INVALID] == one[CAST]
    ]
    assert 0 < len(adding) < len(slips) / 2


def test_what_was_aimed_at_is_told(alone: causes.Told) -> None:
    for one in alone.judged:
        if one.kind in AIMS:
            assert one.named >= 0.85, one
            assert one.right >= 0.7, one


def test_the_same_is_told_whichever_side_is_wrong() -> None:
    made = inject(STATIONS, Random(SEED), FEW)  # noqa: S311
    places = causes.places_of(made.stations)
    ours, theirs = (causes.as_table(places, side) for side in (made.ours, made.theirs))
    columns = ("region", "item", "causes")
    told, turned = (
        {(region, item): found for region, item, found in said.select(columns).iter_rows()}
        for said in (causes.explained(ours, theirs, "tps"), causes.explained(theirs, ours, "tps"))
    )
    seen = {box: [SEEN_FROM_THEIRS.get(one, one) for one in found] for box, found in turned.items()}
    assert told == seen
    assert any(told.values())


def test_permuted_rows_are_always_told(alone: causes.Told) -> None:
    permuted = next(one for one in alone.judged if one.kind == "permuted_regions")
    assert permuted.first == permuted.right == 1


def test_most_slips_are_left_unexplained(alone: causes.Told) -> None:
    noise = next(one for one in alone.judged if one.kind == NOISE)
    assert noise.regions == NOISES * FEW
    assert noise.first > 0.5


def test_mistakes_in_sums_are_told() -> None:
    told = causes.tell_wholes(STATIONS, show(STATIONS, Random(SEED), 8))  # noqa: S311
    found = {one.kind: one for one in told.judged}
    for kind in ("unit_missing", "unit_twice", "total_row_added", "permuted_regions"):
        assert found[kind].named >= 0.85, found[kind]


def test_the_tables_name_every_class(alone: causes.Told) -> None:
    text = made_table(alone.judged, ())
    assert all(f"`{kind}`" in text for kind in SINGLE)
    assert real_table(4, {"digit": 3.0, "unexplained": 1.0}).splitlines()[2].endswith("| 75.0% |")


def test_without_the_data_it_says_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["causes", "--data", "/nowhere"])
    causes.main()
    assert "skipped" in capsys.readouterr().out
