"""The first lines of a text table in, the sign that separates its fields out."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import NamedTuple

CANDIDATES = "\t|;,"
"""The rarer a sign is in names and numbers the more it says, so on a tie the first one wins."""

HEAD_BYTES = 128 * 1024
HEAD_ROWS = 300


class Shape(NamedTuple):
    """How a table is written: the separator, the widest of its first rows."""

    separator: str
    width: int


def sniff(data: bytes, separator: str | None = None) -> Shape:
    """Find the separator by which most of the first rows have the same number of fields.

    `data`: UTF-8. `separator`: when the file itself says it. Title lines above the table have
    one field, or any number; the table's own rows outvote them.
    """
    head = data[:HEAD_BYTES].decode(errors="ignore")
    found = separator or max(CANDIDATES, key=lambda sign: _agreement(_widths(head, sign)))
    return Shape(found, max(_widths(head, found), default=1))


def stated(data: bytes) -> str | None:
    """Give the separator that a first line `sep=;` states, as Excel writes it; else None."""
    line = data[:8].splitlines()[:1]
    if not line or not line[0].lower().startswith(b"sep="):
        return None
    sign = line[0][4:].decode("latin-1")
    usable = len(sign) == 1 and sign.isascii() and not sign.isalnum() and sign != '"'
    return sign if usable else None


def _agreement(widths: list[int]) -> int:
    counts = Counter(width for width in widths if width > 1)
    return max(counts.values(), default=0)


def _widths(head: str, sign: str) -> list[int]:
    """Count the fields of each row, up to the first row that this sign makes no sense of."""
    reader = csv.reader(StringIO(head, newline=""), delimiter=sign, strict=True)
    widths = []
    with suppress(csv.Error):
        for row in islice(reader, HEAD_ROWS):
            widths.append(len(row))  # noqa: PERF401 - what was read before a fault counts
    return widths
