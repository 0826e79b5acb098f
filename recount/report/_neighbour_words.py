"""The words for causes that lie in other regions, in parts, or in the past: as `_cause_words`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.tellings import when
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = Callable[[str], tuple[Text, Text]]


def _other_region(mark: str) -> tuple[Text, Text]:
    side, _, region = mark.partition(":")
    if side == "ours":
        full = say("In ours the row of {region} stands here, in all boxes.", region=region)
    else:
        full = say("Online the row of {region} stands here, in all boxes.", region=region)
    return say("row of {region}", region=region), full


def _permuted(mark: str) -> tuple[Text, Text]:
    counted, _, region = mark.partition(":")
    count, _, size = counted.partition("/")
    full = say(
        "The rows of {count} of {size} regions stand in another order, while the whole is right; "
        "here online stands that of {region}.",
        count=count,
        size=size,
        region=region,
    )
    return say("{count} rows in another order", count=count), full


def _missing(mark: str) -> tuple[Text, Text]:
    side, _, part = mark.partition(":")
    if side == "ours":
        full = say("Ours lacks {region}: the difference is its figure, in all boxes.", region=part)
    else:
        full = say(
            "The online figure lacks {region}: the difference is its figure, in all boxes.",
            region=part,
        )
    return say("{region} missing", region=part), full


def _twice(mark: str) -> tuple[Text, Text]:
    side, _, part = mark.partition(":")
    if side == "ours":
        full = say(
            "Ours counts {region} twice: the difference is its figure, in all boxes.", region=part
        )
    else:
        full = say(
            "The online figure counts {region} twice: the difference is its figure, in all boxes.",
            region=part,
        )
    return say("{region} twice", region=part), full


def _total_row(mark: str) -> tuple[Text, Text]:
    side, _, what = mark.partition(":")
    if what == "x2":
        if side == "ours":
            full = say("Our figure is twice the online one, in all boxes.")
        else:
            full = say("The online figure is twice ours, in all boxes.")
        return say("total counted too"), full
    if side == "ours":
        full = say("Ours holds the subtotal of {region} besides its parts.", region=what)
    else:
        full = say(
            "The online figure holds the subtotal of {region} besides its parts.", region=what
        )
    return say("subtotal of {region} counted too", region=what), full


def _earlier(mark: str) -> tuple[Text, Text]:
    side, _, time = mark.partition("@")
    if side == "ours":
        full = say("Ours is what the online system showed on {time}.", time=when(time))
    else:
        full = say("The online system showed this figure already on {time}.", time=when(time))
    return say("as shown on {time}", time=when(time)), full


NEIGHBOURS: dict[str, Words] = {
    "permuted_regions": _permuted,
    "other_region": _other_region,
    "unit_missing": _missing,
    "unit_twice": _twice,
    "total_row_added": _total_row,
    "earlier_capture": _earlier,
}
"""By the id of a cause, as in `diagnoses.DIAGNOSES`."""
