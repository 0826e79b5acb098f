"""Tables that people made of an online page: progress, time, both layers; pages and records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from recount import reconcile
from recount.systems import snapshots
from tests.systems.making import write

if TYPE_CHECKING:
    from pathlib import Path

OURS = "kode,kecamatan,suara_1,suara_2\n64.03.01,Kelay,1637,1792\n64.03.02,Talisayan,3311,5030\n"
PAGE = b"""<!DOCTYPE html><html><head><title>x</title><style>td {}</style></head><body>
<script>document.write('<table><tr><td>9</td></tr></table>')</script>
<table><tr><th>Kode</th><th>Kecamatan</th><th>Paslon 1</th><th>Paslon 2</th><th>TPS masuk</th>
<th>Total TPS</th></tr><tr><td>64.03.01</td><td>Kelay</td><td>1.287</td><td>1.482</td><td>14</td>
<td>20</td></tr><tr><td>64.03.02</td><td>Talisayan</td><td>3.311</td><td>5.030</td><td>29</td>
<td>29</td></table></body></html>"""
RECORDS = [
    {"kode": "64.03.01", "paslon 1": 1287, "paslon 2": "1482", "tps_in": 14, "tps_total": 20},
    {"kode": "64.03.02", "paslon 1": 3311, "paslon 2": 5030, "tps_in": 29, "tps_total": 29},
]
CSV = b"""kode,paslon 1,paslon 2,progres,seen_at
64.03.01,1287,1482,"70,00 %",2024-11-28 10:15
64.03.02,3311,5030,100 %,2024-11-28 10:15
"""


def statuses(result: Any) -> dict[tuple[str, str], str]:  # noqa: ANN401
    frame = result.comparisons
    return {
        (region, item): status
        for region, item, status in zip(
            frame["region"], frame["item"], frame["status"], strict=True
        )
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [("page.html", PAGE), ("records.json", json.dumps(RECORDS).encode()), ("table.csv", CSV)],
)
def test_progress_makes_a_difference_partial_whatever_the_file(
    tmp_path: Path, name: str, data: bytes
) -> None:
    write(tmp_path, {"ours.csv": OURS.encode(), name: data})
    result = reconcile(
        tmp_path / "ours.csv", tmp_path / name, levels=("kecamatan",), everything=True
    )
    found = statuses(result)
    assert found["64.03.01", "candidate:1"] == "partial"
    assert found["64.03.02", "candidate:2"] == "equal"
    theirs = next(one for one in result.inputs if one.side == "theirs")
    assert theirs.system == "table"


def test_the_time_of_a_column_is_the_time_of_the_table(tmp_path: Path) -> None:
    write(tmp_path, {"table.csv": CSV})
    (found,) = snapshots([tmp_path / "table.csv"])
    assert found.taken_at == "2024-11-28T10:15:00+08:00"


def test_rows_of_several_times_are_several_snapshots_and_the_latest_is_compared(
    tmp_path: Path,
) -> None:
    later = CSV + b"64.03.01,1637,1792,100 %,2024-11-29 09:00\n"
    write(tmp_path, {"ours.csv": OURS.encode(), "table.csv": later})
    assert [len(one.tables[0].rows) for one in snapshots([tmp_path / "table.csv"])] == [2, 1]
    result = reconcile(tmp_path / "ours.csv", tmp_path / "table.csv", everything=True)
    assert statuses(result)["64.03.01", "candidate:1"] == "equal"
    assert any("latest" in text.template for text in result.assumptions)


def test_three_columns_where_both_layers_are_at_hand(tmp_path: Path) -> None:
    both = (
        "kode,kecamatan,situng_1,situng_2,rekap_1,rekap_2\n"
        "64.03.01,Kelay,1600,1792,1637,1792\n64.03.02,Talisayan,3311,5030,3311,\n"
    )
    write(tmp_path, {"ours.csv": OURS.encode(), "both.csv": both.encode()})
    for engine in ("polars", "duckdb", "pandas"):
        result = reconcile(
            tmp_path / "ours.csv", tmp_path / "both.csv", everything=True, engine=engine
        )
        frame = result.comparisons
        rows = zip(frame["level"], frame["region"], frame["item"], frame["recap"], strict=True)
        recap = {
            (region, item): None if pd.isna(figure) else int(figure)
            for level, region, item, figure in rows
            if level == "kecamatan"
        }
        assert recap == {
            ("64.03.01", "candidate:1"): 1637,
            ("64.03.01", "candidate:2"): 1792,
            ("64.03.02", "candidate:1"): 3311,
            ("64.03.02", "candidate:2"): None,
        }
        theirs = next(one for one in result.inputs if one.side == "theirs")
        assert (theirs.layer, theirs.forms) == ("count", 2)
        assert any("How many TPS are in" in text.template for text in result.assumptions)


@pytest.mark.parametrize(
    ("name", "data"),
    [("page.html", PAGE), ("records.json", json.dumps(RECORDS).encode()), ("table.csv", CSV)],
)
def test_the_columns_of_the_progress_are_used_and_not_told(
    tmp_path: Path, name: str, data: bytes
) -> None:
    write(tmp_path, {name: data})
    (found,) = snapshots([tmp_path / name])
    assert [gap.rule for gap in found.gaps] == []


def test_ts_beside_valid_votes_are_invalid_votes_and_no_times(tmp_path: Path) -> None:
    data = b"kode,paslon 1,paslon 2,sah,ts\n64.03.01,10,20,30,7\n64.03.02,1,2,3,8\n"
    write(tmp_path, {"table.csv": data})
    (found,) = snapshots([tmp_path / "table.csv"])
    assert found.tables[0].rows["invalid"].to_list() == ["7", "8"]
