"""The forms that were collected in; for every batch of a plan what they say of it out.

The places of the plan stand on one tree with those of the forms, so that a form is found by its
region, however it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.auditing.copies import INVALID, exceeds, told
from recount.auditing.parts import parts_of
from recount.boxes import CANDIDATE, box_texts
from recount.errors import RecountError
from recount.intake import Raw
from recount.material import Known, read_material
from recount.model import NAMED_LEVELS, Sheet
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from recount.auditing.copies import Votes
    from recount.auditing.parts import Parts, Sought
    from recount.engine import Frame
    from recount.intake import Tally
    from recount.material import Material
    from recount.options import Options


class Form(NamedTuple):
    """What we hold of a batch: the different things that its copies say, and where.

    `votes` is empty where a candidate's cell is blank or unread on every copy, or where only
    some of its parts are held: `read` of `expected` of them; None: nobody knows of how many.
    """

    votes: tuple[Votes, ...]
    places: str
    read: int = 1
    expected: int | None = 1


class Held(NamedTuple):
    """Our forms by the batch they are of; `strange`: how many forms are of no batch of the plan.

    `unsure`: the batches of which we hold smaller units alone, and nobody knows whether these are
    all: they count for nothing.
    """

    material: Material
    forms: Mapping[str, Form]
    strange: int
    unsure: tuple[str, ...]


def held(ours: Any, sought: Sought, options: Options) -> Held:  # noqa: ANN401 - paths or any frame
    """Read our forms, and find the batch of each. Raises RecountError."""
    known = Known(sought.election, (_raw(sought.places),))
    material = read_material([("ours", ours)], options, known=known)
    _none_of_the_plans(material, sought.digests)
    tally, own = material.tallies[0], next(iter(material.known[0].frames.values()))
    contest = _contest(tally, sought)
    boxes = [CANDIDATE + one for one in sought.candidates]
    _all_there(tally, boxes)
    boxes += [INVALID] if INVALID in tally.boxes else []
    batch = own.select("unit", (nw.col("row") - 1).alias("batch"))
    parts, apart = parts_of(material, tally, contest, sought, batch)
    every = tally.frames[contest]
    found = every.filter(nw.col("level") == sought.level).join(batch, on="unit", how="left")
    copies = _copies(found.filter(~nw.col("batch").is_null()), tally, boxes)
    forms = {
        at: _form(copies.get(at, Copies()), parts.get(at), sought.bounds[at])
        for at in sorted({*copies, *parts})
    }
    if not forms and len(every):
        raise RecountError(
            say("None of our forms is of a region of the plan."),
            mend=say("Write the regions as the plan has them, or name a list: --regions 2018"),
        )
    ids = sought.places["id"].to_list()
    return Held(
        material,
        {ids[at]: form for at, form in forms.items()},
        int(found["batch"].is_null().sum()) + len(every.filter(_above(sought))) + apart,
        tuple(ids[at] for at, form in forms.items() if form.expected is None and not form.votes),
    )


def _none_of_the_plans(material: Material, known: Collection[str]) -> None:
    """Refuse what the plan rests on: held against itself, it proves nothing."""
    for one in material.inputs:
        if one.sha256 in known:
            raise RecountError(
                say("This file is one of those that the plan was made of, and no form of ours."),
                mend=say("Give the figures of the paper forms, obtained on their own way."),
                place=one.path,
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


class Copies(NamedTuple):
    """The papers of a batch's own level: with all candidates' votes, with blanks, and where."""

    whole: tuple[Votes, ...] = ()
    partly: tuple[Votes, ...] = ()
    places: tuple[str, ...] = ()


def _copies(found: Frame, tally: Tally, boxes: Sequence[str]) -> dict[int, Copies]:
    """Note what the forms of the plan's own level say, by batch."""
    lines = found.select("batch", "sheet", "row", *boxes).sort("batch", "sheet", "row")
    copies: dict[int, Copies] = {}
    for batch, sheet, row, *figures in lines.iter_rows():
        before = copies.get(batch, Copies())
        said = {
            box.removeprefix(CANDIDATE): figure
            for box, figure in zip(boxes, figures, strict=True)
            if figure is not None
        }
        whole = not any(box.startswith(CANDIDATE) for box in _blank(boxes, figures))
        copies[batch] = Copies(
            (*before.whole, said) if whole else before.whole,
            before.partly if whole else (*before.partly, said),
            (*before.places, tally.sheets[sheet].place(row, None)),
        )
    return copies


def _blank(boxes: Sequence[str], figures: Sequence[int | None]) -> list[str]:
    return [box for box, figure in zip(boxes, figures, strict=True) if figure is None]


def _form(copies: Copies, parts: Parts | None, bound: int) -> Form:
    """What counts of a batch: its own copies, and its parts as one more where they are all there.

    Parts of which nobody knows whether they are all speak against a copy only where they have more
    than it.
    """
    whole, partly, places = list(copies.whole), list(copies.partly), list(copies.places)
    if parts is not None:
        known = any(parts.votes.items() <= one.items() for one in whole)
        against = any(exceeds(parts.votes, one) for one in whole)
        if parts.whole and not known:
            whole.append(parts.votes)
        elif against:
            partly.append(parts.votes)
        if (parts.whole and not known) or against or not places:
            places.append(f"{parts.read} {parts.level}")
    votes = told(whole, partly, bound)
    if parts is not None and not copies.places:
        return Form(votes, places[0], parts.read, parts.expected)
    return Form(votes, " | ".join(places), len(copies.places))
