"""Which region a written place is: the policy of names, codes and lists, case by case."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.model import NAMED_LEVELS
from recount.names import squash
from recount.places import Fault, Written, settle, table_of
from recount.regions import UNMATCHED, Regions
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

REGIONS = Path(__file__).parents[2] / "shared" / "data" / "regions"
real = pytest.mark.skipif(not REGIONS.is_dir(), reason="the lists of real regions are not here")


class Told(NamedTuple):
    """What `settle` says, with the faults of every place, in order."""

    regions: Regions
    nodes: list[int]
    faults: list[tuple[Fault, ...]]


def settled_of(places: Sequence[Written]) -> Told:
    settled = settle(table_of(places))
    faults = [settled.faults.get(at, ()) for at in range(len(places))]
    return Told(settled.regions, settled.nodes.to_list(), faults)


def place(*names: str | None, code: str | None = None, side: str = "ours") -> Written:
    """A place: its names from the provinsi down, its code, and the side: ours, theirs, both."""
    full = (*names, None, None, None, None)[:4]
    keys = tuple(
        squash(name, level) or None if name else None
        for name, level in zip(full, NAMED_LEVELS, strict=True)
    )
    return Written(code, full, keys, side != "theirs", side in {"theirs", "both"})


def theirs(*names: str | None, code: str | None = None) -> Written:
    return place(*names, code=code, side="theirs")


def listed(code: str, name: str) -> Written:
    names = [None] * code.count(".") + [name]
    return place(*names, code=code)._replace(ours=False, listed=True)


class Answer(NamedTuple):
    region: str | None
    rules: list[str]


def answers(*places: Written) -> list[Answer]:
    settled = settled_of(places)
    return [
        Answer(_region(settled, node), [fault.rule for fault in faults])
        for node, faults in zip(settled.nodes, settled.faults, strict=True)
    ]


def _region(settled: Told, node: int) -> str | None:
    return None if node == UNMATCHED else settled.regions.nodes[node].region


def regions(*places: Written) -> list[str | None]:
    return [answer.region for answer in answers(*places)]


def said(*places: Written) -> list[str]:
    return [speak(fault.message, "en") for faults in settled_of(places).faults for fault in faults]


LIST = (
    listed("64", "KALIMANTAN TIMUR"),
    listed("64.01", "KAB. PASER"),
    listed("64.01.02", "Tanjung Harapan"),
    listed("64.01.03", "Paser Belengkong"),
    listed("64.02", "KAB. KUTAI KARTANEGARA"),
    listed("64.02.13", "Samboja"),
    listed("64.71", "KOTA BALIKPAPAN"),
    listed("64.72", "KOTA SAMARINDA"),
    listed("64.72.01", "Palaran"),
    listed("64.72.03", "Samarinda Ulu"),
    listed("64.72.08", "Samarinda Ilir"),
)


def on_list(*places: Written) -> list[Answer]:
    return answers(*LIST, *places)[len(LIST) :]


K = "KALTIM"


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        (place(K, "PASER", "KUARO"), theirs(K, "PASER", "Kuaro")),
        (place(K, "Kab. Paser", "Kec. Kuaro"), theirs("Prov. Kaltim", "KABUPATEN PASER", "KUARO")),
        (place(K, "PASER", "KUARO"), theirs(K, "KAB. PASER", "KUARO")),
        (place(K, "SAMARINDA", "PALARAN"), theirs(K, "KOTA SAMARINDA", "PALARAN")),
        (place(K, "KOTA SAMARINDA"), theirs(K, "SAMARINDA")),
        (place(K, "PASER", "TJ. HARAPAN"), theirs(K, "PASER", "TANJUNG HARAPAN")),
        (place(K, "KUKAR", "KOTA BANGUN"), theirs(K, "KUKAR", "KOTABANGUN")),
        (place("KALSEL", "KOTA BARU"), theirs("KALSEL", "KAB. KOTABARU")),
        (place("SUMBAR", "PADANG PARIAMAN", "2 x 11 Kayu Tanam"),
         theirs("SUMBAR", "PADANG PARIAMAN", "2X11 KAYU TANAM")),
        (place(K, "PASER", "KUARO", "DESA RANGAN"), theirs(K, "PASER", "KUARO", "RANGAN")),
        (place(code="64.01.03"), theirs(K, "PASER", "KUARO", code="640103")),
        (place(K, "PASER", "PASIR BALENGKONG", code="64.01.03"),
         theirs(K, "PASER", "PASER BELENGKONG", code="64.01.03")),
        (place(None, None, "KUARO"), theirs(K, "PASER", "KUARO")),
        (place(None, "PASER", "KUARO"), theirs(K, "PASER", "KUARO")),
    ],
)  # fmt: skip
def test_both_sides_mean_one_region(ours: Written, other: Written) -> None:
    first, second = answers(ours, other)
    assert first == second
    assert first.rules == []
    assert first.region is not None


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        (place("JABAR", "KAB. BOGOR"), theirs("JABAR", "KOTA BOGOR")),
        (place("JABAR", "KOTA BOGOR"), theirs("JABAR", "BOGOR")),
        (place(K, "PASER", "KUARO"), theirs(K, "BERAU", "KUARO")),
        (place("KALTIM", "X"), theirs("KALSEL", "X")),
        (place(K, "SAMARINDA", "SAMARINDA ULU"), theirs(K, "SAMARINDA", "SAMARINDA ILIR")),
        (
            place("SUMSEL", "L", "LUBUK LINGGAU TIMUR I"),
            theirs("SUMSEL", "L", "LUBUK LINGGAU TIMUR II"),
        ),
        (place(K, "PASER", "KUARO", "SUMBER REJO 1"), theirs(K, "PASER", "KUARO", "SUMBER REJO 2")),
        (place(K, "PASER", code="64.01"), theirs(K, "PASER", "PASER", code="64.01.01")),
    ],
)
def test_these_are_two_regions_without_another_word(ours: Written, other: Written) -> None:
    first, second = answers(ours, other)
    assert first.region != second.region
    assert (first.rules, second.rules) == ([], [])


def test_what_is_alike_is_a_finding_and_never_a_match() -> None:
    pair = place(K, "PASER", "PASIR BALENGKONG"), theirs(K, "PASER", "PASER BELENGKONG")
    assert answers(*pair) == [
        (f"{K}/PASER/PASIR BALENGKONG", ["similar-name"]),
        (f"{K}/PASER/PASER BELENGKONG", []),
    ]
    assert "“PASER BELENGKONG”" in said(*pair)[0]


def test_kabupaten_and_kota_of_one_name() -> None:
    kpu = place("JABAR", "BOGOR"), place("JABAR", "KOTA BOGOR")
    full = theirs("JABAR", "KAB. BOGOR"), theirs("JABAR", "KOTA BOGOR")
    assert regions(*kpu, *full) == ["JABAR/KAB BOGOR", "JABAR/KOTA BOGOR"] * 2
    assert answers(kpu[0], *full)[0] == (None, ["ambiguous-name"])
    assert answers(kpu[0], full[1])[0] == ("JABAR/BOGOR", [])
    assert said(kpu[0], *full) == [
        "“BOGOR” may be any of several regions: JABAR/KAB BOGOR, JABAR/KOTA BOGOR."
    ]


def test_a_name_without_its_kabupaten_is_found_where_it_is_the_only_one() -> None:
    samboja = place(None, None, "SAMBOJA")
    assert regions(samboja, theirs(K, "KUKAR", "SAMBOJA")) == [f"{K}/KUKAR/SAMBOJA"] * 2
    assert answers(samboja, theirs(K, "A", "SAMBOJA"), theirs(K, "B", "SAMBOJA"))[0] == (
        None,
        ["ambiguous-name"],
    )
    assert regions(samboja, theirs(None, None, "Samboja")) == ["SAMBOJA"] * 2


def test_a_bare_desa_is_not_every_desa_of_its_name() -> None:
    """The others are nowhere: it is the form of another kecamatan."""
    bare = [place(None, None, None, name) for name in ("SELERONG", "TANJUNG HARAPAN", "SENONI")]
    full = theirs(K, "PASER", "MUARA KOMAM", "SELERONG")
    assert answers(*bare, full) == [
        ("SELERONG", ["floating-name"]),
        ("TANJUNG HARAPAN", []),
        ("SENONI", []),
        (f"{K}/PASER/MUARA KOMAM/SELERONG", []),
    ]


def test_bare_desa_that_one_kecamatan_has_are_those() -> None:
    bare = [place(None, None, None, name) for name in ("PASIR", "RANGAN", "KERANG", "KERTABUMI")]
    full = [
        theirs(K, "PASER", "KUARO", "PASIR"),
        theirs(K, "PASER", "LONG IKIS", "PASIR"),
        theirs(K, "PASER", "KUARO", "RANGAN"),
        theirs(K, "PASER", "KUARO", "KERANG"),
        theirs(K, "PASER", "LONG IKIS", "BELIMBING"),
    ]
    kuaro = f"{K}/PASER/KUARO"
    assert answers(*bare, *full)[:4] == [
        (f"{kuaro}/PASIR", []),
        (f"{kuaro}/RANGAN", []),
        (f"{kuaro}/KERANG", []),
        ("KERTABUMI", []),
    ]


def test_bare_desa_of_several_kecamatan_have_no_home() -> None:
    bare = [place(None, None, None, name) for name in ("RANGAN", "BELIMBING")]
    full = [theirs(K, "PASER", "KUARO", "RANGAN"), theirs(K, "PASER", "LONG IKIS", "BELIMBING")]
    found = answers(*bare, *full)
    assert found[:2] == [("RANGAN", ["floating-name"]), ("BELIMBING", ["floating-name"])]
    inside = [place(None, "PASER", None, name) for name in ("RANGAN", "BELIMBING")]
    assert answers(*inside, *full)[:2] == found[2:]


def test_a_name_never_crosses_its_kabupaten() -> None:
    assert regions(place(K, "PASER", "SAMBOJA"), theirs(K, "KUKAR", "SAMBOJA")) == [
        f"{K}/PASER/SAMBOJA",
        f"{K}/KUKAR/SAMBOJA",
    ]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([place()], [(None, ["no-place"])]),
        ([place("???")], [(None, ["no-place"])]),
        ([place(code="abc")], [(None, ["no-code", "no-place"])]),
        ([place(K, code="abc")], [(K, ["no-code"])]),
        (
            [place(K, "P", "KUARO", code="64.01.03"), place(K, "P", "BATU", code="64.01.03")],
            [("64.01/KUARO", ["code-unused"]), ("64.01/BATU", ["code-unused"])],
        ),
        (
            [place(K, "P", "KUARO", code="64.01.03"), theirs(K, "P", "KUARO", code="64.01.04")],
            [("64.01/KUARO", ["code-unused"]), ("64.01/KUARO", ["code-unused"])],
        ),
        (
            [place(code="64.01.03"), theirs(K, "P", "A", code="64.01.03"),
             theirs(K, "P", "B", code="64.01.03")],
            [(None, ["code-unknown"]), ("64.01/A", ["code-unused"]), ("64.01/B", ["code-unused"])],
        ),
    ],
)  # fmt: skip
def test_without_a_list_codes_count_where_they_agree_with_the_names(
    places: list[Written], expected: list[Answer]
) -> None:
    assert answers(*places) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (place("Kalimantan Timur", "PASER", "TANJUNG HARAPAN"), ("64.01.02", [])),
        (place("Kalimantan Timur", "PASER", "TJG. HARAPAN"), ("64.01.02", [])),
        (place(None, None, "PALARAN"), ("64.72.01", [])),
        (place(None, "SAMARINDA", "KEC. PALARAN"), ("64.72.01", [])),
        (place(code="64.72.01"), ("64.72.01", [])),
        (place(None, None, "Palaran", code="64.72.01"), ("64.72.01", [])),
        (place("Kalimantan Timur", "PASER", "Pasir Balengkong", code="64.01.03"), ("64.01.03", [])),
        (place("Kalimantan Timur", "PASER", "Pasir Balengkong"), (None, ["unknown-name"])),
        (place("Kalimantan Timur", "PASER", "Palaran"), (None, ["unknown-name"])),
        (place("Kalimantan Timur", "SAMARINDA", "SAMARINDA"), (None, ["unknown-name"])),
        (place("Kalimantan Timur", "PASER", "Samboja", code="64.01.02"), (None, ["code-name"])),
        (place("Kalimantan Timur", "KOTA BALIKPAPAN", code="64.72"), (None, ["code-name"])),
        (place("Kalimantan Timur", "PASER", "Tanjung Harapan", code="64.01.99"),
         ("64.01.02", ["code-unused"])),
        (place(code="64.01.99"), (None, ["code-unknown"])),
        (place("JAWA BARAT", "KAB. BOGOR"), (None, ["unknown-name"])),
        (place("Kalimantan Timur", "SAMARINDA", "PALARAN", "Bukuan"), ("64.72.01/BUKUAN", [])),
    ],
)  # fmt: skip
def test_with_a_list(written: Written, expected: tuple[str | None, list[str]]) -> None:
    assert on_list(written) == [expected]


def test_an_unknown_name_is_told_with_the_names_there() -> None:
    written = place("Kalimantan Timur", "PASER", "Samboja")
    fault = settled_of([*LIST, written]).faults[-1][0]
    assert speak(fault.mend, "en") == "Names known there: Paser Belengkong, Tanjung Harapan."
    alike = place("Kalimantan Timur", "PASER", "Pasir Balengkong")
    assert "“Paser Belengkong” is alike" in said(*LIST, alike)[0]


def test_one_side_may_not_write_a_region_in_two_ways_silently() -> None:
    pair = place(None, "PASER", "TJ HARAPAN"), place(None, "PASER", "TANJUNG HARAPAN")
    assert on_list(*pair) == [("64.01.02", ["two-names"]), ("64.01.02", [])]
    coded = (place(None, "PASER", "PASER BELENGKONG", code="64.01.03"),
             place(None, "PASER", "PASIR BALENGKONG", code="64.01.03"))  # fmt: skip
    assert on_list(*coded) == [("64.01.03", []), ("64.01.03", ["two-names"])]


def test_without_a_list_two_names_of_one_side_are_two_regions() -> None:
    first, second = regions(place(K, "P", "LUBUK PAKAM I.II"), place(K, "P", "LUBUK PAKAM III"))
    assert first != second
    first, second = regions(place(K, "P", "Q", "TERUSAN"), place(K, "P", "Q", "DESA TERUSAN"))
    assert first != second


def test_two_regions_of_one_name_in_a_list_are_ambiguous() -> None:
    twice = listed("64.01.02.2001", "SUKAMAJU"), listed("64.01.02.2002", "SUKAMAJU")
    row = place(None, "PASER", "Tanjung Harapan", "Sukamaju")
    assert answers(*LIST, *twice, row)[-1] == (None, ["ambiguous-name"])


def test_a_printed_name_is_the_lists() -> None:
    settled = settled_of([*LIST, place(None, "Samarinda", "PALARAN")])
    assert settled.regions.nodes[settled.nodes[-1]].name == "Palaran"


def test_nothing_gives_nothing() -> None:
    settled = settled_of([])
    assert settled.nodes == []
    assert len(settled.regions.nodes) == 1


NAMES = {
    0: ["KALTIM", "Kaltim", "KALSEL"],
    1: ["BOGOR", "KAB. BOGOR", "KOTA BOGOR", "PASER", "KAB PASER"],
    2: ["TJ HARAPAN", "TANJUNG HARAPAN", "Tanjungharapan", "SAMBOJA", "SEMBOJA", "KUARO"],
    3: ["SUKAMAJU", "DESA SUKAMAJU", "SUKAMAJU I", "SUKAMAJU SATU"],
}
CODES = [None, "64", "64.01", "64.02", "64.01.01", "64.01.02", "64.02.01", "64.01.01.2001", "abc"]
PLACES = st.builds(
    place,
    *(st.sampled_from([None, *NAMES[level]]) for level in range(4)),
    code=st.sampled_from(CODES),
    side=st.sampled_from(["ours", "theirs", "both"]),
)
LISTED = [
    listed("64", "KALTIM"),
    listed("64.01", "KAB. BOGOR"),
    listed("64.02", "KOTA BOGOR"),
    listed("64.01.01", "TANJUNG HARAPAN"),
    listed("64.01.02", "SAMBOJA"),
]
LISTS = st.lists(st.sampled_from(LISTED), unique=True)


def distinct(places: list[Written]) -> list[Written]:
    """Places as `settle` gets them: what one side and the other wrote alike stands there once."""
    merged: dict[tuple[object, ...], Written] = {}
    for one in places:
        first = merged.setdefault((one.code, one.names), one)
        merged[one.code, one.names] = first._replace(
            ours=first.ours or one.ours, theirs=first.theirs or one.theirs
        )
    return list(merged.values())


@given(st.lists(PLACES, max_size=8), LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    written: list[Written], known: list[Written], random: object
) -> None:
    places = distinct(written)
    shuffled = [*known, *places]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    plain, mixed = settled_of([*known, *places]), settled_of(shuffled)
    for at, one in enumerate(places, len(known)):
        other = next(i for i, place_ in enumerate(shuffled) if place_ is one)
        assert _printed(plain, plain.nodes[at]) == _printed(mixed, mixed.nodes[other])
        assert plain.faults[at] == mixed.faults[other]


def _printed(settled: Told, node: int) -> tuple[str, str] | None:
    found = settled.regions.nodes[node]
    return None if node == UNMATCHED else (found.region, found.name)


@given(st.lists(PLACES, max_size=8), LISTS)
def test_two_names_of_one_side_never_land_silently_on_one_region(
    written: list[Written], known: list[Written]
) -> None:
    places = distinct(written)
    settled = settled_of([*known, *places])
    silent: dict[tuple[int, str], set[str]] = {}
    for one, node, faults in zip([*known, *places], settled.nodes, settled.faults, strict=True):
        finest = next((i for i in (3, 2, 1, 0) if one.keys[i]), None)
        if node == UNMATCHED or finest is None or faults:
            continue
        if settled.regions.nodes[node].level == finest + 1:
            for side in ("ours", "theirs"):
                if getattr(one, side):
                    silent.setdefault((node, side), set()).add(str(one.keys[finest]))
    assert all(len(keys) == 1 for keys in silent.values())


@given(st.lists(PLACES, max_size=8), LISTS)
def test_every_place_has_a_region_or_a_reason(written: list[Written], known: list[Written]) -> None:
    places = distinct(written)
    settled = settled_of([*known, *places])
    assert len(settled.nodes) == len(settled.faults) == len(known) + len(places)
    printed = [node.region for node in settled.regions.nodes]
    assert len(set(printed)) == len(printed)
    for node, faults in zip(settled.nodes, settled.faults, strict=True):
        assert node != UNMATCHED or any(fault.severity == "error" for fault in faults)


def region_list(name: str) -> list[Written]:
    with (REGIONS / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [listed(row.get("code") or row["kode"], row.get("name") or row["nama"]) for row in rows]


@real
def test_every_kecamatan_of_kaltim_is_found_in_every_spelling() -> None:
    known = region_list("kaltim_2018.csv")
    names = {one.code: next(name for name in one.names if name) for one in known}
    kecamatan = [one for one in known if str(one.code).count(".") == 2]
    assert len(kecamatan) == 103
    for spell in (str.upper, "KEC. {}".format, lambda name: name.replace(" ", ""), str.lower):
        rows = [
            place("Kalimantan Timur", names[str(one.code)[:5]], spell(names[one.code]))
            for one in kecamatan
        ]
        found = answers(*known, *rows)[len(known) :]
        assert found == [(one.code, []) for one in kecamatan]


@real
def test_other_spellings_of_kaltim_never_give_another_region() -> None:
    known = region_list("kaltim_2018.csv")
    names = {one.code: next(name for name in one.names if name) for one in known}
    with (REGIONS / "kaltim_aliases.csv").open(encoding="utf-8") as file:
        aliases = [(row["alias"], row["code"]) for row in csv.DictReader(file)]
    for alias, code in aliases:
        row = (place("Kalimantan Timur", names[code[:5]], alias) if code.count(".") == 2
               else place("Kalimantan Timur", alias))  # fmt: skip
        region, rules = answers(*known, row)[-1]
        assert (region, rules) in [(code, []), (None, ["unknown-name"])], alias


@real
def test_the_list_of_2018_finds_itself_and_keeps_kabupaten_and_kota_apart() -> None:
    known = region_list("indonesia_2018_to_kecamatan.csv")
    names = {one.code: next(name for name in one.names if name) for one in known}
    rows = []
    for one in known:
        parts = str(one.code).split(".")
        above = [names[".".join(parts[: at + 1])] for at in range(len(parts))]
        rows.append(theirs(*above))
    assert answers(*known, *rows)[len(known) :] == [(one.code, []) for one in known]
    without = settled_of(rows)
    assert len(set(without.nodes)) == len(rows)
    assert not any(without.faults)
