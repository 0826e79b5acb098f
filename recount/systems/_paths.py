"""The address or relative path of an answer in; its crawl, contest, layer and region out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recount.model import Layer

_HOST = re.compile(r"\A[a-z]+://[^/]+/", re.IGNORECASE)
_PATH = re.compile(
    r"(?P<root>(?:.*/)?)(?P<contest>pkwkp|pkwkk|ppwp)(?P<below>(?:/[0-9-]+)*)\.json\Z"
)
_REGIONS = re.compile(r"(?P<root>(?:.*/)?wilayah/)(?P<below>[0-9-]+(?:/[0-9-]+)*)\.json\Z")
_BARE = re.compile(r"(?P<root>(?:.*/)?)(?:[^/]*[^0-9/])?(?P<below>[0-9]{2,13})\.json\Z")
_OWN_PARTS = ("static", "json", "pilkada", "pemilu", "wilayah", "paslon", "hhcw", "hr")
LAYERS: dict[str, Layer] = {"hhcw": "count", "hr": "recap"}
_DOTS = ((2, 0), (4, 2), (6, 4), (10, 6))
"""Where the parts of a code without dots end and begin."""
STATION_DIGITS = 13


class Spot(NamedTuple):
    """Where an answer stands: the crawl's own folder, and what the system's path says.

    `below`: the ids from the top region down, empty for the whole. `regions`: a region list.
    """

    root: str
    contest: str | None
    layer: Layer | None
    below: tuple[str, ...]
    regions: bool = False

    @property
    def code(self) -> str | None:
        """The last id of the path, that of the answer's own region; None for the whole."""
        return self.below[-1] if self.below else None


def nowhere(name: str) -> Spot:
    """An answer whose path says nothing but its folder."""
    return Spot(name.rpartition("/")[0], None, None, ())


def spot_of(name: str) -> Spot | None:
    """Understand an address or path; None where no system's shape is in it."""
    path = _HOST.sub("", name.partition("?")[0]) if ":" in name or "?" in name else name
    folder, slash, file = path.rpartition("/")
    id_ = file[:-5]
    if slash and id_.isdecimal() and file.endswith(".json"):
        # Thousands lie in one folder, and their folder says nearly all.
        above = _of_path(f"{folder}.json")
        if above is not None and above.contest is not None:
            return Spot(above.root, above.contest, above.layer, (*above.below, id_), above.regions)
    return _of_path(path)


@lru_cache(maxsize=4096)
def _of_path(path: str) -> Spot | None:
    match = _PATH.fullmatch(path) or _REGIONS.fullmatch(path) or _BARE.fullmatch(path)
    if match is None:
        return None
    groups = match.groupdict()
    parts = groups["root"].split("/")[:-1]
    kept = len(parts)
    if "contest" not in groups:
        while kept and parts[kept - 1].isdecimal():
            kept -= 1
    while kept and parts[kept - 1] in _OWN_PARTS:
        kept -= 1
    own = parts[kept:]
    layer = next((LAYERS[part] for part in reversed(own) if part in LAYERS), None)
    below = tuple(part for part in (groups["below"] or "").split("/") if part)
    return Spot("/".join(parts[:kept]), groups.get("contest"), layer, below, "wilayah" in own)


def dotted(code: str) -> str:
    """Write a code without dots with them; one of another length stays as it is."""
    if len(code) not in {end for end, _ in _DOTS}:
        return code
    return ".".join(code[start:end] for end, start in _DOTS if end <= len(code))


def place_of(code: str) -> dict[str, object]:
    """The place columns of a code without dots: `code`, and `tps` for one of 13 digits."""
    if len(code) == STATION_DIGITS:
        return {
            "code": f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:10]}",
            "tps": code[10:],
        }
    return {"code": dotted(code) or None}
