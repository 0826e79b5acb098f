"""What was understood of every file: the readings and the tally of a side in, receipts out.

A receipt is begun when a file is read (`begun`) and completed when its forms have their places
and their figures (`completed`). It is made of whole columns: a nation in one file costs no more
than a few passes over it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.boxes import CANDIDATE
from recount.forms import FORMS
from recount.headings import is_box
from recount.lying import lying, named
from recount.model import LEVELS, PROGRESS, REVOTE, SAID_AT, Receipt, SheetRead, VotesRead
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from recount.errors import RecountError
    from recount.intake import Tally
    from recount.model import Book, Finding, Grid, Input, Reading, Sheet
    from recount.regions import Regions

    Frame = nw.DataFrame[Any]

_BESIDE = (*PROGRESS, REVOTE, SAID_AT)
_NOT_BOXES = frozenset(
    {"sheet", "row", "tps", "contest", "level", "code", "name", *LEVELS, *_BESIDE}
)
_EMPTY = say("The sheet is empty.")
_OWN = say("recount wrote it as a summary of the others.")
_CANDIDATES = "candidates"
_SEXES = (".m", ".f")


class Understood(NamedTuple):
    """What became of a grid: its reading, or the fault for which there is none."""

    grid: Grid
    reading: Reading | None
    fault: RecountError | None = None


class _Sums(NamedTuple):
    """What is held of one contest in one sheet. `votes`: box -> sum and number of cells read."""

    contest: str
    level: int
    votes: Mapping[str, tuple[int, int]]


def begun(book: Book, grids: Iterable[Understood]) -> Receipt:
    """Begin a file's receipt with what reading it told: sheets, boxes, what was left out."""
    every = tuple(grids)
    readings = [one.reading for one in every if one.reading]
    boxes = dict.fromkeys(box for reading in readings for box in _boxes(reading))
    forms = dict.fromkeys(reading.form for reading in readings if reading.form)
    return Receipt(
        label=book.label,
        sheets=(
            *map(_sheet, every),
            *(SheetRead(name, skipped=_EMPTY) for name in book.empty),
            *(SheetRead(name, skipped=_OWN) for name in book.own),
        ),
        units=sum(len(reading.rows) for reading in readings),
        left_out=tuple(one for reading in readings for one in reading.left_out),
        boxes=tuple(box for box in boxes if not box.startswith(CANDIDATE)),
        missing=tuple(_missing(boxes, forms)),
    )


def completed(
    inputs: Sequence[Input],
    tally: Tally,
    regions: Regions,
    names: Mapping[tuple[str, str], str],
) -> tuple[Input, ...]:
    """Complete the receipts of a side's files with regions, levels and sums.

    `names`: (contest, candidate) -> name.
    """
    files: dict[int, list[int]] = {}
    for number, sheet in enumerate(tally.sheets):
        files.setdefault(sheet.input, []).append(number)
    places = lying(tally, regions)
    held, copies = _held(tally)
    done = []
    for at, one in enumerate(inputs):
        own = files.get(at, [])
        receipt = one.receipt and replace(
            _in_place(
                one.receipt,
                {tally.sheets[n].sheet: places.around.get(n) for n in own},
                {tally.sheets[n].sheet for n in own if n in places.nameless},
                regions,
            ),
            held=places.held.get(at, 0),
            regions=places.few.get(at, ()),
            level=_finest(own, held),
            copies=copies[at],
            sums=tuple(_summed(tally.sheets, own, held, names)),
        )
        done.append(replace(one, receipt=receipt))
    return tuple(done)


def counted(inputs: Iterable[Input], findings: Iterable[Finding]) -> tuple[Input, ...]:
    """Count the findings that name a place in a file, by severity, in the file's receipt."""
    files = tuple(inputs)
    counts = {(one.side, one.receipt.label): Counter[str]() for one in files if one.receipt}
    for finding in findings:
        for label in _labels(finding.place or ""):
            if (found := counts.get((finding.side or "ours", label))) is not None:
                found[finding.severity] += 1
                break
    return tuple(
        replace(one, receipt=replace(one.receipt, findings=dict(counts[one.side, label])))
        if one.receipt and (label := one.receipt.label) is not None
        else one
        for one in files
    )


def _labels(place: str) -> Iterator[str]:
    """What may be the file's name in an address: file.csv:12, file.xlsx!sheet!D7, file.csv."""
    yield place.partition("!")[0]
    yield place.rpartition(":")[0]
    yield place
    rest = place
    while rest := rest.rpartition("!")[0]:
        yield rest


def _sheet(one: Understood) -> SheetRead:
    name, reading = one.grid.sheet, one.reading
    if reading is None:
        return SheetRead(name, skipped=one.fault.message if one.fault else None)
    return SheetRead(name, reading.layout, reading.form, len(reading.rows))


def _boxes(reading: Reading) -> Iterator[str]:
    for name in reading.rows.columns:
        if name not in _NOT_BOXES and not name.startswith("row ") and is_box(name):
            yield name


def _missing(boxes: Iterable[str], forms: Iterable[str]) -> dict[str, None]:
    """Boxes that the forms have and the file does not, in the forms' order."""
    found = set(boxes)
    if any(box.startswith(CANDIDATE) for box in found):
        found.add(_CANDIDATES)
    return {
        box.id: None
        for form in forms
        for box in FORMS[form].boxes
        if not found & {box.id, *(box.id + sex for sex in _SEXES)}
    }


def _in_place(
    receipt: Receipt,
    around: Mapping[str | None, int | None],
    nameless: Collection[str | None],
    regions: Regions,
) -> Receipt:
    """Say where the forms of each sheet lie, and those of the whole file."""
    nodes = {sheet: node for sheet, node in around.items() if node is not None}
    sheets = tuple(
        one._replace(region=named(nodes[one.sheet], regions, nameless=one.sheet in nameless))
        if one.skipped is None and one.sheet in nodes
        else one
        for one in receipt.sheets
    )
    home = named(regions.common(set(nodes.values())), regions, nameless=bool(nameless))
    return replace(receipt, sheets=sheets, region=home if nodes else None)


def _held(tally: Tally) -> tuple[dict[int, list[_Sums]], Counter[int]]:
    """What each sheet holds, contest by contest; and how many forms of each file are copies."""
    found: dict[int, list[_Sums]] = {}
    copies: Counter[int] = Counter()
    boxes = [box for box in tally.boxes if box.startswith(CANDIDATE)]
    asked = [nw.col("level").max(), *(nw.col(box).sum() for box in boxes)]
    asked += [nw.col(box).count().alias(f"{box} n") for box in boxes]
    for contest, every in tally.frames.items():
        forms = _distinct(every, tally, copies)
        grouped = _grouped(forms, asked, len(tally.sheets))
        for row in grouped.iter_rows(named=True):
            votes = {box: (row[box], row[f"{box} n"]) for box in boxes}
            found.setdefault(row["sheet"], []).append(_Sums(contest, row["level"], votes))
    return found, copies


def _distinct(forms: Frame, tally: Tally, copies: Counter[int]) -> Frame:
    """Leave out what a file holds a second time with the same figures; add it to `copies`."""
    if forms["unit"].n_unique() == len(forms):
        return forms
    inputs = engine.table(
        {"sheet": range(len(tally.sheets)), "input": [sheet.input for sheet in tally.sheets]},
        {"sheet": nw.Int32(), "input": nw.Int32()},
    )
    known = forms.join(inputs, on="sheet", how="left").sort("sheet", "row")
    kept = known.unique(["input", "unit", *tally.boxes], keep="first", maintain_order=True)
    copies.update(known["input"].to_list())
    copies.subtract(kept["input"].to_list())
    return kept.drop("input")


def _grouped(forms: Frame, asked: list[nw.Expr], sheets: int) -> Frame:
    if not len(forms):
        return forms.head(0)
    if sheets == 1:  # nothing to sort apart
        return forms.select(*asked).with_columns(sheet=nw.lit(0))
    return forms.group_by("sheet").agg(*asked)


def _finest(own: Sequence[int], held: Mapping[int, list[_Sums]]) -> str | None:
    levels = [part.level for number in own for part in held.get(number, ())]
    return LEVELS[max(levels)] if levels else None


def _summed(
    sheets: Sequence[Sheet],
    own: Sequence[int],
    held: Mapping[int, list[_Sums]],
    names: Mapping[tuple[str, str], str],
) -> Iterator[VotesRead]:
    """Sums of a file over its sheets, of each candidate that has a column in one."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for number in own:
        for part in held.get(number, ()):
            for box, (votes, cells) in part.votes.items():
                if cells or box in sheets[number].columns:
                    before = sums.get((part.contest, box), (0, 0))
                    sums[part.contest, box] = before[0] + votes, before[1] + cells
    for (contest, box), (votes, cells) in sums.items():
        id_ = box.removeprefix(CANDIDATE)
        yield VotesRead(contest, id_, names.get((contest, id_), ""), votes if cells else None)
