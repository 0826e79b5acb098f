"""Forms of two levels that state one region: the nearest to the votes counts, box by box."""

from __future__ import annotations

import narwhals as nw
import pytest

from recount.choose import Whose, choose
from recount.engine import ENGINES, collect, start, table
from recount.model import Sheet
from recount.nodes import Label
from recount.regions import Regions, unit_number
from recount.stages import with_stage

SCHEMA = {
    "unit": nw.Int64(),
    "level": nw.Int8(),
    "sheet": nw.Int32(),
    "row": nw.Int32(),
    "valid": nw.Int64(),
    "invalid": nw.Int64(),
}
BOXES = ("valid", "invalid")
SHEETS = (
    Sheet("c1.csv", None, {"valid": 1, "invalid": 2}, 0),
    Sheet("daa.xlsx", "A", {"valid": 8, "invalid": 9}, 1, across=True, form="daa1-ppwp-2019"),
    Sheet("again.csv", None, {"valid": 1, "invalid": 2}, 2),
    Sheet("da.xlsx", "B", {"valid": 8, "invalid": 9}, 3, across=True, form="da1-ppwp-2019"),
)
C1, DAA, AGAIN, DA1 = range(4)
Row = tuple[int, int | None, int | None]
"""A sheet, and what it says of the one TPS."""


def chosen(*rows: Row, engine: str = "polars") -> tuple[list[object], dict[str, str], list[str]]:
    """What counts, the addresses that are not the row's own, and the rules of the findings."""
    regions = Regions()
    node = regions.add(0, 4, Label("64.11.03.2001", "LAHAM", "Laham", listed=False))
    unit = unit_number(node, 1)
    columns = zip(*((unit, 5, sheet, 3, a, b) for sheet, a, b in rows), strict=True)
    forms = table(dict(zip(SCHEMA, columns, strict=True)), SCHEMA)
    made = choose(start(forms, engine), Whose("p", "ours", SHEETS), BOXES, regions)
    [row] = collect(made.forms).select("sheet", *BOXES).iter_rows()
    places = {box: str(place) for (_, _, box), place in made.places.items()}
    return list(row), places, [one.rule for one in made.findings]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("rows", "expected", "places", "rules"),
    [
        ([(C1, 5, 1), (DAA, 5, 1)], [C1, 5, 1], {}, []),
        ([(C1, 5, 1), (DAA, 6, 1)], [C1, 5, 1], {}, ["restated"]),
        ([(DAA, 6, 1), (C1, 5, 1)], [C1, 5, 1], {}, ["restated"]),
        ([(C1, 5, None), (DAA, 5, 1)], [C1, 5, 1], {"invalid": "daa.xlsx!A!C9"}, []),
        ([(C1, None, None), (DAA, None, 1)], [C1, None, 1], {"invalid": "daa.xlsx!A!C9"}, []),
        ([(DAA, 6, None), (DA1, 7, 2)], [DAA, 6, 2], {"invalid": "da.xlsx!B!C9"}, ["restated"]),
        (
            [(C1, 5, 1), (AGAIN, 4, 1), (DAA, 5, 1)],
            [C1, None, 1],
            {"valid": "c1.csv:3 | again.csv:3"},
            ["conflict"],
        ),
        ([(C1, 5, 1), (AGAIN, 5, 1), (DAA, 9, 1)], [C1, 5, 1], {}, ["copies", "restated"]),
    ],
)
def test_the_form_nearest_to_the_votes_counts(
    rows: list[Row],
    expected: list[object],
    places: dict[str, str],
    rules: list[str],
    engine: str,
) -> None:
    assert chosen(*rows, engine=engine) == (expected, places, rules)


def test_a_row_stands_on_no_form_that_is_finer_than_itself() -> None:
    """A project's file may call every sheet C1; a row of a desa is of a form of its level then."""
    sheets = [Sheet("a.csv", None, {}, 0, form="c1-ppwp-2019"), *SHEETS[1:]]
    rows = [(1, 4, 0, 2, 1, 1), (1, 5, 0, 2, 1, 1), (1, 5, 1, 2, 1, 1), (1, 4, 3, 2, 1, 1)]
    forms = table(dict(zip(SCHEMA, zip(*rows, strict=True), strict=True)), SCHEMA)
    assert with_stage(forms, sheets)["stage"].to_list() == [4, 5, 4, 3]
