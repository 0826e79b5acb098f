"""What was declared of the whole in, as a table or by the online side itself; its votes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import present_levels
from recount.boxes import CANDIDATE
from recount.choose import Whose, choose
from recount.errors import RecountError
from recount.regions import SPAN
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.auditing.batches import Batches
    from recount.engine import Frame
    from recount.intake import Tally
    from recount.material import Material
    from recount.model import Contest

Votes = dict[str, int]
"""Votes by candidate id."""


def whole_of(material: Material, contest: Contest, batches: Batches) -> int:
    """The node of the region that decides: the contest's own, else the smallest with all batches.

    Raises RecountError where a batch lies outside of the contest's own region.
    """
    units = batches.frame.select(node=(nw.col("unit") // SPAN)).unique()
    nodes = set(units["node"].to_list())
    own = material.regions.by_code.get(contest.region or "")
    if own is None:
        return material.regions.common(nodes)
    outside = sum(not material.regions.under(node, own) for node in nodes)
    if outside:
        raise RecountError(
            say(
                "Regions of the online table outside of {region}, which the contest is of: {n}.",
                n=outside,
                region=material.regions.nodes[own].name,
            ),
            mend=say("Give a table of this contest alone, or correct the election file."),
        )
    return own


def own_total(material: Material, contest: str, whole: int, batches: Batches) -> Votes | None:
    """The votes that the online side itself shows of the whole region; None where it does not.

    Its official recap goes before its count.
    """
    for tally in (material.recap, _online(material)):
        if tally is not None and contest in tally.frames:
            forms = _chosen(material, tally, contest)
            own = forms.filter(nw.col("unit") == whole * SPAN, nw.col("level") < batches.level)
            if (votes := _votes(own, batches.candidates)) is not None:
                return votes
    return None


def declared(official: Material, contest: str, candidates: Sequence[str]) -> Votes:
    """The forms of the highest level of an official table, added up. Raises RecountError."""
    tally = _online(official)
    named = contest if contest in tally.frames else next(iter(tally.frames))
    forms = _chosen(official, tally, named)
    highest = min(present_levels(forms.lazy()), default=0)
    votes = _votes(forms.filter(nw.col("level") == highest), candidates)
    if votes is None:
        raise RecountError(
            say("The table of the official result has not all the candidates' votes."),
            mend=say("Give the table that was declared, with the candidates called alike."),
        )
    return votes


def _online(material: Material) -> Tally:
    return next(tally for tally in material.tallies if tally.side == "theirs")


def _chosen(material: Material, tally: Tally, contest: str) -> Frame:
    who = Whose(contest, tally.side, tally.sheets)
    start = engine.start(tally.frames[contest], "polars")
    return engine.collect(choose(start, who, tally.boxes, material.regions).forms)


def _votes(forms: Frame, boxes: Sequence[str]) -> Votes | None:
    if forms.is_empty() or not set(boxes) <= set(forms.columns):
        return None
    if any(forms[box].is_null().any() for box in boxes):
        return None
    return {box.removeprefix(CANDIDATE): int(forms[box].sum()) for box in boxes}
