"""Codes and the names beside them in; the system that the codes are of out, if it is another one.

64.02 is Kutai Kartanegara in Kemendagri and in KPU, and 6402 is Kutai Barat in BPS: what a code
means, only its system can say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.lists import VERSIONS, Entry, keys_of, region_list
from recount.lists.lookup import KPU
from recount.model import LEVELS
from recount.names import bare, spellings
from recount.regions import WIDTHS, parse_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

KEMENDAGRI = "kemendagri"
UNKNOWN = "other"
"""A system whose codes are not at hand."""
SEVERAL = 3
"""So many names beside other regions' codes are no slip any more."""
OTHERS = ("bps", *KPU.values())
ENOUGH = 0.9
"""At least this share of the codes must be codes of a system for it to be that one."""
_BPS_KECAMATAN, _BPS_DESA = 7, 10


class Beside(NamedTuple):
    """A code as written, and the keys beside it from the provinsi to the kecamatan ("": none)."""

    code: str
    keys: tuple[str, ...]


class Strange(NamedTuple):
    """The system that codes are of, one of them, and what it means there and in Kemendagri."""

    system: str
    code: str
    there: Entry
    here: Entry | None
    named: bool


class _Tally(NamedTuple):
    """How many codes a system has, and how often the name beside a code agrees or not."""

    valid: int
    agree: int
    disagree: int


def may_be_strange(few: Sequence[Beside]) -> bool:
    """Whether some codes of a side give a reason to look at all of them."""
    own = _tally(few, KEMENDAGRI)
    return not _is_at_home(own, len(few)) and (own.disagree > own.agree or bool(_likely(few)))


def strange_system(pairs: Sequence[Beside]) -> Strange | None:
    """Say of which other system the codes of one side are; None where they are Kemendagri's.

    With names beside them, the codes are of the system in which they mean those names; without, of
    the one system that has all of them where Kemendagri has not.
    """
    own = _tally(pairs, KEMENDAGRI)
    if not pairs or _is_at_home(own, len(pairs)):
        return None
    for system in _likely(pairs):
        told = _tally(pairs, system)
        if _fits(told, own, len(pairs)):
            return _example(pairs, system, named=bool(told.agree))
    return _of_no_system_here(pairs) if own.disagree > own.agree else None


def _of_no_system_here(pairs: Sequence[Beside]) -> Strange | None:
    """Codes beside which the names of other regions stand, of a system that is not at hand.

    Only of Kalimantan Timur are the codes of BPS known here; elsewhere they are other ones, too.
    """
    moved = [found for pair in pairs if (found := _moved(pair)) is not None]
    return moved[0] if len(moved) >= max(SEVERAL, len(pairs) / 2) else None


def _moved(pair: Beside) -> Strange | None:
    """The region whose name stands beside another one's code, where the name is of one alone."""
    for here in _entries(pair.code, KEMENDAGRI):
        key = pair.keys[here.level - 1]
        if not key or here.level == 1 or _agrees(pair, here):
            return None
        one = region_list(VERSIONS[0])
        above = [here.code[:2]]
        if here.level > len(above) + 1:
            above = [entry.code for entry in one.children.get(here.code[:2], ())]
        there = [entry for code in above for entry in one.spelt(code, key)]
        if len(there) == 1 and there[0].code != here.code:
            return Strange(UNKNOWN, pair.code, there[0], here, named=True)
    return None


def _likely(pairs: Sequence[Beside]) -> list[str]:
    """The other systems that have nearly all of the codes."""
    return [name for name in OTHERS if _tally(pairs, name).valid >= ENOUGH * len(pairs)]


def _is_at_home(own: _Tally, count: int) -> bool:
    return not own.disagree and (own.agree > 0 or own.valid == count)


def _fits(told: _Tally, own: _Tally, count: int) -> bool:
    """Whether another system explains the codes better. Many regions have one number in two."""
    if told.valid < ENOUGH * count:
        return False
    if told.agree or told.disagree:
        return told.agree > own.agree and told.disagree < own.disagree + count - own.valid
    return told.valid == count > own.valid


def _tally(pairs: Iterable[Beside], system: str) -> _Tally:
    valid = agree = disagree = 0
    for pair in pairs:
        entries = list(_entries(pair.code, system))
        verdicts = [_agrees(pair, entry) for entry in entries]
        valid += bool(entries)
        agree += True in verdicts
        disagree += False in verdicts and True not in verdicts
    return _Tally(valid, agree, disagree)


def _entries(code: str, system: str) -> Iterator[Entry]:
    """What a code means in a system, in any list; of a desa or TPS, the kecamatan it lies in."""
    if system == KEMENDAGRI:
        dotted = (parse_code(code) or "")[: WIDTHS[3]]
        found = (region_list(version).entries.get(dotted) for version in VERSIONS)
        yield from (entry for entry in found if entry is not None)
        return
    if system == "bps":
        plain = code.replace(".", "")
        plain = plain[:_BPS_KECAMATAN] if len(plain) == _BPS_DESA else plain
        entry = region_list(VERSIONS[0]).by_bps.get(plain)
    else:
        entry = _by_id(system).get(code)
    if entry is not None:
        yield entry


def _by_id(system: str) -> Mapping[str, Entry]:
    version = next(version for version, name in KPU.items() if name == system)
    return region_list(version).by_kpu


def _agrees(pair: Beside, entry: Entry) -> bool | None:
    """Whether the name beside a code is the region's; None where there is none of its level."""
    level = LEVELS[entry.level]
    key = pair.keys[entry.level - 1] if entry.level <= len(pair.keys) else ""
    if not key:
        return None
    names = {text for own in keys_of(entry) for text in spellings(bare(own, level))}
    return bool(names & set(spellings(bare(key, level))))


def _example(pairs: Iterable[Beside], system: str, *, named: bool) -> Strange | None:
    """A code that shows best what is meant: one that another region has in Kemendagri."""
    shown = None
    for pair in pairs:
        there = next(_entries(pair.code, system), None)
        here = next(_entries(pair.code, KEMENDAGRI), None)
        if there is None:
            continue
        shown = shown or Strange(system, pair.code, there, here, named)
        if here is not None and here.code != there.code:
            return Strange(system, pair.code, there, here, named)
    return shown
