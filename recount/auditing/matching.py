"""The forms that were collected in; for every batch of a plan what they say of it out.

The places of the plan stand on one tree with those of the forms, so that a form is found by its
region, however it is written.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import ancestors, totals
from recount.boxes import CANDIDATE, box_texts
from recount.choose import Whose, choose
from recount.errors import RecountError
from recount.intake import Raw
from recount.material import Known, read_material
from recount.model import LEVELS, NAMED_LEVELS, Sheet
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from recount.engine import Frame
    from recount.intake import Tally
    from recount.material import Material
    from recount.model import Election
    from recount.options import Options

Votes = dict[str, int]
"""Votes by candidate id; and, where a form has them, those that are `invalid`."""

INVALID = "invalid"


class Sought(NamedTuple):
    """What is looked for: the batches of a plan.

    `places`: eager frame, a row per batch: `id`, `code`, the names, `tps`, `parts` (units of the
    level `finest` that the online votes are from).
    """

    election: Election
    contest: str
    level: int
    finest: int
    candidates: tuple[str, ...]
    places: Frame


class Form(NamedTuple):
    """What we hold of a batch: the different things that complete copies say, and where.

    `votes` is empty where a candidate's cell is blank or unread on every copy, or where only
    some of its parts are held: `read` of `expected` of them.
    """

    votes: tuple[Votes, ...]
    places: str
    read: int = 1
    expected: int = 1


class Held(NamedTuple):
    """Our forms by the batch they are of; `strange`: how many forms are of no batch of the plan.

    `summed`: of how many batches our figure is a sum of smaller units of which nobody knows
    whether they are all.
    """

    material: Material
    forms: Mapping[str, Form]
    strange: int
    summed: int


def held(ours: Any, sought: Sought, options: Options) -> Held:  # noqa: ANN401 - paths or any frame
    """Read our forms, and find the batch of each. Raises RecountError."""
    known = Known(sought.election, (_raw(sought.places),))
    material = read_material([("ours", ours)], options, known=known)
    tally, own = material.tallies[0], next(iter(material.known[0].frames.values()))
    contest = _contest(tally, sought)
    boxes = [CANDIDATE + one for one in sought.candidates]
    _all_there(tally, boxes)
    boxes += [INVALID] if INVALID in tally.boxes else []
    batch = own.select("unit", (nw.col("row") - 1).alias("batch"))
    forms: dict[int, Form] = {}
    summed, apart = _sums(material, tally, contest, sought, batch, forms)
    every = tally.frames[contest]
    found = every.filter(nw.col("level") == sought.level).join(batch, on="unit", how="left")
    _copies(found.filter(~nw.col("batch").is_null()), tally, boxes, forms)
    if not forms and len(every):
        raise RecountError(
            say("None of our forms is of a region of the plan."),
            mend=say("Write the regions as the plan has them, or name a list: --regions 2018"),
        )
    ids = sought.places["id"].to_list()
    return Held(
        material,
        {ids[at]: form for at, form in sorted(forms.items())},
        int(found["batch"].is_null().sum()) + len(every.filter(_above(sought))) + apart,
        summed,
    )


def _above(sought: Sought) -> nw.Expr:
    """Forms of larger regions than those of the plan."""
    return nw.col("level") < sought.level


def _raw(places: Frame) -> Raw:
    """The plan's places as rows of a side."""
    named = [name for name in (*NAMED_LEVELS, "code", "tps") if name in places.columns]
    blank = [nw.when(nw.col(name) != "").then(nw.col(name)).alias(name) for name in named]
    rows = places.select(*blank).with_row_index("row")
    rows = rows.with_columns(row=(nw.col("row") + 1).cast(nw.Int32()), sheet=nw.lit(0, nw.Int32()))
    return Raw("theirs", rows, (), (Sheet("plan", None, {}),))


def _contest(tally: Tally, sought: Sought) -> str:
    """The contest of our forms: that of the plan, else the only one they have."""
    if sought.contest in tally.frames:
        return sought.contest
    if len(tally.frames) == 1:
        return next(iter(tally.frames))
    raise RecountError(
        say(
            "Our forms are of other contests than the plan: {contests}.",
            contests=", ".join(tally.frames),
        ),
        mend=say("Give the forms of the contest “{contest}”.", contest=sought.contest),
    )


def _all_there(tally: Tally, boxes: Sequence[str]) -> None:
    missing = [box for box in boxes if box not in tally.boxes]
    if missing:
        raise RecountError(
            say("Our forms have no figures of: {boxes}.", boxes=box_texts(missing)),
            mend=say(
                "Name the candidates as the plan does, or give an election file with --election "
                "that has each number with its names."
            ),
        )


def _copies(found: Frame, tally: Tally, boxes: Sequence[str], forms: dict[int, Form]) -> None:
    """Note what the forms of the plan's own level say; they go before sums of smaller units."""
    lines = found.select("batch", "sheet", "row", *boxes).sort("batch", "sheet", "row")
    said: dict[int, tuple[list[Votes], list[str]]] = {}
    for batch, sheet, row, *figures in lines.iter_rows():
        votes, places = said.setdefault(batch, ([], []))
        places.append(tally.sheets[sheet].place(row, None))
        if _whole(boxes, figures):
            one = _votes(boxes, figures)
            if one not in votes:
                votes.append(one)
    for batch, (votes, places) in said.items():
        before = forms.get(batch)
        if votes or before is None or not before.votes:
            forms[batch] = Form(tuple(votes), " | ".join(places), read=len(places))


def _whole(boxes: Sequence[str], figures: Sequence[int | None]) -> bool:
    """Whether every candidate's figure is there."""
    pairs = zip(boxes, figures, strict=True)
    return not any(figure is None for box, figure in pairs if box != INVALID)


def _votes(boxes: Sequence[str], figures: Sequence[int | None]) -> Votes:
    pairs = zip(boxes, figures, strict=True)
    return {box.removeprefix(CANDIDATE): n for box, n in pairs if n is not None}


def _sums(  # noqa: PLR0913, PLR0917 - what a sum is made of
    material: Material,
    tally: Tally,
    contest: str,
    sought: Sought,
    batch: Frame,
    forms: dict[int, Form],
) -> tuple[int, int]:
    """Add up what is finer than the plan.

    Gives how many sums may lack a part unnoticed, and how many are of no batch.
    """
    boxes = [CANDIDATE + one for one in sought.candidates]
    finer = tally.frames[contest].filter(nw.col("level") > sought.level)
    if finer.is_empty():
        return 0, 0
    who = Whose(contest, tally.side, tally.sheets, material.digests(tally.side))
    chosen = choose(engine.start(finer, "polars"), who, tally.boxes, material.regions)
    up = engine.along(ancestors(material.regions), chosen.forms)
    added = engine.collect(totals(chosen.forms, up, material.regions, sought.level))
    parts, every = sought.places.select("parts").with_row_index("batch"), len(added)
    added = added.join(batch, on="unit", how="inner").join(
        parts.with_columns(nw.col("batch").cast(batch.schema["batch"])), on="batch", how="left"
    )
    whole = reduce(nw.Expr.__and__, (nw.col(f"{b}.read") == nw.col("expected") for b in boxes))
    finest = int(finer["level"].max())
    checked = finest == sought.finest
    rows = added.with_columns(whole=whole).select("batch", "expected", "parts", "whole", *boxes)
    for at, read, expected, complete, *figures in rows.iter_rows():
        full = complete and (not checked or read >= expected)
        votes = (_votes(boxes, figures),) if full else ()
        forms[at] = Form(votes, f"{read} {LEVELS[finest]}", read, max(read, expected))
    return 0 if checked else len(rows), every - len(rows)
