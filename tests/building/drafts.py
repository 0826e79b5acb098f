"""What the layouts have in common: titles, words of headings, totals, covers, copied sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tests.building.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.building.figures import Figures, Unit
    from tests.building.noise import Pen


class Draft(NamedTuple):
    """The files of a layout: name -> sheets; and the levels that the files themselves name."""

    files: Mapping[str, Sequence[Paper]]
    levels: tuple[str, ...]
    delimiter: str = ","
    bom: bool = False


class Drawing(Protocol):
    """What a layout can do."""

    def __call__(self, figures: Figures, pen: Pen) -> Draft:
        """Lay the figures out."""


PLACE = ("provinsi", "kabkota")
TITLE = "REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA"
PLACES = {"kecamatan": "KECAMATAN", "desa": "DESA/KELURAHAN", "tps": "TPS"}


def simple(unit: Unit) -> dict[str, str | tuple[str, str]]:
    """Headings for the votes."""
    return {
        **{box: f"PASLON {box.partition(':')[2]}" for box in unit.candidates},
        "valid": "SUARA SAH",
        "invalid": "SUARA TIDAK SAH",
        "cast": "JUMLAH SUARA SAH DAN TIDAK SAH",
    }


def title(units: Sequence[Unit], pen: Pen, *levels: str) -> tuple[str, ...]:
    words = {
        "provinsi": "PROVINSI",
        "kabkota": "KABUPATEN/KOTA",
        "kecamatan": "KECAMATAN",
        "desa": "DESA",
    }
    first = units[0].names
    mark = " " if "plain_titles" in pen.noises else " : "
    return (TITLE, *(_line(words[at], mark, pen.name(first[at], at)) for at in levels))


def _line(word: str, mark: str, name: str) -> str:
    """One line of a title; without a colon a kota needs no other word."""
    bare = mark == " " and word == "KABUPATEN/KOTA"
    return name if bare else f"{word}{mark}{name}"


def block(units: Sequence[Unit], pen: Pen, form: str, *levels: str) -> list[list[str]]:
    """Title lines and a block that names the place, label and name in cells of their own."""
    words = {
        "provinsi": "PROVINSI",
        "kabkota": "KABUPATEN/KOTA",
        "kecamatan": "KECAMATAN",
        "desa": "DESA/KELURAHAN",
    }
    first = units[0].names
    block = [[words[at], "", f": {pen.name(first[at], at)}"] for at in levels]
    if "plain_titles" in pen.noises:
        words |= {"desa": "DESA"}
        block = [[_line(words[at], " ", pen.name(first[at], at))] for at in levels]
    return [
        ["MODEL " + form],
        [TITLE],
        ["PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2018"],
        *block,
    ]


def titled(pen: Pen, *levels: str) -> tuple[str, ...]:
    """The levels that the title names; the last may be left to the sheet's name."""
    return (*PLACE, *(levels[:-1] if "sheet_place" in pen.noises else levels))


def groups(units: Sequence[Unit], level: str) -> list[list[Unit]]:
    keys = dict.fromkeys(unit.within(level) for unit in units)
    return [[unit for unit in units if unit.within(level) == key] for key in keys]


def labels_of(pen: Pen, labels: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """What the total of each level is called, and whether totals are formulas."""
    bare = "total_formula" in pen.noises or "total_plain" in pen.noises
    labels = {at: "" if bare and at != "kabkota" else label for at, label in labels.items()}
    if "total_named" in pen.noises:
        labels |= {"kecamatan": "KEC. {}", "kabkota": "{}"}
    elif "total_words" in pen.noises:
        labels = {at: label and pen.total() for at, label in labels.items()}
    return labels, "total_plain" not in pen.noises


def flat_totals(pen: Pen) -> dict[str, str]:
    """Whether a flat table ends in a total, and what that is called."""
    if "total_labelled" in pen.noises:
        return {"kabkota": pen.total() if "total_words" in pen.noises else "JUMLAH AKHIR"}
    return {"kabkota": ""} if pen.noises & {"total_formula", "total_plain"} else {}


def cover(units: Sequence[Unit], pen: Pen, level: str) -> Paper:
    paper = Paper("COVER")
    words = {"provinsi": "PROVINSI", "kabkota": "KABUPATEN/KOTA", "kecamatan": "KECAMATAN"}
    lines = [at for at in words if list(words).index(at) <= list(words).index(level)]
    paper.put(1, 1, "REKAPITULASI SUARA")
    for row, at in enumerate(lines, 3):
        paper.put(row, 1, f"{words[at]} {pen.name(units[0].names[at], 'desa')}")
    return paper


def more_sheets(sheets: list[Paper], pen: Pen) -> list[Paper]:
    """Hide the last sheet, or add a copy of it."""
    if "hidden_sheet" in pen.noises and len(sheets) > 1:
        sheets[-1].hidden = True
    if "copy_sheet" in pen.noises:
        last = sheets[-1]
        copy = Paper(
            f"Copy of {last.name}"[:31],
            dict(last.cells),
            list(last.merged),
            set(last.hidden_rows),
            set(last.hidden_columns),
        )
        copy.copy = True
        sheets.append(copy)
    return sheets
