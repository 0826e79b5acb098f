"""Several captures of one system: the latest is compared, and what came before may be a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.options import Options
from tests.diagnoses.explaining import causes
from tests.systems.making import PAIRS, pilkada, row, write

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Result

Votes = dict[str, tuple[int, int]]

BOXES = ("suara_1", "suara_2")
FIRST = {"64.09.01": (812, 640), "64.09.02": (433, 520), "64.09.03": (690, 702)}
SECOND = {"64.09.01": (1230, 977), "64.09.02": (901, 888), "64.09.03": (1112, 1340)}
LAST = {"64.09.01": (1411, 1120), "64.09.02": (1003, 962), "64.09.03": (1250, 1493)}
TIMES = ("2024-11-28T0800+0800", "2024-11-28T1000+0800", "2024-11-28T1200+0800")


def csv(rows: Votes, time: str | None = None) -> str:
    """Lay rows out as a table, each with its time where one is given."""
    head = ["kode", *(["waktu"] if time else []), *BOXES]
    lines = [[code, *([time] if time else []), *map(str, votes)] for code, votes in rows.items()]
    return "\n".join(",".join(line) for line in [head, *lines])


def compared(
    folder: Path, ours: Votes, online: list[Votes], names: tuple[str, ...] = TIMES
) -> Result:
    """Reconcile a table with a folder of tables, one for each time."""
    (folder / "ours.csv").write_text(csv(ours))
    (folder / "kpu").mkdir()
    for name, rows in zip(names, online, strict=True):
        (folder / "kpu" / f"{name}.csv").write_text(csv(rows))
    given = Options(regions="none", levels=("kecamatan",))
    return api.reconcile_with(str(folder / "ours.csv"), str(folder / "kpu"), given)


def told(result: Result) -> dict[str, tuple[str, str]]:
    """What comes first for the first candidate of each region that differs: id and mark."""
    found = causes(result.comparisons.to_native().with_columns(name="region"))
    return {
        region: (one[0].id, one[0].mark)
        for (region, item), one in found.items()
        if item == "candidate:1" and one
    }


def test_of_tables_with_times_the_latest_is_compared(tmp_path: Path) -> None:
    result = compared(tmp_path, LAST, [FIRST, SECOND, LAST])
    assert result.summary["compared"] == result.summary["equal"] == 6
    assert any("captures" in text.template for text in result.assumptions)


def test_a_table_without_a_time_still_contradicts(tmp_path: Path) -> None:
    result = compared(tmp_path, LAST, [FIRST, LAST], (TIMES[0], "kpu"))
    assert result.summary["conflict"] == 6


def test_theirs_went_back_to_what_they_showed_before(tmp_path: Path) -> None:
    online = LAST | {"64.09.02": FIRST["64.09.02"]}
    result = compared(tmp_path, LAST, [FIRST, SECOND, online])
    assert told(result) == {"64.09.02": ("earlier_capture", "theirs@2024-11-28T08:00:00+08:00")}


def test_ours_is_what_they_showed_before(tmp_path: Path) -> None:
    ours = LAST | {"64.09.03": SECOND["64.09.03"]}
    result = compared(tmp_path, ours, [FIRST, SECOND, LAST])
    assert told(result) == {"64.09.03": ("earlier_capture", "ours@2024-11-28T10:00:00+08:00")}


def many(votes: int) -> Votes:
    """Thirty kecamatan, of which each grows by another number."""
    return {f"64.09.{n:02}": (votes + 13 * n, votes * n // (n + 9) + 7 * n) for n in range(1, 31)}


def test_theirs_stood_still_while_others_moved(tmp_path: Path) -> None:
    before, now = many(700), many(1900)
    result = compared(tmp_path, now, [before, now | {"64.09.07": before["64.09.07"]}], TIMES[1:])
    assert told(result) == {"64.09.07": ("earlier_capture", "theirs@2024-11-28T10:00:00+08:00")}


def test_where_most_stand_still_it_says_nothing(tmp_path: Path) -> None:
    now = many(1900)
    compared(tmp_path, now | {"64.09.07": (5555, 6666)}, [now, now], TIMES[1:])
    found = causes(compared_again(tmp_path).comparisons.to_native())
    assert found
    assert all(one.id != "earlier_capture" for several in found.values() for one in several)


def compared_again(folder: Path) -> Result:
    """Reconcile what is in a folder once more."""
    given = Options(regions="none", levels=("kecamatan",))
    return api.reconcile_with(str(folder / "ours.csv"), str(folder / "kpu"), given)


def test_crawls_of_a_system_give_their_past(tmp_path: Path) -> None:
    early = pilkada({"640901": row(812, 640, 20, 29), "640902": row(400, 300, 20, 29)},
                    "2024-11-28 08:00:00")  # fmt: skip
    late = pilkada({"640901": row(1411, 1120, 29, 29), "640902": row(900, 800, 29, 29)},
                   "2024-11-28 12:00:00")  # fmt: skip
    answers = {"a/pkwkp/64/6409.json": early, "b/pkwkp/64/6409.json": late}
    write(tmp_path / "kpu", answers | {"paslon/pkwkp.json": PAIRS})
    (tmp_path / "ours.csv").write_text(csv({"64.09.01": (812, 640), "64.09.02": (900, 800)}))
    result = compared_again(tmp_path)
    marks = {mark for id_, mark in told(result).values() if id_ == "earlier_capture"}
    assert marks == {"ours@2024-11-28T08:00:00+08:00"}


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_every_engine_sees_the_same_past(tmp_path: Path, engine: str) -> None:
    online = LAST | {"64.09.02": FIRST["64.09.02"]}
    compared(tmp_path, LAST, [FIRST, SECOND, online])
    given = Options(regions="none", levels=("kecamatan",), engine=engine)
    result = api.reconcile_with(str(tmp_path / "ours.csv"), str(tmp_path / "kpu"), given)
    assert set(told(result)) == {"64.09.02"}
