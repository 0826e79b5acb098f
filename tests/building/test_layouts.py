"""Figures laid out in L1 to L14, with and without noise, come back as they were."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.building import LAYOUTS, build
from tests.building.figures import KOTA_BANGUN, SHARED, made_up, real
from tests.building.noise import NUMBERS, TOTALS
from tests.building.reading import (
    differences,
    expected,
    plain,
    read,
    receipts_of,
    spoken_of,
    unaccounted,
)

if TYPE_CHECKING:
    from tests.building import Built
    from tests.building.reading import Read

FIGURES = made_up()
PAIRS = [
    pytest.param(layout, noise, id=f"{layout}-{noise}")
    for layout, (_, noises) in LAYOUTS.items()
    for noise in sorted(noises)
]
SUMS = frozenset({"R1", "R2"})
"""Citizens' figures break these themselves."""
EXCLUSIVE = (frozenset(NUMBERS), frozenset(TOTALS))
"""Of each of these at most one in a mixture: a sheet has one style of numbers."""


def faults(built: Built) -> list[str]:
    """All that is wrong with what was read of some files."""
    found = read(built)
    return [
        *differences(found, expected(built)),
        *unaccounted(built, found),
        *undeserved(built, found),
        *(
            f"no finding {deserved}"
            for deserved in built.deserved
            if not any(
                deserved.rule in f.rule and deserved.place in (f.place or "")
                for f in found.findings
            )
        ),
    ]


def undeserved(built: Built, found: Read) -> list[str]:
    """Errors that speak of no cell that is odd; forms whose sums do not hold have theirs."""
    odd = [placed for placed in built.cells if placed.cell.kind in {"odd", "stray"}]
    return [
        f"{f.rule} at {f.place}: {f.message}"
        for f in found.findings
        if f.severity == "error"
        and f.rule not in SUMS
        and not any(spoken_of(placed, [f.place or ""]) for placed in odd)
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_clean_sheets(tmp_path: Path, layout: str) -> None:
    built = build(layout, FIGURES, tmp_path)
    assert faults(built) == []
    assert [f for f in read(built).findings if f.rule in SUMS] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_receipts_say_what_was_laid_out(tmp_path: Path, layout: str) -> None:
    built = build(layout, FIGURES, tmp_path)
    receipts = receipts_of(built)
    assert sum(receipt.units for receipt in receipts) == len(built.tally)
    sums: Counter[str] = Counter()
    for receipt in receipts:
        sums.update({plain(f"candidate:{v.candidate}"): v.votes or 0 for v in receipt.sums})
    wanted: Counter[str] = Counter()
    for boxes in built.tally.values():
        wanted.update({box: n or 0 for box, n in boxes.items() if box.startswith("candidate:")})
    assert sums == wanted


@pytest.mark.parametrize(("layout", "noise"), PAIRS)
def test_one_noise(tmp_path: Path, layout: str, noise: str) -> None:
    assert faults(build(layout, FIGURES, tmp_path, [noise])) == []


@pytest.mark.parametrize(
    ("layout", "noises", "seed"),
    [
        ("L1", ("dash", "nihil", "hidden_sheet"), 43),  # the first lines hold hardly a number
        ("L4", ("letter_spaced", "plain_titles", "formulas"), 20102),  # titles of single letters
        ("L9", ("blank", "hidden_row", "letter_spaced", "plain_titles", "total_plain"), 20214),
    ],
)
def test_mixtures_that_were_once_read_wrongly(
    tmp_path: Path, layout: str, noises: tuple[str, ...], seed: int
) -> None:
    assert faults(build(layout, made_up(seed % 10), tmp_path, noises, seed)) == []


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[str, frozenset[str], int, int]:
    layout = draw(st.sampled_from(sorted(LAYOUTS)))
    noises = draw(st.sets(st.sampled_from(sorted(LAYOUTS[layout][1])), min_size=2, max_size=6))
    for several in EXCLUSIVE:
        noises -= set(sorted(noises & several)[1:])
    return layout, frozenset(noises), draw(st.integers(0, 99)), draw(st.integers(2, 4))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(mixtures())
def test_any_mixture(mixture: tuple[str, frozenset[str], int, int]) -> None:
    layout, noises, seed, candidates = mixture
    with TemporaryDirectory() as folder:
        assert (
            faults(build(layout, made_up(seed % 10, candidates), Path(folder), noises, seed)) == []
        )


@pytest.mark.parametrize("layout", ["L1", "L4", "L6", "L10", "L11"])
def test_desa_with_a_single_tps(tmp_path: Path, layout: str) -> None:
    assert faults(build(layout, made_up(3, fewest=1), tmp_path)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_desa_whose_names_hold_the_word_for_a_city(tmp_path: Path, layout: str) -> None:
    assert faults(build(layout, made_up(regions=KOTA_BANGUN), tmp_path)) == []


@pytest.mark.skipif(not SHARED.exists(), reason="the figures of 2019 (../shared/data) are not here")
@pytest.mark.parametrize("kabkota", ["KOTA BONTANG", "MAHAKAM ULU"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_real_figures(tmp_path: Path, layout: str, kabkota: str) -> None:
    level = "tps" if layout in {"L1", "L4", "L6", "L10", "L11"} else "desa"
    figures = real(kabkota, level)
    figures = figures.in_first("desa") if layout == "L10" else figures
    assert faults(build(layout, figures, tmp_path)) == []
