"""Snapshots and tables of an online system in; the readings to compare out.

Of several snapshots the latest is taken, and said so; the two layers are never mixed: beside the
count, the recap is a column of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from recount.errors import RecountError
from recount.model import Input, Online
from recount.progress import COUNTED, PERCENT
from recount.systems import SYSTEMS, table
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recount.model import Book, Finding, Grid, Reading, Sheet, Snapshot
    from recount.systems import Said
    from recount.systems.table import Layout, Made
    from recount.texts import Text

Read = tuple["Reading", "tuple[Sheet, ...]"]
"""A reading, and the sheets that its rows are from."""


class Shown(NamedTuple):
    """What is compared of some captures."""

    readings: list[Read]
    inputs: list[Input]
    findings: list[Finding]
    assumptions: list[Text]


def shown_of(found: Sequence[Snapshot], first: int) -> Shown:
    """Choose the latest snapshot of each layer of one system; tables are all taken.

    `first`: the number that the first input gets.
    """
    shown = Shown([], [], [], [])
    systems = list(dict.fromkeys(one.system for one in found))
    system = min(systems, key=list(SYSTEMS).index)
    own = [one for one in found if system == one.system]
    if system == table.ID:
        chosen = own
    else:
        beside = [one for one in found if system != one.system and one.layer == "recap"]
        chosen = _latest([*own, *beside], shown.assumptions)
    left = [name for name in systems if name not in {one.system for one in chosen}]
    if left:
        names = ", ".join(left)
        shown.assumptions.append(
            say("There are figures of {systems} too; choose with --system.", systems=names)
        )
    for one in chosen:
        _add(one, first + len(shown.inputs), shown)
    return shown


def _latest(found: Iterable[Snapshot], assumptions: list[Text]) -> list[Snapshot]:
    by_layer: dict[str | None, list[Snapshot]] = {}
    for one in found:
        by_layer.setdefault(one.layer, []).append(one)
    chosen = []
    for several in by_layer.values():
        # They come in the order of their times.
        chosen.append(several[-1])
        if len(several) > 1:
            assumptions.append(
                say(
                    "Of {count} captures the latest is compared, of {time}.",
                    count=len(several),
                    time=several[-1].taken_at or "?",
                )
            )
    return chosen


def _add(one: Snapshot, first: int, shown: Shown) -> None:
    online = Online(one.layer, one.taken_at)
    sheets = one.sheets
    if first:
        sheets = tuple(replace(sheet, input=sheet.input + first) for sheet in sheets)
    forms: Counter[int] = Counter()
    for reading in one.tables:
        shown.readings.append((replace(reading, online=online), sheets))
        shown.assumptions.extend(reading.assumptions)
        for number in reading.rows["sheet"].to_list():
            forms[one.sheets[number].input] += 1
    for at, file in enumerate(one.files):
        named = (file.path, file.sha256, file.bytes, forms[at], file.taken_at)
        # A list of pairs or of regions is of no layer.
        layer = one.layer if forms[at] else None
        shown.inputs.append(Input("theirs", *named, system=one.system, layer=layer))
    shown.findings.extend(one.gaps)
    shown.assumptions.extend(one.assumptions)


def parts(book: Book, layout: Layout, said: Said) -> list[tuple[Grid, Made]]:
    """Understand a plain table, layer by layer; of several times in it the latest."""
    found: list[tuple[Grid, Made]] = []
    for grid, made in table.read_layers(book, layout, said):
        if isinstance(made, RecountError):
            found.append((grid, made))
        else:
            last = max(made, key=_time)
            here = [one for one in made if _time(one) == _time(last)]
            times = len({_time(one) for one in made})
            before = sorted((one for one in made if _time(one) != _time(last)), key=_time)
            found.append((grid, tuple(_noted(one, grid, times, before) for one in here)))
    return found


def _noted(reading: Reading, grid: Grid, times: int, before: Sequence[Reading]) -> Reading:
    if times == 1:
        return reading
    note = say(
        "Of {count} times in {file} the latest is compared, {time}.",
        count=times,
        file=grid.label,
        time=_time(reading),
    )
    earlier = tuple(one for one in before if layer_of(one) == layer_of(reading))
    return replace(reading, assumptions=(*reading.assumptions, note), earlier=earlier)


def _time(reading: Reading) -> str:
    return (reading.online or Online()).taken_at or ""


def by_layer(readings: Sequence[Read]) -> tuple[list[Read], list[Read]]:
    """Set the recap aside where there is a count too."""
    recap = [one for one in readings if layer_of(one[0]) == "recap"]
    others = [one for one in readings if layer_of(one[0]) != "recap"]
    return (others, recap) if others else (recap, [])


def about_layers(readings: Sequence[Read]) -> list[Text]:
    """Say what it means that the figures are of the count, and that its progress is not known."""
    count = [reading for reading, _ in readings if layer_of(reading) == "count"]
    if not count:
        return []
    said = [
        say(
            "The online figures are the count of the TPS forms (hhcw), not the official recap: "
            "where not all TPS are in, a difference is partial."
        )
    ]
    if not all({COUNTED, PERCENT} & set(reading.rows.columns) for reading in count):
        said.append(
            say(
                "How many TPS are in is not said with all online figures: a difference there may "
                "be TPS that are missing."
            )
        )
    return said


def layer_of(reading: Reading) -> str | None:
    """Give the layer of a table's figures, where it is said."""
    return (reading.online or Online()).layer


def dated(inputs: Sequence[Input], readings: Sequence[Read]) -> list[Input]:
    """Write the time and the layer of plain tables into their inputs."""
    known: Mapping[int, Online] = {
        sheet.input: reading.online
        for reading, sheets in readings
        if reading.online
        for sheet in sheets
    }
    return [
        replace(
            one, taken_at=one.taken_at or known[at].taken_at, layer=one.layer or known[at].layer
        )
        if at in known
        else one
        for at, one in enumerate(inputs)
    ]
