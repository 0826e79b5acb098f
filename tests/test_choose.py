"""Several copies of one form: they count once, none silently, and each address is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount import api
from recount.choose import Whose, choose
from recount.engine import ENGINES, table
from recount.model import Sheet
from recount.options import Options
from recount.regions import Regions, unit_number
from recount.texts import speak

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


FORMS = {
    "unit": nw.Int64(),
    "level": nw.Int8(),
    "sheet": nw.Int32(),
    "row": nw.Int32(),
    "valid": nw.Int64(),
}
WIDE = "kecamatan,suara_1,suara_2\n"
LONG = "kecamatan,paslon,suara\n"


@pytest.mark.parametrize(
    ("first", "second", "figures", "status", "place", "rule"),
    [
        ("Palaran,5,6\n", "Palaran,5,6\n\n", (5, 6), "equal", "f1.csv:2", "copies"),
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
        ("Palaran,5,\n", "Palaran,5,\n\n", (5, None), "unread", "f1.csv:2", "copies"),
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
    result = against_theirs(tmp_path, LONG + "Palaran,1,5\n", LONG + second)
    (finding,) = result.findings
    said = "2 rows of PALARAN fill different boxes; they count as one form."
    assert speak(finding.message, "en") == said
    rows = palaran(result)
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


def test_the_same_bytes_twice_are_one_copy(tmp_path: Path) -> None:
    ours = WIDE + "Palaran,5,6\nSambutan,1,1\n"
    result = against_theirs(tmp_path, ours, ours)
    assert [row["ours"] for row in palaran(result).values()] == [5, 6]
    found = [(f.rule, f.severity, f.place) for f in result.findings]
    assert found == [("same-file", "note", "f1.csv | f2.csv")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("ours", "figure", "rules", "place"),
    [
        # Three files, two agree: used, and said.
        (["5", "5\n", "7"], 5, ["majority"], "f1.csv:2"),
        (["7", "5", "5\n"], 5, ["majority"], "f2.csv:2"),
        # The last one does not win, nor the first; half is no majority.
        (["5", "7"], None, ["conflict"], "f1.csv:2 | f2.csv:2"),
        (
            ["5", "5\n", "7", "7\n"],
            None,
            ["conflict"],
            "f1.csv:2 | f2.csv:2 | f3.csv:2 | f4.csv:2",
        ),
        # A file sent three times is one voice.
        (["5", "5", "5", "7"], None, ["same-file", "same-file", "conflict"], "f1.csv:2 | f4.csv:2"),
        # Copies inside one file are no voices of their own.
        (["5\nPalaran,6,5", "7"], None, ["conflict"], "f1.csv:2 | f1.csv:3 | f2.csv:2"),
        # A file that contradicts itself agrees with nobody, but it was asked.
        (
            ["5\nPalaran,6,7", "5", "7"],
            None,
            ["conflict"],
            "f1.csv:2 | f1.csv:3 | f2.csv:2 | f3.csv:2",
        ),
        # A blank says nothing: two files are left.
        (["5", "", "7"], None, ["conflict"], "f1.csv:2 | f2.csv:2 | f3.csv:2"),
    ],
)
def test_a_majority_of_files(
    tmp_path: Path, ours: list[str], figure: int | None, rules: list[str], place: str, engine: str
) -> None:
    texts = [f"{WIDE}Palaran,6,{second}\n" for second in ours]
    result = against_theirs(tmp_path, *texts, engine=engine)
    row = palaran(result)["candidate:2"]
    assert (row["ours"], row["place_ours"]) == (figure, place)
    assert sorted(f.rule for f in result.findings) == sorted(rules)
    if rules == ["majority"]:
        (finding,) = result.findings
        assert finding.severity == "warning"
        assert finding.place == "f1.csv:2 | f2.csv:2 | f3.csv:2"
        said = "2 of 3 files say 5 for Candidate 2 of PALARAN; this is used."
        assert speak(finding.message, "en") == said


def test_each_box_is_decided_by_itself(tmp_path: Path) -> None:
    result = against_theirs(
        tmp_path, WIDE + "Palaran,5,6\n", WIDE + "Palaran,5,7\n", WIDE + "Palaran,4,8\n"
    )
    rows = palaran(result)
    assert rows["candidate:1"]["ours"] == 5
    assert rows["candidate:2"]["status"] == "conflict"
    assert sorted(f.rule for f in result.findings) == ["conflict", "majority"]


def test_the_same_bytes_under_another_place_are_another_form() -> None:
    regions = Regions()
    unit = unit_number(0, 1)
    other = unit_number(0, 2)
    sheets = [Sheet(f"{n}.csv", None, {"valid": 1}, n) for n in range(3)]
    forms = table(
        {
            "unit": [unit, other, unit],
            "level": [3, 3, 3],
            "sheet": [0, 1, 2],
            "row": [2, 2, 2],
            "valid": [7, 7, 7],
        },
        FORMS,
    )
    chosen = choose(
        forms.lazy(), Whose("p", "ours", sheets, ["aa", "aa", "aa"]), ["valid"], regions
    )
    assert sorted(chosen.forms.collect()["unit"]) == sorted([unit, other])
    assert [f.place for f in chosen.findings] == ["0.csv | 2.csv"]


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(1, 3)), min_size=2))
def test_what_is_chosen_was_said_by_all_or_by_most_files(
    said: list[tuple[int, int | None]],
) -> None:
    said.sort(key=lambda one: one[0])
    regions = Regions()
    unit = unit_number(0, 1)
    sheets = [Sheet(f"{n}.csv", None, {"valid": 1}, n) for n in range(4)]
    forms = table(
        {
            "unit": [unit] * len(said),
            "level": [3] * len(said),
            "sheet": [sheet for sheet, _ in said],
            "row": range(2, len(said) + 2),
            "valid": [value for _, value in said],
        },
        FORMS,
    )
    chosen = choose(forms.lazy(), Whose("p", "ours", sheets), ["valid"], regions)
    (value,) = chosen.forms.collect()["valid"]
    voices = {sheet: {v for s, v in said if s == sheet and v is not None} for sheet, _ in said}
    voices = {sheet: values for sheet, values in voices.items() if values}
    all_said = set().union(*voices.values()) if voices else set()
    agree = sum(values == {value} for values in voices.values())
    if len(all_said) < 2:
        assert value == next(iter(all_said), None)
    elif value is None:
        assert chosen.conflicts
    else:
        assert len(voices) >= 3
        assert agree * 2 > len(voices)
    assert chosen.findings
