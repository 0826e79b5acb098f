"""A workbook's table of styles in; more styles in it out, which differ by their fill alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recount.annotate._xml import Node, Part, edited, encoded, parsed, with_attribute

if TYPE_CHECKING:
    from recount.model import Severity

FILLS: dict[Severity, str] = {"error": "FFFFB38A", "warning": "FFFFE98F", "note": "FFBFE0F5"}
"""Orange, yellow, blue: told apart by all kinds of eyes, in grey by their lightness; black text
stands out on each."""

GROUPS = ("fonts", "fills", "borders", "cellXfs")
_BLACK = "FF000000"
_BRIGHT = 150
"""From here on (of 255) a font's colour is hard to read on a light fill."""

_WHITE_INDEXES = {"1", "9", "65"}


class Looks(NamedTuple):
    """The styles of the sheet "recount", as numbers."""

    plain: int
    title: int
    head: int
    link: int
    severity: dict[Severity, int]


class Styles:
    """The table of styles, and what is added to it. Raises ValueError for one without groups."""

    def __init__(self, data: bytes) -> None:
        self._part = parsed(data, 3)
        self._groups = {name: _group(self._part, name) for name in GROUPS}
        self._added: dict[str, list[bytes]] = {name: [] for name in GROUPS}
        self._known: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}
        self._black: dict[int, int] = {}

    def coloured(self, base: int, severity: Severity) -> int:
        """Give the style that is like another one, but for its fill."""
        key = (base, FILLS[severity])
        if key not in self._known:
            self._known[key] = self._colour(base, FILLS[severity])
        return self._known[key]

    def looks(self) -> Looks:
        """Add what the sheet "recount" needs."""
        p = self._part.prefix
        bold = self._font(f'<{p}b/><{p}sz val="11"/>')
        blue = self._font(f'<{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/>')
        large = self._font(f'<{p}b/><{p}sz val="14"/>')
        usual = self._font(f'<{p}sz val="11"/>')
        thin = self._border()
        colours: dict[Severity, int] = {
            key: self._style(bold, self._fill(rgb), thin) for key, rgb in FILLS.items()
        }
        return Looks(
            plain=self._style(usual, 0, 0),
            title=self._style(large, 0, 0, wrap=False),
            head=self._style(bold, self._fill("FFE7E6E6"), thin),
            link=self._style(blue, 0, 0),
            severity=colours,
        )

    def written(self) -> bytes:
        """Write the table with everything that was added."""
        edits = []
        for name, added in self._added.items():
            node = self._groups[name]
            if added:
                count = len(node.children) + len(added)
                tag = with_attribute(self._part.tag_of(node), "count", count)
                edits += [(node.start, node.inner, tag), (node.close, node.close, b"".join(added))]
        return edited(self._part.data, edits)

    def _colour(self, base: int, rgb: str) -> int:
        xfs = self._groups["cellXfs"].children
        xf = xfs[base if base < len(xfs) else 0]
        tag = with_attribute(self._part.tag_of(xf), "fillId", self._fill(rgb))
        tag = with_attribute(tag, "applyFill", 1)
        font = int(xf.attributes.get("fontId", "0"))
        if (readable := self._readable(font)) != font:
            tag = with_attribute(with_attribute(tag, "fontId", readable), "applyFont", 1)
        return self._add("cellXfs", tag + self._part.data[xf.inner : xf.end])

    def _readable(self, font: int) -> int:
        """Give a font that is black where the given one is too light for a light fill."""
        fonts = self._groups["fonts"].children
        colour = fonts[font].child("color") if font < len(fonts) else None
        if colour is None or not _is_bright(colour.attributes):
            return font
        if font not in self._black:
            whole, at = self._part.whole(fonts[font]), fonts[font].start
            start, end = colour.start - at, colour.end - at
            black = encoded(f'<{self._part.prefix}color rgb="{_BLACK}"/>')
            self._black[font] = self._add("fonts", whole[:start] + black + whole[end:])
        return self._black[font]

    def _fill(self, rgb: str) -> int:
        if rgb not in self._fills:
            p = self._part.prefix
            self._fills[rgb] = self._add(
                "fills",
                encoded(
                    f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{rgb}"/>'
                    f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
                ),
            )
        return self._fills[rgb]

    def _font(self, content: str) -> int:
        p = self._part.prefix
        return self._add("fonts", encoded(f'<{p}font>{content}<{p}name val="Calibri"/></{p}font>'))

    def _border(self) -> int:
        p = self._part.prefix
        sides = "".join(
            f'<{p}{side} style="thin"><{p}color rgb="FFA6A6A6"/></{p}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self._add("borders", encoded(f"<{p}border>{sides}<{p}diagonal/></{p}border>"))

    def _style(self, font: int, fill: int, border: int, *, wrap: bool = True) -> int:
        """Add a style of ours; texts in it stay texts even when somebody edits the cell."""
        p = self._part.prefix
        lines = f'<{p}alignment vertical="top" wrapText="{int(wrap)}"/>'
        return self._add(
            "cellXfs",
            encoded(
                f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
                'quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
                f"{lines}</{p}xf>"
            ),
        )

    def _add(self, group: str, data: bytes) -> int:
        self._added[group].append(data)
        return len(self._groups[group].children) + len(self._added[group]) - 1


def _group(part: Part, name: str) -> Node:
    node = part.root.child(name)
    if node is None or not node.children:
        raise ValueError(name)
    return node


def _is_bright(colour: dict[str, str]) -> bool:
    """Whether a colour is white or nearly so; of a theme's colours only its first is white."""
    if "theme" in colour:
        return colour["theme"] == "0"
    if "indexed" in colour:
        return colour["indexed"] in _WHITE_INDEXES
    rgb = re.fullmatch("(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})", colour.get("rgb", ""))
    parts = [int(rgb[1][at : at + 2], 16) for at in (0, 2, 4)] if rgb else [0]
    return sum(parts) / len(parts) > _BRIGHT
