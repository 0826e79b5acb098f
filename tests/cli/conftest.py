"""What the tests of the commands share: two small sides, and an environment in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from recount.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Names of no region list, so that nothing is expected beside them.
OURS = "kabkota,kecamatan,1,2\nKota Contoh,Palaran,100,200\nKota Contoh,Sambutan,30,40\n"
THEIRS = OURS.replace("200", "190")


class Answer(NamedTuple):
    """What a command line came to, in this process."""

    code: int
    out: bytes
    err: str


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "RECOUNT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def sides(tmp_path: Path) -> tuple[str, str]:
    """Two files of two kecamatan that differ in one number."""
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(OURS)
    theirs.write_text(THEIRS)
    return str(ours), str(theirs)


@pytest.fixture
def ask(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Answer]:
    """Carry out a command line in this process."""

    def asked(*arguments: str) -> Answer:
        capsysbinary.readouterr()
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return Answer(code, out, err.decode())

    return asked
