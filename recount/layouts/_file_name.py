"""What a file is called in, the places that its name says out.

`Kec Kuaro Kab Paser.xlsx` says the levels itself; `DA1 Kuaro - Paser.xlsx` does not: there the
region lists of the package must have the one inside the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from recount.headings import meaning
from recount.layouts._titles import NO_NAMES, whole_name
from recount.lists import VERSIONS, region_list
from recount.model import LEVELS, NAMED_LEVELS
from recount.names import squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.lists import RegionList

_LABELS = frozenset(
    {
        *("PROVINSI", "PROPINSI", "KABUPATEN", "KAB", "KOTA", "KECAMATAN", "KEC", "DISTRIK"),
        *("DESA", "KELURAHAN", "KEL", "TPS"),
    }
)
_NOISE = (NO_NAMES - _LABELS) | {"FIX", "REV", "REVISI", "COPY", "SALINAN"}
_BETWEEN = re.compile(r"_|\s-\s|[(),]")
_NUMBER = re.compile(r"[0-9]{4,}|[A-Za-z]+-?[0-9]+(?:-[A-Za-z]+)?")
_LISTED = NAMED_LEVELS[:3]
"""The levels of the package's lists, from the top."""


@lru_cache(maxsize=2**10)
def places_in(label: str, above: tuple[str, ...]) -> Mapping[str, str]:
    """The places (level -> name as written) that a file's name says; none where it is in doubt.

    `above`: the levels above the rows of a table, from the top, where nothing else names the
    lowest of them. Names in capitals that are as many as the levels above a TPS need no list:
    `JAWA BARAT_BOGOR_CIBINONG_CIBINONG.csv`.
    """
    parts = list(_parts(_stem(label)))
    if len(parts) > 1 and (found := _by_lists(parts, above)):
        return found
    told: dict[str, str] = {}
    for part in parts:
        if labelled := _labelled(part):
            level, name = labelled
            if squash(told.setdefault(level, name), level) != squash(name, level):
                return {}
    capital = all(word.isalpha() and word.isupper() for part in parts for word in part.split())
    if not told and capital and 1 < len(parts) == len(above) == len(NAMED_LEVELS):
        return dict(zip(above, parts, strict=True))
    return told


def _stem(label: str) -> str:
    name = PurePath(label).name
    stem, dot, _ = name.rpartition(".")
    return stem.removesuffix(".csv") if dot else name


def _parts(stem: str) -> Iterator[str]:
    """Cut a name where its signs do, and before every word that says a level."""
    label = ""
    for piece in _BETWEEN.split(stem):
        words = [*label.split(), *piece.replace(".", " ").split()]
        label = ""
        if len(words) == 1 and words[0].upper() in _LABELS:
            label = words[0]
            continue
        starts = [at for at in range(1, len(words)) if _begins(words, at)]
        for first, last in zip([0, *starts], [*starts, len(words)], strict=True):
            if part := _without_noise(words[first:last]):
                yield part


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a word says the level of what follows: `Kab Paser`, but not `Kec Kota Bangun`."""
    labels = [word.upper() in _LABELS for word in words[at - 1 : at + 2]]
    return labels == [False, True, False]


def _without_noise(words: Sequence[str]) -> str:
    """A part without what names no place before and behind it: `DA1`, `2019`, `final`."""
    kept = list(words)
    while kept and (kept[0].upper() in _NOISE or _NUMBER.fullmatch(kept[0])):
        del kept[0]
    while kept and (kept[-1].upper() in _NOISE or kept[-1][:4].isdecimal()):
        del kept[-1]
    return " ".join(kept) if any(map(str.isalpha, "".join(kept))) else ""


def _by_lists(parts: Sequence[str], above: Sequence[str]) -> dict[str, str]:
    """Read the parts as regions inside each other, from the top or from below, by the lists."""
    found = [
        dict(zip(levels, ordered, strict=False))
        for ordered in (parts, parts[::-1])
        for levels in (NAMED_LEVELS, NAMED_LEVELS[1:])
        if len(parts) <= len(levels)
    ]
    fitting = [told for told in found if any(_inside(told, region_list(v)) for v in VERSIONS)]
    if len({tuple(sorted(told.items())) for told in fitting}) != 1:
        return {}
    said = {level: name for level, name in fitting[0].items() if level in (*_LISTED, *above)}
    plain = {level: _labelled(name) for level, name in said.items()}
    return {
        level: both[1] if (both := plain[level]) and both[0] == level else name
        for level, name in said.items()
    }


def _labelled(part: str) -> tuple[str, str] | None:
    """A level and its name, where a part says both: `Kab Paser`, `Kec Kota Bangun`."""
    label, *words = part.split()
    understood = meaning(label) if label.upper() in _LABELS and words else None
    if understood is None or _NOISE & {word.upper() for word in words}:
        return None
    return understood.role, whole_name(label, " ".join(words), understood.role)


def _inside(told: Mapping[str, str], one: RegionList) -> bool:
    """Whether a list has every place, each inside the one above; it has no desa."""
    levels = [level for level in _LISTED if level in told]
    at = LEVELS.index(levels[0])
    key = squash(told[levels[0]], levels[0])
    hits = one.spelt("", key) if at == 1 else one.spelt_anywhere(at, key)
    for level in levels[1:]:
        key = squash(told[level], level)
        hits = [below for hit in hits for below in one.spelt(hit.code, key)]
    return bool(hits) and len(levels) > 1
