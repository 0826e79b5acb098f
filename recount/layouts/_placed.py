"""Rows of units in; the same rows out, under the places that stand around the table.

The title, the sheet's name or the file's name may say them for all rows; slugs are read as names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount.layouts._page import lines
from recount.layouts._settled import settle
from recount.layouts._titles import around, loose
from recount.model import LEVELS, NAMED_LEVELS, Finding, LeftOut
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.layouts._heading import Heading
    from recount.layouts._page import Page
    from recount.model import Reading

    Frame = nw.DataFrame[Any]

_SLUG = r"^[0-9]{1,10}-[a-zA-Z]"
_NUMBER = r"^[0-9]{1,10}-+"
_STATION = r"(?i)^\s*(?:TPS|POS|KSK)"
_FEWEST = 2


class Placed(NamedTuple):
    """Rows with their places, and what has to be said about them."""

    rows: Frame
    findings: list[Finding]
    assumptions: list[Text]
    left_out: list[LeftOut]
    form: str | None

    def complete(self, reading: Reading, left_out: Sequence[LeftOut]) -> Reading:
        """The reading with the form of its title, and with everything that was left out."""
        return replace(reading, form=self.form, left_out=(*left_out, *self.left_out))


def place(page: Page, heading: Heading, rows: Frame) -> Placed:
    """Add the places that stand around the table, and say what else stands there."""
    above = lines(page.grid, heading.top) if heading.top else []
    context = around(page, above)
    own = [role for role in heading.places if role in LEVELS]
    placed = Placed(rows, loose(page.grid, above, context), [*heading.assumed], [], None)
    if context.form:
        placed = placed._replace(form=context.form.id)
    placed = _without_junk(page, heading, placed)
    if "code" not in heading.roles:
        finest = max(own, key=LEVELS.index) if own else "kecamatan"
        settled = settle(page, context, finest, own)
        placed.findings.extend(settled.findings)
        placed.assumptions.extend(settled.assumptions)
        if settled.places:
            placed = placed._replace(rows=_under(placed.rows, heading.places, settled.places))
    placed = placed._replace(rows=_names(placed.rows, placed.assumptions))
    _zeros(page, heading, placed)
    return placed


def _under(rows: Frame, own: Sequence[str], places: Mapping[str, str]) -> Frame:
    """Put the rows under places; where others name a place of their own, one without it is none."""
    known = (~nw.col(role).is_null() for role in own)
    placed = rows.select(nw.any_horizontal(*known, ignore_nulls=False).alias("own"))["own"]
    if placed.all() or not placed.any():
        return rows.with_columns(*(nw.lit(name).alias(level) for level, name in places.items()))
    return rows.with_columns(
        *(nw.when(placed).then(nw.lit(name)).alias(level) for level, name in places.items())
    )


def _without_junk(page: Page, heading: Heading, placed: Placed) -> Placed:
    """Where the cells told that a column is of stations: rows without one and without votes."""
    if not heading.by_content:
        return placed
    zero = (nw.col(box).str.contains("^0(?:[.,]0*)?$") for box in heading.boxes)
    junk = nw.all_horizontal(*zero, ignore_nulls=False) & ~nw.col("tps").str.contains(_STATION)
    rows = placed.rows.filter(junk.fill_null(value=False))["row"].to_list()
    for row in rows:
        message = say("This row names no TPS and has 0 in every box; it was left out.")
        mend = say("Nothing to do; if it is a form, write its TPS number.")
        where = page.grid.place(row)
        placed.findings.append(Finding("junk-row", "note", message, mend, where))
        placed.left_out.append(LeftOut("note", where))
    kept = placed.rows.filter(~nw.col("row").is_in(rows)) if rows else placed.rows
    return placed._replace(rows=kept)


def _names(rows: Frame, assumptions: list[Text]) -> Frame:
    """Read slugs as names: `2001-blang-rakal`; the number or code before it is not the name."""
    for role in (role for role in (*NAMED_LEVELS, "name") if role in rows.columns):
        first = _first(rows[role])
        if first and all(text[:1].isdigit() and "-" in text for text in first):
            distinct = rows[role].drop_nulls()
            if distinct.str.contains(_SLUG).all():
                rows = rows.with_columns(nw.col(role).str.replace(_NUMBER, ""))
                assumptions.append(
                    say("In the column {level} the number before each name was left away.",
                        level=role)
                )  # fmt: skip
    return rows


def _first(texts: nw.Series[Any]) -> list[str]:
    """The first texts of a column, blanks passed over."""
    few = texts.head(_FEWEST).to_list()
    return texts.drop_nulls().head(_FEWEST).to_list() if None in few else few


def _zeros(page: Page, heading: Heading, placed: Placed) -> None:
    """Note the units that have 0 in every box: exports write 0 where nothing was entered."""
    there = set(placed.rows.columns)
    boxes = [box for box in heading.boxes if box in there]
    if len(boxes) < _FEWEST:
        return
    zero = placed.rows[boxes[0]] == "0"
    for box in boxes[1:]:
        if not zero.any():
            return
        zero &= placed.rows[box] == "0"
    rows = placed.rows["row"].filter(zero.fill_null(value=False))
    if len(rows):
        message = say("{count} units have 0 in every box; they count as 0.", count=len(rows))
        mend = say("Where nothing was entered yet, leave the cells blank: 0 is a figure.")
        where = page.grid.place(int(rows.item(0)))
        placed.findings.append(Finding("zero-units", "note", message, mend, where))
