"""Names beside numbers: whose name it is, and two names for one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

import recount
from recount.called import whose
from recount.texts import speak

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {
    "1": "1",
    "joko-widodo-ma-ruf-amin": "1",
    "jokowi-ma-ruf": "1",
    "2": "2",
    "prabowo-subianto-sandiaga-uno": "2",
}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Jokowi", "1"),
        ("Ir. H. JOKO WIDODO - Prof. Dr. (H.C) KH. MA'RUF AMIN", "1"),
        ("H. PRABOWO SUBIANTO - H. SANDIAGA SALAHUDDIN UNO", "2"),
        ("Prabowo", "2"),
        ("Prabowo - Amin", None),
        ("Prabowo Sandiaga dan Amin", "2"),
        ("Isran Noor", None),
        ("No. 1", None),
        ("", None),
    ],
)
def test_a_name_belongs_to_the_number_that_has_most_of_its_words(
    name: str, number: str | None
) -> None:
    assert whose(name, KNOWN) == number


def _said(tmp_path: Path, *pairs: tuple[str, str]) -> list[tuple[str, str | None]]:
    for at, (one, two) in enumerate(pairs):
        frame = pl.DataFrame({"kecamatan": [f"K{at}"], f"01 {one}": [5], f"02 {two}": [6]})
        frame.write_csv(tmp_path / f"{at}.csv")
    found = recount.check([str(tmp_path / f"{at}.csv") for at in range(len(pairs))]).findings
    said = [finding for finding in found if finding.rule == "candidate-number"]
    assert {finding.severity for finding in said} <= {"error"}
    return [(speak(finding.message, "en"), finding.place) for finding in said]


def test_two_names_for_one_number_in_different_files_are_an_error(tmp_path: Path) -> None:
    said = _said(tmp_path, ("Jokowi - Amin", "Prabowo"), ("Prabowo Subianto", "Joko Widodo - Amin"))
    one, two = (
        "The number 1 is “Prabowo Subianto” here, but “Jokowi - Amin” in 0.csv; the number counts.",
        "The number 2 is “Joko Widodo - Amin” here, but “Prabowo” in 0.csv; the number counts.",
    )
    assert said == [(one, "1.csv"), (two, "1.csv")]


def test_a_third_name_for_a_number_is_an_error(tmp_path: Path) -> None:
    [(message, _)] = _said(tmp_path, ("Isran", "Jaang"), ("Isran", "Sofyan Hasdam"))
    assert message.startswith("The number 2 is “Sofyan Hasdam” here, but “Jaang” in 0.csv")


def test_one_name_written_in_several_ways_is_one(tmp_path: Path) -> None:
    assert not _said(
        tmp_path,
        ("Jokowi", "Prabowo"),
        ("Ir. H. JOKO WIDODO - KH. MA'RUF AMIN", "H. PRABOWO SUBIANTO - H. SANDIAGA UNO"),
        ("JKW", "PS"),
        ("JOKOWI-AMIN", "Prabowo-Sandi"),
    )
