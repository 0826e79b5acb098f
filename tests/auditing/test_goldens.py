"""Whole outputs of an audit against their golden files, in both languages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.auditing.making import ONLINE, SEED, online, put, rows_of, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"table": "txt", "json": "json", "markdown": "md", "csv": "csv"}
SAID = [(style, lang) for style in ENDINGS for lang in ("id", "en")]


def compare(name: str, output: bytes) -> None:
    """Hold an output against its golden file; a missing one fails. `make golden` writes them."""
    golden = GOLDEN / name
    if os.environ.get("RECOUNT_WRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(output)
    assert golden.exists(), f"{name} is missing: run `make golden` and read it"
    assert output == golden.read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, so that no path of this machine is in an output."""
    monkeypatch.chdir(tmp_path)
    put(Path("online.csv"), online())
    return tmp_path


@pytest.mark.parametrize(("style", "lang"), SAID)
def test_plan_draw_and_risk(ask: Ask, here: Path, style: str, lang: str) -> None:
    said = ("--format", style, "--lang", lang)
    plan = ask("audit", "plan", "--online", "online.csv", "-o", "plan", *said)
    compare(f"plan.{lang}.{ENDINGS[style]}", plan.out)
    draw = ask("audit", "draw", "plan", "--seed", SEED, *said)
    compare(f"draw.{lang}.{ENDINGS[style]}", draw.out)
    # One is worse, one was lost, one is blank, two say different things, one was never drawn.
    names = [row["name"] for row in rows_of(here / "plan" / "draw.csv")]
    forms: dict[str, tuple[int | str, ...]] = {name: ONLINE[name] for name in names}
    forms[names[1]] = (ONLINE[names[1]][0] - 9, ONLINE[names[1]][1] + 9, 30)
    forms[names[-1]] = ("", 1, 2)
    del forms[names[3]]
    spare = next(name for name in ONLINE if name not in names)
    put(Path("forms.csv"), table({**forms, spare: ONLINE[spare]}))
    put(Path("copy.csv"), table({names[2]: (100, 100, 30)}))
    lost = rows_of(here / "plan" / "draw.csv")[3]["region"]
    risk = ask("audit", "risk", "plan", "forms.csv", "copy.csv", "--lost", lost, *said)
    assert risk.code == 1
    compare(f"risk.{lang}.{ENDINGS[style]}", risk.out)


def test_the_files_of_a_plan(ask: Ask, here: Path) -> None:
    assert ask("audit", "plan", "--online", "online.csv", "-o", "plan", "--seed", SEED).code == 0
    for path in sorted((here / "plan").iterdir()):
        compare(f"folder.{path.name}", path.read_bytes())
