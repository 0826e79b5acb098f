"""Names from files do no harm in any format: no cursor moves, no formula, no markup."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from recount.report import RENDERERS, Look, build
from recount.report.markdown import escape
from tests.report import samples

HARMFUL = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
NAMES = [text for text in samples.HOSTILE if text.strip("\t\r")]


def output(name: str, look: Look | None = None, lang: str = "en") -> str:
    return RENDERERS[name](build(samples.hostile(), lang), look or Look()).decode()


def harmful(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) in HARMFUL}


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_nothing_on_the_screen_moves_a_cursor(width: int, lang: str) -> None:
    text = output("table", Look(width), lang)
    assert harmful(text) == set()
    assert "[red]" in text
    assert ":warning:" in text.replace("\n", "") or width < 80


def test_colour_adds_only_colour() -> None:
    coloured = output("table", Look(200, colour=True))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert "\n".join(line.rstrip() for line in bare.split("\n")) == output("table", Look(200))
    assert coloured != bare


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_holds_no_formula_and_every_row(separator: str) -> None:
    text = output("csv", Look(separator=separator)).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=separator))
    assert len(rows) == len(NAMES)
    assert harmful(text) == set()
    for row in rows:
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert set(row) == set(rows[0])
    assert rows[2]["name"] == "'" + NAMES[2]
    assert rows[0]["difference"] == "1"


def test_json_is_json_and_loses_nothing() -> None:
    document = json.loads(output("json"))
    assert [one["name"] for one in document["comparisons"]] == NAMES
    assert [one["places"]["ours"] for one in document["comparisons"]] == NAMES
    assert document["inputs"][0]["path"] == "caf\ufffd.csv"
    assert harmful(output("json")) == set()


def test_json_spells_what_would_act_on_a_terminal() -> None:
    names = ["\x7f", "\U000e0041\u200b", "caf\xe9 \u201cx\u201d"]
    rows = [samples.row("desa", f"64.{n}", name, "valid", 1, 2) for n, name in enumerate(names)]
    result = replace(samples.small(), comparisons=samples.comparisons(rows))
    text = RENDERERS["json"](build(result, "en")).decode()
    assert [one["name"] for one in json.loads(text)["comparisons"]] == names
    assert '"\\udb40\\udc41\\u200b"' in text
    assert "caf\xe9 \u201cx\u201d" in text


def test_a_workbook_holds_texts_only() -> None:
    data = RENDERERS["xlsx"](build(samples.hostile(), "en"))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
        assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = [row[1].value for row in book["Discrepancies desa-kelurahan"].iter_rows(min_row=2)]
    assert len(names) == len(NAMES)
    assert names[2] == NAMES[2]
    assert harmful("".join(str(name) for name in names)) == set()


def test_markdown_keeps_its_cells() -> None:
    lines = output("markdown").split("\n")
    rows = [line for line in lines if line.startswith("| ") and line.endswith(" | +1 |")]
    assert len(rows) == len(NAMES)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}
    assert "<script>" not in output("markdown")
    assert harmful(output("markdown")) == set()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![x](y)", r"\!\[x\](y)"),
        ("http://e.example www.e.example", r"http\://e.example www\.e.example"),
        ("\\| `c` *b* _i_ ~~n~~ $x$", r"\\\| \`c\` \*b\* \_i\_ \~\~n\~\~ \$x\$"),
        ("Kota Samarinda (Ulu), 1.234", "Kota Samarinda (Ulu), 1.234"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped
