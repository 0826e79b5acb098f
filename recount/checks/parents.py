"""R11: a form of a higher level says what the forms below it add up to.

Source: forms.md, section 4; JUMLAH AKHIR and the parent form are sums by construction. Whether
every form below is there is not known here, so only a sum above the form is an error; a sum below
it may be a form that is still missing, and is a warning. Where a box below is known to be blank,
a sum below the form contradicts nothing. Both numbers are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import ancestors, present_levels, totals
from recount.boxes import box_text
from recount.model import Finding
from recount.stages import by_stage
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.checks._side import CheckedSide
    from recount.engine import Frame


def check(side: CheckedSide) -> list[Finding]:
    """Find the forms that differ from the sum of what is held below them."""
    levels = sorted(present_levels(side.forms.lazy()))
    # Answers of an online system are of many times; the system's reader compares those of one.
    if side.answers or len(levels) < 2:  # noqa: PLR2004 - one level alone has nothing below it
        return []
    up = ancestors(side.regions).lazy()
    found: list[Finding] = []
    once = _once(side)
    for level in levels[:-1]:
        finer = once.filter(nw.col("level") > level).lazy()
        sums = engine.collect(totals(finer, up, side.regions, level))
        own = side.forms.filter(nw.col("level") == level)
        both = own.join(sums, on="unit", how="inner", suffix=".sum").sort("sheet", "row")
        for box in side.boxes:
            found += _differing(side, both, box)
    return found


def _once(side: CheckedSide) -> Frame:
    """The forms without their copies; a box in which copies differ is not known.

    Of forms of two levels that state one region, the one nearest to the votes counts (see stages).
    """
    if not side.forms["unit"].is_duplicated().any():
        return side.forms
    near, *others = (_agreed(side, copies) for copies in by_stage(side.forms, side.sheets))
    for far in others:
        both = near.join(far, on=["unit", "level"], how="left", suffix=".far")
        filled = both.select("unit", "level", *(nw.coalesce(b, f"{b}.far") for b in side.boxes))
        near = nw.concat([filled, far.join(near, on="unit", how="anti")])
    return near


def _agreed(side: CheckedSide, copies: Frame) -> Frame:
    """One row for the copies of each form."""
    most = [nw.col(box).max().alias(f"{box}.max") for box in side.boxes]
    once = copies.group_by("unit", "level").agg(nw.col(*side.boxes).min(), *most)
    same = (
        nw.when(nw.col(box) == nw.col(f"{box}.max")).then(nw.col(box)).alias(box)
        for box in side.boxes
    )
    return once.select("unit", "level", *same)


def _differing(side: CheckedSide, both: Frame, box: str) -> Iterator[Finding]:
    whole = nw.col(f"{box}.read") >= nw.col("expected")
    above = nw.col(f"{box}.sum") > nw.col(box)
    apart = both.filter((nw.col(box) != nw.col(f"{box}.sum")) & (whole | above))
    columns = ("unit", "sheet", side.line(box), box, f"{box}.sum", f"{box}.read")
    setting = side.election.rules.get("R11")
    tolerance = setting.tolerance if setting else None
    for unit, sheet, row, written, added, read in apart.select(*columns).iter_rows():
        if tolerance and abs(added - written) <= tolerance.allows(written):
            continue
        yield Finding(
            "R11",
            "error" if added > written else "warning",
            say(
                "{count} forms below add up to {added} for {box}; this form says {written}.",
                count=read,
                added=added,
                box=box_text(box),
                written=written,
            ),
            say("See whether a form below is missing, counted twice, or corrected at this level."),
            side.place(sheet, row, box),
            side.side,
            side.region(unit),
            side.contest,
        )
