"""An answer about a region above the TPS in: a chart of the whole and a table of its parts.

The three systems of the commission differ in where they put these and the progress; what a row
says, and that the parts add up to the whole, is the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recount.model import PROGRESS
from recount.systems._crawl import UNKNOWN_KEY, line_of
from recount.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recount.captures import Answer
    from recount.systems._crawl import Crawl, Target
    from recount.systems._paths import Spot

CANDIDATE = "candidate:"
_KNOWN = frozenset({"psu", "persen", "progres", "status_progress", "null", "progress"})
_REGULAR = (None, "", "Reguler")

Place = dict[str, object]


class Whole(NamedTuple):
    """What an answer about a region says, wherever its system puts it.

    `progress`: that of the region itself, in the system's words. `place`: gives the place columns
    of a region by its ids from the top.
    """

    target: Target
    place: Callable[[tuple[str, ...]], Place]

    chart: Mapping[str, object] | None
    table: Mapping[str, object] | None
    progress: object
    psu: object
    ts: str | None


def counted(said: object) -> dict[str, object]:
    """Read a progress: `progres` or `proses` of `total`, or `persen` alone."""
    if not isinstance(said, dict):
        return {}
    done = said.get("progres", said.get("proses"))
    progress = {PROGRESS[0]: done, PROGRESS[1]: said.get("total")}
    return progress | {PROGRESS[2]: whole_percent(said.get("persen"))}


def whole_percent(said: object) -> int | None:
    """Cut a percentage down to a whole one, so that 100 is all and nothing else."""
    if isinstance(said, (int, float)) and said >= 0:
        return int(said)
    return None


def figures(said: Mapping[str, object], crawl: Crawl) -> dict[str, object]:
    """Read the figures of a chart or of a row of a table, its progress and its re-vote mark."""
    row: dict[str, object] = {}
    for key, value in said.items():
        if key.isdecimal():
            row[CANDIDATE + key] = value
        elif key not in _KNOWN:
            crawl.nothing[UNKNOWN_KEY + key[:40]] += 1
    row |= counted(said.get("progres"))
    if "persen" in said:
        row[PROGRESS[2]] = whole_percent(said["persen"])
    row["psu"] = said.get("psu")
    return row


def take_whole(whole: Whole, answer: Answer, spot: Spot, crawl: Crawl) -> None:
    """Put a region and its parts in: a row each."""
    target, place = whole.target, whole.place
    own = {"ts": whole.ts}
    if whole.chart is None:
        crawl.nothing["no-votes"] += 1
    row = figures(whole.chart or {}, crawl) | counted(whole.progress)
    row["psu"] = row.get("psu") or whole.psu
    if any(key.startswith(CANDIDATE) for key in row):
        crawl.add(target, place(spot.below) | row | own | {"own": 1})
    parts = whole.table if isinstance(whole.table, dict) else {}
    crawl.lists(spot, parts)
    sums: dict[str, int] = {}
    for key, said in parts.items():
        if not isinstance(said, dict):
            crawl.nothing["row-null"] += 1
            said = {}  # noqa: PLW2901 - a row without anything is a row
        part = figures(said, crawl)
        _add_up(part, sums, crawl)
        below = place((*spot.below, key))
        crawl.add(target, below | part | own, line_of(answer.data, key))
        if part["psu"] not in _REGULAR:
            revote(crawl, str(part["psu"]), key)
    _compare(row, sums, crawl)


def _add_up(part: Mapping[str, object], sums: dict[str, int], crawl: Crawl) -> None:
    found = [(key, value) for key, value in part.items() if key.startswith(CANDIDATE)]
    crawl.nothing["row-without-candidate"] += not found
    for key, value in found:
        if isinstance(value, int):
            sums[key] = sums.get(key, 0) + value
        crawl.nothing["figure-null"] += value is None


def _compare(row: Mapping[str, object], sums: Mapping[str, int], crawl: Crawl) -> None:
    """Compare the parts with their whole: in one file both are of one time."""
    for key, added in sums.items():
        said = row.get(key)
        if isinstance(said, int) and said != added:
            crawl.find(
                "parts",
                "error",
                say(
                    "The rows of this answer add up to {added} for {candidate}; its own whole "
                    "says {said}, at the same time.",
                    added=added,
                    candidate=key.removeprefix(CANDIDATE),
                    said=said,
                ),
            )


def revote(crawl: Crawl, mark: str, region: str) -> None:
    """Note down a re-vote mark: there a figure may lawfully be replaced."""
    crawl.find(
        "revote",
        "note",
        say("{region} is marked “{mark}”: its figures may be replaced.", region=region, mark=mark),
    )


def text(value: object) -> str | None:
    """Take a text, and nothing else."""
    return value if isinstance(value, str) else None
