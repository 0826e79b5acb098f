"""One row per unit, as people lay it out."""

from __future__ import annotations

import pytest

from recount.errors import RecountError
from recount.forms import FORMS
from recount.texts import speak
from tests.layouts.sheets import assumed, grid, messages, reading, rules, table

PLAIN = """
| kecamatan | suara_1 | suara_2 | suara_sah |
| Palaran   | 10      | 20      | 30        |
| Sambutan  | 1       |         | 1         |
"""


def test_a_plain_table() -> None:
    read = reading(PLAIN)
    assert read.layout == "units down"
    assert dict(read.columns) == {"candidate:1": 1, "candidate:2": 2, "valid": 3}
    assert table(read, "row", "kecamatan", "candidate:1", "candidate:2", "valid") == [
        (2, "Palaran", "10", "20", "30"),
        (3, "Sambutan", "1", None, "1"),
    ]
    assert read.findings == ()


def test_any_order_and_title_lines_above() -> None:
    read = reading("""
        | REKAPITULASI SUARA 2018 |    |           |      |      |
        | KECAMATAN : | SAMARINDA |    |           |      |
        | TPS         | 1         |    |           |      |
        |             |           |    |           |      |
        | 02          | SAH       | 01 | KEC.      | No.  |
        | 20          | 30        | 10 | Palaran   | 1    |
    """)
    assert table(read, "row", "kecamatan", "candidate:1", "candidate:2", "valid") == [
        (6, "Palaran", "10", "20", "30")
    ]
    assert "tps" not in read.rows.columns


def test_totals_by_their_word_are_left_out_and_told() -> None:
    read = reading("""
        | No     | Kabupaten | Kecamatan    | 1  | 2  |
        | 1      | Samarinda | Palaran      | 10 | 20 |
        | JUMLAH |           |              | 10 | 20 |
        | 2      | Samarinda | Sambutan     | 1  | 2  |
        |        | TOTAL     |              | 11 | 22 |
        |        | Samarinda | SUB TOTAL    | 1  | 2  |
        |        | Samarinda | Total Loa    | 1  | 2  |
        |        | Samarinda | Totala Jaya  | 5  | 6  |
    """)
    assert table(read, "kecamatan") == [("Palaran",), ("Sambutan",), ("Totala Jaya",)]
    assert rules(read) == [("totals-row", f"a.csv:{row}") for row in (3, 5, 6, 7)]


def test_a_total_beyond_the_first_four_cells_is_not_looked_for() -> None:
    read = reading("""
        | Kecamatan | 1  | 2  | sah | Catatan petugas  |
        | Palaran   | 10 | 20 | 30  | TOTAL            |
    """)
    assert table(read, "kecamatan") == [("Palaran",)]


def test_headings_that_stand_again_column_numbers_and_footnotes() -> None:
    read = reading("""
        | No | Kecamatan       | Paslon 1 | Paslon 2 |
        | 1  | 2               | 3        | 4        |
        | 1  | Palaran         | 10       | 20       |
        | No | Kecamatan       | Paslon 1 | Paslon 2 |
        | 1  | 2               | 3        | 4        |
        | 2  | Sumber          | 1        | 2        |
        |    | Sumber: KPU     |          |          |
        |    | Keterangan : x  |          |          |
    """)
    assert table(read, "kecamatan") == [("Palaran",), ("Sumber",)]
    assert rules(read) == [
        ("column-numbers", "a.csv:2"),
        ("column-numbers", "a.csv:5"),
        ("heading-row", "a.csv:4"),
        ("footnote", "a.csv:7"),
        ("footnote", "a.csv:8"),
    ]


def test_a_station_with_few_votes_is_no_row_of_column_numbers() -> None:
    assert len(reading("| TPS | 1 | 2 |\n| 1 | 2 | 3 |").rows) == 1


def test_a_row_without_figures_is_a_form_that_was_not_collected() -> None:
    read = reading("""
        | kecamatan | 1  | 2  |
        | Palaran   |    |    |
        |           |    |    |
        | Sambutan  | 1  | 2  |
    """)
    assert table(read, "row", "kecamatan") == [(2, "Palaran"), (4, "Sambutan")]


def test_what_is_not_understood_is_told_and_not_used() -> None:
    read = reading("""
        | kecamatan | 1 | 2 | DPTb | DPK | Jumlah Suara | No Urut | Persen 1 |
        | Palaran   | 1 | 2 | 3    | 4   | 5            | 1       | 33,3     |
    """)
    assert dict(read.columns) == {"candidate:1": 1, "candidate:2": 2}
    assert rules(read) == [
        ("list-of-voters", "a.csv:1"),
        ("list-of-voters", "a.csv:1"),
        ("unused-column", "a.csv:1"),
        ("unused-column", "a.csv:1"),
    ]
    assert ["“DPTb”" in text for text in messages(read)] == [True, False, False, False]


@pytest.mark.parametrize(
    ("beside", "cells"),
    [("sah", "3 | 7"), ("sah", "3 | 1.074"), ("DPT", "100 | 7"), ("cast", "10 | 7")],
)
@pytest.mark.parametrize("written", ["TS", "T.S.", "ts"])
def test_ts_beside_votes_is_the_invalid_ones(beside: str, cells: str, written: str) -> None:
    read = reading(f"| desa | 1 | 2 | {beside} | {written} |\n| Bukuan | 1 | 2 | {cells} |")
    assert read.columns["invalid"] == 4
    assert table(read, "invalid") == [(cells.split(" | ")[1],)]
    assert assumed(read) == [f"The column “{written}” was taken as the invalid votes (tidak sah)."]
    assert rules(read) == []


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2019-04-20 10:00", []),
        ("1555732800", [("unused-column", "a.csv:1")]),
        ("1555732800123", [("unused-column", "a.csv:1")]),
    ],
)
def test_ts_with_times_is_a_time(time: str, said: list[tuple[str, str]]) -> None:
    read = reading(f"| desa | 1 | 2 | sah | ts |\n| Bukuan | 1 | 2 | 3 | {time} |")
    assert "invalid" not in read.columns
    assert rules(read) == said


def test_ts_beside_a_column_of_invalid_votes_is_told() -> None:
    read = reading("| desa | 1 | 2 | tidak sah | TS |\n| Bukuan | 1 | 2 | 3 | 4 |")
    assert read.columns["invalid"] == 3
    assert rules(read) == [("unused-column", "a.csv:1")]


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Jml TPS", "12", True),
        ("KET", "7", True),
        ("Keterangan", "7", True),
        ("Persentase", "50,9%", True),
        ("% Partisipasi", "0,76", True),
        ("Kode BPS", "6401", True),
        ("Kode Pos", "76281", True),
        ("KODE_POS", "76281", True),
        ("KodePos", "76281", True),
        ("KODEPOS", "76281", True),
        ("Kd. Pos Desa", "76281", True),
        ("Keterangan", "sudah dicek", False),
        ("NO", "1", False),
        ("No.", "1", False),
    ],
)
def test_numbers_that_are_set_aside_are_told(heading: str, cell: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    read = reading(f"| {heading} | desa | 1 | 2 |\n| {cell} | Bukuan | 1 | 2 |")
    assert rules(read) == ([("unused-column", "a.csv:1")] if told else [])


@pytest.mark.parametrize(
    ("heading", "boxes"),
    [
        ("Rudy - Seno | Kolom Kosong", ["candidate:rudy-seno", "candidate:empty"]),
        ("1 | KOTAK KOSONG", ["candidate:1", "candidate:empty"]),
        ("01 Rudy - Seno | 02 Kolom Kosong", ["candidate:1", "candidate:2"]),
    ],
)
def test_the_empty_box_is_a_candidate_too(heading: str, boxes: list[str]) -> None:
    read = reading(f"| Kecamatan | {heading} | Suara sah |\n| Palaran | 7 | 3 | 10 |")
    assert list(read.columns) == [*boxes, "valid"]


def test_number_and_name_in_a_heading() -> None:
    read = reading("| kec | 01 Isran - Hadi | 02 Jaang - Ferdi |\n| A | 1 | 2 |")
    assert dict(read.candidates) == {"1": "Isran - Hadi", "2": "Jaang - Ferdi"}
    assert read.assumptions == ()


BY_NAME = """
| Kecamatan | Isran - Hadi | Jaang - Ferdi | Kotak Kosong | DPTb | Selisih | Petugas | suara sah |
| Palaran   | 1.234        | 20            | -            | 1    | 5       | Ani     | 30        |
"""


def test_candidates_by_name() -> None:
    read = reading(BY_NAME.replace("| -            |", "| 3            |"))
    assert [box for box in read.columns if box.startswith("candidate:")] == [
        "candidate:isran-hadi",
        "candidate:jaang-ferdi",
        "candidate:empty",
    ]
    assert read.candidates["isran-hadi"] == "Isran - Hadi"
    assert [speak(text, "en") for text in read.assumptions] == [
        "Taken as candidates, by their headings: Isran - Hadi, Jaang - Ferdi, Kotak Kosong."
    ]


@pytest.mark.parametrize(
    ("heading", "severity"),
    [
        ("RUSAK", "warning"),
        ("Suara Rusak", "warning"),
        ("Suara Tidak Sah/Rusak", "warning"),
        ("Golput", "warning"),
        ("Abstain", "warning"),
        ("Batal", "warning"),
        ("Kosong", "warning"),
        ("Petugas", "note"),
        ("Saksi", "note"),
    ],
)
def test_votes_of_nobody_are_no_candidate(heading: str, severity: str) -> None:
    read = reading(f"| Desa | Jokowi | Prabowo | {heading} |\n| Bukuan | 100 | 200 | 11 |")
    assert set(read.columns) == {"candidate:jokowi", "candidate:prabowo"}
    assert [(f.rule, str(f.severity), f.place) for f in read.findings] == [
        ("unused-column", severity, "a.csv:1")
    ]


@pytest.mark.parametrize("heading", ["Surat Suara Rusak", "Jumlah surat suara rusak"])
def test_spoiled_ballots_are_a_box(heading: str) -> None:
    read = reading(f"| Desa | Jokowi | Prabowo | {heading} |\n| Bukuan | 100 | 200 | 11 |")
    assert read.columns["ballots_spoiled"] == 3
    assert rules(read) == []


def test_a_column_that_is_blank_or_of_words_is_no_candidate() -> None:
    blank = BY_NAME.replace("Kotak Kosong", "Sugeng - Wati")
    assert [box for box in reading(blank).columns if box.startswith("candidate:")] == [
        "candidate:isran-hadi",
        "candidate:jaang-ferdi",
    ]


def test_candidates_by_a_name_known_from_the_election_file() -> None:
    read = reading(BY_NAME, {"isran-hadi": "3", "jaang-ferdi": "2"})
    assert {box: column for box, column in read.columns.items() if ":" in box} == {
        "candidate:3": 1,
        "candidate:2": 2,
    }
    assert read.assumptions == ()


def test_a_candidate_whom_the_election_file_does_not_list_is_left_out_and_told() -> None:
    read = reading("| kec | 1 | 9 | Budi | sah |\n| A | 1 | 2 | 3 | 6 |", {"1": "1", "2": "2"})
    assert list(read.columns) == ["candidate:1", "valid"]
    assert rules(read) == [("unknown-candidate", "a.csv:1"), ("unused-column", "a.csv:1")]
    with pytest.raises(RecountError):
        reading("| kec | 8 | 9 |\n| A | 1 | 2 |", {"1": "1", "2": "2"})


def test_cells_beyond_the_headings_are_told() -> None:
    read = reading("""
        | kec | 1 | 2 |       |      |
        | A   | 1 | 2 |       |      |
        | B   | 1 | 2 | 3     |      |
        | C   | 1 | 2 |       | ok ? |
    """)
    assert [(f.rule, f.severity, f.place) for f in read.findings] == [
        ("beyond-headings", "error", "a.csv:3"),
        ("beyond-headings", "note", "a.csv:4"),
    ]


def test_a_known_name_beside_another_number_is_told() -> None:
    text = "| kec | 01 Isran | 02 Jaang |\n| A | 1 | 2 |"
    read = reading(text, {"1": "1", "2": "2", "3": "3", "isran": "3", "jaang": "2"})
    assert rules(read) == [("candidate-number", "a.csv:1")]
    assert messages(read)[0].startswith("“Isran” has the number 1 here, but 3 in the election file")


@pytest.mark.parametrize(
    ("headings", "codes", "column"),
    [
        ("kode | kode_kec", "64.72.01 | 01", 0),
        ("kode_kab | kode_kec", "6472 | 647201", 1),
        ("kode_kec | kode_kab", "647201 | 6472", 0),
        ("kode_kab | kode_kec", "6472 | 01", 0),
        ("kpu_id | kode_kec", "64113 | 647201", 1),
        ("kode_induk | kode", "6472 | 647201", 1),
    ],
)
def test_of_several_columns_of_codes_the_finest_with_whole_codes(
    headings: str, codes: str, column: int
) -> None:
    read = reading(f"| {headings} | kecamatan | 1 | 2 |\n| {codes} | Palaran | 3 | 5 |")
    assert table(read, "code") == [(codes.split(" | ")[column],)]


def test_two_columns_of_one_meaning_are_declined() -> None:
    with pytest.raises(RecountError) as caught:
        reading("| kecamatan | suara_1 | Paslon 1 | 2 |\n| A | 1 | 2 | 3 |")
    assert speak(caught.value.message, "en") == (
        "Two columns have the same meaning, “candidate:1”: “suara_1” and “Paslon 1”."
    )
    assert caught.value.place == "a.csv:1"


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("| a | b |\n| 1 | 2 |", "No heading row with a place", "a.csv:1"),
        (
            "| x |\n| kecamatan | catatan |\n| A | B |",
            "The heading row has a place, but",
            "a.csv:2",
        ),
        ("| kecamatan | Ani |\n| A | 5 |", "The heading row has a place, but", "a.csv:1"),
        ("| kecamatan | 1 | 2 |", "Under the headings there is no row.", "a.csv:1"),
        (
            "| kecamatan | 1 | 2 |\n| TOTAL | 5 | 6 |",
            "Under the headings there is no row.",
            "a.csv:1",
        ),
    ],
)
def test_what_cannot_be_read_says_what_is_missing(text: str, message: str, place: str) -> None:
    with pytest.raises(RecountError) as caught:
        reading(text)
    assert speak(caught.value.message, "en").startswith(message)
    assert caught.value.place == place


def test_a_single_column_of_votes_is_enough() -> None:
    assert dict(reading("| kecamatan | suara_1 |\n| A | 5 |").columns) == {"candidate:1": 1}


def test_the_contest_of_each_row_is_kept() -> None:
    read = reading("| pemilihan | kec | 1 | 2 |\n| gubernur | A | 1 | 2 |")
    assert table(read, "contest") == [("gubernur",)]


def test_a_very_long_cell_is_no_heading() -> None:
    long = "01 " + "x" * 700
    read = reading(f"| kec | 1 | 2 | {long} |\n| A | 1 | 2 | 3 |")
    assert len(messages(read)[0]) < 150


def test_grids_are_left_as_they_are() -> None:
    before = grid(PLAIN)
    assert before.cells.rows() == grid(PLAIN).cells.rows()


def test_the_title_lines_say_which_form_it_is() -> None:
    text = "| kecamatan | 1 | 2 | pengguna DPTb |\n| A | 5 | 6 | 2 |\n"
    read = reading("| MODEL DA1-KWK | | | |\n" + text)
    assert (read.form, "voters_id_card" in read.columns) == ("da1-kwk-2018", True)
    read = reading(text, form=FORMS["da1-ppwp-2019"])
    assert (read.form, "voters_moved" in read.columns) == ("da1-ppwp-2019", True)
    assert reading(text).form is None
