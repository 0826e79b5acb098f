"""A person who types forms into a template: rightly, or with something wrong in a column."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from openpyxl.worksheet.worksheet import Worksheet

LISTS = ("dpt", "moved", "id_card")
Column = dict[str, int]


class Table(NamedTuple):
    """Where the table of a form stands on its sheet; rows and columns from 1."""

    names: int
    first: int
    last: int
    body: int
    total: int


def table_of(sheet: Worksheet) -> Table:
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "NO")
    total = next(at for at in range(4, 600) if sheet.cell(head, at).value == "JUMLAH AKHIR")
    return Table(head + 1, 4, total - 1, head + 3, total)


def a_unit(candidates: int, random: Random, reserve: float = 2.5) -> Column:
    """Figures of one unit that hold in every rule; box -> number."""
    column: Column = {}
    for sex in (".m", ".f"):
        column |= {f"registered_{name}{sex}": random.randint(90, 140) for name in LISTS}
        column |= {f"voters_{name}{sex}": random.randint(1, 25) for name in LISTS}
        column |= {f"disabled_registered{sex}": 4, f"disabled_voters{sex}": random.randint(0, 3)}
        for line in ("registered", "voters"):
            column[f"{line}{sex}"] = sum(column[f"{line}_{name}{sex}"] for name in LISTS)
    for box in [box.removesuffix(".m") for box in column if box.endswith(".m")]:
        column[box] = column[f"{box}.m"] + column[f"{box}.f"]
    cast = column["voters"]
    invalid = random.randint(0, 3)
    votes = [(cast - invalid) // candidates] * candidates
    votes[0] += cast - invalid - sum(votes)
    column |= {f"candidate:{at}": count for at, count in enumerate(votes, start=1)}
    column |= {"valid": cast - invalid, "invalid": invalid, "cast": cast}
    received = round(column["registered_dpt"] * (1 + reserve / 100))
    column |= {"ballots_received": received, "ballots_used": cast, "ballots_spoiled": 2}
    return column | {"ballots_unused": received - cast - 2}


def typed(data: bytes, boxes: list[str | None], columns: Mapping[tuple[str, int], Column]) -> bytes:
    """Type columns (sheet, number from 0) into a template; `boxes`: what its lines hold."""
    book = openpyxl.load_workbook(BytesIO(data))
    for (name, number), column in columns.items():
        sheet = book[name]
        table = table_of(sheet)
        at = table.first + number
        if sheet.cell(table.names, at).value is None:
            sheet.cell(table.names, at).value = f"DESA {number + 1}"
        for row, box in enumerate(boxes, start=table.body):
            if box in column:
                sheet.cell(row, at).value = column[box]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
