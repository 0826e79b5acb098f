"""How a grid is laid out: each member recognises its layout and reads the rows, or declines.

In comes a `Grid` and what is known beforehand; out come its `Reading`s - one for each table on the
sheet - or the reason why no layout fits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from recount.errors import RecountError
from recount.layouts import long, units_across, units_down
from recount.layouts._page import Page, figure, lines
from recount.layouts._same import same_figures
from recount.layouts._settled import copied
from recount.layouts._titles import cover_of
from recount.layouts.columns import headed
from recount.model import Declined, Reading
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.layouts._page import Line
    from recount.model import Book, FormModel, Grid


class Layout(Protocol):
    """What a member of the family can do."""

    def __call__(self, page: Page) -> list[Reading] | Declined:
        """Read the tables of a sheet in this layout, or say why it is not laid out so."""


LAYOUTS: dict[str, Layout] = {
    "units down": units_down.recognise,
    "long": long.recognise,
    "units across": units_across.recognise,
}

_COVER = 2
"""A sheet with fewer rows of figures is no table: a cover, or instructions."""


def understand_book(
    book: Book, known: Mapping[str, str], given: FormModel | None = None
) -> list[tuple[Grid, tuple[Reading, ...] | RecountError]]:
    """Read every sheet of a file; the places that a cover names hold for all the others.

    A sheet in which no layout fits comes back with the fault that says why.
    """
    first = [(grid, _read(grid, known, given, {})) for grid in book.grids]
    failed = [grid for grid, made in first if isinstance(made, RecountError)]
    if not failed or len(failed) == len(first):
        return first
    cover = cover_of(found for grid in failed if _is_cover(found := lines(grid)))
    if not cover:
        return first
    return [
        (g, m if isinstance(m, RecountError) else _read(g, known, given, cover)) for g, m in first
    ]


def _read(
    grid: Grid, known: Mapping[str, str], form: FormModel | None, cover: Mapping[str, str]
) -> tuple[Reading, ...] | RecountError:
    try:
        return understand(grid, known, form, cover)
    except RecountError as fault:
        return fault


def _is_cover(found: list[Line]) -> bool:
    of_figures = [
        line for line in found if sum(figure(t) is not None for _, t in line.filled()) > 1
    ]
    return len(of_figures) < _COVER


def understand(
    grid: Grid,
    known: Mapping[str, str],
    given: FormModel | None = None,
    cover: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """Read a grid in the one layout that fits it; one reading for each table on it.

    `known`: squashed candidate name -> candidate id, from the election's file. `given`: the form
    that the election's file names; what the title lines say goes before it. `cover`:
    places that another sheet names for all.
    Raises RecountError with the reason of the layout that came nearest, and where two layouts fit
    with different figures.
    """
    page = Page(grid, known, given, cover or {}, headed(grid, known, given))
    answers = {name: recognise(page) for name, recognise in LAYOUTS.items()}
    fitting = {name: made for name, made in answers.items() if not isinstance(made, Declined)}
    if not fitting:
        declined = [answer for answer in answers.values() if isinstance(answer, Declined)]
        nearest = max(declined, key=lambda answer: answer.near)
        raise RecountError(nearest.reason, mend=nearest.mend, place=nearest.place)
    (name, readings), *others = fitting.items()
    for other, made in others:
        if not same_figures(readings, made):
            raise _question(grid, {name: readings, other: made})
    return tuple(_around(grid, readings))


def _around(grid: Grid, readings: list[Reading]) -> Iterator[Reading]:
    """Add what is said about the sheet as a whole, once."""
    said = [finding for finding in (copied(grid),) if finding]
    for reading in readings:
        yield replace(reading, findings=(*reading.findings, *said))
        said = []


def _question(grid: Grid, fitting: Mapping[str, list[Reading]]) -> RecountError:
    (first, some), (second, others) = fitting.items()
    return RecountError(
        say(
            "This sheet can be read in two ways with different figures: as “{first}” ({forms} "
            "forms) and as “{second}” ({others} forms).",
            first=first,
            forms=sum(len(reading.rows) for reading in some),
            second=second,
            others=sum(len(reading.rows) for reading in others),
        ),
        mend=say("Keep one table on the sheet, with its units either as rows or as columns."),
        place=grid.place(1),
    )
