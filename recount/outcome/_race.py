"""A contest and its two sides, as the outcome sees them: which units a side knows whole."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

if TYPE_CHECKING:
    from recount.engine import Frame, Lazy
    from recount.judging import SideForms
    from recount.model import Contest
    from recount.regions import Regions

NEVER = nw.lit(value=False)


class Race(NamedTuple):
    """A contest, the boxes of its candidates, and the tree with every node's ancestors."""

    contest: Contest
    items: tuple[str, ...]
    regions: Regions
    up: Frame

    @property
    def decides(self) -> int | None:
        """The contest's own region, where the files or a list know its code."""
        return self.regions.by_code.get(self.contest.region or "")

    def holds(self, node: int) -> bool:
        """Whether a region lies inside the contest's own."""
        return self.decides is None or self.regions.under(node, self.decides)

    def inside(self, frame: Frame) -> Frame:
        """The rows whose `node` lies inside the contest's own region."""
        if self.decides is None:
            return frame
        nodes = frame["node"].unique().to_list()
        return frame.filter(nw.col("node").is_in([node for node in nodes if self.holds(node)]))


class Side(NamedTuple):
    """One side under its name; the candidates that it knows, and whether these are all."""

    name: str
    forms: SideForms
    items: tuple[str, ...]
    knows_all: bool

    @property
    def mark(self) -> str:
        """What stands behind its columns: `o` or `t`."""
        return self.name[0]


def side_of(name: str, forms: SideForms, race: Race) -> Side:
    """Say which of a contest's candidates a side knows."""
    known = tuple(item for item in race.items if item in forms.boxes)
    return Side(name, forms, known, known == race.items)


def forms_for_parts(paired: Lazy, side: Side, unit_level: int) -> Lazy:
    """Take a side's own form of a unit where the finer forms that it holds there say less.

    They do where one is incomplete, or where no candidate has more on them than on the own form:
    nobody lists what is finer, so some can be missing.
    """
    if side.forms.finest == unit_level or unit_level not in side.forms.levels or not side.items:
        return paired
    of_units = side.forms.forms.filter(nw.col("level") == unit_level)
    own = of_units.select("unit", *(nw.col(item).alias(f"own {item}") for item in side.items))
    filled = reduce(nw.Expr.__and__, (~nw.col(f"own {item}").is_null() for item in side.items))
    less = (nw.col(f"{i}|{side.mark}") <= nw.col(f"own {i}") for i in side.items)
    stands = filled & (~complete(side, unit_level) | reduce(nw.Expr.__and__, less))
    columns = []
    for item in side.items:
        figure, read = f"{item}|{side.mark}", f"{item}|{side.mark}r"
        form, all_ = nw.col(f"own {item}"), nw.col(f"{side.mark}e")
        columns += [
            nw.when(stands).then(form).otherwise(nw.col(figure)).alias(figure),
            nw.when(stands).then(all_).otherwise(nw.col(read)).alias(read),
        ]
    joined = paired.join(own, on="unit", how="left").with_columns(*columns)
    return joined.drop([f"own {item}" for item in side.items])


def complete(side: Side, unit_level: int) -> nw.Expr:
    """Whether a side has every candidate's figure, from all of its forms there."""
    columns = [~nw.col(f"{item}|{side.mark}").is_null() for item in side.items]
    if side.forms.finest > unit_level:
        expected = nw.col(f"{side.mark}e")
        columns += [nw.col(f"{item}|{side.mark}r") == expected for item in side.items]
    return reduce(nw.Expr.__and__, columns) if columns else NEVER
