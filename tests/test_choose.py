"""Several copies of one form: they count once, none silently, and each address is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.engine import ENGINES
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from recount.result import Result

THEIRS = "kecamatan,suara_1,suara_2\nPalaran,5,6\nSambutan,1,1\n"


def against_theirs(path: Path, *ours: str, engine: str = "polars") -> Result:
    for number, text in enumerate(ours, start=1):
        (path / f"f{number}.csv").write_text(text)
    (path / "kpu.csv").write_text(THEIRS)
    files = sorted(path.glob("f*.csv"))
    return api.reconcile_with(files, path / "kpu.csv", Options(everything=True, engine=engine))


def palaran(result: Result) -> dict[str, dict[str, Any]]:
    rows = result.comparisons.iter_rows(named=True)
    return {row["item"]: row for row in rows if row["region"] == "PALARAN"}


WIDE = "kecamatan,suara_1,suara_2\n"
LONG = "kecamatan,paslon,suara\n"


@pytest.mark.parametrize(
    ("first", "second", "figures", "status", "place", "rule"),
    [
        ("Palaran,5,6\n", "Palaran,5,6\n", (5, 6), "equal", "f1.csv:2", "copies"),
        ("Palaran,5,\n", "Palaran,5,6\n", (5, 6), "equal", "f2.csv:2", "copies"),
        ("Palaran,5,6\n", "Palaran,5,\n", (5, 6), "equal", "f1.csv:2", "copies"),
        (
            "Palaran,5,6\n",
            "Palaran,5,7\n",
            (5, None),
            "conflict",
            "f1.csv:2 | f2.csv:2",
            "conflict",
        ),
        ("Palaran,5,\n", "Palaran,5,\n", (5, None), "unread", "f1.csv:2", "copies"),
    ],
)
def test_copies_in_two_files(
    tmp_path: Path,
    first: str,
    second: str,
    figures: tuple[int, int | None],
    status: str,
    place: str,
    rule: str,
) -> None:
    result = against_theirs(tmp_path, WIDE + first, WIDE + second)
    rows = palaran(result)
    assert (rows["candidate:1"]["ours"], rows["candidate:2"]["ours"]) == figures
    assert rows["candidate:2"]["status"] == status
    assert rows["candidate:2"]["place_ours"] == place
    assert [f.rule for f in result.findings] == [rule]
    assert result.findings[0].place == "f1.csv:2 | f2.csv:2"


def test_a_form_whose_boxes_stand_in_two_long_tables(tmp_path: Path) -> None:
    second = "Sambutan,2,9\nPalaran,2,6\n"
    rows = palaran(against_theirs(tmp_path, LONG + "Palaran,1,5\n", LONG + second))
    assert [row["place_ours"] for row in rows.values()] == ["f1.csv:2", "f2.csv:3"]
    assert [row["status"] for row in rows.values()] == ["equal", "equal"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_conflict_counts_for_nobody_until_it_is_decided(tmp_path: Path, engine: str) -> None:
    ours = "Palaran,5,6\nPalaran,5,60\nSambutan,1,1\n"
    result = against_theirs(tmp_path, WIDE + ours, engine=engine)
    assert result.summary["conflict"] == 1
    assert result.outcome[0].ours.units == 1
    # Theirs stands in for the copies that contradict each other.
    assert [votes.votes for votes in result.outcome[0].corrected.ranking] == [7, 6]
