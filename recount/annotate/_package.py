"""A workbook's zip package in: its parts, who points to whom; and the package with changes out."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from recount.annotate._xml import Part, edited, parsed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS_XML = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "[Content_Types].xml"
_WORKBOOK = re.compile(r"xl/workbook.*\.xml", re.IGNORECASE)
MACROS = "xl/vbaProject.bin"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of parts that are new, so that the same input gives the same bytes."""


class Package:
    """The parts of a workbook by name; what is changed or added is written, all else as it came."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self.names = {info.filename: info for info in self._zip.infolist()}
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.names or name in self._changed

    def part(self, name: str) -> bytes:
        """Give a part as it is by now. Raises KeyError where there is none."""
        return self._changed[name] if name in self._changed else self._zip.read(name)

    def put(self, name: str, data: bytes) -> None:
        """Change a part or add one."""
        self._changed[name] = data

    def targets(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Give what a part points to: the id, the last word of the kind, the name of the part."""
        rels = _rels_of(source)
        if rels not in self:
            return
        for node in parsed(self.part(rels), 1).root.children:
            if node.attributes.get("TargetMode") != "External":
                target = node.attributes.get("Target", "")
                kind = node.attributes.get("Type", "").rpartition("/")[2]
                yield node.attributes.get("Id", ""), kind, _resolved(source, target)

    def target(self, source: str, kind: str) -> str | None:
        """Give the first part of a kind that a part points to."""
        return next((name for _, at, name in self.targets(source) if at == kind), None)

    def point(self, source: str, kind: str, target: str) -> str:
        """Let a part point to another one; gives the id of the relationship."""
        rels = _rels_of(source)
        if rels not in self:
            self.put(rels, f'{_HEAD}<Relationships xmlns="{_RELS_XML}"/>'.encode())
        part = parsed(self.part(rels), 1)
        taken = {node.attributes.get("Id", "").lower() for node in part.root.children}
        id_ = _unused("rIdRecount{}", taken)
        entry = (
            f'<{part.prefix}Relationship Id="{id_}" Type="{RELS}/{kind}" '
            f'Target="{quoted("/" + target)}"/>'
        )
        self.put(rels, edited(part.data, [part.append(part.root, entry)]))
        return id_

    def add(self, pattern: str, data: bytes, kind: str | None = None) -> str:
        """Add a part under the first free name of a pattern; gives its name."""
        taken = {name.lower() for name in (*self.names, *self._changed)}
        name = _unused(pattern, taken)
        self.put(name, data)
        part = parsed(self.part(_TYPES), 1)
        if kind is not None:
            entry = (
                f'<{part.prefix}Override PartName="/{name}" '
                f'ContentType="{_KIND.format(kind=kind)}"/>'
            )
            self.put(_TYPES, edited(part.data, [part.append(part.root, entry)]))
        return name

    def know_vml(self) -> None:
        """Say of what kind drawings of notes are, where nothing says so yet."""
        part = parsed(self.part(_TYPES), 1)
        known = {node.attributes.get("Extension", "").lower() for node in part.root.children}
        if "vml" not in known:
            kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            entry = f'<{part.prefix}Default Extension="vml" ContentType="{kind}"/>'
            at = part.root.inner
            self.put(_TYPES, edited(part.data, [(at, at, entry.encode())]))

    def written(self) -> bytes:
        """Write the package: the parts in their order, then the new ones."""
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as out:
            for name, info in self.names.items():
                out.writestr(_entry(name, info.date_time), self.part(name))
            for name in self._changed:
                if name not in self.names:
                    out.writestr(_entry(name, _EPOCH), self.part(name))
        return buffer.getvalue()


def workbook_of(package: Package) -> str:
    """Name the main part of a workbook."""
    return package.target("", "officeDocument") or "xl/workbook.xml"


def is_workbook(package: Package) -> bool:
    """Whether it is a workbook in XML: not a binary one, nor an ODS, nor any other archive."""
    return any(map(_WORKBOOK.fullmatch, package.names))


def _entry(name: str, when: tuple[int, int, int, int, int, int]) -> ZipInfo:
    info = ZipInfo(name, when)
    info.compress_type = ZIP_DEFLATED
    return info


def _rels_of(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(source: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def _unused(pattern: str, taken: set[str]) -> str:
    at = 1
    while pattern.format(at).lower() in taken:
        at += 1
    return pattern.format(at)


def is_strict(part: Part) -> bool:
    """Whether a workbook is of the rare "strict" kind, whose parts are named otherwise."""
    return bool(re.search("purl.oclc.org", " ".join(part.root.attributes.values())))
