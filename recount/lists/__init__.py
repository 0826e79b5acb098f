"""The region lists that come with the package: a version in, its regions down to kecamatan out.

`README.md` beside this file says where they come from. A list is read once, in a few milliseconds,
and without any library.
"""

from __future__ import annotations

import csv
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recount.model import LEVELS
from recount.names import bare, spellings, squash
from recount.regions import code_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSIONS = ("2018", "2024")
"""Each is in force until the next one."""

KABKOTA = LEVELS.index("kabkota")
FIRST_KOTA = "71"
ABROAD = "99"
"""The provinsi under which KPU counts its posts abroad."""


class Entry(NamedTuple):
    """A region of a list, and its codes in other systems ("" where not known).

    `kpu`: KPU's own id of the elections of that time. `also`: another name that KPU gave it.
    """

    code: str
    name: str
    kpu: str
    bps: str
    also: str

    @property
    def level(self) -> int:
        """The number of its level."""
        return code_level(self.code)

    @property
    def parent(self) -> str:
        """The code of the region above; "" above a provinsi."""
        return self.code.rpartition(".")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, and the other one where it has one."""
        return (self.name, self.also) if self.also else (self.name,)


class RegionList:
    """One version: its regions by code, and those inside each one."""

    def __init__(self, version: str, entries: Iterable[Entry]) -> None:
        """`entries`: in the order of their codes."""
        self.version = version
        self.entries = {entry.code: entry for entry in entries}
        self._inside: dict[str, dict[str, list[Entry]]] = {}
        self._anywhere: dict[int, dict[str, list[Entry]]] = {}

    @cached_property
    def children(self) -> Mapping[str, Sequence[Entry]]:
        """Code of a region ("": the whole) -> the regions right below it."""
        below: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            below.setdefault(entry.code.rpartition(".")[0], []).append(entry)
        return below

    def spelt(self, within: str, key: str) -> list[Entry]:
        """The regions right below one ("": the whole) that a squashed name is exactly."""
        if within not in self._inside:
            self._inside[within] = _index(self.children.get(within, ()))
        return _spelt(self._inside[within], key)

    def spelt_anywhere(self, level: int, key: str) -> list[Entry]:
        """The regions of a level, wherever they are, that a squashed name is exactly."""
        if level not in self._anywhere:
            self._anywhere[level] = _index(self.at_level(level))
        return _spelt(self._anywhere[level], key)

    @cached_property
    def by_kpu(self) -> Mapping[str, Entry]:
        """Regions by KPU's own id."""
        return {entry.kpu: entry for entry in self.entries.values() if entry.kpu}

    @cached_property
    def by_bps(self) -> Mapping[str, Entry]:
        """Regions by the code of BPS, where it is known."""
        return {entry.bps: entry for entry in self.entries.values() if entry.bps}

    def at_level(self, level: int) -> list[Entry]:
        """All regions of a level."""
        return [entry for entry in self.entries.values() if entry.level == level]

    def below(self, code: str) -> dict[str, int]:
        """How many regions of each level lie in a region, by the level's name."""
        parts = self.children.get(code, ())
        counts = {LEVELS[parts[0].level]: len(parts)} if parts else {}
        for part in parts:
            for level, count in self.below(part.code).items():
                counts[level] = counts.get(level, 0) + count
        return counts

    def path(self, code: str) -> tuple[Entry, ...]:
        """What a region lies in, from the provinsi down, itself left out."""
        parts = code.split(".")[:-1]
        return tuple(self.entries[".".join(parts[: at + 1])] for at in range(len(parts)))


@cache
def region_list(version: str) -> RegionList:
    """Read one of VERSIONS. Raises KeyError for another one."""
    if version not in VERSIONS:
        raise KeyError(version)
    rows = csv.reader(_text(f"{version}.csv").splitlines())
    next(rows)
    return RegionList(version, map(Entry._make, rows))


def packaged(regions: str | Path | None) -> str | None:
    """The version of a list that a value of --regions names; a file of that name goes before."""
    version = str(regions)
    return version if version in VERSIONS and not Path(version).exists() else None


def alias_rows() -> list[dict[str, str]]:
    """The spellings in use that come with the package: level, within, alias, region, source."""
    return list(csv.DictReader(_text("aliases.csv").splitlines()))


def version_of(year: int) -> str:
    """The version in force in a year; the oldest one before them all."""
    return max((version for version in VERSIONS if int(version) <= year), default=VERSIONS[0])


def keys_of(entry: Entry) -> tuple[str, ...]:
    """The squashed names of a region; those of a kabupaten or kota with their word."""
    return tuple(_with_sort(entry.code, squash(name, LEVELS[entry.level])) for name in entry.names)


def _with_sort(code: str, key: str) -> str:
    """Kemendagri counts the kota of a provinsi from 71 on; KPU writes no word for a kabupaten."""
    key = key.removeprefix("ADM ")
    if code_level(code) != KABKOTA or code.startswith(ABROAD) or bare(key, "kabkota") != key:
        return key
    return f"{'KOTA' if code[3:] >= FIRST_KOTA else 'KAB'} {key}"


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _spelt(known: Mapping[str, Sequence[Entry]], key: str) -> list[Entry]:
    found = [entry for text in spellings(key) for entry in known.get(text, ())]
    return list(dict.fromkeys(found))


def _index(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Spelling -> regions; a kabupaten or kota is found without its word, too."""
    index: dict[str, list[Entry]] = {}
    for entry in entries:
        keys = set(keys_of(entry))
        keys |= {bare(key, LEVELS[entry.level]) for key in keys}
        for text in {text for key in keys for text in spellings(key)}:
            index.setdefault(text, []).append(entry)
    return index
