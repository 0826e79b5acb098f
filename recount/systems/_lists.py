"""The lists that belong to a capture: pairs by the system's ids, and regions by theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.model import Book
    from recount.systems._paths import Spot

_NUMBER, _NAME = "nomor_urut", "nama"
_WORDS = re.compile(r"[^\W_]+")
_COLUMNS = ("paslon id", "nomor urut", "nama")


@dataclass(slots=True)
class Lists:
    """`numbers` and `names`: of pairs by id; `regions`: names of regions by id or code."""

    numbers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    def take(self, body: object, spot: Spot | None) -> bool:
        """Take in a list; False where it is none."""
        if isinstance(body, dict) and body and _holds(body, _NUMBER):
            self._take_pairs(body)
            return True
        if isinstance(body, list) and body and all(isinstance(one, dict) for one in body):
            found = [one for one in body if one.keys() >= {"kode", _NAME}]
            self.regions |= {str(one["kode"]): str(one[_NAME]) for one in found}
            return len(found) == len(body) and "tingkat" in found[0]
        if spot is not None and spot.regions and isinstance(body, dict):
            named = {id_: one for id_, one in body.items() if isinstance(one, dict)}
            self.regions |= {id_: str(one[_NAME]) for id_, one in named.items() if _NAME in one}
            return True
        return False

    def take_table(self, book: Book) -> bool:
        """Take in a list of pairs that is a table: columns of ids, numbers and names."""
        for grid in book.grids:
            words = [_WORDS.findall((cell or "").lower()) for cell in grid.head[0]]
            at = {key: words.index(key.split()) for key in _COLUMNS if key.split() in words}
            if {"paslon id", "nomor urut"} <= at.keys():
                cells = grid.cells.select(*(f"c{column}" for column in at.values()))
                for row in cells.iter_rows():
                    self._take_pair(dict(zip(at, row, strict=True)))
                return True
        return False

    def _take_pair(self, row: Mapping[str, str | None]) -> None:
        id_, number = row["paslon id"], row["nomor urut"]
        if id_ and number and number.isdecimal():
            self.numbers[id_] = str(int(number))
            self.names[id_] = row.get("nama") or ""

    def _take_pairs(self, body: Mapping[str, object]) -> None:
        for id_, pair in _pairs(body):
            number = pair.get(_NUMBER)
            if str(number).isdecimal():
                self.numbers[id_] = str(int(str(number)))
                self.names[id_] = str(pair.get(_NAME) or "")


def _holds(body: Mapping[str, object], key: str) -> bool:
    """Whether the first value of an object, or of an object inside it, has a key."""
    first = next(iter(body.values()))
    if not isinstance(first, dict):
        return False
    inner = next(iter(first.values()), None)
    return key in first or (isinstance(inner, dict) and key in inner)


def _pairs(body: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for id_, one in body.items():
        if isinstance(one, dict) and _NUMBER in one:
            yield id_, one
        elif isinstance(one, dict):
            yield from ((i, pair) for i, pair in one.items() if isinstance(pair, dict))
