"""Rows of steps in, events out: what happened between two captures, with its sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import tellings
from recount.model import LEVELS
from recount.regions import SPAN
from recount.series import COUNTED, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recount.engine import Frame
    from recount.series import Series
    from recount.texts import Text

Row = dict[str, Any]
"""One row of a frame of steps.py."""


class Event(NamedTuple):
    """One thing that happened between two captures.

    `before`, `after`, `change`: votes; of progress_back, TPS; of lead_change, by how much the
    first named led, below 0 afterwards.
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


def rows_of(frame: Frame) -> list[Row]:
    """Give the rows of a frame of steps, one by one."""
    return list(frame.iter_rows(named=True))


def key_of(row: Row) -> tuple[str, int, int]:
    """Contest, region and capture of a step."""
    return row["contest"], row["unit"], row["at"]


class Teller:
    """Makes events out of rows of steps.

    `front`: the first two candidates of each contest. `settled`: the official recap's figures, by
    printed region and box.
    """

    def __init__(
        self, series: Series, front: dict[str, tuple[str, ...]], settled: dict[tuple[str, str], int]
    ) -> None:
        """Keep what all events need."""
        self._series, self._front, self._settled = series, front, settled

    def _event(
        self, kind: str, row: Row, item: str | None, message: Text, effect: int = 0
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

    def _told(self, row: Row, what: Text, *more: Text | None) -> Text:
        """Say when, where and what; how many TPS were in; and what may be the lawful reason."""
        region = self._series.regions.printed(row["unit"])
        lawful = tellings.lawful(row, self._settled.get((region, row.get("item", ""))))
        name = self._series.regions.nodes.name[row["unit"] // SPAN] or region
        counted = tellings.counted(row, COUNTED, TOTAL)
        return tellings.sentence(name, row, what, [*more, counted, lawful])

    def figure(self, kind: str, row: Row) -> Event:
        """One box's figure that moved."""
        front = self._front.get(row["contest"], ())
        effect = abs(row["change"]) if row["item"] in front else 0
        late = tellings.LATE if kind == "changed_after_complete" else None
        message = self._told(row, tellings.moved(row["item"], row), late)
        return self._event(kind, row, row["item"], message, effect)

    def pair(self, kind: str, row: Row, leads: Mapping[tuple[str, int, int], Row]) -> Event:
        """Two candidates that moved against each other."""
        lead = leads.get(key_of(row))
        front = self._front.get(row["contest"], ())
        down = row["before"] - row["after"]
        up = row["after other"] - row["before other"]
        effect = down * (row["item"] in front) + up * (row["item other"] in front)
        message = self._told(row, tellings.PAIRS[kind](row, down, up), tellings.led(lead))
        return self._event(kind, row, f"{row['item']}>{row['item other']}", message, effect)

    def lead(self, row: Row) -> Event:
        """Another candidate came to lead; before and after: by how much the first one led."""
        message = self._told(row, tellings.lead(row))
        item = f"{row['leader before']}>{row['leader']}"
        moved = row["before"] + row["after"]
        signed = row | {"after": -row["after"], "change": -moved}
        return self._event("lead_change", signed, item, message, moved)

    def jump(self, row: Row) -> Event:
        """More votes than the new TPS can hold."""
        return self._event("jump", row, "candidates", self._told(row, tellings.jump(row)))

    def back(self, row: Row) -> Event:
        """Fewer TPS in than before."""
        return self._event("progress_back", row, None, self._told(row, tellings.back(row)))

    def presence(self, row: Row) -> Event:
        """A region that came or went."""
        captures = self._series.captures
        row = row | {
            "seen": captures[row["at"]].taken_at,
            "seen before": captures[row["at before"]].taken_at,
        }
        kind = "new" if row["there"] else "vanished"
        return self._event(kind, row, None, self._told(row, tellings.PRESENCE[kind]))

    def holdings(self, rows: list[Row]) -> Iterator[Event]:
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
        return {(row["contest"], row["at"]): row["n"] for row in rows_of(counts)}
