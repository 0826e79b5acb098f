"""Our forms against snapshots: withheld, partial, layers, contests; the same from every engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from recount.api import check, reconcile_with
from recount.errors import RecountError
from recount.options import Options
from recount.report import RENDERERS, build
from tests.systems.making import PAIRS, pilkada, row, write

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Result

OURS = (
    b"kode,suara_1,suara_2\n"
    b"64.03.01,1637,1792\n64.03.02,3311,5030\n64.03.03,12719,8731\n64.03.04,5,6\n"
)
TABLE = {
    "640301": row(1287, 1482, 14, 20),
    "640302": row(3311, 5030, 29, 29),
    "640303": row(12700, 8731, 75, 75),
    "640304": row(0, 0, 10, 40),
    "640305": row(0, 0, 0, 40),
}


def compared(folder: Path, table: dict[str, Any] = TABLE, **options: Any) -> Result:  # noqa: ANN401
    write(folder / "kpu", {"pkwkp/64/6403.json": pilkada(table), "paslon/pkwkp.json": PAIRS})
    write(folder, {"ours.csv": OURS})
    asked = Options(everything=True, **options)
    return reconcile_with([str(folder / "ours.csv")], [str(folder / "kpu")], asked)


def statuses(result: Result, level: str = "kecamatan") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in result.comparisons.iter_rows(named=True):
        if one["level"] == level:
            found.setdefault(one["region"], []).append(one["status"])
    return found


def test_every_difference_is_called_what_it_is(tmp_path: Path) -> None:
    result = compared(tmp_path)
    assert statuses(result) == {
        "64.03.01": ["partial", "partial"],
        "64.03.02": ["equal", "equal"],
        "64.03.03": ["differs", "equal"],
        "64.03.04": ["withheld", "withheld"],
        "64.03.05": ["theirs_only", "theirs_only"],
    }
    withheld = [
        one for one in result.comparisons.iter_rows(named=True) if one["status"] == "withheld"
    ]
    assert {one["theirs"] for one in withheld} == {None}
    # The kabupaten's own figure is of fewer TPS than there are.
    assert set(statuses(result, "kabkota")["64.03"]) == {"partial"}


def test_withheld_figures_are_no_standing(tmp_path: Path) -> None:
    outcome = compared(tmp_path, levels=("kecamatan",)).outcome[0]
    assert dict(outcome.theirs.ranking) == {"1": 1287 + 3311 + 12700, "2": 1482 + 5030 + 8731}


def test_a_region_that_is_not_all_in_favours_nobody_and_changes_no_leader(tmp_path: Path) -> None:
    # 64.03.01 has another leader with our figures, and so has the kabupaten; but 6 TPS are out.
    table = {**TABLE, "640301": row(1787, 1482, 14, 20), "640303": row(8700, 8731, 75, 75)}
    outcome = compared(tmp_path, table).outcome[0]
    assert [(one.level, one.region, one.theirs) for one in outcome.flips] == [
        ("kecamatan", "64.03.03", "2")
    ]
    assert [one[:3] for one in outcome.favours] == [("1", 0, 1), ("2", 0, 0)]
    # Ours of the kecamatan that is withheld counts; of the last one nothing is known.
    assert [one.region for one in outcome.first_to_collect] == ["64.03.05"]
    assert outcome.certain is None


def test_a_capture_that_withholds_everything_is_not_compared(tmp_path: Path) -> None:
    table = {code: row(0, 0, 20, 20) for code in ("640301", "640302", "640303", "640304")}
    with pytest.raises(RecountError) as stopped:
        compared(tmp_path, table)
    assert dict(stopped.value.message.values)["withheld"] == 12
    assert "withholds" in stopped.value.message.template


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_every_engine_gives_the_same_bytes(tmp_path: Path, engine: str) -> None:
    texts = [
        RENDERERS["json"](build(compared(tmp_path, engine=name), "en"))
        for name in ("polars", engine)
    ]
    assert texts[0] == texts[1]


def test_the_count_says_that_it_is_no_recap(tmp_path: Path) -> None:
    result = compared(tmp_path)
    assert any("hhcw" in text.template for text in result.assumptions)
    files = {one.path.rpartition("/")[2]: one for one in result.inputs if one.side == "theirs"}
    answer = files["6403.json"]
    assert (answer.system, answer.layer) == ("sirekap-pilkada-2024", "count")
    assert answer.taken_at == "2024-11-28T10:15:04+08:00"
    assert (answer.forms, files["pkwkp.json"].layer) == (6, None)


def test_one_contest_of_several_has_to_be_chosen(tmp_path: Path) -> None:
    regents = {code: row(7, 8, 1, 9) for code in ("6401", "6403")}
    write(tmp_path / "kpu", {"pkwkk/64.json": pilkada(regents)})
    with pytest.raises(RecountError) as stopped:
        compared(tmp_path)
    assert "pkwkk-6401" in str(dict(stopped.value.mend.values)["contests"])
    chosen = compared(tmp_path, contest="pkwkp-64")
    assert statuses(chosen)["64.03.02"] == ["equal", "equal"]
    assert [one.contest for one in chosen.outcome] == ["pkwkp-64"]


def test_of_several_crawls_the_latest_is_compared_and_said(tmp_path: Path) -> None:
    early = pilkada({"640302": row(1, 2, 3, 29)}, "2024-11-28 08:00:00")
    write(tmp_path / "kpu", {"a/pkwkp/64/6403.json": early})
    result = compared(tmp_path)
    assert statuses(result)["64.03.02"] == ["equal", "equal"]
    assert any("captures" in text.template for text in result.assumptions)


def test_rows_that_equal_another_regions_rows_are_told(tmp_path: Path) -> None:
    table = {**TABLE, "640306": row(12700, 8731, 75, 75)}
    write(tmp_path, {"pkwkp/64/6403.json": pilkada(table), "paslon/pkwkp.json": PAIRS})
    repeats = [one for one in check(tmp_path).findings if one.rule == "repeat"]
    assert [(one.region, dict(one.message.values)["other"]) for one in repeats] == [
        ("64.03.06", "64.03.03")
    ]


def test_addresses_name_the_file_and_the_line(tmp_path: Path) -> None:
    answer = pilkada(TABLE)
    text = re.sub(rb'("64030\d")', rb"\n\1", __import__("json").dumps(answer).encode())
    write(tmp_path / "kpu", {"pkwkp/64/6403.json": text, "paslon/pkwkp.json": PAIRS})
    write(tmp_path, {"ours.csv": OURS})
    sides = [str(tmp_path / "ours.csv")], [str(tmp_path / "kpu")]
    rows = reconcile_with(*sides, Options()).comparisons.iter_rows(named=True)
    places = {one["region"]: one["place_theirs"] for one in rows if one["level"] == "kecamatan"}
    assert places["64.03.03"] == "pkwkp/64/6403.json:4"
