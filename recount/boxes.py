"""A box's id in, what the box is called out. Ids by meaning: forms.md, section 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.texts import Several, Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable

CANDIDATE = "candidate:"

EMPTY_BOX = "candidate:empty"
"""The box of the votes against a single candidate, where it has no number."""

BOX_WORDS = {
    "registered_dpt": say("Registered voters (DPT)"),
    "registered_moved": say("Registered voters, moved in"),
    "registered_id_card": say("Registered voters, identity card"),
    "registered": say("Registered voters"),
    "voters_dpt": say("Voters who voted (DPT)"),
    "voters_moved": say("Voters who voted, moved in"),
    "voters_id_card": say("Voters who voted, identity card"),
    "voters": say("Voters who voted"),
    "ballots_received": say("Ballots received"),
    "ballots_spoiled": say("Ballots returned, spoiled"),
    "ballots_unused": say("Ballots unused"),
    "ballots_used": say("Ballots used"),
    "disabled_registered": say("Registered voters with a disability"),
    "disabled_voters": say("Voters with a disability who voted"),
    "valid": say("Valid votes"),
    "invalid": say("Invalid votes"),
    "cast": say("Valid and invalid votes"),
    "stations": say("Number of TPS"),
    EMPTY_BOX: say("Empty box"),
}

SEXES = {".m": say("{box} (men)", box=""), ".f": say("{box} (women)", box="")}


def box_text(item: str) -> Text:
    """Name a box: `candidate:1`, `valid`, `voters.m`; one that nobody has a word for by its id."""
    if item.startswith(CANDIDATE) and item != EMPTY_BOX:
        return say("Candidate {id}", id=item.removeprefix(CANDIDATE))
    stem, sex = (item[:-2], item[-2:]) if item[-2:] in SEXES else (item, "")
    label = BOX_WORDS.get(stem, Text(stem))
    return Text(SEXES[sex].template, (("box", label),)) if sex else label


def box_texts(items: Iterable[str], between: str = ", ") -> Several:
    """Name several boxes, one after the other."""
    return Several(tuple(box_text(item) for item in items), between)
