"""What the package makes of built files: figures by unit, and the places that are spoken of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recount.material import read_material
from recount.model import LEVELS
from recount.options import Options
from recount.regions import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.intake import Tally
    from recount.material import Material
    from recount.model import Finding, Receipt
    from tests.building.building import Built, Names, Placed

_CELL = re.compile(r"([A-Z]+)?([0-9]+)?(?::([A-Z]+)?([0-9]+)?)?")
_WORDS = re.compile(r"[A-Z0-9]+")

COLUMNS = frozenset({"totals-column", "unused-column", "unknown-candidate"})
"""Findings at a column's heading that speak of the whole column."""


class Read(NamedTuple):
    """What came of reading: each copy of a form, where its figures stand, and what was said."""

    forms: tuple[tuple[Names, dict[str, int | None]], ...]
    figures: dict[str, int | None]
    findings: tuple[Finding, ...]
    spoken: frozenset[str]
    """Addresses that a finding or the receipt names."""

    def headed(self, built: Built) -> set[tuple[str, str | None, int]]:
        """Columns (file, sheet, number) of which a finding at their heading says that they are
        not used.
        """
        about = [(f.place or "", str(f.message)) for f in self.findings if f.rule in COLUMNS]
        heads = ((p, str(p.cell.raw).strip()) for p in built.cells if p.cell.kind == "text")
        in_text = {
            (head.file, head.sheet, head.column)
            for head, text in heads
            if not head.sheet and any(head.place == at and text in said for at, said in about)
        }
        in_books = {
            (file, sheet, _number(cell.rstrip("0123456789")) - 1)
            for place, _ in about
            if place.count("!") > 1
            for file, sheet, cell in (place.rsplit("!", 2),)
        }
        return in_text | in_books


def read(built: Built) -> Read:
    """Read the files as `recount check` does."""
    material = read_material([("ours", [str(file) for file in built.files])], Options())
    (tally,) = material.tallies
    findings = list(material.findings)
    for contest in tally.frames:
        findings += material.chosen(contest, Options())[0].findings
    places = [place for f in findings if f.place for place in f.place.split(" | ")]
    spoken = frozenset([*places, *_left_out(material)])
    forms, figures = _forms(tally, material, {level for names in built.tally for level, _ in names})
    return Read(tuple(forms), figures, tuple(findings), spoken)


def receipts_of(built: Built) -> list[Receipt]:
    """What is said to have been understood of each file."""
    material = read_material([("ours", [str(file) for file in built.files])], Options())
    return [given.receipt for given in material.inputs if given.receipt]


def _left_out(material: Material) -> list[str]:
    receipts = (given.receipt for given in material.inputs)
    return [one.place for receipt in receipts if receipt for one in receipt.left_out]


def _forms(
    tally: Tally, material: Material, levels: set[str]
) -> tuple[list[tuple[Names, dict[str, int | None]]], dict[str, int | None]]:
    forms = []
    figures: dict[str, int | None] = {}
    for frame in tally.frames.values():
        for row in frame.iter_rows(named=True):
            forms.append(
                (_names(row["unit"], material, levels), {plain(b): row[b] for b in tally.boxes})
            )
            sheet = tally.sheets[row["sheet"]]
            for box in tally.boxes:
                if row[box] is not None:
                    line = row.get(f"row {box}") or row["row"]
                    figures[f"{sheet.place(line, box)} {plain(box)}"] = row[box]
    return forms, figures


def _names(unit: int, material: Material, levels: set[str]) -> Names:
    """The names of a unit from the top, at the levels that the files name, without their dress."""
    node, station = divmod(unit, SPAN)
    regions = material.regions
    chain = [regions.nodes[at] for at in (*regions.chain(node), node)]
    names = [(LEVELS[n.level], bare(n.name)) for n in chain if LEVELS[n.level] in levels]
    return (*names, *([("tps", str(station - 1))] if station else []))


def expected(built: Built) -> dict[Names, dict[str, int | None]]:
    """What must be read, with names as `read` gives them."""
    return {
        tuple((level, bare(name)) for level, name in names): boxes
        for names, boxes in built.tally.items()
    }


def bare(name: str) -> str:
    """A region's name without case, punctuation, letter-spacing, number or sort."""
    words = _WORDS.findall(name.upper())
    while len(words) > 1 and (
        words[0] in {"KEC", "KECAMATAN", "KAB", "KABUPATEN"} or words[0].isdigit()
    ):
        words = words[1:]
    return "".join(words)


def plain(box: str) -> str:
    """A box; a candidate by the number, also where only the name stands in the file."""
    for number, word in enumerate(("idris", "wibowo", "noor", "lembong"), 1):
        if box.startswith("candidate:") and word in box:
            return f"candidate:{number}"
    return box


def differences(read_: Read, wanted: Mapping[Names, Mapping[str, int | None]]) -> list[str]:
    """Every form that is missing, too many, or has another figure; equal copies count once."""
    found: dict[Names, list[dict[str, int]]] = {}
    for names, boxes in read_.forms:
        filled = {box: figure for box, figure in boxes.items() if figure is not None}
        forms = found.setdefault(names, [])
        # Parts of one form, as in a long table, are one form where they do not contradict.
        fits = [form for form in forms if all(form.get(b, n) == n for b, n in filled.items())]
        if fits:
            fits[0].update(filled)
        else:
            forms.append(filled)
    faults = [f"not there: {names}" for names in wanted if names not in found]
    for names, forms in found.items():
        boxes = {b: n for b, n in wanted.get(names, {}).items() if n is not None}
        if names not in wanted:
            faults.append(f"not written: {names} {forms}")
        elif forms != [boxes]:
            faults.append(f"{names}: {forms} for {boxes}")
    return faults


def unaccounted(built: Built, read_: Read) -> list[str]:
    """Cells that are no figure of the tally, no words of the table, and in nobody's words."""
    lost = []
    headed = read_.headed(built)
    for placed in built.cells:
        cell = placed.cell
        if cell.kind in {"text", "missing"} or (placed[0], placed[1], placed.column) in headed:
            continue
        box = cell.of[1] if cell.of else ""
        is_figure = f"{placed.place} {box}" in read_.figures
        if cell.kind == "figure" and is_figure:
            if read_.figures[f"{placed.place} {box}"] != cell.value:
                lost.append(f"{placed.place}: read otherwise than {cell.raw!r}")
        elif not spoken_of(placed, read_.spoken):
            lost.append(f"{placed.place}: {cell.kind} {cell.raw!r}")
    return lost


def spoken_of(placed: Placed, places: Iterable[str]) -> bool:
    """Whether one of the addresses is the cell's, its row's, its column's, or a range with it."""
    return any(_covers(place, placed) for place in places)


def _covers(place: str, placed: Placed) -> bool:
    if placed.sheet is None:
        return place == placed.place
    head = f"{placed.file}!{placed.sheet}!"
    if not place.startswith(head):
        return False
    found = _CELL.fullmatch(place.removeprefix(head))
    if not found:
        return False
    left, top, right, bottom = found.groups()
    column, row = placed.column + 1, placed.row + 1
    inside = not left or _number(left) <= column <= _number(right or left)
    return inside and (not top or int(top) <= row <= int(bottom or top))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
