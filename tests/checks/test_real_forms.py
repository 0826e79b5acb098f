"""Real forms of 2019: as many break R1 and R2 as a plain script counts (forms.md, section 1)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from recount import api

FIGURES = Path(__file__).parents[3] / "shared" / "data" / "pilpres_2019"
HEADING = ["kode desa", "tps", "1", "2", "suara sah", "suara tidak sah", "suara sah dan tidak sah"]
COLUMNS = ("pas1", "pas2", "sah", "tsah", "jum")

pytestmark = pytest.mark.skipif(not FIGURES.is_dir(), reason="the real figures are not here")


def laid_out(path: Path, source: str) -> list[list[str]]:
    """Write one source's figures of every TPS with our headings; give the rows back."""
    with (FIGURES / "kaltim_tps.csv").open(encoding="utf-8", newline="") as file:
        read = [
            [one["kode_desa"], one["tps"], *(one[f"{source}_{name}"] for name in COLUMNS)]
            for one in csv.DictReader(file)
        ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *read])
    return read


def broken(row: list[str]) -> set[str]:
    """What a plain script finds wrong with one form; a blank leaves a rule out."""
    first, second, valid, invalid, cast = (int(cell) if cell else None for cell in row[2:])
    found = set()
    if None not in {first, second, valid} and (first or 0) + (second or 0) != valid:
        found.add("R1")
    if None not in {valid, invalid, cast} and (valid or 0) + (invalid or 0) != cast:
        found.add("R2")
    return found


@pytest.mark.parametrize(("source", "forms", "kecamatan"), [("situng", 942, 92), ("kp", 413, 82)])
def test_as_many_forms_break_the_printed_sums_as_a_plain_script_counts(
    tmp_path: Path, source: str, forms: int, kecamatan: int
) -> None:
    rows = laid_out(tmp_path / "tps.csv", source)
    expected = {(rule, at) for at, row in enumerate(rows, start=2) for rule in sorted(broken(row))}
    said = api.check(tmp_path / "tps.csv").findings
    found = {
        (one.rule, int((one.place or "").rpartition(":")[2]))
        for one in said
        if one.rule in {"R1", "R2"}
    }
    assert found == expected
    lines = {at for _, at in found}
    assert len(lines) == forms
    assert len({rows[at - 2][0][: len("64.01.01")] for at in lines}) == kecamatan
