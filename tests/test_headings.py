"""Headings as people write them, and what is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.heading_words import BOXES, PLACES
from recount.headings import is_box, label_key, may_be_name, meaning, names_list, slug
from recount.model import MARK

PLACE_HEADINGS = {
    "provinsi": "Provinsi|PROPINSI|prov.|Nama Provinsi|Province",
    "kabkota": "Kabupaten|KABUPATEN/KOTA|Kab./Kota|kabkota|KAB-KOTA|Nama Kab/Kota|Kota|City",
    "kecamatan": "Kecamatan|KEC.|nama_kecamatan|Kecamatan/Distrik|District|2. KECAMATAN|3 KEC",
    "desa": "Desa|DESA/KELURAHAN|kelurahan|Desa/Kel.|Nama Desa|Gampong|village",
    "tps": "TPS|No. TPS|NOMOR TPS|TPS No|tps_id|Polling station",
    "code": "Kode|KODE WILAYAH|code|kode_kemendagri|Kode Daerah",
    "code desa": "kode_desa|KODE KEL.|id_desa",
    "code kecamatan": "Kode Kecamatan|kd_kec",
    "name": "Wilayah|Nama|nama wilayah|Region",
    "level": "Tingkat|level",
    "contest": "Pemilihan|Jenis Pemilihan|contest",
    "pair": "Paslon|No. Paslon|No Urut|Nomor Urut Calon|Kode Paslon|candidate_id|Uraian",
    "pair name": "Nama Paslon|Nama Calon|candidate name|Nama Pasangan Calon",
    "value": "Suara|Jumlah Suara|votes|Perolehan Suara|Total Suara",
    "aside": "No|No.|Keterangan|ts|ID|kpu_id_desa|Kode BPS|kode_induk|jumlah tps|tps_in|tps_total"
    "|01 (%)|Persentase Paslon 1|% suara sah",
}

BOX_HEADINGS = {
    "valid": "Sah|Suara Sah|suara_sah|JUMLAH SUARA SAH|Jumlah seluruh suara sah|kp_sah|valid"
    "|V.A. JUMLAH SELURUH SUARA SAH|III.1 Suara sah|1 suara sah|valid votes"
    "|Jumlah suara sah seluruh pasangan calon (1+2+3+4)",
    "invalid": "Tidak Sah|SUARA TIDAK SAH|suara tdk sah|kp_tsah|Jumlah suara tidak sah|invalid"
    "|V.B. JUMLAH SUARA TIDAK SAH",
    "cast": "Sah + Tidak Sah|Suara sah dan tidak sah|JUMLAH SELURUH SUARA SAH DAN SUARA TIDAK SAH"
    "|V.C JUMLAH SELURUH SUARA SAH DAN TIDAK SAH (A + B)|suara_sah_dan_tidak_sah|cast",
    "registered_dpt": "DPT|A.1 DPT|Pemilih dalam DPT|Jumlah pemilih terdaftar dalam DPT|pemilih_dpt"
    "|Pemilih dalam DPT (L+P)|DPT JML|registered_dpt|DPT (LK + PR)",
    "registered_dpt.m": "DPT L|DPT (LK)|Pemilih dalam DPT laki-laki|registered_dpt.m",
    "registered_dpt.f": "DPT P|DPT (PR)|Pemilih dalam DPT perempuan|registered_dpt.f",
    "registered": "Jumlah Pemilih|Pemilih terdaftar|A.4 Jumlah pemilih (1+2+3)|registered voters",
    "voters": "Pengguna hak pilih|PENGGUNA|Jumlah pengguna hak pilih|voters|pengguna_hak_pilih"
    "|I.B.4 Jumlah seluruh pengguna hak pilih (1+2+3)",
    "voters.m": "Pengguna hak pilih L|pengguna laki-laki|voters.m",
    "voters_dpt": "Pengguna hak pilih dalam DPT|Pengguna DPT|voters_dpt",
    "voters_moved": "voters_moved",
    "voters_id_card": "voters_id_card",
    "registered_moved": "registered_moved|Pemilih pindahan",
    "registered_id_card": "registered_id_card",
    "ballots_received": "Surat suara diterima|ballots_received"
    "|Jumlah surat suara yang diterima, termasuk surat suara cadangan 2,5% dari DPT (2+3+4)",
    "ballots_spoiled": "Surat suara rusak|ballots spoiled"
    "|Jumlah surat suara dikembalikan oleh pemilih karena rusak/keliru coblos",
    "ballots_unused": "Surat suara tidak digunakan|Surat suara tidak terpakai"
    "|II.3 Jumlah surat suara yang tidak digunakan, termasuk sisa surat suara cadangan",
    "ballots_used": "Surat suara digunakan|SURAT SUARA YANG TERPAKAI|II.4 surat suara digunakan",
    "disabled_registered": "disabled_registered|Jumlah pemilih disabilitas terdaftar",
    "disabled_voters": "Jumlah seluruh pemilih disabilitas yang menggunakan hak pilih",
    "disabled_voters.f": "Pemilih disabilitas yang menggunakan hak pilih (P)",
}

CANDIDATE_HEADINGS = {
    "1": "1|01|no 1|No. 1|no. urut 1|paslon 1|PASLON 01|calon 01|Suara_1|votes_1|kp_pas1|p1|(1)"
    "|Suara Paslon 1|Jumlah suara paslon no urut 1|Perolehan suara sah calon 1|candidate:1|cand1",
    "12": "12|Calon 12|suara_12",
}

CASES = [
    (heading, role)
    for table in (PLACE_HEADINGS, BOX_HEADINGS)
    for role, headings in table.items()
    for heading in headings.split("|")
]


@pytest.mark.parametrize(("heading", "role"), CASES)
def test_a_heading_is_understood(heading: str, role: str) -> None:
    for written in (heading, heading.upper(), heading.lower(), f" {heading} "):
        understood = meaning(written)
        assert understood is not None, written
        assert understood == (role, None)


@pytest.mark.parametrize(
    ("heading", "number"),
    [(text, number) for number, texts in CANDIDATE_HEADINGS.items() for text in texts.split("|")],
)
def test_a_number_is_a_candidate(heading: str, number: str) -> None:
    assert meaning(heading) == (f"candidate:{number}", None)


@pytest.mark.parametrize(
    ("heading", "number", "name"),
    [
        ("01. Joko Widodo - Ma'ruf Amin", "1", "Joko Widodo - Ma'ruf Amin"),
        ("1) Sofyan Hasdam", "1", "Sofyan Hasdam"),
        ("2 Syaharie Jaang - Awang Ferdian", "2", "Syaharie Jaang - Awang Ferdian"),
        ("02 (Prabowo)", "2", "Prabowo"),
        ("p1_sofyan_rizal", "1", "sofyan rizal"),
        ("Paslon 3: Isran - Hadi", "3", "Isran - Hadi"),
        ("No. Urut 4\nRusmadi - Safaruddin", "4", "Rusmadi - Safaruddin"),
        ("1 Kotak Kosong", "1", "Kotak Kosong"),
    ],
)
def test_a_number_and_a_name(heading: str, number: str, name: str) -> None:
    assert meaning(heading) == (f"candidate:{number}", name)


@pytest.mark.parametrize(
    "heading",
    ["DPTb", "DPPh", "DPK", "Pemilih DPTb", "A.2 DPTb", "Pengguna hak pilih DPPh", "DPK L",
     "DPTb/pengguna KTP"],
)  # fmt: skip
def test_a_label_that_changed_its_meaning_stays_unknown_and_is_no_name(heading: str) -> None:
    assert meaning(heading) is None
    assert not may_be_name(heading)


@pytest.mark.parametrize(
    "heading",
    ["", " ", "???", "0", "00", "100", "2018", "C1", "1-4", "3 dan 4", "TOTAL", "Jumlah", "L", "P",
     "laki", "Pemilih disabilitas", "Surat suara", "Surat suara diterima dan digunakan", "SAH P",
     "Rusak", "Suara Rusak", "3. Suara rusak", "03 Golput", "1 Saksi",
     "Jokowi", MARK + "e#REF!", MARK + "d2018-06-27"],
)  # fmt: skip
def test_what_says_nothing_certain_stays_unknown(heading: str) -> None:
    assert meaning(heading) is None


@pytest.mark.parametrize(
    "heading", ["Jokowi", "H. M. Isran Noor - Hadi", "Kotak Kosong", "Prabowo"]
)
def test_this_may_be_a_name(heading: str) -> None:
    assert may_be_name(heading)


@pytest.mark.parametrize(
    "heading",
    ["TOTAL", "Selisih", "Jumlah TPS", "L", "12", "DPTb", "RUSAK", "Suara Rusak", "Golput",
     "Abstain", "Batal", "Kosong", "Suara kosong", "Petugas", "Saksi"],
)  # fmt: skip
def test_this_is_no_name(heading: str) -> None:
    assert not may_be_name(heading)


@pytest.mark.parametrize("heading", ["DPTb", "Pemilih dalam DPPh", "A.3 DPK (Model A.DPK-KPU)"])
def test_a_list_of_voters_is_known_as_one(heading: str) -> None:
    assert names_list(heading)


@pytest.mark.parametrize("heading", ["DPT", "No. KTP", "Pemilih", ""])
def test_this_is_no_such_list(heading: str) -> None:
    assert not names_list(heading)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. Jumlah pemilih dalam DPT (Model A.3-KPU)", "A.1 JUMLAH PEMILIH dlm DPT"),
        ("JUMLAH SELURUH SUARA SAH (IV.1 + IV.2)", "V.A. Jumlah Suara Sah"),
        ("Suara tdk sah", "III.2 Jumlah Suara Tidak Sah"),
        ("G. JUMLAH SUARA SAH DAN TIDAK SAH (E + F)", "C. Suara Sah dan Tidak Sah (V.A + V.B)"),
    ],
)
def test_one_label_in_two_spellings(one: str, other: str) -> None:
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize("role", ["valid", "candidate:1", "voters.m", "registered_dpt"])
def test_a_box(role: str) -> None:
    assert is_box(role)


@pytest.mark.parametrize(
    "role", ["tps", "code", "code desa", "pair", "pair name", "value", "aside"]
)
def test_no_box(role: str) -> None:
    assert not is_box(role)


def test_no_phrase_is_both_a_place_and_a_box() -> None:
    assert not PLACES.keys() & BOXES.keys()


@given(st.text())
def test_any_heading_has_at_most_one_meaning_and_a_slug(heading: str) -> None:
    understood = meaning(heading)
    assert understood is None or understood.role
    assert slug(slug(heading)) == slug(heading)
