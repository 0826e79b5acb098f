"""The sample data: laid out again it is the same, and the tool's answer on it is the plain one.

The plain answer is counted here from the files with the standard library (and openpyxl, to open the
workbooks), without a line of the tool.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_data"
OURS = SAMPLES / "pilpres_2019_kaltim" / "ours"
THEIRS = SAMPLES / "pilpres_2019_kaltim" / "theirs.csv"
SOURCE = Path(__file__).parents[2] / "shared" / "data"

FIRST = {"01 Joko Widodo - Ma'ruf Amin", "Paslon 1", "Paslon 01", "PASLON 01", "Suara 01", "01"}
SECOND = {"02 Prabowo Subianto - Sandiaga Uno", "Paslon 2", "Paslon 02", "PASLON 02"}
HEADINGS = {
    "kabkota": {"Kabupaten/Kota", "KABUPATEN/KOTA", "Kab/Kota", "Kabupaten", "Kota", "Kab."},
    "kecamatan": {"Kecamatan", "KECAMATAN", "Nama Kecamatan", "Kec."},
    "1": FIRST | {"Calon 01", "Calon 1", "No. 1"},
    "2": SECOND | {"Suara 02", "02", "Calon 02", "Calon 2", "No. 2"},
}

KECAMATAN = 103
BLANK = {"64.07.16", "64.08.13"}  # Nyuatan, Teluk Pandan: sample_data/README.md says why
EQUAL = 60

Pair = tuple[int | None, int | None]


def count(cell: object) -> int | None:
    return None if cell in (None, "") else int(re.sub("[.,]", "", str(cell)))


def place(kabkota: str, kecamatan: str) -> tuple[str, str]:
    return re.sub(r"^KAB(UPATEN|\.) ?", "", kabkota.upper()), kecamatan.upper()


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows below the heading, without JUMLAH, by our own words for the columns."""
    sheet = openpyxl.load_workbook(path, read_only=False).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if HEADINGS["kecamatan"] & {str(c) for c in row})
    where = {
        key: [str(c) in words for c in rows[top]].index(True) for key, words in HEADINGS.items()
    }
    found = [{key: row[column] for key, column in where.items()} for row in rows[top + 1 :]]
    return [row for row in found if row["kabkota"]]


@cache
def ours() -> dict[tuple[str, str], Pair]:
    rows = [row for path in sorted(OURS.glob("*.xlsx")) for row in rows_of(path)]
    return {place(r["kabkota"], r["kecamatan"]): (count(r["1"]), count(r["2"])) for r in rows}


@cache
def theirs() -> dict[tuple[str, str], tuple[str, Pair]]:
    with THEIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        place(r["kabkota"], r["kecamatan"]): (r["kode"], (count(r["suara_1"]), count(r["suara_2"])))
        for r in rows
    }


def plain_answer() -> tuple[set[str], dict[tuple[str, str], tuple[int, int]]]:
    """The five lines: codes of the equal kecamatan; per kabkota and candidate, ours and theirs."""
    both = {code: (ours()[key], pair) for key, (code, pair) in theirs().items() if key in ours()}
    equal = {code for code, (mine, online) in both.items() if mine == online}
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for code, (mine, online) in both.items():
        for item, a, b in zip(("candidate:1", "candidate:2"), mine, online, strict=True):
            if a is not None and b is not None:
                held = totals.get((code[:5], item), (0, 0))
                totals[code[:5], item] = (held[0] + a, held[1] + b)
    return equal, totals


def test_all_kecamatan_stand_on_both_sides_under_one_name() -> None:
    assert len(theirs()) == KECAMATAN
    assert set(ours()) == set(theirs())
    with (SAMPLES / "regions_kaltim_2018.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["code"] for row in csv.DictReader(file) if row["level"] == "kecamatan"}
    assert listed == {code for code, _ in theirs().values()}


def test_only_what_was_not_collected_is_blank() -> None:
    assert {theirs()[key][0] for key, pair in ours().items() if None in pair} == BLANK
    assert all(pair == (None, None) for pair in ours().values() if None in pair)


def test_plain_count_is_the_one_in_the_readme() -> None:
    equal, totals = plain_answer()
    assert len(equal) == EQUAL
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"**{EQUAL} of the {KECAMATAN - len(BLANK)}**" in readme
    for code in sorted({code for code, _ in totals}):
        numbers = totals[code, "candidate:1"] + totals[code, "candidate:2"]
        cells = " | ".join(f"{n:,}" for n in numbers)
        inside = sum(region.startswith(code) for region in equal)
        assert re.search(rf"\| {code} [^|]*\|[^|]*\| {inside} \| {cells} \|", readme), code


def test_rows_that_say_jumlah_are_the_sum_of_the_rows_above() -> None:
    for name, column in (("kota_balikpapan", 1), ("mahakam_ulu", 4)):
        sheet = openpyxl.load_workbook(OURS / f"{name}.xlsx").worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[-1][column - 1] == "JUMLAH"
        numbers = [[c for c in row[-5:] if isinstance(c, int)] for row in rows]
        above = [row for row in numbers[:-1] if row]
        assert [sum(column) for column in zip(*above, strict=True)] == numbers[-1]


def test_captures_never_write_a_zero_for_what_is_unknown() -> None:
    paths = sorted((SAMPLES / "pilgub_kaltim_2018").glob("2018-*.csv"))
    assert [path.stem for path in paths] == [
        "2018-06-28T1200+0800",
        "2018-06-28T1700+0800",
        "2018-06-29T1030+0800",
        "2018-06-30",
        "2018-06-30T1200+0800",
    ]
    for path in paths:
        (row,) = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        assert row["kode"] == "64"
        assert "0" not in row.values()


def lay_out(into: Path) -> dict[str, bytes]:
    for name in ("make.py", "make_chain.py"):
        script = [sys.executable, str(SAMPLES / name)]
        subprocess.run([*script, "--source", str(SOURCE), "--into", str(into)], check=True)
    return {str(p.relative_to(into)): p.read_bytes() for p in into.rglob("*") if p.is_file()}


def unpacked(content: bytes) -> bytes | dict[str, bytes]:
    """A workbook's parts: how tightly they are packed depends on the zlib of the machine."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.skipif(not SOURCE.is_dir(), reason="the figures the samples are made of are not here")
def test_laid_out_again_it_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    made = lay_out(tmp_path / "once")
    assert made == lay_out(tmp_path / "twice")
    assert len(made) == 39
    for name, content in made.items():
        committed = (SAMPLES / name).read_bytes()
        assert unpacked(content) == unpacked(committed), f"{name}: run make sample again"


@cache
def told() -> dict[str, Any]:
    command = [sys.executable, "-m", "recount", "reconcile", str(OURS), "--online", str(THEIRS)]
    done = subprocess.run(
        [*command, "--format", "json", "--all"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 1, done.stderr  # both sides were read, and some figures differ
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def at(level: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["region"], row["item"]): row
        for row in told()["comparisons"]
        if row["level"] == level and row["item"] in {"candidate:1", "candidate:2"}
    }


# A module that is there and broken must fail, so only its absence is a reason to skip.
with_tool = pytest.mark.skipif(
    importlib.util.find_spec("recount.__main__") is None,
    reason="the command line is not written yet",
)


@with_tool
def test_tool_finds_the_same_equal_kecamatan() -> None:
    rows = at("kecamatan")
    assert len({region for region, _ in rows}) == KECAMATAN
    verdicts: dict[str, set[str]] = {}
    for (region, _), row in rows.items():
        verdicts.setdefault(region, set()).add(row["status"])
    assert {region for region, found in verdicts.items() if found == {"equal"}} == plain_answer()[0]
    assert {region for region, found in verdicts.items() if found == {"unread"}} == BLANK


@with_tool
def test_tool_adds_up_the_same_kabupaten_totals() -> None:
    rows = at("kabkota")
    assert {key: (row["ours"], row["theirs"]) for key, row in rows.items()} == plain_answer()[1]
