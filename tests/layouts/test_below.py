"""What stands below the total of a table, and rows whose only place is the title's."""

from __future__ import annotations

import pytest

from tests.layouts.sheets import messages, readings, rules, table

HEAD = "| KABUPATEN PASER | | | | |\n| | | | | |\n| NO | KECAMATAN | DESA | 01 | 02 |\n"
ONE = "| 1 | KUARO | LOLO | 10 | 20 |\n| 2 | KUARO | RANGAN | 1 | 2 |\n"
TWO = "| 3 | LONG IKIS | BEKOSO | 5 | 6 |\n| 4 | LONG IKIS | KAYUNGO | 7 | 8 |\n"
TOTAL = "| | JUMLAH TOTAL | | 23 | 36 |\n"


@pytest.mark.parametrize(
    ("below", "place", "severity", "text"),
    [
        ("| | Saksi Paslon 01 | | | Saksi Paslon 02 |", "9", "note", "Saksi Paslon 01, Saksi"),
        ("| | ( BUDI ) | | | ( ANI ) |", "9", "note", "( BUDI ), ( ANI )"),
        ("| | NIK 6401 | | | 6401 |", "9", "warning", "NIK 6401, 6401"),
        ("| | Tanah Grogot, 23 April 2019 | | | |", "B9", "note", "Tanah Grogot, 23 April 2019"),
        ("| | | | Ketua | |", "D9", "note", "Ketua"),
        ("| | | | 812345678 | |", "D9", "warning", "812345678"),
        ("| | | | 832 | Selisih |", "9", "warning", "832, Selisih"),
        ("| | PERSENTASE | | 0,509 | 0,491 |", "9", "note", "PERSENTASE, 0,509, 0,491"),
    ],
)
def test_what_stands_below_the_total_is_no_form(
    below: str, place: str, severity: str, text: str
) -> None:
    [read] = readings(HEAD + ONE + TWO + TOTAL + below, "R")
    assert table(read, "row") == [(4,), (5,), (6,), (7,)]
    [said] = [finding for finding in read.findings if finding.rule != "totals-row"]
    assert (said.rule, said.place, said.severity) == ("outside-table", f"a.csv!R!{place}", severity)
    assert any(message.startswith(f"“{text}") for message in messages(read))
    assert ("note", f"a.csv!R!{place}") in [(left.kind, left.place) for left in read.left_out]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # The first kecamatan has its total, the second has none: its forms are forms.
        (ONE + "| | JUMLAH | | 11 | 22 |\n" + TWO, [4, 5, 7, 8]),
        # A table that begins with its total has its forms below, also those not filled in.
        (TOTAL + ONE + "| 3 | LONG IKIS | BEKOSO | | |\n", [5, 6, 7]),
        # Where the heading stands once more, a table goes on.
        (
            ONE + "| | JUMLAH | | 11 | 22 |\n| NO | KECAMATAN | DESA | 01 | 02 |\n"
            "| 3 | LONG IKIS | BEKOSO | | |\n",
            [4, 5, 8],
        ),
        # A total that is one by arithmetic alone closes a table as well.
        (ONE + TWO + "| | | | 23 | 36 |\n| | | | 61234 | |\n", [4, 5, 6, 7]),
    ],
)
def test_forms_below_a_total(text: str, rows: list[int]) -> None:
    [read] = readings(HEAD + text, "R")
    assert read.rows["row"].to_list() == rows


@pytest.mark.parametrize("name", ["PERSENTASE", "Persentase (%)", "Selisih", "DPT", "Saksi"])
def test_a_full_row_called_after_what_it_counts_is_no_unit(name: str) -> None:
    text = f"| KECAMATAN | 01 | 02 |\n| KUARO | 1 | 2 |\n| JUMLAH | 1 | 2 |\n| {name} | 33 | 67 |"
    [read] = readings(text + "\n| LONG IKIS | 3 | 4 |")
    assert table(read, "kecamatan") == [("KUARO",), ("LONG IKIS",)]
    assert ("outside-table", "a.csv:4") in rules(read)


def test_boxes_that_no_form_fills_are_not_asked_for() -> None:
    head = "| KECAMATAN | 01 | 02 | DPT | SAH | TIDAK SAH |\n"
    forms = "| KUARO | 10 | 20 | | | |\n| JUMLAH | 10 | 20 | | | |\n| LONG IKIS | 1 | 2 | | | |"
    [read] = readings(head + forms)
    assert table(read, "kecamatan") == [("KUARO",), ("LONG IKIS",)]


def test_the_place_of_a_title_is_not_that_of_a_row_without_one() -> None:
    [read] = readings(HEAD + ONE + "| | | | 61234 | |\n" + TWO, "R")
    assert table(read, "kabkota", "desa") == [
        ("KAB. PASER", "LOLO"),
        ("KAB. PASER", "RANGAN"),
        (None, None),
        ("KAB. PASER", "BEKOSO"),
        ("KAB. PASER", "KAYUNGO"),
    ]
    assert rules(read) == []


def test_where_no_row_names_a_place_the_title_names_that_of_all() -> None:
    title = "| KECAMATAN KUARO | | | |\n| DESA | 1 | 2 | sah |\n"
    [read] = readings(title + "| | 10 | 20 | 30 |")
    assert table(read, "kecamatan") == [("KUARO",)]
