"""Tables of spellings: read, applied inside their region, refused where they cannot stand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.accepting import accept, respelt
from recount.aliases import COLUMNS, Alias, packaged_aliases, read_aliases, with_more
from recount.errors import RecountError
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import squash
from recount.places import Written, settle, table_of
from recount.regions import UNMATCHED

if TYPE_CHECKING:
    from collections.abc import Sequence

REGIONS = Path(__file__).parents[2] / "shared" / "data" / "regions"
real = pytest.mark.skipif(not REGIONS.is_dir(), reason="the tables of real regions are not here")
HEAD = ",".join(COLUMNS)


def place(*names: str, code: str | None = None, side: str = "ours") -> Written:
    full = (*names, None, None, None, None)[:4]
    keys = tuple(
        squash(name, level) or None if name else None
        for name, level in zip(full, NAMED_LEVELS, strict=True)
    )
    return Written(code, tuple(name or None for name in full), keys, side == "ours", side != "ours")


def line(level: str, within: str, alias: str, region: str) -> Alias:
    return Alias(LEVELS.index(level), within, alias, region, "aliases.csv:2")


class Told(NamedTuple):
    """The keys of the places afterwards, each the finest one, and the rules of the findings."""

    keys: list[str]
    rules: list[str]


def told(places: Sequence[Written], *aliases: Alias, package: bool = False) -> Told:
    given_ = packaged_aliases() if package else ()
    table, findings = accept(table_of(places), aliases, given_)
    rows = table.select("key1", "key2", "key3", "key4").rows()
    keys = [[key for key in row if key][-1] for row in rows]
    return Told(keys, [finding.rule for finding in findings])


SEMBOJA = place("", "Kutai Kartanegara", "Semboja")


@pytest.mark.parametrize(
    ("alias", "where", "key"),
    [
        (line("kecamatan", "64.02", "SEMBOJA", "64.02.13"), SEMBOJA, "SAMBOJA"),
        (line("kecamatan", "Kab. Kutai Kartanegara", "Semboja", "Samboja"), SEMBOJA, "SAMBOJA"),
        (line("kecamatan", "64.02", "SEM BOJA", "64.02.13"), SEMBOJA, "SAMBOJA"),
        (line("kecamatan", "64.02", "SEMBOJA", "64.02.13"),
         place("", "", "Semboja", code="64.02"), "SAMBOJA"),
        (line("kabkota", "64", "Kukar", "64.02"), place("Kalimantan Timur", "KUKAR"),
         "KAB KUTAI KARTANEGARA"),
        (line("kabkota", "", "Kukar", "64.02"), place("", "KUKAR"), "KAB KUTAI KARTANEGARA"),
        (line("desa", "64.72.01", "Rawa Mkmur", "Rawa Makmur"),
         place("", "Kota Samarinda", "Palaran", "Rawa Mkmur"), "RAWA MAKMUR"),
        # Somewhere else the same word is something else.
        (line("kecamatan", "64.01", "SEMBOJA", "64.01.05"), SEMBOJA, "SEMBOJA"),
        (line("kecamatan", "Kota Bogor", "Kebun", "Tanah Sareal"), place("", "Bogor", "Kebun"),
         "KEBUN"),
    ],
)  # fmt: skip
def test_a_spelling_is_read_inside_its_region_only(alias: Alias, where: Written, key: str) -> None:
    others = [place("", "Kota Samarinda", "Palaran", "Rawa Makmur")]
    assert told([where, *others], alias).keys[0] == key


def test_a_kabupaten_is_renamed_before_what_lies_in_it() -> None:
    aliases = [
        line("kecamatan", "64.02", "Semboja", "Samboja"), line("kabkota", "", "Kukar", "64.02")
    ]  # fmt: skip
    assert told([place("", "Kukar", "Semboja")], *aliases) == (["SAMBOJA"], ["spelling"] * 2)


@pytest.mark.parametrize(
    "alias",
    [
        pytest.param(line("kecamatan", "64.02", "Semboja", "64.02.99"), id="no such code"),
        pytest.param(line("kecamatan", "64.02", "Semboja", "Kuaro"), id="no such name there"),
        pytest.param(line("kecamatan", "64.02", "Semboja", "64.02"), id="a code of another level"),
        pytest.param(line("kabkota", "32", "Bgr", "Bogor"), id="either of two"),
        pytest.param(line("kecamatan", "64.02", "Muara Jawa", "Samboja"), id="itself a region"),
    ],
)
def test_a_line_that_cannot_stand_is_a_finding_at_its_place(alias: Alias) -> None:
    places = [SEMBOJA, place("", "Kutai Kartanegara", "Muara Jawa")]
    table, [found] = accept(table_of(places), [alias], ())
    assert (found.rule, found.severity, found.place) == ("alias", "error", "aliases.csv:2")
    assert table["key3"].to_list() == ["SEMBOJA", "MUARA JAWA"]


def test_two_lines_that_contradict_each_other_are_said() -> None:
    first = line("kecamatan", "64.02", "Semboja", "64.02.13")
    second = line("kecamatan", "64.02", "SEMBOJA", "64.02.14")._replace(place="aliases.csv:3")
    _, findings = accept(table_of([SEMBOJA]), [first, second], ())
    assert [(finding.rule, finding.place) for finding in findings] == [
        ("spelling", "aliases.csv:2"),
        ("alias", "aliases.csv:3"),
    ]


def test_a_region_of_the_files_that_is_in_no_list_may_be_meant() -> None:
    places = [place("", "Kota Contoh", "Timur Laut"), place("", "Kota Contoh", "T. Laut")]
    alias = line("kecamatan", "Kota Contoh", "T. Laut", "Timur Laut")
    assert told(places, alias).keys == ["TIMUR LAUT", "TIMUR LAUT"]


def test_what_comes_with_the_package_is_read_where_it_matters() -> None:
    kutai = "Kutai Kartanegara"
    met = [place("", kutai, "Semboja"), place("", kutai, "Samboja", side="theirs")]
    assert told(met, package=True) == (["SAMBOJA", "SAMBOJA"], ["spelling"])
    both = [place("", kutai, "Semboja"), place("", kutai, "Semboja", side="theirs")]
    assert told(both, package=True) == (["SEMBOJA", "SEMBOJA"], [])
    # One side that writes both means two regions.
    two = [place("", kutai, "Semboja"), place("", kutai, "Samboja")]
    assert told(two, package=True) == (["SEMBOJA", "SAMBOJA"], [])


KUTAI = ["Semboja", "Samboja", "Samboja Barat", "Semboja Barat", "Kota Bangun", "Kotabangun", "X"]


@given(st.lists(st.tuples(st.sampled_from(KUTAI), st.sampled_from(["ours", "theirs"])), max_size=9))
@settings(max_examples=200, deadline=None)
def test_no_place_that_has_a_region_loses_it_to_the_package(rows: list[tuple[str, str]]) -> None:
    """Two places that meet without the package's spellings meet with them."""
    places = [place("", "Kutai Kartanegara", name, side=side) for name, side in rows]
    if not places:
        return
    table = table_of(places)
    before = settle(table).nodes
    after = settle(accept(table, (), packaged_aliases())[0]).nodes
    for one, _ in enumerate(places):
        assert before[one] == UNMATCHED or after[one] != UNMATCHED
        for other, _ in enumerate(places):
            if before[one] == before[other] != UNMATCHED:
                assert after[one] == after[other]


@real
def test_the_seventeen_spellings_of_kaltim_are_their_region_or_nothing() -> None:
    with (REGIONS / "kaltim_aliases.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (REGIONS / "kaltim_2024.csv").open(encoding="utf-8") as file:
        listed = [_listed(row["code"], row["name"]) for row in csv.DictReader(file)]
    known = {place.code: place.names[(place.code or "").count(".")] for place in listed}
    found = {}
    for row in rows:
        parts = row["code"].split(".")
        above = [known[".".join(parts[: at + 1])] or "" for at in range(len(parts) - 1)]
        table = table_of([*listed, place(*above, row["alias"])])
        settled = settle(accept(table, (), packaged_aliases())[0])
        node = settled.nodes[-1]
        region = None if node == UNMATCHED else settled.regions.nodes[node].region
        assert region in {None, row["code"]}, row["alias"]
        found[row["alias"]] = region
    assert len(rows) == 17
    # Abbreviations that nobody has vouched for are left to a person.
    lost = {alias for alias, region in found.items() if region is None}
    assert lost == {"KUBAR", "KUTIM", "PPU", "MAHULU", "SMD", "BPP"}


@pytest.mark.parametrize(
    ("places", "noted"),
    [
        ([place("", "Kukar", "Kotabangun"), place("", "Kukar", "Kota Bangun", side="theirs")], 1),
        ([place("", "Smd", "Sei Kunjang"), place("", "Smd", "S. KUNJANG", side="theirs")], 1),
        ([place("", "", "Pasir Balengkong", code="64.01.03"),
          place("", "", "Paser Belengkong", code="64.01.03", side="theirs")], 1),
        # The same name, in other letters or without the word for its sort, is no other spelling.
        ([place("", "Kab. Paser", "Kec. Kuaro"), place("", "PASER", "KUARO", side="theirs")], 0),
        ([place("", "Paser", "Kuaro"), place("", "Paser", "Long Ikis", side="theirs")], 0),
        ([place("", "Paser", "Kuaro", "Sei Batu"), place("", "Paser", "Kuaro", "Sungai Batu",
                                                         side="theirs")], 1),
    ],
)  # fmt: skip
def test_another_spelling_that_was_accepted_is_noted(places: list[Written], noted: int) -> None:
    table = table_of(places)
    found = respelt(table, settle(table))
    assert [(one.rule, one.severity) for one in found] == [("spelling", "note")] * noted
    assert {one.region is not None for one in found} <= {True}


def _listed(code: str, name: str) -> Written:
    names = ["" for _ in range(code.count("."))]
    return place(*names, name, code=code)._replace(ours=False, theirs=False, listed=True)


def test_a_table_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text(
        "catatan;Level;WITHIN;Alias;Region\nx;Kecamatan;64.02;SEMBOJA;64.02.13\n;;;;\n"
        ";kab/kota;;KUKAR;Kutai Kartanegara\n"
    )
    assert read_aliases(path) == [
        Alias(3, "64.02", "SEMBOJA", "64.02.13", "aliases.csv:2"),
        Alias(2, "", "KUKAR", "Kutai Kartanegara", "aliases.csv:4"),
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a,b\n1,2\n", "aliases.csv"),
        (f"{HEAD}\nkecamatan,,SEMBOJA,64.02.13\n", "aliases.csv:2"),
        (f"{HEAD}\nkecamatan,64.02,SEMBOJA,\n", "aliases.csv:2"),
        (f"{HEAD}\ndusun,64.02,SEMBOJA,64.02.13\n", "aliases.csv:2"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str, at: str) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text(text)
    with pytest.raises(RecountError) as refused:
        read_aliases(path)
    assert refused.value.place == at


@pytest.mark.parametrize("held", [None, b"", b"\xef\xbb\xbf" + HEAD.encode(), f"{HEAD}\n".encode()])
def test_lines_are_added_at_the_end(tmp_path: Path, held: bytes | None) -> None:
    more = [line("kecamatan", "64.02", 'Sem"boja, X', "64.02.13")]
    path = tmp_path / "aliases.csv"
    path.write_bytes(with_more(held, more))
    assert [one._replace(place=None) for one in read_aliases(path)] == [
        more[0]._replace(place=None)
    ]
    again = with_more(path.read_bytes(), more)
    assert again.startswith(path.read_bytes())


@pytest.mark.parametrize("held", [b"level;within;alias;region\n", b"PK\x03\x04\xff\xfe", b"x,y\n"])
def test_nothing_is_added_to_another_kind_of_file(held: bytes) -> None:
    with pytest.raises(RecountError):
        with_more(held, [])
