"""Online tables of several times in; those that stand, and all of them as captures, out.

A table of the same regions at a later time says them anew: the earlier one is no second copy of
it, which could contradict it, but a capture of what the page once said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.model import NAMED_LEVELS, Captured, Online, Snapshot
from recount.systems import table
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.model import Input, Reading, Sheet
    from recount.texts import Text

    Read = tuple[Reading, tuple[Sheet, ...]]

_PLACE = ("contest", "code", "name", *NAMED_LEVELS, "tps")


class Standing(NamedTuple):
    """The tables that are compared, what is said of that, and all tables as snapshots."""

    readings: list[Read]
    said: list[Text]
    captures: list[Snapshot]


def standing(readings: Sequence[Read], inputs: Sequence[Input], *, keep: bool) -> Standing:
    """Leave out every table whose regions a later one of the same layer says anew.

    Tables of different regions are parts of one page, whatever their times; one that names no
    time is left out only where it stands beside captures of its regions. `keep`: whether the
    captures are wanted.
    """
    chosen: list[Read] = []
    left: list[Read] = []
    ordered = sorted(readings, key=lambda one: _instant(one[0]), reverse=True)
    for one in ordered:
        later = [other for other in chosen if _layer(other[0]) == _layer(one[0])]
        undated = not _time(one[0])
        again = any(_time(o[0]) != _time(one[0]) and _says_anew(o[0], one[0]) for o in later)
        if again and (left or not undated):
            left.append(one)
        else:
            chosen.append(one)
    kept = [one for one in readings if any(one is other for other in chosen)]
    said = list(_notes(left, chosen[0][0])) if left else []
    return Standing(kept, said, list(_captures(readings, inputs)) if keep else [])


def without_figures(inputs: Sequence[Input], kept: Iterable[Read]) -> list[Input]:
    """Count no form in a file none of whose tables is compared."""
    used = {sheet.input for _, sheets in kept for sheet in sheets}
    return [one if at in used else replace(one, forms=0) for at, one in enumerate(inputs)]


def _notes(left: Sequence[Read], latest: Reading) -> Iterator[Text]:
    """Say which capture is compared, and name the tables beside it that have no time."""
    undated = [sheets[0].label for reading, sheets in left if not _time(reading)]
    yield say(
        "Of {count} captures the latest is compared, of {time}.",
        count=len(left) - len(undated) + 1,
        time=_time(latest) or "?",
    )
    if undated:
        yield say(
            "Left out, because nothing says of what time it is: {files}.", files=", ".join(undated)
        )


def _says_anew(later: Reading, earlier: Reading) -> bool:
    """Whether a table holds most of the regions of another one."""
    columns = [
        name for name in _PLACE if name in later.rows.columns and name in earlier.rows.columns
    ]
    if not columns:
        return False
    mine, others = (one.rows.select(*columns).unique() for one in (earlier, later))
    blank = [nw.col(name).fill_null("") for name in columns]
    shared = mine.with_columns(*blank).join(others.with_columns(*blank), on=columns, how="inner")
    return len(shared) * 2 > len(mine)


def _captures(readings: Iterable[Read], inputs: Sequence[Input]) -> Iterator[Snapshot]:
    for reading, sheets in readings:
        if _time(reading):
            for one in (*reading.earlier, reading):
                yield _snapshot(one, sheets[0], inputs[sheets[0].input])


def _snapshot(reading: Reading, sheet: Sheet, given: Input) -> Snapshot:
    online = reading.online or Online()
    rows = reading.rows.with_columns(sheet=nw.lit(0, nw.Int32))
    return Snapshot(
        table.ID,
        online.layer,
        None,
        online.taken_at,
        (Captured(given.path, given.sha256, given.bytes, online.taken_at),),
        (replace(sheet, input=0),),
        (replace(reading, rows=rows, findings=(), earlier=()),),
    )


def _layer(reading: Reading) -> str | None:
    return (reading.online or Online()).layer


def _time(reading: Reading) -> str:
    return (reading.online or Online()).taken_at or ""


def _instant(reading: Reading) -> datetime:
    """When a table is of; one that does not say it comes before all others."""
    time = _time(reading)
    when = datetime.fromisoformat(time) if time else datetime.min.replace(tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
