"""Who leads: only whole forms count, no candidate is given a zero, nobody's form is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from recount.model import Outcome, Standing

HEAD = "kabupaten,kecamatan,tps,suara_1,suara_2\n"


def decided(path: Path, ours: str, theirs: str, election: str = "", regions: str = "") -> Outcome:
    (path / "ours.csv").write_text(ours)
    (path / "kpu.csv").write_text(theirs)
    options = Options()
    if election:
        (path / "recount.toml").write_text(election)
        (path / "regions.csv").write_text(regions or "kode,nama\n")
        options = Options(
            election=path / "recount.toml", regions=path / "regions.csv" if regions else None
        )
    return api.reconcile_with(path / "ours.csv", path / "kpu.csv", options).outcome[0]


def votes(standing: Standing) -> dict[str, int]:
    return {one.candidate: one.votes for one in standing.ranking}


@pytest.mark.parametrize(
    ("ours", "theirs", "corrected", "same"),
    [
        # Where we hold a form it counts, elsewhere theirs does.
        ("P,A,1,5,9\n", "P,A,1,9,5\nP,B,1,1,2\n", {"2": 11, "1": 6}, False),
        # A form without one candidate's figure is not whole: theirs counts.
        ("P,A,1,5,\n", "P,A,1,5,4\n", {"1": 5, "2": 4}, True),
        # A tie is not the victory that they show.
        ("P,A,1,5,5\n", "P,A,1,5,4\n", {"1": 5, "2": 5}, False),
        # Our form of a kecamatan counts although others have stations, and theirs do not count on.
        (
            "P,A,1,5,6\nP,B,,50,60\n",
            "P,A,1,5,6\nP,B,1,60,20\nP,B,2,60,30\n",
            {"2": 66, "1": 55},
            False,
        ),
        # So does theirs, where we hold nothing there ...
        ("P,A,1,5,6\n", "P,A,1,5,6\nP,B,,50,60\n", {"2": 66, "1": 55}, True),
        # ... or not all that we know of.
        ("P,A,1,5,6\nP,B,1,1,\n", "P,A,1,5,6\nP,B,,50,60\n", {"2": 66, "1": 55}, True),
        # Half of a kecamatan is not held against the whole of it.
        ("P,A,1,5,6\nP,A,2,,\n", "P,A,,80,70\n", {"1": 80, "2": 70}, True),
    ],
)
def test_ours_corrects_theirs(
    tmp_path: Path, ours: str, theirs: str, corrected: dict[str, int], same: object
) -> None:
    outcome = decided(tmp_path, HEAD + ours, HEAD + theirs)
    assert votes(outcome.corrected) == corrected
    assert list(votes(outcome.corrected)) == list(corrected)
    assert outcome.same_winner is same


def test_a_candidate_whom_we_did_not_collect_has_no_zero(tmp_path: Path) -> None:
    ours = "kecamatan,suara_1,suara_2\nA,5,6\n"
    theirs = "kecamatan,suara_1,suara_2,suara_3\nA,5,6,100\nB,1,1,1\n"
    outcome = decided(tmp_path, ours, theirs)
    assert votes(outcome.ours) == {"2": 6, "1": 5}
    assert votes(outcome.corrected) == {"3": 101, "2": 7, "1": 6}
    assert outcome.same_winner is True


def test_a_candidate_alone_has_no_margin(tmp_path: Path) -> None:
    outcome = decided(tmp_path, "kecamatan,suara_1\nA,5\n", "kecamatan,suara_1\nA,6\n")
    assert outcome.corrected.margin is None
    assert outcome.same_winner is True


ELECTION = '[[contest]]\nid = "pilbup"\nregion = "64.01"\nseats = {seats}\n'
REGIONS = "kode,nama\n64,KALTIM\n64.01,P\n64.01.01,A\n64.02,Q\n64.02.01,B\n"


def test_the_contest_s_own_region_decides(tmp_path: Path) -> None:
    rows = HEAD + "P,A,1,5,6\nQ,B,1,100,1\n"
    outcome = decided(tmp_path, rows, rows, ELECTION.format(seats=1), REGIONS)
    assert (outcome.region, votes(outcome.theirs)) == ("64.01", {"2": 6, "1": 5})


def test_a_region_that_no_file_has_is_said(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(HEAD + "P,A,1,5,6\nQ,B,1,100,1\n")
    (tmp_path / "recount.toml").write_text(ELECTION.format(seats=1))
    ours, options = tmp_path / "ours.csv", Options(election=tmp_path / "recount.toml")
    findings = api.reconcile_with(ours, ours, options).findings
    assert [(f.rule, f.region, f.contest) for f in findings] == [
        ("contest-region", "64.01", "pilbup")
    ]


def test_two_seats_are_won_by_the_first_two_in_any_order(tmp_path: Path) -> None:
    head = "kabupaten,kecamatan,suara_1,suara_2,suara_3\n"
    ours, theirs = head + "P,A,9,8,1\n", head + "P,A,8,9,1\n"
    one = decided(tmp_path, ours, theirs, ELECTION.format(seats=1), REGIONS)
    two = decided(tmp_path, ours, theirs, ELECTION.format(seats=2), REGIONS)
    assert (one.same_winner, two.same_winner) == (False, True)


def test_each_contest_has_its_own_candidates(tmp_path: Path) -> None:
    head = "contest,kecamatan,suara_1,suara_2,suara_3\n"
    rows = head + "pilgub,A,5,6,7\npilbup,A,9,8,\n"
    (tmp_path / "ours.csv").write_text(rows)
    result = api.reconcile_with(tmp_path / "ours.csv", tmp_path / "ours.csv", Options())
    winners = {one.contest: one.corrected.ranking[0].candidate for one in result.outcome}
    assert winners == {"pilgub": "3", "pilbup": "1"}
    assert result.summary["unread"] == 0
