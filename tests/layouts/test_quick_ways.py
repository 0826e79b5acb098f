"""What is looked at quickly in small or wide sheets gives the answer of the plain way."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import narwhals as nw
from hypothesis import example, given
from hypothesis import strategies as st

from recount import engine
from recount.headings import meaning
from recount.layouts._content import plain_heading
from recount.layouts._down_totals import counted
from recount.layouts._heading import PLACES
from recount.layouts._likely import likely_rows, may_place
from recount.layouts._numeric import Numeric
from recount.layouts._suspects import all_at_once, suspected
from recount.model import Grid
from recount.numbers import column_style, parse_count

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.sampled_from(
    ["Jumlah", "J.U.M-L A H", "total", "TOTAL\u017f", "\u212aET :", "Ket:", " *Catatan :", "Rekap"]
)
TITLES = ("Desa", "7", "+7", "-7", " 7", "7.0", "\u0667", "9" * 20)
CELLS = st.none() | WORDS | st.sampled_from(TITLES) | st.text(min_size=1, max_size=6)


@given(st.lists(CELLS, max_size=9), st.none() | st.sampled_from(TITLES) | WORDS)
@example(["9" * 20], "9" * 20)
def test_suspects_are_the_same_one_by_one_and_all_at_once(
    cells: list[str | None], title: str | None
) -> None:
    """Words for totals, footnotes and the title again; a number is none of them."""
    rows = engine.table({"c": cells}, {"c": nw.String()})
    small, large = (way(rows, {"c": title}) for way in (suspected, all_at_once))
    assert sorted(small["c"]) == sorted(large["c"])


SAID = st.sampled_from(
    ["Kode Kecamatan", "#HEADER:ProvinceCode", "KecName", "No. TPS", "A. Desa/Kel", "kota", "Nama"]
)
HEADED = st.none() | SAID | st.text(max_size=8)


@given(st.lists(st.tuples(HEADED, HEADED), max_size=6))
def test_rows_that_may_head_a_table_are_those_of_which_a_cell_says_a_place(
    rows: list[tuple[str | None, str | None]],
) -> None:
    """Such a row, and the one above it."""
    grid = Grid("a.csv", None, engine.table({}, {}), tuple(rows))
    says = [any(_says_a_place(cell) for cell in row if cell) for row in rows]
    plain = [at for at, one in enumerate(says) if one or any(says[at + 1 : at + 2])]
    assert list(likely_rows(grid)) == plain


def _says_a_place(cell: str) -> bool:
    understood = meaning(plain_heading(cell))
    return understood is not None and understood.role.split()[0] in PLACES


@given(SAID | st.text(max_size=20))
def test_no_place_is_said_without_one_of_the_words(text: str) -> None:
    """The quick look never passes over one."""
    assert may_place(text) or not (_says_a_place(text) or _says_a_place(text.strip(" *).:(")))


FIGURES = st.none() | st.sampled_from(
    ["0", "12", "1.234", "1,5", "-", "x", "nihil", "Desa", " 7 ", "0012", "9" * 12, "\u0667"]
)


@given(st.lists(FIGURES, max_size=12))
def test_figures_of_a_box_are_counts_in_the_style_of_their_column(
    texts: list[str | None],
) -> None:
    """Each as `parse_count` reads it; what that does not read is null."""
    style = column_style({text for text in texts if text is not None})
    read = [parse_count(text, style) for text in texts]
    assert counted(texts) == [n if isinstance(n, int) else None for n in read]


@given(st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=8))
def test_columns_of_numbers_are_found_below_every_row(
    rows: list[tuple[str | None, str | None]],
) -> None:
    """More than half of the filled cells are counts, at most a fifth are words."""
    numeric = Numeric(rows)
    for at, column in product(range(len(rows)), range(2)):
        assert numeric.below(at, column) == _numeric([row[column] for row in rows[at + 1 :]])


def _numeric(below: Sequence[str | None]) -> bool:
    read = [parse_count(text) for text in below]
    filled = [n for n in read if isinstance(n, int) or n.reason != "blank"]
    counts = [n for n in filled if isinstance(n, int)]
    words = [n for n in filled if not isinstance(n, int) and n.reason == "no_number"]
    words = [n for n in words if n.text.upper() != "NIHIL"]
    return len(counts) > len(filled) / 2 and len(words) * 5 <= len(filled)
