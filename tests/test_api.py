"""What a script calls: frames of every kind in, the same kind out, and the same answer."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import recount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OURS = pl.DataFrame(
    {"kecamatan": ["Palaran", "Sambutan"], "suara_1": [812, None], "suara_2": [1204, 77]}
)
THEIRS = pl.DataFrame(
    {"kecamatan": ["PALARAN", "SAMBUTAN"], "suara_1": [821, 40], "suara_2": [1204, 77]}
)
KINDS: dict[str, tuple[Callable[[pl.DataFrame], Any], type]] = {
    "pandas": (lambda frame: frame.to_pandas(), pd.DataFrame),
    "polars": (lambda frame: frame, pl.DataFrame),
    "polars, lazy": (lambda frame: frame.lazy(), pl.DataFrame),
    "pyarrow": (lambda frame: frame.to_arrow(), pa.Table),
    "duckdb": (lambda frame: duckdb.from_arrow(frame.to_arrow()), duckdb.DuckDBPyRelation),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_comes_back_as_the_kind_that_went_in(kind: str) -> None:
    made, expected = KINDS[kind]
    result = recount.reconcile(made(OURS), made(THEIRS))
    assert isinstance(result.comparisons, expected)
    assert result.summary["differs"] == 1
    assert result.summary["unread"] == 1
    native: Any = result.comparisons
    frame = nw.from_native(native)
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    rows = {(row["name"].upper(), row["item"]): row for row in eager.iter_rows(named=True)}
    assert rows["PALARAN", "candidate:1"]["difference"] == -9


def test_paths_give_pandas_with_whole_numbers(tmp_path: Path) -> None:
    OURS.write_csv(tmp_path / "ours.csv")
    THEIRS.write_csv(tmp_path / "theirs.csv")
    result = recount.reconcile(tmp_path / "ours.csv", str(tmp_path / "theirs.csv"))
    assert isinstance(result.comparisons, pd.DataFrame)
    assert str(result.comparisons["ours"].dtype) == "Int64"
    assert result.comparisons["ours"].isna().sum() == 1


def test_a_fraction_in_a_frame_is_unread_and_not_a_thousand() -> None:
    ours = pd.DataFrame({"kecamatan": ["Palaran"], "suara_1": [1.234], "suara_2": [7.0]})
    tallied = recount.check(ours)
    assert [(f.rule, f.severity) for f in tallied.findings] == [("R12", "error")]
    totals = recount.aggregate(ours).totals
    assert totals["candidate:1"].isna().all()
    assert totals["candidate:2"].tolist() == [7]


def test_what_cannot_be_compared_is_an_error() -> None:
    other = pl.DataFrame({"kecamatan": ["Palaran"], "suara_sah": [3]})
    with pytest.raises(recount.RecountError):
        recount.reconcile(OURS.select("kecamatan", "suara_1"), other, items="valid,invalid")


def test_the_package_loads_nothing_heavy() -> None:
    heavy = "{'polars', 'pandas', 'narwhals', 'duckdb', 'openpyxl', 'rich', 'pyarrow'}"
    code = f"import sys, recount; assert not {heavy} & set(sys.modules), sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_contest_of_one_side_is_told_and_each_adds_up_for_itself(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(
        "pemilihan,kecamatan,suara_1,suara_2,suara_3,suara_sah\n"
        "pilgub,Palaran,1,2,3,6\npilbup,Palaran,1,2,,9\n"
    )
    (tmp_path / "theirs.csv").write_text(
        "pemilihan,kecamatan,suara_1,suara_2,suara_3\npilgub,Palaran,1,2,3\n"
    )
    result = recount.reconcile(tmp_path / "ours.csv", tmp_path / "theirs.csv")
    told = [(f.rule, f.contest, f.side) for f in result.findings]
    assert told == [("contest-one-sided", "pilbup", "ours"), ("R1", "pilbup", "ours")]
    candidates = {c.id: len(c.candidates) for c in result.election.contests}
    assert candidates == {"pilbup": 2, "pilgub": 3}
