"""The curves of a region's candidates over time, drawn with characters: legible without colour.

Each candidate is drawn with a sign of its own: the sign stands where a capture was, dots lead from
one to the next. What is withheld or blank is left out.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount.texts import harmless, number, say, speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.series import Series

HEIGHT = 12
"""Lines of a drawing, without its axes."""

NARROWEST = 60
"""Narrower than this, curves say nothing."""

SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
_DOT = "·"
LONGEST_NAME = 28


class Curve(NamedTuple):
    """One candidate: its sign, and its points as (seconds since the first capture, votes)."""

    sign: str
    points: tuple[tuple[float, int], ...]


def draw(series: Series, contest: str, unit: int, width: int, lang: str) -> tuple[str, ...]:
    """Draw the curves of one region; nothing where there is no room, or no two points."""
    curves, names = _curves(series, contest, unit)
    if width < NARROWEST or not any(len(curve.points) > 1 for curve in curves):
        return ()
    region = series.regions.nodes.name[unit >> 32] or series.regions.printed(unit)
    title = speak(say("Votes over time: {region}", region=region), lang)
    end = _seconds(series, -1)
    return (
        title,
        *_drawn(curves, end, width, lang),
        *_times(series, width),
        *_legend(names, width),
    )


def _curves(series: Series, contest: str, unit: int) -> tuple[list[Curve], list[tuple[str, str]]]:
    own = (nw.col("contest") == contest) & (nw.col("unit") == unit)
    rows = list(series.rows.filter(own).iter_rows(named=True))
    curves, names = [], []
    for sign, item in zip(SIGNS, series.runners, strict=False):
        points = tuple(
            (_seconds(series, row["at"]), row[item]) for row in rows if row[item] is not None
        )
        id_ = item.removeprefix("candidate:")
        if points:
            curves.append(Curve(id_ if len(id_) == 1 else sign, points))
            names.append((curves[-1].sign, series.candidates.get(id_, id_)))
    return curves, names


def _seconds(series: Series, at: int) -> float:
    """How long after the first capture another one was taken."""
    first, then = (datetime.fromisoformat(series.captures[n].taken_at) for n in (0, at))
    return (then - first).total_seconds()


def _drawn(curves: Sequence[Curve], end: float, width: int, lang: str) -> list[str]:
    votes = [vote for curve in curves for _, vote in curve.points]
    low, high = min(votes), max(votes)
    labels = {0: number(high, lang), HEIGHT - 1: number(low, lang)}
    margin = max(map(len, labels.values()))
    room = width - margin - 3
    cells = [[" "] * room for _ in range(HEIGHT)]
    for curve in curves:
        _draw_curve(curve, cells, end, (low, high))
    for curve in curves:
        for time, vote in curve.points:
            cells[_line(vote, low, high)][round(time / (end or 1) * (room - 1))] = curve.sign
    return [
        f"{labels.get(at, ''):>{margin}} │ {''.join(line).rstrip()}".rstrip()
        for at, line in enumerate(cells)
    ]


def _draw_curve(curve: Curve, cells: list[list[str]], end: float, span: tuple[int, int]) -> None:
    room = len(cells[0])
    for (start, first), (stop, last) in pairwise(curve.points):
        left, right = (round(time / (end or 1) * (room - 1)) for time in (start, stop))
        for at in range(left + 1, right):
            share = (at - left) / (right - left)
            line = _line(first + (last - first) * share, *span)
            if cells[line][at] == " ":
                cells[line][at] = _DOT


def _line(vote: float, low: int, high: int) -> int:
    return round((high - vote) / ((high - low) or 1) * (HEIGHT - 1))


def _times(series: Series, width: int) -> tuple[str, str]:
    first, last = (series.captures[at].taken_at[:16].replace("T", " ") for at in (0, -1))
    return "─" * width, f"{first}{last:>{width - len(first)}}"


def _legend(names: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Say which sign is whose, in as many lines as it takes."""
    lines = [""]
    for sign, name in names:
        part = sign if name == sign else f"{sign} {_short(harmless(name))}"
        if lines[-1] and len(lines[-1]) + 3 + len(part) > width:
            lines.append("")
        lines[-1] += f"   {part}" if lines[-1] else part
    return lines


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
