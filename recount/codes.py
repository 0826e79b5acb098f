"""Distinct places in; the same without the codes that are of another system than Kemendagri out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.lists.systems import UNKNOWN, Beside, Strange, may_be_strange, strange_system
from recount.model import Finding
from recount.texts import Text, say

if TYPE_CHECKING:
    from recount.model import Side

    Frame = nw.DataFrame[Any]

SIDES: tuple[Side, ...] = ("ours", "theirs")
SYSTEM_WORDS = {
    "kemendagri": say("Kemendagri"),
    "bps": say("BPS"),
    "kpu-2019": say("KPU 2019"),
    "kpu-2024": say("KPU 2024"),
    UNKNOWN: say("another system"),
}
FEW = 64
"""So many places of a side, spread over all, show whether there is anything to look into."""
_DESA = 10
"""So many signs without dots are a desa; one of BPS begins with the seven of its kecamatan."""


class Checked(NamedTuple):
    """The places, and by side what is to be said of its codes: a finding, and one of the codes."""

    places: Frame
    said: dict[Side, tuple[Finding, str]]


def check_systems(places: Frame) -> Checked:
    """Find out of which system the codes of each side are.

    Codes of another one than Kemendagri are not used where names stand beside them, or where the
    other side has codes of Kemendagri: a region is never found by a code of the wrong system.
    """
    found = {side: _strange(places, side) for side in SIDES}
    strange = {side: one for side, one in found.items() if one is not None}
    alike = len({one.system for one in strange.values()}) == 1
    both = len(strange) == len([side for side in SIDES if places[side].any()])
    for side, one in strange.items():
        if one.named or not (alike and both):
            unused = nw.when(~nw.col(side)).then(nw.col("code")).otherwise(nw.lit(""))
            places = places.with_columns(unused.alias("code"))
    return Checked(places, {side: (_finding(side, one), one.code) for side, one in strange.items()})


def _strange(places: Frame, side: Side) -> Strange | None:
    """The other system that the codes of a side are of, if any."""
    here = places.filter(nw.col(side), nw.col("code") != "")
    if not len(here) or not may_be_strange(_pairs(here.gather_every(1 + len(here) // FEW))):
        return None
    return strange_system(_pairs(here))


def _pairs(here: Frame) -> list[Beside]:
    """The distinct codes of places down to the kecamatan, with the names beside them."""
    code = nw.col("code")
    # A desa's or TPS's code goes with its kecamatan: eight signs with dots, at most seven without.
    dotted = code.str.contains(".", literal=True)
    long = code.str.len_chars() >= _DESA
    head = (
        nw.when(dotted)
        .then(code.str.head(8))
        .otherwise(nw.when(long).then(code.str.head(7)).otherwise(code))
    )
    names = ("key1", "key2", "key3")
    marked = here.with_columns(head=head)
    rows = marked.unique(["head", *names], keep="first", maintain_order=True)
    return [Beside(code, tuple(keys)) for code, *keys in rows.select("code", *names).rows()]


def _finding(side: Side, one: Strange) -> Finding:
    word = SYSTEM_WORDS[one.system]
    message = say(
        "The codes are those of {system}, not of Kemendagri: {code} is {there}.",
        system=word,
        code=one.code,
        there=one.there.name,
    )
    if one.here is not None and one.here.code != one.there.code:
        message = say(
            "The codes are those of {system}, not of Kemendagri: {code} is {there}, not {here}.",
            system=word,
            code=one.code,
            there=one.there.name,
            here=one.here.name,
        )
    return Finding("code-system", "error", message, _mend(one), side=side)


def _mend(one: Strange) -> Text:
    if one.named:
        return say(
            "The names decide. Write Kemendagri's codes, or call the column {heading}.",
            heading="kpu_id" if one.system.startswith("kpu") else "kode_bps",
        )
    return say(
        "Write Kemendagri's codes, or add the names: recount regions {code} shows both readings.",
        code=one.code,
    )
