"""What a spreadsheet of the country makes of the CSV: numbers stay numbers, names texts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from recount.report import RENDERERS, Look, build
from tests.office import needs_office, opened_as_csv
from tests.report import samples

if TYPE_CHECKING:
    from pathlib import Path

    from recount.result import Result

SEPARATORS = {"id": ";", "en": ","}


def named(*names: str) -> Result:
    rows = [
        samples.row("desa", f"64.72.01.{n}", name, "candidate:1", n, n + 5)
        for n, name in enumerate(names)
    ]
    return replace(samples.small(), comparisons=samples.comparisons(rows))


def written(result: Result, lang: str = "id") -> bytes:
    return RENDERERS["csv"](build(result, lang), Look(separator=SEPARATORS[lang]))


def read(data: bytes, separator: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a,=1+1,@b", "a,'=1+1,'@b"),
        ("a|-1", "a|'-1"),
        ("A - B = C", "A - B = C"),
        ("Rawa-Rawa, Ulu", "Rawa-Rawa, Ulu"),
        ("\t=1", "'\\x09=1"),
        ("\r=1", "'\\x0d=1"),
        ("=1\n=2", "'=1\\x0a=2"),
    ],
)
@pytest.mark.parametrize("lang", SEPARATORS)
def test_what_a_spreadsheet_takes_for_a_formula_has_an_apostrophe(
    name: str, cell: str, lang: str
) -> None:
    row = read(written(named(name), lang), SEPARATORS[lang])[0]
    assert row["name"] == cell
    assert row["difference"] == "-5"


@pytest.mark.parametrize("lang", SEPARATORS)
def test_no_other_separator_opens_a_formula(lang: str) -> None:
    data = written(samples.hostile(), lang) + written(named("a;=1", "b,=2", 'c";"=3'), lang)
    for separator in ";,\t|":
        cells = [
            cell
            for line in data.decode("utf-8-sig").split("\n")
            for cell in next(csv.reader([line], delimiter=separator), [])
        ]
        bad = [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert bad == []


@needs_office
def test_libreoffice_with_indonesian_settings_reads_numbers_as_numbers(tmp_path: Path) -> None:
    names = (
        "KOTA SAMARINDA",
        "12 ULU",
        "=1+1",
        "-2+3",
        "TPS 001",
        "A;B",
        'C "D"',
        "Ujung, Pandang",
    )
    made = named(*names)
    frame = made.comparisons.to_polars()
    big = samples.row(
        "kabkota", "64.10", "Berau", "valid", 1_094_845, 1_000, "differs", (9, 10, 10, 10)
    )
    result = replace(made, comparisons=samples.comparisons([*frame.to_dicts(), big]))
    book = opened_as_csv(written(result), tmp_path, "id-ID", ";")
    head, *rows = openpyxl.load_workbook(book).active.iter_rows()  # type: ignore[union-attr]
    keys = [str(cell.value) for cell in head]
    assert keys == list(read(written(result), ";")[0])
    numbers = {"ours", "theirs", "difference", "ours_read", "ours_expected", "theirs_read",
               "theirs_expected"}  # fmt: skip
    for row in rows:
        kinds = {key: cell.data_type for key, cell in zip(keys, row, strict=True)}
        assert {kinds[key] for key in numbers} == {"n"}
        assert kinds["name"] == kinds["region"] == kinds["item"] == "s"
        assert "f" not in kinds.values()
    held = [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in rows]
    assert [row["name"] for row in held[:4]] == ["KOTA SAMARINDA", "12 ULU", "'=1+1", "'-2+3"]
    assert [row["name"] for row in held[4:]] == [*names[4:], "Berau"]
    assert [row["difference"] for row in held] == [*[-5] * len(names), 1_093_845]
    assert (held[-1]["region"], held[-1]["ours"]) == ("64.10", 1_094_845)
