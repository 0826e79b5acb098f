"""From the plan to what the forms prove, as the commands do it: every state, and every rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.auditing.making import (
    ONLINE,
    PLACES,
    SEED,
    again,
    drawn_again,
    online,
    put,
    rows_of,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.auditing.making import Votes
    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

ALL = 200
"""So many draws bring every kecamatan."""


def collected(folder: Path) -> list[str]:
    return [row["name"] for row in rows_of(folder / "draw.csv")]


def of_list(folder: Path) -> dict[str, Votes]:
    """What is online of the regions to collect, and of no others."""
    return {name: ONLINE[name] for name in collected(folder)}


def risk(ask: Ask, folder: Path, forms: str, *more: str) -> tuple[int, dict[str, Any]]:
    done = ask("audit", "risk", str(folder), forms, "--format", "json", *more)
    assert done.code in {0, 1}, done.err
    document: dict[str, Any] = json.loads(done.out)
    return done.code, document


def drawn_whole(ask: Ask, plan: Path) -> None:
    assert ask("audit", "draw", str(plan), "--seed", SEED, "--draws", str(ALL)).code == 0


def test_the_list_is_what_anyone_draws_from_the_published_frame(drawn: Path) -> None:
    told = json.loads((drawn / "draw.json").read_text())
    again = drawn_again(drawn / "frame.csv", SEED, len(told["draws"]))
    assert told["draws"] == again
    ids = [row["region"] for row in rows_of(drawn / "draw.csv")]
    assert ids == list(dict.fromkeys(again))
    assert len(ids) > 3


def test_a_plan_says_what_to_announce_in_both_languages(ask: Ask, drawn: Path) -> None:
    files = str(drawn.parent / "online.csv"), "-o", str(drawn.parent / "other")
    english = ask("audit", "plan", "--online", *files)
    told = json.loads((drawn.parent / "other" / "plan.json").read_text())
    page = english.out.decode()
    assert told["frame_sha256"] in page.replace("\n" + " " * 30, "")
    assert "To announce in public before the seed is thrown" in page
    assert "betting martingale without replacement, c = 0.95" in page
    assert "No table says what was declared" in page
    indonesian = ask("audit", "plan", "--online", *files, "--lang", "id").out.decode()
    assert "Yang diumumkan kepada umum sebelum benih diundi" in indonesian
    assert "c = 0,95" in indonesian


def test_a_plan_knows_no_seed_until_it_is_thrown(ask: Ask, plan: Path) -> None:
    assert sorted(one.name for one in plan.iterdir()) == ["frame.csv", "plan.json", "regions.csv"]
    before = (plan / "frame.csv").read_bytes(), (plan / "plan.json").read_bytes()
    assert ask("audit", "draw", str(plan), "--seed", SEED).code == 0
    assert before == ((plan / "frame.csv").read_bytes(), (plan / "plan.json").read_bytes())


def test_with_the_seed_at_once_the_list_is_the_same(ask: Ask, drawn: Path) -> None:
    source, other = str(drawn.parent / "online.csv"), drawn.parent / "other"
    line = ("audit", "plan", "--online", source, "--risk-limit", "10%", "-o", str(other))
    assert ask(*line, "--seed", SEED).code == 0
    for name in ("frame.csv", "regions.csv", "plan.json", "draw.csv", "draw.json"):
        assert (other / name).read_bytes() == (drawn / name).read_bytes(), name


def test_more_draws_are_the_same_ones_and_on(ask: Ask, drawn: Path) -> None:
    first = json.loads((drawn / "draw.json").read_text())["draws"]
    assert ask("audit", "draw", str(drawn), "--more", "2").code == 0
    draws = json.loads((drawn / "draw.json").read_text())["draws"]
    assert draws[: len(first)] == first
    assert len(set(draws)) == len(set(first)) + 2
    done = ask("audit", "draw", str(drawn), "--more", "50")
    assert (done.code, done.out) == (2, b"")
    assert "Further forms asked for: 50; left to be drawn: " in done.err


def test_the_first_draw_has_as_many_forms_as_do_if_nothing_differs(ask: Ask, drawn: Path) -> None:
    forms = put(drawn.parent / "forms.csv", table(of_list(drawn)))
    code, told = risk(ask, drawn, forms)
    assert (code, told["risk"]["state"]) == (0, "confirmed")
    assert 0.05 < told["risk"]["p"] <= 0.1
    assert told["risk"]["missing"] == []
    assert {pair["loser"] for pair in told["risk"]["pairs"]} == {"2", "3"}
    names = collected(drawn)
    short = {place: ONLINE[place] for place in names[:-1]}
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(short)))
    assert (code, told["risk"]["state"], told["risk"]["needed_more"]) == (1, "continue", 1)
    assert told["risk"]["missing"] == [told["plan"]["collect"][-1]]


def test_the_json_document_has_the_keys_that_were_promised(ask: Ask, drawn: Path) -> None:
    _, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(ONLINE)))
    assert told["schema"] == 1
    assert {"seed", "frame_sha256", "U", "draws", "collect"} <= told["plan"].keys()
    assert {"p", "state", "kaplan_markov", "pairs", "missing"} <= told["risk"].keys()
    assert told["risk"]["pairs"][0].keys() >= {"winner", "loser", "p"}
    assert told["plan"]["seed"] == SEED
    assert told["plan"]["U"] == pytest.approx(sum(_u(row) for row in rows_of(drawn / "frame.csv")))


def _u(row: dict[str, str]) -> float:
    over, under = row["u"].split("/")
    return int(over) / int(under)


def test_certain_when_what_is_left_cannot_turn_it(ask: Ask, plan: Path) -> None:
    drawn_whole(ask, plan)
    code, told = risk(ask, plan, put(plan.parent / "forms.csv", table(ONLINE)))
    assert (code, told["risk"]["state"], told["risk"]["p"]) == (0, "certain", 0.0)


def test_erased_when_the_forms_so_far_make_up_for_the_margin(ask: Ask, drawn: Path) -> None:
    names = collected(drawn)
    forms = dict.fromkeys(names[:3], (0, 300, 30))
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(forms)))
    assert (code, told["risk"]["state"], told["risk"]["p"]) == (1, "erased", 1.0)


def test_what_drawn_forms_erase_the_others_may_win_back(ask: Ask, drawn: Path) -> None:
    names = collected(drawn)
    held = of_list(drawn) | dict.fromkeys(names[:3], (0, 300, 30))
    del held[names[-1]]
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(held)))
    assert (code, told["risk"]["state"], told["risk"]["certain"]) == (1, "erased", False)
    held |= dict.fromkeys(set(PLACES) - set(names), (370, 20, 10))
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(held)))
    assert (code, told["risk"]["state"], told["risk"]["certain"]) == (0, "certain", True)
    assert told["risk"]["p"] == 1.0


def test_refuted_by_all_forms(ask: Ask, plan: Path) -> None:
    drawn_whole(ask, plan)
    forms = dict.fromkeys(PLACES, (100, 110, 30))
    code, told = risk(ask, plan, put(plan.parent / "forms.csv", table(forms)))
    assert (code, told["risk"]["state"], told["risk"]["p"]) == (1, "refuted", 1.0)
    assert told["risk"]["certain"] is False  # another result is, and not the reported one
    page = ask("audit", "risk", str(plan), str(plan.parent / "forms.csv")).out.decode()
    assert "Refuted: all forms are there, and they show another result." in page
    assert "the reported winner did not win" in page


def test_a_form_that_is_worse_than_its_bound_allows_ends_the_audit(ask: Ask, drawn: Path) -> None:
    forms = {**of_list(drawn), collected(drawn)[0]: (0, 500, 30)}
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(forms)))
    assert (code, told["risk"]["state"], told["risk"]["p"]) == (1, "bound_violated", 1.0)
    assert told["risk"]["over_bound"] == [told["plan"]["collect"][0]]
    page = _page(ask, drawn, drawn.parent / "forms.csv")
    assert "the bound was not true; a new plan with a true bound" in page


def test_invalid_votes_are_held_against_the_bound_too(ask: Ask, drawn: Path) -> None:
    first = collected(drawn)[0]
    forms = {name: (*votes, 390 if name == first else 1) for name, votes in ONLINE.items()}
    path = put(drawn.parent / "forms.csv", table(forms, "invalid"))
    code, told = risk(ask, drawn, path)
    assert (code, told["risk"]["state"]) == (1, "bound_violated")
    assert told["risk"]["over_bound"] == [told["plan"]["collect"][0]]


@pytest.mark.parametrize("test", ["betting", "kaplan-markov"])
@pytest.mark.parametrize("is_drawn", [True, False])
@pytest.mark.parametrize("figures", [(100_000_000, 60, 30), (120, 100_000_000, 30)])
def test_one_impossible_form_leaves_nothing_certain(
    ask: Ask, drawn: Path, figures: Votes, test: str, *, is_drawn: bool
) -> None:
    folder = drawn.parent / "other"
    line = ("audit", "plan", "--online", str(drawn.parent / "online.csv"), "--test", test)
    assert ask(*line, "--risk-limit", "20%", "-o", str(folder), "--seed", SEED).code == 0
    names = collected(folder)
    one = names[0] if is_drawn else next(place for place in PLACES if place not in names)
    forms = put(drawn.parent / "forms.csv", table({**ONLINE, one: figures}))
    code, told = risk(ask, folder, forms)
    found = told["risk"]
    assert (code, found["state"], found["p"], found["certain"]) == (1, "bound_violated", 1.0, False)
    assert found["needed_more"] is None
    [over] = found["over_bound"]
    row = PLACES.index(one) + 2
    page = _page(ask, folder, forms)
    assert f"{over} (forms.csv:{row})" in page
    assert "correct it and measure again" in page
    assert "did not win" not in page
    assert "more than its bound" in page
    indonesian = _page(ask, folder, forms, "--lang", "id")
    assert "Periksa dahulu kertasnya" in indonesian


def test_only_five_impossible_forms_are_named(ask: Ask, drawn: Path) -> None:
    forms = put(drawn.parent / "forms.csv", table(dict.fromkeys(PLACES, (900, 60, 30))))
    page = _page(ask, drawn, forms)
    assert "of 12 regions a form" in page
    assert "(forms.csv:6), and 7 more." in page


def test_in_a_run_off_the_second_may_have_won_outright(ask: Ask, tmp_path: Path) -> None:
    source = put(tmp_path / "online.csv", online(dict.fromkeys(PLACES, (450, 400, 150)), 1100))
    folder = tmp_path / "plan"
    line = ("audit", "plan", "--online", source, "--rule", "more-than:50%", "-o", str(folder))
    assert ask(*line).code == 0
    drawn_whole(ask, folder)
    for votes, state in (((450, 400, 150), "certain"), ((300, 550, 150), "refuted")):
        forms = put(tmp_path / "forms.csv", table(dict.fromkeys(PLACES, votes)))
        code, told = risk(ask, folder, forms)
        assert (code, told["risk"]["state"]) == (int(state == "refuted"), state)
        assert told["risk"]["certain"] is (state == "certain")


def test_what_nobody_drew_is_left_out_and_counts_in_what_is_certain(ask: Ask, drawn: Path) -> None:
    names = collected(drawn)
    forms = {place: ONLINE[place] for place in PLACES if place not in names[:1]}
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(forms)))
    assert told["risk"]["p"] == 1.0
    assert len(told["risk"]["not_drawn"]) == len(PLACES) - len(names)
    # One missing form of 400 ballots cannot turn a lead of 852 votes.
    assert told["risk"]["certain"] is True
    assert (code, told["risk"]["state"]) == (0, "certain")


def test_forms_out_of_order_count_up_to_the_first_gap(ask: Ask, drawn: Path) -> None:
    names = collected(drawn)
    held = {name: ONLINE[name] for name in (names[0], names[1], names[3])}
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", table(held)))
    two = {name: ONLINE[name] for name in names[:2]}
    _, less = risk(ask, drawn, put(drawn.parent / "two.csv", table(two)))
    assert (code, told["risk"]["p"], told["risk"]["forms"]) == (1, less["risk"]["p"], 2)
    assert told["risk"]["with_gaps"] > told["risk"]["p"]


def test_a_form_that_is_not_to_be_had_counts_as_wrong_as_can_be(ask: Ask, drawn: Path) -> None:
    names = collected(drawn)
    forms = put(drawn.parent / "f.csv", table({n: ONLINE[n] for n in names if n != names[1]}))
    lost = rows_of(drawn / "draw.csv")[1]["region"]
    _, waiting = risk(ask, drawn, forms)
    _, told = risk(ask, drawn, forms, "--lost", lost)
    assert told["risk"]["not_to_be_had"] == [lost]
    assert told["risk"]["forms"] == len(names)
    assert told["risk"]["p"] == waiting["risk"]["with_gaps"]
    done = ask("audit", "risk", str(drawn), forms, "--lost", "64.99")
    assert (done.code, done.out) == (2, b"")
    assert "64.99 is not on the list" in done.err


def test_copies_that_differ_count_as_the_worse_one(ask: Ask, drawn: Path) -> None:
    first = collected(drawn)[0]
    good = put(drawn.parent / "a.csv", table(ONLINE))
    worse = {first: (ONLINE[first][0] - 20, ONLINE[first][1] + 20, 30)}
    _, alone = risk(ask, drawn, put(drawn.parent / "b.csv", table({**ONLINE, **worse})))
    copy = put(drawn.parent / "c.csv", table(worse))
    done = ask("audit", "risk", str(drawn), good, copy, "--format", "json")
    told = json.loads(done.out)
    assert told["risk"]["p"] == alone["risk"]["p"]
    assert told["risk"]["disagree"] == [told["plan"]["collect"][0]]
    assert "copies differ, the worse one counts" in _page(ask, drawn, good, copy)


def _page(ask: Ask, *arguments: object) -> str:
    return ask("audit", "risk", *map(str, arguments), "--format", "markdown").out.decode()


def test_a_blank_cell_is_no_form_yet(ask: Ask, drawn: Path) -> None:
    first = collected(drawn)[0]
    text = table({**ONLINE, first: ("", 95, 30)})
    code, told = risk(ask, drawn, put(drawn.parent / "forms.csv", text))
    assert told["risk"]["missing"] == [told["plan"]["collect"][0]]
    assert (code, told["risk"]["p"]) == (0, 1.0)  # certain by the others
    page = _page(ask, drawn, drawn.parent / "forms.csv")
    assert "awaited: a cell" in page


def test_forms_of_no_region_of_the_plan_are_told(ask: Ask, drawn: Path) -> None:
    forms = put(drawn.parent / "forms.csv", table({**ONLINE, "Luar Sana": (1, 2, 3)}))
    assert "Forms of ours that are of no region of the plan: 1." in _page(ask, drawn, forms)
    done = ask("audit", "risk", str(drawn), put(drawn.parent / "f.csv", table({"X": (1, 2, 3)})))
    assert (done.code, done.out) == (2, b"")
    assert "None of our forms is of a region of the plan." in done.err


def test_forms_with_other_candidates_are_refused(ask: Ask, drawn: Path) -> None:
    forms = put(drawn.parent / "forms.csv", table(ONLINE).replace(",1,2,3", ",1,2,invalid"))
    done = ask("audit", "risk", str(drawn), forms)
    assert (done.code, done.out) == (2, b"")
    assert "Candidate 3" in done.err


def test_kaplan_markov_decides_where_the_plan_says_so(ask: Ask, drawn: Path) -> None:
    source, folder = str(drawn.parent / "online.csv"), drawn.parent / "km"
    line = ("audit", "plan", "--online", source, "-o", str(folder), "--test", "kaplan-markov")
    assert ask(*line, "--seed", SEED).code == 0
    forms = put(drawn.parent / "forms.csv", table(of_list(folder)))
    code, told = risk(ask, folder, forms)
    assert (code, told["risk"]["state"]) == (0, "confirmed")
    assert told["risk"]["p"] == told["risk"]["kaplan_markov"] <= 0.05
    names = collected(folder)
    _, told = risk(
        ask, folder, put(drawn.parent / "f.csv", table({n: ONLINE[n] for n in names[:2]}))
    )
    assert told["risk"]["state"] == "continue"
    assert told["risk"]["needed_more"] == len(names) - 2


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("style", ["table", "csv", "json", "markdown", "xlsx", "html"])
def test_every_format(ask: Ask, drawn: Path, lang: str, style: str) -> None:
    forms = put(drawn.parent / "forms.csv", table(ONLINE))
    out = str(drawn.parent / "out")
    said = ("--format", style, "--lang", lang)
    assert ask("audit", "risk", str(drawn), forms, "-o", out, *said).code == 0
    assert ask("audit", "draw", str(drawn), "-o", out, *said).code == 0
    source = str(drawn.parent / "online.csv")
    if style != "xlsx":
        plan = ask("audit", "plan", "--online", source, "-o", str(drawn.parent / "p"), *said)
        assert plan.code == 0
        assert plan.out


def test_the_parts_of_a_region_stand_for_it_when_they_are_all_there(
    ask: Ask, tmp_path: Path
) -> None:
    heading = "kabkota,kecamatan,desa,1,2,3,registered\n"
    rows = [
        f"Kota Contoh,{place},Desa {part},{n},{m},{k},200\n"
        for place, (n, m, k) in ONLINE.items()
        for part in ("Satu", "Dua")
    ]
    source = put(tmp_path / "online.csv", heading + "".join(rows))
    folder = tmp_path / "plan"
    line = ("audit", "plan", "--online", source, "-o", str(folder), "--seed", SEED)
    assert ask(*line).code == 0
    assert risk(ask, folder, again(source))[1]["risk"]["missing"] == []
    first = collected(folder)[0]
    kept = [row for row in rows if f",{first},Desa Dua" not in row]
    forms = put(tmp_path / "forms.csv", heading + "".join(kept))
    _, told = risk(ask, folder, forms)
    assert told["risk"]["missing"] == [told["plan"]["collect"][0]]
    assert "awaited: 1 of 2 parts" in _page(ask, folder, forms)


def test_by_tps_and_by_code(ask: Ask, tmp_path: Path) -> None:
    heading = "kode,desa,tps,1,2,3,dpt\n"
    rows = [
        f"64.72.01.1001,Palaran,{at},{n},{m},{k},400\n"
        for at, (n, m, k) in enumerate(ONLINE.values(), start=1)
    ]
    source = put(tmp_path / "online.csv", heading + "".join(rows))
    folder = tmp_path / "plan"
    line = ("audit", "plan", "--online", source, "--level", "tps", "-o", str(folder))
    done = ask(*line, "--seed", SEED)
    assert done.code == 0
    assert b"no batch holds more ballots than its DPT has voters" in done.out.replace(b"\n", b" ")
    first = rows_of(folder / "draw.csv")[0]
    assert first["region"].startswith("64.72.01.1001.0")
    assert first["name"].startswith("TPS 0")
    assert risk(ask, folder, again(source))[1]["risk"]["missing"] == []
    assert online()


def test_a_reconciliation_can_say_what_the_audit_proves(ask: Ask, drawn: Path) -> None:
    forms = put(drawn.parent / "forms.csv", table(of_list(drawn)))
    line = ("reconcile", forms, "--online", str(drawn.parent / "online.csv"))
    plain = json.loads(ask(*line, "--format", "json").out)
    done = ask(*line, "--plan", str(drawn), "--format", "json")
    told = json.loads(done.out)
    assert done.code == 0
    assert {key: told[key] for key in plain} == plain
    assert told["plan"]["seed"] == SEED
    assert told["risk"]["state"] == "confirmed"
    for style in ("table", "markdown", "html", "xlsx"):
        out = str(drawn.parent / "out")
        for lang in ("id", "en"):
            said = ("--format", style, "-o", out, "--lang", lang)
            assert ask(*line, "--plan", str(drawn), *said).code == 0
    page = ask(*line, "--plan", str(drawn)).out.decode()
    assert "Audit: Confirmed: the risk that the reported result is wrong" in page


def test_a_reconciliation_refuses_a_plan_that_is_none_before_it_reads(
    ask: Ask, drawn: Path
) -> None:
    forms = put(drawn.parent / "forms.csv", table(ONLINE))
    line = ("reconcile", forms, "--online", str(drawn.parent / "online.csv"), "--plan")
    assert ask(*line, str(drawn.parent)).code == 2
    put(drawn / "frame.csv", "id")
    done = ask(*line, str(drawn))
    assert (done.code, done.out) == (2, b"")
    assert "was changed after the plan was made" in done.err


def as_one(ask: Ask, folder: Path, *sets: str) -> Answer:
    """A plan by which some regions share a form, with its draw."""
    source = str(folder.parent / "online.csv")
    together = [word for one in sets for word in ("--together", one)]
    return ask("audit", "plan", "--online", source, "-o", str(folder), "--seed", SEED, *together)


def test_regions_that_share_a_form_are_held_against_it_together(ask: Ask, plan: Path) -> None:
    ids = {row["id"].rpartition("/")[2].title(): row["id"] for row in rows_of(plan / "frame.csv")}
    one, other = PLACES[2], PLACES[7]
    pair = f"{ids[other]},{ids[one]}"
    folder = plan.parent / "shared"
    page = as_one(ask, folder, pair).out.decode()
    assert "Regions that share one form" in page
    assert json.loads((folder / "plan.json").read_text())["together"] == [[ids[one], ids[other]]]
    assert ask("audit", "draw", str(folder), "--more", "1").code == 0
    sums = tuple(a + b for a, b in zip(ONLINE[one], ONLINE[other], strict=True))
    rest = {name: votes for name, votes in ONLINE.items() if name not in {one, other}}
    forms = put(plan.parent / "forms.csv", table({**rest, one: sums}))
    code, told = risk(ask, folder, forms)
    assert (code, told["risk"]["state"], told["risk"]["missing"]) == (0, "certain", [])
    assert told["plan"]["together"] == [[ids[one], ids[other]]]
    page = _page(ask, folder, forms)
    assert page.count("| as online |") == len(ONLINE)
    assert "By the plan these regions share one form, and count as one: KOTA" in page
    both = ask("audit", "risk", str(folder), put(plan.parent / "both.csv", table(ONLINE)))
    assert (both.code, both.out) == (2, b"")
    assert "ours have figures of each" in both.err


def test_only_a_plan_says_which_regions_share_a_form(ask: Ask, drawn: Path) -> None:
    ids = [row["id"] for row in rows_of(drawn / "frame.csv")]
    forms = put(drawn.parent / "forms.csv", table(of_list(drawn)))
    late = ask("audit", "risk", str(drawn), forms, "--together", f"{ids[0]},{ids[1]}")
    assert (late.code, late.out) == (2, b"")
    for wrong in (ids[0], f"{ids[0]},64.99", f"{ids[0]},{ids[0]}", ""):
        done = as_one(ask, drawn.parent / "other", wrong)
        assert (done.code, done.out) == (2, b"")
    twice = as_one(ask, drawn.parent / "other", f"{ids[0]},{ids[1]}", f"{ids[1]},{ids[2]}")
    assert "was named twice" in twice.err
    assert not (drawn.parent / "other").exists()


@pytest.mark.parametrize("test", ["betting", "kaplan-markov"])
def test_where_all_forms_are_there_the_way_on_is_a_longer_list(
    ask: Ask, plan: Path, test: str
) -> None:
    folder, source = plan.parent / "few", str(plan.parent / "online.csv")
    line = ("audit", "plan", "--online", source, "-o", str(folder), "--test", test)
    assert ask(*line).code == 0
    assert ask("audit", "draw", str(folder), "--seed", SEED, "--draws", "3").code == 0
    names = collected(folder)
    two_there = table({name: ONLINE[name] for name in names[:-1]})
    _, told = risk(ask, folder, put(plan.parent / "two.csv", two_there))
    assert told["risk"]["needed_more"] > 1
    forms = put(plan.parent / "forms.csv", table(of_list(folder)))
    code, told = risk(ask, folder, forms)
    more = told["risk"]["draw_on"]
    assert (code, more) == (1, told["risk"]["needed_more"] + (test != "betting"))
    assert more > 1
    assert f"draw PLAN --more {more};" in _page(ask, folder, forms)
    assert ask("audit", "draw", str(folder), "--more", str(more)).code == 0
    assert risk(ask, folder, put(plan.parent / "f.csv", table(of_list(folder))))[0] == 0


def test_an_assumed_bound_is_told_with_every_answer(ask: Ask, tmp_path: Path) -> None:
    voters = dict.fromkeys(ONLINE, 400)
    rows = {name: (*votes, voters[name]) for name, votes in ONLINE.items()}
    source, folder = put(tmp_path / "online.csv", table(rows, "dpt")), str(tmp_path / "plan")
    assert ask("audit", "plan", "--online", source, "-o", folder, "--seed", SEED).code == 0
    forms = put(tmp_path / "forms.csv", table(ONLINE))
    for line in (
        ("audit", "draw", folder),
        ("audit", "risk", folder, forms),
        ("reconcile", forms, "--online", source, "--plan", folder),
    ):
        for style in ("table", "markdown", "html"):
            out = ask(*line, "--format", style).out.decode()
            assert "ASSUMPTION: no batch holds more ballots" in " ".join(out.split())
        told = json.loads(ask(*line, "--format", "json").out)
        assert "its DPT has voters" in told["plan"]["assumptions"][0]


@pytest.mark.parametrize("name", ["online.csv", "another.csv"])
def test_what_the_plan_was_made_of_is_no_form(ask: Ask, drawn: Path, name: str) -> None:
    path = put(drawn.parent / name, online())
    own = put(drawn.parent / "forms.csv", table(of_list(drawn)))
    for files in ([path], [own, path]):
        done = ask("audit", "risk", str(drawn), *files)
        assert (done.code, done.out) == (2, b"")
        assert name in done.err
        assert "one of those that the plan was made of" in done.err


PARTS = "kabkota,kecamatan,desa,1,2,3\n"


def test_parts_of_a_region_are_not_its_form_where_nobody_knows_of_how_many(
    ask: Ask, drawn: Path
) -> None:
    first, *others = collected(drawn)
    surplus = f"Kota Contoh,{first},Desa Satu,400,0,0\n"
    own = "".join(f"Kota Contoh,{one},,{','.join(map(str, ONLINE[one]))}\n" for one in others)
    forms = put(drawn.parent / "forms.csv", PARTS + surplus + own)
    code, told = risk(ask, drawn, forms)
    id_ = told["plan"]["collect"][0]
    assert (code, told["risk"]["p"], told["risk"]["missing"]) == (1, 1.0, [id_])
    page = _page(ask, drawn, forms)
    assert "awaited: 1 parts, and nobody knows of how many" in page
    assert f"we hold smaller units alone: 1 ({id_})." in page
    _, lost = risk(ask, drawn, forms, "--lost", id_)
    assert lost["risk"]["not_to_be_had"] == [id_]


def test_parts_are_a_form_where_a_list_says_that_they_are_all(ask: Ask, drawn: Path) -> None:
    first, *others = collected(drawn)
    codes = {"64": "PROVINSI CONTOH", "64.01": "KOTA CONTOH"}
    codes |= {f"64.01.{at:02d}": place for at, place in enumerate([first, *others], start=1)}
    codes |= {"64.01.01.2001": "Desa Satu", "64.01.01.2002": "Desa Dua"}
    lines = "".join(f"{code},{name}\n" for code, name in codes.items())
    listed = put(drawn.parent / "list.csv", "code,name\n" + lines)
    one, two, three = ONLINE[first]
    parts = [
        f"Kota Contoh,{first},Desa Satu,{one},0,{three}\n",
        f"Kota Contoh,{first},Desa Dua,0,{two},0\n",
    ]
    own = "".join(f"Kota Contoh,{n},,{','.join(map(str, ONLINE[n]))}\n" for n in others)
    both = put(drawn.parent / "both.csv", PARTS + "".join(parts) + own)
    _, told = risk(ask, drawn, both, "--regions", listed)
    assert told["risk"]["missing"] == []
    half = put(drawn.parent / "half.csv", PARTS + parts[0] + own)
    _, told = risk(ask, drawn, half, "--regions", listed)
    assert told["risk"]["missing"] == [told["plan"]["collect"][0]]
    done = ask("audit", "risk", str(drawn), half, "--regions", listed, "--format", "markdown")
    assert "awaited: 1 of 2 parts" in done.out.decode()


def test_a_copy_with_a_blank_counts_where_it_contradicts(ask: Ask, drawn: Path) -> None:
    first = collected(drawn)[0]
    one, two, three = ONLINE[first]
    whole = put(drawn.parent / "a.csv", table(of_list(drawn)))
    _, clean = risk(ask, drawn, whole)
    for blank, worse in (
        (("", two + 50, three), (one, two + 50, three)),
        ((one - 50, "", three), (one - 50, two, three)),
        ((one, "", three), None),
    ):
        copy = put(drawn.parent / "b.csv", table({first: blank}))
        done = ask("audit", "risk", str(drawn), whole, copy, "--format", "json")
        told = json.loads(done.out)
        expected = clean
        if worse:
            forms = table({**of_list(drawn), first: worse})
            _, expected = risk(ask, drawn, put(drawn.parent / "c.csv", forms))
        assert told["risk"]["p"] == expected["risk"]["p"]
        assert bool(told["risk"]["disagree"]) == (worse is not None)
        assert told["risk"]["over_bound"] == []


def test_parts_that_have_more_than_the_form_of_the_region_contradict_it(
    ask: Ask, drawn: Path
) -> None:
    names = collected(drawn)
    one, two, three = ONLINE[names[0]]
    own = "".join(f"Kota Contoh,{n},,{','.join(map(str, ONLINE[n]))}\n" for n in names)
    worse = f"Kota Contoh,{names[0]},Desa Satu,{one - 40},{two + 40},{three}\n"
    fits = f"Kota Contoh,{names[0]},Desa Satu,{one - 40},{two - 40},{three}\n"
    _, clean = risk(ask, drawn, put(drawn.parent / "own.csv", PARTS + own))
    _, told = risk(ask, drawn, put(drawn.parent / "fits.csv", PARTS + own + fits))
    assert (told["risk"]["p"], told["risk"]["disagree"]) == (clean["risk"]["p"], [])
    forms = put(drawn.parent / "worse.csv", PARTS + own + worse)
    _, told = risk(ask, drawn, forms)
    alone = table({**of_list(drawn), names[0]: (one - 40, two + 40, three)})
    _, expected = risk(ask, drawn, put(drawn.parent / "alone.csv", alone))
    assert told["risk"]["p"] == expected["risk"]["p"]
    assert told["risk"]["disagree"] == [told["plan"]["collect"][0]]
    page = _page(ask, drawn, forms)
    assert "smaller units" not in page
    assert "1 desa" in page
