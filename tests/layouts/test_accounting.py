"""Nothing is lost: each cell of a sheet is a figure, a label that was understood, or a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from recount.errors import RecountError
from recount.layouts import understand
from tests.layouts.accounting import unaccounted
from tests.layouts.sheets import grid
from tests.layouts.test_totals import MERGED, TWO_ROWS
from tests.layouts.test_units_across import DA1

NAMES = ["BUKUAN", "BANTUAS", "HANDIL BAKTI", "RAWA MAKMUR", "SIMPANG PASIR"]
FIGURE = st.one_of(
    st.integers(0, 1500).map(str),
    st.sampled_from(["", "-", "X", "1.234", "2,345", "nihil", "#DIV/0!", "12.5"]),
)
NOTES = ["", "KETERANGAN: sementara", "Ketua PPK", "(Budi)", "diperiksa", "45"]


class Drawn(NamedTuple):
    """A sheet as it was drawn: the figures of each unit, and what stands around them."""

    figures: list[list[str]]
    titles: list[str]
    notes: list[str]
    beside: str
    total: bool


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    units = draw(st.integers(2, 5))
    return Drawn(
        [[draw(FIGURE) for _ in range(4)] for _ in range(units)],
        draw(st.lists(st.sampled_from(["REKAP SAKSI", "KECAMATAN : PALARAN", "2018"]), max_size=3)),
        draw(st.lists(st.sampled_from(NOTES), max_size=3)),
        draw(st.sampled_from(["", "cek", "99"])),
        draw(st.booleans()),
    )


LABELS = ["1. ANI - BUDI", "2. CICI - DEDI", "JUMLAH SUARA SAH", "JUMLAH SUARA TIDAK SAH"]


def across(sheet: Drawn) -> str:
    """Lay a sheet out with its units as columns; something may stand beside it."""
    rows = [[title] for title in sheet.titles]
    names = NAMES[: len(sheet.figures)]
    rows.append(["NO", "URAIAN", *names, *(["JUMLAH AKHIR"] if sheet.total else [])])
    for at, label in enumerate(LABELS):
        cells = [unit[at] for unit in sheet.figures]
        rows.append([str(at + 1), label, *cells, *(["77"] if sheet.total else [])])
    rows[-1] += ["", sheet.beside]
    rows += [["", note] for note in sheet.notes]
    return _text(rows)


def down(sheet: Drawn) -> str:
    """Lay a sheet out with its units as rows."""
    rows = [[title] for title in sheet.titles]
    rows.append(["NO", "DESA", "1", "2", "SAH", "TIDAK SAH"])
    for at, (name, unit) in enumerate(zip(NAMES, sheet.figures, strict=False), 1):
        rows.append([str(at), name, *unit])
    rows[-1] += ["", sheet.beside]
    rows += [["JUMLAH", "", "77", "77", "77", "77"]] if sheet.total else []
    rows += [["", note] for note in sheet.notes]
    return _text(rows)


def _text(rows: list[list[str]]) -> str:
    width = max(len(row) for row in rows)
    return "\n".join(f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows)


def check(text: str) -> None:
    sheet = grid(text, "DA1")
    try:
        readings = understand(sheet, {})
    except RecountError:
        return  # refused as a whole, and said so
    assert unaccounted(sheet, readings) == set()


@given(drawn())
def test_units_across(sheet: Drawn) -> None:
    check(across(sheet))


@given(drawn())
def test_units_down(sheet: Drawn) -> None:
    check(down(sheet))


def test_sheets_of_the_other_tests() -> None:
    for text in (DA1, MERGED, TWO_ROWS):
        check(text)


def test_a_cell_of_which_nothing_is_said_is_found() -> None:
    text = "| DESA | 1 | 2 |\n| BUKUAN | 3 | 4 |\n| BANTUAS | 5 | 6 |"
    sheet = grid(text, "DA1")
    [read] = understand(sheet, {})
    lost = read.rows.head(1)
    assert unaccounted(sheet, [replace(read, rows=lost)]) == {(3, 0), (3, 1), (3, 2)}
