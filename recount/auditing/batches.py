"""Figures of the online side in, the batches of an audit out: what was reported, and the bound."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, ancestors, at_level, present_levels, totals
from recount.auditing.gaps import blanked, gaps, within
from recount.boxes import CANDIDATE
from recount.choose import Whose, choose
from recount.errors import RecountError
from recount.intake import box_order
from recount.model import LEVELS, NAMED_LEVELS
from recount.regions import SPAN
from recount.texts import say

if TYPE_CHECKING:
    from recount.auditing.gaps import Gap
    from recount.choose import Chosen
    from recount.engine import Frame, Lazy
    from recount.intake import Tally
    from recount.material import Material
    from recount.model import Finding
    from recount.regions import Regions

NUMBER = nw.Int64()


class Batches(NamedTuple):
    """All regions of a level of which the contest is made, sorted by their printed code.

    `frame`: eager; `unit`, `id`, per candidate its votes (0 where nothing is shown), per other box
    its figure (null: not known, or not from all of its units), `parts` (units of `finest` behind
    the votes), `shown` (1 where every candidate's figure is there, from all units).
    `places`: `id`, `code`, the names from provinsi to desa, `tps`; text, "" where there is none.
    `gaps`: online forms that are not whole, by the unit of their batch. `findings`: of copies.
    """

    level: int
    finest: int
    candidates: tuple[str, ...]
    frame: Frame
    places: Frame
    gaps: tuple[Gap, ...] = ()
    findings: tuple[Finding, ...] = ()


def batches(material: Material, contest: str, level: int) -> Batches:
    """Cut the online figures of a contest into batches. Raises RecountError where there are none.

    A region that a list or the table of registered voters has, and the online side has not, is a
    batch without votes.
    """
    up = ancestors(material.regions)
    online = next(tally for tally in material.tallies if tally.side == "theirs")
    chosen = _chosen(material, online, contest)
    finest = max(present_levels(chosen.forms), default=-1)
    if finest < level:
        raise RecountError(
            say("The online figures have no region of the level {level}.", level=LEVELS[level]),
            mend=say("Choose a level with --level that the online table names."),
        )
    used = set(online.used(contest))
    candidates = sorted((box for box in used if box.startswith(CANDIDATE)), key=box_order)
    if len(candidates) < 2:  # noqa: PLR2004 - an election is between two
        raise RecountError(
            say("The online figures have fewer than two candidates."),
            mend=say("Name the file with the votes, or the contest with --contest."),
        )
    held = _totals(blanked(chosen.forms, candidates), up, material.regions, level)
    boxes = [name for name in held.columns if f"{name}.read" in held.columns and name in used]
    frame = _voted(held, candidates, [box for box in boxes if box not in candidates])
    hidden = set(frame.filter(nw.col("shown") == 0)["unit"].to_list())
    open_ = within(gaps(chosen, online, candidates), up, level, hidden)
    others = [tally for tally in material.tallies if tally is not online]
    for tally in others:
        frame = _beside(frame, _registered(material, tally, up, level))
    frame = _with_listed(frame, material.regions, level)
    frame, places = _placed(frame, material.regions, up, level)
    found = tuple(open_), tuple(chosen.findings)
    return Batches(level, finest, tuple(candidates), frame, places, *found)


def _chosen(material: Material, tally: Tally, contest: str) -> Chosen:
    """The forms of a contest, one a region; every file counts as one of its own."""
    who = Whose(contest, tally.side, tally.sheets)
    start = engine.start(tally.frames[contest], "polars")
    return choose(start, who, tally.boxes, material.regions)


def _totals(forms: Lazy, up: Frame, regions: Regions, level: int) -> Frame:
    added = engine.collect(totals(forms, engine.along(up, forms), regions, level))
    placed = at_level(added, regions, level)
    unit = nw.col("node").cast(NUMBER) * SPAN + nw.col("station").cast(NUMBER) + 1
    return placed.with_columns(unit=unit).drop("node", "station")


def _voted(held: Frame, candidates: list[str], others: list[str]) -> Frame:
    whole = [nw.col(f"{box}.read") == nw.col("expected") for box in candidates]
    shown = reduce(nw.Expr.__and__, whole)
    known = [_whole(box).alias(box) for box in others]
    votes = [nw.col(box).fill_null(0).cast(NUMBER).alias(box) for box in candidates]
    return held.select(
        "unit",
        *votes,
        *known,
        nw.col("expected").cast(NUMBER).alias("parts"),
        nw.when(shown).then(nw.lit(1)).otherwise(nw.lit(0)).alias("shown"),
    )


def _whole(box: str) -> nw.Expr:
    """A figure that is from all of its units; a bound on some of the ballots is none."""
    complete = nw.col(f"{box}.read") == nw.col("expected")
    return nw.when(complete).then(nw.col(box)).cast(NUMBER)


def _registered(material: Material, tally: Tally, up: Frame, level: int) -> Frame:
    """What another table says of the regions: all its boxes but the votes."""
    [contest] = list(tally.frames)[:1]
    forms = _chosen(material, tally, contest).forms
    held = _totals(forms, up, material.regions, level)
    boxes = [name for name in held.columns if f"{name}.read" in held.columns]
    return held.select("unit", *(_whole(b).alias(b) for b in boxes if not b.startswith(CANDIDATE)))


def _beside(frame: Frame, more: Frame) -> Frame:
    """Put figures of another table beside the online ones, in whose place they stand."""
    own = [name for name in more.columns if name != "unit"]
    joined = frame.drop(*own, strict=False).join(more, on="unit", how="left")
    return nw.concat([joined, more.join(frame, on="unit", how="anti")], how="diagonal")


def _with_listed(frame: Frame, regions: Regions, level: int) -> Frame:
    """Add the regions of a list that no table has; what is not shown has no votes."""
    units = [node * SPAN for node in regions.listed(level)] if level < TPS else []
    listed = engine.table({"unit": units}, {"unit": NUMBER})
    added = listed.join(frame, on="unit", how="anti")
    whole = nw.concat([frame, added], how="diagonal") if len(added) else frame
    votes = [name for name in whole.columns if name.startswith(CANDIDATE)]
    return whole.with_columns(nw.col(*votes, "shown", "parts").fill_null(0))


def _placed(frame: Frame, regions: Regions, up: Frame, level: int) -> tuple[Frame, Frame]:
    """Name every batch, and sort them by their printed codes as UTF-8 texts."""
    node = (nw.col("unit") // SPAN).cast(nw.Int32())
    station = (nw.col("unit") % SPAN - 1).cast(nw.Int32())
    named = frame.with_columns(node=node, station=station)
    named = named.with_columns(*_codes(named, regions), *_names(named, regions, up, level))
    number = nw.col("station").cast(nw.String()).str.zfill(3)
    at_station = nw.col("station") >= 0
    joint = nw.when(nw.col("code") == "").then(nw.lit("/")).otherwise(nw.lit("."))
    full = nw.concat_str("region", joint, number)
    named = named.with_columns(
        id=nw.when(at_station).then(full).otherwise(nw.col("region")),
        tps=nw.when(at_station).then(number).otherwise(nw.lit("")),
    ).sort("id")
    kept = [name for name in frame.columns if name != "unit"]
    places = named.select("id", "code", *NAMED_LEVELS[:level], "tps")
    return named.select("unit", "id", *kept), places


def _codes(frame: Frame, regions: Regions) -> list[nw.Series[Any]]:
    printed = nw.new_series("region", regions.nodes.region, nw.String(), backend="polars")
    codes = [text if text in regions.by_code else "" for text in regions.nodes.region]
    code = nw.new_series("code", codes, nw.String(), backend="polars")
    return [engine.gather(one, frame["node"]) for one in (printed, code)]


def _names(frame: Frame, regions: Regions, up: Frame, level: int) -> list[nw.Series[Any]]:
    """The name of each batch's region at every level from provinsi down to its own."""
    nodes = regions.nodes
    # What is known by its code alone is called by it.
    called = ["" if key is None else name for key, name in zip(nodes.key, nodes.name, strict=True)]
    names = nw.new_series("name", called, nw.String(), backend="polars")
    found = []
    for at, title in enumerate(NAMED_LEVELS[:level], 1):
        above = engine.gather(up[f"up{at}"], frame["node"])
        there = engine.gather(up["level"], above)
        name = engine.gather(names, above).alias(title).to_frame()
        name = name.with_columns(there.alias("there"))
        own = nw.when(nw.col("there") == at).then(nw.col(title)).otherwise(nw.lit(""))
        found.append(name.select(own.alias(title))[title])
    return found
