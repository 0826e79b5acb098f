"""Names as people write them: what is the same name, what is only alike, what is a total."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from recount.model import MARK, NAMED_LEVELS
from recount.names import (
    ALIKE,
    QUALIFIERS,
    TWINS,
    bare,
    is_total,
    qualifiers,
    spellings,
    squash,
    suggest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS = Path(__file__).parents[2] / "shared" / "data" / "regions"
real = pytest.mark.skipif(not REGIONS.is_dir(), reason="the lists of real regions are not here")


@pytest.mark.parametrize(
    ("level", "written", "key"),
    [
        ("kecamatan", "Samarinda Ulu", "SAMARINDA ULU"),
        ("kecamatan", "  samarinda   ulu ", "SAMARINDA ULU"),
        ("kecamatan", "KEC. SAMARINDA ULU", "SAMARINDA ULU"),
        ("kecamatan", "Kecamatan Kec. Samboja", "SAMBOJA"),
        ("kecamatan", "Distrik Abepura", "ABEPURA"),
        ("kecamatan", "Kec", "KEC"),
        ("kecamatan", "Sanga-Sanga", "SANGA SANGA"),
        ("kecamatan", "Kota Bangun", "KOTA BANGUN"),
        ("kecamatan", "S A M B O J A", "SAMBOJA"),
        ("kecamatan", "K E C. B O G O R", "KECBOGOR"),
        ("kecamatan", "KEC. B O G O R BARAT", "BOGOR BARAT"),
        ("kecamatan", "2 x 11 Kayu Tanam", "2 X 11 KAYU TANAM"),
        ("kecamatan", "ＳＡＭＢＯＪＡ", "SAMBOJA"),
        ("kecamatan", "Samboja\u00a0Barat", "SAMBOJA BARAT"),
        ("kecamatan", MARK + "fSamboja", "SAMBOJA"),
        ("kecamatan", "???", ""),
        ("kabkota", "Kab. Paser", "KAB PASER"),
        ("kabkota", "KABUPATEN PASER", "KAB PASER"),
        ("kabkota", "Paser", "PASER"),
        ("kabkota", "KOTA SAMARINDA", "KOTA SAMARINDA"),
        ("kabkota", "Kota Adm. Jakarta Pusat", "KOTA JAKARTA PUSAT"),
        ("kabkota", "KAB. ADM. KEP. SERIBU", "KAB KEP SERIBU"),
        ("provinsi", "Provinsi Kalimantan Timur", "KALIMANTAN TIMUR"),
        ("provinsi", "P A P U A", "PAPUA"),
        ("provinsi", "D.I. YOGYAKARTA", "D I YOGYAKARTA"),
        ("desa", "DESA TERUSAN", "DESA TERUSAN"),
        ("desa", "Kp. Gelgel", "KP GELGEL"),
    ],
)
def test_a_name_is_squashed(level: str, written: str, key: str) -> None:
    assert squash(written, level) == key


@given(st.text(), st.sampled_from(NAMED_LEVELS))
def test_squashing_twice_changes_nothing(text: str, level: str) -> None:
    once = squash(text, level)
    assert squash(once, level) == once


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SUNGAI KUNJANG", "SEI KUNJANG"),
        ("SUNGAI KUNJANG", "S KUNJANG"),
        ("TANJUNG HARAPAN", "TJ HARAPAN"),
        ("TANJUNG HARAPAN", "TJG HARAPAN"),
        ("GUNUNG TABUR", "GN TABUR"),
        ("KEPULAUAN DERAWAN", "KEP DERAWAN"),
        ("KOTA BANGUN", "KOTABANGUN"),
        ("LUBUK LINGGAU TIMUR I", "LUBUK LINGGAU TIMUR SATU"),
        ("2 X 11 KAYU TANAM", "2X11 KAYU TANAM"),
        ("D I YOGYAKARTA", "DI YOGYAKARTA"),
    ],
)
def test_these_are_one_name(first: str, second: str) -> None:
    assert set(spellings(first)) & set(spellings(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("LUBUK LINGGAU TIMUR I", "LUBUK LINGGAU TIMUR II"),
        ("SAMARINDA ULU", "SAMARINDA ILIR"),
        ("KAB BOGOR", "KOTA BOGOR"),
        ("DESA TERUSAN", "TERUSAN"),
        ("PASER BELENGKONG", "PASIR BALENGKONG"),
    ],
)
def test_these_are_two_names(first: str, second: str) -> None:
    assert not set(spellings(first)) & set(spellings(second))


def test_the_word_for_the_sort_can_be_left_out() -> None:
    assert bare("KAB BOGOR", "kabkota") == bare("KOTA BOGOR", "kabkota") == "BOGOR"
    assert bare("KOTA BANGUN", "kecamatan") == "KOTA BANGUN"
    assert bare("KAMPUNG GELGEL", "desa") == "GELGEL"
    assert bare("KOTA", "kabkota") == "KOTA"


KUKAR = ["SAMBOJA", "SANGA SANGA", "LOA JANAN", "LOA KULU", "MUARA JAWA", "KOTA BANGUN", "KEMBANG"]


@pytest.mark.parametrize(
    ("written", "names", "suggested"),
    [
        ("SEMBOJA", KUKAR, "SAMBOJA"),
        ("MUARAJAWA", KUKAR, "MUARA JAWA"),
        ("LOA", KUKAR, None),
        ("PALARAN", KUKAR, None),
        ("SAMBOJA", [], None),
        ("SAMBOJA", ["SAMBOJA"], None),
        ("SAMARINDA", ["SAMARINDA ULU", "SAMARINDA ILIR"], None),
        ("SAMARINDA ULO", ["SAMARINDA ULU", "PALARAN"], None),
        ("LUBUK LINGGAU TIMUR I", ["LUBUK LINGGAU TIMUR II"], None),
        ("SUMBER REJO 1", ["SUMBER REJO 2"], None),
        ("BLOK A SUMBER", ["BLOK B SUMBER"], None),
        ("SP1 SUMBERREJO", ["SP2 SUMBERREJO"], None),
        ("BALIKPAPANBARAT", ["BALIKPAPANBARU"], None),
        ("LOA JANEN", ["LOA JANAN", "LOA JANIN"], None),
        ("PASIR BALENGKONG", ["PASER BELENGKONG", "LONG KALI"], "PASER BELENGKONG"),
    ],
)
def test_what_is_alike_is_suggested_only_where_it_is_clear(
    written: str, names: list[str], suggested: str | None
) -> None:
    found = suggest(written, names)
    assert (found and found.name) == suggested
    assert found is None or found.likeness >= ALIKE


TELLING = st.sampled_from([*sorted(QUALIFIERS), "I", "II", "III", "1", "2", "A", "B"])
STEMS = st.sampled_from(["SAMARINDA", "SAMARINDO", "SAMARIMDA", "LUBUK LINGGAU", "LUBUG LINGGAU"])
NAMES = st.tuples(STEMS, st.lists(TELLING, max_size=2)).map(
    lambda parts: " ".join([parts[0], *parts[1]])
)
NUMERALS = {"I": "SATU", "II": "DUA", "III": "TIGA"}


def _telling(name: str) -> list[str]:
    words = (NUMERALS.get(word, word) for word in name.split())
    return sorted(word for word in words if word in QUALIFIERS or len(word) == 1)


@given(NAMES, st.lists(NAMES, max_size=6))
def test_a_suggestion_never_crosses_a_word_that_tells_regions_apart(
    name: str, others: list[str]
) -> None:
    found = suggest(name, others)
    event("suggested" if found else "nothing suggested")
    assert found is None or _telling(found.name) == _telling(name)
    assert found == suggest(name, others[::-1])


TOTALS = """JUMLAH|Jml.|TOTAL |Sub Total|SUBTOTAL|GRAND TOTAL|JUMLAH AKHIR|Jumlah Pindahan|REKAP
DIPINDAHKAN|T O T A L|Jumlah Dipindahkan|Total Keseluruhan|JUMLAH SELURUHNYA|TOTAL KEC. SAMBOJA
Jumlah Kecamatan|TOTAL:|Rekapitulasi|JUMLAH TOTAL|TOTAL TPS|Sub Jumlah"""


@pytest.mark.parametrize("text", TOTALS.replace("\n", "|").split("|"))
def test_a_total_is_known_by_its_word(text: str) -> None:
    assert is_total(text, names_a_place=False)
    assert is_total(text, names_a_place=True)


@pytest.mark.parametrize("text", ["TOTALA JAYA", "JUMLAHAN", "REKAPAN", "SAMBOJA", "", "1"])
def test_a_region_is_no_total(text: str) -> None:
    assert not is_total(text, names_a_place=True)


def test_where_a_place_stands_whatever_follows_the_word_is_a_total() -> None:
    assert is_total("TOTAL SAMBOJA", names_a_place=True)
    assert not is_total("Total 3 lembar hilang", names_a_place=False)


def rows(name: str) -> list[dict[str, str]]:
    with (REGIONS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def kecamatan() -> Iterator[tuple[str, list[str]]]:
    inside: dict[str, list[str]] = defaultdict(list)
    for row in rows("indonesia_2018_to_kecamatan.csv"):
        if row["level"] == "kecamatan":
            inside[row["kode_induk"]].append(squash(row["nama"], "kecamatan"))
    return iter(inside.items())


@real
def test_no_two_kecamatan_of_one_kabupaten_are_one_name_in_the_list_of_2018() -> None:
    same = [
        (kabupaten, first, second)
        for kabupaten, names in kecamatan()
        for first, second in combinations(names, 2)
        if set(spellings(first)) & set(spellings(second))
    ]
    assert same == []


@real
def test_the_kabupaten_and_the_kota_of_one_bare_name_are_the_twins() -> None:
    sorts: dict[str, set[str]] = defaultdict(set)
    for row in rows("indonesia_2018_to_kecamatan.csv"):
        if row["level"] == "kabkota":
            key = squash(row["nama"], "kabkota")
            sorts[bare(key, "kabkota")].add(key)
    assert {name for name, keys in sorts.items() if len(keys) > 1} == TWINS
    assert all(sorts[name] == {f"KAB {name}", f"KOTA {name}"} for name in TWINS)


@real
def test_no_region_is_called_like_a_total() -> None:
    names = [row["nama"] for row in rows("indonesia_2018_to_kecamatan.csv")]
    names += [row["nama"] for row in rows("indonesia_2024_to_kecamatan.csv")]
    assert [name for name in names if is_total(name, names_a_place=True)] == []


@real
def test_other_spellings_of_kaltim_are_suggested_or_left_but_never_mistaken() -> None:
    level = {1: "provinsi", 2: "kabkota", 3: "kecamatan"}
    listed = {row["code"]: squash(row["name"], level[row["code"].count(".") + 1])
              for row in rows("kaltim_2018.csv")}  # fmt: skip
    for row in rows("kaltim_aliases.csv"):
        parts = row["code"].split(".")
        inside = {
            name: code
            for code, name in listed.items()
            if code.split(".")[:-1] == parts[:-1] and code.count(".") == len(parts) - 1
        }
        found = suggest(squash(row["alias"], level[len(parts)]), inside)
        assert found is None or inside[found.name] == row["code"], row["alias"]


@real
def test_a_slip_of_one_letter_is_never_suggested_as_another_region() -> None:
    for _, names in kecamatan():
        for name in names[:2]:
            slip = name[:2] + "Q" + name[3:]
            found = suggest(slip, names)
            assert found is None or found.name == name
            assert found is None or qualifiers(found.name) == qualifiers(slip)
