"""The headings over the columns of a table in, the unit of each column out.

Heading rows stand above the first line of the form: "RINCIAN" merged over the units, then their
names, then perhaps a row of column numbers.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from recount.headings import meaning
from recount.layouts._page import figure
from recount.layouts._titles import unnumbered
from recount.model import LEVELS, MARK
from recount.names import is_total
from recount.numbers import parse_station

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.layouts._page import Line
    from recount.layouts._titles import Context
    from recount.model import Grid

_STATION = re.compile(r"\s*(?:TPS|POS|KSK)\b.*[0-9]", re.IGNORECASE)
_LEADING = (
    (re.compile(r"\s*(?:KEC|KECAMATAN|DISTRIK)\b[ ._]+\w", re.IGNORECASE), "kecamatan"),
    (re.compile(r"\s*(?:DESA|KEL|KELURAHAN|DS)\b[ ._]+\w", re.IGNORECASE), "desa"),
    (re.compile(r"\s*(?:KAB|KABUPATEN|KOTA)\b[ ._]+\w", re.IGNORECASE), "kabkota"),
)
_SHORTEST = 3


class Units(NamedTuple):
    """The columns of a table: units, totals, and others with a heading that is neither.

    `row`: of the heading with the names. `level`: of the units, None where nothing says it.
    `groups`: column -> the region that a heading over several units names. `at`: column -> row of
    its heading, where that is another one.
    """

    row: int
    units: dict[int, str]
    totals: dict[int, str]
    others: dict[int, str]
    level: str | None
    groups: Mapping[int, str] = {}
    at: Mapping[int, int] = {}


def numbering(line: Line) -> bool:
    """Whether a row holds the numbers of the columns: 1, 2, 3 ... and nothing else."""
    cells = [cell.strip(" ()") for _, cell in line.filled()]
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    one_by_one = all(after - before == 1 for before, after in pairwise(numbers))
    return one_by_one and _SHORTEST <= len(numbers) == len(cells)


def units_of(grid: Grid, headings: Sequence[Line], first: int, context: Context) -> Units | None:
    """Read the heading rows of a table (from the top), whose labels stand left of `first`."""
    rows = [line for line in headings if line.filled(first)]
    if (len(rows) > 1 and numbering(rows[-1]) and rows[-1].filled(0, first)) or (
        len(rows) > 1 and numbering(rows[-1]) and _names(rows[-2], first)
    ):
        rows.pop()
    if not rows:
        return None
    lowest, above = rows[-1], rows[-2:-1]
    named = {at: text for at, text in lowest.filled(first) if not _is_over(text)}
    over = dict(above[0].filled(first)) if above else {}
    for at, text in over.items():
        if at in named or _is_over(text):
            continue
        if len(over) > 1 or is_total(text, names_a_place=False):
            named[at] = text
    units = _sorted(named, lowest.row, _spread(grid, above, first, named), context)
    higher = (
        dict.fromkeys(named.keys() - dict(lowest.filled(first)).keys(), above[0].row)
        if above
        else {}
    )
    return units._replace(at=higher) if units else None


def _is_over(text: str) -> bool:
    """Whether a heading stands over all units; in a column without a name it names none."""
    return text.upper().split()[:1] == ["RINCIAN"]


def _names(line: Line, first: int) -> bool:
    """Whether a row names several units itself."""
    texts = [text for _, text in line.filled(first) if figure(text) is None]
    return len([text for text in texts if not is_total(text, names_a_place=False)]) > 1


def _spread(
    grid: Grid, above: Sequence[Line], first: int, named: Mapping[int, str]
) -> dict[int, str]:
    """What the heading above says over each column: a cell holds as far as it is merged."""
    if not above:
        return {}
    spread: dict[int, str] = {}
    merged = {(a, b): d for a, b, _, d in grid.merged}
    cells = above[0].filled(first)
    ends = [at for at, _ in cells[1:]] + [max(named, default=0) + 1]
    for (at, text), end in zip(cells, ends, strict=True):
        last = merged.get((above[0].row, at), end - 1 if not merged else at)
        spread.update(dict.fromkeys(range(at, min(last + 1, end)), text))
    return spread


def _sorted(
    named: Mapping[int, str], row: int, over: Mapping[int, str], context: Context
) -> Units | None:
    totals = {at: t for at, t in named.items() if is_total(t, names_a_place=False)}
    others = {at: t for at, t in named.items() if at not in totals and _is_aside(t)}
    units = {at: t for at, t in named.items() if at not in totals and at not in others}
    if not units:
        return None
    roles = {m.role for text in over.values() if (m := meaning(text)) and m.role in LEVELS}
    level = _level(list(units.values()), roles, context)
    groups = {at: text for at, text in over.items() if at in units and _is_group(text)}
    several = len(set(groups.values())) > 1
    return Units(row, units, totals, others, level, groups if several else {})


def _is_aside(text: str) -> bool:
    understood = meaning(text)
    return text.startswith(MARK) or bool(understood and understood.role == "aside")


def _is_group(text: str) -> bool:
    words = text.upper().split()
    return not meaning(text) and not {"RINCIAN", "URAIAN", "JUMLAH", "NAMA"} & set(words)


def _level(names: list[str], roles: set[str], context: Context) -> str | None:
    """Of what the columns are units: by their names, the heading above, the form, the title."""
    if all(_STATION.match(name) for name in names):
        return "tps"
    if len(roles) == 1:
        return roles.pop()
    finest = max((LEVELS.index(level) for level in context.places), default=0)
    for pattern, level in _LEADING:
        # Kota Bangun Ulu is a desa where the title names its kecamatan.
        if LEVELS.index(level) > finest and any(pattern.match(name) for name in names):
            return level
    if context.form and context.form.level != LEVELS[-1]:
        return LEVELS[LEVELS.index(context.form.level) + 1]
    if all(isinstance(parse_station(name), int) for name in names):
        return "tps"
    return LEVELS[finest + 1] if 0 < finest < len(LEVELS) - 2 else None


def clean(name: str, level: str | None) -> str:
    """A unit's name as the tally keeps it; a slug's number is not part of the name."""
    return name if level == "tps" else unnumbered(" ".join(name.split()))
