"""Several tables of an online page: captures of the same regions, or parts of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount.api import reconcile_with
from recount.options import Options
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kode,nama,tps_in,tps_total,1,2"
OURS = "kode,nama,1,2\n64.71,BALIKPAPAN,100,50\n64.72,SAMARINDA,200,90\n"
MORNING, EVENING = "2018-06-29T1030+0800", "2018-06-30T1200+0800"
BOTH = {"64.71": "BALIKPAPAN", "64.72": "SAMARINDA"}


def put(folder: Path, tables: dict[str, dict[str, tuple[int, int]]]) -> tuple[str, str]:
    """Write our forms, and one online table for each name: code -> votes."""
    (folder / "ours.csv").write_text(OURS, encoding="utf-8")
    (folder / "online").mkdir()
    for name, rows in tables.items():
        lines = [f"{code},{BOTH[code]},9,9,{a},{b}" for code, (a, b) in rows.items()]
        text = "\n".join([HEAD, *lines, ""])
        (folder / "online" / f"{name}.csv").write_text(text, encoding="utf-8")
    return f"{folder / 'ours.csv'}", f"{folder / 'online'}"


WHOLE = {"64.71": (100, 50), "64.72": (200, 90)}


@pytest.mark.parametrize("keep", [False, True])
def test_of_captures_of_the_same_regions_the_latest_is_compared(tmp_path: Path, keep: bool) -> None:  # noqa: FBT001
    tables = {MORNING: {"64.71": (80, 40), "64.72": (150, 80)}, EVENING: WHOLE}
    result = reconcile_with(*put(tmp_path, tables), Options(captures=keep))
    assert result.summary["conflict"] == 0
    assert result.summary["equal"] == result.summary["compared"] > 0
    said = [speak(text, "en") for text in result.assumptions]
    assert "Of 2 captures the latest is compared, of 2018-06-30T12:00:00+08:00." in said
    online = [one for one in result.inputs if one.side == "theirs"]
    assert [(one.forms, one.taken_at) for one in online] == [
        (0, "2018-06-29T10:30:00+08:00"),
        (2, "2018-06-30T12:00:00+08:00"),
    ]
    times = [one.taken_at for one in result.captures]
    assert times == (["2018-06-29T10:30:00+08:00", "2018-06-30T12:00:00+08:00"] if keep else [])


def test_tables_of_different_regions_are_parts_whatever_their_times(tmp_path: Path) -> None:
    tables = {MORNING: {"64.71": (100, 50)}, EVENING: {"64.72": (200, 90)}}
    result = reconcile_with(*put(tmp_path, tables), Options())
    assert result.outcome[0].theirs.units == 2
    assert result.summary["equal"] == result.summary["compared"] > 0
    assert not any("captures" in speak(text, "en") for text in result.assumptions)


def test_a_table_without_a_time_still_contradicts_one_that_has_one(tmp_path: Path) -> None:
    tables = {"kpu": {"64.71": (80, 40), "64.72": (150, 80)}, EVENING: WHOLE}
    result = reconcile_with(*put(tmp_path, tables), Options())
    assert result.summary["conflict"] > 0


def test_beside_captures_a_table_without_a_time_is_left_out(tmp_path: Path) -> None:
    older = {"64.71": (80, 40), "64.72": (150, 80)}
    tables = {"kpu": older, MORNING: older, EVENING: WHOLE}
    result = reconcile_with(*put(tmp_path, tables), Options())
    assert result.summary["conflict"] == 0
    assert result.summary["equal"] == result.summary["compared"] > 0
    said = [speak(text, "en") for text in result.assumptions]
    assert any(line.startswith("Of 2 captures the latest is compared") for line in said)
    assert "Left out, because nothing says of what time it is: kpu.csv." in said


def test_earlier_times_of_one_table_are_captures_too(tmp_path: Path) -> None:
    ours, folder = put(tmp_path, {})
    lines = [
        "seen_at,kode,nama,tps_in,tps_total,1,2",
        "2018-06-29T10:30+08:00,64.71,BALIKPAPAN,8,9,80,40",
        "2018-06-30T12:00+08:00,64.71,BALIKPAPAN,9,9,100,50",
    ]
    (tmp_path / "online" / "seen.csv").write_text("\n".join(lines), encoding="utf-8")
    result = reconcile_with(ours, folder, Options(captures=True))
    assert len({one.taken_at for one in result.captures}) == 2
    assert result.summary["conflict"] == 0
