"""A report in, its JSON document out: UTF-8, one object of a list on a line, to be diffed.

What would move a cursor or turn a line around is spelled as JSON can: nothing is lost.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING

from recount.report.shape import PLAIN
from recount.texts import harmless

if TYPE_CHECKING:
    import polars as pl

    from recount.report.shape import Look, Report

_LONE = re.compile("[\ud800-\udfff]")
"""Half a character, as file names that are not UTF-8 hold them; no JSON reader agrees on them."""

_UNUSUAL = re.compile(r"[^\n\x20-\x7e]")

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def render(report: Report, look: Look = PLAIN) -> bytes:  # noqa: ARG001 - one look for JSON
    """Write the document; numbers as numbers, null for what is not known."""
    pieces: list[bytes | memoryview] = []
    for key, value in report.document().items():
        pieces += [b",\n", _encode(key), b": ", *_value(value)]
    return b"".join((b"{\n", *pieces[1:], b"\n}\n"))


def _value(value: object) -> tuple[bytes | memoryview, ...]:
    import polars as pl

    if isinstance(value, pl.LazyFrame):
        lines = _objects(value)
    elif isinstance(value, list):
        lines = memoryview(b",\n".join(_encode(one) for one in value))
    else:
        return (_encode(value),)
    return (b"[\n", lines, b"\n]") if lines else (b"[]",)


def _encode(value: object) -> bytes:
    return _spelled(_LONE.sub("\ufffd", _write(value)).encode())


def _objects(rows: pl.LazyFrame) -> memoryview:
    """Let Polars write the rows; no line break stands inside its strings, so lines join."""
    buffer = BytesIO()
    rows.collect().write_ndjson(buffer)
    return memoryview(_spelled(buffer.getvalue()).replace(b"\n", b",\n"))[: -len(b",\n")]


def _spelled(data: bytes) -> bytes:
    """Write out the characters that `texts.harmless` writes out, but as JSON does."""
    if data.isascii() and b"\x7f" not in data:
        return data
    return _UNUSUAL.sub(_safe, data.decode()).encode()


def _safe(found: re.Match[str]) -> str:
    char = found.group()
    if harmless(char) == char:
        return char
    units = char.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
