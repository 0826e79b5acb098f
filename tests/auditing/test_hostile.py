"""Plans that were changed, are damaged, or were made to do harm: one clear message each."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tests.auditing.making import ONLINE, SEED, again, put, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

UNFORESEEN = "Something went wrong"
MANY = 800_000


def refused(done: Answer, *words: str) -> None:
    """One message with a way out, and nothing on standard output."""
    assert (done.code, done.out) == (2, b"")
    assert UNFORESEEN not in done.err
    assert done.err.count("\n  -> ") == 1
    for word in words:
        assert word in done.err


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def with_frame(plan: Path, frame: bytes, name: str = "frame.csv", batches: int = 0) -> None:
    """Put another file into a plan, under its true digest."""
    (plan / name).write_bytes(frame)
    told = json.loads((plan / "plan.json").read_text())
    told[name.replace(".csv", "_sha256")] = sha256(frame).hexdigest()
    told["batches"] = batches or told["batches"]
    (plan / "plan.json").write_text(json.dumps(told))


@pytest.mark.parametrize("name", ["frame.csv", "regions.csv"])
def test_a_file_that_was_changed_is_refused(ask: Ask, drawn: Path, name: str) -> None:
    change(drawn / name, "DESA ATAS A", "DESA ATAS Z")
    forms = put(drawn.parent / "forms.csv", table(ONLINE))
    refused(ask("audit", "risk", str(drawn), forms), name, "was changed after the plan was made")
    refused(ask("audit", "draw", str(drawn), "--more", "1"), name)
    indonesian = ask("audit", "draw", str(drawn), "--lang", "id")
    assert "diubah setelah rencana dibuat" in indonesian.err


CHANGES = [
    ("risk_limit", "1/2"),
    ("c", "99999/100000"),
    ("test", "kaplan-markov"),
    ("bound", "ballots"),
    ("official", {"1": 1902, "2": 1050, "3": 360}),
    ("together", [["KOTA CONTOH/DESA ATAS A", "KOTA CONTOH/DESA ATAS B"]]),
]


@pytest.mark.parametrize(("key", "value"), CHANGES)
def test_a_plan_that_was_changed_after_its_draw_is_refused(
    ask: Ask, drawn: Path, key: str, value: object
) -> None:
    told = json.loads((drawn / "plan.json").read_text())
    told[key] = value
    (drawn / "plan.json").write_text(json.dumps(told))
    forms = put(drawn.parent / "forms.csv", table(ONLINE))
    refused(ask("audit", "risk", str(drawn), forms), "plan.json", "was changed after the draw")
    refused(ask("audit", "draw", str(drawn), "--more", "1"), "was changed after the draw")


def test_regions_that_were_exchanged_after_the_draw_are_refused(ask: Ask, drawn: Path) -> None:
    regions = (drawn / "regions.csv").read_bytes()
    assert b"Desa Atas A" in regions
    with_frame(drawn, regions.replace(b"Desa Atas A", b"Desa Atas Z"), "regions.csv")
    refused(ask("audit", "draw", str(drawn), "--more", "1"), "was changed after the draw")


def test_a_list_that_the_seed_does_not_draw_is_refused(ask: Ask, drawn: Path) -> None:
    told = json.loads((drawn / "draw.json").read_text())
    told["draws"][0] = told["draws"][2]
    (drawn / "draw.json").write_text(json.dumps(told))
    refused(ask("audit", "draw", str(drawn)), "its list is not what its seed draws")


def test_another_seed_is_refused(ask: Ask, drawn: Path) -> None:
    refused(ask("audit", "draw", str(drawn), "--seed", SEED[::-1]), SEED, "drawn once")
    assert ask("audit", "draw", str(drawn), "--seed", SEED).code == 0
    change(drawn / "draw.json", SEED, SEED[::-1])
    refused(ask("audit", "draw", str(drawn)), "its list is not what its seed draws")


@pytest.mark.parametrize("seed", ["", "1234", "x" * 20, "1" * 21, "１" * 20, "-" + "1" * 19])
def test_a_seed_is_twenty_digits(ask: Ask, plan: Path, seed: str) -> None:
    refused(ask("audit", "draw", str(plan), f"--seed={seed}"), "exactly 20 digits")


def test_no_seed_no_list_no_risk(ask: Ask, plan: Path) -> None:
    refused(ask("audit", "draw", str(plan)), "Nothing was drawn")
    forms = put(plan.parent / "forms.csv", table(ONLINE))
    refused(ask("audit", "risk", str(plan), forms), "Nothing was drawn")


def test_what_was_drawn_is_never_written_over(ask: Ask, drawn: Path) -> None:
    source = str(drawn.parent / "online.csv")
    before = {one.name: one.read_bytes() for one in drawn.iterdir()}
    refused(ask("audit", "plan", "--online", source, "-o", str(drawn)), "seed of this plan")
    out = str(drawn / "frame.csv")
    refused(ask("audit", "draw", str(drawn), "--format", "csv", "-o", out), "a file of the plan")
    assert before == {one.name: one.read_bytes() for one in drawn.iterdir()}


@pytest.mark.parametrize("name", ["draw.json", "draw.csv", "../plan/draw.json"])
def test_no_result_takes_the_place_of_the_draw(ask: Ask, plan: Path, name: str) -> None:
    """Also where the draw is only made by the same command."""
    line = ("audit", "draw", str(plan), "--seed", SEED, "-o", str(plan / name))
    refused(ask(*line), "a file of the plan")
    assert sorted(one.name for one in plan.iterdir()) == ["frame.csv", "plan.json", "regions.csv"]
    assert ask(*line[:-2]).code == 0
    before = (plan / "draw.json").read_bytes()
    forms, online = put(plan.parent / "f.csv", table(ONLINE)), str(plan.parent / "online.csv")
    refused(ask("audit", "risk", str(plan), forms, *line[-2:]), "a file of the plan")
    both = ("reconcile", forms, "--online", online, "--plan", str(plan), *line[-2:])
    refused(ask(*both), "a file of the plan")
    assert (plan / "draw.json").read_bytes() == before


@pytest.mark.parametrize("name", ["draw.json", "draw.csv"])
def test_a_draw_is_never_written_through_a_link(ask: Ask, plan: Path, name: str) -> None:
    victim = plan.parent / "victim"
    put(victim, "x")
    if name == "draw.json":
        victim.unlink()
    (plan / name).symlink_to(victim)
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "no plain file", name)
    assert not victim.exists() if name == "draw.json" else victim.read_text() == "x"
    assert len(list(plan.iterdir())) == 4  # nothing of the draw was written


def test_a_plan_takes_no_other_plan_s_place(ask: Ask, plan: Path) -> None:
    source = str(plan.parent / "online.csv")
    before = {one.name: one.read_bytes() for one in plan.iterdir()}
    line = ("audit", "plan", "--online", source, "-o", str(plan), "--risk-limit")
    told = sha256(before["plan.json"]).hexdigest()
    refused(ask(*line, "1%"), "another plan", told)
    assert ask(*line, "10%").code == 0  # the same one
    assert before == {one.name: one.read_bytes() for one in plan.iterdir()}
    assert [one.name for one in plan.parent.iterdir() if one.name.startswith(".")] == []


def test_a_folder_of_something_else_stays_as_it_is(ask: Ask, tmp_path: Path, plan: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    put(other / "a.jpg", "x")
    source = str(plan.parent / "online.csv")
    refused(ask("audit", "plan", "--online", source, "-o", str(other)), "other files")
    assert [one.name for one in other.iterdir()] == ["a.jpg"]
    put(plan / "notes.txt", "x")
    refused(ask("audit", "plan", "--online", source, "-o", str(plan)), "other files")
    refused(ask("audit", "plan", "--online", source, "-o", source), "this is none")
    refused(ask("audit", "plan", "--online", source, "-o", str(tmp_path / "a" / "b")), "not exist")
    refused(ask("audit", "draw", str(tmp_path / "none"), "--seed", SEED), "no folder")
    refused(ask("audit", "draw", str(other), "--seed", SEED), "plan.json is missing")


BROKEN: list[tuple[str, Any]] = [
    ("schema", 2),
    ("schema", True),
    ("schema", 1.0),
    ("together", None),
    ("together", ["KOTA CONTOH/DESA ATAS A"]),
    ("together", [["KOTA CONTOH/DESA ATAS A"]]),
    ("together", [["KOTA CONTOH/DESA ATAS A", "nowhere"]]),
    ("kind", "a poem"),
    ("contest", None),
    ("contest", {"id": "x", "title": "", "region": None, "candidates": []}),
    ("rule", {"name": "most", "seats": 10**400, "share": "1/2"}),
    ("rule", {"name": "most", "seats": 3, "share": "1/2"}),
    ("rule", {"name": "most", "seats": True, "share": "1/2"}),
    ("rule", {"name": "dice", "seats": 1, "share": "1/2"}),
    ("rule", {"name": "more-than", "seats": 1, "share": "7/2"}),
    ("rule", {"name": "sainte-lague", "seats": 10**9, "share": "1/2"}),
    ("official", [1]),
    ("unaccounted", -1),
    ("unaccounted", 10**12),
    ("unaccounted", 1e400),
    ("level", "../../etc"),
    ("level", ["kecamatan"]),
    ("finest", "provinsi"),
    ("risk_limit", "1/0"),
    ("risk_limit", 0.05),
    ("risk_limit", "9" * 100_000),
    ("c", "-1/2"),
    ("test", "benford"),
    ("bound", "hope"),
    ("U", "1/3"),
    ("frame_sha256", "../frame.csv"),
    ("regions_sha256", None),
    ("inputs", "online.csv"),
    ("inputs", [{"role": "online", "path": "x", "sha256": "y", "bytes": 0}]),
]


@pytest.mark.parametrize(("key", "value"), BROKEN)
def test_a_plan_with_something_else_under_a_key(
    ask: Ask, plan: Path, key: str, value: object
) -> None:
    told = json.loads((plan / "plan.json").read_text())
    told[key] = value
    (plan / "plan.json").write_text(json.dumps(told))
    refused(ask("audit", "draw", str(plan), "--seed", SEED))


@pytest.mark.parametrize("key", ["election", "contest", "rule", "level", "frame_sha256", "inputs"])
def test_a_plan_without_a_key(ask: Ask, plan: Path, key: str) -> None:
    told = json.loads((plan / "plan.json").read_text())
    del told[key]
    (plan / "plan.json").write_text(json.dumps(told))
    refused(ask("audit", "draw", str(plan), "--seed", SEED), key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "[" * 100_000,
        '{"schema": NaN}',
        '{"a": ' + "9" * 5000 + "}",
        "\x00",
        "\xff",
    ],
)
def test_a_plan_that_is_no_plan(ask: Ask, plan: Path, text: str) -> None:
    (plan / "plan.json").write_bytes(text.encode("latin-1"))
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "plan.json")


HEADING = "id,candidate:1,candidate:2,candidate:3,bound,u\n"
FRAMES = [
    "",
    "id\n",
    HEADING,
    HEADING + "A,1,2,3,4\n",
    HEADING + "A,10,2,3,40,\n",
    HEADING + "A,10,2,3,40,1/0\n",
    HEADING + "A,-10,2,3,40,1/2\n",
    HEADING + "A,10,2,3," + "9" * 30 + ",1/2\n",
    HEADING + "A,10,2,3,1.5,1/2\n",
    HEADING + "A,10,2,3,40,48/8\nA,10,2,3,40,48/8\n",
    HEADING + "B,10,2,3,40,48/16\nA,10,2,3,40,48/16\n",
    HEADING + "A,10,10,3,40,48/16\n",
    HEADING + "A,10,2,3,40,1000/8\n",
    '<?xml version="1.0"?><html></html>',
    "\x00\x01\x02",
    HEADING + '"A,10,2,3,40,1/2\n',
]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_that_is_none(ask: Ask, plan: Path, frame: str) -> None:
    with_frame(plan, frame.encode(), batches=max(1, frame.count("\n") - 1))
    refused(ask("audit", "draw", str(plan), "--seed", SEED))


@pytest.mark.parametrize(
    "regions", ["", "id,code,tps,parts\n", "id,code,kabkota,tps,parts\nA,,,,x\n"]
)
def test_regions_that_are_none(ask: Ask, plan: Path, regions: str) -> None:
    with_frame(plan, regions.encode(), "regions.csv")
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "regions.csv")


def test_a_nation_of_rows_is_told_apart_before_anything_is_computed(ask: Ask, plan: Path) -> None:
    rows = "".join(f"{at:06d},10,2,3,40,1/2\n" for at in range(MANY))
    with_frame(plan, (HEADING + rows).encode())
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "has 800,000 rows")


def test_only_plain_files_are_opened(ask: Ask, plan: Path) -> None:
    (plan / "draw.json").mkdir()
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "no plain file")
    (plan / "draw.json").rmdir()
    os.mkfifo(plan / "draw.json")
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "no plain file")
    (plan / "draw.json").unlink()
    (plan / "draw.json").symlink_to(plan / "draw.json")
    refused(ask("audit", "draw", str(plan), "--seed", SEED))
    (plan / "draw.json").unlink()
    with (plan / "draw.json").open("wb") as huge:
        huge.truncate(1 << 28)
    refused(ask("audit", "draw", str(plan), "--seed", SEED), "larger than any plan's")


def test_names_from_files_stay_text(ask: Ask, tmp_path: Path) -> None:
    rows = {f"{name}": votes for name, votes in zip(
        ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\u202eb", "**x**"),
        ONLINE.values(), strict=False)}  # fmt: skip
    text = "".join(
        f'Kota Contoh,"{name}",{",".join(map(str, votes))},400\n' for name, votes in rows.items()
    )
    source = put(tmp_path / "online.csv", "kabkota,kecamatan,1,2,3,registered\n" + text)
    folder = tmp_path / "plan"
    done = ask("audit", "plan", "--online", source, "-o", str(folder), "--seed", SEED)
    assert done.code == 0
    assert "\u202e" not in done.out.decode()
    listed = (folder / "draw.csv").read_text(encoding="utf-8-sig")
    assert "\u202e" not in listed
    assert ",=" not in listed
    assert "\n=" not in listed
    ours = again(source)
    forms = ask("audit", "risk", str(folder), ours, "--format", "markdown").out.decode()
    assert "<script>" not in forms
    assert json.loads(ask("audit", "risk", str(folder), ours, "--format", "json").out)
