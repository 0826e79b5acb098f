"""Units as columns, lines of the form as rows: recapitulations, and what imitates them."""

from __future__ import annotations

import pytest

from recount.errors import RecountError
from recount.layouts import understand
from recount.model import Sheet
from recount.texts import speak
from tests.layouts.sheets import assumed, grid, messages, readings, rules, table

DA1 = """
| SERTIFIKAT REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA |   |   |   |   |   |   |
| PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2018 |            |   |   |   |   |   |
| MODEL DA1-KWK                            |     |               |      |      |     |
| KECAMATAN                                | :   | SAMARINDA ULU |      |      |     |
| KABUPATEN/KOTA : KOTA SAMARINDA          |     |               |      |      |     |
| NO | URAIAN                              |     | RINCIAN |      |           | JUMLAH AKHIR |
|    |                                     |     | Sidodadi | JAWA | AIR PUTIH |        |
| 1  | 2                                   |     | 3    | 4    | 5         | 6            |
| I  | DATA PEMILIH                        |     |      |      |           |              |
| 1  | Pemilih dalam DPT                   | LK  | 10   | 20   | 30        | 60           |
|    |                                     | PR  | 11   | 21   | 31        | 63           |
|    |                                     | JUM | 21   | 41   | 61        | 123          |
| 2  | Pemilih dalam DPTb/KTP-el           | JUM | 1    | 2    | 3         | 6            |
| II | PENGGUNA HAK PILIH                  |     |      |      |           |              |
| 1  | DPT                                 | LK  | 9    | 19   | 29        | 57           |
|    |                                     | PR  | 9    | 19   | 29        | 57           |
| IV | RINCIAN PEROLEHAN SUARA PASANGAN CALON |  |      |      |           |              |
| 1  | ANDI - BUDI                         |     | 5    | 6    | 7         | 18           |
| 2  | I S R A N   H A D I                 |     | 1.234 | X   | -         | 1234         |
| E  | JUMLAH SELURUH SUARA SAH            |     | 1239 | 6    | 7         | 1252         |
| F  | JUMLAH SUARA TIDAK SAH              |     | 1    | 2    | 3         | 7            |
| KETERANGAN: sementara |                  |     |      |      |           |              |
|    | Ketua PPK                           |     | (Ani) |     |           |              |
"""
BOXES = {
    "registered_dpt.m": 10,
    "registered_dpt.f": 11,
    "registered_dpt": 12,
    "registered_id_card": 13,
    "voters_dpt.m": 15,
    "voters_dpt.f": 16,
    "candidate:1": 18,
    "candidate:2": 19,
    "valid": 20,
    "invalid": 21,
}


def test_the_official_shape() -> None:
    [read] = readings(DA1, "SAMARINDA ULU")
    assert (read.layout, read.across, read.form) == ("units across", True, "da1-kwk-2018")
    assert dict(read.columns) == BOXES
    assert dict(read.candidates) == {"1": "ANDI - BUDI", "2": "ISRAN HADI"}
    columns = "row", "kabkota", "kecamatan", "desa", "registered_dpt.f", "candidate:2", "invalid"
    assert table(read, *columns) == [
        (4, "KOTA SAMARINDA", "SAMARINDA ULU", "Sidodadi", "11", "1.234", "1"),
        (5, "KOTA SAMARINDA", "SAMARINDA ULU", "JAWA", "21", "X", "2"),
        (6, "KOTA SAMARINDA", "SAMARINDA ULU", "AIR PUTIH", "31", "-", "3"),
    ]


def test_what_is_no_figure_is_told_with_its_address() -> None:
    [read] = readings(DA1, "SAMARINDA ULU")
    place = "a.csv!SAMARINDA ULU!"
    assert rules(read) == [
        ("outside-table", f"{place}A22"),
        ("outside-table", f"{place}23"),
        ("totals-column", f"{place}G6"),
        ("R11", f"{place}G21"),
    ]
    assert messages(read)[-1] == (
        "Invalid votes: the file's own total is 7, the forms that it stands for (D–F) add up to 6."
    )
    assert [(left.kind, left.place) for left in read.left_out] == [
        ("heading", f"{place}8"),
        ("total", f"{place}G6"),
    ]


def test_the_heading_over_the_units_names_none_of_them() -> None:
    template = """
        | KECAMATAN : PALARAN |    |         |   |              |
        | URAIAN         | RINCIAN DESA/KELURAHAN | {names} | JUMLAH AKHIR |
        |                |         | {lower} |              |
        | 1              | 2       | 3       | 4            |
        | SUARA SAH      | {first} | 5       | 5            |
        | SUARA TIDAK SAH |        | 6       | 6            |
    """
    [read] = readings(template.format(names="", lower="BUKUAN", first=""))
    assert table(read, "desa", "valid") == [("BUKUAN", "5")]
    assert [rule for rule, _ in rules(read)] == ["totals-column"]
    with pytest.raises(RecountError):
        readings(template.format(names="", lower="", first=""))


def test_addresses_of_units_that_are_columns() -> None:
    [read] = readings(DA1, "DA1")
    sheet = Sheet("a.xlsx", "DA1", read.columns, across=True)
    assert sheet.place(5, "candidate:2") == "a.xlsx!DA1!E19"
    assert sheet.place(5, None) == "a.xlsx!DA1!E"
    assert Sheet("a.csv", None, read.columns, across=True).place(5, "valid") == "a.csv:E20"
    assert Sheet("a.xlsx", "DA1", {"valid": 3}).place(5, "valid") == "a.xlsx!DA1!D5"
    assert Sheet("a.csv", None, {"valid": 3}).place(5, "valid") == "a.csv:5"


TPS = """
| {above} |  |  |  |
| URAIAN  | {units} |
| Suara sah paslon 1 | 1 | 2 | 3 |
| 02 Jaang  | 4 | 5 | 6 |
| SUARA SAH | 5 | 7 | 9 |
"""


@pytest.mark.parametrize(
    ("above", "units", "role", "names"),
    [
        ("DESA : LEMPAKE", "TPS 1 | TPS 2 | TPS 003", "tps", ["TPS 1", "TPS 2", "TPS 003"]),
        ("DESA : LEMPAKE", "1 | 2 | 3", "tps", ["1", "2", "3"]),
        ("KECAMATAN : PALARAN", "A | B | C", "desa", ["A", "B", "C"]),
        ("KOTA : BOGOR", "KEC. BOGOR BARAT | B | C", "kecamatan", ["KEC. BOGOR BARAT", "B", "C"]),
        ("Rekap", "A | B | C", "name", ["A", "B", "C"]),
        ("Rekap", "2001-blang-rakal | 2002-b-x | 2003-c-y", "name", ["blang-rakal", "b-x", "c-y"]),
    ],
)
def test_of_what_the_columns_are_units(above: str, units: str, role: str, names: list[str]) -> None:
    [read] = readings(TPS.format(above=above, units=units))
    assert read.rows[role].to_list() == names
    assert read.rows["candidate:2"].to_list() == ["4", "5", "6"]


def test_three_label_columns_and_a_thousand_with_a_comma() -> None:
    [read] = readings("""
        | KOTA BOGOR |    |    |           |     |                  |               |              |
        | NO  | URAIAN |  |           |     | RINCIAN          |               | JUMLAH AKHIR |
        |     |      |    |           |     | KEC. BOGOR BARAT | BOGOR SELATAN |              |
        | I   | A    | 1  | Pemilih dalam DPT | LK | 1,234    | 2,345         | 3,579        |
        |     |      |    |           | PR  | 1,000            | 2,000         | 3,000        |
        | IV. | PEROLEHAN SUARA PASANGAN CALON | | |     |        |               |              |
        |     |      | 1  | ANI - BUDI |    | 1,100            | 900           | 2,000        |
        |     |      | 2  | CICI - DEDI |   | 100              | 90            | 190          |
    """)
    assert table(
        read, "kabkota", "kecamatan", "registered_dpt.m", "candidate:1", "candidate:2"
    ) == [
        ("KOTA BOGOR", "KEC. BOGOR BARAT", "1,234", "1,100", "100"),
        ("KOTA BOGOR", "BOGOR SELATAN", "2,345", "900", "90"),
    ]
    assert rules(read) == [("totals-column", "a.csv:2")]


def test_pages_below_each_other_and_what_they_carry_over() -> None:
    one, two = readings("""
        | DESA : LEMPAKE |   |       |       |                |
        | URAIAN    | TPS 1 | TPS 2 | DIPINDAHKAN    |
        | Paslon 1  | 1     | 2     | 3              |
        | Paslon 2  | 4     | 5     | 9              |
        |           |       |       |                |
        | URAIAN    | JUMLAH PINDAHAN | TPS 3 | JUMLAH AKHIR |
        | Paslon 1  | 3     | 10    | 13             |
        | Paslon 2  | 9     | 20    | 30             |
    """)
    assert table(one, "row", "desa", "tps", "candidate:1") == [
        (2, "LEMPAKE", "TPS 1", "1"),
        (3, "LEMPAKE", "TPS 2", "2"),
    ]
    assert table(two, "row", "desa", "tps", "candidate:2") == [(3, "LEMPAKE", "TPS 3", "20")]
    assert dict(two.columns) == {"candidate:1": 7, "candidate:2": 8}
    assert [rule for rule, _ in rules(one)] == ["totals-column"]
    assert [rule for rule, _ in rules(two)] == ["totals-column", "totals-column", "R11"]


@pytest.mark.parametrize(
    ("head", "row", "sums", "severity"),
    [
        ("JUMLAH", "9", {}, "note"),
        ("", "9", {}, "warning"),
        ("PALARAN", "9", {}, "warning"),
        ("XYZ", "9", {(3, 3): (3, 1, 3, 2), (4, 3): (4, 1, 4, 2)}, "note"),
    ],
)
def test_a_total_of_the_columns_is_left_out(
    head: str, row: str, sums: dict[tuple[int, int], tuple[int, int, int, int]], severity: str
) -> None:
    text = f"""
        | KECAMATAN : PALARAN |    |   |   |
        | URAIAN    | A | B | {head} |
        | Paslon 1  | 1 | 2 | 3 |
        | Paslon 2  | 4 | 5 | {row} |
    """
    [read] = readings(text, "Data", sums=sums)
    assert read.rows["desa"].to_list() == ["A", "B"]
    [finding] = read.findings
    assert (finding.rule, finding.severity) == ("totals-column", severity)


def test_a_named_column_that_equals_the_sum_is_a_unit_and_noted() -> None:
    [read] = readings(
        "| KECAMATAN : PALARAN | | | |\n| URAIAN | A | B | C |\n"
        "| Paslon 1 | 1 | 2 | 3 |\n| Paslon 2 | 4 | 5 | 9 |"
    )
    assert read.rows["desa"].to_list() == ["A", "B", "C"]
    assert [f.rule for f in read.findings] == ["perhaps-total"]


@pytest.mark.parametrize("third", ["0 | 0 | 0", "5 | 5 | 4"])
def test_one_box_alone_does_not_make_a_total(third: str) -> None:
    [read] = readings(
        "| KECAMATAN : P | | | |\n| URAIAN | A | B |  |\n"
        f"| Paslon 1 | 1 | 2 | 3 |\n| SAH | {third} |"
    )
    assert read.rows["desa"].to_list() == ["A", "B"]
    assert {f.rule for f in read.findings} == {"no-heading"}


def test_a_second_table_that_nothing_names_is_told_line_by_line() -> None:
    [read] = readings("""
        | DESA : LEMPAKE |     |        |
        | URAIAN    | TPS 1    | TPS 2  |
        | Paslon 1  | 1        | 2      |
        | SUARA SAH | 3        | 4      |
        | URAIAN    | JUMLAH   | TOTAL  |
        | Paslon 1  | 5        | 6      |
        | Ketua     |          |        |
    """)
    assert read.rows["tps"].to_list() == ["TPS 1", "TPS 2"]
    assert rules(read) == [
        ("outside-table", "a.csv:5"),
        ("unknown-line", "a.csv:6"),
        ("outside-table", "a.csv:7"),
    ]


def test_lines_without_a_figure_are_no_headings() -> None:
    [read] = readings("""
        | DESA : LEMPAKE |    |       |       |
        | URAIAN  |           | TPS 1 | TPS 2 |
        | Pemilih dalam DPT | LK | nihil | nihil |
        |         | PR        | X     | nihil |
        | Paslon 1 |          | 5     | 6     |
        | SUARA SAH |         | 5     | 6     |
    """)
    assert read.rows["tps"].to_list() == ["TPS 1", "TPS 2"]
    assert read.rows["registered_dpt.f"].to_list() == ["X", "nihil"]


def test_lines_that_are_not_understood_or_stand_twice() -> None:
    [read] = readings("""
        | KECAMATAN : PALARAN |   |   |
        | URAIAN          | A | B |
        | Paslon 1        | 1 | 2 |
        | Pengguna DPTb   | 3 | 4 |
        | SUARA SAH       | 5 | 6 |
        | Jumlah suara sah | 7 | 8 |
        |                 | 9 | 9 |
    """)
    assert list(read.columns) == ["candidate:1"]
    assert rules(read) == [
        ("unknown-line", "a.csv:4"),
        ("line-twice", "a.csv:5 | a.csv:6"),
        ("unknown-line", "a.csv:7"),
    ]


def test_candidates_by_the_election_file() -> None:
    known = {"isran-hadi": "3", "3": "3", "2": "2", "jaang": "2"}
    [read] = readings(
        """
        | KECAMATAN : PALARAN |  |   |   |
        | NO | URAIAN     | A | B |
        |    | PASANGAN CALON |  |   |
        |    | ISRAN - HADI | 1 | 2 |
        | 02 | Jaang      | 3 | 4 |
        | 9  | Orang Lain | 5 | 6 |
        | 2  | SUARA SAH  | 5 | 6 |
        """,
        known=known,
    )
    assert list(read.columns) == ["candidate:3", "candidate:2", "valid"]
    assert rules(read) == [("unknown-candidate", "a.csv:6")]


@pytest.mark.parametrize(
    "section",
    ["PEROLEHAN SUARA", "DATA PEROLEHAN SUARA", "DATA PEROLEHAN SUARA PASANGAN CALON",
     "DATA PEROLEHAN SUARA SAH", "RINCIAN PEROLEHAN SUARA", "PASANGAN CALON"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("Paslon 01", "Paslon 02", {}),
        ("Pasangan Calon Nomor Urut 1", "Pasangan Calon Nomor Urut 2", {}),
        ("01. JOKO - MARUF", "02. PRABOWO - UNO", {"1": "JOKO - MARUF", "2": "PRABOWO - UNO"}),
        ("JOKO - MARUF", "PRABOWO - UNO", {"1": "JOKO - MARUF", "2": "PRABOWO - UNO"}),
    ],
)
def test_candidates_under_any_heading_of_votes(
    section: str, first: str, second: str, names: dict[str, str]
) -> None:
    [read] = readings(f"""
        | KECAMATAN : KUARO |   |   |   |
        |    | URAIAN       | LOLO | RANGAN |
        | I  | DATA PEMILIH |   |   |
        | 1  | Jumlah Pemilih dalam DPT | 100 | 200 |
        | IV | {section}    |   |   |
        | 1  | {first}      | 1 | 2 |
        | 2  | {second}     | 3 | 4 |
        | V  | DATA SUARA SAH DAN TIDAK SAH |  |  |
        | A  | JUMLAH SELURUH SUARA SAH | 4 | 6 |
    """)
    assert list(read.columns) == ["registered_dpt", "candidate:1", "candidate:2", "valid"]
    assert read.candidates == names
    assert rules(read) == []


def test_a_line_that_calls_itself_a_candidate_is_one_under_whatever_heading() -> None:
    [read] = readings("""
        | KECAMATAN : KUARO |   |   |
        | URAIAN       | LOLO | RANGAN |
        | DATA PEMILIH |   |   |
        | Jumlah Pemilih dalam DPT | 100 | 200 |
        | Orang Lain   | 3 | 4 |
        | Paslon 01    | 1 | 2 |
        | Paslon 02    | 3 | 4 |
        | SUARA SAH    | 4 | 6 |
    """)
    assert list(read.columns) == ["registered_dpt", "candidate:1", "candidate:2", "valid"]
    assert rules(read) == [("unknown-line", "a.csv:5")]


def test_a_name_on_the_line_of_another_number_is_an_error_and_the_number_counts() -> None:
    known = {"1": "1", "isran-hadi": "1", "2": "2", "jaang-ferdi": "2", "syaharie-jaang": "2"}
    [read] = readings(
        """
        | KECAMATAN : PALARAN  |            |   |   |
        | NO | URAIAN          | A | B |
        |    | PASANGAN CALON  |   |   |
        | 1  | H. SYAHARIE JAANG, S.H. - FERDI | 1 | 2 |
        | 2  | ISRAN - HADI    | 3 | 4 |
        | V  | JUMLAH SUARA SAH | 4 | 6 |
        """,
        known=known,
    )
    assert table(read, "candidate:1", "candidate:2") == [("1", "3"), ("2", "4")]
    assert [(f.rule, f.severity, f.place) for f in read.findings] == [
        ("candidate-number", "error", "a.csv:4"),
        ("candidate-number", "error", "a.csv:5"),
    ]


def test_candidates_by_name_alone_are_said() -> None:
    [read] = readings("""
        | KECAMATAN : PALARAN |   |   |
        | URAIAN          | A | B |
        | PEROLEHAN SUARA PASANGAN CALON |  |  |
        | ISRAN - HADI    | 1 | 2 |
        | JAANG - FERDI   | 3 | 4 |
        | JUMLAH SUARA SAH | 4 | 6 |
    """)
    assert list(read.columns) == ["candidate:isran-hadi", "candidate:jaang-ferdi", "valid"]
    assert assumed(read) == ["Taken as candidates, by their labels: ISRAN - HADI, JAANG - FERDI."]


def test_a_sheet_that_can_be_read_in_two_ways_is_a_question() -> None:
    with pytest.raises(RecountError) as caught:
        understand(
            grid("""
                | TPS | paslon 1 | paslon 2 |
                | 1   | 5        | 6        |
                | URAIAN | 1     | 2        |
                | suara sah | 5  | 6        |
                | tidak sah | 7  | 8        |
            """),
            {},
        )
    assert "can be read in two ways" in speak(caught.value.message, "en")


@pytest.mark.parametrize(
    "text",
    [
        "| kecamatan | 1 | 2 |\n| A | 3 | 4 |",
        "| kec | calon | suara |\n| A | 1 | 3 |\n| A | suara sah | 3 |\n| A | tidak sah | 3 |",
        "| kecamatan | suara sah | tidak sah |\n| '12 | -5 | 4 |\n| B | 3 | nihil |",
    ],
)
def test_other_tables_are_not_taken_for_it(text: str) -> None:
    assert {read.layout for read in readings(text)} <= {"units down", "long"}
