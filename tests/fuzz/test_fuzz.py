"""A short run of the mutations; `python -m tests.fuzz` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import build
from tests.building.figures import made_up
from tests.fuzz.cells import change, figures_of, lost
from tests.fuzz.mutations import mutated
from tests.fuzz.running import inside, outside

SAMPLE = Path(__file__).parents[2] / "sample_data" / "pilpres_2019_kaltim"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("corpus")
    laid_out = [build(layout, made_up(), folder / layout).files[0] for layout in ("L3", "L4", "L7")]
    return [SAMPLE / "ours" / "kota_bontang.xlsx", SAMPLE / "theirs.csv", *laid_out]


@pytest.mark.parametrize("seed", range(100))
def test_damaged_files_are_read_or_refused_in_words(
    files: list[Path], tmp_path: Path, seed: int
) -> None:
    source = files[seed % len(files)]
    _, data = mutated(source.read_bytes(), seed)
    target = tmp_path / f"damaged{source.suffix}"
    target.write_bytes(data)
    assert inside(target) is None


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_damaged_files_given_to_the_command(files: list[Path], tmp_path: Path, seed: int) -> None:
    source = files[seed % len(files)]
    _, data = mutated(source.read_bytes(), seed)
    target = tmp_path / f"damaged{source.suffix}"
    target.write_bytes(data)
    assert outside(target) is None


@pytest.mark.parametrize("seed", range(50))
def test_a_changed_cell_is_read_as_it_is_or_named(
    files: list[Path], tmp_path: Path, seed: int
) -> None:
    books = [file for file in files if file.suffix == ".xlsx"]
    source = books[seed % len(books)]
    figures, _ = figures_of(source)
    assert figures
    target = tmp_path / "changed.xlsx"
    assert lost(target, change(source, target, figures, seed), figures) is None
