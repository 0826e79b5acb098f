"""One number per row: the place, the candidate or box, and the number in a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.called import number_against
from recount.heading_numbers import numbered
from recount.headings import is_box, may_be_name, meaning, slug
from recount.layouts._numbered import numbered_beside
from recount.layouts._placed import place
from recount.layouts._rows import body
from recount.layouts._said import about_columns
from recount.layouts._short import short
from recount.layouts.columns import twice_declined
from recount.model import Declined, Finding, Reading
from recount.names import is_total
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.layouts._heading import Heading
    from recount.layouts._page import Page
    from recount.model import Grid, Lists

    Frame = nw.DataFrame[Any]


def recognise(page: Page) -> list[Reading] | Declined:
    """Read one number per row into one row per form, or decline when there is no such column."""
    grid, heading = page.grid, page.heading
    if isinstance(heading, Declined):
        return heading
    if not heading.is_long:
        return Declined(
            say("No column names the candidate of each row."),
            say("Head the candidates' columns with their numbers, such as: suara_1, suara_2."),
        )
    if declined := twice_declined(grid, heading):
        return declined
    keys = [role for role in (*heading.places, "contest") if role in heading.roles]
    said = [role for role in ("pair", "pair name", "value") if role in heading.roles]
    taken = body(grid, heading, [*keys, *said], said)
    if isinstance(taken, Declined):
        return taken
    boxes, unknown = _boxes(taken.rows["pair"].unique().drop_nulls().to_list(), heading)
    names = _names(taken.rows, boxes)
    pairs = grid.place(heading.row, heading.roles["pair"])
    against = (number_against(name, id_, heading.known, pairs) for id_, name in names.items())
    findings = taken.findings + _strangers(grid, taken.rows, unknown)
    findings += [finding for finding in against if finding]
    placed = place(page, heading, _widen(taken.rows, keys, boxes))
    reading = Reading(
        "long",
        placed.rows,
        dict.fromkeys(boxes.values(), heading.roles["value"]),
        names,
        (*findings, *placed.findings, *about_columns(grid, heading, {*keys, *said}, taken.rows)),
        (*taken.assumptions, *placed.assumptions),
    )
    return [placed.complete(reading, taken.left_out)]


class _Boxes(NamedTuple):
    """Box by what stands in the candidate column, and what stands there for none."""

    boxes: dict[str, str]
    unknown: list[str]


def _boxes(written: list[str], heading: Heading) -> _Boxes:
    """Map what stands in the candidate column: a number, a known name, a box's label, a name."""
    known, lists = heading.known, heading.lists
    texts = sorted(written)
    boxes = {text: box for text in texts if (box := _box(text, known, lists))}
    unknown = {
        at: text
        for at, text in enumerate(texts)
        if slug(text) not in known and meaning(text, lists) is None
    }
    beside = numbered_beside(unknown, boxes.values(), known.values(), lists)
    for at, understood in beside.items():
        if not _is_strange(understood.role, known):
            boxes[texts[at]] = understood.role
    return _Boxes(boxes, [text for text in texts if text not in boxes])


def _box(text: str, known: Mapping[str, str], lists: Lists) -> str | None:
    """The box that one text names; where the candidates are known, none but theirs and the sums."""
    if (id_ := known.get(slug(text))) is not None:
        return f"candidate:{id_}"
    understood = meaning(text, lists)
    role = understood.role if understood else ""
    if understood is None and may_be_name(text) and not _is_total(text):
        role = f"candidate:{slug(text)}"
    return role if role and is_box(role) and not _is_strange(role, known) else None


def _is_strange(role: str, known: Mapping[str, str]) -> bool:
    """Whether a role is a candidate whom the election's file does not list."""
    id_ = role.removeprefix("candidate:")
    return bool(known) and id_ != role and id_ not in known.values()


def _is_total(text: str) -> bool:
    return is_total(text, names_a_place=False)


def _strangers(grid: Grid, rows: Frame, unknown: list[str]) -> list[Finding]:
    """Say which rows name neither a candidate nor a box; a total over the candidates is a note."""
    strange = rows.filter(nw.col("pair").is_in(unknown) | nw.col("pair").is_null())
    findings = []
    for row, text in zip(strange["row"], strange["pair"], strict=True):
        if text and _is_total(text):
            message = say("This row is a total by its name; it was left out and not added.")
            mend = say("Nothing to do.")
            findings.append(Finding("totals-row", "note", message, mend, grid.place(row)))
        else:
            message = say(
                "“{text}” is no candidate's number and no box; the row is left out.",
                text=short(text) if text else None,
            )
            mend = say("Write the candidate's number, such as 1 or 02.")
            place = grid.place(row)
            findings.append(Finding("unknown-candidate", "error", message, mend, place))
    return findings


def _names(rows: Frame, boxes: Mapping[str, str]) -> dict[str, str]:
    """The candidates' names, by number, where they stand in the pairs or in a column of their own.

    One name per candidate: of several spellings the first in the alphabet.
    """
    names: dict[str, str] = {}
    for text, box in boxes.items():
        understood = meaning(text)
        id_ = box.removeprefix("candidate:")
        if id_ == box:
            continue
        if understood is not None and understood.candidate:
            names.setdefault(id_, understood.candidate)
        elif not text.strip().isdigit() and understood is None:
            first = numbered(text)
            names.setdefault(
                id_, first.name if first and first.number == id_ and first.name else text
            )
    if "pair name" in rows.columns:
        pairs = rows.select("pair", "pair name").drop_nulls().unique()
        for text, name in sorted(zip(pairs["pair"], pairs["pair name"], strict=True)):
            if boxes.get(text, "").startswith("candidate:"):
                names.setdefault(boxes[text].removeprefix("candidate:"), name)
    return names


def _widen(rows: Frame, keys: list[str], boxes: Mapping[str, str]) -> Frame:
    """One row per form; a second number for the same box of a place becomes a second copy."""
    lookup = nw.from_dict(
        {"pair": list(boxes), "box": list(boxes.values())},
        schema={"pair": nw.String, "box": nw.String},
        backend=rows.implementation,
    )
    known = rows.join(lookup, on="pair", how="inner")
    places = known.with_columns(nw.col(key).fill_null("") for key in keys)
    counted = places.with_columns(
        copy=nw.col("row").cum_count().over(*keys, "box", order_by="row"),
    )
    columns: list[nw.Expr] = [nw.col("row").min()]
    for box in dict.fromkeys(boxes.values()):
        here = nw.col("box") == box
        columns.append(nw.when(here).then(nw.col("value")).max().alias(box))
        columns.append(nw.when(here).then(nw.col("row")).max().alias(f"row {box}"))
    wide = counted.group_by(*keys, "copy").agg(*columns).sort("row", "copy").drop("copy")
    blank = nw.lit(None, nw.String)
    return wide.with_columns(
        nw.when(nw.col(key) != "").then(nw.col(key)).otherwise(blank).alias(key) for key in keys
    )
