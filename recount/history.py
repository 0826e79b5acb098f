"""Captures of an online system in, what changed in them out: falls, lead changes, what vanished.

Steps are found for all figures at once (steps.py); here each becomes an `Event` with its sentence.
Nothing that is withheld or blank is compared, and layers are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount import steps
from recount.errors import RecountError
from recount.events import Event, Teller, key_of, rows_of
from recount.model import LEVELS
from recount.regions import SPAN
from recount.series import COUNTED, TOTAL, series_of
from recount.texts import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recount.engine import Frame
    from recount.model import Finding, Snapshot
    from recount.series import Capture, Series

DOWN = frozenset({"decrease", "lead_change", "transfer", "exchange", "progress_back"})
"""Kinds of events that make the exit code 1: something went down, or the lead changed."""

KINDS = (
    *("transfer", "exchange", "lead_change", "decrease", "changed_after_complete", "jump"),
    *("progress_back", "withheld", "returned", "vanished", "new"),
)
"""In the order in which events of the same effect are told."""

LIMITS = {"situng-2019": 300, "sirekap-pemilu-2024": 300, "sirekap-pilkada-2024": 600}
"""Most registered voters of a TPS, by the rules of the election that a system served."""

LIMIT = 800
"""The same where it is not known which election it was: the most that any rule has allowed."""

MORE = 1.25
"""A TPS may hold so many times its limit: voters without registration, and those who moved in."""


@dataclass(frozen=True, slots=True)
class History:
    """Captures in the order of their times, and what happened between them, by effect.

    `series`: what the captures were sorted into, for drawing their curves.
    """

    captures: tuple[Capture, ...]
    events: tuple[Event, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]
    series: tuple[Series, ...]


def history(snapshots: Sequence[Snapshot]) -> History:
    """Compare the captures of each system and layer, one with the next.

    Raises RecountError when no two captures with a time are of the same system and layer.
    """
    all_series = series_of(snapshots)
    told = [one for one in all_series if len(one.captures) > 1]
    if not told:
        raise RecountError(
            say("There are no two captures of different times: nothing to compare."),
            mend=say("Name captures that say when they were taken, in their files or names."),
        )
    recap = {s.system: s for s in all_series if s.layer == "recap"}
    events = [event for one in told for event in _events(one, recap.get(one.system))]
    found = [*(f for one in told for f in one.findings), *(f for s in snapshots for f in s.gaps)]
    captures = sorted((c for one in told for c in one.captures), key=lambda one: one.taken_at)
    return History(
        tuple(captures),
        tuple(sorted(events, key=_rank)),
        tuple(found),
        tuple(_notes(snapshots, all_series)),
        tuple(told),
    )


def _rank(event: Event) -> tuple[object, ...]:
    size = abs(event.change or 0)
    level = LEVELS.index(event.level)
    return (-event.effect, KINDS.index(event.kind), -size, event.at, level, event.region)


def _notes(snapshots: Iterable[Snapshot], series: Sequence[Series]) -> Iterator[Text]:
    """Say what was left out, and what was taken for granted."""
    for snapshot in snapshots:
        if snapshot.taken_at is None:
            files = ", ".join(file.path for file in snapshot.files[:1])
            yield say(
                "Left out: {files} names no time, so it is no capture among the others. A column "
                "“seen_at” or a time in the name would place it.",
                files=files,
            )
    for one in series:
        if len(one.captures) == 1 and len(series) > 1:
            yield say(
                "Left out: the only capture of its kind ({system}, {layer}); layers are not mixed.",
                system=one.system,
                layer=one.layer or "-",
            )
    yield from dict.fromkeys(text for snapshot in snapshots for text in snapshot.assumptions)


def _events(series: Series, recap: Series | None) -> list[Event]:
    figures = steps.figures(series)
    votes = figures.filter(nw.col("item").is_in([*series.runners]))
    told = Teller(series, steps.front(series), steps.settled(recap) if recap else {})
    crossed, moved = steps.exchanges(votes), steps.transfers(votes)
    leads = {key_of(row): row for row in rows_of(steps.leads(series))}
    held = rows_of(steps.holdings(series))
    return [
        *(told.pair("exchange", row, leads) for row in rows_of(crossed)),
        *(told.pair("transfer", row, leads) for row in rows_of(_without(moved, crossed))),
        *(told.lead(row) for row in leads.values()),
        *(told.figure("decrease", row) for row in rows_of(figures.filter(nw.col("change") < 0))),
        *(told.figure("changed_after_complete", row) for row in rows_of(_late(figures))),
        *(told.jump(row) for row in rows_of(_jumps(series))),
        *(told.back(row) for row in rows_of(steps.progress_back(series))),
        *told.holdings(held),
        *(told.presence(row) for row in rows_of(steps.presences(series, _parents(series)))),
    ]


def _without(moved: Frame, crossed: Frame) -> Frame:
    """Leave out of the transfers what is an exchange."""
    return moved.join(
        crossed.select(*steps.PLACE, "at").unique(), on=[*steps.PLACE, "at"], how="anti"
    )


def _late(figures: Frame) -> Frame:
    """What changed though every TPS had been in before."""
    full = (nw.col(f"{COUNTED} before") == nw.col(f"{TOTAL} before")) & (
        nw.col(f"{TOTAL} before") > 0
    )
    return figures.filter(full & (nw.col("change") != 0))


def _jumps(series: Series) -> Frame:
    """Where more votes came than the new TPS can hold."""
    limit = LIMITS.get(series.system, LIMIT) * MORE
    new = nw.col(COUNTED) - nw.col(f"{COUNTED} before")
    return steps.totals(series).filter((new >= 0) & (nw.col("change") > new * limit))


def _parents(series: Series) -> nw.Series[Any]:
    parents = series.regions.nodes.parent
    found = [
        parents[unit // SPAN] if unit % SPAN == 0 else unit // SPAN
        for unit in series.rows["unit"].to_list()
    ]
    return nw.new_series("parent", found, nw.Int64, backend="polars")
