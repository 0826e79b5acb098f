"""The kabupaten/kota and kecamatan that files name in, the packaged list they fit out, or none.

A list fits when it has every kabupaten/kota that is named and nearly every kecamatan (FITS), each
by its exact or squashed name inside its kabupaten/kota. It then says which kecamatan are missing.
Nothing is matched here: what the files name stays the region that it is without a list.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from recount.lists import ABROAD, VERSIONS, Entry, RegionList, keys_of, region_list, version_of
from recount.names import bare, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FITS = 0.95
"""At least this share of the kecamatan must be in the list."""
MISSPELT = 0.15
"""Up to this share may be in it under a name that is so much alike that it is suggested."""
_PROVINSI, _KABKOTA, _KECAMATAN = 1, 2, 3
_ABROAD = "LUAR NEGERI"


class Named(NamedTuple):
    """A region as the files name it: dotted code and squashed name, "" where there is none."""

    code: str
    key: str


class Kabkota(NamedTuple):
    """A kabupaten/kota that the files name, its provinsi, and its kecamatan in them."""

    own: Named
    provinsi: Named
    kecamatan: tuple[Named, ...]


class Fit(NamedTuple):
    """The list that fits, and for each kabupaten/kota (in order) its kecamatan not named anywhere.

    `alike`: for each one the names that the list has only nearly so, and which they may be.
    `rival`: another list that fits just as well and expects something else.
    """

    version: str
    missing: tuple[tuple[Entry, ...], ...]
    alike: tuple[tuple[tuple[Named, Entry], ...], ...]
    rival: str | None = None

    @property
    def more(self) -> int:
        """How many kecamatan are expected beside those that are named."""
        return sum(map(len, self.missing))


class _Held(NamedTuple):
    """One kabupaten/kota held against a list: how many of its kecamatan are found there.

    `missing` is None where the files have a kecamatan that may be any of those.
    """

    found: int
    missing: tuple[Entry, ...] | None
    code: str
    alike: tuple[tuple[Named, Entry], ...] = ()


def fitting(named: Sequence[Kabkota], year: int | None = None) -> Fit | None:
    """Choose the list that has what is named; None where there is none, or nothing to go by.

    Of two lists that have as many of the kecamatan the one in force in the election's `year` is
    taken, then the one of which more kabupaten/kota are complete, then the newer one.
    """
    total = sum(len(one.kecamatan) for one in named if not _is_abroad(one))
    tried = [(version, _held(named, region_list(version), total)) for version in VERSIONS]
    fits = [(version, held) for version, held in tried if total and held is not None]
    if not fits:
        return None
    wanted = version_of(year) if year is not None else None
    ranked = sorted(fits, key=lambda one: (*_rank(one[1]), one[0] == wanted))
    if wanted is not None:
        ranked.sort(key=lambda one: (_rank(one[1])[0], one[0] == wanted))
    version, held = ranked[-1]
    rivals = [
        other
        for other, theirs in ranked[:-1]
        if _rank(theirs) == _rank(held) and wanted is None and _sizes(theirs) != _sizes(held)
    ]
    missing = tuple(() if one is None else one.missing or () for one in held)
    alike = tuple(() if one is None else one.alike for one in held)
    return Fit(version, missing, alike, rivals[0] if rivals else None)


def elsewhere(named: Kabkota, one: RegionList) -> dict[str, Entry]:
    """The kecamatan that a list has in exactly one other kabupaten/kota of the provinsi.

    Out: squashed name -> that kecamatan. What the list has in this one too, or nearly so, is left.
    """
    own = list(_candidates(named, one))
    above = {entry.parent for entry in own}
    if len(above) != 1 or _is_abroad(named):
        return {}
    codes = {entry.code for entry in own}
    others = [entry.code for entry in one.children[above.pop()] if entry.code not in codes]
    free = {part.code: part for entry in own for part in one.children.get(entry.code, ())}
    found = {}
    for part in named.kecamatan:
        here = part.code in free or any(one.spelt(code, part.key) for code in codes)
        hits = [] if here else [hit for code in others for hit in one.spelt(code, part.key)]
        if len(hits) == 1 and _near(part, free) is None:
            found[part.key] = hits[0]
    return found


def _rank(held: Sequence[_Held | None]) -> tuple[int, int]:
    """How many kecamatan are found, and how many kabupaten/kota are complete."""
    known = [one for one in held if one is not None]
    return sum(one.found for one in known), sum(one.missing == () for one in known)


def _sizes(held: Sequence[_Held | None]) -> list[int]:
    return [len(one.missing or ()) for one in held if one is not None]


def _held(named: Sequence[Kabkota], one: RegionList, total: int) -> list[_Held | None] | None:
    """Hold everything against one list; None where it does not fit. Abroad no list is complete."""
    held: list[_Held | None] = []
    for kabkota in named:
        held.append(None if _is_abroad(kabkota) else _best(kabkota, one))
        if held[-1] is None and not _is_abroad(kabkota):
            return None
    known = [found for found in held if found is not None]
    codes = sorted(found.code for found in known)
    if any(first == second for first, second in pairwise(codes)):
        return None
    exact = sum(found.found for found in known)
    alike = min(sum(len(found.alike) for found in known), MISSPELT * total)
    return held if exact + alike >= FITS * total else None


def _is_abroad(named: Kabkota) -> bool:
    codes = (named.own.code, named.provinsi.code)
    return any(code[:2] == ABROAD for code in codes) or named.provinsi.key == _ABROAD


def _best(named: Kabkota, one: RegionList) -> _Held | None:
    """The kabupaten/kota of a list that has most of the kecamatan; None where it is not clear."""
    tried = [_inside(named, entry, one) for entry in _candidates(named, one)]
    most = max((held.found for held in tried), default=0)
    best = [held for held in tried if held.found == most]
    if len(best) > 1:
        # Alone, without its word, such a name is the kabupaten.
        best = [held for held in best if one.entries[held.code].code == named.own.code] or [
            held for held in best if keys_of(one.entries[held.code])[0].startswith("KAB ")
        ]
    return best[0] if len(best) == 1 else None


def _candidates(named: Kabkota, one: RegionList) -> Iterator[Entry]:
    """By name inside the provinsi, or anywhere where that is not named; by code where it agrees."""
    code, key = named.own
    coded = one.entries.get(code)
    above = one.spelt("", named.provinsi.key) if named.provinsi.key else ()
    if key:
        spelt = (
            [entry for provinsi in above for entry in one.spelt(provinsi.code, key)]
            if above
            else one.spelt_anywhere(_KABKOTA, key)
        )
        yield from spelt
        if not spelt and coded and _alike(key, coded):
            yield coded
    elif coded is not None and coded.level == _KABKOTA:
        yield coded


def _alike(key: str, entry: Entry) -> bool:
    """Whether a name beside the very code of a region is so much alike that both say the same."""
    others = {bare(other, "kabkota") for other in keys_of(entry)}
    return suggest(bare(key, "kabkota"), others) is not None


def _inside(named: Kabkota, entry: Entry, one: RegionList) -> _Held:
    free = {part.code: part for part in one.children.get(entry.code, ())}
    unknown = []
    found = 0
    for part in named.kecamatan:
        hits = [hit for hit in _found(part, entry, one) if hit.code in free]
        if len(hits) == 1:
            del free[hits[0].code]
            found += 1
        else:
            unknown.append(part)
    alike = []
    for part in unknown:
        if (near := _near(part, free)) is not None:
            del free[near.code]
            alike.append((part, near))
    missing = tuple(free.values()) if len(alike) == len(unknown) else None
    return _Held(found, missing, entry.code, tuple(alike))


def _found(part: Named, entry: Entry, one: RegionList) -> Iterable[Entry]:
    if part.key:
        return one.spelt(entry.code, part.key)
    coded = one.entries.get(part.code)
    return (coded,) if coded is not None and coded.parent == entry.code else ()


def _near(part: Named, free: dict[str, Entry]) -> Entry | None:
    """The one kecamatan of those that are free that an unknown name may be, if it is clear.

    Whether it is that one matters for counting what is missing, and for a suggestion.
    """
    keys = {key: entry for entry in free.values() for key in keys_of(entry)}
    best = suggest(part.key, keys) if part.key else None
    return keys[best.name] if best is not None else None
