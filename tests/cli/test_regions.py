"""`recount regions`: what is looked up, in which format, and what is said when there is none."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]


def test_a_code_is_shown_with_every_reading(ask: Ask) -> None:
    done = ask("regions", "6402", "--list", "2018")
    assert (done.code, done.err) == (0, "")
    assert done.out.decode() == (
        "Kemendagri 64.02: KAB. KUTAI KARTANEGARA\n"
        "  List 2018 (Permendagri 137/2017)\n"
        "  kabupaten/kota in KALIMANTAN TIMUR (64); 18 kecamatan\n"
        "  Codes: BPS 6403, KPU 2019 64248\n"
        "\n"
        "BPS 6402: KAB. KUTAI BARAT\n"
        "  List 2018 (Permendagri 137/2017)\n"
        "  kabupaten/kota in KALIMANTAN TIMUR (64); 16 kecamatan\n"
        "  Codes: Kemendagri 64.07, KPU 2019 65069\n"
    )


def test_a_name_may_have_blanks_and_another_spelling(ask: Ask) -> None:
    done = ask("regions", "pasir", "balengkong", "--lang", "id")
    assert done.code == 0
    assert "Paser Belengkong" in done.out.decode()
    assert "Disebut juga PASIR BALENGKONG" in done.out.decode()


def test_without_arguments_the_lists_are_counted(ask: Ask) -> None:
    done = ask("regions")
    assert done.code == 0
    first, second = done.out.decode().splitlines()
    assert "34 provinsi, 514 kabupaten/kota, 7,201 kecamatan" in first
    assert "39 provinsi, 643 kabupaten/kota, 7,405 kecamatan" in second
    counts = json.loads(ask("regions", "--format", "json").out)["lists"]
    assert [(one["list"], one["kecamatan"]) for one in counts] == [("2018", 7201), ("2024", 7405)]
    assert ask("regions", "--format", "csv", "--list", "2024").out.count(b"\n") == 2


def test_programs_get_stable_keys(ask: Ask) -> None:
    found = json.loads(ask("regions", "64.72.01", "--format", "json", "--lang", "id").out)
    assert found["schema"] == 1
    first = found["regions"][0]
    assert first == {
        "list": "2018",
        "system": "kemendagri",
        "code": "64.72.01",
        "name": "Palaran",
        "level": "kecamatan",
        "parents": [
            {"code": "64", "name": "KALIMANTAN TIMUR"},
            {"code": "64.72", "name": "KOTA SAMARINDA"},
        ],
        "codes": {
            "kemendagri": "64.72.01",
            "bps": "6472010",
            "kpu-2019": "65568",
            "kpu-2024": None,
        },
        "also": None,
        "children": {},
    }
    text = ask("regions", "64.72", "--format", "csv").out.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["list"], row["system"], row["children"], row["within"]) for row in rows] == [
        ("2018", "kemendagri", "10", "64"),
        ("2024", "kemendagri", "10", "64"),
        ("2018", "bps", "10", "64"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said", "mend"),
    [
        (["Sambja"], "“Sambja”", "SAMBOJA (64.02.13)"),
        (["Zzz", "--list", "2018"], "lists 2018 ", "64.72.01"),
        (["Palaran", "--list", "2019"], "--list", "2018, 2024"),
        (["Palaran", "--format", "xlsx"], "--format", "table, csv, json"),
    ],
)
def test_what_is_not_there_is_said(ask: Ask, arguments: list[str], said: str, mend: str) -> None:
    done = ask("regions", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert said in done.err
    assert mend in done.err.partition("\n  -> ")[2]
