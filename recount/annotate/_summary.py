"""What was found in, the sheet "recount" out: the file, the colours, and each finding's cell."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from recount.annotate._addresses import link, reference
from recount.annotate._package import MAIN
from recount.annotate._xml import encoded, quoted
from recount.own import CHECK_SHEET
from recount.report import answer
from recount.report._receipts import said
from recount.report.words import SEVERITY_WORDS, capital, word
from recount.texts import harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recount.annotate._addresses import Spot
    from recount.annotate._styles import Looks
    from recount.model import Book, Finding, Severity
    from recount.result import Tallied

LISTED = 100_000
"""So many findings are listed."""

LONGEST, NOTED = 8_000, 1_500
"""Characters of a text in a cell, and in a note."""

_TALLEST = 400.0
"""Of a row, in points."""

_LINE = 15.0
_LAST = 4
"""The last column of the list."""
_WIDTHS = (14, 24, 60, 60, 18)
_MARGINS = 'left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"'


class Listed(NamedTuple):
    """A finding, and where it stands in the workbook."""

    finding: Finding
    spot: Spot | None


class _Cell(NamedTuple):
    """A text, its style, and the last column over which it stands (None: its own)."""

    text: str
    style: int
    last: int | None = None


class Above(NamedTuple):
    """What stands above the list: lines, the title first, and the receipt in pairs."""

    lines: Sequence[str]
    receipt: Sequence[tuple[str, str]]


def summary(above: Above, found: Sequence[Listed], looks: Looks, lang: str) -> bytes:
    """Write the sheet: the file, its receipt, the colours, and the list of findings."""
    rows = list(_above(above, looks, lang))
    rows.append([_Cell(speak(text, lang), looks.head) for text in _HEADINGS])
    links = []
    for one in found[:LISTED]:
        if one.spot is not None:
            links.append((len(rows) + 1, one.spot))
        rows.append(_row(one, looks, lang))
    if len(found) > LISTED:
        left = speak(say("{n} more findings.", n=len(found) - LISTED), lang)
        rows.append([_Cell(left, looks.plain)])
    return _written(rows, links)


def _above(above: Above, looks: Looks, lang: str) -> Iterable[list[_Cell]]:
    title, *more = above.lines
    yield [_Cell(title, looks.title)]
    for line in more:
        yield [_Cell(line, looks.plain, _LAST)]
    yield []
    if above.receipt:
        heads = [speak(text, lang) for text in (say("Receipt"), say("Understood"))]
        blank = _Cell("", looks.head)
        yield [_Cell(heads[0], looks.head, 1), blank, _Cell(heads[1], looks.head, _LAST)]
    for heading, text in above.receipt:
        blank = _Cell("", looks.plain)
        yield [_Cell(heading, looks.plain, 1), blank, _Cell(text, looks.plain, _LAST)]
    yield []
    for key, told in _legend(lang):
        severity = capital(speak(SEVERITY_WORDS[key], lang))
        yield [_Cell(severity, looks.severity[key]), _Cell(told, looks.plain, _LAST)]
    yield []


_HEADINGS = (
    say("Severity"),
    say("Cell"),
    say("What is doubtful"),
    say("What to do"),
    say("Rule"),
)


def _legend(lang: str) -> Iterable[tuple[Severity, str]]:
    """Say what the colours mean."""
    yield "error", speak(say("This cannot be right as it stands, or cannot be read."), lang)
    yield "warning", speak(say("This may be right; look at the form on paper."), lang)
    yield "note", speak(say("Nothing needs to be done; this is how it was understood."), lang)


def _row(one: Listed, looks: Looks, lang: str) -> list[_Cell]:
    finding = one.finding
    severity = capital(word(SEVERITY_WORDS, finding.severity, lang))
    where = f"{one.spot.sheet}!{one.spot.ref}" if one.spot else finding.place or ""
    return [
        _Cell(severity, looks.severity[finding.severity]),
        _Cell(harmless(where), looks.link if one.spot else looks.plain),
        _Cell(speak(finding.message, lang), looks.plain),
        _Cell(speak(finding.mend, lang), looks.plain),
        _Cell(finding.rule, looks.plain),
    ]


def _written(rows: Sequence[Sequence[_Cell]], links: Sequence[tuple[int, Spot]]) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, start=1)
    )
    data = "".join(_sheet_row(at, cells) for at, cells in enumerate(rows, start=1))
    areas = [
        f'<mergeCell ref="{reference(row, column)}:{reference(row, cell.last)}"/>'
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells)
        if cell.last is not None
    ]
    merges = f'<mergeCells count="{len(areas)}">{"".join(areas)}</mergeCells>'
    jumps = "".join(
        f'<hyperlink ref="B{row}" location="{quoted(link(spot))}" '
        f'display="{quoted(harmless(spot.sheet))}"/>'
        for row, spot in links
    )
    return encoded(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{data}</sheetData>{merges}"
        f"{f'<hyperlinks>{jumps}</hyperlinks>' if jumps else ''}"
        f"<pageMargins {_MARGINS}/>"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        "</worksheet>"
    )


def _sheet_row(at: int, cells: Sequence[_Cell]) -> str:
    lines = max((_lines(cell, column) for column, cell in enumerate(cells)), default=1)
    content = "".join(
        f'<c r="{reference(at, column)}" s="{cell.style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{quoted(cell.text[:LONGEST])}</t></is></c>'
        for column, cell in enumerate(cells)
        if cell.text
    )
    height = 21.0 if at == 1 else _LINE * lines
    return f'<row r="{at}" ht="{min(height, _TALLEST)}" customHeight="1">{content}</row>'


def _lines(cell: _Cell, column: int) -> int:
    """Say how many lines a text takes in its columns; most letters are narrower than a digit."""
    width = sum(_WIDTHS[column : (column if cell.last is None else cell.last) + 1]) * 1.1
    return max(1, sum(ceil(len(line) / width) for line in cell.text[:LONGEST].split("\n")))


def about(book: Book, result: Tallied, lang: str) -> tuple[str, ...]:
    """Say which file was checked, and what came of it; the title first."""
    title = CHECK_SHEET.filled(version=result.version, file=book.label)
    jump = say("Each cell in the list leads to its place; nothing in it was changed.")
    return (
        speak(title, lang),
        f"SHA-256 {book.sha256}",
        answer.findings(result.findings, lang),
        speak(jump, lang),
    )


def receipt_of(book: Book, result: Tallied, lang: str) -> list[tuple[str, str]]:
    """Say what was understood of the file, in pairs of a heading and a text."""
    receipts = (one.receipt for one in result.inputs if one.sha256 == book.sha256)
    return next((said(one, lang) for one in receipts if one), [])


def note_text(findings: Sequence[Finding], lang: str) -> str:
    """Write the note of a cell: for each finding what is doubtful, and what to do."""
    parts = [
        f"{capital(word(SEVERITY_WORDS, one.severity, lang))} ({one.rule}): "
        f"{speak(one.message, lang)}\n{speak(one.mend, lang)}"
        for one in findings
    ]
    text = "recount\n" + "\n\n".join(dict.fromkeys(parts))
    if len(text) <= NOTED:
        return text
    more = speak(say("... all of it in the sheet “{sheet}”.", sheet="recount"), lang)
    return f"{text[:NOTED]} {more}"
