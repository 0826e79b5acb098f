"""Which form states a region: forms in, the level of the form each one stands on out.

A TPS stands on its own C1 and as a column of the DAA above it: two forms of one chain, no copies of
one form. Of the two the one nearest to the votes counts, box by box: what it leaves blank is taken
from the next one. Where both have a figure and differ, that is told; it is no conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.boxes import box_text
from recount.forms import FORMS
from recount.model import LEVELS, Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recount.engine import Frame
    from recount.model import Sheet, Side
    from recount.regions import Regions

Key = tuple[int, int, str]
"""The level of a region, its unit, a box."""


class Reduced(NamedTuple):
    """Forms of one stage, one row per region, and which boxes have an address of their own."""

    rows: Frame
    conflicts: dict[Key, str]
    places: dict[Key, str]


class Whence(NamedTuple):
    """Whose forms they are, and what names their regions and their sheets."""

    contest: str
    side: Side
    sheets: Sequence[Sheet]
    regions: Regions


def form_level(sheet: Sheet) -> int | None:
    """The number of the level of a sheet's form; None where no form was recognised."""
    return LEVELS.index(FORMS[sheet.form].level) if sheet.form in FORMS else None


def with_stage(forms: Frame, sheets: Sequence[Sheet]) -> Frame:
    """Add `stage` (Int8): the level of the form on which a row stands, else the row's own level."""
    lowest = len(LEVELS)
    levels = [lowest if (level := form_level(one)) is None else level for one in sheets]
    named = nw.col("sheet").replace_strict(list(range(len(levels))), levels, return_dtype=nw.Int8)
    # No form states what is coarser than itself: a row of its own is on a form of its own level.
    return forms.with_columns(stage=nw.min_horizontal(named, nw.col("level")).cast(nw.Int8))


def by_stage(forms: Frame, sheets: Sequence[Sheet]) -> Iterator[Frame]:
    """The forms of each stage, those nearest to the votes first; without the column again."""
    staged = with_stage(forms, sheets)
    for stage in sorted(staged["stage"].unique().to_list(), reverse=True):
        yield staged.filter(nw.col("stage") == stage).drop("stage")


def nearest(
    stages: Sequence[Reduced], boxes: Sequence[str], whence: Whence
) -> tuple[Reduced, list[Finding]]:
    """Take each box of a region from the stage nearest to the votes that has a figure.

    `stages`: those nearest to the votes first. A conflict in a nearer stage stays one.
    """
    one, *others = stages
    findings: list[Finding] = []
    for other in others:
        one = _both(one, other, boxes, whence, findings)
    return one, findings


def _both(
    near: Reduced, far: Reduced, boxes: Sequence[str], whence: Whence, findings: list[Finding]
) -> Reduced:
    known = near.rows.select("unit")
    again = far.rows.join(known, on="unit", how="inner").sort("unit")
    rows = nw.concat([near.rows, far.rows.join(known, on="unit", how="anti")])
    new = set(far.rows["unit"].to_list()) - set(known["unit"].to_list())
    conflicts, places = (
        first | {key: where for key, where in second.items() if key[1] in new}
        for first, second in ((near.conflicts, far.conflicts), (near.places, far.places))
    )
    for box in boxes:
        open_ = [unit for _, unit, one in near.conflicts if one == box]
        other = again.filter(~nw.col(box).is_null(), ~nw.col("unit").is_in(open_))
        other = other.select("unit", "level", "sheet", _line(again, box), nw.col(box).alias("far"))
        there = near.rows.select("unit", nw.col(box).alias("near"))
        for row in other.join(there, on="unit", how="left").iter_rows(named=True):
            key = row["level"], row["unit"], box
            where = far.places.get(key) or whence.sheets[row["sheet"]].place(row["line"], box)
            if row["near"] is None:
                places[key] = where
            elif row["near"] != row["far"]:
                findings.append(_restated(row, box, where, whence))
        filled = rows.join(other.select("unit", "far"), on="unit", how="left")
        rows = filled.with_columns(nw.coalesce(box, "far").alias(box)).select(rows.columns)
    return Reduced(rows, conflicts, places)


def _line(forms: Frame, box: str) -> nw.Expr:
    own = f"row {box}"
    return (nw.coalesce(own, "row") if own in forms.columns else nw.col("row")).alias("line")


def _restated(row: Mapping[str, int], box: str, where: str, whence: Whence) -> Finding:
    """Say that a form says otherwise than the one below it, of the same region."""
    return Finding(
        "restated",
        "error",
        say(
            "The form below says {near} for {box}, this one says {far}; the one below is used.",
            near=row["near"],
            box=box_text(box),
            far=row["far"],
        ),
        say("Compare both forms with the paper: between the two the figure changed."),
        where,
        whence.side,
        whence.regions.printed(row["unit"]),
        whence.contest,
    )
