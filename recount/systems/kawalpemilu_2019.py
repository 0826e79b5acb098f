"""Kawal Pemilu 2019: its volunteers' figures, and beside them what Situng and the recap said.

One answer holds three: `data.<child>.sum` (the volunteers), `kpu` (Situng, count) and `rekap`
(the official recap). A list with nothing at its beginning stands for an object; -1 is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.model import NAMED_LEVELS
from recount.systems._crawl import Target
from recount.systems._times import latest, of_epoch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.captures import Answer
    from recount.systems._crawl import Crawl
    from recount.systems._paths import Spot

ID = "kawalpemilu-2019"
NUMBERS: dict[str, str] = {}
BOXES = {
    "pas1": "candidate:1",
    "pas2": "candidate:2",
    "sah": "valid",
    "tSah": "invalid",
    "jum": "voters",
}
_OWN, _SITUNG = Target(ID, "count"), Target("situng-2019", "count")
_RECAP = Target("situng-2019", "recap")
_STATIONS = 4
"""The depth of a node whose children are TPS."""
_TPS_OF_CHILD = 2
"""Where the number of TPS stands in a child's list: id, name, TPS, men, women."""


def claims(body: Any, spot: Spot) -> bool:  # noqa: ANN401 - JSON
    """Whether an answer is this system's, by its keys."""
    del spot
    return isinstance(body, dict) and {"parentNames", "depth", "children"} <= body.keys()


def take(body: Any, answer: Answer, spot: Spot, crawl: Crawl) -> str | None:  # noqa: ANN401 - JSON
    """Put an answer's figures in, three rows for every child; gives the latest time it names."""
    del spot, answer
    data = _by_key(body.get("data"))
    times = [time for one in data.values() if (time := of_epoch(one.get("ts"))) is not None]
    children = {str(child[0]): child for child in body["children"] if isinstance(child, list)}
    above = _above(body)
    for key, one in data.items():
        sums = one.get("sum")
        row = _row(sums, above, body, children.get(key), key)
        child = children.get(key) or []
        if body["depth"] != _STATIONS and len(child) > _TPS_OF_CHILD:
            row |= {"counted": (sums or {}).get("cakupan"), "total": child[_TPS_OF_CHILD]}
        crawl.add(_OWN, row | {"ts": of_epoch(one.get("ts"))})
    for target, name in ((_SITUNG, "kpu"), (_RECAP, "rekap")):
        for key, said in _by_key(body.get(name)).items():
            crawl.add(target, _row(said, above, body, children.get(key), key))
    return latest(times)


def _row(
    said: object,
    above: dict[str, object],
    body: Mapping[str, Any],
    child: list[Any] | None,
    key: str,
) -> dict[str, object]:
    row = dict(above)
    if body["depth"] == _STATIONS:
        row |= {"tps": key, "percent": 100}
    elif isinstance(body["depth"], int) and 0 <= body["depth"] < len(NAMED_LEVELS):
        row[NAMED_LEVELS[body["depth"]]] = child[1] if child and len(child) > 1 else None
    if isinstance(said, dict):
        row |= {BOXES[k]: None if v == -1 else v for k, v in said.items() if k in BOXES}
    return row


def _above(body: Mapping[str, Any]) -> dict[str, object]:
    """Names of the node and of those above it, by level; the first is the whole."""
    names = [*body["parentNames"], body.get("name")]
    return dict(zip(NAMED_LEVELS, names[1:], strict=False))


def _by_key(said: object) -> dict[str, dict[str, Any]]:
    if isinstance(said, list):
        said = {str(at): one for at, one in enumerate(said)}
    if not isinstance(said, dict):
        return {}
    return {key: one for key, one in said.items() if isinstance(one, dict)}
