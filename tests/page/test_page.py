"""The page as a file: what stands in it, in which order, and what can never come alive in it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl
import pytest

from recount.cli import main
from recount.cli._work import Wanted, _Plan
from recount.errors import RecountError
from recount.report import RENDERERS, Look, build, build_aggregate, build_check
from recount.report.page import _tables
from recount.report.page._discrepancies import explored
from recount.report.page._words import Words
from tests.page.making import SAMPLES, STORY, Seen, data, element, page, stations, story
from tests.report import samples

if TYPE_CHECKING:
    from pathlib import Path

HANDLERS = re.compile(r"^on", re.IGNORECASE)


@pytest.fixture(scope="module")
def small() -> str:
    return page(samples.small())


@pytest.fixture(scope="module")
def hostile() -> str:
    return page(samples.hostile())


def test_the_parts_stand_in_the_order_in_which_one_asks(small: str) -> None:
    ids = [one["id"] for one in Seen(small).all("section")]
    wanted = ["answer", "leaders", "coverage", "discrepancies", "scatter", "findings", "inputs"]
    assert [id_ for id_ in ids if id_ in wanted] == wanted


@pytest.mark.parametrize(
    ("lang", "answer", "votes", "level"),
    [
        ("en", "The leader differs: 2 Prabowo - Sandiaga Uno online", "1,094,845", "kecamatan (d"),
        ("id", "Yang unggul berbeda: 2 Prabowo - Sandiaga Uno", "1.094.845", "kecamatan"),
    ],
)
def test_without_a_script_answer_coverage_and_first_rows_are_there(
    lang: str, answer: str, votes: str, level: str
) -> None:
    texts = "\n".join(Seen(page(samples.small(), lang)).texts)
    for text in (answer, votes, level, "Palaran", "samarinda.xlsx!DA1!D8", "kpu.csv"):
        assert text in texts
    assert texts.index(answer) < texts.index(votes) < texts.index("Palaran")


def test_what_the_page_rests_on_is_named(small: str) -> None:
    texts = " ".join(Seen(small).texts)
    for one in samples.small().inputs:
        assert one.sha256 in texts
        assert one.path in texts
    assert "2019-05-22T10:30:00+08:00" in texts
    assert "recount 0.1.0" in texts
    assert "recount reconcile a --online b" in texts


def test_every_text_is_held_once_in_both_languages(small: str) -> None:
    words = data(small)["words"]
    pairs = [tuple(one) if isinstance(one, list) else (one, one) for one in words]
    assert len(set(pairs)) == len(pairs)
    assert ("different", "berbeda") in pairs
    assert ("Discrepancies", "Perbedaan") in pairs
    assert all(isinstance(one, str) or one[0] != one[1] for one in words)


def test_the_policy_lets_in_the_pages_own_script_and_style_and_nothing_else(small: str) -> None:
    [policy] = [
        one["content"] or ""
        for one in Seen(small).all("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind, text in (
        ("style-src", element(small, "style")),
        ("script-src", element(small, "script")),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules.pop(kind) == f"'sha256-{digest}'"
    nothing = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert rules == {**nothing, "img-src": "data:"}


@pytest.mark.parametrize("name", ["small", "hostile"])
def test_nothing_is_asked_of_anywhere(name: str, request: pytest.FixtureRequest) -> None:
    seen = Seen(request.getfixturevalue(name))
    for tag, attributes in seen.tags:
        assert tag in {"a", "link"} or "href" not in attributes
        assert not {"src", "srcset", "srcdoc", "style", "action", "xlink:href"} & attributes.keys()
        assert not any(HANDLERS.match(key) for key in attributes)
    assert {(one["href"] or "")[:1] for one in seen.all("a")} == {"#"}
    assert [one["href"] for one in seen.all("link")] == ["data:,"]


def test_hostile_names_stay_text(hostile: str) -> None:
    seen = Seen(hostile)
    assert len(seen.all("script")) == 2
    assert not {"img", "iframe", "object", "embed"} & {tag for tag, _ in seen.tags}
    texts = "\n".join(seen.texts)
    assert "<script>alert(1)</script>" in texts
    assert "\\u202e" in texts
    assert "\u202e" not in hostile
    assert "=HYPERLINK(" in texts
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", hostile)
    held = data(hostile)  # `</script>` in a name does not end the data
    assert "<script>alert(1)</script>" in [one for one in held["words"] if isinstance(one, str)]


def test_8000_rows_are_small_enough(small: str) -> None:
    text = page(stations(8000))
    assert data(text)["tables"][1]["n"] == 8000
    assert len(text.encode()) < 4_000_000
    assert len(page(stations(400)).encode()) > len(small.encode())


def test_rows_that_are_left_out_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recount.report.page._discrepancies.MOST", 100)
    [table] = [one for one in data(page(stations(150)))["tables"] if one["name"] == "discrepancies"]
    assert (table["n"], table["left"]) == (100, 50)
    assert _tables.MOST >= 8000


def test_every_address_leads_to_a_file(small: str) -> None:
    held = data(small)
    [table] = [one for one in held["tables"] if one["name"] == "discrepancies"]
    cells = next(one for one in table["columns"] if one["key"] == "cells")["values"]
    online = len(samples.small().inputs) - 1
    assert cells[3][2:] == [online, "kpu.csv:8"]
    assert cells[3][1] == "samarinda.xlsx!DA1!D8"


@pytest.mark.parametrize("make", [build_check, build_aggregate], ids=["check", "aggregate"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_other_reports_make_a_page_of_their_tables(make: object, lang: str) -> None:
    assert callable(make)
    text = RENDERERS["html"](make(samples.tallied(), lang), Look()).decode()
    seen = Seen(text)
    assert "findings" in [one["id"] for one in seen.all("section")]
    assert "samarinda.xlsx!DA1!D20" in " ".join(seen.texts)
    assert seen.all("noscript")


BETWEEN = {
    "en": "The online lead changed between 29 June 10:30 and 30 June 12:00: from 3 Isran Noor",
    "id": "Yang unggul pada angka daring berganti antara 29 Juni 10:30 dan 30 Juni 12:00: dari 3",
}


@pytest.mark.parametrize(("lang", "ahead"), [("en", "88,249"), ("id", "88.249")])
def test_the_story_of_2018_begins_with_when_the_lead_changed(
    tmp_path: Path, lang: str, ahead: str
) -> None:
    text = story(tmp_path, lang).read_text(encoding="utf-8")
    texts = [one.strip() for one in Seen(text).texts if one.strip()]
    first = next(at for at, one in enumerate(texts) if len(one) > 60)
    assert texts[first].startswith(BETWEEN[lang])
    assert ahead in texts[first + 1]
    ids = [one["id"] for one in Seen(text).all("section")]
    wanted = ["answer", "discrepancies", "curves0", "events", "captures", "scatter"]
    assert [id_ for id_ in ids if id_ in wanted] == wanted
    curves = element(text, "svg", ' [^>]*id="curves0-w"[^>]*')
    assert curves.count('class="series turn"') >= 1
    assert all(f'class="series line{at}"' in curves for at in range(4))


def test_the_history_draws_its_curves(tmp_path: Path) -> None:
    target = tmp_path / "history.html"
    captures = [f"{path}" for path in sorted(STORY.glob("2018-*T*.csv"))]
    assert main(["history", *captures, "--lang", "en", "-o", f"{target}"]) == 1
    text = target.read_text(encoding="utf-8")
    ids = [one["id"] for one in Seen(text).all("section")]
    assert ids[:4] == ["answer", "curves0", "events", "captures"]
    assert "a837e0778aa205133c30bc33fa3fed5156c706ada7fad55f598876580013eefb" in text
    assert f"recount history {captures[0]}" in " ".join(Seen(text).texts)


def test_the_same_input_gives_the_same_page() -> None:
    assert page(samples.small()) == page(samples.small())


@pytest.mark.parametrize("name", ["page.html", "page.css", "page.js"])
def test_the_package_brings_its_files_along(name: str) -> None:
    assert files("recount.report").joinpath("page", name).is_file()


def test_the_sample_data_make_a_page(tmp_path: Path) -> None:
    sample, target = SAMPLES / "pilpres_2019_kaltim", tmp_path / "page.htm"
    arguments = [f"{sample / 'ours'}", "--online", f"{sample / 'theirs.csv'}", "--lang", "id"]
    assert main(["reconcile", *arguments, "-o", f"{target}"]) == 1
    seen = Seen(target.read_text(encoding="utf-8"))
    assert seen.all("html") == [{"lang": "id"}]
    assert "1 Joko Widodo - Ma'ruf Amin unggul" in " ".join(seen.texts)


def test_columns_of_the_chain_are_shown_where_there_are_any() -> None:
    report, other = build(samples.small(), "en"), build(samples.small(), "id")
    tables = []
    for one, word in ((report, "desa/kelurahan"), (other, "desa")):
        [table] = [table for table in one.sheets() if table.name == "discrepancies"]
        chain = pl.when(pl.col("region") == "64.72.01").then(
            pl.lit("desa 1,204 -> kabupaten 1,024")
        )
        at = pl.when(pl.col("region") == "64.72.01").then(pl.lit(word))
        rows = table.rows.with_columns(
            chain.alias("chain_words"),
            at.alias("changed_at_words"),
            pl.lit("x").alias("changed_at"),
        )
        tables.append(replace(table, rows=rows))
    words = Words("en")
    shown = explored(tables[0], tables[1], {}, words)
    titles = [str(title) for title, _ in shown.heads]
    assert titles[-2:] == ["First change", "Cells"]
    [change] = [one for one in shown.data["columns"] if one["key"] == "changed_at"]
    assert [words.all[at] for at in change["values"] if at is not None] == [
        ["desa/kelurahan", "desa"]
    ] * 2
    said = [words.all[at] for more in shown.data["more"] for at in more["values"] if at is not None]
    assert "desa 1,204 -> kabupaten 1,024" in said
    assert "First change" not in Seen(page(samples.small())).texts


def test_hostile_names_stay_text_in_the_curves_too(tmp_path: Path) -> None:
    names = ("1 <script>alert(1)</script>", "2 </script><img src=x onerror=alert(2)>\u202e")
    for hour, votes in (("10", "500,400"), ("12", "300,600")):
        table = f"kode,nama,tps_in,tps_total,{names[0]},{names[1]}\n64,<b>KALTIM</b>,5,9,{votes}\n"
        (tmp_path / f"2018-06-29T{hour}00+0800.csv").write_text(table, encoding="utf-8")
    final = tmp_path / "final.csv"
    final.write_text(
        f"kode,nama,{names[0]},{names[1]}\n64,<b>KALTIM</b>,700,600\n", encoding="utf-8"
    )
    online, target = tmp_path / "2018-*.csv", tmp_path / "page.html"
    arguments = [
        "reconcile",
        f"{final}",
        "--online",
        f"{online}",
        "--regions",
        "none",
        "--lang",
        "en",
    ]
    assert main([*arguments, "-o", f"{target}"]) == 1
    text = target.read_text(encoding="utf-8")
    seen = Seen(text)
    assert "\u202e" not in text
    assert len(seen.all("script")) == 2
    assert not {"img", "b"} & {tag for tag, _ in seen.tags}
    assert "The online lead changed" in " ".join(seen.texts)
    assert "<script>alert(1)</script>" in " ".join(seen.texts)


def test_a_page_is_not_written_to_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(RecountError, match="page"):
        _Plan(Wanted("en", (), (), "html", None))


def test_a_drawing_of_characters_is_shown_where_there_is_no_picture() -> None:
    drawn = replace(build_check(samples.tallied(), "en"), drawing=lambda _: ("<b> ██", "  │ 12"))
    again = replace(build_check(samples.tallied(), "id"), drawing=lambda _: ("<b> ██", "  │ 12"))
    text = RENDERERS["html"](replace(drawn, other=lambda: again), Look()).decode()
    assert "<b> ██\n  │ 12" in Seen(text).texts
    assert "pre" not in {tag for tag, _ in Seen(page(samples.small())).tags}
