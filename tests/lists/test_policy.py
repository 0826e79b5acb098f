"""The policy of names on real names, measured: a slip is never another region (forms.md, 7)."""

from __future__ import annotations

import random
from typing import NamedTuple

from recount.lists import Entry, keys_of, region_list
from recount.model import NAMED_LEVELS
from recount.names import spellings, squash
from recount.places import Settled, Written, settle, table_of
from recount.regions import UNMATCHED

SLIPS = 2_000
LETTERS = "ABCDEFGHIJKLMNOPRSTUWY"


class Slip(NamedTuple):
    """A real kecamatan, and its name with one slip of the keyboard in it."""

    entry: Entry
    written: str


def slipped(name: str, chance: random.Random) -> str:
    """One letter left out, put in, put for another one, or changed with its neighbour."""
    at = chance.randrange(len(name) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def slips() -> list[Slip]:
    chance = random.Random(137)  # noqa: S311 - no secret
    one = region_list("2018")
    found: list[Slip] = []
    while len(found) < SLIPS:
        entry = chance.choice(one.at_level(3))
        written = slipped(entry.name.upper(), chance)
        if not one.spelt(entry.parent, squash(written, "kecamatan")):
            found.append(Slip(entry, written))
    return found


def places(made: list[Slip]) -> list[Written]:
    one = region_list("2018")
    listed = [_listed(entry) for entry in one.entries.values()]
    rows = []
    for slip in made:
        provinsi, kabkota = one.path(slip.entry.code)
        keys = (
            squash(provinsi.name, "provinsi"),
            squash(kabkota.name, "kabkota"),
            squash(slip.written, "kecamatan"),
            None,
        )
        names = (provinsi.name, kabkota.name, slip.written, None)
        rows.append(Written(None, names, keys, ours=True, theirs=False))
    return [*listed, *rows]


def _listed(entry: Entry) -> Written:
    at = entry.level - 1
    names = tuple(entry.name if level == at else None for level in range(4))
    key = squash(entry.name, NAMED_LEVELS[at])
    keys = tuple(key if level == at else None for level in range(4))
    return Written(entry.code, names, keys, ours=False, theirs=False, listed=True)


def _suggested(settled: Settled, at: int) -> str | None:
    faults = settled.faults.get(at, ())
    return next(
        (str(v) for fault in faults for k, v in fault.message.values if k == "suggested"), None
    )


def test_a_slip_is_never_taken_for_a_region_and_never_suggested_as_another_one() -> None:
    made = slips()
    table = places(made)
    settled = settle(table_of(table))
    start = len(table) - len(made)
    suggested = 0
    for number, slip in enumerate(made):
        at = start + number
        assert settled.nodes[at] == UNMATCHED, slip
        name = _suggested(settled, at)
        # Two neighbours that differ by one letter cannot both be right: neither is suggested.
        assert name is None or name == slip.entry.name, (slip, name)
        suggested += name is not None
    assert suggested > SLIPS / 2


def test_the_names_of_kpu_are_found_in_the_list_or_left() -> None:
    """All names of KPU's tree of 2019 that are other ones: the list has them beside its own."""
    one = region_list("2018")
    others = [entry for entry in one.entries.values() if entry.also]
    assert len(others) == 74
    for entry in others:
        own, other = keys_of(entry)
        assert not set(spellings(own)) & set(spellings(other))
        assert [found.code for found in one.spelt(entry.parent, other)] == [entry.code]
