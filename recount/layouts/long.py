"""One number per row: the place, the candidate or box, and the number in a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.headings import is_box, meaning, slug
from recount.layouts.columns import below, twice_declined, unused, without_totals
from recount.model import Declined, Finding, Reading
from recount.texts import say

if TYPE_CHECKING:
    from recount.layouts.columns import Heading
    from recount.model import Grid

VALUES = ("value", "cast")
"""Roles a column of numbers may have: `jumlah suara` means the number itself in a long table."""


def recognise(grid: Grid, heading: Heading) -> Reading | Declined:
    """Read one number per row into one row per form, or decline when there is no such column."""
    value = next((role for role in VALUES if role in heading.roles), None)
    if "pair" not in heading.roles or value is None:
        return Declined(
            say("No column names the candidate of each row."),
            say("Head the candidates' columns with their numbers, such as: suara_1, suara_2."),
        )
    if declined := twice_declined(grid, heading):
        return declined
    keys = [*heading.places, *(["contest"] if "contest" in heading.roles else [])]
    wanted = {role: heading.roles[role] for role in (*keys, "pair", value)}
    rows = below(grid, heading, wanted).rename({value: "value"})
    if rows.is_empty():
        return Declined(
            say("Under the headings there is no row."),
            say("Check that the file was saved completely."),
            grid.place(heading.row),
            near=3,
        )
    rows, findings = without_totals(grid, rows, heading.places)
    boxes, unknown = _boxes(rows["pair"].unique().drop_nulls().to_list())
    findings += _strangers(grid, rows, unknown)
    wide = _widen(rows, keys, boxes)
    columns = dict.fromkeys(dict.fromkeys(boxes.values()), heading.roles[value])
    return Reading("long", wide, columns, {}, tuple(findings + unused(grid, heading)))


def _boxes(written: list[str]) -> tuple[dict[str, str], list[str]]:
    """Map what stands in the candidate column to boxes: a number, a box's label, or its id."""
    boxes: dict[str, str] = {}
    unknown: list[str] = []
    for text in sorted(written):
        understood = meaning(text)
        if text.strip().isdigit() and int(text) == 0:
            unknown.append(text)
        elif understood is not None and is_box(understood.role):
            boxes[text] = understood.role
        elif slug(text):
            boxes[text] = f"candidate:{slug(text)}"
        else:
            unknown.append(text)
    return boxes, unknown


def _strangers(grid: Grid, rows: nw.DataFrame[Any], unknown: list[str]) -> list[Finding]:
    strange = rows.filter(nw.col("pair").is_in(unknown) | nw.col("pair").is_null())
    return [
        Finding(
            "unknown-candidate",
            "error",
            say("“{text}” is no candidate's number and no box; the row is left out.", text=text),
            say("Write the candidate's number, such as 1 or 02."),
            grid.place(row),
        )
        for row, text in zip(strange["row"], strange["pair"], strict=True)
    ]


def _widen(
    rows: nw.DataFrame[Any], keys: list[str], boxes: dict[str, str]
) -> nw.DataFrame[Any]:
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
