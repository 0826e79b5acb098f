"""A chart of pygal in, a bare SVG out: no script, no style, no clock; words in both languages.

Colours and sizes are the style sheet's, so that a chart follows light, dark and paper.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.report.page._words import Said, Words

_SVG = "{http://www.w3.org/2000/svg}"
_GONE = {"style", "script", "desc", "title", "defs"}
_KEPT = {"class", "d", "cx", "cy", "r", "x", "y", "x1", "x2", "y1", "y2", "width", "height",
         "transform", "viewBox", "id", "role", "aria-labelledby", "data-w", "text-anchor",
         "rx", "points", "fill"}  # fmt: skip
_SERIES = re.compile(r"\bserie-(\d+)\b")
_LONG = re.compile(r"-?\d+\.\d+")


def xy() -> Any:  # noqa: ANN401 - pygal has no types
    """Give pygal's chart of points; what it puts in the way of every later import is taken away."""
    before = [*sys.meta_path]
    import pygal

    sys.meta_path[:] = before
    return pygal.XY


def bare(
    chart: Any,  # noqa: ANN401 - pygal has no types
    kinds: Sequence[str],
    name: str,
    said: tuple[Said, Said],
    words: Words,
) -> str:
    """Write a chart as an image with a name and a description. `said`: its title, what it shows.

    `kinds`: of each series the class by which the style sheet knows it.
    """
    root = chart.render_tree()
    _clean(root)
    _name_series(root, kinds)
    root.set("id", name)
    root.set("role", "img")
    root.set("class", "chart")
    root.set("aria-labelledby", f"{name}-t {name}-d")
    for at, (tag, key, text) in enumerate((("title", "t", said[0]), ("desc", "d", said[1]))):
        root.insert(at, _worded(ET.Element(tag, {"id": f"{name}-{key}"}), text))
    _translate(root, words)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _clean(node: ET.Element) -> None:
    for child in list(node):
        # The tag of a comment is no text.
        if str(child.tag).removeprefix(_SVG) in _GONE or callable(child.tag):
            node.remove(child)
        else:
            _clean(child)
    for key, value in list(node.attrib.items()):
        if key not in _KEPT:
            del node.attrib[key]
        else:
            node.set(key, _LONG.sub(lambda hit: f"{float(hit[0]):.1f}", value))
    node.tail = None


def _name_series(root: ET.Element, kinds: Sequence[str]) -> None:
    for node in root.iter():
        found = _SERIES.search(node.get("class", ""))
        if found:
            node.set("class", f"series {kinds[int(found[1])]}")


def _translate(root: ET.Element, words: Words) -> None:
    """Labels come as the numbers of words: put the words in their place."""
    for node in root.iter():
        if node.tag in {"text", f"{_SVG}text"} and node.text and node.text.startswith(MARK):
            _worded(node, words.again(int(node.text.removeprefix(MARK))))


MARK = "\x02"
"""Stands before the number of a word, where pygal is given a label."""


def label(said: Said) -> str:
    """A label for pygal, to be put into words later; as long as they are, for the room it takes."""
    return MARK + str(said.at).zfill(len(said.text) - 1)


def _worded(node: ET.Element, said: Said) -> ET.Element:
    node.text = said.text
    if not said.alike:
        node.set("data-w", str(said.at))
    return node
