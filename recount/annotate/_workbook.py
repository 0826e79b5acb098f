"""The main part of a workbook in: its sheets and styles; and one sheet more out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.annotate._package import MAIN, RELS, is_strict, workbook_of
from recount.annotate._xml import edited, parsed, quoted
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.annotate._package import Package

NAME = "recount"
_SHEET, _STYLES = "worksheet", "styles"
_NO_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}">\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
</styleSheet>""".encode()


class Workbook:
    """A workbook's main part. Raises ValueError for the kind whose parts are named otherwise."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = workbook_of(package)
        self._part = parsed(package.part(self._name), 2)
        if is_strict(self._part):
            raise ValueError(NAME)
        known = {id_: name for id_, kind, name in package.targets(self._name) if kind == _SHEET}
        listed = self._part.root.child("sheets")
        self._listed = listed.children if listed else []
        self.sheets = {
            node.attributes["name"]: known[node.reference() or ""]
            for node in self._listed
            if node.reference() in known
        }
        """The sheets' names with the names of their parts, in the workbook's order."""

    def styles(self) -> bytes:
        """Give the table of styles; the smallest one where there is none."""
        name = self._package.target(self._name, _STYLES)
        return self._package.part(name) if name else _NO_STYLES

    def keep_styles(self, data: bytes) -> None:
        """Put the table of styles back."""
        name = self._package.target(self._name, _STYLES)
        if name:
            self._package.put(name, data)
        else:
            # Some programs look for it under this name alone.
            usual = "xl/styles.xml"
            pattern = "xl/stylesRecount{}.xml" if usual in self._package else usual
            self._package.point(self._name, _STYLES, self._package.add(pattern, data, _STYLES))

    def free_name(self) -> str:
        """Give the name of the new sheet: "recount", or "recount 2" where that is taken."""
        taken = {node.attributes.get("name", "").casefold() for node in self._listed}
        at = 1
        while (name := NAME if at == 1 else f"{NAME} {at}") in taken:
            at += 1
        return name

    def add(self, title: str, data: bytes) -> None:
        """Add a sheet behind the others: the numbers of those stay as they are."""
        part = self._package.add("xl/worksheets/sheetRecount{}.xml", data, _SHEET)
        id_ = self._package.point(self._name, _SHEET, part)
        numbers = [int(node.attributes.get("sheetId", "0")) for node in self._listed]
        sheets = self._part.root.child("sheets")
        if sheets is None:
            raise ValueError(title)
        entry = (
            f'<{self._part.prefix}sheet xmlns:r="{RELS}" name="{quoted(title)}" '
            f'sheetId="{max(numbers, default=0) + 1}" r:id="{id_}"/>'
        )
        data = edited(self._part.data, [self._part.append(sheets, entry)])
        self._package.put(self._name, data)

    def remarks(self) -> Iterator[Text]:
        """Say what a person should know of the annotated workbook."""
        if any(name.startswith("_xmlsignatures/") for name in self._package.names):
            yield say("The workbook was signed; the signature does not hold for the annotated one.")
        if any(name.startswith("xl/threadedComments/") for name in self._package.names):
            yield say(
                "Some cells have comments with answers: a note there may stay unseen; the sheet "
                "“{sheet}” lists everything.",
                sheet=NAME,
            )
        if self.free_name() != NAME:
            yield say(
                "The workbook was annotated before: the old colours and notes are still in it. "
                "Annotate the one without them for a clean copy."
            )
