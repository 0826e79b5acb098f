"""What people do to names and numbers: how a cell is written, and what it then must be read as."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tests.building.paper import UNCACHED, Cell

if TYPE_CHECKING:
    import random

    from tests.building.figures import Unit
    from tests.building.paper import Kind, Paper, Raw

NAMES = ("letter_spaced", "prefixed", "trailing_blanks", "lower_case")
NUMBERS = ("text_numbers", "dots", "commas", "decimal_zero", "formulas")
MISSING = ("x", "dash", "blank")
ODD = ("nihil", "half", "error_value", "date", "uncached", "thousandths")
ACROSS = ("blank_rows", "merged_labels", "plain_titles", "carried")
SHEET = ("stray", "footnotes", "shuffled", "numbers_row", "hidden_row")
WORKBOOK = ("hidden_column", "cover", "copy_sheet", "hidden_sheet", "sheet_place")
TOTALS = ("total_labelled", "total_formula", "total_plain")

TOTAL_WORDS = (
    *("JUMLAH", "Jml.", "TOTAL", "SUB TOTAL", "Sub-total", "GRAND TOTAL", "JUMLAH AKHIR", "Jumlah"),
    *("JUMLAH PINDAHAN", "DIPINDAHKAN", "REKAP", "J U M L A H", "TOTAL "),
)
SHARE = 0.06
"""So many of the figures are hit by a noise that hits single cells."""

PREFIXES = {"kecamatan": ("KEC. ", "Kecamatan ", "KEC "), "kabkota": ("",), "provinsi": ("",)}


class Written(NamedTuple):
    """A cell's content, what it is, the figure that must be read, and the formula behind it."""

    raw: Raw
    kind: Kind
    value: int | None
    formula: str | None = None


_ODD: dict[str, Written] = {
    "x": Written("X", "missing", None),
    "dash": Written("-", "missing", None),
    "nihil": Written("nihil", "odd", None),
    "half": Written(12.5, "odd", None),
    "thousandths": Written(1.234, "odd", None),
    "uncached": Written(UNCACHED, "odd", None, "=E1+1"),
    "error_value": Written("#DIV/0!", "odd", None, "=1/0"),
    "date": Written(dt.date(2019, 4, 17), "odd", None),
}


@dataclass
class Pen:
    """Writes names and figures with the noise that is asked for, seeded."""

    noises: frozenset[str]
    rng: random.Random
    typed: bool = True
    """Whether cells have types, as in a workbook."""
    tally: dict[tuple[tuple[str, str], ...], dict[str, int | None]] = field(default_factory=dict)
    """What was written: the names of a unit -> box -> the figure that must be read."""

    def name(self, text: str, level: str) -> str:
        """Write a region's name."""
        if "letter_spaced" in self.noises and self.rng.random() < 0.5:
            text = " ".join(" ".join(word) if len(word) > 4 else word for word in text.split())
        if "prefixed" in self.noises and level == "kecamatan":
            text = self.rng.choice(PREFIXES[level]) + text
        if "lower_case" in self.noises:
            text = text.title()
        if "trailing_blanks" in self.noises:
            text = f"{text}  " if self.rng.random() < 0.6 else f" {text} "
        return text

    def label(self, text: str) -> str:
        """Write a line's label."""
        return f"{text} " if "trailing_blanks" in self.noises else text

    def total(self) -> str:
        """Name a total."""
        return self.rng.choice(TOTAL_WORDS)

    def number(self, value: int) -> Raw:
        """Write a figure in the style of the sheet."""
        if "dots" in self.noises:
            return f"{value:,}".replace(",", ".")
        if "commas" in self.noises:
            return f"{value:,}"
        if "decimal_zero" in self.noises:
            return f"{value}.0"
        return str(value) if "text_numbers" in self.noises else value

    def figure(self, value: int) -> Written:
        """Write one figure, or what somebody put in its place."""
        hit = [noise for noise in sorted(_ODD) if noise in self.noises]
        if hit and self.rng.random() < SHARE * len(hit):
            written = _ODD[self.rng.choice(hit)]
            if self.typed or written.formula is None:
                return written
            return written._replace(formula=None)
        formula = f"={value}+0" if "formulas" in self.noises else None
        return Written(self.number(value), "figure", value, formula)

    def put(self, paper: Paper, row: int, column: int, unit: Unit, box: str) -> int | None:
        """Write a unit's box into a cell; gives the figure that must be read there."""
        names = tuple(unit.names.items())
        said = self.tally.setdefault(names, {})
        said[box] = None
        if "blank" in self.noises and self.rng.random() < SHARE:
            return None
        raw, kind, said[box], formula = self.figure(unit.boxes[box])
        paper.cells[row, column] = Cell(raw, kind, (names, box), said[box], formula)
        return said[box]
