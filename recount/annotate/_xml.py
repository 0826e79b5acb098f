"""An XML part as bytes in, where its elements stand out; so that all else can stay as it is.

Parsing and writing a part anew would lose what spreadsheet programs put there (prefixes that only
an attribute names, values of formulas); so pieces are put between the bytes that were received.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable

Edit = tuple[int, int, bytes]
"""From here to there (bytes) stands this instead; an insertion where the two are the same."""

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Node:
    """An element: its tag without the prefix of the root, and the bytes at which it stands.

    `inner`: where its content begins; `close`: where its end tag does; both are `end` for `<a/>`.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = -1
    end: int = -1
    children: list[Node] = field(default_factory=list)

    def child(self, tag: str) -> Node | None:
        """Give the first child of this name."""
        return next((node for node in self.children if node.tag == tag), None)

    def all(self, tag: str) -> list[Node]:
        """Give the children of this name."""
        return [node for node in self.children if node.tag == tag]

    def reference(self) -> str | None:
        """Give the id of a relationship that it names (`r:id`, whatever the prefix)."""
        return next((v for k, v in self.attributes.items() if k.endswith(":id")), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was parsed: its bytes, its root, and the prefix of the root's name ("", "x:")."""

    data: bytes
    root: Node
    prefix: str
    encoding: str | None = None

    def tag_of(self, node: Node) -> bytes:
        """Give the start tag as it is written."""
        return self.data[node.start : node.inner]

    def whole(self, node: Node) -> bytes:
        """Give the element as it is written."""
        return self.data[node.start : node.end]

    def inside(self, node: Node) -> list[Node]:
        """Give the children of an element that was too deep for the tree to hold them."""
        inner = parsed(self.whole(node), 1, self.encoding)
        for child in inner.root.children:
            child.start, child.inner = child.start + node.start, child.inner + node.start
            child.close, child.end = child.close + node.start, child.end + node.start
        return inner.root.children

    def append(self, node: Node, content: str) -> Edit:
        """Put content at the end of an element, which is opened for it where it is empty."""
        data = encoded(content)
        if node.inner < node.end:
            return node.close, node.close, data
        tag = self.tag_of(node)
        name = tag[1:].split()[0].rstrip(b"/>")
        return node.start, node.end, tag[:-2].rstrip() + b">" + data + b"</" + name + b">"


def parsed(data: bytes, depth: int, encoding: str | None = None) -> Part:
    """Parse a part; elements deeper than `depth` (the root is 0) are left out of the tree.

    `encoding`: where the part itself does not say it. Raises `expat.ExpatError` for what is no XML,
    LookupError for an unknown encoding. There is no document type in it: the reader has refused
    that before.
    """
    said = _ENCODING.match(data)
    encoding = said[1].decode() if said else encoding
    growing = _Growing(data, depth, encoding)
    growing.parser.Parse(data, True)  # noqa: FBT003 - as expat has it
    return Part(data, growing.roots[0], growing.prefix, encoding)


class _Growing:
    """The tree of a part while it is parsed."""

    def __init__(self, data: bytes, depth: int, encoding: str | None) -> None:
        self.parser = expat.ParserCreate(encoding)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.roots: list[Node] = []
        self.prefix = ""
        self._data, self._depth, self._level = data, depth, -1
        self._open: list[Node] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > self._depth:
            return
        if not self._open:
            self.prefix = name.rpartition(":")[0] + ":" if ":" in name else ""
        at = self.parser.CurrentByteIndex
        node = Node(name.removeprefix(self.prefix), attributes, at, _tag_end(self._data, at))
        (self._open[-1].children if self._open else self.roots).append(node)
        self._open.append(node)

    def _end(self, name: str) -> None:
        del name
        self._level -= 1
        if self._level >= self._depth:
            return
        node = self._open.pop()
        is_empty = self._data[node.inner - 2 : node.inner] == b"/>"
        node.close = node.inner if is_empty else self.parser.CurrentByteIndex
        node.end = node.inner if is_empty else self._data.index(b">", node.close) + 1


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Carry out edits that do not overlap; those at the same place stay in their order."""
    pieces, at = [], 0
    for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[at:start], piece]
        at = end
    return b"".join((*pieces, data[at:]))


def with_attribute(tag: bytes, name: str, value: object) -> bytes:
    """Set an attribute in a start tag."""
    written = encoded(f'{name}="{quoted(str(value))}"')
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name.encode():
            return tag[: found.start(1)] + written + tag[found.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + written + tag[end:]


def encoded(text: str) -> bytes:
    """Write XML so that it stands in a part of any encoding that agrees with ASCII."""
    return text.encode("ascii", "xmlcharrefreplace")


def quoted(text: str) -> str:
    """Write a text as XML holds it, in an element or in an attribute; lines stay apart."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, f"&{name};")
    text = _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("\n", "&#10;").replace("\r", "&#13;")


def _tag_end(data: bytes, at: int) -> int:
    found = _TAG.match(data, at)
    if found is None:  # pragma: no cover - expat has taken it as a tag
        raise ValueError(at)
    return found.end()
