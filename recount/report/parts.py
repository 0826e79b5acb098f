"""What a page shows beside its tables: who leads, curves, a scatter; words in one language."""

from __future__ import annotations

from typing import NamedTuple


class Bar(NamedTuple):
    """A candidate's votes on each side, and combined; None: not known."""

    label: str
    votes: tuple[int | None, int | None, int | None]


class Leaders(NamedTuple):
    """Who has how many votes in one contest. `sides`: what each of the three sums is of."""

    title: str
    sides: tuple[str, str, str]
    bars: tuple[Bar, ...]


class Line(NamedTuple):
    """One candidate over time: the short sign on the drawing, the name, (seconds, votes)."""

    sign: str
    name: str
    points: tuple[tuple[float, int], ...]


class Tick(NamedTuple):
    """A moment on the axis of time, in seconds since the first capture."""

    at: float
    text: str


class Curves(NamedTuple):
    """The curves of a region's candidates. `turns`: (from, to) between which the lead changed."""

    title: str
    caption: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    turns: tuple[tuple[float, float], ...] = ()


class Scatter(NamedTuple):
    """Figures of ours against theirs. `named`: the few that have a label."""

    title: str
    caption: str
    axes: tuple[str, str]
    points: tuple[tuple[int, int], ...]
    named: tuple[tuple[int, int, str], ...] = ()
