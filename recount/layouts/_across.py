"""One table whose units are columns in, its reading out: every cell a figure, a label or a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.layouts._context import settle
from recount.layouts._heading import CANDIDATE
from recount.layouts._items import Item, Labels
from recount.layouts._page import figure, stray
from recount.layouts._said import short
from recount.layouts._sums import Kept, Stated, added, equals, held
from recount.layouts._units import clean, numbering
from recount.model import Finding, LeftOut, Reading, Sheet
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.layouts._context import Context
    from recount.layouts._page import Line, Page
    from recount.layouts._units import Units


class Table(NamedTuple):
    """A table on a sheet: its first unit column, its units, and its rows.

    `above`: the lines between the table before and this one's heading. `body`: everything below
    the heading up to the next table.
    """

    first: int
    context: Context
    units: Units
    above: Sequence[Line]
    headings: Sequence[Line]
    body: Sequence[Line]


class Taken(NamedTuple):
    """What the rows of a table gave: box -> line, the candidates' names, and what was left."""

    boxes: dict[str, Line]
    names: dict[str, str]
    findings: list[Finding]
    left_out: list[LeftOut]
