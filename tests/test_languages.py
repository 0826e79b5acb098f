"""Everything a person sees has both languages, and only literal texts reach people."""

from __future__ import annotations

import ast
import gettext
from typing import TYPE_CHECKING

import pytest

from hatch_build import compile_catalogues
from recount.texts import say, speak
from tools.catalogue import TYPER_TEXTS, catalogue_of, extract, faults, package, read, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = package()
BUILDERS = {"RecountError", "Finding"}
"""What carries a message to a person; their texts come from say() alone."""
LITERAL_BY_NATURE = "texts.py"
"""Passes templates along, being the door itself."""


def built_strings(tree: ast.AST) -> Iterator[int]:
    """Lines where a string put together on the spot is handed to one of BUILDERS as a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in BUILDERS:
            texts = [*node.args, *(k.value for k in node.keywords if k.arg in {"message", "mend"})]
            yield from (text.lineno for text in texts if is_built(text))


def is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", None) in {"format", "join"}
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def wanting_literals(tree: ast.AST) -> Iterator[int]:
    """Lines where say() or translate() is given something other than one literal string."""
    for name, call in spoken(tree):
        template = call.args[0]
        literal = isinstance(template, ast.Constant) and isinstance(template.value, str)
        if not literal and name != "_":
            yield call.lineno


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"), path)


def test_every_text_has_a_fitting_indonesian_translation_and_none_is_left_over() -> None:
    assert faults(extract(PACKAGE), read(catalogue_of(PACKAGE))) == []


@pytest.mark.parametrize(
    ("translations", "fault"),
    [
        ({}, "no translation: '{n} forms'"),
        ({"{n} forms": ""}, "no translation: '{n} forms'"),
        ({"{n} forms": "formulir"}, "placeholders differ: '{n} forms' and 'formulir'"),
        ({"{n} forms": "{m} formulir"}, "placeholders differ: '{n} forms' and '{m} formulir'"),
        ({"{n} forms": "{n formulir"}, "placeholders differ: '{n} forms' and '{n formulir'"),
        ({"{n} forms": "{n} formulir", "gone": "hilang"}, "not used any more: 'gone'"),
    ],
)
def test_the_catalogue_check_can_fail(translations: dict[str, str], fault: str) -> None:
    assert faults({"{n} forms"}, translations) == [fault]


def test_templates_are_literal() -> None:
    loose = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in modules()
        if path.name != LITERAL_BY_NATURE and (lines := list(wanting_literals(parsed(path))))
    }
    assert loose == {}


@pytest.mark.parametrize(
    "source",
    ["say(name)", 'say(f"{n} forms")', 'say("a" + b)', 'texts.say("a".upper())', "say(3)"],
)
def test_the_literal_check_can_fail(source: str) -> None:
    assert list(wanting_literals(ast.parse(source))) == [1]
    assert list(wanting_literals(ast.parse('say("{n} forms", n=1)'))) == []


def test_no_text_is_put_together_by_hand() -> None:
    built = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in modules()
        if (lines := list(built_strings(parsed(path))))
    }
    assert built == {}


@pytest.mark.parametrize(
    "source",
    [
        'RecountError(f"{n} forms", mend=say("x"))',
        'RecountError(say("x"), mend="a" + b)',
        'Finding("R1", "error", "{}".format(n), say("x"))',
        'Finding("R1", "error", message=", ".join(names), mend=say("x"))',
    ],
)
def test_the_check_for_texts_put_together_can_fail(source: str) -> None:
    assert list(built_strings(ast.parse(source))) == [1]
    assert list(built_strings(ast.parse('RecountError(say("x"), mend=say("y"), place=f"{p}"'
                                        ")"))) == []  # fmt: skip


def test_the_compiled_catalogue_is_found_at_run_time() -> None:
    translations = read(catalogue_of(PACKAGE))
    plain = sorted(text for text in TYPER_TEXTS if "{" not in text)
    assert [speak(say(text), "id") for text in plain] == [translations[t] for t in plain]
    assert speak(say("Options"), "en") == "Options"
    assert speak(say("Options"), "id") != "Options"


def test_the_compiled_catalogue_is_as_new_as_its_source() -> None:
    with catalogue_of(PACKAGE).with_suffix(".mo").open("rb") as compiled:
        shown = gettext.GNUTranslations(compiled)
    translations = read(catalogue_of(PACKAGE))
    stale = [text for text in translations if shown.gettext(text) != (translations[text] or text)]
    assert stale == [], "run `make locale`"


def test_the_same_catalogue_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    place = tmp_path / "recount/locale/id/LC_MESSAGES/recount.po"
    place.parent.mkdir(parents=True)
    place.write_bytes(catalogue_of(PACKAGE).read_bytes())
    [first] = [path.read_bytes() for path in compile_catalogues(tmp_path)]
    [second] = [path.read_bytes() for path in compile_catalogues(tmp_path)]
    assert first == second
    assert b"2018-06-29" in first


def test_a_checkout_without_catalogues_does_not_build(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no catalogue"):
        compile_catalogues(tmp_path)
