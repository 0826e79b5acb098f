"""Hostile answers: neutralised, or refused with one message; never a traceback, never a figure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.api import check, reconcile_with
from recount.bodies import BrokenError, parse
from recount.errors import RecountError
from recount.options import Options
from recount.report import RENDERERS, build
from recount.systems import snapshots
from tests.systems.making import PAIRS, pilkada, row, station, write

if TYPE_CHECKING:
    from pathlib import Path

STATION = "hhcw/ppwp/11/1101/110101/1101012001/1101012001002.json"
DEEP = b'{"tungsura":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
TWICE = b'{"tungsura":{"chart":{"1000054":1,"1000054":2},"table":{}}}'
ESCAPED = b'{"a\\u003ab":1,"a\\u003ab":2}'


@pytest.mark.parametrize(
    "data",
    [
        DEEP,
        TWICE,
        ESCAPED,
        b'{"a" :1, "b":2, "b" :3}',
        b'{"tungsura": {"chart": {"1000',
        b"<html>503 Service Unavailable</html>",
        b'{"tungsura": NaN}',
        b'\xff\xfe{"tungsura": 1}',
        b'{"a": "\x1b[2J"}',
    ],
)
def test_what_is_no_whole_json_is_a_gap_with_one_reason(tmp_path: Path, data: bytes) -> None:
    good = pilkada({"640301": row(1, 2, 3, 4)})
    write(tmp_path, {"pkwkp/64/6403.json": good, "pkwkp/64/6404.json": data, "p.json": PAIRS})
    (found,) = snapshots([tmp_path])
    gaps = [one for one in found.gaps if one.rule == "gap"]
    assert [one.place and one.place.endswith("6404.json") for one in gaps] == [True]
    with pytest.raises(RecountError):
        snapshots([tmp_path / "pkwkp" / "64" / "6404.json"])


@pytest.mark.parametrize("data", [DEEP, TWICE, ESCAPED, b'{"a":{"b":"x:\\"","b":":"}}'])
def test_equal_keys_and_depth_are_found(data: bytes) -> None:
    with pytest.raises(BrokenError):
        parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.sampled_from([None, 1]))
def test_every_sound_document_is_read_as_it_is(value: object, indent: int | None) -> None:
    assert parse(json.dumps(value, indent=indent).encode()) == value


@given(st.dictionaries(st.text(max_size=3), JSON, min_size=1), st.data())
def test_no_doubled_key_goes_unseen(value: dict[str, object], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(value)))
    pairs = [*value.items(), (key, data.draw(JSON))]
    written = ", ".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in pairs)
    with pytest.raises(BrokenError):
        parse(f"{{{written}}}".encode())


@pytest.mark.parametrize("votes", [10**18, 10**30, -5, 1.5, True, "12a", [1], {"a": 1}, "=1+1"])
def test_what_is_no_count_of_votes_is_a_finding_not_a_figure(tmp_path: Path, votes: object) -> None:
    body = station()
    body["chart"]["100025"] = votes
    write(tmp_path, {STATION: body, STATION.replace("002.json", "001.json"): station((4, 5, 6))})
    found = check(tmp_path)
    places = [one.place for one in found.findings if one.severity == "error"]
    assert [place and place.rpartition("/")[2] for place in places] == ["1101012001002.json:1"]


@pytest.mark.parametrize("votes", ["1.234", 0, "0"])
def test_what_is_a_count_is_taken(tmp_path: Path, votes: object) -> None:
    body = station()
    body["chart"]["100025"] = votes
    write(tmp_path, {STATION: body})
    assert not [one for one in check(tmp_path).findings if one.severity == "error"]


NAMES = ["\x1b[2J\x1b]0;owned\x07", "<script>alert(1)</script>", "abc\u202etxt", "=HYPERLINK(1)"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", ["table", "csv", "json", "markdown"])
def test_names_of_pairs_and_regions_are_harmless(tmp_path: Path, name: str, format_: str) -> None:
    pairs = json.loads(json.dumps(PAIRS))
    pairs["64"]["1000054"]["nama"] = name
    regions = [{"nama": name, "id": 1, "kode": "640301", "tingkat": 3}]
    write(
        tmp_path / "kpu",
        {
            "pkwkp/64/6403.json": pilkada({"640301": row(10, 2, 4, 4)}),
            "paslon/pkwkp.json": pairs,
            "wilayah/pilkada/pkwkp/64/6403.json": regions,
        },
    )
    write(tmp_path, {"ours.csv": b"kode,suara_1,suara_2\n64.03.01,11,2\n"})
    sides = [str(tmp_path / "ours.csv")], [str(tmp_path / "kpu")]
    result = reconcile_with(*sides, Options(everything=True))
    text = RENDERERS[format_](build(result, "en")).decode()
    assert "\x1b" not in text
    assert "\u202e" not in text or format_ == "json"


def test_shapes_that_nobody_knows_are_gaps(tmp_path: Path) -> None:
    good = pilkada({"640301": row(1, 2, 3, 4)})
    odd = {
        "pkwkp/64/6405.json": {"tungsura": {"chart": 5, "table": [1, 2]}, "ts": 7},
        "pkwkp/64/6406.json": {"tungsura": {"table": {"640601": {"progres": "x", "1000054": 1}}}},
        "pkwkp/64/6407.json": {"tungsura": None},
        "node.json": {"parentNames": 5, "depth": "x", "children": 3},
    }
    write(tmp_path, {"pkwkp/64/6403.json": good, **odd, "paslon/pkwkp.json": PAIRS})
    (found, *_) = [one for one in snapshots([tmp_path]) if one.system == "sirekap-pilkada-2024"]
    assert found.tables[0].rows["candidate:1"].drop_nulls().to_list() == ["1", "1", "1"]


def test_an_answer_of_a_gigabyte_is_refused_with_one_message(tmp_path: Path) -> None:
    path = tmp_path / "6403.json"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(RecountError):
        snapshots([path])


def test_more_candidates_than_anybody_has_are_refused(tmp_path: Path) -> None:
    for at in range(40):
        body = pilkada({"640301": row(1, 2, 3, 4)})
        body["tungsura"]["chart"] = {str(at * 100_000 + n): n for n in range(20_000)}
        write(tmp_path, {f"pkwkp/64/{6401 + at}.json": body})
    with pytest.raises(RecountError):
        snapshots([tmp_path])
