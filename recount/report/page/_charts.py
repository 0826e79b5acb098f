"""Curves and a scatter in, drawings out: each once for a wide page and once for a narrow one."""

from __future__ import annotations

from collections import Counter
from math import floor, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from recount.report.page._svg import bare, label, xy
from recount.texts import OTHER, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.report.page._words import Said, Words
    from recount.report.parts import Curves, Scatter, Tick

    Named = tuple[float, float, str]

WIDE, NARROW = (760, 400), (340, 320)
"""Width and height of a drawing; its letters are as large as the page's in both."""

KINDS = ("diagonal", "sparse", "few", "many", "named")
"""The series of a scatter."""

LINE, LABELS = 22, 3
"""Height of a label's line, and how many labels a scatter has at most."""

DASHES = 5
"""So many ways there are to draw a line (page.css)."""


class Drawing(NamedTuple):
    """One picture: what it is called and shows, its drawings, its figures as a table."""

    title: Said
    caption: Said
    wide: str
    narrow: str
    legend: tuple[tuple[str, Said], ...] = ()
    heads: tuple[Said, ...] = ()
    rows: tuple[tuple[Said, ...], ...] = ()


def curves(one: Curves, other: Curves, name: str, words: Words) -> Drawing:
    """Draw the curves of one region, and write their figures out beside it."""
    title = words.put(one.title, other.title)
    caption = words.put(one.caption, other.caption)
    ticks = [words.put(a.text, b.text) for a, b in zip(one.ticks, other.ticks, strict=True)]
    kinds = [*(["turn"] * len(one.turns)), *(f"line{at % DASHES}" for at in range(len(one.lines)))]
    wide, narrow = (
        bare(_curves(one, ticks, size, words), kinds, f"{name}-{key}", (title, caption), words)
        for key, size in (("w", WIDE), ("n", NARROW))
    )
    heads = tuple(words.put(line.name) for line in one.lines)
    return Drawing(
        title,
        caption,
        wide,
        narrow,
        legend=tuple((line.sign, words.put(line.name)) for line in one.lines),
        heads=heads,
        rows=tuple(_figures(one, ticks, words)),
    )


def _figures(one: Curves, ticks: Sequence[Said], words: Words) -> Iterator[tuple[Said, ...]]:
    votes = [dict(line.points) for line in one.lines]
    for tick, said in zip(one.ticks, ticks, strict=True):
        yield said, *(_number(held.get(tick.at), words) for held in votes)


def _curves(one: Curves, ticks: Sequence[Said], size: tuple[int, int], words: Words) -> Any:  # noqa: ANN401
    votes = [vote for line in one.lines for _, vote in line.points]
    steps = _steps(min(votes), max(votes))
    low, high = steps[0], steps[-1]
    shown = _apart(one.ticks, 6 if size == WIDE else 2)
    chart = xy()(
        **_plain(size),
        stroke=True,
        print_labels=True,
        margin_right=30,
        dots_size=4,
        range=(low, high),
        xrange=(0, one.ticks[-1].at or 1),
        x_labels=[one.ticks[at].at for at in shown],
        x_value_formatter=_by({one.ticks[at].at: label(ticks[at]) for at in shown}),
        y_labels=steps,
        value_formatter=_numbers(words),
    )
    for start, stop in one.turns:
        band = [(start, low), (start, high), (stop, high), (stop, low)]
        chart.add("", band, fill=True, show_dots=False)
    for line in one.lines:
        *before, last = line.points
        chart.add(line.sign, [*before, {"value": last, "label": line.sign}])
    return chart


def scatter(one: Scatter, other: Scatter, words: Words) -> Drawing:
    """Draw ours against theirs, both by powers of ten: a station beside a province is legible."""
    title = words.put(one.title, other.title)
    caption = words.put(one.caption, other.caption)
    axes = [words.put(*pair) for pair in zip(one.axes, other.axes, strict=True)]
    wide, narrow = (
        bare(_scatter(one, axes, size, words), KINDS, f"scatter-{key}", (title, caption), words)
        for key, size in (("w", (560, 520)), ("n", (340, 340)))
    )
    return Drawing(title, caption, wide, narrow)


def _scatter(one: Scatter, axes: Sequence[Said], size: tuple[int, int], words: Words) -> Any:  # noqa: ANN401
    low, high = _decades(one.points)
    steps = [_log(n) for n in (0, *(10**power for power in range(9))) if low <= _log(n) <= high]
    amounts = {step: round(10**step - 1) for step in steps}
    chart = xy()(
        **_plain(size),
        stroke=False,
        print_labels=True,
        dots_size=3,
        range=(low, high),
        xrange=(low, high),
        x_labels=steps,
        y_labels=steps,
        x_value_formatter=_by({at: _label(n, words) for at, n in amounts.items()}),
        value_formatter=_by({at: _label(n, words) for at, n in amounts.items()}),
        x_title=label(axes[0]),
        y_title=label(axes[1]),
    )
    chart.add("", [(low, low), (high, high)], stroke=True, show_dots=False)
    for dense in _by_density(one.points, (high - low) / size[0] * 3):
        chart.add("", dense)
    named = [(_log(x), _log(y), text) for x, y, text in one.named] if size[0] > NARROW[0] else []
    room = _with_room(named, (high - low) / size[1] * LINE)
    chart.add("", [{"value": (x, y), "label": text} for x, y, text in room])
    return chart


def _with_room(named: Sequence[Named], line: float) -> list[Named]:
    """Keep the labels that would not stand on another one."""
    kept: list[Named] = []
    for one in named:
        if all(abs(one[1] - other[1]) > line for other in kept):
            kept.append(one)
    return kept[:LABELS]


def _by_density(points: Sequence[tuple[int, int]], cell: float) -> list[list[tuple[float, float]]]:
    """Put dots that would cover each other together: alone, a few, many."""
    counts = Counter((round(_log(x) / cell), round(_log(y) / cell)) for x, y in points)
    groups: list[list[tuple[float, float]]] = [[], [], []]
    for (x, y), n in counts.items():
        groups[0 if n == 1 else 1 if n < 10 else 2].append((x * cell, y * cell))  # noqa: PLR2004
    return groups


def _decades(points: Sequence[tuple[int, int]]) -> tuple[float, float]:
    figures = [figure for point in points for figure in point]
    low, high = min(figures), max(figures)
    return (_log(10 ** floor(log10(low))) if low else 0.0), _log(
        10 ** (floor(log10(high or 1)) + 1)
    )


def _log(votes: int) -> float:
    """A figure by powers of ten; 0 has a place, too."""
    return log10(votes + 1)


def _plain(size: tuple[int, int]) -> dict[str, Any]:
    return {
        "width": size[0],
        "height": size[1],
        "js": (),
        "css": (),
        "show_legend": False,
        "disable_xml_declaration": True,
        "truncate_label": -1,
        "margin": 8,
        "show_x_guides": True,
    }


def _by(labels: dict[float, str]) -> Any:  # noqa: ANN401 - what pygal takes
    return lambda value: labels.get(value, "")


def _numbers(words: Words) -> Any:  # noqa: ANN401 - what pygal takes
    return lambda value: _label(round(value), words)


def _label(amount: int, words: Words) -> str:
    return label(_number(amount, words))


def _number(amount: int | None, words: Words) -> Said:
    return words.put(number(amount, words.lang), number(amount, OTHER[words.lang]))


def _apart(ticks: Sequence[Tick], most: int) -> list[int]:
    """Choose ticks that do not run into each other: the first, the last, some between."""
    span = ticks[-1].at / most
    chosen = [0]
    for at, tick in enumerate(ticks[1:-1], start=1):
        if tick.at - ticks[chosen[-1]].at >= span and ticks[-1].at - tick.at >= span:
            chosen.append(at)
    return [*chosen, len(ticks) - 1]


def _steps(low: int, high: int) -> list[int]:
    """Round figures from below the lowest to above the highest, three to nine of them."""
    span = max(high - low, 1)
    power: int = 10 ** max(0, floor(log10(span)) - 1)
    steps = (step * power for step in (1, 2, 5, 10, 20, 50))
    step = next(step for step in steps if span / step <= 7)  # noqa: PLR2004 - lines that are calm
    first = low // step * step
    return list(range(first, max(high, first + 1) + step, step))
