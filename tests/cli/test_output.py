"""Where the result goes: whole or not at all, to a file, a pipe or a terminal."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import MAIN_JOB, on_a_terminal, recount

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

posix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX systems")


def job(sides: tuple[str, str], *more: str) -> list[str]:
    return ["reconcile", sides[0], "--online", sides[1], *more]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.csv", b"\xef\xbb\xbf"),
        ("r.JSON", b"{"),
        ("r.xlsx", b"PK"),
        ("r.md", b"**Forms"),
        ("r.markdown", b"**Forms"),
        ("r.txt", b"Forms"),
    ],
)
def test_the_name_says_the_format(
    ask: Ask, sides: tuple[str, str], tmp_path: Path, name: str, start: bytes
) -> None:
    target = tmp_path / name
    done = ask(*job(sides, "-o", str(target)))
    assert (done.code, done.out) == (1, b"")
    *understood, written = done.err.splitlines()
    assert [line.split(":")[0] for line in understood] == ["ours.csv", "theirs.csv"]
    assert written == f"Written: {target}"
    assert target.read_bytes().startswith(start)
    assert names(tmp_path) == {"ours.csv", "theirs.csv", name}


def test_format_goes_before_the_name(ask: Ask, sides: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "result.dat"
    ask(*job(sides, "-o", str(target), "--format", "json"))
    assert json.loads(target.read_text())["schema"] == 1


def test_a_dash_is_standard_output(ask: Ask, sides: tuple[str, str]) -> None:
    assert ask(*job(sides, "-o", "-", "--format", "json")).out.startswith(b"{")


def test_indonesian_files_are_separated_as_excel_there_expects(
    ask: Ask, sides: tuple[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "r.csv"
    ask(*job(sides, "-o", str(target), "--lang", "id"))
    assert b";" in target.read_bytes().splitlines()[0]
    assert b";" not in ask(*job(sides, "--format", "csv", "--lang", "id")).out.splitlines()[0]


@posix
def test_permissions_are_usual_for_a_new_file_and_kept_for_an_old_one(
    ask: Ask, sides: tuple[str, str], tmp_path: Path
) -> None:
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    old.write_text("old")
    old.chmod(0o604)
    before = os.umask(0o027)
    try:
        for target in (new, old):
            assert ask(*job(sides, "-o", str(target))).code == 1
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640
    assert stat.S_IMODE(old.stat().st_mode) == 0o604
    assert old.read_bytes() == new.read_bytes()


@posix
def test_a_link_stays_a_link_and_a_device_a_device(
    ask: Ask, sides: tuple[str, str], tmp_path: Path
) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    ask(*job(sides, "-o", str(link)))
    assert link.is_symlink()
    assert real.read_text() != "old"
    ask(*job(sides, "-o", "/dev/null", "--format", "csv"))
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_read_is_not_written_over(ask: Ask, sides: tuple[str, str], which: int) -> None:
    before = Path(sides[which]).read_bytes()
    done = ask(*job(sides, "-o", sides[which]))
    assert done.code == 2
    assert "written over a file that is read" in done.err
    assert Path(sides[which]).read_bytes() == before


def test_nor_is_a_file_inside_a_folder_that_is_read(
    ask: Ask, sides: tuple[str, str], tmp_path: Path
) -> None:
    done = ask("check", str(tmp_path), "-o", f"{tmp_path}/../{tmp_path.name}/ours.csv")
    assert "written over a file that is read" in done.err
    assert Path(sides[0]).read_text().startswith("kabkota")


def test_a_folder_is_no_file(ask: Ask, sides: tuple[str, str], tmp_path: Path) -> None:
    for name in (str(tmp_path), f"{tmp_path}/new/"):
        done = ask(*job(sides, "-o", name, "--format", "csv"))
        assert done.code == 2
        assert "This is a folder" in done.err


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "full"), MemoryError()])
def test_a_failure_while_writing_leaves_what_was_there(
    ask: Ask,
    sides: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
) -> None:
    def fail(_descriptor: int) -> None:
        raise fault

    target = tmp_path / "result.csv"
    target.write_text("before")
    monkeypatch.setattr(os, "fsync", fail)
    done = ask(*job(sides, "-o", str(target)))
    assert done.code == (130 if isinstance(fault, KeyboardInterrupt) else 2)
    assert ("The disk is full." in done.err) == isinstance(fault, OSError)
    assert target.read_text() == "before"
    assert names(tmp_path) == {"ours.csv", "result.csv", "theirs.csv"}


def test_a_name_that_no_file_can_have(ask: Ask, sides: tuple[str, str], tmp_path: Path) -> None:
    done = ask(*job(sides, "-o", str(tmp_path / f"{'x' * 300}.csv")))
    assert (done.code, done.out) == (2, b"")
    assert "\n  -> " in done.err


def widest(text: str) -> int:
    return max(map(len, text.replace("\r", "").splitlines()))


@posix
def test_on_a_terminal_of_80_columns(sides: tuple[str, str]) -> None:
    done = on_a_terminal(*job(sides), columns=80)
    assert done.code == 1
    assert "\x1b" not in done.err
    assert "\x1b[" in done.out
    plain = on_a_terminal(*job(sides), columns=80, env={"NO_COLOR": "1"})
    assert "\x1b" not in plain.out
    assert widest(plain.out) <= 80


@posix
def test_on_a_terminal_of_200_columns() -> None:
    done = on_a_terminal(*MAIN_JOB, columns=200, env={"NO_COLOR": "1"})
    assert 100 < widest(done.out) <= 200


@posix
def test_a_workbook_is_not_for_the_screen(sides: tuple[str, str]) -> None:
    done = on_a_terminal(*job(sides, "--format", "xlsx"))
    assert (done.code, done.out) == (2, "")
    assert "A workbook cannot be shown on the screen." in done.err


def test_utf8_whatever_the_locale(tmp_path: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    done = recount("check", str(tmp_path / "Kutai–é.csv"), env=ascii_only)
    assert done.code == 2
    assert "Kutai–é.csv" in done.err or "Kutai" in done.err
    assert "Traceback" not in done.err
