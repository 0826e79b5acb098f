"""What each format promises, beyond its golden file."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl
import pytest

from recount.model import STATUSES, Coverage, Finding, Outcome, Standing, Votes
from recount.report import RENDERERS, Look, build, build_aggregate, build_check, look_for
from recount.report._held import missing
from recount.report.cells import share, shares, signed
from recount.report.words import box
from recount.texts import say
from tests.report import samples

if TYPE_CHECKING:
    from recount.model import Side
    from recount.result import Result

KEYS = {
    "reconcile": "schema recount election inputs coverage outcome comparisons findings summary",
    "check": "schema recount inputs findings summary",
    "aggregate": "schema recount election inputs totals findings",
}

COMPARISON = (
    "contest level region name parents item ours theirs recap difference status ours_read "
    "ours_expected theirs_read theirs_expected causes cause_details places changed_at chain"
)
OUTCOME = (
    "contest region seats ours theirs corrected same_winner certain units_that_could_flip bound "
    "first_to_collect pairs flips threshold favours"
)


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
    assert loaded["comparisons"][0]["cause_details"] == []
    assert loaded["comparisons"][3]["causes"] == ["transposed", "digit"]
    assert loaded["comparisons"][3]["cause_details"][1] == {
        "cause": "digit", "saw": "1>2@3", "chance": 0.0312,
    }  # fmt: skip
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
    table = text.partition("103 kecamatan:")[2].partition("more regions")[0]
    assert len(re.findall(r"^\w.* [+-]\d+(?:  .+)?$", table, re.MULTILINE)) == 20
    assert "6 more regions; all of them with: -o result.csv" in text
    assert "Our own copies contradict each other: 1" in text


def mixed(regions: int) -> Result:
    """Regions whose boxes stand apart from each other, as the size of a difference sorts them."""
    boxes = ("valid", "candidate:2", "candidate:10", "candidate:1")
    rows = [
        samples.row("kecamatan", f"64.01.{n:02}", f"Kecamatan {n:02}", item, 9, 5)
        for item in boxes
        for n in range(regions)
    ]
    return replace(samples.small(), comparisons=samples.comparisons(rows))


def test_a_regions_rows_stand_together_and_candidates_come_first() -> None:
    table = screen(mixed(3)).partition("103 kecamatan:")[2].partition("\n\n")[0]
    rows = [line for line in table.split("\n") if line.endswith("+4")]
    assert [line.startswith("Kecamatan") for line in rows] == [True, False, False, False] * 3
    labels = [re.sub(r"^Kecamatan \d+|  9 .*$", "", line).strip() for line in rows[:4]]
    assert labels == ["1 Joko Widodo - Ma'ruf Amin", "2 Prabowo - Sandiaga Uno",
                      "Candidate 10", "Valid votes"]  # fmt: skip


def test_no_region_is_listed_in_part() -> None:
    text = screen(mixed(15))
    assert text.count("Valid votes") == 10
    assert "5 more regions" in text


def test_one_region_is_listed_however_many_boxes_it_has() -> None:
    rows = [samples.row("kecamatan", "64.01.01", "A", f"box_{n:02}", 9, 5) for n in range(50)]
    result = replace(samples.small(), comparisons=samples.comparisons(rows))
    assert screen(result).count("box_") == 50


def test_pairs_are_named_in_brief_where_there_is_no_room() -> None:
    name = "Kecamatan yang namanya panjang sekali"
    row = samples.row("kabkota", "64.72", name, "candidate:1", 238_315, 1, "partial", (9, 10) * 2)
    result = replace(samples.small(), comparisons=samples.comparisons([row]))
    table = screen(result).partition("10 kabupaten/kota:")[2]
    assert "1 Joko Widodo " in table
    assert "Ma'ruf" not in table.partition("\n\n")[0]
    assert "9/10" in table
    assert "partial" not in screen(result, Look(70)).partition("Read")[2].partition("\n\n")[0]
    assert re.search(r"9/10 +partial", screen(result, Look(120)))


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_word_of_a_name_is_broken(width: int, lang: str) -> None:
    rows = [
        samples.row("desa", "64.03.05.2001", "BIDUK BIDUK KARANGANYAR", item, 1_234_567, -1_234_567,
                    "partial", (12_345, 12_349) * 2, "PENAJAM PASER UTARA")
        for item in ("candidate:1", "voters")
    ]  # fmt: skip
    held = (Coverage("p", "desa", 1, 1, 1, 1),)
    result = replace(samples.small(), comparisons=samples.comparisons(rows), coverage=held)
    text = screen(result, Look(width), lang)
    assert max(map(len, text.split("\n"))) <= width
    for word in ("BIDUK", "KARANGANYAR", "PENAJAM", "PASER", "UTARA", "Widodo"):
        assert re.search(rf"\b{word}\b", text), word


def test_every_region_is_accounted_for() -> None:
    text = screen(samples.small(), Look(200))
    line = next(line for line in text.split("\n") if line.startswith("103 kecamatan:"))
    counts = [int(n) for n in re.findall(r"(\d+) [a-z]", line.partition(":")[2])]
    assert sum(counts) == 103


def test_the_parent_stands_beside_where_there_is_room_or_need() -> None:
    assert "Penajam Paser Utara" not in screen(samples.small(), Look(60))
    assert "Penajam Paser Utara" in screen(samples.small(), Look(120))
    assert "Rapak Dalam" in screen(samples.large(3))


@pytest.mark.parametrize(
    ("votes", "margin", "said"),
    [
        ((), None, "Online: no votes were read."),
        ((Votes("1", 5),), None, "Online: Candidate 1, 5 votes (3 regions)."),
        ((Votes("1", 5), Votes("2", 5)), 0, "Candidate 1 and Candidate 2 are level at 5 votes"),
        ((Votes("2", 9), Votes("1", 5)), 4, "Candidate 2 leads by 4 votes (3 regions)."),
    ],
)
def test_standings(votes: tuple[Votes, ...], margin: int | None, said: str) -> None:
    held = Standing(3, votes, margin)
    outcome = Outcome("other", "64", 1, held, held, held, same_winner=None)
    text = screen(replace(samples.small(), outcome=(outcome,)), Look(200))
    assert said in text
    assert "Whether the leader is the same cannot be said." in text


LEADS = {"a": (Votes("1", 9), Votes("2", 5)), "b": (Votes("2", 8), Votes("1", 5))}


@pytest.mark.parametrize(
    ("sides", "same", "said"),
    [
        ("aaa", True, ["1 Joko Widodo - Ma'ruf Amin leads, in our forms and online.",
                       "the lead stays the same"]),
        ("baa", True, ["1 Joko Widodo - Ma'ruf Amin leads online; in our forms alone 2 Prabowo"]),
        ("aba", False, ["The leader differs: 2 Prabowo - Sandiaga Uno online, 1 Joko",
                        "place of the online ones, 1 Joko Widodo - Ma'ruf Amin leads by 4 votes."]),
    ],
)  # fmt: skip
def test_the_answer_says_who_leads(sides: str, same: bool, said: list[str]) -> None:  # noqa: FBT001 - a case
    margins = {"a": 4, "b": 3}
    ours, theirs, both = (Standing(3, LEADS[side], margins[side]) for side in sides)
    outcome = Outcome("p", "64", 1, ours, theirs, both, same, level="tps")
    text = screen(replace(samples.small(), outcome=(outcome,)), Look(200))
    assert all(sentence in text for sentence in said)
    lead = f"The lead: {margins[sides[0]]} votes in our forms (3 TPS), {margins[sides[1]]} votes"
    assert lead in text


def test_the_answer_says_how_far_the_lead_moves() -> None:
    ours = Standing(3, (Votes("1", 9), Votes("2", 5)), 4)
    theirs = Standing(3, (Votes("1", 9), Votes("2", 7)), 2)
    outcome = Outcome("p", "64", 1, ours, theirs, ours, same_winner=True, level="tps")
    text = screen(replace(samples.small(), outcome=(outcome,)), Look(200))
    assert "the lead is 4 votes (+2)." in text


@pytest.mark.parametrize("same", [True, False])
def test_several_seats_have_no_one_leader(same: bool) -> None:  # noqa: FBT001 - a case
    outcome = replace(samples.outcome(same=same), seats=4)
    text = screen(replace(samples.small(), outcome=(outcome,)), Look(200))
    assert "Ours: 1 Joko Widodo - Ma'ruf Amin leads by 224,402 votes (101 kecamatan)." in text
    assert f"the result {'stays the same' if same else 'is another'}." in text


def test_everything_was_compared() -> None:
    held = (Coverage("p", "tps", 5, 5, 5, 5),)
    one = samples.outcome()
    all_alike = replace(one, corrected=replace(one.corrected, units=101))
    full = replace(samples.small(), coverage=held, outcome=(all_alike,))
    assert "Everything was compared: 5 TPS." in screen(full)
    assert "5 TPS, not all of them in full." in screen(replace(full, outcome=(one,)))


def test_the_votes_of_all_candidates_stand_side_by_side() -> None:
    table = screen(samples.small()).partition("Votes (combined")[2].partition("\n\n")[0]
    assert re.search(r"2 Prabowo - Sandiaga Uno +870,443 +983,222 +870,500\n", table)
    assert re.search(r"Kecamatan +101 +101 +102$", table)


def test_the_first_sentence_stands_at_the_end_of_a_long_screen() -> None:
    text = screen(samples.small(), Look(200))
    assert text.rstrip().split("\n")[-1].startswith("The leader differs")
    short = replace(samples.small(), comparisons=samples.comparisons([]), findings=())
    assert not screen(short, Look(200)).rstrip().split("\n")[-1].startswith("The leader differs")


def test_findings_are_listed_rule_by_rule_with_what_to_do_said_once() -> None:
    mend = say("Compare.")
    found = [Finding("R1", "error", say("{n} is wrong.", n=n), mend, f"f:{n}") for n in range(3)]
    tallied = replace(samples.tallied(), findings=tuple(found))
    text = RENDERERS["table"](build_check(tallied, "en")).decode()
    assert "Error R1: 3. Compare.\n" in text
    assert text.count("Compare.") == 1


def test_our_own_findings_stand_beside_a_reconciliation_mistyped_ones_first() -> None:
    mend = say("Compare.")
    sums = [Finding("R1", "error", say("{n} is wrong.", n=n), mend, f"f:{n}") for n in range(9)]
    cell = Finding("unread", "error", say("No number."), mend, "f:1", "ours")
    other = Finding("R2", "error", say("Not ours."), mend, "kpu:1", "theirs")
    text = screen(replace(samples.small(), findings=(*sums, cell, other)))
    assert text.index("Ours: Error (cell not read): 1.") < text.index("Ours: Error R1: 9.")
    assert text.count("is wrong.") == 5
    assert "Not ours." not in text


@pytest.mark.parametrize(
    ("ours", "theirs", "command"),
    [
        (["f/a.csv", "f/b.csv"], ["kpu.csv"], "recount check f"),
        (["f/x/a.csv", "f/b.csv"], ["kpu.csv"], "recount check f"),
        (["f/a.csv", "f/b.csv"], ["f/kpu.csv"], "recount check f/a.csv f/b.csv"),
        (["a.csv"], ["kpu.csv"], "recount check a.csv"),
        (["my forms/a b.csv"], ["kpu.csv"], "recount check 'my forms/a b.csv'"),
        (["a.csv", "b.csv", "c.csv", "d.csv"], ["kpu.csv"], "recount check FILES"),
        (["/a.csv", "/b.csv"], ["kpu.csv"], "recount check /a.csv /b.csv"),
    ],
)
def test_the_hint_names_the_files(ours: list[str], theirs: list[str], command: str) -> None:
    sides: dict[Side, list[str]] = {"ours": ours, "theirs": theirs}
    inputs = tuple(
        replace(samples.small().inputs[0], side=side, path=path)
        for side, paths in sides.items()
        for path in paths
    )
    text = screen(replace(samples.small(), inputs=inputs), Look(200))
    assert f"To list the findings:\n    {command}\n    recount check {theirs[0]}\n" in text


def test_two_contests_are_told_apart() -> None:
    plain = samples.small()
    more = Coverage("q", "desa", 5, 5, 5, 5)
    other = replace(samples.outcome(), contest="q")
    both = replace(plain, coverage=(*plain.coverage, more), outcome=(*plain.outcome, other))
    text = screen(both, Look(200))
    assert "p: 103 kecamatan" in text
    assert "q: 5 desa/kelurahan: 5 equal." in text
    assert "q, 64:" in text
    assert "q, 64: Votes" in text


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
    both = [shares(four, "id") for four in ((3, 4, 3, 4), (4, 4, 4, 4), (3, 4, 4, 4), (0, 4, 3, 4))]
    assert both == ["3/4", "", "Kami 3/4", "Kami 0/4, Daring 3/4"]


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
