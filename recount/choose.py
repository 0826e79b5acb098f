"""Which copy of a form counts: forms in, one row per region out, and what the copies said.

Equal copies count once, and so does a file that came twice. Where copies of one form differ in a
box, that box is a conflict: it has no value until somebody decides, and every copy is named with
its address; unless at least three files hold that box and more than half of them agree. Never the
last one wins. Forms of two levels that state one region are no copies (see `stages`).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.copies import (
    About,
    Majority,
    Said,
    agreement,
    conflict,
    majority_of,
    outvoted_by,
    same_file,
)
from recount.stages import Key, Reduced, Whence, by_stage, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.engine import Frame, Lazy
    from recount.model import Finding, Sheet, Side
    from recount.regions import Regions

_ORDER = ("unit", "sheet", "row")


class Whose(NamedTuple):
    """Whose forms they are, of which contest, and the sheets they stand in.

    `digests`: SHA-256 of each file, by `Sheet.input`; without them every file is one of its own.
    """

    contest: str
    side: Side
    sheets: Sequence[Sheet]
    digests: Sequence[str] = ()


class Chosen(NamedTuple):
    """One row per region; the boxes in conflict, with the addresses of their copies.

    `conflicts`: (level, unit, box) -> addresses, joined by " | ". `places`: the same, and the
    addresses of figures that stand elsewhere than the row's own `sheet` and `row` say; None: in no
    cell.
    """

    forms: Lazy
    conflicts: dict[Key, str]
    findings: list[Finding]
    places: dict[Key, str | None]


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
    names = forms.collect_schema().names()
    single = forms.join(twice, on="unit", how="anti")
    findings: list[Finding] = []
    stages = []
    for copies in by_stage(found.select(names), who.sheets):
        once = _once_a_file(copies, who)
        rows, merged = _merge(once.copies, boxes, who)
        findings += [*once.findings, *_findings(once.copies, merged, who, regions)]
        stages.append(Reduced(rows.select(names), merged.conflicts, merged.places))
    one, restated = nearest(stages, boxes, Whence(who.contest, who.side, who.sheets, regions))
    both = nw.concat([single, engine.along(one.rows, forms)], how="vertical")
    return Chosen(engine.hold(both), one.conflicts, [*findings, *restated], {**one.places})


class _Once(NamedTuple):
    """Copies in the order of their units and places, with `source`: the file, by number."""

    copies: Frame
    findings: list[Finding]


def _once_a_file(copies: Frame, who: Whose) -> _Once:
    """Leave out what a second file holds that has the same bytes as the first one.

    Only what both say of the same region: one that is named by its file is another form.
    """
    inputs = [sheet.input for sheet in who.sheets]
    first: dict[str, int] = {}
    alike = [first.setdefault(who.digests[at], at) if who.digests else at for at in inputs]
    numbers = engine.table(
        {"sheet": range(len(inputs)), "source": inputs, "bytes": alike},
        {"sheet": nw.Int32(), "source": nw.Int32(), "bytes": nw.Int32()},
    )
    known = copies.join(numbers, on="sheet", how="left").sort(*_ORDER)
    known = known.with_columns(first=nw.col("source").min().over("unit", "bytes"))
    again = known.filter(nw.col("source") != nw.col("first")).select("first", "source").unique()
    kept = known.filter(nw.col("source") == nw.col("first")).drop("first", "bytes")
    labels = {sheet.input: sheet.label for sheet in who.sheets}
    pairs = again.sort("first", "source").iter_rows()
    return _Once(kept, [same_file(labels[a], labels[b], who.side, who.contest) for a, b in pairs])


class _Merged(NamedTuple):
    """What merging the copies came to, by (level, unit, box).

    `said`: of each conflict what the copies say. `overlapping`: the units of which several copies
    fill the same box.
    """

    conflicts: dict[Key, str]
    said: dict[Key, list[int | None]]
    places: dict[Key, str]
    majorities: dict[Key, tuple[Majority, str]]
    overlapping: set[int]


def _merge(copies: Frame, boxes: Sequence[str], who: Whose) -> tuple[Frame, _Merged]:
    """Take each box from the copies that have it; one that differs stays without a value."""
    merged = _Merged({}, {}, {}, {}, set())
    rows = copies.filter(nw.col("unit").is_first_distinct())
    for box in boxes:
        ends = (nw.col(box).min().alias("least"), nw.col(box).max().alias("most"))
        both = copies.group_by("unit").agg(*ends, nw.col(box).count().alias("filled"))
        merged.overlapping.update(both.filter(nw.col("filled") > 1)["unit"].to_list())
        agreed = nw.when(nw.col("least") == nw.col("most")).then(nw.col("least"))
        both = both.with_columns(agreed.alias("agreed"))
        joined = rows.join(both, on="unit", how="left").sort("unit")
        moved = joined.filter(nw.col(box).is_null() & ~nw.col("agreed").is_null())
        _note_moved(copies, moved, box, who, merged)
        apart = joined.filter(nw.col("least") != nw.col("most"))
        decided = _decide(copies, apart, box, who, merged)
        joined = joined.join(decided, on="unit", how="left").sort("unit")
        value = nw.coalesce("agreed", "decided").alias(box)
        rows = joined.with_columns(value).select(rows.columns)
    return rows, merged


def _of(copies: Frame, units: Frame) -> Frame:
    return copies.join(units.select("unit"), on="unit", how="semi").sort(*_ORDER)


def _note_moved(copies: Frame, moved: Frame, box: str, who: Whose, merged: _Merged) -> None:
    """Note where a figure stands that the first copy has not."""
    if moved.is_empty():
        return
    filled = _of(copies, moved).filter(~nw.col(box).is_null())
    for key, said in _by_unit(filled.filter(nw.col("unit").is_first_distinct()), box, who):
        merged.places[key] = said[0].place


def _decide(copies: Frame, apart: Frame, box: str, who: Whose, merged: _Merged) -> Frame:
    """Note the conflicts of a box; out comes what a majority decided: `unit`, `decided`."""
    decided: dict[int, int] = {}
    for key, said in _by_unit(_of(copies, apart), box, who) if len(apart) else ():
        everywhere = " | ".join(one.place for one in said)
        majority = majority_of(said)
        if majority is None:
            merged.conflicts[key] = merged.places[key] = everywhere
            merged.said[key] = [one.value for one in said]
        else:
            decided[key[1]] = majority.value
            merged.places[key] = next(one.place for one in said if one.value == majority.value)
            merged.majorities[key] = majority, everywhere
    columns = {"unit": list(decided), "decided": list(decided.values())}
    return engine.table(columns, {"unit": nw.Int64(), "decided": nw.Int64()})


def _by_unit(copies: Frame, box: str, who: Whose) -> Iterator[tuple[Key, list[Said]]]:
    """What the copies of each unit say in a box, in the order of the sheets."""
    line = nw.coalesce(f"row {box}", "row") if f"row {box}" in copies.columns else nw.col("row")
    columns = ("level", "unit", "sheet", line.alias("line"), "source", nw.col(box).alias("value"))
    rows = copies.select(*columns).iter_rows()
    for (level, unit), found in groupby(rows, key=lambda row: row[:2]):
        yield (
            (level, unit, box),
            [
                Said(source, value, who.sheets[sheet].place(row, box))
                for _, _, sheet, row, source, value in found
            ],
        )


def _findings(copies: Frame, merged: _Merged, who: Whose, regions: Regions) -> Iterator[Finding]:
    """Say of every form with several copies whether they agree."""
    differing: dict[int, dict[str, list[int | None]]] = {}
    outvoted: dict[int, list[Key]] = {}
    for (_, unit, box), said in merged.said.items():
        differing.setdefault(unit, {})[box] = said
    for key in merged.majorities:
        outvoted.setdefault(key[1], []).append(key)
    rows = copies.select("unit", "sheet", "row").iter_rows()
    for unit, found in groupby(rows, key=lambda row: row[0]):
        places = [who.sheets[sheet].place(row, None) for _, sheet, row in found]
        about = About(" | ".join(places), who.side, regions.printed(unit), who.contest)
        if boxes := differing.get(unit):
            yield conflict(len(places), boxes, about)
        elif len(places) > 1 and unit not in outvoted:
            yield agreement(len(places), about, parts=unit not in merged.overlapping)
        for key in outvoted.get(unit, ()):
            majority, everywhere = merged.majorities[key]
            yield outvoted_by(majority, key[2], about._replace(place=everywhere))
