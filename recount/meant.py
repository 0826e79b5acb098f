"""A line of a table of spellings in, the regions that it may mean, and what lies in them, out.

A region is looked for in the lists of the package and in what the files themselves write.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.lists import VERSIONS, keys_of, region_list
from recount.model import LEVELS
from recount.names import TWINS, bare, spellings, squash
from recount.regions import WIDTHS, code_level, parse_code

if TYPE_CHECKING:
    from collections.abc import Collection

    from recount.aliases import Alias

    Frame = nw.DataFrame[Any]

_PROVINSI, _KABKOTA, _FINEST = map(LEVELS.index, ("provinsi", "kabkota", "desa"))


class Region(NamedTuple):
    """What an alias means, as far as it is known: "" for a code that is not."""

    code: str
    key: str


class Row(NamedTuple):
    """A distinct place down to one level: its dotted code, who wrote it, its keys from the top."""

    at: int
    code: str
    ours: bool
    theirs: bool
    keys: tuple[str, ...]


class Written:
    """What is written at one level, found by its spelling."""

    def __init__(self, places: Frame, level: int, keys: Collection[str] | None) -> None:
        """Take in the places with one of the `keys`, or all of them."""
        names = [f"key{at}" for at in range(1, level + 1)]
        numbered = places.select("code", "ours", "theirs", *names).with_row_index("at")
        if keys is not None:
            numbered = numbered.filter(nw.col(names[-1]).is_in(list(keys)))
        self.level = level
        self.rows = [
            Row(at, parse_code(code) or "", ours, theirs, tuple(own))
            for at, code, ours, theirs, *own in numbered.rows()
            if own[-1]
        ]
        self._spelt: dict[str, list[Row]] = {}
        for row in self.rows:
            for text in spellings(row.keys[-1]):
                self._spelt.setdefault(text, []).append(row)

    def spelt(self, key: str) -> list[Row]:
        """The places whose name at this level is a key, blanks and abbreviations aside."""
        found = {row.at: row for text in spellings(key) for row in self._spelt.get(text, ())}
        return list(found.values())

    def named(self, key: str) -> list[Row]:
        """The same; a kabupaten/kota also without its word."""
        others = (bare(key, "kabkota"),) if self.level == _KABKOTA else ()
        found = [row for text in (key, *others) for row in self.spelt(text)]
        return [row for row in dict.fromkeys(found) if is_named(row.keys[-1], key, self.level)]


def meant(alias: Alias, written: Written) -> list[Region]:
    """The regions that a line may mean: those of the lists, else those of the files."""
    code = parse_code(alias.region)
    if code is None:
        key = squash(alias.region, LEVELS[alias.level])
        here = [row for row in written.named(key) if lies_in(row, alias)]
        known = listed_as(alias, key) or [Region("", row.keys[-1]) for row in here]
        return list(dict.fromkeys(known))
    if code_level(code) != alias.level:
        return []
    for version in reversed(VERSIONS):
        if (entry := region_list(version).entries.get(code)) is not None:
            return [Region(code, keys_of(entry)[0])]
    coded = (Region(code, row.keys[-1]) for row in written.rows if _coded(row, code))
    return list(dict.fromkeys(coded))[:1]


def listed_as(alias: Alias, key: str) -> list[Region]:
    """The regions of the lists that have a name inside the region a line states, each code once."""
    found: dict[str, Region] = {}
    for version in reversed(VERSIONS):
        one = region_list(version)
        for above in _above(alias, version):
            for entry in one.spelt(above, key):
                found.setdefault(entry.code, Region(entry.code, keys_of(entry)[0]))
    return list(found.values())


def _above(alias: Alias, version: str) -> list[str]:
    """The codes of the regions right above that a line states, as a list has them."""
    one = region_list(version)
    code = parse_code(alias.within)
    if not alias.within:
        return [""] if alias.level == _PROVINSI else [entry.code for entry in one.at_level(1)]
    if code is not None:
        return [code] if code in one.entries and code_level(code) == alias.level - 1 else []
    level = alias.level - 1
    return [entry.code for entry in one.spelt_anywhere(level, squash(alias.within, LEVELS[level]))]


def lies_in(row: Row, alias: Alias) -> bool:
    """Whether a place lies in the region a line states."""
    if not alias.within:
        return True
    code = parse_code(alias.within)
    if code is not None and _coded(row, code):
        return True
    if code is None and any(_coded(row, one) for one in _codes_named(alias.within)):
        return True
    names = keys_named(alias.within, code)
    above = enumerate(row.keys[:-1], 1)
    return any(own and is_named(own, key, at) for at, own in above for key in names.get(at, ()))


@cache
def _codes_named(text: str) -> tuple[str, ...]:
    """The codes that the lists have for the name of a provinsi, kabupaten/kota or kecamatan."""
    found: list[str] = []
    for level in range(1, _FINEST):
        key = squash(text, LEVELS[level])
        entries = (e for v in VERSIONS for e in region_list(v).spelt_anywhere(level, key))
        found += [e.code for e in entries if is_named(keys_of(e)[0], key, level)]
    return tuple(dict.fromkeys(found))


@cache
def keys_named(text: str, code: str | None) -> dict[int, list[str]]:
    """The keys of a region that a line names, by the levels of which it may be."""
    if code is None:
        return {at: [squash(text, LEVELS[at])] for at in range(1, _FINEST + 1)}
    entries = (region_list(version).entries.get(code) for version in VERSIONS)
    keys = [key for entry in entries if entry for key in keys_of(entry)[:1]]
    return {code_level(code): list(dict.fromkeys(keys))}


def _coded(row: Row, code: str) -> bool:
    return row.code[: WIDTHS[code_level(code)]] == code


def is_named(own: str, key: str, level: int) -> bool:
    """Whether two keys are one name; a kabupaten may lack its word, and a kota that is no twin."""
    if set(spellings(own)) & set(spellings(key)):
        return True
    sort = LEVELS[level]
    short, full = sorted((own, key), key=lambda one: bare(one, sort) != one)
    if level != _KABKOTA or bare(short, sort) != short or bare(full, sort) == full:
        return False
    name = bare(full, sort)
    twin = name in TWINS and full.startswith("KOTA ")
    return not twin and bool(set(spellings(short)) & set(spellings(name)))
