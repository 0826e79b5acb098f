"""The rules about one side, as a witness would see them broken: rule, severity, address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "kecamatan,suara_1,suara_2,suara sah,suara tidak sah,suara sah dan tidak sah\n"
HEAD = "kabupaten,kecamatan,tps,suara_1\n"
LONG = "kecamatan,tps,paslon,suara\n"
BOTH = "kecamatan,pengguna hak pilih lk,pengguna hak pilih pr,pengguna hak pilih jml,suara_1\n"

Said = list[tuple[str, str, str]]


def said(path: Path, *files: str) -> Said:
    for number, text in enumerate(files, start=1):
        (path / f"f{number}.csv").write_text(text)
    found = api.check(sorted(path.glob("f*.csv"))).findings
    return [(f.rule, f.severity, f.place or "") for f in found if f.rule[0] == "R"]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("A,10,20,30,2,32", []),
        ("A,10,20,31,1,32", ["R1"]),
        ("A,10,20,30,2,30", ["R2"]),
        ("A,10,20,31,2,30", ["R1", "R2"]),
        # Nothing is filled in: a rule of which a box is blank is not applied.
        ("A,10,,30,2,32", []),
        ("A,10,20,30,,32", []),
        ("A,0,0,0,0,0", []),
    ],
)
def test_sums_on_the_form(tmp_path: Path, row: str, rules: list[str]) -> None:
    assert said(tmp_path, SUMS + row + "\n") == [(rule, "error", "f1.csv:2") for rule in rules]


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        # A sum above the form cannot be a form that is missing.
        ("P,A,1,10\nP,A,2,20\nP,A,,29\n", "error"),
        ("P,A,1,10\nP,A,2,20\nP,A,,31\n", "warning"),
        ("P,A,1,10\nP,A,2,20\nP,A,,30\n", None),
        ("P,A,1,10\nP,A,2,\nP,A,,\n", None),
        # Where a box below is blank, only a sum above the form contradicts it.
        ("P,A,1,10\nP,A,2,\nP,A,,31\n", None),
        ("P,A,1,10\nP,A,2,\nP,A,,10\n", None),
        ("P,A,1,10\nP,A,2,\nP,A,,9\n", "error"),
        # A copy is not added once more; copies that differ have no sum.
        ("P,A,1,10\nP,A,001,10\nP,A,,10\n", None),
        ("P,A,1,10\nP,A,1,11\nP,A,,10\n", None),
    ],
)
def test_a_form_and_what_is_below_it(tmp_path: Path, rows: str, severity: str | None) -> None:
    place = f"f1.csv:{rows.count(chr(10)) + 1}"
    assert said(tmp_path, HEAD + rows) == ([("R11", severity, place)] if severity else [])


def test_the_address_is_the_number_s_own_row(tmp_path: Path) -> None:
    long = LONG + "A,1,1,5\nA,1,2,6\nA,1,suara sah,12\nA,,1,5\nA,,2,7\n"
    wide = "kecamatan,tps,suara_1,suara_2,suara sah\nB,1,1,2,4\n"
    assert said(tmp_path, long, wide) == [
        ("R1", "error", "f1.csv:4"),
        ("R1", "error", "f2.csv:2"),
        ("R11", "warning", "f1.csv:6"),
    ]
