"""What may be said beside the files of a capture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pairs(NamedTuple):
    """Candidates' numbers, and names, by a system's ids."""

    numbers: Mapping[str, str]
    names: Mapping[str, str]


class Said(NamedTuple):
    """A time for what names none, and candidates' names with their numbers, for tables."""

    taken_at: str | None = None
    known: Mapping[str, str] = {}
