"""How a grid is laid out: each member recognises its layout and reads the rows, or declines.

In comes a `Grid` and the candidates known beforehand; out comes a `Reading`, or the reason why no
layout fits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from recount.errors import RecountError
from recount.forms import of_sheet
from recount.layouts import long, units_down
from recount.layouts.columns import find_heading
from recount.model import Declined, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.layouts._heading import Heading
    from recount.model import FormModel, Grid


class Layout(Protocol):
    """What a member of the family can do."""

    def __call__(self, grid: Grid, heading: Heading) -> Reading | Declined:
        """Read the grid in this layout, or say why it is not laid out so."""


LAYOUTS: dict[str, Layout] = {
    "units down": units_down.recognise,
    "long": long.recognise,
}

_TITLES = 15
"""The title lines of a sheet are among its first rows."""


def understand(grid: Grid, known: Mapping[str, str], given: FormModel | None = None) -> Reading:
    """Read a grid in the one layout that fits it.

    `known`: squashed candidate name -> candidate id, from the election's file. `given`: the kind of
    form that the file names; what the sheet's own title lines say goes before it.
    Raises RecountError with the reason of the layout that came nearest.
    """
    form = of_sheet((cell for row in grid.head[:_TITLES] for cell in row if cell), given)
    heading = find_heading(grid, known, form.lists if form else ())
    answers = [heading] if isinstance(heading, Declined) else _answers(grid, heading)
    for answer in answers:
        if isinstance(answer, Reading):
            return replace(answer, form=form.id) if form else answer
    nearest = max((a for a in answers if isinstance(a, Declined)), key=lambda a: a.near)
    raise RecountError(nearest.reason, mend=nearest.mend, place=nearest.place)


def _answers(grid: Grid, heading: Heading) -> list[Reading | Declined]:
    return [recognise(grid, heading) for recognise in LAYOUTS.values()]
