"""The rules in words: every rule of the package has some, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import recount
from recount.model import NO_VOTES, NOT_READ, STRANGERS, Finding
from recount.report._findings import tables
from recount.report.words import RULE_WORDS
from recount.texts import Text, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator

MAKERS = frozenset({"Finding", "_left_out", "_note", "find"})


def _rules() -> Iterator[str]:
    for path in Path(recount.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
                rule = [*node.args, *(word.value for word in node.keywords if word.arg == "rule")]
                if name in MAKERS:
                    yield from (each for each in map(_text, rule[:2] + rule[-1:]) if each)


def _text(node: ast.expr) -> str | None:
    text = node.value if isinstance(node, ast.Constant) else None
    return (
        text if isinstance(text, str) and text.replace("-", "").replace("_", "").isalpha() else None
    )


KINDS = {"theirs", "error", "warning", "note", "sum", "total", "heading"}


def test_every_rule_has_words() -> None:
    rules = {*_rules(), NOT_READ, STRANGERS, NO_VOTES} - KINDS
    assert len(rules) > 40
    assert sorted(rules - RULE_WORDS.keys()) == []


@pytest.mark.parametrize(
    ("rule", "lang", "title"),
    [
        ("not-read", "id", "Kesalahan (tidak terbaca): 1. Kerjakan."),
        ("not-read", "en", "Error (could not be read): 1. Kerjakan."),
        ("R1", "id", "Kesalahan R1: 1. Kerjakan."),
        ("rule-of-ours", "id", "Kesalahan rule-of-ours: 1. Kerjakan."),
    ],
)
def test_the_screen_says_a_rule_in_words(rule: str, lang: str, title: str) -> None:
    finding = Finding(rule, "error", say("Findings"), Text("Kerjakan."))
    [table] = tables([finding], lang)
    assert table.title == title
    assert speak(RULE_WORDS["not-read"], "id") != speak(RULE_WORDS["not-read"], "en")
