"""What several copies of one form say: whether a majority agrees on a box, and it all in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import box_text
from recount.model import Finding
from recount.texts import Several, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import Side

QUORUM = 3
"""From this many independent files on, more than half of them can outvote the others."""


class Said(NamedTuple):
    """What one copy says in one box; `source`: its file, by number."""

    source: int
    value: int | None
    place: str


class Majority(NamedTuple):
    """A value that more than half of the files agree on."""

    value: int
    agree: int
    files: int


class About(NamedTuple):
    """Where the copies stand, and of which form they are."""

    place: str
    side: Side
    region: str
    contest: str


def majority_of(said: Sequence[Said]) -> Majority | None:
    """The value that more than half of at least `QUORUM` files have; each file has one voice.

    A file that contradicts itself agrees with nobody, and a blank says nothing.
    """
    voices: dict[int, set[int]] = {}
    for one in said:
        if one.value is not None:
            voices.setdefault(one.source, set()).add(one.value)
    votes = Counter(value for values in voices.values() if len(values) == 1 for value in values)
    if len(voices) < QUORUM or not votes:
        return None
    value, agree = votes.most_common(1)[0]
    return Majority(value, agree, len(voices)) if agree * 2 > len(voices) else None


def conflict(count: int, boxes: Mapping[str, Sequence[int | None]], about: About) -> Finding:
    """Say in which boxes copies contradict each other; `boxes`: what they say, copy by copy."""
    text = say(
        "{count} copies of {region} differ in: {boxes}.",
        count=count,
        region=about.region,
        boxes=Several(
            tuple(
                say("{box} ({figures})", box=box_text(box), figures=Several(tuple(said), " | "))
                for box, said in boxes.items()
            )
        ),
    )
    mend = say("Compare the copies with the form and keep the right one.")
    return Finding("conflict", "error", text, mend, *about)


def outvoted_by(majority: Majority, box: str, about: About) -> Finding:
    """Say what a majority decided in a box."""
    text = say(
        "{agree} of {files} files say {value} for {box} of {region}; this is used.",
        agree=majority.agree,
        files=majority.files,
        value=majority.value,
        box=box_text(box),
        region=about.region,
    )
    mend = say("Compare the copies with the form: the others may be right.")
    return Finding("majority", "warning", text, mend, *about)


def agreement(count: int, about: About, *, parts: bool) -> Finding:
    """Say that copies agree, or (`parts`) that each of them fills boxes of its own."""
    if parts:
        text = say(
            "{count} rows of {region} fill different boxes; they count as one form.",
            count=count,
            region=about.region,
        )
    else:
        text = say(
            "{count} copies of {region} agree; they count once.", count=count, region=about.region
        )
    return Finding("copies", "note", text, say("Nothing to do."), *about)


def same_file(first: str, again: str, side: Side, contest: str) -> Finding:
    """Say that two files have the same bytes."""
    return Finding(
        "same-file",
        "note",
        say(
            "{again} is the same file as {first}, byte for byte; it counts once.",
            again=again,
            first=first,
        ),
        say("Nothing to do; if it should be another form, put the right file in its place."),
        place=f"{first} | {again}",
        side=side,
        contest=contest,
    )
