"""Places that stand around a table: in its title, the sheet's name, a cover, the file's name."""

from __future__ import annotations

import pytest

from recount.layouts import understand, understand_book
from recount.model import Book, Reading
from tests.layouts.sheets import assumed, grid, messages, readings, rules, table

ROWS = "| TPS | 1 | 2 | sah |\n| 1 | 10 | 20 | 30 |\n| 2 | 1 | 2 | 3 |"


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("| KECAMATAN : PALARAN | | | |", {"kecamatan": "PALARAN"}),
        ("| KECAMATAN | : | PALARAN | |", {"kecamatan": "PALARAN"}),
        ("| KECAMATAN | : PALARAN | | |", {"kecamatan": "PALARAN"}),
        ("| KECAMATAN | PALARAN | | |", {"kecamatan": "PALARAN"}),
        ("| Kec. Palaran | | | |", {"kecamatan": "Palaran"}),
        ("| DESA/KELURAHAN *) : RAWA MAKMUR | | | |", {"desa": "RAWA MAKMUR"}),
        ("| KABUPATEN/KOTA : SAMARINDA | | | |", {"kabkota": "SAMARINDA"}),
        ("| KOTA : SAMARINDA | | | |", {"kabkota": "KOTA SAMARINDA"}),
        ("| KECAMATAN P A L A R A N   I L I R | | | |", {"kecamatan": "P A L A R A N   I L I R"}),
        ("| KABUPATEN KUTAI TIMUR | | | |", {"kabkota": "KAB. KUTAI TIMUR"}),
        (
            "| PROVINSI : KALTIM | | KECAMATAN : PALARAN | |",
            {"provinsi": "KALTIM", "kecamatan": "PALARAN"},
        ),
        ("| REKAPITULASI DI TINGKAT KECAMATAN | | | |", {}),
        ("| KECAMATAN SE KOTA SAMARINDA | | | |", {}),
        ("| KECAMATAN : ............ | | | |", {}),
    ],
)
def test_places_in_the_title(title: str, places: dict[str, str]) -> None:
    [read] = readings(f"{title}\n{ROWS}")
    named = {
        level: read.rows[level].to_list()
        for level in ("provinsi", "kabkota", "kecamatan", "desa")
        if level in read.rows.columns
    }
    assert named == {level: [name] * 2 for level, name in places.items()}


def test_a_title_adds_nothing_to_what_the_rows_name() -> None:
    [read] = readings("| KECAMATAN : PALARAN | | |\n| kecamatan | 1 | 2 |\n| Sambutan | 1 | 2 |")
    assert table(read, "kecamatan") == [("Sambutan",)]


@pytest.mark.parametrize(
    ("sheet", "desa"),
    [
        ("LEMPAKE", "LEMPAKE"),
        ("Desa Lempake", "Lempake"),
        ("2001-lempake", "lempake"),
        ("Copy of LEMPAKE", "LEMPAKE"),
        ("LEMPAKE (2)", "LEMPAKE"),
        ("Sheet1", None),
        ("DA1", None),
        ("Rekap Desa", None),
        ("1", None),
    ],
)
def test_a_sheet_called_after_a_place(sheet: str, desa: str | None) -> None:
    [read] = readings(ROWS, sheet)
    if desa is None:
        assert "desa" not in read.rows.columns
    else:
        assert read.rows["desa"].to_list() == [desa] * 2
        assert assumed(read) == [f"The sheet's name “{desa}” was taken as the desa."]


@pytest.mark.parametrize(
    ("title", "sheet", "told"),
    [
        ("DESA : LEMPAKE", "SEMPAJA", True),
        ("DESA : LEMPAKE", "LEMPAKE", False),
        ("DESA : LEMPAKE", "Ds Lempake", False),
        ("DESA : LEMPAKE", "TPS", False),
    ],
)
def test_the_title_wins_over_the_name_of_the_sheet(title: str, sheet: str, told: bool) -> None:  # noqa: FBT001 - a table
    [read] = readings(f"| {title} | | | |\n{ROWS}", sheet)
    assert read.rows["desa"].to_list() == ["LEMPAKE"] * 2
    assert ("sheet-name" in {rule for rule, _ in rules(read)}) == told


@pytest.mark.parametrize("sheet", ["Copy of LEMPAKE", "Salinan dari LEMPAKE", "LEMPAKE (2)"])
def test_a_sheet_that_calls_itself_a_copy(sheet: str) -> None:
    [read] = readings(ROWS, sheet)
    [finding] = [f for f in read.findings if f.rule == "copied-sheet"]
    assert (finding.severity, finding.place) == ("warning", f"a.csv!{sheet}")


def test_a_cover_names_the_places_of_all_sheets() -> None:
    cover = grid("| REKAP SAKSI |\n| KECAMATAN : PALARAN |", "Cover")
    sheets = (cover, grid(ROWS, "LEMPAKE"))
    book = Book("a.xlsx", "a.xlsx", "", 0, sheets)
    (_, fault), (_, read) = understand_book(book, {})
    assert not isinstance(fault, tuple)
    assert isinstance(read, tuple)
    assert isinstance(read[0], Reading)
    assert table(read[0], "kecamatan", "desa") == [("PALARAN", "LEMPAKE")] * 2


BARE = """
| 0       | 1 | 2 | Total |
| 0       | 0 | 0 | 0.0   |
| TPS 001 | 5 | 6 | 11.0  |
| TPS 002 | 0 | 0 | 0.0   |
"""


@pytest.mark.parametrize(
    ("label", "places"),
    [
        ("JAWA BARAT_BOGOR_CIBINONG_PABUARAN.csv", ("JAWA BARAT", "BOGOR", "CIBINONG", "PABUARAN")),
        ("KEC CIBINONG_DESA PABUARAN.csv", (None, None, "CIBINONG", "PABUARAN")),
        ("kpu_2019.csv", (None, None, None, None)),
        ("data.csv", (None, None, None, None)),
    ],
)
def test_the_place_in_the_name_of_the_file(label: str, places: tuple[str | None, ...]) -> None:
    [read] = understand(grid(BARE, label=label), {})
    levels = ("provinsi", "kabkota", "kecamatan", "desa")
    named = [read.rows[at].to_list() if at in read.rows.columns else None for at in levels]
    assert named == [[name] * 2 if name else None for name in places]
    assert table(read, "row", "tps", "candidate:1") == [(3, "TPS 001", "5"), (4, "TPS 002", "0")]
    assert ("junk-row", f"{label}:2") in rules(read)
    assert "The column “0” was taken as the TPS number, by its cells." in assumed(read)


ACROSS = """
| URAIAN                | RINCIAN   |         | JUMLAH AKHIR |
| MODEL DA1-PPWP        |           |         |              |
| URAIAN                | SELERONG  | KERANG  | JUMLAH AKHIR |
| JUMLAH SUARA SAH      | 5         | 6       | 11           |
| SUARA TIDAK SAH       | 1         | 2       | 3            |
"""


@pytest.mark.parametrize(
    ("label", "places"),
    [
        ("Kec Kuaro Kab Paser.xlsx", (None, "KAB. Paser", "Kuaro")),
        ("Kec. Kuaro Kab. Paser (1).xlsx", (None, "KAB. Paser", "Kuaro")),
        ("Kec_Kuaro_Kab_Paser_2019.xlsx", (None, "KAB. Paser", "Kuaro")),
        ("DA1 Kuaro - Paser.xlsx", (None, "Paser", "Kuaro")),
        ("KALIMANTAN TIMUR_PASER_KUARO.xlsx", ("KALIMANTAN TIMUR", "PASER", "KUARO")),
        ("Rekap DA1 Kecamatan Kota Bangun Kab Kutai Kartanegara final.xlsx",
         (None, "KAB. Kutai Kartanegara", "Kota Bangun")),
        ("kuaro.xlsx", (None, None, None)),
        ("HASIL SUARA_SAKSI BUDI_KUARO.xlsx", (None, None, None)),
        ("Kec Kuaro Kec Sebulu.xlsx", (None, None, None)),
    ],
)  # fmt: skip
def test_the_places_of_units_across_in_the_name_of_the_file(
    label: str, places: tuple[str | None, ...]
) -> None:
    [read] = understand(grid(ACROSS, "Sheet1", label=label), {})
    for level, name in zip(("provinsi", "kabkota", "kecamatan"), places, strict=True):
        found = read.rows[level].to_list() if level in read.rows.columns else None
        assert found == ([name] * 2 if name else None)


def test_words_in_capitals_are_no_places_where_the_rows_name_some() -> None:
    text = "| desa | tps | 01 | 02 |\n| SENIPAH | 1 | 5 | 6 |\n| SENIPAH | 2 | 7 | 8 |"
    [read] = understand(grid(text, label="FOTO_BUDI_ANDI_SATU.csv"), {})
    assert set(read.rows.columns) & {"provinsi", "kabkota", "kecamatan"} == set()


def test_the_name_of_the_sheet_goes_before_the_name_of_the_file() -> None:
    [read] = understand(grid(ACROSS, "Kuaro", label="Kecamatan Kuaro Kab Paser.xlsx"), {})
    assert table(read, "kabkota", "kecamatan") == [("KAB. Paser", "Kuaro")] * 2
    [read] = understand(grid(ACROSS, "Sebulu", label="Kecamatan Kuaro Kab Paser.xlsx"), {})
    assert "kabkota" not in read.rows.columns
    assert "file-name" in {rule for rule, _ in rules(read)}


def test_the_rows_own_kecamatan_lies_in_the_files_kabupaten() -> None:
    text = "| kecamatan | 01 | 02 |\n| KUARO | 1 | 2 |\n| LONG IKIS | 3 | 4 |"
    [read] = understand(grid(text, label="Kab Paser.csv"), {})
    assert table(read, "kabkota", "kecamatan") == [
        ("KAB. Paser", "KUARO"),
        ("KAB. Paser", "LONG IKIS"),
    ]


def test_figures_above_a_table_belong_to_nobody() -> None:
    [read] = readings(f"| Rekap | | 1797 | |\n{ROWS}")
    assert messages(read) == ["“1797” stands outside the table and is not used."]


def test_slugs_are_names_behind_a_number() -> None:
    [read] = readings(
        "| kecamatan | desa | 1 | 2 |\n| 01-pintu-rime | 2001-blang | 1 | 2 |\n"
        "| 01-pintu-rime | 2002-rata | 3 | 4 |"
    )
    assert table(read, "kecamatan", "desa") == [("pintu-rime", "blang"), ("pintu-rime", "rata")]
    assert len(assumed(read)) == 2


def test_a_heading_with_a_comment_mark() -> None:
    [read] = readings(
        "| #HEADER:ProvinceName | KabupatenName | KecamatanName | BudiAniVotes | CiciVotes |\n"
        "| ACEH | ACEH SELATAN | TRUMON | 1 | 2 |"
    )
    assert table(read, "provinsi", "kabkota", "kecamatan") == [("ACEH", "ACEH SELATAN", "TRUMON")]
    assert dict(read.candidates) == {"budi-ani": "Budi Ani", "cici": "Cici"}
