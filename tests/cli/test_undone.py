"""What could not be read or compared is said at the top, and is not passed off as agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Ask = Callable[..., Answer]

VOTES = "kecamatan,{one},{two},suara_sah\nPalaran,10,20,30\nSambutan,5,6,11\n"


@pytest.fixture
def numbered(tmp_path: Path) -> str:
    path = tmp_path / "online.csv"
    path.write_text(VOTES.format(one="01", two="02"))
    return str(path)


@pytest.mark.parametrize("side", ["ours", "online"])
def test_a_file_that_cannot_be_read_is_said_and_gives_one(
    ask: Ask, tmp_path: Path, numbered: str, side: str
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    more = [str(broken)] if side == "ours" else ["--online", str(broken)]
    assert ask("reconcile", numbered, "--online", numbered).code == 0
    done = ask("reconcile", numbered, "--online", numbered, *more)
    assert done.code == 1
    head = done.out.decode().partition("Votes")[0]
    said = "1 files or sheets could not be read"
    assert said in head
    assert "broken.xlsx" in head
    assert said in done.err


def test_ours_without_any_vote_is_not_agreement(ask: Ask, tmp_path: Path, numbered: str) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text("kecamatan,suara_sah,suara_tidak_sah\nPalaran,30,1\nSambutan,11,2\n")
    done = ask("reconcile", str(ours), "--online", numbered)
    assert done.code == 1
    assert "No candidate's votes were compared" in done.out.decode()
    assert "No candidate's votes were compared" in done.err
    # Who asks for other boxes alone misses nothing.
    assert ask("reconcile", str(ours), "--online", numbered, "--items", "valid").code == 0


def test_candidates_by_name_and_by_number_ask_for_the_list(
    ask: Ask, tmp_path: Path, numbered: str
) -> None:
    ours = tmp_path / "ours.csv"
    ours.write_text(VOTES.format(one="Isran", two="Jaang"))
    done = ask("reconcile", str(ours), "--online", numbered)
    assert done.code == 1
    assert "The two sides call their candidates differently" in done.err
    alone = ask("reconcile", str(ours), "--online", numbered, "--items", "candidates")
    assert alone.code == 2
    assert "--election" in alone.err


def test_rows_without_any_region_are_not_added_up(ask: Ask, tmp_path: Path) -> None:
    table = tmp_path / "ids.csv"
    table.write_text("id;jml_suara;paslon_id;tps_id\n1;8;0;1\n2;5;0;2\n")
    done = ask("aggregate", str(table))
    assert done.code == 2
    assert "of the level " not in done.err
