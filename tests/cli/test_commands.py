"""The three commands on real and small data: what comes out where, and the exit code."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from recount.report import RENDERERS
from tests.cli.conftest import OURS, THEIRS
from tests.cli.running import MAIN_JOB, SAMPLE, recount

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]


def test_the_main_job_on_the_sample(ask: Ask) -> None:
    done = recount(*MAIN_JOB)
    assert done.code == 1
    assert done.err.splitlines() == [
        (
            "Understood: 10 files; 2 totals and the like left out. "
            f"File by file: recount check {MAIN_JOB[1]}"
        ),
        "theirs.csv: 103 forms, KALIMANTAN TIMUR (64); findings: error 74, warning 87",
    ]
    assert "103 kecamatan: " in done.out
    assert "Compared" in done.out
    indonesian = ask(*MAIN_JOB, "--lang", "id")
    assert indonesian.code == 1
    assert indonesian.err.startswith("Yang dipahami: 10 berkas; ")
    assert b"103 kecamatan: " in indonesian.out
    assert b"1.084.524" in indonesian.out
    assert b"Compared" not in indonesian.out


def test_exit_codes_of_reconcile(ask: Ask, sides: tuple[str, str]) -> None:
    ours, theirs = sides
    assert ask("reconcile", ours, "--online", theirs).code == 1
    assert ask("reconcile", ours, "--online", ours).code == 0
    assert ask("reconcile", ours, "--online", theirs, "--tolerance", "10").code == 0
    assert ask("reconcile", ours, "--online", theirs, "--items", "1").code == 0
    assert ask("reconcile", ours, "--online", "missing.csv").code == 2


def test_nothing_compared_is_a_failure_and_still_reported(ask: Ask, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(OURS.replace("Contoh", "Bontang"))
    theirs.write_text(THEIRS)
    done = ask("reconcile", str(ours), "--online", str(theirs), "--format", "json")
    if done.out:  # nothing at all in common is refused before there is a report
        assert json.loads(done.out)["summary"]["compared"] == 0
    assert done.code == 2
    assert "compared" in done.err
    assert "\n  -> " in done.err


def test_exit_codes_of_check_and_aggregate(ask: Ask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(OURS)
    bad.write_text(OURS.replace("200", "2o0"))
    assert ask("check", str(good)).code == 0
    found = ask("check", str(bad), "--format", "csv")
    assert found.code == 1
    assert b"bad.csv:2" in found.out
    assert ask("aggregate", str(bad)).code == 0
    assert ask("aggregate", str(tmp_path / "none.csv")).code == 2


def test_aggregate_at_one_level(ask: Ask, sides: tuple[str, str]) -> None:
    done = ask("aggregate", sides[0], "--level", "kabkota", "--format", "csv")
    assert done.code == 0
    [line] = done.out.decode("utf-8-sig").splitlines()[1:]
    assert "130" in line
    assert "240" in line


def test_levels_repeat_and_all_lists_the_equal_ones(ask: Ask, sides: tuple[str, str]) -> None:
    job = ("reconcile", sides[0], "--online", sides[1], "--format", "json")
    two = json.loads(ask(*job, "--level", "kabkota", "--level", "KECAMATAN").out)
    assert {row["level"] for row in two["comparisons"]} == {"kabkota", "kecamatan"}
    one = json.loads(ask(*job, "--level", "kecamatan", "--all").out)
    assert [row["status"] for row in one["comparisons"]].count("equal") == 3
    assert len(one["comparisons"]) == sum(one["summary"].values()) - one["summary"]["compared"]


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_every_engine_gives_the_same_bytes(ask: Ask, sides: tuple[str, str], engine: str) -> None:
    job = ("reconcile", sides[0], "--online", sides[1], "--format", "json")
    assert ask(*job, "--engine", engine).out == ask(*job).out


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("command", ["reconcile", "check", "aggregate"])
def test_every_format_of_every_command(
    ask: Ask, sides: tuple[str, str], command: str, name: str
) -> None:
    more = ("--online", sides[1]) if command == "reconcile" else ()
    done = ask(command, sides[0], *more, "--format", name)
    assert done.code in {0, 1}
    assert done.out


def test_standard_input_is_either_side(sides: tuple[str, str]) -> None:
    ours = recount("reconcile", "-", "--online", sides[1], "--format", "json", stdin=OURS.encode())
    understood = "{}: 2 forms, Kota Contoh\n{}: 2 forms, Kota Contoh\n"
    assert (ours.code, ours.err) == (1, understood.format("-", "theirs.csv"))
    assert json.loads(ours.out)["summary"]["differs"] > 0
    packed = gzip.compress(OURS.encode())
    theirs = recount("reconcile", sides[0], "--online", "-", stdin=packed)
    assert (theirs.code, theirs.err) == (0, understood.format("ours.csv", "-"))


def test_a_packed_file_is_read_as_it_is(ask: Ask, tmp_path: Path, sides: tuple[str, str]) -> None:
    packed = tmp_path / "ours.csv.gz"
    packed.write_bytes(gzip.compress(OURS.encode()))
    assert ask("reconcile", str(packed), "--online", sides[0]).code == 0


def test_folders_patterns_and_several_online_files(ask: Ask) -> None:
    pattern = str(SAMPLE / "ours" / "kota_*.xlsx")
    more = str(SAMPLE / "ours" / "paser.xlsx")
    online = str(SAMPLE / "theirs.csv")
    done = ask("reconcile", pattern, more, "--online", online, "--format", "json")
    inputs = [one["path"] for one in json.loads(done.out)["inputs"]]
    assert len(inputs) == 5


def test_settings_are_read(ask: Ask) -> None:
    done = ask(*MAIN_JOB, "--election", str(SAMPLE / "recount.toml"), "--format", "json")
    assert json.loads(done.out)["election"]["title"]
    assert ask(*MAIN_JOB, "--election", "missing.toml").code == 2
    assert ask(*MAIN_JOB, "--regions", "missing.csv").code == 2


def test_only_what_a_reader_asks_for_is_shown(ask: Ask, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    head = "kabupaten,kecamatan,suara_1,suara_2\n"
    ours.write_text(head + "P,A,10,5\nP,B,20,5\nQ,C,30,5\n")
    theirs.write_text(head + "P,A,10,6\nP,B,25,5\nQ,C,33,5\n")
    job = ("reconcile", str(ours), "--online", str(theirs), "--format", "json")
    whole = json.loads(ask(*job).out)
    options = ("--only", "p", "--candidate", "1", "--min-difference", "10%", "--top", "1")
    done = ask(*job, *options)
    part = json.loads(done.out)
    assert done.code == 1
    assert part["summary"] == whole["summary"]
    assert [(row["region"], row["item"]) for row in part["comparisons"]] == [
        ("P", "candidate:1"),
        ("P/B", "candidate:1"),
    ]
    hidden = part["hidden"]
    assert hidden["rows"] == len(whole["comparisons"]) - 2
    assert (hidden["only"], hidden["candidate"], hidden["top"]) == ("P", "candidate:1", 1)
    assert "Shown only: P (P) and what lies in it" in done.err
    assert "hidden" not in whole
    # Nothing that differs is shown, and yet it differs.
    assert ask(*job, "--min-difference", "1000").code == 1


def test_the_days_left_are_counted_from_today(ask: Ask, tmp_path: Path) -> None:
    rows = "kabupaten,kecamatan,suara_1,suara_2\nP,A,1000,999\n"
    (tmp_path / "ours.csv").write_text(rows)
    (tmp_path / "recount.toml").write_text(
        '[[contest]]\nid = "pilgub"\n[contest.threshold]\npercent = 2.0\nannounced = 2018-07-09\n'
    )
    ours, election = str(tmp_path / "ours.csv"), str(tmp_path / "recount.toml")
    done = ask("reconcile", ours, "--online", ours, "--election", election, "--format", "json")
    threshold = json.loads(done.out)["outcome"][0]["threshold"]
    assert threshold.pop("days_left") < -365
    assert threshold == {
        "percent": 2.0,
        "votes": 39,
        "margin": 1,
        "within": True,
        "last_day": "2018-07-11",
    }
