"""Chains in words: for a table, for a reader, in both languages."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from recount.chain import CHAIN, Link
from recount.report import _chain, build, columns, frames
from tests.report import samples

CASES = [
    ([Link("desa", None, 1204, 1, 1), Link("kecamatan", None, 1024, 1, 1)],
     "desa 1204 -> kecamatan 1024", "desa 1,204 -> kecamatan 1,024"),
    ([Link("tps", None, 900, 14, 17), Link("count", None, 1024, 1, 1)],
     "tps 14/17 900 -> count 1024", "TPS 900 (from 14 of 17) -> online 1,024"),
    ([Link("tps", None, 900, 14, None), Link("recap", None, None, 0, 1)],
     "tps 14/? 900 -> recap ?", "TPS 900 (from 14 of an unknown number) -> recap blank"),
]  # fmt: skip


def told(links: list[Link]) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in Link._fields[:-1]} for one in links]


@pytest.mark.parametrize(("links", "plain", "words"), CASES)
def test_a_chain_in_words(links: list[Link], plain: str, words: str) -> None:
    assert _chain.plain(told(links)) == plain
    assert _chain.said(told(links), "en") == words
    assert _chain.said(told(links), "id").count(" -> ") == words.count(" -> ")


def test_the_columns_stand_where_there_is_a_chain() -> None:
    rows = samples.comparisons([samples.row("desa", "64.11.04.2010", "A", "valid", 300, 318)])
    assert "chain" not in [one.key for one in columns.comparisons("en", recap=False)]
    without = frames.comparisons(rows, samples.ELECTION, "en").collect()
    assert without["chain_words"].to_list() == [None]
    links = nw.new_series("chain", [told(CASES[0][0])], CHAIN, backend="polars")
    chained = rows.with_columns(links, changed_at=nw.lit("kecamatan"))
    frame = frames.comparisons(chained, samples.ELECTION, "id").collect()
    assert frame["changed_at_words"].to_list() == ["kecamatan"]
    assert frame["chain_words"].to_list() == ["desa 1.204 -> kecamatan 1.024"]
    assert (
        _chain.changes(chained, "en")[0]
        == "Where the figures that differ change first: kecamatan 1."
    )
    assert _chain.changes(rows, "en") == ()


def test_a_report_without_a_chain_says_nothing_of_one() -> None:
    report = build(samples.small(), "en")
    assert not [line for line in report.closing if "trace" in line]
    assert "chain" not in {one.key for one in report.main().columns}
    assert isinstance(report.main().rows, pl.LazyFrame)
