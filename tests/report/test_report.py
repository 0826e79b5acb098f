"""What each format promises, beyond its golden file."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import openpyxl
import polars as pl
import pytest

from recount.model import STATUSES, Coverage, Outcome, Standing, Votes
from recount.report import RENDERERS, Look, build, build_aggregate, build_check, look_for
from recount.report.answer import missing
from recount.report.cells import share, signed
from recount.report.words import box
from recount.report.xlsx_file import LONGEST, parts, printable
from tests.report import samples

if TYPE_CHECKING:
    from recount.result import Result

KEYS = {
    "reconcile": "schema recount election inputs coverage outcome comparisons findings summary",
    "check": "schema recount inputs findings summary",
    "aggregate": "schema recount election inputs totals findings",
}

COMPARISON = (
    "contest level region name parents item ours theirs difference status ours_read "
    "ours_expected theirs_read theirs_expected causes places"
)
OUTCOME = "contest region seats ours theirs corrected same_winner certain units_that_could_flip"


def document(result: Result | None = None, lang: str = "en") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(RENDERERS["json"](build(result or samples.small(), lang)))
    return loaded


def screen(result: Result, look: Look | None = None, lang: str = "en") -> str:
    return RENDERERS["table"](build(result, lang), look or Look()).decode()


def test_json_has_the_keys_of_schema_1_in_their_order() -> None:
    loaded = document()
    assert list(loaded) == KEYS["reconcile"].split()
    assert " ".join(loaded["comparisons"][0]) == COMPARISON
    assert " ".join(loaded["outcome"][0]) == OUTCOME
    assert list(loaded["summary"]) == ["compared", *STATUSES]
    assert loaded["comparisons"][0]["parents"] == []
    assert loaded["comparisons"][3]["parents"] == ["64", "64.72"]
    assert loaded["comparisons"][0]["causes"] == []
    assert loaded["comparisons"][2]["ours"] is None
    assert loaded["inputs"][0]["taken_at"] is None


@pytest.mark.parametrize(("kind", "make"), [("check", build_check), ("aggregate", build_aggregate)])
def test_json_of_one_side(kind: str, make: Any) -> None:  # noqa: ANN401 - two builders
    loaded = json.loads(RENDERERS["json"](make(samples.tallied(), "en")))
    assert list(loaded) == KEYS[kind].split()
    if kind == "check":
        assert loaded["summary"] == {"error": 1, "warning": 1, "note": 1}
    else:
        boxes = loaded["totals"][2]["boxes"]
        assert boxes["candidate:1"] == {"sum": None, "read": 0}
        assert list(boxes) == ["candidate:1", "valid"]


def test_json_has_one_comparison_a_line() -> None:
    lines = RENDERERS["json"](build(samples.small(), "en")).split(b"\n")
    held = [line for line in lines if b'"places"' in line]
    assert len(held) == samples.small().comparisons.shape[0]
    assert all(json.loads(line.removesuffix(b",")) for line in held)


def test_nothing_to_compare_is_still_a_document_and_a_screen() -> None:
    none = replace(
        samples.small(), comparisons=samples.comparisons([]), coverage=(), findings=(), outcome=()
    )
    assert document(none)["comparisons"] == []
    for renderer in RENDERERS.values():
        assert renderer(build(none, "en"))


def test_coded_columns_are_ordinary_text() -> None:
    plain = samples.small()
    coded = plain.comparisons.to_polars().with_columns(
        pl.col("level", "status", "item").cast(pl.Categorical), pl.col("contest").cast(pl.Enum("p"))
    )
    frame: nw.DataFrame[Any] = nw.from_native(coded, eager_only=True)
    other = replace(plain, comparisons=frame)
    for name in ("json", "csv", "table", "markdown"):
        assert RENDERERS[name](build(other, "en")) == RENDERERS[name](build(plain, "en"))


def test_a_pandas_frame_gives_the_same_bytes() -> None:
    plain = samples.small()
    guest: nw.DataFrame[Any] = nw.from_native(
        plain.comparisons.to_polars().to_pandas(use_pyarrow_extension_array=True), eager_only=True
    )
    for name in ("json", "csv"):
        other = build(replace(plain, comparisons=guest), "en")
        assert RENDERERS[name](other) == RENDERERS[name](build(plain, "en"))


def test_csv_has_a_bom_stable_headings_and_plain_integers() -> None:
    data = RENDERERS["csv"](build(samples.small(), "id"), Look(separator=";"))
    assert data.startswith(b"\xef\xbb\xbfcontest;level;region;name;parents;item;ours;theirs;")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["ours"] == "1094845"
    assert rows[3]["parents"] == "64 > 64.72"
    assert rows[2]["ours"] == ""
    assert rows[4]["difference"] == "-12"


def test_the_workbook_has_real_numbers_and_is_the_same_twice() -> None:
    data = RENDERERS["xlsx"](build(samples.small(), "en"))
    assert data == RENDERERS["xlsx"](build(samples.small(), "en"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Answer", "Coverage", "Discrepancies", "Findings", "Inputs"]
    sheet = book["Discrepancies"]
    assert sheet["G2"].value == 1_094_845
    assert sheet["G2"].number_format == "#,##0"
    assert sheet["G4"].value is None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:Q{sheet.max_row}"


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next() -> None:
    frame = pl.DataFrame({"a": range(7)})
    assert [piece.height for piece in parts(frame, 3)] == [3, 3, 1]
    assert [piece.height for piece in parts(frame.clear(), 3)] == [0]


def test_a_text_too_long_for_a_cell_says_so() -> None:
    assert printable("a" * (LONGEST + 5)).endswith("a ... (+5)")


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_numbers_are_never_cut(width: int, lang: str) -> None:
    huge = samples.row("nasional", "0", "Indonesia " * 9, "candidate:1", 985_607_362, -5)
    held = (Coverage("p", "nasional", 1, 1, 1, 1),)
    result = replace(samples.small(), comparisons=samples.comparisons([huge]), coverage=held)
    text = screen(result, Look(width), lang)
    mark = "." if lang == "id" else ","
    assert f"985{mark}607{mark}362" in text
    assert f"+985{mark}607{mark}367" in text
    assert "\u2026" not in text


@pytest.mark.parametrize("width", [80, 200])
def test_lines_keep_within_the_width(width: int) -> None:
    text = screen(samples.small(), Look(width))
    assert max(map(len, text.split("\n"))) <= width
    assert "\x1b" not in text


def test_what_is_not_listed_is_counted() -> None:
    text = screen(samples.small())
    table = text.partition("103 kecamatan:")[2].partition("more rows")[0]
    assert len(re.findall(r" [+-]\d+   different", table)) == 20
    assert "7 more rows; all of them with: -o result.csv" in text
    assert "Our own copies contradict each other: 1" in text


def test_every_region_is_accounted_for() -> None:
    text = screen(samples.small(), Look(200))
    line = next(line for line in text.split("\n") if line.startswith("103 kecamatan:"))
    counts = [int(n) for n in re.findall(r"(\d+) [a-z]", line.partition(":")[2])]
    assert sum(counts) == 103


def test_the_parent_stands_beside_where_there_is_room_or_need() -> None:
    assert "Penajam Paser Utara" not in screen(samples.small())
    assert "Penajam Paser Utara" in screen(samples.small(), Look(120))
    assert "Rapak Dalam" in screen(samples.large(3))


@pytest.mark.parametrize(
    ("votes", "margin", "said"),
    [
        ((), None, "Online: no votes were read."),
        ((Votes("1", 5),), None, "Online: Candidate 1, 5 votes (3 units)."),
        ((Votes("1", 5), Votes("2", 5)), 0, "Candidate 1 and Candidate 2 are level at 5 votes"),
        ((Votes("2", 9), Votes("1", 5)), 4, "Candidate 2 leads by 4, 9 to 5 (3 units)."),
    ],
)
def test_standings(votes: tuple[Votes, ...], margin: int | None, said: str) -> None:
    held = Standing(3, votes, margin)
    outcome = Outcome("other", "64", 1, held, held, held, same_winner=None)
    text = screen(replace(samples.small(), outcome=(outcome,)), Look(200))
    assert said in text
    assert "Whether the leader is the same cannot be said." in text


def test_the_answer_says_whether_the_leader_differs() -> None:
    assert "The leader differs: 1 Joko" in screen(samples.small(), Look(200))
    same = replace(samples.small(), outcome=(samples.outcome(same=True),))
    assert "have the same leader" in screen(same, Look(200))


@pytest.mark.parametrize(
    ("certain", "units", "said"),
    [
        (True, None, "the leader stays"),
        (False, 1234, "At least 1,234 units"),
        (None, None, "Not compared"),
    ],
)
def test_bounds(certain: bool | None, units: int | None, said: str) -> None:  # noqa: FBT001 - a case
    outcome = replace(samples.outcome(), certain=certain, units_that_could_flip=units)
    assert said in screen(replace(samples.small(), outcome=(outcome,)), Look(200))


def test_two_contests_are_told_apart() -> None:
    plain = samples.small()
    more = Coverage("q", "desa", 5, 5, 5, 5)
    other = replace(samples.outcome(), contest="q")
    both = replace(plain, coverage=(*plain.coverage, more), outcome=(*plain.outcome, other))
    text = screen(both, Look(200))
    assert "p: 103 kecamatan" in text
    assert "q: 5 desa/kelurahan: 5 equal." in text
    assert "q, 64:" in text


def test_missing_units() -> None:
    assert missing(Coverage("p", "desa", 10, 7, 8, 6, {"ours_only": 1, "theirs_only": 2})) == 1
    assert missing(Coverage("p", "desa", 0, 7, 8, 6)) == 0


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("candidate:1", "1 Joko"),
        ("candidate:9", "Candidate 9"),
        ("valid", "Valid votes"),
        ("voters.m", "Voters who voted (men)"),
        ("own_box", "own_box"),
    ],
)
def test_boxes_in_words(item: str, label: str) -> None:
    assert box("p", item, {("p", "1"): "Joko"}, "en") == label


def test_signs_and_shares() -> None:
    assert [signed(n, "id") for n in (1234, -1234, 0, None)] == ["+1.234", "-1.234", "0", "-"]
    assert [share(n, m, "en") for n, m in ((3, 4), (4, 4), (None, 4))] == ["3 of 4", "", ""]


@pytest.mark.parametrize(
    ("environ", "terminal", "look"),
    [
        ({}, True, Look(120, colour=True)),
        ({}, False, Look(80)),
        ({"NO_COLOR": "1"}, True, Look(120)),
        ({"NO_COLOR": ""}, True, Look(120, colour=True)),
        ({"COLUMNS": "100"}, False, Look(100)),
        ({"COLUMNS": "wide"}, False, Look(80)),
    ],
)
def test_the_look_follows_the_terminal(environ: dict[str, str], terminal: bool, look: Look) -> None:  # noqa: FBT001 - a case
    assert look_for(environ, terminal=terminal, width=120, lang="en", to_file=True) == look


def test_indonesian_files_are_separated_by_semicolons() -> None:
    looks = {
        (lang, to_file): look_for({}, terminal=False, width=None, lang=lang, to_file=to_file)
        for lang in ("id", "en")
        for to_file in (True, False)
    }
    assert [key for key, look in looks.items() if look.separator == ";"] == [("id", True)]
