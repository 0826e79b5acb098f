"""Readings of one or two sides in, their tallies out: every cell a figure or a finding.

A tally is an eager frame with one row per copy of a form: `unit` (Int64, regions.unit_number),
`level` (Int8, number of the level), `sheet` and `row` (Int32, where it stands), and per box a
nullable Int64 column; after a long table also `row <box>`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.accepting import accept, respelt
from recount.aliases import packaged_aliases
from recount.borrowed import borrowed
from recount.codes import check_systems
from recount.contests import Naming, split
from recount.figures import Context, contradicted, findings_of, read_figures
from recount.model import ANSWERS, LEVELS, PROGRESS, REVOTE, SAID_AT, Finding
from recount.nodes import ROOT
from recount.places import settle
from recount.placing import PLACES, place_rows, with_coded_stations
from recount.progress import of_the_whole
from recount.progress import settle as settle_progress
from recount.regions import SPAN, UNMATCHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.aliases import Alias
    from recount.figures import Figures
    from recount.model import Reading, Sheet, Side
    from recount.places import Settled
    from recount.regions import Regions
    from recount.texts import Text

    Frame = nw.DataFrame[Any]

_NO_BOXES = {"sheet", "row", "tps", "contest", REVOTE, SAID_AT, *PLACES}
_TPS = LEVELS.index("tps")
_LAST = 10**6


@dataclass(frozen=True, slots=True)
class Raw:
    """One side as it was written: rows of text from all its sheets.

    `rows`: eager frame of text; `sheet`, `row`, the place columns, `contest`, the boxes.
    `candidates`: names met in headings, by number. `answers`: of an online system.
    """

    side: Side
    rows: Frame
    boxes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    candidates: Mapping[str, str] = field(default_factory=dict)
    answers: bool = False


class Tally(NamedTuple):
    """One side's forms as figures, contest by contest, and the findings of reading them.

    `held`: the boxes of each contest, where figures were taken away. `answers`: as in Raw.
    """

    side: Side
    frames: Mapping[str, Frame]
    boxes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    findings: list[Finding]
    held: Mapping[str, tuple[str, ...]] = {}
    answers: bool = False

    def used(self, contest: str) -> tuple[str, ...]:
        """The boxes of one contest: a file of several contests has the columns of all of them."""
        if len(self.frames) == 1:
            return self.boxes
        if contest in self.held:
            return self.held[contest]
        forms = self.frames[contest]
        return tuple(box for box in self.boxes if not forms[box].is_null().all())


def combine(side: Side, readings: Sequence[tuple[Reading, tuple[Sheet, ...]]]) -> Raw:
    """Put the rows of all sheets of a side under one another; columns that one lacks are null.

    A reading of several sheets says for each row, in `sheet`, which of them it is from.
    """
    frames: list[Frame] = []
    sheets: list[Sheet] = []
    for reading, its in readings:
        inner = nw.col("sheet") if "sheet" in reading.rows.columns else nw.lit(0, nw.Int32)
        frames.append(reading.rows.with_columns(sheet=(inner + len(sheets)).cast(nw.Int32)))
        sheets += its
    rows = nw.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    boxes = [c for c in rows.columns if c not in _NO_BOXES and not c.startswith("row ")]
    candidates: dict[str, str] = {}
    for reading, _ in readings:
        for id_, name in reading.candidates.items():
            candidates.setdefault(id_, name)
    answers = any(reading.layout == ANSWERS for reading, _ in readings)
    boxes = sorted(boxes, key=box_order)
    return Raw(side, rows, tuple(boxes), tuple(sheets), candidates, answers)


def box_order(box: str) -> tuple[int, int, str]:
    """Candidates first, by their number, the empty box last of them; then the others by name."""
    kind, _, id_ = box.partition(":")
    if kind != "candidate":
        return (1, 0, box)
    return (0, int(id_) if id_.isdigit() else _LAST * (id_ == "empty"), id_)


def take_in(
    raws: Sequence[Raw], listed: Frame | None, naming: Naming, aliases: Sequence[Alias] = ()
) -> tuple[list[Tally], Regions]:
    """Turn what both sides wrote into figures on the regions of one tree.

    `listed`: the region list, when there is one. `naming`: which contest the rows belong to.
    `aliases`: spellings that a person wrote down; those of the package come on top.
    """
    placed = place_rows([raw.rows for raw in raws])
    # Polars lets go of the interpreter while it works: numbers are read while places are settled.
    with ThreadPoolExecutor(len(raws)) as pool:
        reading = pool.map(partial(_figures, placed.stations), raws, placed.numbers)
        # The places of the rows come first, so that their numbers stay as they are.
        places = placed.places if listed is None else nw.concat([placed.places, listed])
        places, coded = check_systems(places)
        places, said = accept(places, aliases, packaged_aliases())
        settled = settle(places)
        said += respelt(places, settled)
        tally = partial(_tally, settled=settled, naming=naming)
        tallies = list(pool.map(tally, raws, reading, placed.numbers))
    for taken, raw, numbers in zip(tallies, raws, placed.numbers, strict=True):
        rows = raw.rows.select("sheet", "row").with_columns(numbers.alias("place"))
        taken.findings.extend(borrowed(rows, places, settled, raw.side, raw.sheets))
    tallies[0].findings.extend(said)
    for raw, taken in zip(raws, tallies, strict=True):
        if raw.side in coded and "code" in raw.rows.columns:
            taken.findings.extend(_found_in(raw, *coded[raw.side]))
    return tallies, settled.regions


def _found_in(raw: Raw, finding: Finding, code: str) -> list[Finding]:
    """Say in which row a code stands of which a finding speaks; nothing where it is in none."""
    found = raw.rows.filter(nw.col("code") == code).select("row", "sheet").head(1)
    where = ((row, raw.sheets[sheet]) for row, sheet in found.iter_rows())
    return [finding._replace(place=sheet.place(row, None)) for row, sheet in where]


def _figures(stations: Mapping[int, int], raw: Raw, places: nw.Series[Any]) -> Figures:
    rows = raw.rows.drop(*PLACES, strict=False)
    if stations:
        rows = with_coded_stations(rows.with_columns(places.alias("place")), stations).drop("place")
    return read_figures(rows, raw.boxes)


def _tally(
    raw: Raw, figures: Figures, places: nw.Series[Any], settled: Settled, naming: Naming
) -> Tally:
    context = Context(raw.side, raw.sheets, settled.regions)
    known = _nodes(settled)
    nodes = engine.gather(known["node"], places)
    apart, findings = contradicted(figures, context)
    lost_ = [*apart, *([] if figures.lost is None else figures.lost.to_list())]
    if lost_:
        nodes = nodes.scatter(lost_, [UNMATCHED] * len(lost_))
    findings += findings_of(figures, nodes, context)
    rows = figures.rows.with_columns(
        nodes.alias("node"), engine.gather(known["level"], places).alias("level")
    )
    rows = of_the_whole(rows, raw.rows) if raw.answers else rows
    findings += _place_findings(rows, places, settled, context)
    lost = bool((rows["node"] == UNMATCHED).any())
    kept = (rows.filter(nw.col("node") != UNMATCHED) if lost else rows).with_columns(
        level=nw.when(nw.col("station") >= 0).then(_TPS).otherwise(nw.col("level")).cast(nw.Int8),
        unit=nw.col("node").cast(nw.Int64) * SPAN + nw.col("station").cast(nw.Int64) + 1,
    )
    lines = [name for name in kept.columns if name.startswith("row ")]
    forms = ["unit", "level", "sheet", "row", *raw.boxes, *lines]
    boxes = tuple(box for box in raw.boxes if box not in PROGRESS)
    frames, nameless = split(kept, forms, naming, context)
    findings += nameless
    tally = Tally(raw.side, frames, boxes, raw.sheets, findings, {}, raw.answers)
    if not set(PROGRESS) & set(raw.boxes):
        return tally
    settled_ = {contest: settle_progress(frame, boxes) for contest, frame in frames.items()}
    held = {contest: tally.used(contest) for contest in frames}
    return tally._replace(frames=settled_, held=held)


def _nodes(settled: Settled) -> Frame:
    """For every distinct place its node and the node's level."""
    levels = nw.new_series("level", settled.regions.nodes.level, nw.Int8, backend="polars")
    # The whole stands in for what is no region: nobody asks for the level of that.
    found = engine.gather(levels, settled.nodes.clip(ROOT, None))
    return settled.nodes.alias("node").to_frame().with_columns(found.alias("level"))


def _place_findings(
    rows: Frame, places: nw.Series[Any], settled: Settled, context: Context
) -> list[Finding]:
    if not settled.faults:
        return []
    named = rows.select("sheet", "row", "node").with_columns(places.alias("place"))
    hit = named.filter(nw.col("place").is_in(list(settled.faults)), nw.col("node") != ROOT)
    hit = hit.sort("sheet", "row")
    cells = zip(*(hit[name].to_list() for name in ("place", "sheet", "row", "node")), strict=True)
    return [
        Finding(
            fault.rule,
            fault.severity,
            fault.message,
            fault.mend,
            place=context.sheets[sheet].place(row, None),
            side=context.side,
            region=context.region(node, -1),
        )
        for place, sheet, row, node in cells
        for fault in settled.faults[place]
    ]


def assumed(readings: Iterable[Reading]) -> tuple[Text, ...]:
    """What was taken for granted while reading, each sentence once."""
    return tuple(dict.fromkeys(text for reading in readings for text in reading.assumptions))
