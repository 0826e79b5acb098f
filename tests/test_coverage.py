"""How much was compared: held, compared and left out add up, and nothing is compared apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import RecountError, api
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Coverage

HEAD = "kabupaten,kecamatan,tps,suara_1,suara_2\n"


def held(path: Path, ours: str, theirs: str, **options: object) -> dict[str, Coverage]:
    (path / "ours.csv").write_text(HEAD + ours)
    (path / "kpu.csv").write_text(HEAD + theirs)
    given = Options(everything=True, **options)  # type: ignore[arg-type]
    result = api.reconcile_with(path / "ours.csv", path / "kpu.csv", given)
    return {one.level: one for one in result.coverage}


@pytest.mark.parametrize(
    ("ours", "theirs", "counts", "left_out"),
    [
        ("P,A,1,5,6\n", "P,A,1,5,6\n", (1, 1, 1), {}),
        ("P,A,1,5,6\nP,A,2,5,6\n", "P,A,1,5,6\n", (2, 1, 1), {"ours_only": 1}),
        ("P,A,1,5,6\n", "P,A,1,5,6\nP,B,1,5,6\n", (1, 2, 1), {"theirs_only": 1}),
        ("P,A,1,5,6\nP,A,2,5,\n", "P,A,1,5,6\nP,A,2,5,6\n", (2, 2, 1), {"unread": 1}),
        # A region counts once, however many boxes are amiss.
        ("P,A,1,5,6\nP,A,2,,\n", "P,A,1,5,6\nP,A,2,5,6\n", (1, 2, 1), {"unread": 1}),
        ("P,A,1,5,6\nP,A,1,6,7\nP,A,2,1,1\n", "P,A,1,5,6\nP,A,2,1,1\n", (1, 2, 1), {"conflict": 1}),
    ],
)
def test_stations(
    tmp_path: Path, ours: str, theirs: str, counts: tuple[int, int, int], left_out: dict[str, int]
) -> None:
    one = held(tmp_path, ours, theirs)["tps"]
    assert (one.ours, one.theirs, one.compared) == counts
    assert dict(one.left_out) == left_out
    assert one.expected == one.compared + sum(left_out.values())


def test_different_stations_of_one_kecamatan_are_not_compared(tmp_path: Path) -> None:
    found = held(tmp_path, "P,A,1,5,6\nP,B,1,1,1\n", "P,A,2,5,6\nP,B,1,1,1\n")["kecamatan"]
    assert (found.ours, found.theirs, found.compared) == (2, 2, 1)
    assert dict(found.left_out) == {"partial": 1}


def test_nothing_in_common_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RecountError):
        held(tmp_path, "P,A,1,5,6\n", "P,A,2,5,6\n")


def test_a_list_says_how_many_there_are_in_the_contest_s_region(tmp_path: Path) -> None:
    codes = {"64": "K", "64.01": "P", "64.01.01": "A", "64.01.02": "B", "64.02": "Q"}
    rows = "".join(f"{code},{name}\n" for code, name in {**codes, "64.02.01": "C"}.items())
    (tmp_path / "list.csv").write_text("kode,nama\n" + rows)
    (tmp_path / "recount.toml").write_text('[[contest]]\nid = "pilbup"\nregion = "64.01"\n')
    form = "P,A,,5,6\n"
    whole = held(tmp_path, form, form, regions=tmp_path / "list.csv")
    own = held(
        tmp_path,
        form,
        form,
        regions=tmp_path / "list.csv",
        election=tmp_path / "recount.toml",
    )
    assert (whole["kecamatan"].expected, own["kecamatan"].expected) == (3, 2)
