"""Possible causes as every output says them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from recount.report import RENDERERS, Look, build, frames
from tests.report import samples

TWO = (("transposed", "81>18", 2 / 1260), ("digit", "1>2@3", 0.0312))


def words(*causes: samples.Cause, lang: str = "en") -> dict[str, Any]:
    """Say the causes of one comparison, beside one without any."""
    rows = [
        samples.row("desa", "64.72.01.1001", "A", "candidate:1", 9_812, 9_182, causes=causes),
        samples.row("desa", "64.72.01.1002", "B", "candidate:1", 10, 9),
    ]
    found = frames.comparisons(samples.comparisons(rows), samples.ELECTION, lang).collect()
    assert found.select("causes", "cause_words", "cause_full").row(1) == (None, None, None)
    return found.row(0, named=True)


def test_several_causes_in_a_cell_and_line_by_line() -> None:
    said = words(*TWO)
    assert said["causes"] == "transposed digit"
    assert said["cause_words"] == "digits 81/18 swapped; digit 1/2"
    assert said["cause_full"].split("\n") == [
        (
            "Two digits side by side changed places: 81 in ours, 18 online. "
            "By chance it would fit about once in 600 such cases."
        ),
        (
            "One digit is another: 1 in ours, 2 online (digit 3 from the right). "
            "By chance it would fit about once in 30 such cases."
        ),
    ]


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.5, "about once in 2 such cases"),
        (0.012, "about once in 80 such cases"),
        (0.0012, "about once in 800 such cases"),
        (1e-5, "less than once in 1,000 such cases"),
    ],
)
def test_a_chance_in_words(chance: float, said: str) -> None:
    assert said in words(("digit", "1>2@3", chance))["cause_full"]


def test_what_is_no_coincidence_has_no_chance_in_words() -> None:
    said = words(("zero_or_blank", ">blank", 0.0), lang="id")
    assert said["cause_words"] == "kosong pada daring"
    assert said["cause_full"] == "Angka daring kosong atau tidak dapat dibaca."


def test_a_cause_that_nobody_has_words_for_is_named_and_harmless() -> None:
    assert words(("new\x1b[2J", "x", 0.1))["cause_words"] == "new\\x1b[2J"


def test_a_name_in_a_mark_is_harmless() -> None:
    said = words(("candidates_exchanged", "candidate:\x1b[2J{0}", 0.001))
    assert "\x1b" not in said["cause_words"] + said["cause_full"]


def test_a_frame_without_causes_is_unexplained() -> None:
    plain = samples.small()
    bare = nw.from_native(
        plain.comparisons.to_native().drop("causes", "cause_marks", "cause_chances"),
        eager_only=True,
    )
    report = build(replace(plain, comparisons=bare), "en")
    rows = csv.DictReader(io.StringIO(RENDERERS["csv"](report).decode("utf-8-sig")))
    assert {row["causes"] for row in rows} == {""}
    assert b'"causes":[],"cause_details":[]' in RENDERERS["json"](report)
    assert "Possible causes" not in RENDERERS["table"](report, Look(width=200)).decode()


def test_causes_that_a_guest_frame_brings_are_the_same() -> None:
    plain = samples.small()
    arrow = plain.comparisons.to_arrow()
    guest: nw.DataFrame[Any] = nw.from_native(arrow, eager_only=True)
    for name in ("json", "csv", "table"):
        other = build(replace(plain, comparisons=guest), "en")
        assert RENDERERS[name](other) == RENDERERS[name](build(plain, "en"))


def test_the_screen_shows_the_cause_where_there_is_room() -> None:
    report = build(samples.small(), "en")
    assert "digits 81/18 swapped" in RENDERERS["table"](report, Look(width=120)).decode()
    assert "Possible causes" in RENDERERS["table"](report, Look(width=80)).decode()
    assert "Possible causes" not in RENDERERS["table"](report, Look(width=60)).decode()


def test_the_workbook_says_the_cause_in_words() -> None:
    columns = {one.key: one for one in build(samples.small(), "id").sheets()[2].columns}
    assert columns["causes"].source == "cause_words"


def test_the_rows_keep_their_order() -> None:
    before = samples.small().comparisons.to_native()
    after = frames.comparisons(samples.small().comparisons, samples.ELECTION, "en").collect()
    keys = ("region", "item", "ours")
    assert after.select(keys).equals(pl.DataFrame(before.select(keys)))
