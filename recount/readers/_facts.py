"""A sheet's XML in (.xlsx), what it says beside its cells out: merged, hidden, sums.

Sheets that are written as spreadsheet programs write them are searched as text, which costs a
tenth of parsing them; `_second_look` parses the others.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from recount.model import ERROR_VALUE, NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows from 1, columns from 0."""

Marks = dict[tuple[int, int], str]
"""Row and column (both from 0) of a cell, and its text with its mark."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet, from 1."""

_SAID = rb"[^<>]{0,300}?"
"""Attributes of an element; longer ones are not searched but parsed."""
_LONG = re.compile(rb"<(?:c|f|v|row|col)\s[^<>]{300}")

_CELL = rb'<c r="([A-Za-z]+)([0-9]+)"'
_ROW = re.compile(rb"<row\b" + _SAID + rb'\shidden="(?:1|true)"' + _SAID + rb">")
_COLUMN = re.compile(rb"<col\b" + _SAID + rb'\shidden="(?:1|true)"' + _SAID + rb">")
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Za-z]+[0-9]+:[A-Za-z]+[0-9]+)"')
_FORMULA = re.compile(_CELL + _SAID + rb">\s*<f\b(" + _SAID + rb")(?:/>|>([^<]*)</f>)")
_ERROR = re.compile(
    _CELL + _SAID + rb'\st="e"' + _SAID + rb"(?:/>|>\s*"
    rb"(?:<f\b" + _SAID + rb"(?:/>|>[^<]*</f>))?\s*(?:<v>([^<]*)</v>)?)"
)
_UNCACHED = re.compile(
    _CELL + rb'(?![^<>]{0,300}\st="(?:str|e)")' + _SAID + rb">\s*"
    rb"<f\b" + _SAID + rb"(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_NUMBER = re.compile(rb'\s(r|min|max)="([0-9]+)"')
_SHARED = re.compile(rb'\st="(\w+)"'), re.compile(rb'\ssi="([0-9]+)"')
_EXTERNAL = re.compile(r"\[[0-9]+\]")
"""How a formula names another workbook: [1]Sheet!A1."""

_SUM = re.compile(
    r"\s*\+?\s*(?:SUM\s*\(|SUBTOTAL\s*\(\s*1?0?9\s*[,;])\s*"
    r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})\s*:\s*(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})\s*\)\s*",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


class Facts(NamedTuple):
    """What a sheet says beside the values of its cells (model.Grid).

    `marks`: cells that the fast reader shows as blank although they are not: error values
    (#DIV/0!) and formulas whose value was never saved. `external`: the first cell (row from 1)
    whose formula asks another workbook.
    """

    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    sums: Mapping[tuple[int, int], Range] = {}
    marks: Mapping[tuple[int, int], str] = {}
    external: tuple[int, int] | None = None


class Formula(NamedTuple):
    """A formula as it stands in a cell (row from 1, column from 0).

    `kind`: "" or `shared`, `array` ...; `group`: the number of a shared formula, whose text only
    its first cell has.
    """

    row: int
    column: int
    kind: str
    group: str
    text: str


def facts_of(part: bytes) -> Facts | None:
    """Find the facts of a sheet whose XML is not odd (_bounds.is_odd).

    None where an element says more than any spreadsheet program writes: then it has to be parsed.
    """
    hidden, formulas, errors = b" hidden=" in part, b"<f" in part, b' t="e"' in part
    if (hidden or formulas or errors) and _LONG.search(part):
        return None
    held = list(_formulas(part)) if formulas else []
    merged = _MERGED.findall(part) if b"<mergeCells" in part else []
    return Facts(
        merged_ranges(found.decode() for found in merged),
        frozenset(_hidden_rows(part)) if hidden else frozenset(),
        hidden_columns(_hidden_columns(part)) if hidden else frozenset(),
        sums(held),
        _marks(part, errors=errors, formulas=formulas),
        next(((one.row, one.column) for one in held if is_external(one.text)), None),
    )


def is_external(formula: str) -> bool:
    """Whether a formula asks another workbook."""
    return "[" in formula and bool(_EXTERNAL.search(formula))


def merged_ranges(written: Iterable[str]) -> tuple[Range, ...]:
    """Read ranges such as `B5:D7`; what is none is passed over."""
    found = (_RANGE.fullmatch(text) for text in written)
    return tuple(_ordered(*match.groups()) for match in found if match)


def hidden_columns(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Columns (from 0) of spans that count from 1, within a sheet."""
    return frozenset(
        column - 1
        for first, last in spans
        for column in range(max(first, 1), min(last, LAST_COLUMN) + 1)
    )


def sums(formulas: Iterable[Formula]) -> dict[tuple[int, int], Range]:
    """Keep the formulas that sum one plain range of the same sheet, and that range.

    A shared formula is moved along from its first cell; whatever else adds is left out.
    """
    found: dict[tuple[int, int], Range] = {}
    shared: dict[str, tuple[Formula, re.Match[str]]] = {}
    for formula in formulas:
        match = _SUM.fullmatch(formula.text)
        if formula.kind == "shared":
            if match:
                shared[formula.group] = formula, match
            elif not formula.text and (first := shared.get(formula.group)):
                moved = _moved(
                    first[1], formula.row - first[0].row, formula.column - first[0].column
                )
                if moved:
                    found[formula.row, formula.column] = moved
                continue
        if match and formula.kind in {"", "normal", "shared"}:
            found[formula.row, formula.column] = _ordered(*match.group(2, 4, 6, 8))
    return found


def _moved(match: re.Match[str], down: int, right: int) -> Range | None:
    """Move the range of a shared formula; what has a `$` stays."""
    first_row, first, last_row, last = _ordered(*match.group(2, 4, 6, 8), swap=False)
    fixed = [bool(sign) for sign in match.group(1, 3, 5, 7)]
    first, last = first + right * (not fixed[0]), last + right * (not fixed[2])
    first_row, last_row = first_row + down * (not fixed[1]), last_row + down * (not fixed[3])
    if min(first, last) < 0 or min(first_row, last_row) < 1:
        return None
    return min(first_row, last_row), min(first, last), max(first_row, last_row), max(first, last)


def _ordered(left: str, top: str, right: str, bottom: str, *, swap: bool = True) -> Range:
    first, last = column_number(left.encode()) - 1, column_number(right.encode()) - 1
    if not swap:
        return int(top), first, int(bottom), last
    rows = sorted((int(top), int(bottom)))
    return rows[0], min(first, last), rows[1], max(first, last)


def column_number(letters: bytes) -> int:
    """Give a column's number by its letters: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _formulas(part: bytes) -> Iterable[Formula]:
    for letters, row, attributes, text in _FORMULA.findall(part):
        kind, group = (found.search(attributes) for found in _SHARED)
        yield Formula(
            int(row),
            column_number(letters) - 1,
            kind[1].decode() if kind else "",
            group[1].decode() if group else "",
            _text(text),
        )


def _marks(part: bytes, *, errors: bool, formulas: bool) -> Marks:
    found = _ERROR.findall(part) if errors else []
    marks = {_place(*at): ERROR_VALUE + (_text(value) or "#VALUE!") for *at, value in found}
    if formulas:
        for *at, text in _UNCACHED.findall(part):
            marks[_place(*at)] = f"{NO_VALUE}={_text(text)}"
    return marks


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters) - 1


def _text(written: bytes) -> str:
    return unescape(written.decode(errors="replace"))


def _hidden_rows(part: bytes) -> Iterable[int]:
    return (
        int(number)
        for tag in _ROW.findall(part)
        for name, number in _NUMBER.findall(tag)
        if name == b"r"
    )


def _hidden_columns(part: bytes) -> Iterable[tuple[int, int]]:
    for tag in _COLUMN.findall(part):
        said = dict(_NUMBER.findall(tag))
        if b"min" in said and b"max" in said:
            yield int(said[b"min"]), int(said[b"max"])
