"""Which copy of a form counts: forms in, one row per region out, and what the copies said.

Equal copies count once. Where copies of one form differ in a box, that box is a conflict: it has
no value until somebody decides, and every copy is named with its address. Never the last one wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.boxes import box_texts
from recount.model import Finding
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame, Lazy
    from recount.model import Sheet, Side
    from recount.regions import Regions

Row = dict[str, object]
Key = tuple[int, int, str]
"""What a conflict is about: the level, the unit, the box."""


class Whose(NamedTuple):
    """Whose forms they are, of which contest, and the sheets they stand in."""

    contest: str
    side: Side
    sheets: Sequence[Sheet]


class Chosen(NamedTuple):
    """One row per region; the boxes in conflict, with the addresses of their copies.

    `conflicts`: (level, unit, box) -> addresses, joined by " | ". `places`: the same, and the
    addresses of figures that stand in another copy than the row's own `sheet` and `row` say.
    """

    forms: Lazy
    conflicts: dict[Key, str]
    findings: list[Finding]
    places: dict[Key, str]


def choose(forms: Lazy, who: Whose, boxes: Sequence[str], regions: Regions) -> Chosen:
    """Reduce several copies of a form to one row; nothing is dropped without a finding."""
    counts = engine.collect(forms.select(nw.col("unit").n_unique().alias("units"), nw.len()))
    if counts.item(0, "units") == counts.item(0, "len"):
        return Chosen(forms, {}, [], {})
    counted = forms.group_by("unit").agg(nw.len().alias("copies"))
    several = engine.collect(counted.filter(nw.col("copies") > 1).select("unit"))
    twice = engine.along(several, forms)
    found = engine.collect(forms.join(twice, on="unit", how="inner"))
    # pandas hands its row numbers on as a column of their own.
    copies = found.select(forms.collect_schema().names()).sort("unit", "sheet", "row")
    single = forms.join(twice, on="unit", how="anti")
    merged, conflicts, findings, places = _merge(copies, boxes, who, regions)
    both = nw.concat([single, engine.along(merged, forms)], how="vertical")
    return Chosen(engine.hold(both), conflicts, findings, places)


def _merge(
    copies: Frame, boxes: Sequence[str], who: Whose, regions: Regions
) -> tuple[Frame, dict[Key, str], list[Finding], dict[Key, str]]:
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in copies.iter_rows(named=True):
        groups.setdefault((row["level"], row["unit"]), []).append(row)
    conflicts: dict[Key, str] = {}
    places: dict[Key, str] = {}
    findings: list[Finding] = []
    merged: list[Row] = []
    for key, rows in groups.items():
        one = _one_of(rows, boxes, who.sheets)
        places |= {(*key, box): text for box, text in one.places.items()}
        conflicts |= {(*key, box): one.places[box] for box in one.differing}
        merged.append(one.row)
        findings.append(_finding(key, rows, one.differing, who, regions))
    frame = nw.from_dict(
        {name: [row[name] for row in merged] for name in copies.columns},
        schema=copies.schema,
        backend="polars",
    )
    return frame, conflicts, findings, places


class _One(NamedTuple):
    """One row for several copies, the boxes that differ, and what the row does not say itself."""

    row: Row
    differing: list[str]
    places: dict[str, str]


def _one_of(rows: list[Row], boxes: Sequence[str], sheets: Sequence[Sheet]) -> _One:
    """Take each box from the copies that have it; one that differs stays without a value."""
    one = _One(dict(rows[0]), [], {})
    for box in boxes:
        filled = [row for row in rows if row[box] is not None]
        if len({row[box] for row in filled}) > 1:
            one.row[box] = None
            one.differing.append(box)
            one.places[box] = _addresses(rows, sheets, box)
        elif filled and filled[0] is not rows[0]:
            one.row[box] = filled[0][box]
            one.places[box] = _addresses(filled[:1], sheets, box)
    return one


def _addresses(rows: list[Row], sheets: Sequence[Sheet], box: str | None) -> str:
    places = []
    for row in rows:
        line = row.get(f"row {box}") or row["row"]
        places.append(sheets[int(str(row["sheet"]))].place(int(str(line)), box))
    return " | ".join(places)


def _finding(
    key: tuple[int, int],
    rows: list[Row],
    differing: list[str],
    who: Whose,
    regions: Regions,
) -> Finding:
    region = regions.printed(key[1])
    places = _addresses(rows, who.sheets, None)
    if differing:
        return Finding(
            "conflict",
            "error",
            say(
                "{count} copies of {region} differ in: {boxes}.",
                count=len(rows),
                region=region,
                boxes=box_texts(differing),
            ),
            say("Compare the copies with the form and keep the right one."),
            places,
            who.side,
            region,
            who.contest,
        )
    return Finding(
        "copies",
        "note",
        say("{count} copies of {region} agree; they count once.", count=len(rows), region=region),
        say("Nothing to do."),
        places,
        who.side,
        region,
        who.contest,
    )
