"""Captures of an online system in, what changed in them out: falls, lead changes, what vanished.

Steps are found for all figures at once (steps.py); here each becomes an `Event` with its sentence.
Nothing that is withheld or blank is compared, and layers are never mixed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import steps, tellings
from recount.errors import RecountError
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


class Event(NamedTuple):
    """One thing that happened between two captures. Counts are votes; of progress_back, TPS.

    `item`: a box, or two candidates as `candidate:3>candidate:4`; None where it is the region.
    `effect`: votes by which the margin between the first two of the contest moved.
    """

    kind: str
    contest: str
    level: str
    region: str
    name: str
    item: str | None
    before_at: str | None
    at: str
    before: int | None
    after: int | None
    change: int | None
    counted_before: int | None
    counted_after: int | None
    message: Text
    effect: int = 0


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
    return (-event.effect, -size, KINDS.index(event.kind), event.at, level, event.region)


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
    told = _Teller(series, steps.front(series), steps.settled(recap) if recap else {})
    crossed, moved = steps.exchanges(votes), steps.transfers(votes)
    leads = {_key(row): row for row in _rows(steps.leads(series))}
    held = _rows(steps.holdings(series))
    return [
        *(told.pair("exchange", row, leads) for row in _rows(crossed)),
        *(told.pair("transfer", row, leads) for row in _rows(_without(moved, crossed))),
        *(told.lead(row) for row in leads.values()),
        *(told.figure("decrease", row) for row in _rows(figures.filter(nw.col("change") < 0))),
        *(told.figure("changed_after_complete", row) for row in _rows(_late(figures))),
        *(told.jump(row) for row in _rows(_jumps(series))),
        *(told.back(row) for row in _rows(steps.progress_back(series))),
        *told.holdings(held),
        *(told.presence(row) for row in _rows(steps.presences(series, _parents(series)))),
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


def _rows(frame: Frame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))


def _key(row: dict[str, Any]) -> tuple[str, int, int]:
    return row["contest"], row["unit"], row["at"]


class _Teller:
    """Makes events out of rows of steps.

    `front`: the first two candidates of each contest. `settled`: the official recap's figures, by
    printed region and box.
    """

    def __init__(
        self, series: Series, front: dict[str, tuple[str, ...]], settled: dict[tuple[str, str], int]
    ) -> None:
        self._series, self._front, self._settled = series, front, settled

    def _event(
        self, kind: str, row: dict[str, Any], item: str | None, message: Text, effect: int = 0
    ) -> Event:
        unit, regions = row["unit"], self._series.regions
        node, station = divmod(unit, SPAN)
        name = f"TPS {station - 1:03d}" if station else regions.nodes.name[node]
        return Event(
            kind=kind,
            contest=row["contest"],
            level=LEVELS[row["level"]],
            region=regions.printed(unit),
            name=name,
            item=item,
            before_at=row.get("seen before"),
            at=row["seen"] or self._series.captures[row["at"]].taken_at,
            before=row.get("before"),
            after=row.get("after"),
            change=row.get("change"),
            counted_before=row.get(f"{COUNTED} before"),
            counted_after=row.get(COUNTED),
            message=message,
            effect=effect,
        )

    def _told(self, row: dict[str, Any], what: Text, *more: Text | None) -> Text:
        """Say when, where and what; how many TPS were in; and what may be the lawful reason."""
        region = self._series.regions.printed(row["unit"])
        lawful = tellings.lawful(row, self._settled.get((region, row.get("item", ""))))
        name = self._series.regions.nodes.name[row["unit"] // SPAN] or region
        counted = tellings.counted(row, COUNTED, TOTAL)
        return tellings.sentence(name, row, what, [*more, counted, lawful])

    def figure(self, kind: str, row: dict[str, Any]) -> Event:
        """One box's figure that moved."""
        front = self._front.get(row["contest"], ())
        effect = abs(row["change"]) if row["item"] in front else 0
        late = tellings.LATE if kind == "changed_after_complete" else None
        message = self._told(row, tellings.moved(row["item"], row), late)
        return self._event(kind, row, row["item"], message, effect)

    def pair(self, kind: str, row: dict[str, Any], leads: dict[Any, dict[str, Any]]) -> Event:
        """Two candidates that moved against each other."""
        lead = leads.get(_key(row))
        front = self._front.get(row["contest"], ())
        down = row["before"] - row["after"]
        up = row["after other"] - row["before other"]
        effect = down * (row["item"] in front) + up * (row["item other"] in front)
        message = self._told(row, tellings.PAIRS[kind](row, down, up), tellings.led(lead))
        return self._event(kind, row, f"{row['item']}>{row['item other']}", message, effect)

    def lead(self, row: dict[str, Any]) -> Event:
        """Another candidate came to lead; before and after are margins."""
        message = self._told(row, tellings.lead(row))
        item = f"{row['leader before']}>{row['leader']}"
        event = self._event("lead_change", row, item, message, row["before"] + row["after"])
        return event

    def jump(self, row: dict[str, Any]) -> Event:
        """More votes than the new TPS can hold."""
        return self._event("jump", row, "candidates", self._told(row, tellings.jump(row)))

    def back(self, row: dict[str, Any]) -> Event:
        """Fewer TPS in than before."""
        return self._event("progress_back", row, None, self._told(row, tellings.back(row)))

    def presence(self, row: dict[str, Any]) -> Event:
        """A region that came or went."""
        captures = self._series.captures
        row = row | {
            "seen": captures[row["at"]].taken_at,
            "seen before": captures[row["at before"]].taken_at,
        }
        kind = "new" if row["there"] else "vanished"
        return self._event(kind, row, None, self._told(row, tellings.PRESENCE[kind]))

    def holdings(self, rows: list[dict[str, Any]]) -> Iterator[Event]:
        """Figures withheld or returned: one event for a whole contest, else one a region."""
        sizes = Counter((row["contest"], row["at"], row["held"]) for row in rows)
        whole = self._whole()
        done = set()
        for row in sorted(rows, key=lambda row: row["level"]):
            key = (row["contest"], row["at"], row["held"])
            kind = "withheld" if row["held"] else "returned"
            if sizes[key] < whole[row["contest"], row["at"]]:
                yield self._event(kind, row, None, self._told(row, tellings.HOLDING[kind]))
            elif key not in done:
                done.add(key)
                what = tellings.held_all(kind, sizes[key])
                yield self._event(kind, row, None, self._told(row, what))

    def _whole(self) -> dict[tuple[str, int], int]:
        counts = self._series.rows.group_by("contest", "at").agg(nw.len().alias("n"))
        return {(row["contest"], row["at"]): row["n"] for row in _rows(counts)}
