"""One table whose units are columns in, its reading out: figures, labels and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.layouts._cross_totals import sort_columns
from recount.layouts._file_name import places_in
from recount.layouts._heading import CANDIDATE
from recount.layouts._items import Labels
from recount.layouts._lines import take
from recount.layouts._settled import settle
from recount.layouts._short import few
from recount.layouts._units import clean
from recount.model import LEVELS, NAMED_LEVELS, Reading
from recount.texts import Text, say

if TYPE_CHECKING:
    from recount.layouts._lines import Table, Taken
    from recount.layouts._page import Page


class _Columns(NamedTuple):
    """The places of the units, one text for each."""

    places: dict[str, list[str | None]]
    finest: str


def reading_of(page: Page, table: Table) -> Reading | None:
    """Read one table; None when no line of it is a box, or no column a unit."""
    taken = take(page, table, Labels(table.context.form, page.known))
    if not taken.boxes:
        return None
    sorted_ = sort_columns(page, table, taken)
    if not sorted_.units:
        return None
    columns = _places(page, table, list(sorted_.units))
    settled = settle(page, table.context, columns.finest, columns.places)
    count = len(sorted_.units)
    texts: dict[str, list[str | None]] = {
        **{level: [name] * count for level, name in settled.places.items()},
        **columns.places,
        **{box: [line.cells[at] for at in sorted_.units] for box, line in taken.boxes.items()},
    }
    rows = engine.table(
        {"row": [at + 1 for at in sorted_.units], **texts},
        {"row": nw.Int32(), **dict.fromkeys(texts, nw.String())},
    )
    return Reading(
        "units across",
        rows,
        {box: line.row for box, line in taken.boxes.items()},
        taken.names,
        (*taken.findings, *sorted_.findings, *settled.findings),
        (*settled.assumptions, *_assumed(taken)),
        form=table.context.form.id if table.context.form else None,
        across=True,
        left_out=(*taken.left_out, *sorted_.left_out),
    )


def _places(page: Page, table: Table, at: list[int]) -> _Columns:
    """What the headings say of the units' places: their own names, and those of groups of them."""
    level = table.units.level
    names = [clean(table.units.units[column], level) for column in at]
    places: dict[str, list[str | None]] = {level or "name": [*names]}
    groups = table.units.groups
    above = LEVELS[LEVELS.index(level) - 1] if level else None
    if groups and above in NAMED_LEVELS:
        places[above] = [groups.get(column) for column in at]
    return _Columns(places, level or _below(page, table))


def _below(page: Page, table: Table) -> str:
    """The level of units that nothing names: the one below the finest in the title or file name."""
    around = table.context.places or places_in(page.grid.label, ())
    finest = max((LEVELS.index(level) for level in around), default=2)
    return LEVELS[min(finest + 1, len(LEVELS) - 1)]


def _assumed(taken: Taken) -> list[Text]:
    named = [name for id_, name in taken.names.items() if not id_.isdigit()]
    boxes = [box for box in taken.boxes if box.startswith(CANDIDATE)]
    if not named or not boxes:
        return []
    return [say("Taken as candidates, by their labels: {names}.", names=few(named))]
