"""Sirekap Pilkada 2024: governors (`pkwkp`), regents and mayors (`pkwkk`).

Chart and table sit inside `tungsura`; the progress is nested in the chart and in every row. Each
race has a contest of its own: `pkwkp-64`, `pkwkk-6403`. Seen for provinsi and kabupaten/kota; an
answer about a TPS is read as in Pemilu 2024, with its chart inside `tungsura`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from recount.systems._crawl import Target
from recount.systems._paths import STATION_DIGITS, place_of
from recount.systems._station import take_station
from recount.systems._times import find_time
from recount.systems._tree import Whole, take_whole, text

if TYPE_CHECKING:
    from recount.captures import Answer
    from recount.systems._crawl import Crawl
    from recount.systems._paths import Spot

ID = "sirekap-pilkada-2024"
NUMBERS: dict[str, str] = {}
_RACE = {"pkwkp": 2, "pkwkk": 4}
"""How many digits of a region's code say which race it is."""


def claims(body: Any, spot: Spot) -> bool:  # noqa: ANN401 - JSON
    """Whether an answer is this system's, by its keys, else by its path."""
    if isinstance(body, dict) and body:
        return "tungsura" in body
    return spot.contest in _RACE and not isinstance(body, list)


def take(body: Any, answer: Answer, spot: Spot, crawl: Crawl) -> str | None:  # noqa: ANN401 - JSON
    """Put an answer's figures in; gives the time that it names."""
    body = body if isinstance(body, dict) else {}
    ts = find_time(text(body.get("ts")) or "")
    inside = body.get("tungsura")
    inside = inside if isinstance(inside, dict) else {}
    target = Target(ID, "recap" if body.get("mode") == "hr" else spot.layer or "count")
    if spot.code and len(spot.code) == STATION_DIGITS:
        place = _place(spot, spot.below)
        take_station({**body, **inside}, place | {"ts": ts}, crawl, target)
        return ts
    chart = inside.get("chart") if isinstance(inside.get("chart"), dict) else None
    progress = (chart or {}).get("progres") or body.get("progres")
    place_ = partial(_place, spot)
    whole = Whole(target, place_, chart, inside.get("table"), progress, body.get("psu"), ts)
    take_whole(whole, answer, spot, crawl)
    return ts


def _place(spot: Spot, below: tuple[str, ...]) -> dict[str, object]:
    code = below[-1] if below else ""
    place: dict[str, object] = place_of(code) if below else {"level": "nasional"}
    digits = _RACE.get(spot.contest or "")
    if digits:
        place["contest"] = f"{spot.contest}-{code[:digits]}" if code else spot.contest
    return place
