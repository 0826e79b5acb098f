"""Files, folders and globs as people name them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recount.errors import RecountError
from recount.readers import Gathered, gather
from recount.texts import speak

NAMES = [
    "b.csv",
    "a.XLSX",
    "sub/c.csv.gz",
    "sub/deep/a.parquet",
    "foto.jpg",
    "sub/catatan.docx",
    ".hidden.csv",
    "~$a.XLSX",
    ".~lock.a.XLSX#",
    ".git/x.csv",
    "Thumbs.db",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a folder as an observer keeps it, and stand beside it."""
    for name in NAMES:
        path = tmp_path / "forms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "kosong").mkdir()
    (tmp_path / "kosong" / "foto.jpg").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _paths(gathered: Gathered) -> list[str]:
    return [Path(source.path).as_posix() for source in gathered.sources]


def test_a_folder_is_searched_in_a_stable_order(folder: Path) -> None:
    """Hidden and lock files are passed over in silence, other kinds with a note."""
    gathered = gather(["forms"])
    assert _paths(gathered) == [
        "forms/a.XLSX",
        "forms/b.csv",
        "forms/sub/c.csv.gz",
        "forms/sub/deep/a.parquet",
    ]
    assert [(note.rule, note.place) for note in gathered.findings] == [
        ("skipped", str(Path("forms/foto.jpg"))),
        ("skipped", str(Path("forms/sub/catatan.docx"))),
    ]
    assert _paths(gather([folder / "forms"])) == [
        (folder / path).as_posix() for path in _paths(gathered)
    ]


def test_globs_find_files_and_folders(folder: Path) -> None:
    """A glob may name folders; `**` goes through all levels."""
    assert folder.is_dir()
    assert _paths(gather(["forms/*.csv"])) == ["forms/b.csv"]
    assert _paths(gather(["forms/s*"])) == ["forms/sub/c.csv.gz", "forms/sub/deep/a.parquet"]
    assert len(gather(["forms/**/*"]).sources) == 4


def test_a_file_with_brackets_is_no_glob(folder: Path) -> None:
    """What exists is meant as it is written."""
    (folder / "rekap [final].csv").write_bytes(b"x")
    assert _paths(gather(["rekap [final].csv"])) == ["rekap [final].csv"]


def test_a_file_named_twice_is_taken_once(folder: Path) -> None:
    """By whatever path it is named."""
    gathered = gather(["forms/b.csv", folder / "forms" / "b.csv", "forms/sub/../b.csv", "-", "-"])
    assert _paths(gathered) == ["forms/b.csv", "-"]
    assert [note.rule for note in gathered.findings] == ["named_twice"] * 3


def test_labels_are_short_unless_two_would_be_the_same(folder: Path) -> None:
    """The base name, or the path as given."""
    (folder / "forms" / "sub" / "b.csv").write_bytes(b"x")
    labels = [source.label for source in gather(["forms", "-"]).sources]
    assert labels == ["a.XLSX", "forms/b.csv", "forms/sub/b.csv", "c.csv.gz", "a.parquet", "-"]


def test_a_named_file_is_taken_whatever_its_ending(folder: Path) -> None:
    """Its content will tell."""
    assert folder.is_dir()
    assert _paths(gather(["forms/foto.jpg"])) == ["forms/foto.jpg"]


@pytest.mark.parametrize("source", ["nirgends.csv", "nirgends/*.csv", "kosong", "kosong/*"])
def test_nothing_to_read_is_an_error(folder: Path, source: str) -> None:
    """A path that is not there, a glob without a hit, a folder without a table."""
    assert folder.is_dir()
    with pytest.raises(RecountError) as caught:
        gather([source])
    assert source in speak(caught.value.message, "en")
    if source != "nirgends.csv":
        assert ".xlsx" in speak(caught.value.mend, "en")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are a matter of POSIX")
def test_what_has_no_end_is_left_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kecamatan,1,2\nPalaran,1,2\n")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    found = gather([tmp_path])
    assert [Path(source.path).name for source in found.sources] == ["a.csv"]
    assert {finding.rule for finding in found.findings} == {"skipped"}
    assert len(found.findings) == 2
