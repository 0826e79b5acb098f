"""Text tables of any delimiter (CSV, TSV ...) in, one grid of raw text with line numbers out.

Two ways lead to the same grid: Polars reads what is plain, at the speed of the disk; Python's csv
module reads what needs care: line breaks inside quotes, bare carriage returns, rows wider than
the first ones. Only the careful one says what is wrong.
"""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from recount.errors import RecountError
from recount.model import Finding
from recount.readers._cells import Tables, blanks_to_null, bound, columns, grid
from recount.readers._delimiter import Shape, sniff, stated
from recount.readers._encoding import to_utf8
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl


ENDINGS = (".csv", ".tsv")

FIELD_LIMIT = 1 << 24
"""Longest text of one field, in characters; what is longer is a quotation mark left open."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?(?:xml|mso)", re.IGNORECASE)


class Lines(NamedTuple):
    """A table's text as UTF-8, and the number of its first line in the file."""

    data: bytes
    first: int


def claims(data: bytes) -> bool:
    """Say whether this reader takes the file: it takes whatever no other reader claims."""
    return bool(data)


def grids(data: bytes, label: str) -> Tables:
    """Read one text table. Raises `RecountError` with the line for what cannot be read."""
    decoded = to_utf8(data, label)
    _refuse_markup(decoded.data, label)
    lines, shape = _shape(decoded.data)
    frame, rows = _plain(lines, shape, label) or _careful(lines, shape, label)
    table = grid(label, None, blanks_to_null(frame, wide=decoded.wide_blanks), rows)
    cut = _cut_off(lines, shape, label)
    return Tables(() if table is None else (table,), (*decoded.findings, *cut))


def _cut_off(lines: Lines, shape: Shape, label: str) -> tuple[Finding, ...]:
    """Say that a file breaks off in the middle of its last line, as a half-copied one does."""
    last = lines.data[lines.data.rfind(b"\n") + 1 :].rstrip(b"\r")
    if not last.strip() or b'"' in last or b"\r" in last:
        return ()
    if last.count(shape.separator.encode()) + 1 >= shape.width:
        return ()
    number = lines.first + lines.data.count(b"\n")
    place = f"{label}:{number}"
    return (
        Finding(
            "cut-off",
            "warning",
            say("The last line may be cut off: it has fewer cells than the table and no end."),
            say("Check that the file was saved and copied completely."),
            place,
        ),
    )


def _shape(data: bytes) -> tuple[Lines, Shape]:
    separator = stated(data)
    if separator is None:
        return Lines(data, 1), sniff(data)
    rest = re.sub(rb"\A[^\r\n]*(?:\r\n|\r|\n|\Z)", b"", data, count=1)
    return Lines(rest, 2), sniff(rest, separator)


def _plain(lines: Lines, shape: Shape, label: str) -> tuple[pl.DataFrame, pl.Series] | None:
    """Read with Polars; None where a row could be something else than a line."""
    import polars as pl

    data = lines.data
    if not data or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return None
    height = data.count(b"\n") + (not data.endswith(b"\n"))
    bound(height, shape.width, label)
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator=shape.separator,
            quote_char='"',
            schema={f"c{index}": pl.String for index in range(shape.width)},
            missing_columns="insert",
            extra_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != height or not _quotes_in_order(data, shape.separator):
        return None
    # In one piece: every later step would else put the pieces together anew.
    return frame.rechunk(), _numbers(lines.first, height)


def _quotes_in_order(data: bytes, separator: str) -> bool:
    """Whether every quotation mark begins or ends a cell, or is doubled inside one.

    Polars drops those that are astray and reads on; here they are for the careful way.
    """
    sign = re.escape(separator.encode())
    cell = rb'(?:"[^"\n]*+(?:""[^"\n]*+)*+"|[^"\n%b]*+)' % sign
    lines = re.compile(rb'(?:(?=[^\n]*")%b(?:%b%b)*+\r?(?:\n|\Z))++' % (cell, sign, cell))
    at = data.find(b'"')
    while at >= 0:
        found = lines.match(data, data.rfind(b"\n", 0, at) + 1)
        if found is None:
            return False
        at = data.find(b'"', found.end())
    return True


def _numbers(first: int, height: int) -> pl.Series:
    import polars as pl

    return pl.int_range(first, first + height, dtype=pl.Int32, eager=True)


def _careful(lines: Lines, shape: Shape, label: str) -> tuple[pl.DataFrame, pl.Series]:
    """Read with the csv module; each row has the number of the line on which it starts."""
    import polars as pl

    text = lines.data.decode()
    reader = csv.reader(StringIO(text, newline=""), delimiter=shape.separator, strict=True)
    starts, rows, start = [], [], 0
    try:
        with _long_fields():
            for row in reader:
                starts.append(start + lines.first)
                rows.append(row)
                start = reader.line_num
    except csv.Error as fault:
        line = _open_quote(text, start, shape.separator) + lines.first
        raise _unclosed(label, line) from fault
    return columns(rows, label), pl.Series(starts, dtype=pl.Int32)


@contextmanager
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(FIELD_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _open_quote(text: str, start: int, separator: str) -> int:
    """Find the line, from 0, of the first quotation mark at or after line `start` left open."""
    sign = re.escape(separator)
    field = re.compile(rf'(?:"[^"]*(?:""[^"]*)*"|(?!")[^{sign}\r\n]*)(?:{sign}|\r\n|\r|\n|\Z)')
    breaks = re.compile(r"\r\n|\r|\n")
    at, line = 0, 0
    for found in breaks.finditer(text):
        if line == start:
            break
        at, line = found.end(), line + 1
    while at < len(text) and (found_field := field.match(text, at)):
        at = found_field.end()
    return len(breaks.findall(text, 0, at))


def _unclosed(label: str, line: int) -> RecountError:
    return RecountError(
        say(
            "A quotation mark opens on line {line} and does not close as it should.", line=str(line)
        ),
        mend=say("Close it at the end of that cell's text, or remove it."),
        place=f"{label}:{line}",
    )


def _refuse_markup(data: bytes, label: str) -> None:
    head = data[:2048]
    if _XML.match(head) or (head.lstrip()[:1] == b"<" and _HTML.search(head)):
        raise RecountError(
            say("This is a web page (HTML or XML), not a table, whatever its name says."),
            mend=say("Open it in a spreadsheet program and save it as .xlsx."),
            place=label,
        )
