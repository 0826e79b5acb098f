"""Help: light, in both languages, with every option, examples and the exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from recount import __version__
from recount.cli import COMMANDS, main
from recount.errors import Exit
from tests.cli.running import ROOT, environment, recount

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

COMMON = ["--election", "--regions", "--aliases", "--format", "-o", "--output", "--lang"]
COMMON += ["--engine", "--help"]
OPTIONS = {
    "reconcile": [
        *COMMON,
        "--online",
        "--level",
        "--items",
        "--tolerance",
        "--all",
        "-h",
        "--system",
        "--taken-at",
        "--contest",
    ],
    "check": [*COMMON, "--confirm", "--annotate"],
    "aggregate": [*COMMON, "--level"],
    "trace": [*COMMON, "--online", "--tolerance", "--system", "--taken-at", "--contest"],
    "history": ["--system", "--taken-at", "--format", "-o", "--output", "--lang"],
    "screen": [*COMMON, "--level", "--system", "--contest"],
    "template": [
        "--region",
        "--form",
        "--candidates",
        "--columns",
        "--desa",
        "--tps",
        "--election",
        "--regions",
        "-o",
    ],
    "audit": ["--lang", "--help"],
    "regions": ["--list", "--format", "--lang", "--help"],
    "fetch": [
        *("--contest", "--region", "--depth", "-o", "--output", "--layer", "--base", "--every"),
        *("--dry-run", "--new", "--timeout", "--max-time", "--max-requests", "--contact", "--lang"),
    ],
}
LEFT_ENGLISH = re.compile(r"\b(Show|Usage|Options|Commands|required|Interrupted|default|which)\b")
HEAVY = ("narwhals", "polars", "pandas", "rich", "pyarrow", "recount.api", "recount.cli.reconcile")


def named(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command(ask: Ask, command: str, lang: str) -> None:
    done = ask(command, "--help", "--lang", lang)
    page = done.out.decode()
    assert (done.code, done.err) == (0, "")
    assert set(OPTIONS[command]) <= named(page)
    for code in (
        Exit if command not in {"aggregate", "template", "regions", "screen"} else (0, 2, 130)
    ):
        assert re.search(rf"^  {int(code)} ", page, re.MULTILINE)
    assert page.count(f"recount {command} ") >= 3
    assert max(map(len, page.splitlines())) <= 80
    assert bool(LEFT_ENGLISH.search(page)) == (lang == "en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_help_of_recount_lists_the_commands(ask: Ask, lang: str) -> None:
    page = ask("-h", "--lang", lang).out.decode()
    assert re.findall(r"^  ([a-z]+)  ", page, re.MULTILINE)[: len(COMMANDS)] == list(COMMANDS)
    assert "--install-completion" in page
    assert "130" in page
    assert bool(LEFT_ENGLISH.search(page)) == (lang == "en")


AUDIT = {
    "plan": [
        *("--online", "--registered", "--official", "--risk-limit", "--level", "--seed", "-o"),
        *("--election", "--regions", "--aliases", "--contest", "--rule", "--seats", "--bound"),
        *("--test", "--errors", "--together", "--system", "--format", "--lang"),
    ],
    "draw": ["--seed", "--draws", "--more", "--format", "-o", "--output", "--lang"],
    "risk": [
        "--lost",
        "--election",
        "--regions",
        "--aliases",
        "--format",
        "-o",
        "--lang",
    ],
}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("command", AUDIT)
def test_the_help_of_a_command_of_a_command(ask: Ask, command: str, lang: str) -> None:
    page = ask("audit", command, "--help", "--lang", lang).out.decode()
    assert set(AUDIT[command]) <= named(page)
    assert page.count(f"recount audit {command} ") >= 3
    assert max(map(len, page.splitlines())) <= 80
    assert bool(LEFT_ENGLISH.search(page)) == (lang == "en")


def test_a_group_of_commands_says_what_it_has(ask: Ask) -> None:
    shown = ask("audit")
    assert (shown.code, shown.out) == (2, b"")
    assert shown.err == ask("audit", "--help").out.decode()
    wrong = ask("audit", "rsik", "plan/")
    assert wrong.code == 2
    assert "Did you mean “risk”?" in wrong.err


def test_no_command_shows_the_help_and_is_no_success(ask: Ask) -> None:
    done = ask()
    assert (done.code, done.out) == (2, b"")
    assert done.err == ask("--help").out.decode()


def test_the_version() -> None:
    assert recount("--version") == (0, f"recount {__version__}\n", "")


def test_help_and_import_load_nothing_heavy() -> None:
    asked = (
        "import sys; from recount.cli import main; main(['--help']); import recount; "
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, env=environment(), check=True, text=True
    )
    assert done.stderr == "[]\n"


def test_every_option_is_in_the_documents() -> None:
    documents = [ROOT / "README.md", ROOT / "docs" / "commands.md", ROOT / "docs" / "audit.md"]
    written = named(" ".join(path.read_text(encoding="utf-8") for path in documents))
    assert {option for options in OPTIONS.values() for option in options} <= written


def test_help_is_as_wide_as_the_terminal_and_no_wider_than_text_is_read(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert max(map(len, ask("reconcile", "-h").out.decode().splitlines())) <= 80
    monkeypatch.setenv("COLUMNS", "60")
    options = ask("check", "-h").out.decode().split("Examples:")[0]
    assert max(map(len, options.splitlines())) <= 60


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (
            "recount ",
            {
                *("reconcile", "check", "aggregate", "audit", "template", "regions", "fetch"),
                *("history", "screen", "trace"),
            },
        ),
        ("recount check --e", {"--election", "--engine"}),
        ("recount audit ", {"plan", "draw", "risk"}),
        ("recount audit plan --test ", {"betting", "kaplan-markov"}),
        ("recount reconcile --level ke", {"kecamatan"}),
        ("recount check --format ", {"table", "csv", "json", "xlsx", "markdown", "html"}),
        ("recount check --engine d", {"duckdb"}),
        ("recount regions --list ", {"2018", "2024"}),
    ],
)
def test_the_shell_completes(
    typed: str,
    offered: set[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("_RECOUNT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 0
    assert set(capsys.readouterr().out.split()) == offered
