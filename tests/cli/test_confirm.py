"""`recount check --confirm`: a person is asked on a terminal, and what is confirmed is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from recount import api
from recount.aliases import Alias, read_aliases
from recount.cli._confirm import confirmed, suggestions
from recount.lists import region_list
from tests.cli.running import command, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

NAMES = [entry.name for entry in region_list("2024").children["64.02"]]
SLIPS = {"SAMBOJA": "SAMBUJA", "MUARA BADAK": "MUARA BADIK"}
ROWS = "".join(f"Kutai Kartanegara,{SLIPS.get(name, name)},1,2\n" for name in NAMES)
MEANT = [
    Alias(3, "Kutai Kartanegara", "MUARA BADIK", "64.02.05"),
    Alias(3, "Kutai Kartanegara", "SAMBUJA", "64.02.13"),
]


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    path = tmp_path / "forms.csv"
    path.write_text(f"kabkota,kecamatan,1,2\n{ROWS}")
    return path


def offered(forms: Path) -> list[tuple[Alias, str]]:
    found = suggestions(api.check(forms).findings)
    return sorted(found, key=lambda one: one[0].alias)


def test_every_suggestion_is_offered_once(forms: Path) -> None:
    forms.write_text(forms.read_text() + "Kutai Kartanegara,SAMBUJA,1,2\n")
    assert offered(forms) == list(zip(MEANT, ["MUARA BADAK", "SAMBOJA"], strict=True))
    with_list = suggestions(api.check(forms, regions="2024").findings)
    assert sorted(alias.alias for alias, _ in with_list) == ["MUARA BADIK", "SAMBUJA"]
    assert {alias.within for alias, _ in with_list} == {"64.02"}


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (["y", "y"], MEANT),
        (["YA", "tidak"], MEANT[:1]),
        (["n", "yes"], MEANT[1:]),
        (["?", "", "y"], []),
        (["hm", "y", "q"], MEANT[:1]),
        ([""], []),
    ],
)
def test_the_answers_decide(forms: Path, answers: list[str], kept: list[Alias]) -> None:
    left = iter(answers)
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(left)

    assert list(confirmed(offered(forms), ask, "en")) == kept
    assert asked[0] == "Is “MUARA BADIK” in Kutai Kartanegara the region “MUARA BADAK”? [y/n] "


def test_without_a_terminal_nothing_is_asked(ask: Ask, forms: Path, tmp_path: Path) -> None:
    done = ask("check", str(forms), "--confirm", "--aliases", str(tmp_path / "aliases.csv"))
    assert (done.code, done.out) == (2, b"")
    assert "terminal" in done.err
    assert not (tmp_path / "aliases.csv").exists()


def typing(answers: str, *arguments: str) -> tuple[int, str]:
    """Run a command on a terminal, with answers typed into it; what it said on standard error."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        command(*arguments),
        stdin=slave,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(slave)
    os.write(master, answers.encode())
    _, err = process.communicate(timeout=60)
    os.close(master)
    return process.returncode, err.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_what_is_confirmed_is_used_the_next_time(forms: Path, tmp_path: Path) -> None:
    table = tmp_path / "aliases.csv"
    code, err = typing("y\ny\n", "check", str(forms), "--confirm", "--aliases", str(table))
    assert code == 0
    assert f"2 spellings added: {table}" in err
    kept = [alias._replace(place=None) for alias in read_aliases(table)]
    assert sorted(kept, key=lambda alias: alias.alias) == MEANT
    rules = [finding.rule for finding in api.check(forms, aliases=table).findings]
    assert rules == ["spelling", "spelling"]
    code, err = typing("y\n", "check", str(forms), "--confirm", "--aliases", str(table))
    assert "There is no suggestion to confirm." in err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_project_keeps_its_own_table(forms: Path, tmp_path: Path) -> None:
    election = tmp_path / "recount.toml"
    election.write_text('[election]\nid = "e"\n')
    table = tmp_path / "aliases.csv"
    table.write_text("level,within,alias,region\n")
    code, _ = typing("n\ny\n", "check", str(forms), "--confirm", "--election", str(election))
    assert code == 0
    [kept] = read_aliases(table)
    assert kept._replace(place=None) in MEANT
    rules = [finding.rule for finding in api.check(forms, election=election).findings]
    assert sorted(rules) == ["similar-name", "spelling"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_it_must_be_said_where_to_write(forms: Path, tmp_path: Path) -> None:
    code, err = typing("y\n", "check", str(forms), "--confirm")
    assert (code, "--aliases" in err) == (2, True)
    other = tmp_path / "other.csv"
    other.write_text("kolom;lain\n")
    code, err = typing("y\n", "check", str(forms), "--confirm", "--aliases", str(other))
    assert (code, "level,within,alias,region" in err) == (2, True)
    assert other.read_text() == "kolom;lain\n"
