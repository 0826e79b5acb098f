"""A compressed file in (gzip, zstd), its content out, bounded."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from recount.errors import RecountError
from recount.readers._edge import shielded
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = (".gz", ".zst")

MAX_EXPANDED = 4 << 30
"""Most bytes that any file may expand to: 70 times the nation's stations as CSV."""

MAX_RATIO, RATIO_FROM = 200, 64 << 20
"""Beyond the first 64 MiB a table may be at most 200 times as large as its file; real ones are
5 to 30 times as large."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_FED, _STEP = 1 << 20, 16 << 20
"""Bytes handed to a decompressor at once, and the most that it gives back at once."""


def is_compressed(data: bytes) -> bool:
    """Whether the content begins as gzip or zstd does."""
    return data.startswith((_GZIP, _ZSTD))


def expand(data: bytes, label: str) -> bytes:
    """Give the content of a gzip or zstd file, of all its members one after the other.

    Raises `RecountError` for a damaged or incomplete file, and for one that expands beyond
    `MAX_EXPANDED` bytes or `MAX_RATIO` times its size.
    """
    parts, size = [], 0
    pieces = _gzip(data) if data.startswith(_GZIP) else _zstd(data)
    with shielded(
        say("The compressed file is damaged or incomplete."),
        mend=say("Copy or download it again, or unpack it and pass the file inside."),
        place=label,
    ):
        for part in pieces:
            parts.append(part)
            size += len(part)
            _bound(size, len(data), label)
    return b"".join(parts)


def too_large(size: int, packed: int) -> bool:
    """Say whether `packed` bytes that expand to `size` are more than a table can need."""
    return size > MAX_EXPANDED or (size > RATIO_FROM and size > MAX_RATIO * packed)


def _bound(size: int, packed: int, label: str) -> None:
    if too_large(size, packed):
        raise RecountError(
            say("The compressed file expands to far more than a table needs; reading stopped."),
            mend=say("Ask whoever sent it for the table itself."),
            place=label,
        )


def _gzip(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data) and data[at]:  # NULs after the last member are padding
        engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        while not engine.eof:
            chunk = data[at : at + _FED]
            part = engine.decompress(chunk, _STEP)
            if not chunk and not part:
                raise EOFError
            yield part
            at += len(chunk) - len(engine.unconsumed_tail) - len(engine.unused_data)


def _zstd(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        engine = zstd.ZstdDecompressor()
        while not engine.eof:
            chunk = data[at : at + _FED] if engine.needs_input else b""
            if not chunk and engine.needs_input:
                raise EOFError
            yield engine.decompress(chunk, _STEP)
            at += len(chunk) - len(engine.unused_data)
