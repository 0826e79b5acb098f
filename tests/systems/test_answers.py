"""Recognising each system, placing its figures, and telling every kind of nothing from 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from recount.errors import RecountError
from recount.model import LEVELS
from recount.systems import SYSTEMS, snapshots
from tests.systems.making import PAIRS, TS, pilkada, row, station, write

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Snapshot

BERAU = {"640301": row(1287, 1482, 14, 20), "640302": row(3311, 5030, 29, 29)}


def rows_of(snapshot: Snapshot) -> list[dict[str, Any]]:
    return [row for table in snapshot.tables for row in table.rows.iter_rows(named=True)]


def one(folder: Path, **options: Any) -> Snapshot:  # noqa: ANN401
    (found,) = snapshots([folder], **options)
    return found


def rules(snapshot: Snapshot) -> list[str]:
    return [finding.rule for finding in snapshot.gaps]


def test_pilkada_rows_have_code_number_progress_time_and_digest(tmp_path: Path) -> None:
    write(tmp_path, {"pkwkp/64/6403.json": pilkada(BERAU), "paslon/pkwkp.json": PAIRS})
    found = one(tmp_path)
    assert (found.system, found.layer, found.contest) == (
        "sirekap-pilkada-2024",
        "count",
        "pkwkp-64",
    )
    assert found.taken_at == "2024-11-28T10:15:04+08:00"
    assert "WITA" in str(found.assumptions)
    whole, first, second = rows_of(found)
    assert (whole["code"], whole["candidate:1"], whole["counted"]) == ("64.03", "4598", "43")
    assert (first["code"], first["candidate:2"], first["total"]) == ("64.03.01", "1482", "20")
    assert (second["percent"], second["psu"]) == ("100", "Reguler")
    assert [len(file.sha256) for file in found.files] == [64, 64]
    assert found.tables[0].candidates == {"1": "Andi - Budi", "2": "Citra - Dewi"}


def test_races_of_regents_are_contests_of_their_own(tmp_path: Path) -> None:
    table = {"6401": row(1, 2, 1, 9), "6403": row(3, 4, 1, 9)}
    answer = pilkada(table)
    answer["tungsura"]["chart"] = {"progres": answer["progres"]}  # a sum over races is none
    write(tmp_path, {"pkwkk/64.json": answer})
    contests = {row["contest"] for row in rows_of(one(tmp_path)) if row["contest"]}
    assert contests == {"pkwkk-6401", "pkwkk-6403"}


def test_pairs_without_a_list_keep_the_systems_ids_and_a_finding_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"pkwkp/64/6403.json": pilkada(BERAU)})
    found = one(tmp_path)
    assert "candidate:1000054" in rows_of(found)[0]
    assert rules(found) == ["pair-unknown"]


def test_pemilu_tells_level_and_station_by_the_code(tmp_path: Path) -> None:
    aggregate = {
        "ts": TS,
        "psu": "Reguler",
        "mode": "hhcw",
        "chart": {"100025": 71, "100026": 20, "100027": 9, "persen": 50.0},
        "table": {"1101012001001": {"100025": 71, "100026": 20, "100027": 9, "persen": 100}},
        "progres": {"total": 2, "progres": 1},
    }
    write(
        tmp_path,
        {
            "hhcw/ppwp/11/1101/110101/1101012001.json": aggregate,
            "hhcw/ppwp/11/1101/110101/1101012001/1101012001002.json": station((1, 2, 3)),
        },
    )
    whole, listed, own = rows_of(one(tmp_path))
    assert (whole["code"], whole["candidate:1"], whole["total"]) == ("11.01.01.2001", "71", "2")
    assert (listed["code"], listed["tps"], listed["percent"]) == ("11.01.01.2001", "001", "100")
    assert (own["tps"], own["candidate:3"], own["total"]) == ("002", "3", None)


def test_situng_is_placed_by_the_names_of_its_region_lists(tmp_path: Path) -> None:
    body = {
        "ts": "2019-04-19 23:00:03",
        "chart": {"21": 19, "22": 133},
        "suara_sah": 132,
        "suara_tidak_sah": 1,
        "suara_total": 133,
        "pemilih_j": 179,
        "pengguna_j": 133,
        "images": [],
    }
    lists = {
        "wilayah/0.json": {"64111": {"nama": "KALIMANTAN TIMUR"}},
        "wilayah/64111.json": {"65528": {"nama": "KOTA BALIKPAPAN"}},
        "wilayah/64111/65528.json": {"65529": {"nama": "BALIKPAPAN TIMUR"}},
        "wilayah/64111/65528/65529.json": {"65530": {"nama": "MANGGAR"}},
        "wilayah/64111/65528/65529/65530.json": {"900000012": {"nama": "TPS 12"}},
    }
    count = {"hhcw/ppwp/64111/65528/65529/65530/900000012.json": body}
    recap = {
        "hr/ppwp/64111/65528.json": {
            "ts": "2019-05-20 10:00:00",
            "progress": {"proses": 3, "total": 3},
            "table": {"65529": {"21": 5, "22": None}},
            "chart": {"21": 5, "22": 7},
        }
    }
    write(tmp_path, {**lists, **count, **recap})
    by_layer = {found.layer: rows_of(found) for found in snapshots([tmp_path])}
    (tps,) = by_layer["count"]
    assert (tps["provinsi"], tps["desa"], tps["tps"]) == ("KALIMANTAN TIMUR", "MANGGAR", "12")
    assert (tps["candidate:1"], tps["valid"], tps["registered"]) == ("19", "132", "179")
    whole, part = by_layer["recap"]
    assert (whole["kabkota"], whole["counted"]) == ("KOTA BALIKPAPAN", "3")
    assert (part["kecamatan"], part["candidate:2"]) == ("BALIKPAPAN TIMUR", None)


def test_kawalpemilu_has_three_sources_and_minus_one_is_unknown(tmp_path: Path) -> None:
    node = {
        "id": 65529,
        "name": "BALIKPAPAN TIMUR",
        "parentNames": ["IDN", "KALIMANTAN TIMUR", "KOTA BALIKPAPAN"],
        "depth": 3,
        "children": [[65531, "LAMARU", 35, 3955, 3855]],
        "data": {"65531": {"ts": 1556870210184, "sum": {"pas1": 3513, "pas2": -1, "cakupan": 34}}},
        "kpu": {"65531": {"pas1": 3500, "pas2": 2886}},
        "rekap": {"65531": {"pas1": 3499, "pas2": 2887}},
    }
    write(tmp_path, {"65529.json": node})
    found = {(one.system, one.layer): rows_of(one)[0] for one in snapshots([tmp_path])}
    own = found["kawalpemilu-2019", "count"]
    assert (own["desa"], own["candidate:1"], own.get("candidate:2")) == ("LAMARU", "3513", None)
    assert (own["counted"], own["total"]) == ("34", "35")
    assert found["situng-2019", "count"]["candidate:1"] == "3500"
    assert found["situng-2019", "recap"]["candidate:2"] == "2887"


def test_lists_with_nothing_at_the_beginning_stand_for_objects(tmp_path: Path) -> None:
    node = {
        "name": "LAMARU",
        "parentNames": ["IDN", "KALIMANTAN TIMUR", "KOTA BALIKPAPAN", "BALIKPAPAN TIMUR"],
        "depth": 4,
        "children": [[1, 127, 127]],
        "data": {"1": {"ts": 1556290396558, "sum": {"pas1": 104, "pas2": 112}}},
        "kpu": [None, {"pas1": 104, "pas2": 113}],
    }
    write(tmp_path, {"65531.json": node})
    kpu = next(one for one in snapshots([tmp_path]) if one.system == "situng-2019")
    assert [(row["tps"], row["candidate:2"]) for row in rows_of(kpu)] == [("1", "113")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "not-entered"),
        (None, "not-entered"),
        (station(None, {"suara_sah": 5}), "no-votes"),
        (station((1, 2, 3), None), "no-page"),
        ({**station(), "chart": {"null": None}}, "no-candidate"),
    ],
)
def test_kinds_of_nothing_at_a_station_are_no_zero(tmp_path: Path, body: Any, kind: str) -> None:  # noqa: ANN401
    other = station((4, 5, 6), {"suara_sah": 15})
    write(
        tmp_path,
        {
            "hhcw/ppwp/11/1101/110101/1101012001/1101012001001.json": other,
            "hhcw/ppwp/11/1101/110101/1101012001/1101012001002.json": body,
        },
    )
    found = one(tmp_path)
    assert [finding for finding in rules(found) if kind in finding] == [f"nothing-{kind}"]
    assert "0" not in rows_of(found)[1].values()


def test_a_row_without_candidates_is_blank_not_zero(tmp_path: Path) -> None:
    table = {"640301": row(None, None, 0, 20), "640302": row(3311, 5030, 29, 29)}
    write(tmp_path, {"pkwkp/64/6403.json": pilkada(table), "paslon/pkwkp.json": PAIRS})
    found = one(tmp_path)
    assert rows_of(found)[1]["candidate:1"] is None
    assert "nothing-row-without-candidate" in rules(found)


def test_a_revote_mark_is_kept_and_said(tmp_path: Path) -> None:
    table = {"640301": {**row(5, 6, 20, 20), "psu": "Pemungutan Suara Ulang"}}
    write(tmp_path, {"pkwkp/64/6403.json": pilkada(table), "paslon/pkwkp.json": PAIRS})
    found = one(tmp_path)
    assert rows_of(found)[1]["psu"] == "Pemungutan Suara Ulang"
    assert rules(found) == ["revote"]


def test_parts_that_do_not_add_up_to_their_whole_at_one_time(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"pkwkp/64/6403.json": pilkada(BERAU, c1000054=4600), "paslon/pkwkp.json": PAIRS},
    )
    assert rules(one(tmp_path)) == ["parts"]


@pytest.mark.parametrize(
    ("ts", "first", "expected"),
    [
        (TS, 4598, []),
        ("2024-11-28 10:00:04", 4598, []),
        ("2024-11-28 10:00:04", 4500, ["older"]),
        (TS, 4500, ["same-time"]),
    ],
)
def test_a_region_of_which_two_answers_speak(
    tmp_path: Path, ts: str, first: int, expected: list[str]
) -> None:
    above = pilkada({"6403": row(first, 6512, 40, 49)}, ts)
    write(
        tmp_path,
        {
            "pkwkp/64.json": above,
            "pkwkp/64/6403.json": pilkada(BERAU),
            "paslon/pkwkp.json": PAIRS,
        },
    )
    found = one(tmp_path)
    assert rules(found) == expected
    said = sorted(row["candidate:1"] for row in rows_of(found) if row["code"] == "64.03")
    # The later one counts; of two at one time that differ none is thrown away.
    assert said == (["4500", "4598"] if expected == ["same-time"] else ["4598"])
    if expected == ["older"]:
        assert dict(found.gaps[0].message.values)["minutes"] == 15


def test_answers_that_their_neighbours_have_are_gaps(tmp_path: Path) -> None:
    table = {"6401": row(1, 2, 1, 9), "6402": row(3, 4, 1, 9), "6403": row(5, 6, 1, 9)}
    write(
        tmp_path,
        {
            "pkwkp/64.json": pilkada(table),
            "pkwkp/64/6401.json": pilkada({"640101": row(1, 2, 1, 9)}),
            "pkwkp/64/6402.json": b'{"tungsura": {"chart": {"100',
            "paslon/pkwkp.json": PAIRS,
        },
    )
    found = one(tmp_path)
    assert rules(found) == ["gap", "gap"]
    places = {finding.place and finding.place.rpartition("/")[2] for finding in found.gaps}
    assert places == {"6402.json", None}


def test_two_crawls_in_a_folder_are_two_snapshots_in_their_order(tmp_path: Path) -> None:
    late = pilkada(BERAU, "2024-11-28 11:00:00")
    write(tmp_path, {"a/pkwkp/64/6403.json": late, "b/pkwkp/64/6403.json": pilkada(BERAU)})
    times = [found.taken_at for found in snapshots([tmp_path])]
    assert times == ["2024-11-28T10:15:04+08:00", "2024-11-28T11:00:00+08:00"]


@pytest.mark.parametrize(
    ("name", "taken_at", "expected"),
    [
        ("64.json", None, None),
        ("64.json", "2019-05-01T10:00:00+07:00", "2019-05-01T10:00:00+07:00"),
        ("2019-05-02 0930/64.json", "2019-05-01T10:00:00", "2019-05-02T09:30:00+08:00"),
    ],
)
def test_a_time_comes_from_the_name_or_the_option_never_from_the_file(
    tmp_path: Path, name: str, taken_at: str | None, expected: str | None
) -> None:
    folder, _, file = name.rpartition("/")
    write(tmp_path / folder, {f"pkwkp/{file}": {**pilkada({"6403": row(1, 2, 3, 4)}), "ts": None}})
    assert one(tmp_path, taken_at=taken_at).taken_at == expected


def test_a_system_that_nobody_knows_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(RecountError) as stopped:
        snapshots([tmp_path], system="situng")
    assert ", ".join(SYSTEMS) in str(stopped.value.mend)


def test_all_levels_are_named_alike() -> None:
    assert LEVELS[0] == "nasional"
