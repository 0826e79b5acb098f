"""One number per row."""

from __future__ import annotations

import pytest

from recount.errors import RecountError
from recount.forms import FORMS
from recount.texts import speak
from tests.layouts.sheets import messages, reading, rules, table

PLAIN = """
| kecamatan | paslon | suara |
| Palaran   | 1      | 10    |
| Sambutan  | 02     | 2     |
| Palaran   | 2      | 20    |
| Sambutan  | 1      |       |
"""


def test_a_plain_list() -> None:
    read = reading(PLAIN)
    assert read.layout == "long"
    assert dict(read.columns) == {"candidate:1": 2, "candidate:2": 2}
    columns = "row", "kecamatan", "candidate:1", "row candidate:1", "candidate:2", "row candidate:2"
    assert table(read, *columns) == [
        (2, "Palaran", "10", 2, "20", 4),
        (3, "Sambutan", None, 5, "2", 3),
    ]
    assert read.findings == ()


@pytest.mark.parametrize(
    ("written", "box"),
    [
        ("1", "candidate:1"),
        ("01", "candidate:1"),
        ("Paslon 1", "candidate:1"),
        ("01 Isran - Hadi", "candidate:1"),
        ("Jaang", "candidate:jaang"),
        ("suara sah", "valid"),
        ("Jumlah suara tidak sah", "invalid"),
        ("DPT", "registered_dpt"),
        ("candidate:2", "candidate:2"),
    ],
)
def test_what_stands_in_the_candidate_column(written: str, box: str) -> None:
    read = reading(f"| kec | calon | suara |\n| A | {written} | 5 |")
    assert list(read.columns) == [box]
    assert table(read, box) == [("5",)]
    assert read.findings == ()


def test_candidates_known_from_the_election_file() -> None:
    known = {"isran-hadi": "3", "3": "3", "2": "2"}
    read = reading(
        """
        | kec | calon        | suara |
        | A   | ISRAN - HADI | 5     |
        | A   | 02           | 6     |
        | A   | suara sah    | 11    |
        | A   | Budi         | 7     |
        | A   | 9            | 8     |
        """,
        known,
    )
    assert set(read.columns) == {"candidate:2", "candidate:3", "valid"}
    assert rules(read) == [("unknown-candidate", "a.csv:5"), ("unknown-candidate", "a.csv:6")]


@pytest.mark.parametrize("written", ["", "0", "-", "DPTb", "kecamatan", "100"])
def test_what_is_no_candidate_is_told(written: str) -> None:
    read = reading(f"| kec | calon | suara |\n| A | {written} | 5 |\n| A | 1 | 7 |")
    assert rules(read) == [("unknown-candidate", "a.csv:2")]
    assert read.findings[0].severity == "error"
    assert table(read, "candidate:1") == [("7",)]


def test_a_total_over_the_candidates_is_no_candidate() -> None:
    read = reading("| kec | calon | suara |\n| A | 1 | 7 |\n| A | JUMLAH | 7 |\n| TOTAL | 1 | 7 |")
    assert rules(read) == [("totals-row", "a.csv:4"), ("totals-row", "a.csv:3")]
    assert table(read, "kecamatan", "candidate:1") == [("A", "7")]


def test_a_second_number_for_one_box_is_a_second_copy() -> None:
    read = reading("""
        | kec | calon | suara |
        | A   | 1     | 7     |
        | A   | 1     | 8     |
        | A   | 2     | 9     |
        | A   | 1     | 7     |
    """)
    assert table(read, "row", "candidate:1", "row candidate:1", "candidate:2") == [
        (2, "7", 2, "9"),
        (3, "8", 3, None),
        (5, "7", 5, None),
    ]


def test_number_and_name_in_two_columns() -> None:
    read = reading("""
        | kec | nama calon | no urut | suara |
        | A   | Isran      | 3       | 7     |
        | A   | Jaang      | 2       | 8     |
        | B   | Isran      | 3       | 9     |
    """)
    assert dict(read.candidates) == {"2": "Jaang", "3": "Isran"}
    assert table(read, "kecamatan", "candidate:3", "candidate:2") == [
        ("A", "7", "8"),
        ("B", "9", None),
    ]
    assert read.findings == ()


def test_names_alone() -> None:
    read = reading("| kec | nama calon | jumlah suara |\n| A | Isran | 7 |\n| A | Jaang | 8 |")
    assert dict(read.candidates) == {"isran": "Isran", "jaang": "Jaang"}


def test_several_place_columns_and_contests_are_kept_apart() -> None:
    read = reading("""
        | kab | kec | tps | pemilihan | calon | suara | petugas |
        | P   | A   | 1   | bupati    | 1     | 7     | Ani     |
        | P   | A   | 2   | bupati    | 1     | 8     | Ani     |
        | P   | A   | 1   | gubernur  | 1     | 9     | Ani     |
        |     | A   | 1   | gubernur  | 1     | 9     | Ani     |
    """)
    assert table(read, "kabkota", "tps", "contest", "candidate:1") == [
        ("P", "1", "bupati", "7"),
        ("P", "2", "bupati", "8"),
        ("P", "1", "gubernur", "9"),
        (None, "1", "gubernur", "9"),
    ]
    assert messages(read) == ["The column “petugas” was not understood and is not used."]


def test_candidates_of_their_own_columns_make_it_no_list() -> None:
    read = reading("| kec | no urut | suara | 1 | 2 |\n| A | 1 | 3 | 1 | 2 |")
    assert read.layout == "units down"
    assert rules(read) == [("unused-column", "a.csv:1")]


def test_nothing_but_headings_is_declined() -> None:
    with pytest.raises(RecountError) as caught:
        reading("| kec | calon | suara |")
    assert speak(caught.value.message, "en") == "Under the headings there is no row."


def test_a_list_of_voters_is_what_the_form_says() -> None:
    text = """
        | kecamatan | uraian          | jumlah suara |
        | A         | 1               | 5            |
        | A         | pengguna DPTb   | 2            |
    """
    assert "voters_id_card" in reading(text, form=FORMS["da1-kwk-2018"]).columns
    assert "voters_moved" in reading(text, form=FORMS["da1-ppwp-2019"]).columns
    assert list(reading(text).columns) == ["candidate:1"]


def test_a_name_in_the_row_of_another_number_is_told() -> None:
    text = "| kec | no_paslon | nama_paslon | suara |\n| A | 1 | Jaang | 5 |\n| A | 2 | Isran | 6 |"
    known = {"1": "1", "isran-hadi": "1", "2": "2", "jaang-ferdi": "2"}
    read = reading(text, known)
    assert rules(read) == [("candidate-number", "a.csv:1"), ("candidate-number", "a.csv:1")]
    assert table(read, "candidate:1", "candidate:2") == [("5", "6")]
