"""Markdown pastes into an article: each table has a sentence below it that says what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from recount.model import Election, Input
from recount.report import RENDERERS, build, build_aggregate, build_check
from recount.tellings import dated
from recount.texts import speak
from tests.report import samples

if TYPE_CHECKING:
    from recount.result import Result

CAPTIONS = {
    "en": (
        "Pilpres 2019, Kalimantan Timur. Our 50 forms (5 files in forms) compared with the online "
        "figures (kpu.csv, SHA-256 f0f0f0f0; count of TPS forms, as of 22 May 2019 10:30 +08:00); "
        "recount 0.1.0."
    ),
    "id": (
        "Pilpres 2019, Kalimantan Timur. 50 formulir kami (5 berkas di forms) disandingkan dengan "
        "angka daring (kpu.csv, SHA-256 f0f0f0f0; penghitungan formulir TPS, keadaan per 22 Mei "
        "2019 10:30 +08:00); recount 0.1.0."
    ),
}


def written(result: Result, lang: str) -> str:
    return RENDERERS["markdown"](build(result, lang)).decode()


@pytest.mark.parametrize("lang", CAPTIONS)
def test_each_table_has_its_caption(lang: str) -> None:
    text = written(samples.small(), lang)
    tables = [part for part in text.split("\n\n") if part.startswith("| ")]
    captions = [part for part in text.split("\n\n") if part == f"*{CAPTIONS[lang]}*"]
    assert len(captions) == len(tables) - 1, "but for that of the inputs, which are the files"


def test_a_caption_is_one_slanted_sentence_whatever_the_title() -> None:
    election = Election("e", " *x* [y](z) |\n# t", samples.ELECTION.contests)
    text = written(replace(samples.small(), election=election), "en")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    captions = [
        token.children
        for token in tokens
        if token.children and token.children[-1].type == "em_close"
    ]
    assert captions
    for parts in captions:
        kinds = [part.type for part in parts if part.type not in {"text", "text_special"}]
        assert kinds == ["em_open", "em_close"]
        assert "".join(part.content for part in parts).startswith("*x* [y](z) |\\x0a# t.")


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ([("ours", "a.csv", None), ("theirs", "k.csv", None)],
         ("Our 1 forms (a.csv, SHA-256 abababab) compared with the online figures "
          "(k.csv, SHA-256 abababab; their time is not known)")),
        ([("ours", "x/a.csv", None), ("ours", "b.csv", None), ("ours", "c.csv", None),
          ("ours", "d.csv", None), ("theirs", "k.csv", "2018-06-29"),
          ("theirs", "l.csv", "2018-06-30")],
         ("Our 4 forms (4 files) compared with the online figures (k.csv, SHA-256 abababab; "
          "l.csv, SHA-256 abababab; as of 30 June 2018)")),
    ],
)  # fmt: skip
def test_captions_name_the_files(inputs: list[tuple[str, str, str | None]], said: str) -> None:
    files = tuple(
        Input(side, path, "ab" * 32, 1, 1, taken)  # type: ignore[arg-type]
        for side, path, taken in inputs
    )
    assert said in build(replace(samples.small(), inputs=files), "en").caption


def test_one_side_alone_says_where_it_is_from() -> None:
    tallied = samples.tallied()
    title = "Pilpres 2019, Kalimantan Timur"
    assert build_aggregate(tallied, "en").caption == (
        f"{title}. From forms/0.xlsx, SHA-256 0a1b2c3d; recount 0.1.0."
    )
    assert build_check(tallied, "en").caption == ""


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2018-06-29T10:30:00+08:00", "29 June 2018 10:30 +08:00"),
        ("2018-06-29T10:30", "29 June 2018 10:30"),
        ("2018-06-29T10:30:05.123Z", "29 June 2018 10:30 Z"),
        ("2018-06-09", "9 June 2018"),
        ("2018-13-29", "2018-13-29"),
        ("kemarin\x1b[2J", "kemarin\\x1b[2J"),
    ],
)
def test_times_in_full(time: str, said: str) -> None:
    assert speak(dated(time), "en") == said
