"""What changed between captures: each kind once, and nothing that did not happen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import RecountError
from recount.history import DOWN, KINDS, history
from recount.systems import snapshots
from recount.texts import speak
from tests.fetch.serving import KALTIM
from tests.history.telling import sirekap, tables, told

if TYPE_CHECKING:
    from recount.history import History
    from tests.history.telling import Rows

SAMPLE = Path(__file__).parents[2] / "sample_data" / "pilgub_kaltim_2018"


def kinds(found: History) -> list[tuple[str, str, str | None]]:
    return sorted((e.kind, e.region, e.item) for e in found.events)


A, B = "64.01", "64.02"
CASES: list[tuple[str, list[Rows], list[tuple[str, str, str | None]]]] = [
    (
        "all goes up as it should",
        [{A: (1, 9, 10, 5, 1)}, {A: (2, 9, 20, 9, 1)}],
        [],
    ),
    (
        "a fall",
        [{A: (5, 9, 900, 500, 100)}, {A: (5, 9, 890, 500, 100)}],
        [("decrease", A, "candidate:1")],
    ),
    (
        "a fall after a blank: the last known figure counts",
        [{A: (5, 9, 900, 500, 100)}, {A: (5, 9, None, 500, 100)}, {A: (5, 9, 890, 500, 100)}],
        [("decrease", A, "candidate:1")],
    ),
    (
        "a transfer",
        [{A: (5, 9, 900, 500, 100)}, {A: (5, 9, 850, 548, 100)}],
        [("decrease", A, "candidate:1"), ("transfer", A, "candidate:1>candidate:2")],
    ),
    (
        "too unequal for a transfer; and more than no new TPS can hold",
        [{A: (5, 9, 900, 500, 100)}, {A: (5, 9, 850, 600, 100)}],
        [("decrease", A, "candidate:1"), ("jump", A, "candidates")],
    ),
    (
        "an exchange, with the lead",
        [{A: (5, 9, 900, 500, 100)}, {A: (5, 9, 500, 900, 100)}],
        [
            ("decrease", A, "candidate:1"),
            ("exchange", A, "candidate:1>candidate:2"),
            ("lead_change", A, "candidate:1>candidate:2"),
        ],
    ),
    (
        "the lead changes lawfully",
        [{A: (1, 9, 90, 50, 10)}, {A: (2, 9, 90, 150, 10)}],
        [("lead_change", A, "candidate:1>candidate:2")],
    ),
    (
        "a tie in between is no lead",
        [{A: (1, 9, 90, 50, 0)}, {A: (2, 9, 90, 90, 0)}, {A: (3, 9, 99, 95, 0)}],
        [],
    ),
    (
        "a candidate who is blank for a while changes no lead",
        [{A: (1, 9, 90, 50, 0)}, {A: (1, 9, None, 50, 0)}, {A: (1, 9, 90, 50, 0)}],
        [],
    ),
    (
        "withheld and returned",
        [{A: (5, 9, 900, 500, 100)}, {A: (6, 9, 0, 0, 0)}, {A: (7, 9, 950, 520, 110)}],
        [("returned", A, None), ("withheld", A, None)],
    ),
    (
        "nothing in yet is not withheld",
        [{A: (0, 9, 0, 0, 0)}, {A: (1, 9, 100, 50, 1)}],
        [],
    ),
    (
        "a region that vanishes and comes back",
        [
            {A: (1, 9, 10, 5, 1), B: (1, 9, 10, 5, 1)},
            {A: (1, 9, 10, 5, 1)},
            {A: (1, 9, 10, 5, 1), B: (1, 9, 10, 5, 1)},
        ],
        [("new", B, None), ("vanished", B, None)],
    ),
    (
        "a whole level that was not asked for has not vanished",
        [{"64": (1, 9, 10, 5, 1), A: (1, 9, 10, 5, 1)}, {"64": (1, 9, 10, 5, 1)}],
        [],
    ),
    (
        "progress going back",
        [{A: (5, 9, 900, 500, 100)}, {A: (4, 9, 900, 500, 100)}],
        [("progress_back", A, None)],
    ),
    (
        "a change after 100 %",
        [{A: (9, 9, 900, 500, 100)}, {A: (9, 9, 900, 501, 100)}],
        [("changed_after_complete", A, "candidate:2"), ("jump", A, "candidates")],
    ),
    (
        "more than the new TPS hold",
        [{A: (5, 9, 900, 500, 100)}, {A: (6, 9, 2000, 500, 100)}],
        [("jump", A, "candidates")],
    ),
]


@pytest.mark.parametrize(
    ("captures", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_kind(
    captures: list[Rows], expected: list[tuple[str, str, str | None]], tmp_path: Path
) -> None:
    assert kinds(told(tmp_path, captures)) == expected


def test_every_kind_is_among_the_cases() -> None:
    assert {kind for case in CASES for kind, _, _ in case[2]} == set(KINDS)


def test_the_sample_says_it_in_one_line() -> None:
    found = history(snapshots([SAMPLE]))
    assert speak(found.events[0].message, "en") == (
        "KALIMANTAN TIMUR, between 29 June 10:30 and 30 June 12:00: candidate 3 fell by 77,103 "
        "while candidate 4 rose by 79,919, the lead went from 3 to 4."
    )
    assert speak(found.events[0].message, "id") == (
        "KALIMANTAN TIMUR, antara 29 Juni 10:30 dan 30 Juni 12:00: paslon 3 turun 77.103 "
        "sedangkan paslon 4 naik 79.919, urutan pertama berpindah dari 3 ke 4."
    )
    assert [event.kind for event in found.events] == ["transfer", "lead_change", "decrease"]
    assert [one.taken_at[:16] for one in found.captures] == [
        *("2018-06-28T12:00", "2018-06-28T17:00", "2018-06-29T10:30", "2018-06-30T12:00"),
    ]
    left = [note for note in found.notes if note.template.startswith("Left out: {files}")]
    assert len(left) == 2


counts = st.one_of(st.none(), st.integers(0, 60))
rows = st.tuples(st.integers(1, 9), st.just(9), counts, counts, counts)
series = st.lists(st.fixed_dictionaries({A: rows, B: rows}), min_size=2, max_size=5)


@settings(max_examples=25, deadline=None)
@given(captures=series)
def test_falls_are_those_that_a_plain_loop_finds(
    captures: list[Rows], tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = told(tmp_path_factory.mktemp("captures"), captures)
    falls = sorted(
        (e.region, e.item or "", e.before, e.after) for e in found.events if e.kind == "decrease"
    )
    assert falls == sorted(plain_falls(captures))
    assert all((event.change or 0) < 0 for event in found.events if event.kind == "decrease")


def plain_falls(captures: list[Rows]) -> list[tuple[str, str, int, int]]:
    falls = []
    for code in (A, B):
        for at in range(3):
            last: int | None = None
            for capture in captures:
                votes = capture[code][2:]
                known = [vote for vote in votes if vote is not None]
                now = votes[at]
                if now is None or not any(known):  # all 0 with TPS in: withheld
                    continue
                if last is not None and now < last:
                    falls.append((code, f"candidate:{at + 1}", last, now))
                last = now
    return falls


@settings(max_examples=10, deadline=None)
@given(capture=st.fixed_dictionaries({A: rows, B: rows}))
def test_what_does_not_change_is_no_event(
    capture: Rows, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = told(tmp_path_factory.mktemp("captures"), [capture] * 3)
    assert {event.kind for event in found.events} <= {"withheld"}


def test_one_capture_has_no_history(tmp_path: Path) -> None:
    with pytest.raises(RecountError, match="no two captures"):
        told(tmp_path, [{A: (1, 9, 10, 5, 1)}])


def test_layers_are_not_mixed_but_the_recap_explains(tmp_path: Path) -> None:
    def row(votes: int, progress: int = 9, psu: str = "Reguler") -> dict[str, object]:
        return {"psu": psu, "1": votes, "2": 500, "progres": {"total": 9, "progres": progress}}

    sirekap(tmp_path / "a", "2024-11-28 10:00:00", {"6401": row(900), "6402": row(900)})
    marked = row(800, psu="Pemungutan Suara Ulang")
    sirekap(tmp_path / "b", "2024-11-28 11:00:00", {"6401": row(880), "6402": marked})
    sirekap(tmp_path / "r", "2024-11-28 12:00:00", {"6401": row(880), "6402": row(1)}, "hr")
    found = history(snapshots([tmp_path]))
    falls = {e.region: speak(e.message, "en") for e in found.events if e.kind == "decrease"}
    assert set(falls) == {"64", "64.01", "64.02"}
    assert "it now equals the official recap" in falls["64.01"]
    assert "the system marks a re-vote here" in falls["64.02"]
    assert len(found.captures) == 2
    assert any("layers are not mixed" in note.template for note in found.notes)


def test_an_old_copy_in_a_later_crawl_is_no_fall(tmp_path: Path) -> None:
    def row(votes: int) -> dict[str, object]:
        return {"psu": "Reguler", "1": votes, "2": 1, "progres": {"total": 9, "progres": 8}}

    # The third crawl got the kabupaten's page from a cache: it is older than in the second.
    crawls = [("10", "10", 800), ("11", "11", 900), ("12", "10", 800), ("13", "13", 910)]
    for number, (province, kabkota, votes) in enumerate(crawls):
        folder = tmp_path / str(number)
        sirekap(folder / "x", f"2024-11-28 {kabkota}:00:00", {"640101": row(votes)})
        sirekap(folder, f"2024-11-28 {province}:00:00", {"6402": row(5)})
        (folder / "x/pkwkp/64/64.json").rename(folder / "pkwkp/64/6401.json")
    found = history(snapshots([tmp_path]))
    assert len(found.captures) == 4
    falls = [(e.region, e.before, e.after) for e in found.events if e.kind == "decrease"]
    assert falls == []
    last = found.series[0].rows.filter(nw.col("at") == 3)["candidate:1"].to_list()
    assert 910 in last


def test_ranked_by_the_effect_on_the_margin(tmp_path: Path) -> None:
    before: Rows = {
        "64": (5, 9, 9000, 8000, 700),
        A: (5, 9, 900, 500, 300),
        B: (5, 9, 900, 500, 90),
    }
    after: Rows = {"64": (5, 9, 9000, 8000, 700), A: (5, 9, 900, 500, 100), B: (5, 9, 893, 500, 90)}
    found = told(tmp_path, [before, after])
    assert [(e.region, e.item) for e in found.events] == [(B, "candidate:1"), (A, "candidate:3")]


def test_times_in_different_zones_are_put_in_order(tmp_path: Path) -> None:
    tables(tmp_path, [{A: (5, 9, 900, 500, 100)}])
    other = tmp_path / "2024-11-27T1559+0000.csv"  # a minute before midnight in Samarinda
    other.write_text((tmp_path / "2024-11-28T0000+0800.csv").read_text().replace("900", "910"))
    assert [(e.before, e.after) for e in history(snapshots([tmp_path])).events] == [(910, 900)]


@pytest.mark.skipif(not KALTIM.is_dir(), reason="the real answers are not here")
def test_every_fall_in_the_four_real_crawls_is_listed() -> None:
    found = history(snapshots([KALTIM]))
    falls = {
        (e.contest, e.region.replace(".", ""), e.item, e.before, e.after)
        for e in found.events
        if e.kind == "decrease"
    }
    assert falls == plain_kaltim()
    assert len(falls) == sum(event.kind == "decrease" for event in found.events) == 18
    bontang = [e for e in found.events if e.region == "64.74" and e.contest == "pkwkp-64"]
    assert {(e.before, e.after, e.counted_before, e.counted_after) for e in bontang[:2]} == {
        (59867, 59477, 273, 273),
        (33242, 33003, 273, 273),
    }
    assert [one.withheld for one in found.captures] == [False, False, False, True]
    withheld = [event for event in found.events if event.kind == "withheld"]
    assert len(withheld) == 11
    last = found.captures[-1].taken_at
    assert {event.kind for event in found.events if event.at == last} == {"withheld"}


def plain_kaltim() -> set[tuple[str, str, str | None, int, int]]:
    """Falls as a plain script finds them: file by file, figure by figure."""
    numbers = {}
    for line in (KALTIM / "paslon.csv").read_text().splitlines()[1:]:
        id_, _, _, number = line.split(",")[:4]
        numbers[id_] = number
    last: dict[tuple[str, str, str], int] = {}
    falls: set[tuple[str, str, str | None, int, int]] = set()
    for crawl in ("S1_0100", "S2_0815", "S3_1015"):
        now: dict[tuple[str, str], tuple[str, bool, dict[str, int]]] = {}
        for path in sorted((KALTIM / crawl).rglob("*.json")):
            body = json.loads(path.read_text())
            of = path.parts[-3]
            tables_ = {**body["tungsura"]["table"], path.stem: body["tungsura"]["chart"]}
            for code, row in tables_.items():
                contest = f"{of}-{code[: 2 if of == 'pkwkp' else 4]}"
                said = (
                    body["ts"],
                    code == path.stem,
                    {k: v for k, v in row.items() if k in numbers},
                )
                if (contest, code) not in now or now[contest, code][:2] < said[:2]:
                    now[contest, code] = said
        for (contest, code), (_, _, row) in now.items():
            for id_, votes in row.items():
                key = (contest, code, f"candidate:{numbers[id_]}")
                if key in last and votes < last[key]:
                    falls.add((*key, last[key], votes))
                last[key] = votes
    return falls


def test_what_makes_the_exit_code_1_is_a_kind() -> None:
    assert set(KINDS) > DOWN
