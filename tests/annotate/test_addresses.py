"""Addresses of findings, whatever signs the names of file and sheet hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.annotate._addresses import Spot, link, spot
from recount.annotate._places import place_cell
from recount.model import address

NAMES = st.text(st.sampled_from("a!'B1. é:1"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("a.xlsx!DA1!D17", Spot("DA1", 17, 3)),
        ("a.xlsx!DA1!17", Spot("DA1", 17)),
        ("a.xlsx!DA1!AA", Spot("DA1", None, 26)),
        ("a.xlsx!DA1", Spot("DA1")),
        ("a.xlsx!A!B!C3", Spot("A!B", 3, 2)),
        ("a.xlsx!D17", None),
        ("a.xlsx!Other!D17", None),
        ("a.xlsx!DA1!XFE1", None),
        ("a.xlsx!DA1!A0", None),
        ("b.xlsx!DA1!D17", None),
        ("a.xlsx", None),
        (None, None),
    ],
)
def test_the_place_of_a_finding_is_found(place: str | None, found: Spot | None) -> None:
    assert spot(place, "a.xlsx", ["DA1", "A!B"]) == found


@given(NAMES, NAMES, st.integers(1, 1_048_576), st.none() | st.integers(0, 16_383))
def test_every_address_that_is_written_is_read(
    label: str, sheet: str, row: int, column: int | None
) -> None:
    assert spot(address(label, sheet, row, column), label, [sheet]) == Spot(sheet, row, column)


def test_a_link_quotes_the_name_of_the_sheet() -> None:
    assert link(Spot("Kec. Jum'at ! é", 17, 3)) == "'Kec. Jum''at ! é'!D17"
    assert link(Spot("A")) == "'A'!A1"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["12", "Kec. Palaran", "Bukuan", "301", "x"], 2),
        ([None, None, "Bukuan", "301"], 2),
        (["001", "Palaran", None, "catatan"], 1),
        ([None, "301", "4"], 1),
        ([None, None], 0),
    ],
)
def test_a_row_is_named_by_its_narrowest_place(cells: list[str | None], column: int) -> None:
    assert place_cell(cells) == column
