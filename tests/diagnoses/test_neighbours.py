"""Causes that lie in other regions or in the parts: as a witness would lay the tables out."""

from __future__ import annotations

from operator import itemgetter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import api
from recount.options import Options
from tests.diagnoses.explaining import Cause, causes, ids

Row = tuple[int, int, int]
"""Two candidates' votes and the invalid ones."""

KECAMATAN: dict[str, Row] = {
    "64.09.01": (12345, 8123, 301),
    "64.09.02": (9210, 7044, 187),
    "64.09.03": (15790, 12018, 402),
    "64.09.04": (4120, 9921, 95),
    "64.72.01": (20311, 18111, 655),
    "64.72.02": (17020, 6110, 240),
}
"""The figures of some kecamatan, made up."""


def table(rows: dict[str, Row]) -> pl.DataFrame:
    """Lay rows out as people type them."""
    names = ("suara_1", "suara_2", "tidak_sah")
    columns = {name: [row[at] for row in rows.values()] for at, name in enumerate(names)}
    return pl.DataFrame({"kode": list(rows), **columns})


def found(ours: dict[str, Row], theirs: dict[str, Row]) -> dict[tuple[str, str], list[Cause]]:
    """Reconcile two tables: (region, item) -> its causes."""
    result = api.reconcile_with(table(ours), table(theirs), Options(regions="none"))
    return causes(result.comparisons.to_native().with_columns(name="region"))


def first(told: dict[tuple[str, str], list[Cause]], region: str) -> set[tuple[str, str]]:
    """What comes first in the boxes of a region: id and mark."""
    return {(one[0].id, one[0].mark) for (at, _), one in told.items() if at == region and one}


def test_the_row_of_a_sibling_is_recognised() -> None:
    theirs = KECAMATAN | {"64.09.02": KECAMATAN["64.09.03"]}
    told = found(KECAMATAN, theirs)
    assert first(told, "64.09.02") == {("other_region", "theirs:64.09.03")}


def test_so_it_is_where_our_side_is_wrong() -> None:
    ours = KECAMATAN | {"64.09.02": KECAMATAN["64.09.03"]}
    assert first(found(ours, KECAMATAN), "64.09.02") == {("other_region", "ours:64.09.03")}


def test_a_sibling_comes_before_a_region_farther_away() -> None:
    same = KECAMATAN | {"64.72.01": KECAMATAN["64.09.03"]}
    theirs = same | {"64.09.02": KECAMATAN["64.09.03"]}
    assert first(found(same, theirs), "64.09.02") == {("other_region", "theirs:64.09.03")}


def test_the_row_of_another_kabupaten_is_recognised_too() -> None:
    theirs = KECAMATAN | {"64.09.02": KECAMATAN["64.72.02"]}
    told = found(KECAMATAN, theirs)
    assert first(told, "64.09.02") == {("other_region", "theirs:64.72.02")}


def test_two_rows_that_changed_places_are_each_the_others() -> None:
    one, two = "64.09.01", "64.09.02"
    theirs = KECAMATAN | {one: KECAMATAN[two], two: KECAMATAN[one]}
    told = found(KECAMATAN, theirs)
    assert {id_ for region in (one, two) for id_, _ in first(told, region)} == {"other_region"}


def test_a_row_of_zeros_is_nobodys() -> None:
    zeros = KECAMATAN | {"64.09.03": (0, 0, 0)}
    theirs = zeros | {"64.09.02": (0, 0, 0)}
    assert not any("other_region" in ids(one) for (_, _), one in found(zeros, theirs).items())


def test_a_row_with_one_box_apart_is_a_smaller_error() -> None:
    near = KECAMATAN | {"64.09.03": (9210, 7044, 190)}
    theirs = near | {"64.09.02": (9210, 7044, 190)}
    assert "other_region" not in ids(found(near, theirs)["64.09.02", "invalid"])


def test_one_box_alone_is_no_row() -> None:
    sides = [
        pl.DataFrame({"kode": ["64.09.01", "64.09.02"], "suara_1": votes})
        for votes in ([812, 640], [812, 812])
    ]
    result = api.reconcile_with(sides[0], sides[1], Options(regions="none"))
    told = causes(result.comparisons.to_native().with_columns(name="region"))
    assert not any("other_region" in ids(one) for one in told.values())


def test_rows_in_another_order_are_told_as_one_thing() -> None:
    moved = ["64.09.02", "64.09.03", "64.09.04", "64.09.01"]
    rows = {at: KECAMATAN[other] for at, other in zip(sorted(moved), moved, strict=True)}
    told = found(KECAMATAN, KECAMATAN | rows)
    for at, other in zip(sorted(moved), moved, strict=True):
        assert first(told, at) == {("permuted_regions", f"4/4:{other}")}
    assert not any(region in {"64", "64.09"} for region, _ in told)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.integers(1000, 90000)] * 2, st.integers(10, 900)),
        min_size=3,
        max_size=9,
        unique_by=(itemgetter(0), itemgetter(1), itemgetter(2)),
    ),
    st.integers(1, 8),
)
def test_whatever_moves_on_is_found_in_another_order(rows: list[Row], steps: int) -> None:
    steps = steps % len(rows) or 1
    codes = [f"64.09.{number:02}" for number in range(1, len(rows) + 1)]
    moved = rows[steps:] + rows[:steps]
    told = found(dict(zip(codes, rows, strict=True)), dict(zip(codes, moved, strict=True)))
    for one in told.values():
        assert "permuted_regions" in ids(one)


DESA: dict[str, Row] = {
    f"64.09.{kecamatan:02}.20{desa:02}": (
        400 + 97 * desa,
        300 + 61 * desa * kecamatan,
        3 + 7 * desa,
    )
    for kecamatan in (1, 2, 3)
    for desa in range(1, 7)
}


def kecamatan(**changed: Row) -> dict[str, Row]:
    """The kecamatan that those desa make, but for what is changed (k1: the first one)."""
    rows = {}
    for number in (1, 2, 3):
        code = f"64.09.{number:02}"
        parts = [row for desa, row in DESA.items() if desa.startswith(code)]
        sums = tuple(map(sum, zip(*parts, strict=True)))
        rows[code] = plus(sums, changed.get(f"k{number}", (0, 0, 0)))
    return rows


def plus(row: tuple[int, ...], other: tuple[int, ...], sign: int = 1) -> Row:
    """Add two rows up."""
    first_, second, third = (a + sign * b for a, b in zip(row, other, strict=True))
    return first_, second, third


PART = "64.09.02.2003"
LESS = plus((0, 0, 0), DESA[PART], -1)
TWICE = kecamatan()["64.09.02"]


@pytest.mark.parametrize(
    ("more", "id_", "mark"),
    [
        (LESS, "unit_missing", f":{PART}"),
        (DESA[PART], "unit_twice", f":{PART}"),
        (TWICE, "total_row_added", ":x2"),
    ],
)
def test_a_part_too_few_or_too_many_is_recognised(more: Row, id_: str, mark: str) -> None:
    whole = kecamatan(k2=more)
    assert first(found(DESA, whole), "64.09.02") == {(id_, "theirs" + mark)}
    assert first(found(whole, DESA), "64.09.02") == {(id_, "ours" + mark)}


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_every_engine_finds_the_part(engine: str) -> None:
    sides = table(DESA), table(kecamatan(k2=LESS))
    result = api.reconcile_with(*sides, Options(regions="none", engine=engine))
    told = causes(result.comparisons.to_native().with_columns(name="region"))
    assert first(told, "64.09.02") == {("unit_missing", f"theirs:{PART}")}


def test_a_subtotal_on_top_may_be_a_part_twice() -> None:
    stations = {
        f"{desa}.{number:03}": tuple(votes // 3 for votes in row)
        for desa, row in DESA.items()
        for number in (1, 2, 3)
    }
    rows = [{"kode": code[:13], "tps": code[-3:], "suara_1": a, "suara_2": b, "tidak_sah": c}
            for code, (a, b, c) in stations.items()]  # fmt: skip
    desa = {
        code: plus((0, 0, 0), tuple(votes // 3 * 3 for votes in row)) for code, row in DESA.items()
    }
    whole: dict[str, Row] = {}
    for code, row in desa.items():
        whole[code[:8]] = plus(whole.get(code[:8], (0, 0, 0)), row)
    whole["64.09.02"] = plus(whole["64.09.02"], desa[PART])
    result = api.reconcile_with(pl.DataFrame(rows), table(whole), Options(regions="none"))
    told = causes(result.comparisons.to_native().with_columns(name="region"))
    assert ids(told["64.09.02", "candidate:1"]) == ["unit_twice", "total_row_added"]


def test_what_one_part_explains_is_not_looked_for_above() -> None:
    theirs = KECAMATAN | {"64.09.02": KECAMATAN["64.09.03"]}
    told = found(KECAMATAN, theirs)
    assert all(not one for (region, _), one in told.items() if region in {"64", "64.09"})
