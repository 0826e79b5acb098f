"""The script that lays the lists out: which id is which region's, and what is left out."""

from __future__ import annotations

import pytest

from tools.regions import aliases, bps_codes, list_of_2018, list_of_2024, pair_inside


def id_(kpu: str, code: str, name: str, parent: str = "2") -> dict[str, str]:
    level = {0: "1", 3: "2", 6: "3"}[len(code) - 2] if code != "0.." else "3"
    return {
        "kpu_id": kpu,
        "kpu_id_parent": parent,
        "tingkat": level,
        "kode_kemendagri": code,
        "nama": name,
    }


NAMES = {"12.08.01": "Raya", "12.08.02": "Dolok", "12.08.32": "Dolog Masagal"}


@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        # The name goes before the code.
        ([id_("5", "12.08.02", "RAYA"), id_("6", "12.08.01", "DOLOK")],
         {"12.08.01": "5", "12.08.02": "6"}),
        # No code at all.
        ([id_("5", "0..", "DOLOG MASAGAL")], {"12.08.32": "5"}),
        # Another name: by the code, as long as that is free.
        ([id_("5", "12.08.01", "RAYYA"), id_("6", "12.08.02", "DOLOK")],
         {"12.08.01": "5", "12.08.02": "6"}),
        ([id_("5", "12.08.02", "RAYYA"), id_("6", "12.08.02", "DOLOK")], {"12.08.02": "6"}),
        # What is left over on both sides is one region.
        ([id_("5", "12.08.01", "RAYA"), id_("6", "12.08.02", "DOLOK"), id_("7", "0..", "MASAGAL")],
         {"12.08.01": "5", "12.08.02": "6", "12.08.32": "7"}),
    ],
)  # fmt: skip
def test_the_ids_of_a_kabupaten(rows: list[dict[str, str]], ids: dict[str, str]) -> None:
    assert {code: row["kpu_id"] for code, row in pair_inside(NAMES, rows).items()} == ids


CROSSWALK = [
    {"kemendagri_code": "64.07.12", "kemendagri_2018": "Bongan", "bps_2018_code": "6402010"},
    {"kemendagri_code": "64.02.20", "kemendagri_2018": "", "bps_2018_code": ""},
]


def test_the_codes_of_bps_of_what_lies_above() -> None:
    assert bps_codes(CROSSWALK) == {"64": "64", "64.07": "6402", "64.07.12": "6402010"}
    other = {"kemendagri_code": "64.07.13", "kemendagri_2018": "X", "bps_2018_code": "6403010"}
    with pytest.raises(ValueError, match=r"64\.07 has two"):
        bps_codes([*CROSSWALK, other])


def test_a_list_brings_codes_names_and_ids_together() -> None:
    regions = [
        {"kode": "64", "nama": "KALIMANTAN TIMUR"},
        {"kode": "64.07", "nama": "KAB. KUTAI  BARAT"},
        {"kode": "64.07.12", "nama": "Bongan"},
    ]
    ids = [
        id_("1", "64", "KALIMANTAN TIMUR", "0"),
        id_("2", "64.07", "KUTAI BARAT", "1"),
        id_("3", "64.07.12", "BONGANN"),
    ]
    made = [tuple(entry) for entry in list_of_2018(regions, ids, CROSSWALK)]
    assert made == [
        ("64", "KALIMANTAN TIMUR", "1", "64", ""),
        ("64.07", "KAB. KUTAI BARAT", "2", "6402", ""),
        ("64.07.12", "Bongan", "3", "6402010", "BONGANN"),
    ]


def test_the_codes_of_2024_get_their_dots() -> None:
    rows = [{"kode": "99AA01", "kpu_id": "7", "nama": " Kota  Kinabalu "},
            {"kode": "11", "kpu_id": "1", "nama": "ACEH"}]  # fmt: skip
    assert [entry[:3] for entry in list_of_2024(rows)] == [
        ("11", "ACEH", "1"),
        ("99.AA.01", "Kota Kinabalu", "7"),
    ]


def test_only_spellings_that_somebody_vouches_for_are_kept() -> None:
    names = {"64.02": "KAB. KUTAI KARTANEGARA", "64.02.13": "Samboja", "64.02.15": "Sanga Sanga"}
    rows: list[dict[str, str]] = [
        {"alias": "SEMBOJA", "code": "64.02.13", "source": "BPS"},
        {"alias": "SANGA-SANGA", "code": "64.02.15", "source": "BPS"},
        {"alias": "KUKAR", "code": "64.02", "source": "usage (unverified)"},
    ]
    assert aliases(rows, names) == [("kecamatan", "64.02", "SEMBOJA", "64.02.13", "BPS")]
