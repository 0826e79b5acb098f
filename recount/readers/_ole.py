"""A compound file (.xls) in; an error when its sectors lead back to themselves.

The library that reads workbooks follows each chain of sectors to its end, and keeps all that it
meets: a chain that comes back to where it was fills the memory of any machine.
Layout of the file: [MS-CFB], sections 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADER = 512
_IN_HEADER = 109
"""So many sectors of the table are named in the header; further ones in a chain of their own."""
_LAST = 0xFFFFFFFA
"""Numbers from here on are no sectors: the end of a chain, unused ones."""
_ENTRY, _FILE, _ROOT = 128, 2, 5


class LoopError(ValueError):
    """A chain of sectors does not end."""


def follow_all(data: bytes) -> None:
    """Follow every chain of a compound file. Raises an error where one does not end."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_directory, small_below, first_small = struct.unpack_from("<I4xII", data, 48)
    table = _numbers(data, _table_sectors(data, size), size)
    directory = b"".join(_sector(data, at, size) for at in _chain(table, first_directory))
    small_sectors = _chain(table, first_small)
    small = _numbers(data, small_sectors, size)
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        kind = directory[at + 66]
        start, length = struct.unpack_from("<II", directory, at + 116)
        if kind == _ROOT or (kind == _FILE and length >= small_below):
            _chain(table, start)
        elif kind == _FILE:
            _chain(small, start)


def _table_sectors(data: bytes, size: int) -> list[int]:
    """Numbers of the sectors that hold the table of all sectors."""
    named = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more < _LAST and len(_sector(data, more, size)) == size:
        if more in seen:
            raise LoopError
        seen.add(more)
        *numbers, more = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        named += numbers
    return [number for number in named if number < _LAST]


def _numbers(data: bytes, sectors: Sequence[int], size: int) -> list[int]:
    return [number for at in sectors for number in _each(_sector(data, at, size))]


def _each(sector: bytes) -> Iterator[int]:
    return (number for (number,) in struct.iter_unpack("<I", sector[: len(sector) // 4 * 4]))


def _sector(data: bytes, number: int, size: int) -> bytes:
    start = max(_HEADER, size) + number * size
    return data[start : start + size]


def _chain(table: Sequence[int], start: int) -> list[int]:
    """Sectors of a chain; one that leaves the file is the library's to complain of."""
    chain: list[int] = []
    while start < len(table):
        chain.append(start)
        if len(chain) > len(table):
            raise LoopError
        start = table[start]
    return chain
