"""A witness's own workbook in, the same workbook with doubtful cells coloured and noted out.

Everything in it stays byte for byte, but for the style and the note of those cells and one more
sheet: the parts of the package are edited where they stand. A library that reads a workbook and
writes it anew loses the values of formulas, drawings, and whatever it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from recount.annotate._addresses import Spot, spot
from recount.annotate._notes import write_notes
from recount.annotate._package import MACROS, Package, is_workbook
from recount.annotate._places import settled
from recount.annotate._sheet import SheetPart
from recount.annotate._styles import Styles
from recount.annotate._summary import Above, Listed, about, note_text, receipt_of, summary
from recount.annotate._workbook import Workbook
from recount.errors import RecountError
from recount.readers import STDIN, read
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.model import Book, Finding, Severity
    from recount.result import Tallied

ORDER: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first; a cell has the colour of the gravest of its findings."""


class Annotated(NamedTuple):
    """The workbook as bytes, and what should be known of it."""

    data: bytes
    remarks: tuple[Text, ...]


def ending_for(data: bytes, label: str) -> str:
    """Say how the name of the annotated file has to end: `.xlsm` for a workbook with macros.

    Raises RecountError for what is no workbook of this kind.
    """
    try:
        package = Package(data) if data.startswith(b"PK") else None
    except BadZipFile:
        package = None
    if package is None or not is_workbook(package):
        raise RecountError(
            say("Only a workbook of the kind .xlsx or .xlsm can be annotated."),
            mend=say(
                "Save it as .xlsx in a spreadsheet program and check that; or take the findings "
                "with their addresses as a table: -o findings.csv"
            ),
            place=label,
        )
    return ".xlsm" if MACROS in package else ".xlsx"


def annotate(data: bytes, label: str, result: Tallied, lang: str) -> Annotated:
    """Mark in a workbook what was found about it. Raises RecountError when that cannot be done.

    `data`: the workbook as it was checked; `label`: its name in the addresses of the findings.
    """
    book = read(STDIN, label=label, stdin=data)
    if book.sha256 not in {one.sha256 for one in result.inputs}:
        raise RecountError(
            say("The file has changed while it was checked."),
            mend=say("Check it once more when nobody is writing to it."),
            place=label,
        )
    try:
        return _annotated(Package(data), book, result, lang)
    except (ExpatError, BadZipFile, LookupError, ValueError) as fault:
        raise RecountError(
            say("The workbook is built in a way that cannot be annotated."),
            mend=say(
                "Open it in a spreadsheet program, save it once more as .xlsx, and check that."
            ),
            place=label,
        ) from fault


def _annotated(package: Package, book: Book, result: Tallied, lang: str) -> Annotated:
    workbook = Workbook(package)
    styles = Styles(workbook.styles())
    found = list(_located(result.findings, book, workbook.sheets))
    for name, part in workbook.sheets.items():
        own = [one for one in found if one.spot and one.spot.sheet == name]
        if any(one.spot and one.spot.column is not None for one in own):
            _mark(package, part, own, styles, lang)
    looks = styles.looks()
    title = workbook.free_name()
    above = Above(about(book, result, lang), receipt_of(book, result, lang))
    workbook.add(title, summary(above, found, looks, lang))
    workbook.keep_styles(styles.written())
    return Annotated(package.written(), tuple(workbook.remarks()))


def _located(
    findings: Iterable[Finding], book: Book, sheets: Mapping[str, str]
) -> Iterable[Listed]:
    """Give the findings with their cells: the gravest first, then in the order of the workbook."""
    spots = {one.place: spot(one.place, book.label, sheets) for one in findings}
    grids = {grid.sheet: grid for grid in book.grids if grid.sheet is not None}
    cells = settled({one for one in spots.values() if one}, grids)
    listed = [
        Listed(one, cells.get(at, at) if (at := spots[one.place]) else None) for one in findings
    ]
    numbers = {name: at for at, name in enumerate(sheets)}

    def key(one: Listed) -> tuple[int, int, int, int]:
        at = one.spot or Spot("")
        sheet = numbers.get(at.sheet, len(numbers))
        return ORDER.index(one.finding.severity), sheet, at.row or 0, at.column or 0

    return sorted(listed, key=key)


def _mark(package: Package, name: str, found: Iterable[Listed], styles: Styles, lang: str) -> None:
    """Colour the cells of one sheet and note what was found; several findings make one note."""
    sheet = SheetPart(package.part(name))
    held: dict[tuple[int, int], list[Finding]] = {}
    for one in found:
        if one.spot and one.spot.row is not None and one.spot.column is not None:
            cell = sheet.anchor(one.spot.row, one.spot.column)
            held.setdefault(cell, []).append(one.finding)
    sheet.paint({cell: own[0].severity for cell, own in held.items()}, styles)
    texts = {cell: note_text(own, lang) for cell, own in held.items()}
    write_notes(package, name, sheet, texts)
    package.put(name, sheet.written())
