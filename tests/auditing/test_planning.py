"""What a plan is made of: batches that add up, bounds that are known, claims, what is missing."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recount.auditing.rules import Rule, claims_of
from tests.auditing.making import ONLINE, PLACES, SEED, VOTERS, again, online, put, rows_of, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

SAMPLES = Path(__file__).parents[2] / "sample_data"
KALTIM = SAMPLES / "audit_kaltim_2018"


def planned(ask: Ask, folder: Path, *options: str) -> tuple[Answer, dict[str, Any]]:
    done = ask("audit", "plan", "-o", str(folder / "plan"), "--format", "markdown", *options)
    told: dict[str, Any] = {}
    if done.code == 0:
        told = json.loads((folder / "plan" / "plan.json").read_text())
    return done, told


def refused(done: Answer, word: str) -> None:
    assert (done.code, done.out) == (2, b"")
    assert "Something went wrong" not in done.err
    assert word in done.err


def test_the_sample_is_planned_as_it_was_published(ask: Ask, tmp_path: Path) -> None:
    given = {
        "--online": KALTIM / "online.csv",
        "--registered": KALTIM / "registered.csv",
        "--official": SAMPLES / "pilgub_kaltim_2018" / "final_recap_dc1.csv",
    }
    options = [str(word) for pair in given.items() for word in pair]
    seed = json.loads((KALTIM / "plan" / "draw.json").read_text())["seed"]
    done, told = planned(ask, tmp_path, *options, "--seed", seed)
    assert done.code == 0
    for name in ("frame.csv", "regions.csv", "plan.json", "draw.csv", "draw.json"):
        assert (tmp_path / "plan" / name).read_bytes() == (KALTIM / "plan" / name).read_bytes()
    assert told["unaccounted"] == 0
    assert told["forms_needed"]["if_nothing_differs"] == {"mean": 47.8, "quantile90": 49}


def test_by_the_ballots_reported_it_takes_as_many_as_other_programs_say(
    ask: Ask, tmp_path: Path
) -> None:
    done, told = planned(ask, tmp_path, "--online", str(KALTIM / "online.csv"))
    assert told["bound"] == "ballots"
    assert told["forms_needed"]["if_nothing_differs"]["mean"] == pytest.approx(34, abs=1)
    assert b"ASSUMPTION: no batch holds more ballots than the online system reports" in done.out


def test_every_bound_is_exact(ask: Ask, plan: Path) -> None:
    del ask
    for row in rows_of(plan / "frame.csv"):
        first, second, third = (int(row[f"candidate:{one}"]) for one in "123")
        pairs = ((second, 1902 - 1050), (third, 1902 - 360))
        assert Fraction(row["u"]) == max(
            Fraction(first - loser + VOTERS, margin) for loser, margin in pairs
        )


def test_what_the_regions_lack_of_the_official_total_is_taken_off_every_margin(
    ask: Ask, tmp_path: Path
) -> None:
    source = put(tmp_path / "online.csv", online())
    official = put(tmp_path / "dc1.csv", "kabkota,1,2,3\nKota Contoh,1900,1052,360\n")
    done, told = planned(ask, tmp_path, "--online", source, "--official", official)
    assert told["unaccounted"] == 4
    assert b"are apart: 4;" in done.out
    assert Fraction(rows_of(tmp_path / "plan" / "frame.csv")[0]["u"]) == Fraction(
        120 - 60 + VOTERS, 1902 - 1050 - 4
    )


def test_in_which_order_the_losers_stand_is_no_part_of_the_result(ask: Ask, tmp_path: Path) -> None:
    votes = dict.fromkeys(PLACES, (600, 200, 199))
    source = put(tmp_path / "online.csv", online(votes, 1100))
    official = put(tmp_path / "dc1.csv", "kabkota,1,2,3\nKota Contoh,7200,2390,2394\n")
    done, told = planned(ask, tmp_path, "--online", source, "--official", official)
    assert done.code == 0, done.err
    assert told["unaccounted"] == 10 + 6
    assert Fraction(rows_of(tmp_path / "plan" / "frame.csv")[0]["u"]) == Fraction(
        600 - 200 + 1100, 7200 - 2400 - 16
    )


def test_the_online_side_may_say_its_total_itself(ask: Ask, tmp_path: Path) -> None:
    text = online() + "Kota Contoh,,1902,1050,361,4800\n"
    done, told = planned(ask, tmp_path, "--online", put(tmp_path / "online.csv", text))
    assert told["official"] == {"1": 1902, "2": 1050, "3": 361}
    assert told["unaccounted"] == 1
    assert b"No table says what was declared" not in done.out


@pytest.mark.parametrize(
    ("official", "word"),
    [
        ("1000,1950,360", "another result than the official total"),
        ("1902,1050,9999", "another result"),
        ("1902,1050,", "has not all the candidates' votes"),
        ("9000,1050,360", "in no region"),
    ],
)
def test_another_result_in_total_is_refused(
    ask: Ask, tmp_path: Path, official: str, word: str
) -> None:
    source = put(tmp_path / "online.csv", online())
    total = put(tmp_path / "dc1.csv", f"kabkota,1,2,3\nKota Contoh,{official}\n")
    done, _ = planned(ask, tmp_path, "--online", source, "--official", total)
    refused(done, word)
    assert not (tmp_path / "plan").exists()


def test_a_tie_is_refused(ask: Ask, tmp_path: Path) -> None:
    source = put(tmp_path / "online.csv", online({"A": (50, 50, 1), "B": (60, 60, 1)}))
    refused(planned(ask, tmp_path, "--online", source)[0], "tie")


def test_without_a_bound_there_is_no_plan(ask: Ask, tmp_path: Path) -> None:
    source = put(tmp_path / "online.csv", table(ONLINE))
    refused(planned(ask, tmp_path, "--online", source)[0], "no table has registered voters")
    gap = put(tmp_path / "gap.csv", online().replace(f",30,{VOTERS}\n", ",30,\n", 2))
    done, _ = planned(ask, tmp_path, "--online", gap)
    refused(done, "of 2 of 12 regions")
    assert "DESA ATAS A" in done.err
    refused(planned(ask, tmp_path, "--online", gap, "--bound", "ballots")[0], "not known")


def test_a_region_that_is_not_online_can_be_drawn_all_the_same(ask: Ask, tmp_path: Path) -> None:
    shown = {place: votes for place, votes in ONLINE.items() if place != PLACES[4]}
    voters = dict.fromkeys(PLACES, (VOTERS,))
    text = "kabkota,kecamatan,registered\n" + "".join(
        f"Kota Contoh,{place},{n}\n" for place, (n,) in voters.items()
    )
    done, told = planned(
        ask,
        tmp_path,
        *("--online", put(tmp_path / "online.csv", table(shown))),
        *("--registered", put(tmp_path / "dpt.csv", text)),
    )
    assert told["batches"] == len(PLACES)
    assert b"Regions that are not online, or not whole: 1 of 12" in done.out
    [row] = [r for r in rows_of(tmp_path / "plan" / "frame.csv") if r["id"].endswith(" E")]
    assert (row["candidate:1"], row["bound"]) == ("0", str(VOTERS))
    assert Fraction(row["u"]) > 0


def test_more_votes_than_the_bound_are_told(ask: Ask, tmp_path: Path) -> None:
    source = put(tmp_path / "online.csv", online(voters=300))
    done, _ = planned(ask, tmp_path, "--online", source)
    assert b"Regions with more votes reported than the bound allows: 4" in done.out


def test_one_contest_of_several_has_to_be_chosen(ask: Ask, tmp_path: Path) -> None:
    votes = {"wali": "{},{},", "gub": ",{},{}"}
    rows = [
        f"{contest},Kota Contoh,{place},{cells.format(n, m)},400"
        for contest, cells in votes.items()
        for place, (n, m, _) in ONLINE.items()
    ]
    text = "\n".join(["pemilihan,kabkota,kecamatan,1,2,3,registered", *rows]) + "\n"
    source = put(tmp_path / "online.csv", text)
    refused(planned(ask, tmp_path, "--online", source)[0], "several contests")
    done, told = planned(ask, tmp_path, "--online", source, "--contest", "gub")
    assert done.code == 0
    assert [one["id"] for one in told["contest"]["candidates"]] == ["2", "3"]
    ask("audit", "draw", str(tmp_path / "plan"), "--seed", SEED)
    assert ask("audit", "risk", str(tmp_path / "plan"), again(source)).code == 0


def test_a_level_that_is_not_there(ask: Ask, tmp_path: Path) -> None:
    source = put(tmp_path / "online.csv", online())
    refused(planned(ask, tmp_path, "--online", source, "--level", "tps")[0], "no region of the")
    refused(planned(ask, tmp_path, "--online", source, "--level", "rw")[0], "--level")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--risk-limit", "0"),
        ("--risk-limit", "100%"),
        ("--risk-limit", "5"),
        ("--risk-limit", "-5%"),
        ("--risk-limit", "１%"),
        ("--rule", "more-than:150%"),
        ("--rule", "most:50%"),
        ("--rule", "lottery"),
        ("--seats", "0"),
        ("--seats", "3"),
        ("--seats", "99999"),
        ("--errors", "5%"),
        ("--errors", "x:5"),
        ("--bound", "hope"),
        ("--test", "benford"),
        ("--seed", "123"),
    ],
)
def test_values_that_cannot_be(ask: Ask, tmp_path: Path, option: str, value: str) -> None:
    source = put(tmp_path / "online.csv", online())
    refused(planned(ask, tmp_path, "--online", source, f"{option}={value}")[0], "")
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(("text", "limit"), [("5%", "1/20"), ("0.05", "1/20"), ("2,5 %", "1/40")])
def test_a_risk_limit_is_exact(ask: Ask, tmp_path: Path, text: str, limit: str) -> None:
    source = put(tmp_path / "online.csv", online())
    assert (
        planned(ask, tmp_path, "--online", source, "--risk-limit", text)[1]["risk_limit"] == limit
    )


VOTES = {"1": 600, "2": 300, "3": 100}


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        (Rule(), ["more", "more"]),
        (Rule(seats=2), ["more", "more"]),
        (Rule("more-than"), ["share"]),
        (Rule("more-than", share=Fraction(1, 3)), ["share", "more", "more"]),
        (Rule("more-than", share=Fraction(2, 3)), ["no_share"] * 2 + ["more"] * 2),
        (Rule("sainte-lague", 5), ["seat"] * 4),
    ],
)
def test_the_claims_of_a_rule(rule: Rule, kinds: list[str]) -> None:
    assert sorted(claim.kind for claim in claims_of(rule, VOTES)) == sorted(kinds)


@pytest.mark.parametrize("rule", ["most", "more-than:50%", "more-than:70%", "sainte-lague"])
def test_every_rule_from_plan_to_risk(ask: Ask, tmp_path: Path, rule: str) -> None:
    source = put(tmp_path / "online.csv", online())
    done, told = planned(ask, tmp_path, "--online", source, "--rule", rule, "--seats", "1")
    assert done.code == 0, done.err
    assert told["rule"]["name"] == rule.partition(":")[0]
    folder = str(tmp_path / "plan")
    assert ask("audit", "draw", folder, "--seed", "1" * 20, "--draws", "300").code == 0
    forms = put(tmp_path / "forms.csv", table(ONLINE))
    for lang in ("id", "en"):
        assert ask("audit", "risk", folder, forms, "--lang", lang).code == 0


BAD = [(",50,2\n,K2,,10\n,K3,5,60\n", "online.csv:3 (Candidate 1)")]
BAD += [(f",10,2\n,K2,{cell},10\n", "online.csv:3 (Candidate 1)") for cell in ("9" * 20, "-20")]
BAD += [(",50,2\n,K1,60,2\n,K2,20,10\n", "online.csv:2 | online.csv:3 (Candidate 1)")]
BAD += [(",50,2\n,K2,x,y\n", "online.csv:3 (Candidate 2)")]


@pytest.mark.parametrize(("cells", "named"), BAD)
def test_a_cell_that_could_make_another_winner_is_named(
    ask: Ask, tmp_path: Path, cells: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = f",K1{cells}".replace("\n,", "\nKota Contoh,")
    put(tmp_path / "online.csv", f"kabkota,kecamatan,1,2\nKota Contoh{rows}")
    voters = "".join(f"Kota Contoh,K{at},100\n" for at in (1, 2, 3))
    put(tmp_path / "dpt.csv", "kabkota,kecamatan,registered\n" + voters)
    done, _ = planned(ask, tmp_path, "--online", "online.csv", "--registered", "dpt.csv")
    refused(done, "Who won by the online figures is not known")
    assert named in done.err


def test_where_it_decides_nothing_a_form_with_a_blank_is_not_shown(
    ask: Ask, tmp_path: Path
) -> None:
    text = online({**ONLINE, PLACES[3]: (141, 75, 30)}).replace(",141,75,", ",-141,75,")
    source = put(tmp_path / "online.csv", text)
    done, _ = planned(ask, tmp_path, "--online", source)
    [row] = [one for one in rows_of(tmp_path / "plan" / "frame.csv") if one["id"].endswith(" D")]
    assert [row[f"candidate:{one}"] for one in "123"] == ["0", "0", "0"]
    margin = sum(a - b for place, (a, b, _) in ONLINE.items() if place != PLACES[3])
    assert Fraction(row["u"]) == Fraction(VOTERS, margin)
    page = done.out.decode()
    assert "online.csv:5 (Candidate 1)" in page
    assert "Findings: 1 (error 1)." in page
    assert "To list the findings:" in page
    assert "recount check " in page


def test_a_declared_total_says_who_won_all_the_same(ask: Ask, tmp_path: Path) -> None:
    rows: dict[str, tuple[int | str, ...]] = {
        "K1": (100, 5, 0, 210),
        "K2": ("", 10, 0, 210),
        "K3": (100, 5, 0, 210),
    }
    source = put(tmp_path / "online.csv", table(rows, "dpt"))
    refused(planned(ask, tmp_path, "--online", source)[0], "is not known")
    total = put(tmp_path / "dc1.csv", "kabkota,1,2,3\nKota Contoh,230,20,0\n")
    done, told = planned(ask, tmp_path, "--online", source, "--official", total)
    assert (done.code, told["unaccounted"]) == (0, 40)
