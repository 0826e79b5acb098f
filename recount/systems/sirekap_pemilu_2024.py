"""Sirekap Pemilu 2024, president: every level from the nation to the TPS.

Chart, table and progress stand side by side; rows of a table say a percentage only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.systems._crawl import Target
from recount.systems._paths import STATION_DIGITS, place_of
from recount.systems._station import take_station
from recount.systems._times import find_time
from recount.systems._tree import Whole, revote, take_whole, text

if TYPE_CHECKING:
    from recount.captures import Answer
    from recount.model import Layer
    from recount.systems._crawl import Crawl
    from recount.systems._paths import Spot

ID = "sirekap-pemilu-2024"
NUMBERS = {"100025": "1", "100026": "2", "100027": "3"}
"""The pairs' numbers on the ballot, by the system's ids; source: its own list ppwp.json."""
_TARGETS = {"count": Target(ID, "count"), "recap": Target(ID, "recap")}
_STATION = {"administrasi", "status_suara", "status_adm"}
_REGULAR = (None, "", "Reguler")


def claims(body: Any, spot: Spot) -> bool:  # noqa: ANN401 - JSON
    """Whether an answer is this system's, by its keys, else by the length of its codes."""
    if not isinstance(body, dict) or not body:
        return spot.contest == "ppwp" and len(spot.code or "") == STATION_DIGITS
    if not _STATION.isdisjoint(body):
        return True
    return "chart" in body and "table" in body and ("psu" in body or "progres" in body)


def take(body: Any, answer: Answer, spot: Spot, crawl: Crawl) -> str | None:  # noqa: ANN401 - JSON
    """Put an answer's figures in; gives the time that it names."""
    body = body if isinstance(body, dict) else {}
    ts = find_time(text(body.get("ts")) or "")
    layer: Layer = "recap" if body.get("mode") == "hr" else spot.layer or "count"
    target = _TARGETS[layer]
    if not _STATION.isdisjoint(body) or len(spot.code or "") == STATION_DIGITS:
        place = place_of(spot.code or "")
        place["ts"] = ts
        take_station(body, place, crawl, target)
        if body.get("psu") not in _REGULAR:
            revote(crawl, str(body["psu"]), spot.code or answer.name)
        return ts
    chart, psu = body.get("chart"), body.get("psu")
    whole = Whole(
        target,
        _place,
        chart if isinstance(chart, dict) else None,
        body.get("table"),
        body.get("progres"),
        psu,
        ts,
    )
    take_whole(whole, answer, spot, crawl)
    return ts


def _place(below: tuple[str, ...]) -> dict[str, object]:
    return place_of(below[-1]) if below else {"level": "nasional"}
