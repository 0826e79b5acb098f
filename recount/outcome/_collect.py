"""The units without our form, the best to collect first; each is named when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import narwhals as nw

from recount import engine
from recount.model import Collect
from recount.regions import station_region

if TYPE_CHECKING:
    from recount.engine import Frame
    from recount.regions import Regions


class ToCollect(Sequence[Collect]):
    """Units in the best order: a nation has 800,000, and few of them are looked at."""

    def __init__(self, frame: Frame, regions: Regions) -> None:
        """Take `node`, `station` and `worth` (null: not known) of every unit."""
        self._frame, self._regions = frame, regions

    @cached_property
    def _ordered(self) -> list[tuple[int, int, int | None]]:
        """Worthiest first, then by code, so that the order of the files does not matter."""
        codes = nw.new_series("region", self._regions.nodes.region, nw.String, backend="polars")
        named = self._frame.with_columns(engine.gather(codes, self._frame["node"]).alias("region"))
        ordered = named.sort(
            "worth", "region", "station", descending=[True, False, False], nulls_last=True
        )
        return ordered.select("node", "station", "worth").rows()

    def __eq__(self, other: object) -> bool:
        """The same units in the same order, whoever names them."""
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __len__(self) -> int:
        return len(self._frame)

    @overload
    def __getitem__(self, at: int) -> Collect: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Collect]: ...
    def __getitem__(self, at: int | slice) -> Collect | Sequence[Collect]:
        if isinstance(at, slice):
            return [self._named(*one) for one in self._ordered[at]]
        return self._named(*self._ordered[at])

    def _named(self, node: int, station: int, worth: int | None) -> Collect:
        nodes = self._regions.nodes
        code, name = nodes.region[node], nodes.name[node]
        if station < 0:
            return Collect(code, name, worth, nodes.name[nodes.parent[node]])
        return Collect(station_region(code, station), f"TPS {station:03d}", worth, name)
