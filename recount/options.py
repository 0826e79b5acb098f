"""What may be said beside the files, in one value that every step can be handed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from recount.errors import RecountError
from recount.model import LEVELS
from recount.texts import Text, say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


class Tick(Protocol):
    """Told after every file and step, so that a command can show how far the work is."""

    def __call__(self, step: Text, done: int, total: int) -> None:
        """`done` of `total` parts of a step are finished."""


def silent(step: Text, done: int, total: int) -> None:
    """Show nothing."""
    del step, done, total


@dataclass(frozen=True, slots=True)
class Options:
    """What may be said beside the files; everything has a sensible answer without it.

    `items`: None for the candidates and every box that both sides have, "candidates", "all", or
    ids separated by commas. `levels`: names of LEVELS, None for all that both sides have.
    `regions`: a file, else the name of a list of the package, or "none"; None for the list of the
    package that the files fit, if there is one.
    """

    election: str | Path | None = None
    regions: str | Path | None = None
    aliases: str | Path | None = None
    """A table of spellings (recount.aliases), beside the project's own."""
    levels: tuple[str, ...] | None = None
    items: str | None = None
    tolerance: int = 0
    everything: bool = False
    system: str | None = None
    """The online system whose answers are given; None: it is recognised."""
    taken_at: str | None = None
    """The time of online figures that name none (ISO)."""
    contest: str | None = None
    """The contest that is compared, where the online side has several."""
    only: str | None = None
    """Show only this region and what lies in it: its code or name."""
    top: int | None = None
    """Show only so many regions of each level, the largest effect on the margin first."""
    candidate: str | None = None
    """Show only this candidate's votes: the number on the ballot."""
    min_difference: str | None = None
    """Show only differences of so many votes, or of so many percent: "10", "1%"."""
    today: date | None = None
    """For the days that are left to contest a result; None: they are not counted."""
    engine: str = "polars"
    piped: bytes | None = None
    """What came in by standard input, for the file named "-"."""
    tick: Tick = field(default=silent, repr=False)

    def wanted_levels(self) -> frozenset[int] | None:
        """The numbers of the levels asked for, None for all. Raises RecountError."""
        unknown = [name for name in self.levels or () if name not in LEVELS]
        if unknown:
            raise RecountError(
                say("The level “{level}” is not known.", level=unknown[0]),
                mend=say("Levels: {levels}.", levels=", ".join(LEVELS)),
            )
        return frozenset(map(LEVELS.index, self.levels)) if self.levels else None
