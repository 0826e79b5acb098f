"""Situng 2019, president: the count of the TPS forms (hhcw) and the official recap (hr).

Its regions have ids of its own, so they are placed by the names of the region lists (`wilayah/`)
that belong to the same capture. Aggregates are read as scrapers of the time knew them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.model import NAMED_LEVELS
from recount.systems._crawl import Target
from recount.systems._times import find_time
from recount.systems._tree import CANDIDATE, Whole, take_whole, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.captures import Answer
    from recount.systems._crawl import Crawl
    from recount.systems._paths import Spot

ID = "situng-2019"
NUMBERS = {"21": "1", "22": "2"}
"""The pairs' numbers on the ballot, by the system's ids."""
BOXES = {
    "suara_sah": "valid",
    "suara_tidak_sah": "invalid",
    "suara_total": "cast",
    "pemilih_j": "registered",
    "pengguna_j": "voters",
}
_STATION_LEVEL = len(NAMED_LEVELS)


def claims(body: Any, spot: Spot) -> bool:  # noqa: ANN401 - JSON
    """Whether an answer is this system's, by its keys, else by the depth of its path."""
    if not isinstance(body, dict) or not body:
        return spot.contest == "ppwp" and len(spot.below) == _STATION_LEVEL + 1
    if "suara_sah" in body:
        return "chart" in body
    return "table" in body and "chart" in body and "psu" not in body and "progres" not in body


def take(body: Any, answer: Answer, spot: Spot, crawl: Crawl) -> str | None:  # noqa: ANN401 - JSON
    """Put an answer's figures in; gives the time that it names."""
    body = body if isinstance(body, dict) else {}
    ts = find_time(text(body.get("ts")) or "")
    target = Target(ID, spot.layer or "count")
    if "suara_sah" in body or len(spot.below) > _STATION_LEVEL:
        place = ids_of(spot.below) if spot.below else {}
        _take_station(body, place | {"ts": ts}, crawl, target)
        return ts
    chart = body.get("chart")
    whole = Whole(
        target,
        ids_of,
        chart if isinstance(chart, dict) else None,
        body.get("table"),
        body.get("progress"),
        None,
        ts,
    )
    take_whole(whole, answer, spot, crawl)
    return ts


def _take_station(
    body: Mapping[str, Any], row: dict[str, object], crawl: Crawl, target: Target
) -> None:
    votes = body.get("chart")
    if not body:
        crawl.nothing["not-entered"] += 1
    elif not isinstance(votes, dict):
        crawl.nothing["no-votes"] += 1
    else:
        row |= {CANDIDATE + key: value for key, value in votes.items() if key.isdecimal()}
    row |= {BOXES[key]: value for key, value in body.items() if key in BOXES}
    crawl.add(target, row | {"percent": 100})


def ids_of(below: tuple[str, ...]) -> dict[str, object]:
    """Give a region by the system's ids, as `id 1` ... `id 5`; the names come later."""
    if not below:
        return {"level": "nasional"}
    return {f"id {at}": id_ for at, id_ in enumerate(below, 1)}
