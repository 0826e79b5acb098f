"""Texts for cells in, the notes of a sheet out: beside those that are there, or appended to them.

A note is a text (the part "comments") and a box that shows it (a drawing in VML, as since 1997).
"""

from __future__ import annotations

import re
from html import unescape
from math import ceil
from typing import TYPE_CHECKING

from recount.annotate._addresses import LAST_COLUMN, at, reference
from recount.annotate._package import MAIN
from recount.annotate._xml import Edit, edited, encoded, parsed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recount.annotate._package import Package
    from recount.annotate._sheet import SheetPart
    from recount.annotate._xml import Node, Part

    Cell = tuple[int, int]

AUTHOR = "recount"
_WIDTH, _LINE, _PADDING = 330, 17, 14
"""Of a note's box, in pixels: its width, the height of a line, the room around the text."""

_SIGNS = 48
"""Of a text that stand in one line of the box."""

_TALLEST = 25
"""Lines of a box; a longer text is scrolled or read in the sheet "recount"."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_NOTES = f'{_HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_NO_DRAWING = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">\
<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>"""
_BOX_TYPE = b"""<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_BOX = """<v:shape id="{id}" type="#_x0000_t202" style="position:absolute;\
margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden" \
fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>\
</v:shape>"""
_SHAPE_ID = re.compile(rb'id="_x0000_s(\d+)"')
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb"<x:Row>(\d+)</"), re.compile(rb"<x:Column>(\d+)</")
_ANCHOR = re.compile(rb"<x:Anchor>([^<]*)</")
_CORNERS = 8
_MARKUP = re.compile(rb"<[^>]*>")


def write_notes(package: Package, name: str, sheet: SheetPart, texts: Mapping[Cell, str]) -> None:
    """Put notes on the cells of a sheet; `name`: its part in the package, `sheet`: the same."""
    old = package.target(name, "comments")
    part = parsed(package.part(old) if old else _NO_NOTES, 4)
    data, longer = _with_texts(part, texts)
    if old:
        package.put(old, data)
    else:
        package.point(name, "comments", package.add("xl/commentsRecount{}.xml", data, "comments"))
    _draw(package, name, sheet, {**texts, **longer}, set(longer))


def _with_texts(part: Part, texts: Mapping[Cell, str]) -> tuple[bytes, dict[Cell, str]]:
    """Give the part with the texts, and in full those that had a note before."""
    authors, listed = part.root.child("authors"), part.root.child("commentList")
    if authors is None or listed is None:
        raise ValueError(AUTHOR)
    there = {_cell(node): node for node in listed.all("comment")}
    edits = [part.append(authors, f"<{part.prefix}author>{AUTHOR}</{part.prefix}author>")]
    new: list[str] = []
    longer = {}
    for cell, text in sorted(texts.items()):
        held = there[cell].child("text") if cell in there else None
        if held is None:
            new.append(_comment(part.prefix, cell, text, len(authors.all("author"))))
        else:
            before = unescape(_MARKUP.sub(b"", part.whole(held)).decode(errors="replace"))
            # An annotated workbook that comes back still says so; once is enough.
            if text not in before:
                edits += _appended(part, held, text)
                before = f"{before}\n\n{text}"
            longer[cell] = before
    if new:
        edits.append(part.append(listed, "".join(new)))
    return edited(part.data, edits), longer


def _cell(node: Node) -> Cell:
    row, column = at(node.attributes.get("ref", "").replace("$", "")) or (None, None)
    return row or 0, column or 0


def _appended(part: Part, held: Node, text: str) -> Iterable[Edit]:
    """Append to a note; a text without runs becomes the first run, for then others may follow."""
    p = part.prefix
    for node in held.all("t"):
        yield node.start, node.start, encoded(f"<{p}r>")
        yield node.end, node.end, encoded(f"</{p}r>")
    after = [node for node in held.children if node.tag in {"rPh", "phoneticPr"}]
    run = encoded(_run(p, f"\n\n{text}"))
    if after:
        yield after[0].start, after[0].start, run
    else:
        yield part.append(held, run.decode())


def _comment(prefix: str, cell: Cell, text: str, author: int) -> str:
    p = prefix
    return (
        f'<{p}comment ref="{reference(*cell)}" authorId="{author}"><{p}text>'
        f"{_run(p, text)}</{p}text></{p}comment>"
    )


def _run(prefix: str, text: str) -> str:
    p = prefix
    look = f'<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/></{p}rPr>'
    return f'<{p}r>{look}<{p}t xml:space="preserve">{quoted(text)}</{p}t></{p}r>'


def _draw(
    package: Package, name: str, sheet: SheetPart, texts: Mapping[Cell, str], there: set[Cell]
) -> None:
    """Draw a box for each note, in the sheet's drawing or in a new one; `there`: has one."""
    noted = sheet.noted()
    old = next((part for id_, _, part in package.targets(name) if id_ == noted), None)
    data = package.part(old) if old else _NO_DRAWING
    first = 1 + max(map(int, _SHAPE_ID.findall(data)), default=1024)
    boxes = [
        _box(sheet, cell, texts[cell], f"_x0000_s{first + at}")
        for at, cell in enumerate(sorted(texts.keys() - there))
    ]
    kind = b"" if b'id="_x0000_t202"' in data else _BOX_TYPE
    # Drawings of old programs are not always XML; their end is.
    end = data.rindex(b"</")
    data = _SHAPE.sub(lambda shape: _grown(sheet, shape[0], texts, there), data[:end]) + data[end:]
    end = data.rindex(b"</")
    data = b"".join((data[:end], kind, "".join(boxes).encode(), data[end:]))
    if old:
        package.put(old, data)
        return
    package.know_vml()
    target = package.add("xl/drawings/vmlDrawingRecount{}.vml", data)
    sheet.note(package.point(name, "vmlDrawing", target))


def _grown(sheet: SheetPart, shape: bytes, texts: Mapping[Cell, str], there: set[Cell]) -> bytes:
    """Give the box of a note that has become longer the room for it; others stay as they are."""
    row, column, anchor = (found.search(shape) for found in (_ROW, _COLUMN, _ANCHOR))
    if not (row and column and anchor):
        return shape
    cell = int(row[1]) + 1, int(column[1])
    numbers = [int(number) for number in anchor[1].split(b",") if number.strip().isdigit()]
    if cell not in there or len(numbers) != _CORNERS:
        return shape
    left, _, top, _ = numbers[:4]
    right, right_rest, bottom, bottom_rest = sheet.extent(
        top + 1, left, _WIDTH + numbers[1], _tall(texts[cell]) + numbers[3]
    )
    corners = (*numbers[:4], right, right_rest, bottom - 1, bottom_rest)
    return shape[: anchor.start(1)] + ", ".join(map(str, corners)).encode() + shape[anchor.end(1) :]


def _tall(text: str) -> int:
    lines = sum(max(1, ceil(len(line) / _SIGNS)) for line in text.split("\n"))
    return min(_TALLEST, lines) * _LINE + _PADDING


def _box(sheet: SheetPart, cell: Cell, text: str, id_: str) -> str:
    row, column = cell
    height = _tall(text)
    top, left = max(row - 1, 1), min(column + 1, LAST_COLUMN - 1)
    right, right_rest, bottom, bottom_rest = sheet.extent(top, left, _WIDTH + 15, height)
    # In a drawing rows count from 0.
    anchor = (left, 15, top - 1, 4, right, right_rest, bottom - 1, bottom_rest)
    return _BOX.format(
        id=id_,
        width=_WIDTH * 3 // 4,
        height=height * 3 // 4,
        anchor=", ".join(map(str, anchor)),
        row=row - 1,
        column=column,
    )
