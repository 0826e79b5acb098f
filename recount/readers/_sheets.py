"""The workbook part of an .xlsx in; which part of the package is which sheet out."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from zipfile import ZipFile

_NS = "{*}"


def sheets_by_part(package: ZipFile) -> dict[str, str]:
    """Name of each sheet, by the name of its part."""
    book = next(name for name in package.namelist() if name.lower().startswith("xl/workbook"))
    folder, file = posixpath.split(book)
    targets = _targets(package.read(f"{folder}/_rels/{file}.rels"), folder)
    return {targets[key]: name for name, key in _sheets(package.read(book)) if key in targets}


def _targets(rels: bytes, folder: str) -> dict[str, str]:
    """Part of each relation of the workbook; a target is relative to it, or starts with "/"."""
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in fromstring(rels, forbid_dtd=True)
    }


def _sheets(workbook: bytes) -> list[tuple[str, str]]:
    root = fromstring(workbook, forbid_dtd=True)
    return [
        (sheet.get("name", ""), value)
        for sheet in root.iterfind(f"{_NS}sheets/{_NS}sheet")
        for name, value in sheet.attrib.items()
        if name.endswith("}id")
    ]
