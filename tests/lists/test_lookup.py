"""Looking a region up: every reading of a code, every region of a name, and what is alike."""

from __future__ import annotations

import pytest

from recount.lists import VERSIONS
from recount.lists.lookup import alike, codes_of, look_up

CASES = [
    (
        "6402",
        {
            ("2018", "kemendagri", "64.02"),
            ("2024", "kemendagri", "64.02"),
            ("2018", "bps", "64.07"),
        },
    ),
    (
        "64.02",
        {
            ("2018", "kemendagri", "64.02"),
            ("2024", "kemendagri", "64.02"),
            ("2018", "bps", "64.07"),
        },
    ),
    ("647201", {("2018", "kemendagri", "64.72.01"), ("2024", "kemendagri", "64.72.01")}),
    ("6472010", {("2018", "bps", "64.72.01")}),
    ("64111", {("2018", "kpu-2019", "64")}),
    ("191107", {("2024", "kpu-2024", "64")}),
    ("99aa01", {("2024", "kemendagri", "99.AA.01")}),
    ("Kec. Samarinda Ulu", {("2018", "name", "64.72.03"), ("2024", "name", "64.72.03")}),
    ("sei kunjang", {("2018", "name", "64.72.06"), ("2024", "name", "64.72.06")}),
    ("kota bogor", {("2018", "name", "32.71"), ("2024", "name", "32.71")}),
    ("Kabupaten Bogor", {("2018", "name", "32.01"), ("2024", "name", "32.01")}),
    ("Pasir Balengkong", {("2018", "name", "64.01.03")}),
    ("Samboja Barat", {("2024", "name", "64.02.20")}),
    ("Kalimantan Timur", {("2018", "name", "64"), ("2024", "name", "64")}),
    ("Sambja", set()),
    ("0", set()),
    ("???", set()),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_what_a_text_may_mean(text: str, found: set[tuple[str, str, str]]) -> None:
    hits = look_up(text, VERSIONS)
    assert {(hit.version, hit.system, hit.entry.code) for hit in hits} == found


def test_the_code_of_kemendagri_comes_first() -> None:
    assert [hit.system for hit in look_up("6402", VERSIONS)] == ["kemendagri", "kemendagri", "bps"]


def test_one_list_is_enough() -> None:
    assert {hit.version for hit in look_up("Palaran", ("2024",))} == {"2024"}
    assert look_up("Samboja Barat", ("2018",)) == []


def test_a_bare_name_is_both_twins() -> None:
    hits = look_up("Bogor", ("2018",))
    assert {hit.entry.code for hit in hits} == {"32.01", "32.71"}


@pytest.mark.parametrize(
    ("text", "first"), [("Sambja", "64.02.13"), ("Kota Samarnda", "64.72"), ("Kaltim", None)]
)
def test_what_is_alike_is_offered(text: str, first: str | None) -> None:
    found = [entry.code for entry in alike(text, VERSIONS)]
    assert (found[0] if found else None) == first
    assert len(found) == len(set(found)) <= 5


def test_the_codes_of_a_region_by_system() -> None:
    [hit] = look_up("64.72.01", ("2018",))
    assert codes_of(hit.entry, "2018") == {
        "kemendagri": "64.72.01",
        "bps": "6472010",
        "kpu-2019": "65568",
    }
