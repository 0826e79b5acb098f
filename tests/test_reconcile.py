"""The promises of the main job, over elections that hypothesis makes up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from recount import api
from recount.engine import ENGINES
from recount.errors import RecountError
from recount.options import Options
from recount.report import RENDERERS, build

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Result

Key = tuple[str, str, int]
Figures = tuple[int | None, int | None]

QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without shrinking: three engines a case would take minutes over it."""

KEYS = st.tuples(
    st.sampled_from(["Kab. Paser", "Kota Samarinda", "Kota Bontang"]),
    st.sampled_from(["Palaran", "Sungai Kunjang", "Long Ikis"]),
    st.integers(1, 4),
)
COUNT = st.one_of(st.none(), st.integers(0, 999))
SIDE = st.dictionaries(KEYS, st.tuples(COUNT, COUNT), min_size=1, max_size=25)


def frame(side: dict[Key, Figures]) -> pl.DataFrame:
    rows = [(*key, *figures) for key, figures in side.items()]
    names = ["kabupaten/kota", "kecamatan", "tps", "suara_1", "suara_2"]
    types = [pl.String, pl.String, pl.Int64, pl.Int64, pl.Int64]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def rows(result: Result) -> list[dict[str, Any]]:
    frame_: pl.DataFrame = result.comparisons.to_native()
    return frame_.to_dicts()


def reconciled(ours: Any, theirs: Any, **options: Any) -> Result:  # noqa: ANN401 - paths or frames
    """Reconcile; sides that have nothing in common are another test's matter."""
    try:
        return api.reconcile_with(ours, theirs, Options(**options))
    except RecountError:
        assume(False)  # noqa: FBT003 - how hypothesis is told
        raise


@given(SIDE, SIDE)
@settings(max_examples=15, deadline=None)
def test_every_station_of_both_sides_is_accounted_for(
    ours: dict[Key, Figures], theirs: dict[Key, Figures]
) -> None:
    found = [
        row
        for row in rows(reconciled(frame(ours), frame(theirs), everything=True))
        if row["level"] == "tps"
    ]
    seen = [(row["region"], row["item"]) for row in found]
    assert len(seen) == len(set(seen)) == 2 * len(ours.keys() | theirs.keys())
    held = dict.fromkeys(("ours_only", "theirs_only"), 0)
    for row in found:
        if row["status"] in held:
            held[row["status"]] += 1
    assert held["ours_only"] == 2 * len(ours.keys() - theirs.keys())
    assert held["theirs_only"] == 2 * len(theirs.keys() - ours.keys())


@given(SIDE)
@settings(max_examples=15, deadline=None)
def test_a_side_never_differs_from_itself(side: dict[Key, Figures]) -> None:
    result = reconciled(frame(side), frame(side))
    assert not {row["status"] for row in rows(result)} - {"unread"}
    assert result.summary["differs"] == result.summary["partial"] == 0


SWAPPED = {"ours_only": "theirs_only", "theirs_only": "ours_only"}


@given(SIDE, SIDE)
@settings(max_examples=15, deadline=None)
def test_swapping_the_sides_flips_the_sign(
    ours: dict[Key, Figures], theirs: dict[Key, Figures]
) -> None:
    there = {
        (row["level"], row["region"], row["item"]): row
        for row in rows(reconciled(frame(ours), frame(theirs), everything=True))
    }
    back = {
        (row["level"], row["region"], row["item"]): row
        for row in rows(reconciled(frame(theirs), frame(ours), everything=True))
    }
    assert there.keys() == back.keys()
    for key, row in there.items():
        other = back[key]
        assert (row["ours"], row["theirs"]) == (other["theirs"], other["ours"])
        assert (row["ours_read"], row["theirs_read"]) == (other["theirs_read"], other["ours_read"])
        assert SWAPPED.get(row["status"], row["status"]) == other["status"]
        if row["difference"] is not None:
            assert row["difference"] == -other["difference"]


@given(SIDE, SIDE)
@settings(max_examples=15, deadline=None)
def test_sums_hold_only_what_both_sides_have(
    ours: dict[Key, Figures], theirs: dict[Key, Figures]
) -> None:
    # Without a list: what one expects beside the files is not the matter here.
    found = rows(reconciled(frame(ours), frame(theirs), everything=True, regions="none"))
    for row in found:
        if row["level"] != "kabkota" or row["status"] not in {"equal", "differs", "partial"}:
            continue
        at = int(row["item"][-1]) - 1
        common = [
            key
            for key in ours.keys() & theirs.keys()
            if key[0] == row["name"] and ours[key][at] is not None and theirs[key][at] is not None
        ]
        expected = [key for key in ours.keys() | theirs.keys() if key[0] == row["name"]]
        if common:
            assert row["ours"] == sum(ours[key][at] or 0 for key in common)
            assert row["theirs"] == sum(theirs[key][at] or 0 for key in common)
            assert row["ours_read"] == row["theirs_read"] == len(common)
        assert row["ours_expected"] == len(expected)


@given(SIDE)
@settings(max_examples=15, deadline=None)
def test_the_children_add_up_to_the_parent_and_its_n_of_m(side: dict[Key, Figures]) -> None:
    totals: pl.DataFrame = api.aggregate(frame(side), regions="none").totals
    for box in ("candidate:1", "candidate:2"):
        for parent, child in (("kabkota", "kecamatan"), ("kecamatan", "tps")):
            parents = totals.filter(level=parent)
            for row in parents.iter_rows(named=True):
                below = totals.filter(pl.col("level") == child).filter(
                    pl.col("parents").list.contains(row["region"])
                )
                figures = below[box].drop_nulls()
                assert row[box] == (figures.sum() if len(figures) else None)
                assert row[f"{box}.read"] == below[f"{box}.read"].sum()
                assert row["expected"] == below["expected"].sum()


@given(SIDE, SIDE)
@settings(max_examples=5, deadline=None, phases=QUICK)
def test_every_engine_gives_the_same_bytes(
    ours: dict[Key, Figures], theirs: dict[Key, Figures]
) -> None:
    documents = {
        RENDERERS["json"](
            build(reconciled(frame(ours), frame(theirs), engine=engine, everything=True), "en")
        )
        for engine in ENGINES
    }
    assert len(documents) == 1


MIXED = """kabupaten,kecamatan,tps,suara_1
Paser,Long Ikis,1,10
Paser,Long Ikis,2,20
Paser,Long Ikis,,31
Paser,Muara Komam,,5
"""


@pytest.mark.parametrize(
    ("theirs", "level", "region", "expected"),
    [
        # The form of the kecamatan is what is compared at its level ...
        ("Paser,Long Ikis,30\nPaser,Muara Komam,5\n", "kecamatan", "PASER/LONG IKIS", (31, 30)),
        # ... but the kabupaten is added up from the stations, and from the form without stations.
        ("Paser,Long Ikis,30\nPaser,Muara Komam,5\n", "kabkota", "PASER", (35, 35)),
    ],
)
def test_a_higher_form_is_compared_never_added(
    tmp_path: Path, theirs: str, level: str, region: str, expected: tuple[int, int]
) -> None:
    (tmp_path / "ours.csv").write_text(MIXED)
    (tmp_path / "theirs.csv").write_text("kabupaten,kecamatan,suara_1\n" + theirs)
    result = reconciled(tmp_path / "ours.csv", tmp_path / "theirs.csv", everything=True)
    found = {(row["level"], row["region"]): (row["ours"], row["theirs"]) for row in rows(result)}
    assert found[level, region] == expected


def test_a_higher_form_that_is_no_sum_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(MIXED)
    findings = api.check(tmp_path / "ours.csv", regions="none").findings
    assert [(f.rule, f.severity, f.place) for f in findings] == [("R11", "warning", "ours.csv:4")]
