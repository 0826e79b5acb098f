"""Candidates whose headings hold more numbers than their own, and what beside them is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.report.answer import outcome
from tests.layouts.sheets import messages, reading, rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from recount.model import Reading


def headed(*headings: str, cell: str = "7") -> Reading:
    """A table of one kecamatan with these headings behind its name."""
    cells = " | ".join(cell for _ in headings)
    return reading(f"| kecamatan | {' | '.join(headings)} |\n| Palaran | {cells} |")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("3 Budi 2 Periode", "Budi 2 Periode"),
        ("3 H. Budi 2 Periode", "H. Budi 2 Periode"),
        ("3 Budi - Ani (62)", "Budi - Ani (62)"),
        ("3 Agus 3 Hasan", "Agus 3 Hasan"),
        ("3 3T Bersama (2 periode)", "3T Bersama (2 periode)"),
        ("03. Budi 2 & Ani", "Budi 2 & Ani"),
        ("Paslon 3: Budi 2 Periode", "Budi 2 Periode"),
        ("p3_budi_2", "budi 2"),
        ("3 Kota Baru 2 Periode", "Kota Baru 2 Periode"),
        ("3 <script>alert(1)</script> 3", "<script>alert(1)</script> 3"),
        ("3 =cmd' /C calc'!A0 3", "=cmd' /C calc'!A0 3"),
        ("3 Budi & Ani", "Budi & Ani"),
        ("3 -", None),
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_number_and_a_name_continue_the_row(heading: str, name: str | None, at: int) -> None:
    headings = ["2 B", "4 D"]
    headings.insert(at, heading)
    read = headed(*headings)
    assert read.columns["candidate:3"] == at + 1
    assert read.candidates.get("3") == name
    assert rules(read) == []


@pytest.mark.parametrize(
    "headings",
    [
        ("1 Ani 2 Periode", "2 Budi 2 Periode"),
        ("1 Koalisi 2019", "2 Koalisi 2024", "3 C"),
        ("1 A", "2 @SUM(1+1) 2", "3 C"),
        ("1 A", "2 -2+3 2", "3 +62811 3", "4 D"),
    ],
)
def test_every_one_of_the_row_is_a_candidate(headings: Sequence[str]) -> None:
    assert [*headed(*headings).columns] == [f"candidate:{n}" for n in range(1, len(headings) + 1)]


@pytest.mark.parametrize(
    "heading",
    ["3 TPS 2", "DPT 2019", "3. DPT 2019", "TPS 3", "3 Suara sah 2019", "3. Jumlah pemilih 2019",
     "3 dan 4", "1 s.d. 3", "1-3", "3 4", "3 Juni 2018", "3 Jumlah suara 2", "3 Selisih 1-2",
     "3 Desa 2", "3 Saksi 2", "2 B 2019", "9 Besar 2019", "3. Surat suara 2,5", "2019", "33 34"],
)  # fmt: skip
def test_another_thing_is_no_candidate(heading: str) -> None:
    read = headed("1 A", "2 B", heading)
    assert [box for box in read.columns if box.startswith("candidate:")] == [
        "candidate:1",
        "candidate:2",
    ]


def test_two_of_one_number_are_none() -> None:
    read = headed("1 A", "2 B", "3 C 2014", "3 C 2019")
    assert "candidate:3" not in read.columns
    assert rules(read) == [("unused-column", "a.csv:1")] * 2


@pytest.mark.parametrize(
    ("headings", "cell", "severity"),
    [
        (("1 A", "2 B", "9 Besar 2019"), "7", "warning"),
        (("1 A", "Citra", "2 B"), "7", "warning"),
        (("Citra", "1 A", "2 B"), "7", "warning"),
        (("1 A", "2 B", "Kota Baru Maju"), "7", "warning"),
        (("1 A", "2 B", "3 4"), "7", "warning"),
        (("1 A", "2 B", "3 Koalisi 100% Jujur"), "7", "warning"),
        (("1 A", "2 B", "1 A (%)"), "7", "note"),
        (("1 A", "2 B", "Selisih"), "7", "note"),
        (("1 A", "2 B", "Petugas"), "7", "note"),
        (("1 A", "2 B", "Citra"), "Ani", "note"),
        (("1 A", "2 B", "Diperbarui"), "1555732800", "note"),
    ],
)
def test_unused_numbers_beside_candidates_are_a_warning(
    headings: Sequence[str], cell: str, severity: str
) -> None:
    cells = [cell if not heading.startswith(("1 A", "2 B")) else "7" for heading in headings]
    read = reading(f"| kecamatan | {' | '.join(headings)} |\n| Palaran | {' | '.join(cells)} |")
    assert [(f.rule, f.severity) for f in read.findings] == [("unused-column", severity)]


def test_behind_an_understood_column_it_is_a_note() -> None:
    read = headed("1 A", "2 B", "sah", "Citra", cell="7")
    assert [str(f.severity) for f in read.findings] == ["note"]
    assert "“Citra”" in messages(read)[0]


def test_in_a_list_the_number_counts_too() -> None:
    read = reading("""
        | kecamatan | paslon           | suara |
        | Palaran   | 1 A              | 10    |
        | Palaran   | 2 B              | 20    |
        | Palaran   | 3 Budi 2 Periode | 300   |
    """)
    assert [*read.columns] == ["candidate:1", "candidate:2", "candidate:3"]
    assert dict(read.candidates) == {"1": "A", "2": "B", "3": "Budi 2 Periode"}


HEAD = "kecamatan,1 A,2 B,{},sah\n"


@pytest.mark.parametrize("side", ["Ours", "Online"])
def test_the_answer_says_what_was_not_understood(tmp_path: Path, side: str) -> None:
    odd, plain = "Budi 2 Periode", "3 Budi"
    ours, online = (odd, plain) if side == "Ours" else (plain, odd)
    (tmp_path / "o.csv").write_text(HEAD.format(ours) + "X,10,20,300,330\n")
    (tmp_path / "t.csv").write_text(HEAD.format(online) + "X,10,20,300,330\n")
    answer = said(tmp_path)
    assert f"{side}: not everything is in these figures." in answer
    assert "left out: Budi 2 Periode." in answer
    assert "Everything was compared" not in answer
    assert "nothing is missing" not in answer


def test_the_leader_is_the_one_with_a_second_number(tmp_path: Path) -> None:
    for name in ("o.csv", "t.csv"):
        (tmp_path / name).write_text(HEAD.format("3 Budi 2 Periode") + "X,10,20,300,330\n")
    answer = said(tmp_path)
    assert answer.startswith("3 Budi 2 Periode leads, in our forms and online.")
    assert "Everything was compared: 1 kecamatan." in answer


def said(folder: Path) -> str:
    """The answer about `o.csv` and `t.csv`."""
    made = api.reconcile(folder / "o.csv", folder / "t.csv", regions="none")
    return " ".join(outcome(made.outcome, made.coverage, made.findings, made.election, "en"))
