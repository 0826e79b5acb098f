"""Paired units and the forms above them in, the standing of a contest by each side's figures out.

A unit counts only where every candidate's figure is known and whole: a sum over some of the
candidates would favour them. `corrected` takes ours where we hold a complete form, theirs
elsewhere; a candidate whom one side does not know has no figure there, which is not 0.
"""

from __future__ import annotations

from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import node_of
from recount.model import LEVELS, Outcome
from recount.standing import same_winner, standing

if TYPE_CHECKING:
    from recount.engine import Frame, Lazy
    from recount.judging import SideForms
    from recount.model import Contest
    from recount.reconcile import Compared
    from recount.regions import Regions

NEVER = nw.lit(value=False)

Sums = Counter[str]
"""`<item>|ours`, `|theirs`, `|corrected`; under these three names how many units that is; and
`held ours`, `held theirs`: how many forms a side has there, complete or not."""


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


class _Side(NamedTuple):
    """One side under its name; the candidates that it knows, and whether these are all."""

    name: str
    forms: SideForms
    items: tuple[str, ...]
    knows_all: bool

    @property
    def mark(self) -> str:
        """What stands behind its columns: `o` or `t`."""
        return self.name[0]


def outcome(race: Race, compared: Compared, forms: tuple[SideForms, SideForms]) -> Outcome:
    """Say who leads by ours, by theirs, and by ours corrected with theirs.

    The deciding region is the contest's, else the smallest one that holds every unit.
    """
    ours, theirs = (
        _side(name, of, race) for name, of in zip(("ours", "theirs"), forms, strict=True)
    )
    units = _units(race, compared, (ours, theirs))
    nodes = set(units["node"])
    total = _total(race, units, (ours, theirs), compared.unit_level, nodes)
    decides = race.regions.common(nodes) if race.decides is None else race.decides
    corrected, official = (
        standing(total, "corrected", race.items),
        standing(total, "theirs", theirs.items),
    )
    return Outcome(
        race.contest.id,
        race.regions.nodes[decides].region,
        race.contest.seats,
        standing(total, "ours", ours.items),
        official,
        corrected,
        # Without a candidate in common there is nobody to be the same.
        same_winner=same_winner(corrected, official, race.contest.seats)
        if {*ours.items} & {*theirs.items}
        else None,
        level=LEVELS[compared.unit_level],
    )


def _side(name: str, forms: SideForms, race: Race) -> _Side:
    known = tuple(item for item in race.items if item in forms.boxes)
    return _Side(name, forms, known, known == race.items)


def _units(race: Race, compared: Compared, sides: tuple[_Side, _Side]) -> Frame:
    """Add the paired units up, node by node: `node`, and the columns of Sums."""
    ours, theirs = sides
    full = {side.name: _complete(side, compared.unit_level) for side in sides}
    others = theirs._replace(items=tuple(i for i in race.items if i not in ours.items))
    by_ours = full["ours"]
    if others.items:  # of these we have nothing to correct with
        by_ours &= _complete(others, compared.unit_level)
    by_theirs = full["theirs"] if theirs.knows_all else NEVER
    columns = [_count(by_ours | by_theirs).alias("corrected")]
    for side in sides:
        columns += [
            _count(full[side.name]).alias(side.name),
            _count(~nw.col(side.mark).is_null()).alias(f"held {side.name}"),
        ]
    for item in race.items:
        o, t = nw.col(f"{item}|o"), nw.col(f"{item}|t")
        rest = nw.when(by_theirs).then(t)
        columns += [
            nw.when(full["ours"]).then(o).alias(f"{item}|ours"),
            nw.when(full["theirs"]).then(t).alias(f"{item}|theirs"),
            nw.when(by_ours)
            .then(o if item in ours.items else t)
            .otherwise(rest)
            .alias(f"{item}|corrected"),
        ]
    paired = compared.paired
    for side in sides:
        paired = _forms_for_parts(paired, side, compared.unit_level)
    flat = paired.select(node_of("unit").alias("node"), *columns)
    frame = engine.collect(flat.group_by("node").agg(nw.all().sum()))
    if race.decides is None:
        return frame
    return frame.filter(nw.col("node").is_in([node for node in frame["node"] if race.holds(node)]))


def _forms_for_parts(paired: Lazy, side: _Side, unit_level: int) -> Lazy:
    """Take a side's own form of a unit where the finer forms that it holds there are incomplete."""
    if side.forms.finest == unit_level or unit_level not in side.forms.levels or not side.items:
        return paired
    of_units = side.forms.forms.filter(nw.col("level") == unit_level)
    own = of_units.select("unit", *(nw.col(item).alias(f"own {item}") for item in side.items))
    filled = reduce(nw.Expr.__and__, (~nw.col(f"own {item}").is_null() for item in side.items))
    stands = filled & ~_complete(side, unit_level)
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


def _complete(side: _Side, unit_level: int) -> nw.Expr:
    """Whether a side has every candidate's figure, from all of its forms there."""
    columns = [~nw.col(f"{item}|{side.mark}").is_null() for item in side.items]
    if side.forms.finest > unit_level:
        expected = nw.col(f"{side.mark}e")
        columns += [nw.col(f"{item}|{side.mark}r") == expected for item in side.items]
    return reduce(nw.Expr.__and__, columns) if columns else NEVER


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))


def _total(
    race: Race, units: Frame, sides: tuple[_Side, _Side], unit_level: int, nodes: set[int]
) -> Sums:
    """Add everything up; forms of higher levels stand for their regions where nothing finer is."""
    levels = [at for at in range(unit_level) if any(at in side.forms.levels for side in sides)]
    if not levels:
        names = [name for name in units.columns if name != "node"]
        added = units.select(nw.col(*names).sum()).row(0)
        return Counter(dict(zip(names, (int(n or 0) for n in added), strict=True)))
    found = {row.pop("node"): Counter(_numbers(row)) for row in units.iter_rows(named=True)}
    for level in reversed(levels):
        up = dict(zip(race.up["node"], race.up[f"up{level}"], strict=True))
        above: dict[int, Sums] = {}
        for node, sums in found.items():
            above.setdefault(up[node], Counter()).update(sums)
        nodes |= _let_stand(race, above, sides, level)
        found = above
    return reduce(_added, found.values(), Counter())


def _numbers(row: dict[str, int | None]) -> dict[str, int]:
    return {name: int(value or 0) for name, value in row.items()}


def _added(first: Sums, second: Sums) -> Sums:
    # The sum of two counters would leave out what is 0.
    first.update(second)
    return first


def _let_stand(
    race: Race, found: dict[int, Sums], sides: tuple[_Side, _Side], level: int
) -> set[int]:
    """Put in the forms of a level whose side has nothing whole below; say of which nodes."""
    ours, theirs = sides
    own = {side.name: _own(race, side, level) for side in sides}
    standing = set()
    for node in own["ours"].keys() | own["theirs"].keys():
        here = found.setdefault(node, Counter())
        # Where some units below are not whole, the form of the whole region says more.
        gaps = {s.name: not here[s.name] or here[s.name] < here[f"held {s.name}"] for s in sides}
        stands = {s.name for s in sides if node in own[s.name] and gaps[s.name]}
        if "ours" in stands and ours.knows_all:
            _put(here, "corrected", own["ours"][node])
        elif "theirs" in stands and theirs.knows_all and gaps["ours"]:
            _put(here, "corrected", own["theirs"][node])
        for name in stands:
            _put(here, name, own[name][node])
            here[f"held {name}"] = 1
            standing.add(node)
    return standing


def _put(sums: Sums, name: str, figures: dict[str, int]) -> None:
    sums[name] = 1
    for item, figure in figures.items():
        sums[f"{item}|{name}"] = figure


def _own(race: Race, side: _Side, level: int) -> dict[int, dict[str, int]]:
    """A side's complete forms of a level, by node."""
    if level not in side.forms.levels or not side.items:
        return {}
    forms = side.forms.forms.filter(nw.col("level") == level)
    frame = engine.collect(forms.select(node_of("unit").alias("node"), *side.items)).drop_nulls()
    rows = ((row.pop("node"), row) for row in frame.iter_rows(named=True))
    return {node: row for node, row in rows if race.holds(node)}
