"""Can what differs or is missing change who won? Cases of a witness, plain bounds, brute force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import api
from recount.bounds import bounds
from recount.errors import RecountError
from recount.options import Options
from tests.outcome.making import HEAD, decided

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Outcome

THEIRS = "P,A,100,60,20\nP,B,100,50,40\nP,C,15,10,0\n"
"""Kabupaten, kecamatan, registered voters, two candidates: 120 to 60."""


@pytest.mark.parametrize(
    ("ours", "certain", "flip", "order"),
    [
        # One kecamatan, and either of the large ones could turn it.
        ("P,C,15,10,0\n", False, 1, ["A", "B"]),
        ("P,A,100,60,20\n", False, 1, ["B", "C"]),
        # The two large ones are in: 16 ballots at most cannot undo a lead of 50.
        ("P,A,100,60,20\nP,B,100,50,40\n", True, None, ["C"]),
        # A lead of 16, and 16 ballots out: level is possible, and no victory.
        ("P,A,100,46,40\nP,B,100,50,40\n", False, 1, ["C"]),
        # We hold every form: certain by definition, whoever leads.
        (THEIRS, True, None, []),
        ("P,A,100,10,70\nP,B,100,50,40\nP,C,15,10,0\n", True, None, []),
        # Every form, and level: nobody has won.
        ("P,A,100,60,20\nP,B,100,10,60\nP,C,15,10,0\n", False, 0, []),
        # A form without a figure is not held: what stands there counts as missing.
        ("P,A,100,60,20\nP,B,100,50,\nP,C,15,10,0\n", False, 1, ["B"]),
    ],
)
def test_what_is_missing(
    tmp_path: Path, ours: str, certain: object, flip: int | None, order: list[str]
) -> None:
    found = decided(tmp_path, ours, THEIRS)
    assert (found.certain, found.units_that_could_flip) == (certain, flip)
    assert [one.name for one in found.first_to_collect] == order
    assert found.bound == ("registered" if order else None)


def test_the_worth_of_a_form_is_what_it_could_take_from_the_margin(tmp_path: Path) -> None:
    found = decided(tmp_path, "P,C,15,10,0\n", THEIRS)
    # 100 registered and 3 for the reserve, all for the second; and what the first has there.
    assert [tuple(one) for one in found.first_to_collect] == [
        ("P/A", "A", 60 - 20 + 103, "P"),
        ("P/B", "B", 50 - 40 + 103, "P"),
    ]
    (pair,) = found.pairs
    assert (pair.winner, pair.loser, pair.theirs, pair.corrected, pair.net) == ("1", "2", 60, 60, 0)
    assert (pair.lower, pair.upper, pair.k_min) == (10 - 206, 10 + 206, 1)


@pytest.mark.parametrize(
    ("head", "bound", "certain"),
    [
        (HEAD, "registered", True),
        # The ballots that a kecamatan received bound it too, where the voters are not known.
        (HEAD.replace("dpt", "surat_suara_diterima"), "ballots_received", True),
        # The ballots shown online are no bound: nothing is certain, but an order can be given.
        (HEAD.replace("dpt", "catatan"), "ballots", None),
    ],
)
def test_on_what_the_ballots_are_bounded(
    tmp_path: Path, head: str, bound: str, certain: object
) -> None:
    found = decided(tmp_path, "P,A,100,60,20\nP,B,100,50,40\n", THEIRS, head)
    assert (found.bound, found.certain) == (bound, certain)
    assert [one.name for one in found.first_to_collect] == ["C"]


def test_more_votes_than_the_bound_allows_count_themselves(tmp_path: Path) -> None:
    theirs = THEIRS.replace("P,C,15,10,0", "P,C,15,40,40")
    found = decided(tmp_path, "P,A,100,60,20\nP,B,100,50,40\n", theirs)
    assert found.rest is not None
    assert (found.rest.raised, found.rest.room) == (1, 80)
    assert found.certain is False


def test_no_registered_voters_are_no_bound(tmp_path: Path) -> None:
    # A kecamatan that nobody has entered is full of zeros online.
    theirs = THEIRS.replace("P,C,15,10,0", "P,C,0,0,0")
    found = decided(tmp_path, "P,A,100,60,20\nP,B,100,50,40\n", theirs)
    assert (found.certain, found.bound) == (None, None)
    assert [(one.name, one.worth) for one in found.first_to_collect] == [("C", None)]


def test_a_table_of_voters_beside_our_forms_is_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kabupaten,kecamatan,suara_1,suara_2\nP,A,60,20\nP,B,50,40\n")
    (tmp_path / "dpt.csv").write_text("kabupaten,kecamatan,dpt\nP,A,100\nP,B,100\nP,C,15\n")
    (tmp_path / "kpu.csv").write_text(
        "kabupaten,kecamatan,suara_1,suara_2\nP,A,60,20\nP,B,50,40\nP,C,10,0\n"
    )
    ours = [tmp_path / "a.csv", tmp_path / "dpt.csv"]
    found = api.reconcile_with(ours, tmp_path / "kpu.csv", Options()).outcome[0]
    assert (found.bound, found.certain) == ("registered", True)


def test_a_kecamatan_of_the_list_that_nobody_holds_leaves_all_open(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("kode,nama\n64,K\n64.01,P\n64.01.01,A\n64.01.02,B\n")
    (tmp_path / "kpu.csv").write_text("kode,dpt,suara_1,suara_2\n64.01.01,100,60,20\n")
    options = Options(regions=tmp_path / "list.csv")
    found = api.reconcile_with(tmp_path / "kpu.csv", tmp_path / "kpu.csv", options).outcome[0]
    assert found.rest is not None
    assert (found.certain, found.units_that_could_flip, found.rest.unseen) == (None, None, 1)


def test_our_form_of_a_kecamatan_stands_for_its_stations(tmp_path: Path) -> None:
    head = "kabupaten,kecamatan,tps,dpt,suara_1,suara_2\n"
    ours = "P,A,1,50,30,10\nP,B,,90,60,20\n"
    theirs = "P,A,1,50,30,10\nP,B,1,50,40,0\nP,B,2,40,20,20\n"
    found = decided(tmp_path, ours, theirs, head)
    assert (found.certain, list(found.first_to_collect)) == (True, [])
    assert found.level == "tps"
    # Where we hold nothing of their kecamatan, it is one form to collect.
    found = decided(tmp_path, "P,A,1,50,30,10\n", "P,A,1,50,30,10\nP,B,,90,60,20\n", head)
    assert [tuple(one) for one in found.first_to_collect] == [("P/B", "B", 60 - 20 + 93, "P")]
    assert (found.certain, found.units_that_could_flip) == (False, 1)


DESA = "kabupaten,kecamatan,desa,dpt,suara_1,suara_2\n"
OF_DESA = "P,A,X,200,150,20\nP,A,Y,200,150,20\nP,B,Z,100,60,20\n"


@pytest.mark.parametrize(
    ("ours", "certain", "lower", "flip", "order"),
    [
        # The form of a kecamatan is enough: a lead of 260, and 103 ballots out.
        ("P,A,,,300,40\n", True, 157, None, ["P/B/Z"]),
        # So it is beside the form of a desa in it ...
        ("P,A,,,300,40\nP,A,X,,150,20\n", True, 157, None, ["P/B/Z"]),
        # ... that is not whole, or that is the whole of it.
        ("P,A,,,300,40\nP,A,X,,150,\n", True, 157, None, ["P/B/Z"]),
        ("P,A,,,300,40\nP,A,X,,150,20\nP,A,Y,,150,20\n", True, 157, None, ["P/B/Z"]),
        # Of a kabupaten, too, beside one of a kecamatan in it.
        ("P,,,,360,60\nP,A,X,,150,20\nP,B,,,60,20\n", True, 300, None, []),
        # More votes in a desa than in its kecamatan: the desa counts, and the other is missing.
        ("P,A,,,300,40\nP,A,X,,10,150\n", False, -140 - 206 - 103, 1, ["P/A/Y", "P/B/Z"]),
        # All its desa: they count.
        ("P,A,,,300,40\nP,A,X,,149,25\nP,A,Y,,150,20\n", True, 151, None, ["P/B/Z"]),
    ],
)
def test_a_form_of_a_region_beside_finer_ones(
    tmp_path: Path, ours: str, certain: object, lower: int, flip: int | None, order: list[str]
) -> None:
    found = decided(tmp_path, ours + "P,C,V,,1,1\n", OF_DESA + "P,C,V,9,1,1\n", DESA)
    assert (found.certain, found.pairs[0].lower) == (certain, lower)
    assert found.units_that_could_flip == flip
    assert [one.region for one in found.first_to_collect] == order


@pytest.mark.parametrize(
    ("parts", "votes"),
    [
        ("P,A,X,,150,20\n", [300, 40]),
        ("P,A,X,,150,\n", [300, 40]),
        # More than the form above it says: one of the two is wrong, and the finer one counts.
        ("P,A,X,,301,20\n", [301, 20]),
    ],
)
@pytest.mark.parametrize("online", ["P,A,,400,300,40\n", "P,A,,400,300,40\nP,B,Z,100,60,20\n"])
def test_a_form_stands_where_nobody_lists_what_is_in_it(
    tmp_path: Path, parts: str, votes: list[int], online: str
) -> None:
    found = decided(tmp_path, "P,A,,,300,40\n" + parts, online, DESA)
    assert [one.votes for one in found.ours.ranking] == votes


def test_units_are_counted_by_what_their_form_is_of(tmp_path: Path) -> None:
    ours = "P,A,,,300,40\nP,A,x,,150,20\nP,B,z,,60,20\n"
    found = decided(tmp_path, ours, OF_DESA, DESA)
    assert (found.ours.units, found.ours.above) == (2, (("kecamatan", 1),))
    assert (found.theirs.units, found.theirs.above) == (3, ())


@pytest.mark.parametrize(
    ("boxes", "figures", "shown"),
    [
        ("tidak_sah", "5", 15),
        ("sah,tidak_sah", "12,5", 17),
        ("sah,tidak_sah", ",5", 15),
        ("sah,tidak_sah", "12,", 12),
        ("tidak_sah,sah_tidak_sah", "5,14", 15),
        ("tidak_sah,sah_tidak_sah", "5,16", 16),
    ],
)
def test_the_ballots_that_are_shown(tmp_path: Path, boxes: str, figures: str, shown: int) -> None:
    head = f"kecamatan,dpt,suara_1,suara_2,{boxes}\n"
    blank = "," * boxes.count(",")
    ours, theirs = f"A,100,60,20,{blank}\n", f"A,100,60,20,{blank}\nC,9,10,0,{figures}\n"
    found = decided(tmp_path, ours, theirs, head)
    assert found.rest is not None
    assert (found.rest.shown, found.rest.room) == (shown, shown)


def test_of_two_seats_only_the_last_is_open(tmp_path: Path) -> None:
    head = "kecamatan,dpt,suara_1,suara_2,suara_3\n"
    (tmp_path / "recount.toml").write_text('[[contest]]\nid = "dpd"\nseats = 2\n')
    ours, theirs = "A,200,90,50,20\n", "A,200,90,50,20\nB,20,5,5,5\n"
    found = decided(tmp_path, ours, theirs, head, election=tmp_path / "recount.toml")
    assert [(p.winner, p.loser) for p in found.pairs] == [("1", "3"), ("2", "3")]
    assert found.certain is True
    ours = ours.replace("50,20", "50,40")
    found = decided(tmp_path, ours, theirs, head, election=tmp_path / "recount.toml")
    assert (found.certain, found.units_that_could_flip) == (False, 1)


def test_without_all_candidates_nothing_is_said(tmp_path: Path) -> None:
    ours = tmp_path / "a.csv"
    ours.write_text("kecamatan,suara_1,suara_2\nA,5,6\n")
    (tmp_path / "b.csv").write_text("kecamatan,suara_1,suara_2,suara_3\nA,5,6,100\nB,1,1,1\n")
    found = api.reconcile_with(ours, tmp_path / "b.csv", Options()).outcome[0]
    assert (found.certain, found.pairs, found.rest) == (None, (), None)


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_every_engine_says_the_same(tmp_path: Path, engine: str) -> None:
    pytest.importorskip(engine)
    head = "kabupaten,kecamatan,tps,dpt,suara_1,suara_2,sah,tidak_sah\n"
    ours = "P,A,1,50,30,10,40,1\nP,A,2,60,,9,9,0\nP,B,,90,60,20,80,2\nP,C,1,70,5,60,65,0\n"
    theirs = (
        "P,A,1,50,31,9,40,1\nP,A,2,60,20,10,30,40\nP,B,1,50,40,0,40,2\nP,B,2,40,20,20,40,0\n"
        "P,C,1,70,60,5,65,0\nP,D,,30,20,5,25,1\n"
    )
    (tmp_path / "ours.csv").write_text(head + ours)
    (tmp_path / "kpu.csv").write_text(head + theirs)
    files = tmp_path / "ours.csv", tmp_path / "kpu.csv"
    by = [api.reconcile_with(*files, Options(regions="none", engine=e)) for e in ("polars", engine)]
    assert by[0].outcome == by[1].outcome
    found = by[0].outcome[0]
    assert [one.region for one in found.first_to_collect] == ["P/A/002", "P/D"]
    assert (found.rest is not None, found.certain, found.units_that_could_flip) == (True, False, 1)


NAMES = ("A", "B", "C", "D", "E")
CANDIDATES = ("1", "2", "3")


@st.composite
def elections(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Our forms of some kecamatan, with some figures missing, and theirs of all of them."""
    rows = []
    for name in NAMES[: draw(st.integers(1, 5))]:
        dpt = draw(st.integers(1, 40))
        rows.append((name, dpt, *(draw(st.integers(0, 12)) for _ in CANDIDATES)))
    held = [row for row in rows if draw(st.booleans())] or rows[:1]
    blank = [row if draw(st.integers(0, 4)) else (*row[:3], None, row[4]) for row in held]
    ours = [(*r[:2], draw(st.integers(0, 12)), *r[3:]) if draw(st.booleans()) else r for r in blank]
    return laid_out(ours), laid_out(rows)


def laid_out(rows: list[Any]) -> pl.DataFrame:
    schema = {"kecamatan": pl.String, "dpt": pl.Int64}
    schema |= {f"suara_{id_}": pl.Int64 for id_ in CANDIDATES}
    return pl.DataFrame(rows, schema=schema, orient="row")


def votes_of(frame: pl.DataFrame) -> dict[str, dict[str, int]]:
    """The forms that are whole, by kecamatan and candidate."""
    return {
        row["kecamatan"]: {id_: row[f"suara_{id_}"] for id_ in CANDIDATES}
        for row in frame.drop_nulls().iter_rows(named=True)
    }


@given(elections())
@settings(max_examples=15, deadline=None)
def test_it_is_what_the_plain_bounds_say(drawn: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    ours, theirs = drawn
    try:
        found = api.reconcile_with(ours, theirs, Options(regions="none")).outcome[0]
    except RecountError:
        return  # our only form has a blank, and nothing can be compared
    reported, held = votes_of(theirs), votes_of(ours)
    voters = dict(theirs.select("kecamatan", "dpt").iter_rows())
    most = {
        name: max(-(-voters[name] * 103 // 100), sum(votes.values()))
        for name, votes in reported.items()
    }
    said = bounds(reported, held, most)
    assert found.certain == said.certain
    shown = {(p.winner, p.loser): p[2:4] + p[5:8] for p in found.pairs}
    assert shown == {(p.winner, p.loser): p[2:] for p in said.pairs}
    if {p.winner for p in found.pairs} == {found.corrected.ranking[0].candidate}:
        fewest = None if said.certain else said.k_min
        assert found.units_that_could_flip == fewest
        assert {one.name for one in found.first_to_collect} == set(said.order)
        assert [one.worth for one in found.first_to_collect] == sorted(
            said.worth.values(), reverse=True
        )


PLACES = st.sampled_from(
    [
        ("P", None, None),
        ("P", "A", None),
        ("P", "B", None),
        *(("P", k, t) for k in "AB" for t in "12"),
    ]
)


@st.composite
def mixed(draw: st.DrawFn, most: int) -> list[list[Any]]:
    """Forms of kabupaten, kecamatan and TPS, each of 20 registered voters; `most`: votes."""
    places = draw(st.lists(PLACES, unique=True, min_size=1, max_size=7))
    rows = []
    for place in places:
        first = None if draw(st.integers(0, 5)) == 0 else draw(st.integers(0, most))
        rows.append([*place, 20, first, draw(st.integers(0, most))])
    return rows


def forms(rows: list[Any]) -> pl.DataFrame:
    schema = dict.fromkeys(("kabupaten", "kecamatan", "tps"), pl.String())
    counts = dict.fromkeys(("dpt", "suara_1", "suara_2"), pl.Int64())
    return pl.DataFrame(rows, schema={**schema, **counts}, orient="row")


def outcome_of(ours: list[Any], theirs: list[Any]) -> Outcome | None:
    try:
        return api.reconcile_with(forms(ours), forms(theirs), Options(regions="none")).outcome[0]
    except RecountError:
        return None


@given(mixed(90), mixed(9))
@settings(max_examples=20, deadline=None)
def test_whatever_they_show_where_we_hold_no_form_a_certain_winner_stays(
    ours: list[Any], theirs: list[Any]
) -> None:
    found = outcome_of(ours, theirs)
    if found is None or not found.certain:
        return
    winner = found.corrected.ranking[0].candidate
    for figures in ([20, 0], [0, 20]):
        # All for one of the two, in every form of theirs; a figure that was blank stays so.
        changed = [
            [
                *row[:4],
                *(old if old is None else new for old, new in zip(row[4:], figures, strict=True)),
            ]
            for row in theirs
        ]
        other = outcome_of(ours, changed)
        assert other is not None
        assert (other.corrected.ranking[0].candidate, other.certain) == (winner, True)
