"""The chain of a figure: where one figure is changed, it is found at that link and only there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recount import api
from recount.chain import Link, changed
from recount.options import Options
from tests import chained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recount.result import Result

QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
EVERYTHING = Options(everything=True, regions="none")


def answers(result: Result) -> dict[tuple[str, str], dict[str, Any]]:
    rows = result.comparisons.rows(named=True)
    return {(row["region"], row["item"]): row for row in rows}


def printed(region: chained.Region) -> str:
    return "/".join(["KALIMANTAN TIMUR", "MAHAKAM ULU", *region])


def figures(row: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(link["at"], link["figure"]) for link in row["chain"]]


def test_nothing_changes_where_every_form_agrees(tmp_path: Path) -> None:
    result = api.reconcile_with(*chained.write(chained.clean(), tmp_path), EVERYTHING)
    rows = answers(result)
    assert {row["status"] for row in rows.values()} == {"equal"}
    assert {row["changed_at"] for row in rows.values()} == {None}
    laham = rows[printed(("LAHAM",)), "candidate:1"]
    assert [link["at"] for link in laham["chain"]] == [
        *("tps", "desa", "kecamatan", "kabkota", "count", "recap")
    ]
    assert [link["form"] for link in laham["chain"]] == [
        *(None, "daa1-ppwp-2019", "da1-ppwp-2019", "db1-ppwp-2019", None, None)
    ]
    assert {link["figure"] for link in laham["chain"]} == {laham["ours"]}
    assert not [one for one in result.findings if one.rule in {"conflict", "restated", "R11"}]


CASES = [
    (link, place, box)
    for at, link in enumerate(chained.CHANGED_AT)
    for place, box in (
        (0, list(chained.HEADINGS)[at % 5]),
        (-1, list(chained.HEADINGS)[(at + 2) % 5]),
    )
]


@pytest.mark.parametrize(("link", "place", "box"), CASES)
def test_one_figure_that_changes_is_found_where_it_does(
    link: str, place: int, box: str, tmp_path: Path
) -> None:
    chain = chained.clean()
    region = list(chain.says[link])[place]
    was = chain.says[link][region][box]
    assert was is not None
    other = chain.changed(link, region, box, was + 7)
    rows = answers(api.reconcile_with(*chained.write(other, tmp_path), EVERYTHING))
    # What changes in a region changes all above it; but the recap says most of them by itself.
    above = [region] if link == "recap" else [region[:n] for n in range(len(region) + 1)]
    hit = {(printed(one), chained.ITEMS[box]) for one in above}
    hit |= {("KALIMANTAN TIMUR", chained.ITEMS[box])} if link != "recap" or place else set()
    assert {key: row["changed_at"] for key, row in rows.items() if row["changed_at"]} == (
        dict.fromkeys(hit, chained.CHANGED_AT[link])
    )


def test_what_differs_between_two_forms_is_no_conflict(tmp_path: Path) -> None:
    chain = chained.clean()
    region = next(iter(chain.says["tps"]))
    was = chain.says["tps"][region]["1"] or 0
    other = chain.changed("daa1 column", region, "1", was + 100)
    result = api.reconcile_with(*chained.write(other, tmp_path), EVERYTHING)
    row = answers(result)[printed(region), "candidate:1"]
    assert (row["ours"], row["status"], row["place_ours"]) == (was, "equal", "c1.csv:2")
    [found] = [one for one in result.findings if one.rule == "restated"]
    assert found.region == printed(region)
    assert str(found.place).startswith("forms.xlsx!DAA1")
    # The sum of the desa is that of its C1, as DA1 says it; only DAA1 itself does not add up.
    assert [one.region for one in result.findings if one.rule == "R11"] == [None]
    assert result.summary["conflict"] == 0


def test_two_copies_of_one_form_are_a_conflict_still(tmp_path: Path) -> None:
    chain = chained.clean()
    region = next(iter(chain.says["tps"]))
    forms, online = chained.write(chain, tmp_path)
    other = chain.changed("tps", region, "1", 999)
    again, _ = chained.write(other, tmp_path / "again")
    (again / "c1.csv").rename(forms / "c1-again.csv")
    result = api.reconcile_with(forms, online, EVERYTHING)
    row = answers(result)[printed(region), "candidate:1"]
    assert (row["ours"], row["status"]) == (None, "conflict")
    assert figures(row)[0] == ("tps", None)
    assert row["changed_at"] is None


def test_a_blank_is_no_change_and_no_zero(tmp_path: Path) -> None:
    chain = chained.clean()
    region = next(iter(chain.says["tps"]))
    other = chain.changed("tps", region, "1", None)
    rows = answers(api.reconcile_with(*chained.write(other, tmp_path), EVERYTHING))
    assert all(row["changed_at"] is None for row in rows.values())
    station = rows[printed(region), "candidate:1"]
    assert figures(station)[0] == ("tps", None)
    # Where C1 is blank, the column of DAA1 is the figure nearest to the votes.
    assert (station["ours"], station["status"]) == (figures(station)[1][1], "equal")
    above = rows[printed(region[:1]), "candidate:1"]["chain"][0]
    assert (above["read"], above["expected"]) == (7, 8)


def test_the_figure_nearest_to_the_votes_is_compared(tmp_path: Path) -> None:
    """DA1 and all above it say otherwise than the votes; the online count says what they say."""
    chain = chained.clean()
    desa = next(iter(chain.says["da1 column"]))
    for link, region in (("da1 column", desa), ("da1 total", desa[:1]), ("db1 column", desa[:1])):
        chain = chain.changed(link, region, "2", 5000)
    rows = answers(api.reconcile_with(*chained.write(chain, tmp_path), EVERYTHING))
    for region in (desa, desa[:1]):
        row = rows[printed(region), "candidate:2"]
        assert (row["ours"], row["status"], row["place_ours"]) == (row["theirs"], "equal", None)
        assert row["changed_at"] == "kecamatan"


def test_what_changes_between_our_own_forms_is_counted_where_online_agrees(tmp_path: Path) -> None:
    """The region furthest down counts; the sums above it follow from that."""
    chain = chained.clean()
    assert api.reconcile_with(*chained.write(chain, tmp_path / "a"), EVERYTHING).moved == ()
    desa = next(iter(chain.says["da1 column"]))
    chain = chain.changed("da1 column", desa, "2", 5000)
    [moved] = api.reconcile_with(*chained.write(chain, tmp_path / "b"), EVERYTHING).moved
    assert (moved.at, moved.figures, moved.regions) == ({"kecamatan": 1}, 1, 1)
    assert [one.name for one in moved.first] == [desa[-1]]


def test_a_sum_of_which_parts_are_missing_moves_nothing() -> None:
    ours = plain(VOTES[0], VOTES[2], ("Laham", "Delang", None, 60), ("Laham", "Naha", None, 7))
    assert api.reconcile_with(ours, plain(*VOTES), EVERYTHING).moved == ()
    other = plain(*VOTES, ("Laham", "Delang", None, 70), ("Laham", "Naha", None, 8))
    [moved] = api.reconcile_with(other, plain(*VOTES), EVERYTHING).moved
    assert (moved.at, [one.name for one in moved.first]) == ({"desa": 2}, ["Delang", "Naha"])
    wide = replace(EVERYTHING, tolerance=5)
    [moved] = api.reconcile_with(other, plain(*VOTES), wide).moved
    assert [one.name for one in moved.first] == ["Delang"]


def plain(*rows: tuple[str | None, str | None, str | None, int | None]) -> pl.DataFrame:
    """A table without a form, with rows of any level."""
    schema = {**dict.fromkeys(["kecamatan", "desa", "tps"], pl.String()), "suara_1": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


VOTES = [("Laham", "Delang", "1", 40), ("Laham", "Delang", "2", 20), ("Laham", "Naha", "1", 7)]


def test_plain_tables_of_several_levels_are_a_chain() -> None:
    ours = plain(*VOTES, ("Laham", "Delang", None, 600), ("Laham", "Naha", None, 7))
    ours = pl.concat([ours, plain(("Laham", None, None, 607))])
    rows = answers(api.reconcile_with(ours, plain(*VOTES), EVERYTHING))
    delang = rows["LAHAM/DELANG", "candidate:1"]
    assert figures(delang) == [("tps", 60), ("desa", 600), ("count", 60)]
    assert (delang["changed_at"], delang["ours"], delang["status"]) == ("desa", 60, "equal")
    laham = rows["LAHAM", "candidate:1"]
    assert figures(laham) == [("tps", 67), ("desa", 607), ("kecamatan", 607), ("count", 67)]
    assert laham["changed_at"] == "desa"
    assert rows["LAHAM/NAHA", "candidate:1"]["changed_at"] is None


def test_a_sum_of_some_parts_breaks_no_chain() -> None:
    ours = plain(VOTES[0], VOTES[2], ("Laham", "Delang", None, 60), ("Laham", "Naha", None, 7))
    rows = answers(api.reconcile_with(ours, plain(*VOTES), EVERYTHING))
    delang = rows["LAHAM/DELANG", "candidate:1"]
    first = {"at": "tps", "form": None, "figure": 40, "read": 1, "expected": 2}
    assert delang["chain"][0] == first
    assert (delang["changed_at"], delang["ours"]) == (None, 60)


def test_nobody_knows_how_many_tps_a_desa_has() -> None:
    """Two C1 collected of who knows how many: no reason to say that the figure changed."""
    ours = plain(*VOTES[:2], ("Laham", "Delang", None, 600))
    theirs = plain(("Laham", "Delang", None, 600))
    row = answers(api.reconcile_with(ours, theirs, EVERYTHING))["LAHAM/DELANG", "candidate:1"]
    assert (row["chain"][0]["read"], row["chain"][0]["expected"]) == (2, None)
    assert (row["changed_at"], row["ours"], row["status"]) == (None, 600, "equal")


def test_forms_of_one_level_have_no_chain() -> None:
    result = api.reconcile_with(plain(*VOTES), plain(*VOTES), EVERYTHING)
    assert result.comparisons["chain"].is_null().all()
    assert result.comparisons["changed_at"].is_null().all()


LINK = st.builds(
    Link,
    st.sampled_from(["desa", "kecamatan", "kabkota", "count"]),
    st.none(),
    st.one_of(st.none(), st.integers(0, 3)),
    st.integers(0, 2),
    st.sampled_from([2, 2, None]),
)


@given(st.lists(LINK, max_size=6), st.sampled_from([0, 1]))
def test_it_changes_at_the_first_whole_link_that_says_otherwise(
    links: list[Link], tolerance: int
) -> None:
    whole = [one for one in links if one.figure is not None and one.read == one.expected]
    apart = [b for a, b in pairwise(whole) if abs((b.figure or 0) - (a.figure or 0)) > tolerance]
    found = changed(links, tolerance)
    assert (found and found.link) == (apart[0] if apart else None)


DESA = st.sampled_from([("A", "B"), ("A", "C"), ("D", "E")])


@given(
    st.lists(st.tuples(DESA, st.integers(0, 50)), min_size=3, max_size=8),
    st.sampled_from(["desa", "kecamatan", "count"]),
    st.integers(0, 7),
    st.integers(1, 9),
)
@settings(max_examples=15, deadline=None, phases=QUICK)
def test_any_change_is_found_at_its_level(
    votes: list[tuple[tuple[str, str], int]], link: str, at: int, by: int
) -> None:
    """Plain tables of three levels that agree, but for one figure."""
    stations = [(*place, str(n + 1), figure) for n, (place, figure) in enumerate(votes)]
    sums: dict[tuple[str, str | None], int] = {}
    for kecamatan, desa, _, figure in stations:
        for place in ((kecamatan, desa), (kecamatan, None)):
            sums[place] = sums.get(place, 0) + figure
    theirs = plain(*stations)
    hit: set[str]
    if link == "count":
        kecamatan, desa, number, figure = stations[at % len(stations)]
        other = [one for one in stations if one[2] != number]
        theirs = plain(*other, (kecamatan, desa, number, figure + by))
        hit = {kecamatan, f"{kecamatan}/{desa}", f"{kecamatan}/{desa}/{int(number):03d}"}
    else:
        of_level = [place for place in sums if (place[1] is None) == (link == "kecamatan")]
        kecamatan, below = of_level[at % len(of_level)]
        sums[kecamatan, below] += by
        hit = {kecamatan} if below is None else {kecamatan, f"{kecamatan}/{below}"}
    ours = plain(*stations, *((*place, None, figure) for place, figure in sums.items()))
    rows = answers(api.reconcile_with(ours, theirs, EVERYTHING))
    found = {region: row["changed_at"] for (region, _), row in rows.items() if row["changed_at"]}
    assert found == dict.fromkeys(hit, link)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "duckdb"])
def test_a_chain_comes_back_in_any_kind_of_frame(kind: str) -> None:
    ours = plain(*VOTES, ("Laham", "Delang", None, 600))
    made: dict[str, Callable[[], Any]] = {
        "polars": lambda: ours,
        "pandas": ours.to_pandas,
        "pyarrow": ours.to_arrow,
        "duckdb": lambda: duckdb.from_arrow(ours.to_arrow()),
    }
    result = api.reconcile(made[kind](), plain(*VOTES), everything=True, regions="none")
    frame = nw.from_native(result.comparisons)
    whole = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    rows = whole.to_arrow().to_pylist()
    [delang] = [row for row in rows if row["region"] == "LAHAM/DELANG"]
    assert [link["figure"] for link in delang["chain"]] == [60, 600, 60]
    assert delang["changed_at"] == "desa"
