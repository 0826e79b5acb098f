"""`recount screen` from files to the eye: what is tested, what is declined, and in which words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.screening import SIZES, clean
from recount.errors import RecountError
from recount.screen import screen
from recount.screening import IntegerPercent, LastDigit
from tests.cli.running import recount

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kecamatan,desa,tps,dpt,pengguna,sah,1,2,3,4"
STATIONS = SIZES[3]._replace(units=600)


@pytest.fixture
def stations(tmp_path: Path) -> Path:
    """A simulated clean election of 600 TPS in six kecamatan."""
    held = clean(STATIONS, np.random.default_rng(11))
    columns = (held.registered, held.voters, held.valid, *held.votes.T)
    figures = zip(*(column.tolist() for column in columns), strict=True)
    rows = [
        f"K{at // 100},D{at // 10},{at % 10 + 1},{','.join(map(str, row))}"
        for at, row in enumerate(figures)
    ]
    path = tmp_path / "kpu.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def test_every_candidate_is_tested_and_both_percentages(stations: Path) -> None:
    found = screen(str(stations), regions="none").tests
    made = [(test.kind, test.of, type(test.found)) for test in found]
    assert made == [
        *(("last_digit", f"candidate:{n}", LastDigit) for n in (1, 2, 3, 4)),
        ("integer_percent", "turnout", IntegerPercent),
        ("integer_percent", "candidate:1", IntegerPercent),
    ]
    assert {test.found.units for test in found if test.found} == {600}
    assert {test.level for test in found} == {"tps"}


def test_a_blank_is_no_figure(stations: Path) -> None:
    """Ten TPS without candidate 2's votes: his test has ten counts less, the others have not."""
    lines = stations.read_text(encoding="utf-8").splitlines()
    for at in range(1, 11):
        cells = lines[at].split(",")
        lines[at] = ",".join([*cells[:7], "", *cells[8:]])
    stations.write_text("\n".join(lines), encoding="utf-8")
    found = {test.of: test.found for test in screen(str(stations), regions="none").tests[:4]}
    units = {of: test.units for of, test in found.items() if test}
    assert units == {f"candidate:{n}": 590 if n == 2 else 600 for n in (1, 2, 3, 4)}


def test_too_few_units_are_an_error_with_a_way_out(stations: Path) -> None:
    with pytest.raises(RecountError) as fault:
        screen(str(stations), levels=("kecamatan",), regions="none")
    assert "Only {units} units" in fault.value.message.template


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Nothing here says why", "No test.", "Tests made: 6"]),
        ("id", ["Tidak satu pun di sini", "Bukan uji.", "Uji yang dilakukan: 6"]),
    ],
)
def test_the_screen_says_what_it_does_not_say(stations: Path, lang: str, said: list[str]) -> None:
    done = recount("screen", str(stations), "--regions", "none", "--lang", lang)
    assert done.code == 0, done.err
    for text in said:
        assert text in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_document_holds_every_number(stations: Path) -> None:
    done = recount("screen", str(stations), "--regions", "none", "--format", "json", "--lang", "en")
    document = json.loads(done.out)
    assert document["schema"] == 1
    first, *_, turnout, share = document["tests"]
    assert sum(first["counts"]) == first["units"] == 600
    assert 0 <= first["p"] <= 1
    assert turnout["of"] == "turnout"
    assert {"hits", "expected", "sd", "z", "p"} <= share.keys()
    assert [one["picture"] for one in document["pictures"]] == ["second_digit", "turnout_share"]
    assert len(document["caveats"]) == 4


def test_nothing_to_test_is_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("kecamatan,1,2\nA,5,6\nB,7,8\n", encoding="utf-8")
    done = recount("screen", str(path), "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "Only 2 units" in done.err
