"""L1 to L14 of the forms' description: what draws each, and the noise that it can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building import in_text as text
from tests.building import in_workbooks as book
from tests.building import noise

if TYPE_CHECKING:
    from tests.building.drafts import Drawing

_CELLS = frozenset({*noise.NAMES, *noise.NUMBERS, *noise.MISSING, *noise.ODD, "stray", "footnotes"})
_BOOK = _CELLS | {"plain_titles", "hidden_row", "copy_sheet", "shuffled", "numbers_row"}
_TEXT = frozenset({*noise.NUMBERS[:4], *noise.MISSING, "nihil", "half"})
_ACROSS = _CELLS | {"blank_rows", "merged_labels", "shuffled", "hidden_column", "copy_sheet"}
_SHEETS = ("cover", "hidden_sheet", "sheet_place", "plain_titles", "total_words")

LAYOUTS: dict[str, tuple[Drawing, frozenset[str]]] = {
    "L1": (book.l1, _ACROSS | {*_SHEETS, "bare_tps"}),
    "L2": (
        book.l2,
        _ACROSS - {"prefixed", *noise.NUMBERS} | {"numbers_row", "carried"},
    ),
    "L3": (book.l3, _ACROSS | {*_SHEETS, "carried"}),
    "L4": (book.l4, _BOOK | {"total_formula", "total_plain", "total_named", "total_words"}),
    "L5": (book.l5, _BOOK - {"hidden_row"}),
    "L6": (book.l6, _BOOK - {"plain_titles"} | {*noise.TOTALS, "total_words"}),
    "L7": (
        text.l7,
        _TEXT | set(noise.NAMES) | {"shuffled", "footnotes", "total_labelled", "total_plain"},
    ),
    # Candidates without a number are known by their figures: a column half of words is none.
    "L8": (text.l8, _TEXT - {"nihil"} | set(noise.NAMES) | {"shuffled", "footnotes"}),
    "L9": (book.l9, _BOOK - {"footnotes"} | {"total_plain"}),
    "L10": (text.l10, _TEXT - {"decimal_zero"}),
    "L11": (text.l11, _TEXT | {"shuffled"}),
    "L12": (text.l12, _TEXT - {"nihil", "half"} | set(noise.NAMES)),
    "L14": (text.l14, _TEXT | set(noise.NAMES) | {"shuffled"}),
}
"""By its number in the forms' description: what draws it, and the noise that it can carry."""
