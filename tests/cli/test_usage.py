"""A command line that cannot be understood: one message, what to do, exit code 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.running import MAIN_JOB

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

CASES = [
    (["recon"], "There is no command “recon”.", "Did you mean “reconcile”?"),
    (
        ["zzz"],
        "There is no command “zzz”.",
        "Commands: reconcile, check, aggregate, trace, audit, template, regions, fetch, ",
    ),
    (["--lang", "en"], "The name of a command is missing.", "recount --help"),
    (["--nope"], "There is no option --nope.", "recount --help"),
    (["reconcile"], "OURS... is missing.", "recount reconcile forms/ --online kpu.csv"),
    (["reconcile", "a.csv"], "--online is missing.", "recount reconcile forms/ --online"),
    (["check"], "FILES... is missing.", "recount check forms/"),
    (["check", "a", "--formt", "csv"], "There is no option --formt.", "Did you mean --format?"),
    (["check", "-x"], "There is no option -x.", "recount check --help"),
    (["check", "a", "--election"], "The option --election needs a value.", "check --help"),
    (["reconcile", "--all=1"], "The option --all takes no value.", "reconcile --help"),
    ([*MAIN_JOB, "--tolerance", "x"], "--tolerance cannot be “x”.", "whole number"),
    ([*MAIN_JOB, "--top", "-1"], "--top cannot be “-1”.", "whole number from 1."),
    ([*MAIN_JOB, "--top", "x"], "--top cannot be “x”.", "whole number from 1."),
    ([*MAIN_JOB, "--tolerance", "-1"], "--tolerance cannot be “-1”.", "whole number"),
    ([*MAIN_JOB, "--tolerance", "9" * 99], "--tolerance cannot be", "whole number"),
    ([*MAIN_JOB, "--level", "kecamtan"], "--level cannot be “kecamtan”.", "Did you mean “kecam"),
    ([*MAIN_JOB, "--level", "x"], "--level cannot be “x”.", "nasional, provinsi, kabkota, kec"),
    ([*MAIN_JOB, "--format", "pdf"], "--format cannot be “pdf”.", "table, csv, json, xlsx, mark"),
    ([*MAIN_JOB, "--engine", "sparc"], "--engine cannot be “sparc”.", "polars, duckdb, pandas"),
    ([*MAIN_JOB, "--lang", "fr"], "The language “fr” is not known.", "id, en"),
    ([*MAIN_JOB, "-o", "x.pdf"], "x.pdf: The name of the file does not say", ".xlsx"),
    ([*MAIN_JOB, "-o", "none/x.csv"], "none/x.csv: The folder none does not exist.", "Make it"),
    (["check", ""], "The name of a file is empty.", "Name a file"),
    (["reconcile", "-", "--online", "-"], "Standard input can be read only once.", "Save one"),
    (["check", "no\x1bfile"], "There is no file or folder no\\x1bfile", "Check the path"),
]


@pytest.mark.parametrize(("arguments", "message", "mend"), CASES)
def test_one_message_with_a_way_out(
    ask: Ask, arguments: list[str], message: str, mend: str
) -> None:
    done = ask(*arguments)
    first, second = done.err.splitlines()
    assert (done.code, done.out) == (2, b"")
    assert first.startswith("recount: ")
    assert message in first
    assert second.startswith("  -> ")
    assert mend in second


@pytest.mark.parametrize("arguments", [case[0] for case in CASES if "--lang" not in case[0]])
def test_the_same_in_indonesian(
    ask: Ask, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = ask(*arguments).err.splitlines()
    monkeypatch.setenv("LANGUAGE", "id")
    indonesian = ask(*arguments)
    assert indonesian.code == 2
    assert indonesian.err.splitlines()[0] != english[0]
    assert indonesian.err.count("\n") == len(english)
    assert "option" not in indonesian.err.replace("--", "")


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({}, "id"),
        ({"LANG": "C"}, "id"),
        ({"LANG": "C.UTF-8"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LC_ALL": "id_ID", "LANG": "en_US"}, "id"),
        ({"LC_ALL": "C", "LANG": "en_US"}, "en"),
        ({"LC_MESSAGES": "en_US", "LANG": "id_ID"}, "en"),
        ({"LANGUAGE": "fr:en", "LANG": "id_ID"}, "en"),
        ({"LANGUAGE": "", "LANG": "en"}, "en"),
        ({"LANG": "fr_FR"}, "id"),
        ({"LANG": "enm_XX"}, "id"),
    ],
)
def test_the_language_of_the_environment(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lang: str
) -> None:
    monkeypatch.delenv("LANGUAGE")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ask("--help").out.startswith(b"Usage" if lang == "en" else b"Pemakaian")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "id", "check", "--help"],
        ["check", "--help", "--lang", "id"],
        ["check", "--lang=id", "--help"],
        ["check", "--lang", "en", "--help", "--lang", "ID"],
    ],
)
def test_lang_counts_wherever_it_stands(ask: Ask, arguments: list[str]) -> None:
    assert ask(*arguments).out.startswith(b"Pemakaian")


def test_after_two_dashes_nothing_is_an_option(ask: Ask) -> None:
    done = ask("check", "--", "--lang", "id")
    assert "There is no file or folder --lang" in done.err
