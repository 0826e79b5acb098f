"""The region lists of the package: what they hold, and that a script lays them out the same."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from recount.lists import (
    ABROAD,
    VERSIONS,
    alias_rows,
    keys_of,
    packaged,
    region_list,
    version_of,
)
from recount.names import TWINS, bare, is_total, spellings
from recount.regions import parse_code

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data" / "regions"
real = pytest.mark.skipif(not SOURCE.is_dir(), reason="the tables of real regions are not here")
PLACES = {"provinsi": 1, "kabkota": 2, "kecamatan": 3}


@pytest.mark.parametrize(
    ("version", "counts"), [("2018", (34, 514, 7201)), ("2024", (39, 643, 7405))]
)
def test_a_list_has_the_whole_country(version: str, counts: tuple[int, ...]) -> None:
    one = region_list(version)
    assert tuple(len(one.at_level(level)) for level in (1, 2, 3)) == counts
    assert list(one.entries) == sorted(one.entries)
    for entry in one.entries.values():
        assert parse_code(entry.code) == entry.code
        assert entry.name == " ".join(entry.name.split())
        assert entry.parent in one.entries or entry.level == 1
        assert not is_total(entry.name, names_a_place=True)


def test_kaltim_has_103_and_105_kecamatan() -> None:
    assert region_list("2018").below("64") == {"kabkota": 10, "kecamatan": 103}
    assert region_list("2024").below("64") == {"kabkota": 10, "kecamatan": 105}
    new = {entry.name for entry in region_list("2024").children["64.02"]} - {
        entry.name.upper() for entry in region_list("2018").children["64.02"]
    }
    assert {"SAMBOJA BARAT", "KOTA BANGUN DARAT"} <= new


@pytest.mark.parametrize("version", VERSIONS)
def test_no_two_kecamatan_of_a_kabupaten_are_one_name(version: str) -> None:
    one = region_list(version)
    same = [
        (first.code, second.code)
        for kabkota in one.at_level(2)
        for first, second in combinations(one.children.get(kabkota.code, ()), 2)
        if _texts(keys_of(first)) & _texts(keys_of(second))
    ]
    assert same == []


def _texts(keys: tuple[str, ...]) -> set[str]:
    return {text for key in keys for text in spellings(key)}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_kabupaten_and_a_kota_of_one_name_stay_apart(version: str) -> None:
    one = region_list(version)
    sorts: dict[str, set[str]] = defaultdict(set)
    for entry in one.at_level(2):
        if not entry.code.startswith(ABROAD):
            key = keys_of(entry)[0]
            assert key.startswith(("KAB ", "KOTA "))
            sorts[bare(key, "kabkota")].add(key)
    # Banjar is a kabupaten of Kalimantan Selatan and a kota of Jawa Barat.
    assert {name for name, keys in sorts.items() if len(keys) > 1} == TWINS
    [kabupaten] = one.spelt("32", "KAB BOGOR")
    [kota] = one.spelt("32", "KOTA BOGOR")
    assert (kabupaten.code, kota.code) == ("32.01", "32.71")
    assert one.spelt("32", "BOGOR") == [kabupaten, kota]


def test_every_region_of_2018_has_one_id_of_kpu() -> None:
    ids = Counter(entry.kpu for entry in region_list("2018").entries.values())
    assert set(ids.values()) == {1}
    assert "" not in ids
    assert region_list("2018").by_kpu["64111"].code == "64"
    # Beside this id KPU's own tree has another kecamatan's code.
    assert region_list("2018").by_kpu["931271"].name == "Dolog Masagal"


def test_the_codes_of_bps_are_other_regions() -> None:
    one = region_list("2018")
    assert one.by_bps["6402"].code == "64.07"
    assert one.entries["64.02"].bps == "6403"
    assert sum(bool(entry.bps) for entry in one.entries.values()) == 1 + 10 + 103
    apart = [e.code for e in one.at_level(2) if e.bps and e.bps != e.code.replace(".", "")]
    assert apart == ["64.02", "64.03", "64.07", "64.08"]
    assert not region_list("2024").by_bps


def test_another_name_is_found_as_well() -> None:
    one = region_list("2018")
    assert [entry.code for entry in one.spelt("64.01", "PASIR BALENGKONG")] == ["64.01.03"]
    assert [entry.code for entry in one.spelt("64.01", "PASER BELENGKONG")] == ["64.01.03"]
    assert one.spelt("64.02", "PASIR BALENGKONG") == []


@pytest.mark.parametrize("row", alias_rows(), ids=lambda row: row["alias"])
def test_a_spelling_of_the_package_is_a_region_and_no_other_ones_name(row: dict[str, str]) -> None:
    entries = [one.entries.get(row["region"]) for one in map(region_list, VERSIONS)]
    assert any(entries)
    assert row["region"].rpartition(".")[0] == row["within"]
    assert all(entry is None or entry.level == PLACES[row["level"]] for entry in entries)
    assert row["source"]
    assert "unverified" not in row["source"]
    for one in map(region_list, VERSIONS):
        others = one.spelt(row["within"], row["alias"])
        assert {entry.code for entry in others} <= {row["region"]}


@pytest.mark.parametrize(
    ("year", "version"), [(1999, "2018"), (2018, "2018"), (2019, "2018"), (2024, "2024"),
                          (2029, "2024")],
)  # fmt: skip
def test_a_list_is_in_force_until_the_next_one(year: int, version: str) -> None:
    assert version_of(year) == version


def test_a_file_of_that_name_goes_before_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert packaged("2018") == "2018"
    assert packaged("2019") is packaged(None) is packaged("none") is None
    (tmp_path / "2018").write_text("kode,nama\n")
    assert packaged("2018") is None


def test_there_is_no_other_list() -> None:
    with pytest.raises(KeyError):
        region_list("2019")


def test_reading_a_list_takes_no_time_and_no_library() -> None:
    region_list.cache_clear()
    start = time.perf_counter()
    region_list("2018")
    # Some milliseconds; the bound is for a machine on which everybody works at once.
    assert time.perf_counter() - start < 1
    asked = (
        "import sys; from recount.lists import region_list; region_list('2018'); "
        "print({'polars', 'pandas', 'narwhals', 'rapidfuzz'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_lists_are_small() -> None:
    folder = Path(str(packaged_folder()))
    assert sum(path.stat().st_size for path in folder.glob("*.csv")) < 500_000
    assert (folder / "README.md").exists()


def packaged_folder() -> Path:
    import recount.lists

    return Path(recount.lists.__file__).parent


@real
def test_laid_out_again_they_are_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.regions", "--source", str(SOURCE)]
    subprocess.run([*command, "--into", str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["2018.csv", "2024.csv", "aliases.csv"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (packaged_folder() / name).read_bytes()


@real
def test_the_names_are_those_of_the_source() -> None:
    with (SOURCE / "kaltim_crosswalk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    one = region_list("2018")
    for row in rows:
        if row["kemendagri_2018"]:
            entry = one.entries[row["kemendagri_code"]]
            assert (entry.kpu, entry.bps) == (row["kpu_2019_id"], row["bps_2018_code"])
