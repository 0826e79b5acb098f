"""What a list of the package adds to what files say: regions to expect, and never a lost row."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from recount import api
from recount.errors import RecountError
from recount.expected import year_of
from recount.lists import VERSIONS, region_list
from recount.model import Contest, Election
from recount.texts import speak

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from recount.model import Coverage
    from recount.result import Result

HEAD = ("kabkota", "kecamatan", "1", "2")
OURS = [("Kota Samarinda", "Palaran"), ("Kota Samarinda", "Sambutan")]
THEIRS = [("Samarinda", "PALARAN"), ("Samarinda", "SAMBUTAN"), ("Samarinda", "SEI KUNJANG")]


def frame(places: Sequence[tuple[str, str]]) -> pl.DataFrame:
    rows = [(*place, "10", "20") for place in places]
    return pl.DataFrame(rows, schema=dict.fromkeys(HEAD, pl.String), orient="row")


def kecamatan(result: Result) -> Coverage:
    return next(one for one in result.coverage if one.level == "kecamatan")


def told(result: Result) -> list[str]:
    return [speak(text, "en") for text in result.assumptions]


def test_the_first_minute_knows_every_kecamatan_that_is_missing() -> None:
    result = api.reconcile(frame(OURS), frame(THEIRS))
    held = kecamatan(result)
    assert (held.expected, held.ours, held.theirs, held.compared) == (10, 2, 3, 2)
    [said] = told(result)
    assert said.startswith("The files fit the region list 2024: 7 more kecamatan are expected ")
    assert "--regions none" in said


def test_without_a_list_only_what_is_named_is_expected() -> None:
    result = api.reconcile(frame(OURS), frame(THEIRS), regions="none")
    assert kecamatan(result).expected == 3
    assert told(result) == []


@pytest.mark.parametrize(("version", "expected"), [("2018", 18), ("2024", 20)])
def test_a_list_may_be_named_and_counts_what_occurs(version: str, expected: int) -> None:
    both = frame([("Kutai Kartanegara", "Samboja"), ("Kutai Kartanegara", "Tabang")])
    result = api.reconcile(both, both, regions=version)
    assert kecamatan(result).expected == expected
    assert told(result) == []


def test_what_one_contest_misses_another_may_not_have() -> None:
    """A governor's race in two kabupaten/kota, a mayor's in one: nothing is expected of the one."""
    mayor = frame(OURS).with_columns(pemilihan=pl.lit("walikota"))
    wide = [*OURS, ("Paser", "Kuaro")]
    governor = frame(wide).with_columns(pemilihan=pl.lit("gubernur"))
    apart = pl.concat([mayor, governor])
    result = api.reconcile(apart, apart)
    held = {one.contest: one.expected for one in result.coverage if one.level == "kecamatan"}
    assert held == {"walikota": 2, "gubernur": 3}
    assert told(result) == []
    alike = pl.concat([mayor, frame(OURS).with_columns(pemilihan=pl.lit("gubernur"))])
    assert {one.expected for one in api.reconcile(alike, alike).coverage} == {1, 10}


@pytest.mark.parametrize("regions", [None, "none", "2018"])
def test_names_of_kpu_meet_those_of_kemendagri_and_it_is_noted(regions: str | None) -> None:
    ours = frame([("Paser", "Paser Belengkong"), ("Paser", "Kuaro")])
    theirs = frame([("PASER", "PASIR BALENGKONG"), ("PASER", "KUARO")])
    result = api.reconcile(ours, theirs, regions=regions)
    assert result.summary["ours_only"] == result.summary["theirs_only"] == 0
    notes = [finding for finding in result.findings if finding.severity == "note"]
    assert [finding.rule for finding in notes] == ["spelling"]
    assert "PASIR BALENGKONG" in speak(notes[0].message, "en")


def test_two_lists_that_fit_are_both_named() -> None:
    both = frame([("Kutai Kartanegara", "Samboja"), ("Kutai Kartanegara", "Tabang")])
    assert "--regions 2018; neither: --regions none" in told(api.reconcile(both, both))[0]


def test_the_years_list_is_taken(tmp_path: Path) -> None:
    election = tmp_path / "recount.toml"
    election.write_text(
        '[election]\nid = "pilgub-2018"\n[[contest]]\nid = "pilgub"\nregion = "64"\n'
    )
    both = frame([("Kutai Kartanegara", "Samboja"), ("Kutai Kartanegara", "Tabang")])
    assert kecamatan(api.reconcile(both, both, election=election)).expected == 18
    # A list that was asked for is expected in the whole region that decides.
    assert kecamatan(api.reconcile(both, both, election=election, regions="2024")).expected == 105


@pytest.mark.parametrize(
    ("id_", "title", "year"),
    [("pilgub-2018", "", 2018), ("x", "Pilkada 2024", 2024), ("a2018", "2018", 2018),
     ("2018", "2019", None), ("", "", None), ("120188", "", None)],
)  # fmt: skip
def test_the_year_of_an_election(id_: str, title: str, year: int | None) -> None:
    assert year_of(Election(id_, title, (Contest("c", ""),))) == year


def test_the_year_of_the_recognised_form_where_the_election_names_none(tmp_path: Path) -> None:
    form = tmp_path / "da1.csv"
    form.write_text(
        "MODEL DA1-PPWP;;\nKECAMATAN : SAMBOJA;;\nKABUPATEN : KUTAI KARTANEGARA;;\n"
        "URAIAN;RINCIAN;\n;SENIPAH;HANDIL\nJUMLAH SUARA SAH;5;6\nSUARA TIDAK SAH;1;2\n"
    )
    said = speak(api.aggregate(form).assumptions[-1], "en")
    assert said.startswith("The files fit the region list 2018: 17 more kecamatan")
    assert "2024" not in said
    nothing = Election("", "", (Contest("c", ""),))
    assert year_of(nothing, [None, "da1-ppwp-2019", "daa1-ppwp-2019"]) == 2019
    assert year_of(nothing, ["da1-ppwp-2019", "da1-kwk-2018"]) is None
    assert year_of(Election("x-2024", "", (Contest("c", ""),)), ["da1-ppwp-2019"]) == 2024


def test_a_kecamatan_that_the_lists_have_in_another_kabupaten_is_told() -> None:
    done = api.check(frame([("Kutai Barat", "Kuaro"), ("Kutai Barat", "Melak")]))
    [found] = [finding for finding in done.findings if finding.rule == "other-kabkota"]
    assert (found.severity, found.place) == ("warning", "ours:2")
    assert speak(found.message, "en") == (
        "In the region list 2024 the kecamatan “Kuaro” lies in PASER, not in Kutai Barat."
    )


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(("Paser", "Kuaro"), id="where it lies"),
        pytest.param(("Kutai Barat", "Contoh"), id="in no list"),
        pytest.param(("Kutai Barat", "Samboja Barat"), id="in one list only, and no year"),
        pytest.param(("Kota Contoh", "Kuaro"), id="a kabupaten that no list has"),
        pytest.param(("Kutai Barat", "Muara Komann"), id="not that very name"),
    ],
)
def test_nothing_is_said_of_a_kecamatan(place: tuple[str, str]) -> None:
    done = api.check(frame([place]))
    assert [finding for finding in done.findings if finding.rule == "other-kabkota"] == []


def test_a_file_goes_before_the_list_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2018").write_text("kode,nama\n64.72,KOTA SAMARINDA\n64.72.01,Palaran\n")
    result = api.aggregate(frame(OURS[:1]), level="kabkota", regions="2018")
    assert result.totals.filter(pl.col("level") == "kabkota")["expected"].to_list() == [1]


def test_checking_expects_nothing_and_says_what_is_alike() -> None:
    names = [e.name for e in region_list("2024").children["64.72"] if e.code != "64.72.06"]
    right = [("Kota Samarinda", name) for name in names]
    done = api.check(frame([*right, ("Kota Samarinda", "Sungai Kunjangg")]))
    assert done.assumptions == ()
    [found] = [finding for finding in done.findings if finding.rule == "similar-name"]
    values = dict(found.message.values)
    assert (values["suggested"], values["within"], values["level"], values["region"]) == (
        "SUNGAI KUNJANG",
        "Kota Samarinda",
        "kecamatan",
        "64.72.06",
    )
    assert found.place is not None
    assert found.place.endswith(f":{len(names) + 2}")


CODES = [entry.code for entry in region_list("2024").at_level(2) if entry.code[:2] in {"32", "64"}]
NOISE = st.sampled_from(["", "", "", "", "x", "Kota ", "Kec. "])


@st.composite
def sides(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Two sides of real places, some of them spelt as no list has them."""
    one = region_list(draw(st.sampled_from(VERSIONS)))
    names = st.sampled_from(draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3))).flatmap(
        lambda code: st.tuples(
            st.sampled_from([one.entries[code].name, one.entries[code].name.split()[-1]]),
            st.tuples(NOISE, st.sampled_from([e.name for e in one.children[code]])).map("".join),
        )
    )
    places = st.lists(names, min_size=1, max_size=8)
    return draw(places), draw(places)


def compared(ours: pl.DataFrame, theirs: pl.DataFrame, regions: str | None) -> Result | str:
    try:
        return api.reconcile(ours, theirs, everything=True, regions=regions)
    except RecountError as nothing:
        return speak(nothing.message, "en")


@given(sides())
@settings(max_examples=30, deadline=None)
def test_a_list_never_takes_a_region_from_a_row(
    both: tuple[list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    ours, theirs = map(frame, both)
    with_list = compared(ours, theirs, None)
    without = compared(ours, theirs, "none")
    if isinstance(with_list, str) or isinstance(without, str):
        assert with_list == without
        return
    event("expects more" if with_list.assumptions else "fits no list")
    kept = ["level", "region", "item", "ours", "theirs", "status"]
    assert with_list.comparisons.select(kept).rows() == without.comparisons.select(kept).rows()
    assert with_list.summary == without.summary
    for more, less in zip(with_list.coverage, without.coverage, strict=True):
        assert more.expected >= less.expected
        assert (more.ours, more.theirs, more.compared) == (less.ours, less.theirs, less.compared)


def test_every_kabupaten_of_the_country_is_filled_up() -> None:
    """Of every kabupaten/kota a third of the kecamatan, in any order: the rest is expected."""
    one = region_list("2018")
    shuffled = random.Random(4)  # noqa: S311 - no secret
    rows: list[tuple[str, ...]] = []
    for entry in one.at_level(2):
        parts = list(one.children[entry.code])
        taken = shuffled.sample(parts, max(1, len(parts) // 3))
        rows += [(one.entries[entry.parent].name, entry.name, part.name, "5") for part in taken]
    heading = ("provinsi", "kabkota", "kecamatan", "1")
    side = pl.DataFrame(rows, schema=dict.fromkeys(heading, pl.String), orient="row")
    result = api.aggregate(side, level="nasional")
    assert result.totals["expected"].to_list() == [7201]
    assert result.totals["candidate:1.read"].to_list() == [len(rows)]
