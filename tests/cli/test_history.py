"""`recount history` as it is typed: table, CSV, JSON, both languages, exit codes, curves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount.report._history import KEYS
from tests.fetch.serving import CANDIDATES, FIGURES, LISTS, serving
from tests.history.telling import HEAD, sirekap, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

SAMPLE = Path(__file__).parents[2] / "sample_data" / "pilgub_kaltim_2018"


def test_the_story_on_the_screen(ask: Ask) -> None:
    done = ask("history", str(SAMPLE))
    lines = done.out.decode().splitlines()
    assert done.code == 1
    assert lines[5:7] == [
        "KALIMANTAN TIMUR, between 29 June 10:30 and 30 June 12:00: candidate 3 fell by",
        "77,103 while candidate 4 rose by 79,919, the lead went from 3 to 4.",
    ]
    assert max(map(len, lines)) <= 80
    assert "final_recap_dc1.csv names no time" in done.err


def test_in_indonesian(ask: Ask) -> None:
    done = ask("history", str(SAMPLE), "--lang", "id")
    page = " ".join(done.out.decode().split())
    assert "paslon 3 turun 77.103 sedangkan paslon 4 naik 79.919" in page
    assert "between" not in page


def test_curves_that_a_person_can_read_without_colour(ask: Ask) -> None:
    page = ask("history", str(SAMPLE)).out.decode()
    drawn = [line for line in page.splitlines() if "│" in line]
    assert len(drawn) == 12
    assert "\x1b" not in page
    assert drawn[0].startswith("406,552 │")
    assert drawn[-1].startswith("246,286 │")
    ends = {line[-1] for line in drawn if len(line) == 80}
    assert ends == {"2", "3", "4"}  # 1 and 2 end on the same line
    above = [line for line in drawn if line.endswith("4")] + [
        line for line in drawn if line.endswith("3") and len(line) == 80
    ]
    assert [line[-1] for line in above] == ["4", "3"]
    assert "3 Isran Noor - Hadi Mulyadi" in page


@pytest.mark.parametrize(("columns", "lines"), [("59", 0), ("60", 12), ("200", 12)])
def test_curves_only_where_there_is_room(
    columns: str, lines: int, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = ask("history", str(SAMPLE)).out.decode()
    assert page.count("│") == lines
    assert max(map(len, page.splitlines())) <= int(columns)


def test_json_as_it_was_agreed(ask: Ask) -> None:
    document = json.loads(ask("history", str(SAMPLE), "--format", "json").out)
    assert list(document) == ["schema", "captures", "events"]
    assert document["schema"] == 1
    first = document["captures"][0]
    assert list(first) == ["taken_at", "inputs", "withheld", "progress"]
    assert first["taken_at"] == "2018-06-28T12:00:00+08:00"
    assert len(first["inputs"][0]["sha256"]) == 64
    assert (first["withheld"], first["progress"]) == (False, {"counted": 6136, "total": 7287})
    assert all(list(event) == list(KEYS) for event in document["events"])
    transfer = document["events"][0]
    assert transfer | {"message": ""} == {
        "kind": "transfer",
        "contest": "pilihan",
        "level": "provinsi",
        "region": "64",
        "name": "KALIMANTAN TIMUR",
        "item": "candidate:3>candidate:4",
        "before_at": "2018-06-29T10:30:00+08:00",
        "at": "2018-06-30T12:00:00+08:00",
        "before": 406552,
        "after": 329449,
        "change": -77103,
        "counted_before": 7101,
        "counted_after": None,
        "message": "",
    }


def test_csv_and_a_workbook(ask: Ask, tmp_path: Path) -> None:
    lines = ask("history", str(SAMPLE), "--format", "csv").out.decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(KEYS)
    assert len(lines) == 4
    done = ask("history", str(SAMPLE), "-o", str(tmp_path / "history.xlsx"))
    assert done.code == 1
    book = openpyxl.load_workbook(tmp_path / "history.xlsx", read_only=True)
    assert book.sheetnames == ["Answer", "Events", "Captures", "Findings"]
    captures = list(book["Captures"].values)
    assert len(captures) == 1 + 4
    assert captures[1][0] == "2018-06-28T12:00:00+08:00"


def test_nothing_went_down(ask: Ask, tmp_path: Path) -> None:
    tables(tmp_path / "a", [{"64.01": (1, 9, 10, 5, 1)}, {"64.01": (2, 9, 20, 9, 1)}])
    done = ask("history", str(tmp_path / "a"))
    assert done.code == 0
    assert "Nothing went down, and the lead never changed." in done.out.decode()


def test_what_cannot_be_compared(ask: Ask, tmp_path: Path) -> None:
    tables(tmp_path / "a", [{"64.01": (1, 9, 10, 5, 1)}])
    done = ask("history", str(tmp_path / "a"))
    assert (done.code, done.out) == (2, b"")
    assert "There are no two captures of different times" in done.err
    assert ask("history", str(tmp_path / "none")).code == 2
    assert "SYSTEM" not in ask("history", str(tmp_path / "a"), "--system", "kpu").err


def test_a_name_that_would_move_the_cursor(ask: Ask, tmp_path: Path) -> None:
    evil = "KAB \x1b[2J\u202e=1+1"
    for hour, votes in (("10", 9), ("11", 8)):
        row = f"64.01,KALIMANTAN TIMUR,{evil},5,9,{votes},1,1\n"
        (tmp_path / f"2024-11-28T{hour}00+0800.csv").write_text(HEAD + row, encoding="utf-8")
    for kind in ("table", "csv"):
        page = ask("history", str(tmp_path), "--format", kind).out.decode()
        assert "fell by 1" in " ".join(page.split())
        assert "\x1b" not in page
        assert "\u202e" not in page


def test_from_fetch_to_history(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def answer(hour: int, votes: int) -> bytes:
        row = {"psu": "Reguler", "1000054": votes, "1000055": 100}
        row |= {"progres": {"total": 9, "progres": 8}}
        sirekap(tmp_path / f"raw{hour}", f"2024-11-28 {hour}:00:00", {"6401": row, "6402": row})
        return (tmp_path / f"raw{hour}/pkwkp/64/64.json").read_bytes()

    figures = f"{FIGURES}/64.json"
    pairs = {
        id_: {"nama": f"P{n}", "nomor_urut": n} for n, id_ in enumerate(("1000054", "1000055"), 1)
    }
    tree = {
        CANDIDATES: json.dumps({"64": pairs}).encode(),
        f"{LISTS}/64.json": b"[]",
    }
    folder = str(tmp_path / "fetched")
    what = ["--contest", "pkwkp", "--region", "64", "--depth", "provinsi", "-o", folder]
    with serving(tree) as online:
        for body in (answer(10, 200), None, answer(12, 190), answer(12 + 1, 190)):
            online.tree = tree | ({figures: body} if body else {})
            code = ask("fetch", "sirekap-pilkada-2024", *what, "--base", online.base).code
            assert code == (0 if body else 1)
    done = ask("history", folder, "--format", "json")
    document = json.loads(done.out)
    assert done.code == 1
    assert [one["taken_at"][:13] for one in document["captures"]] == [
        *("2024-11-28T10", "2024-11-28T12", "2024-11-28T13"),
    ]
    falls = {(e["region"], e["before"], e["after"]) for e in document["events"]}
    assert falls == {("64", 400, 380), ("64.01", 200, 190), ("64.02", 200, 190)}
