"""What changed between captures in, curves and the sentences on top of a page out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.boxes import CANDIDATE
from recount.regions import SPAN
from recount.report.parts import Curves, Line, Tick
from recount.tellings import when
from recount.texts import Several, Text, harmless, say, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recount.events import Event
    from recount.history import History
    from recount.series import Series

DRAWN = 6
"""So many contests have curves."""

MOVES = ("transfer", "exchange")
"""Kinds of events that tell what moved when the lead changed."""

TOLD = 3
"""So many changes of the lead are told one by one."""


def headline(history: History, lang: str) -> tuple[str, ...]:
    """Say that the lead changed, when, from whom to whom, and what moved; nothing otherwise."""
    drawn = [(one, *place) for one in history.series for place in _drawn(one)]
    several = len(drawn) > 1
    texts = [text for place in drawn for text in _headline(*place, history.events, several=several)]
    return tuple(speak(text, lang) for text in texts)


def _headline(
    series: Series, contest: str, unit: int, events: Sequence[Event], *, several: bool
) -> Iterator[Text]:
    region = series.regions.printed(unit)
    own = [one for one in events if (one.contest, one.region) == (contest, region)]
    turns = sorted((e for e in own if e.kind == "lead_change"), key=lambda one: one.at)
    for one in turns[:TOLD]:
        yield _turn(one, series, one.name or region if several else "")
    if len(turns) == 1:
        yield _by(turns[0], series)
    if len(turns) > TOLD:
        yield say("The online lead changed {n} times in all.", n=len(turns))
    times = {one.at for one in turns}
    yield from [e.message for e in own if e.kind in MOVES and e.at in times][:1]


def _turn(event: Event, series: Series, region: str) -> Text:
    first, second = (_called(item, series) for item in (event.item or ">").split(">"))
    said = say(
        "The online lead changed between {before} and {at}: from {first} to {second}.",
        before=when(event.before_at),
        at=when(event.at),
        first=first,
        second=second,
    )
    return say("{region}: {said}", region=region, said=said) if region else said


def _by(event: Event, series: Series) -> Text:
    first, second = (_called(item, series) for item in (event.item or ">").split(">"))
    return say(
        "Before, {first} was {n} votes ahead; after, {second} was {m} votes ahead.",
        first=first,
        second=second,
        n=event.before,
        m=-(event.after or 0),
    )


def curves(history: History, lang: str) -> tuple[Curves, ...]:
    """Draw the largest region of each contest, for each series of captures."""
    made = [
        _curves(one, contest, unit, history.events, lang)
        for one in history.series
        for contest, unit in _drawn(one)
    ]
    return tuple(one for one in made if any(len(line.points) > 1 for line in one.lines))


def _drawn(series: Series) -> list[tuple[str, int]]:
    """The largest region of each contest: the first one of the highest level."""
    rows = series.rows.select("contest", "level", "unit").unique().sort("level", "contest", "unit")
    found: dict[str, int] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["contest"], row["unit"])
    return list(found.items())[:DRAWN]


def _curves(series: Series, contest: str, unit: int, events: Sequence[Event], lang: str) -> Curves:
    own = (nw.col("contest") == contest) & (nw.col("unit") == unit)
    rows = list(series.rows.filter(own).iter_rows(named=True))
    region = series.regions.printed(unit)
    name = harmless(series.regions.nodes.name[unit // SPAN] or region)
    turns = tuple(
        (_since(series, one.before_at), _since(series, one.at))
        for one in events
        if one.kind == "lead_change" and (one.contest, one.region) == (contest, region)
    )
    times = [capture.taken_at for capture in series.captures]
    return Curves(
        title=speak(say("Votes over time: {region}", region=name), lang),
        caption=speak(_caption(series, turns=bool(turns)), lang),
        lines=tuple(_lines(series, rows)),
        ticks=tuple(Tick(_since(series, time), speak(when(time), lang)) for time in times),
        turns=turns,
    )


def _caption(series: Series, *, turns: bool) -> Text:
    parts = [
        say(
            "{n} captures, {first} to {last}",
            n=len(series.captures),
            first=series.captures[0].taken_at,
            last=series.captures[-1].taken_at,
        ),
        *([say("shaded: between these two captures the lead changed")] if turns else []),
    ]
    return say("{parts}.", parts=Several(tuple(parts), "; "))


def _lines(series: Series, rows: list[dict[str, Any]]) -> Iterator[Line]:
    for at, item in enumerate(series.runners, start=1):
        points = tuple(
            (_since(series, series.captures[row["at"]].taken_at), row[item])
            for row in rows
            if row[item] is not None
        )
        if points:
            id_ = item.removeprefix(CANDIDATE)
            yield Line(id_ if len(id_) <= len("10") else str(at), _called(item, series), points)


def _called(item: str, series: Series) -> str:
    id_ = item.removeprefix(CANDIDATE)
    name = series.candidates.get(id_)
    return harmless(f"{id_} {name}" if name else id_)


def _since(series: Series, time: str | None) -> float:
    """Seconds after the first capture."""
    first, then = (_moment(text) for text in (series.captures[0].taken_at, time or ""))
    return (then - first).total_seconds() if first and then else 0.0


def _moment(time: str) -> datetime | None:
    try:
        when_ = datetime.fromisoformat(time)
    except ValueError:
        return None
    return when_ if when_.tzinfo else when_.replace(tzinfo=UTC)
