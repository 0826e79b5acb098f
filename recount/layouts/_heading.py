"""What is known of a grid's heading row; the layouts and their helpers hand it to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.boxes import EMPTY_BOX
from recount.headings import is_box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.model import Lists
    from recount.texts import Text

PLACES = ("code", "name", "level", "provinsi", "kabkota", "kecamatan", "desa", "tps")
"""Roles that say where a row belongs."""

CANDIDATE = "candidate:"
"""Before a candidate's number: the box of the candidate's votes."""


class Heading(NamedTuple):
    """Where the heading stands (index into the grid's rows) and what each column means.

    `roles`: role -> column. `candidates`: id -> name as written in the heading. `unknown`: column
    -> heading that says nothing. `strangers`: column -> candidate that the election's file does not
    list. `twice`: role, its column, and the other column that says the same. `known`: slug of a
    candidate's name or number in the election's file -> id. `cells`: the heading's texts; of two
    heading rows, put together. `top`: index of the first heading row. `by_content`: whether the
    cells below told what no heading does. `assumed`: what was taken for granted.
    candidate's name or number in the election's file -> id. `lists`: what the form
    means by an acronym.
    """

    at: int
    row: int
    roles: dict[str, int]
    candidates: dict[str, str]
    unknown: dict[int, str]
    twice: tuple[tuple[str, int, int], ...]
    known: Mapping[str, str]
    strangers: Mapping[int, str] = {}
    cells: tuple[str | None, ...] = ()
    top: int = 0
    by_content: bool = False
    assumed: tuple[Text, ...] = ()
    lists: Lists = ()

    @property
    def places(self) -> list[str]:
        """The place columns that are there."""
        return [role for role in PLACES if role in self.roles]

    @property
    def boxes(self) -> dict[str, int]:
        """The box columns that are there, in the order of the sheet."""
        found = {role: at for role, at in self.roles.items() if is_box(role)}
        return dict(sorted(found.items(), key=lambda item: item[1]))

    @property
    def asides(self) -> dict[int, str]:
        """The columns that were understood and are no part of a form, with their headings."""
        used = {*self.roles.values(), *self.unknown, *self.strangers}
        used |= {column for _, _, column in self.twice}
        return {at: cell for at, cell in enumerate(self.cells) if cell and at not in used}

    @property
    def names_candidates(self) -> bool:
        """Whether candidates head columns of their own; the empty box beside one says nothing."""
        return any(role.startswith(CANDIDATE) and role != EMPTY_BOX for role in self.roles)

    @property
    def is_long(self) -> bool:
        """Whether one column says whose number stands in another one."""
        return {"pair", "value"} <= self.roles.keys() and not self.names_candidates
