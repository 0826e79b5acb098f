"""Paired units and the forms above them in, each side's votes added up out.

A unit counts only where every candidate's figure is known and whole: a sum over some of the
candidates would favour them. `corrected` takes ours where we hold a complete form, theirs
elsewhere; a candidate whom one side does not know has no figure there, which is not 0.

A form of a whole region stands for all of it where a unit below is known of that its side does not
hold whole. It keeps standing beside finer forms of its side; only where these show more votes of a
candidate than it does, one of them is wrong: then the finer ones count, which are nearer to the
votes, and what is missing beside them counts as missing.
"""

from __future__ import annotations

from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, node_of
from recount.model import INCOMPLETE, LEVELS
from recount.outcome._race import NEVER, complete, forms_for_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recount.engine import Frame, Lazy
    from recount.outcome._race import Race, Side
    from recount.reconcile import Compared

Sums = Counter[str]
"""`<item>|ours`, `|theirs`, `|corrected`; under these three names how many units that is; behind
them ` lacks`: how many known units are not in there, and ` above <level>`: how many of the units
are regions of a higher level, whose form stands; INCOMPLETE: of how many units not all TPS are in
online; and `added <level>`: how many regions of a level only ours adds."""

Forms = dict[int, dict[str, int]]
"""The figures of complete forms, by node and candidate's box."""


class Units(NamedTuple):
    """The paired units, which of them each side knows whole, and their sums node by node.

    `by_ours`: ours counts there; `by_theirs`: theirs does, where ours does not.
    """

    paired: Lazy
    by_ours: nw.Expr
    by_theirs: nw.Expr
    theirs: nw.Expr
    sums: Frame


class Total(NamedTuple):
    """Everything added up, and the regions on the way: level by level from below, by node.

    `stood`: the regions for which a form of a higher level counts, and whose. `levels` is empty
    where there is no such form.
    """

    sums: Sums
    levels: list[tuple[int, dict[int, Sums]]]
    stood: dict[int, str]


def add_units(race: Race, compared: Compared, sides: tuple[Side, Side]) -> Units:
    """Add the paired units up, node by node: `node`, and the columns of Sums."""
    ours, theirs = sides
    full = {side.name: complete(side, compared.unit_level) for side in sides}
    others = theirs._replace(items=tuple(i for i in race.items if i not in ours.items))
    by_ours = full["ours"]
    if others.items:  # of these we have nothing to correct with
        by_ours &= complete(others, compared.unit_level)
    by_theirs = full["theirs"] if theirs.knows_all else NEVER
    columns = [_open(compared).alias(INCOMPLETE)]
    for name, whole in {**full, "corrected": by_ours | by_theirs}.items():
        columns += [_count(whole).alias(name), (1 - _count(whole)).alias(f"{name} lacks")]
    only = by_ours & ~full["theirs"].fill_null(value=False)
    columns.append(_count(only).alias(added_at(compared.unit_level)))
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
        paired = forms_for_parts(paired, side, compared.unit_level)
    flat = paired.select(node_of("unit").alias("node"), *columns)
    frame = race.inside(engine.collect(flat.group_by("node").agg(nw.all().sum())))
    return Units(paired, by_ours, by_theirs, full["theirs"], frame)


def _open(compared: Compared) -> nw.Expr:
    """1 where not all TPS of a unit are in online, as far as it says."""
    mark = f"{INCOMPLETE}|t"
    if mark not in compared.paired.collect_schema().names():
        return nw.lit(0, nw.Int64)
    return _count(nw.col(mark).fill_null(0) > 0)


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64))


def add_up(
    race: Race, units: Frame, sides: tuple[Side, Side], unit_level: int, nodes: set[int]
) -> Total:
    """Add everything up; forms of higher levels stand for what is missing below them.

    `nodes`: those of the units; the regions of the forms that stand are added to them.
    """
    if not any(at in side.forms.levels for at in range(unit_level) for side in sides):
        names = [name for name in units.columns if name != "node"]
        added = units.select(nw.col(*names).sum()).row(0)
        sums = Counter(dict(zip(names, (int(n or 0) for n in added), strict=True)))
        return Total(sums, [], {})
    found = {row.pop("node"): Counter(_numbers(row)) for row in units.iter_rows(named=True)}
    total = Total(Counter(), [], {})
    for level in range(unit_level - 1, -1, -1):
        up = dict(zip(race.up["node"], race.up[f"up{level}"], strict=True))
        above: dict[int, Sums] = {}
        for node, sums in found.items():
            above.setdefault(up[node], Counter()).update(sums)
        nodes |= _let_stand(race, above, sides, level, total.stood)
        # The next level's sums are new ones: these stay as they are.
        total.levels.append((level, above))
        found = above
    return total._replace(sums=reduce(_added, found.values(), Counter()))


def _numbers(row: dict[str, int | None]) -> dict[str, int]:
    return {name: int(value or 0) for name, value in row.items()}


def _added(first: Sums, second: Sums) -> Sums:
    # The sum of two counters would leave out what is 0.
    first.update(second)
    return first


def _let_stand(
    race: Race, found: dict[int, Sums], sides: tuple[Side, Side], level: int, stood: dict[int, str]
) -> set[int]:
    """Put in the forms of a level that stand for their regions; say of which nodes."""
    ours, theirs = sides
    own = {side.name: _own(race, side, level) for side in sides}
    standing = set()
    for node in own["ours"].keys() | own["theirs"].keys():
        here = found.setdefault(node, Counter())
        stands = {name for name in own if node in own[name] and _says_more(here, name, own, node)}
        if "ours" in stands and ours.knows_all:
            _put(here, "corrected", own["ours"][node], level)
            _note_added(here, level, new=not here["theirs"] and "theirs" not in stands)
            stood[node] = "ours"
        elif "theirs" in stands and theirs.knows_all and not here["ours"]:
            _put(here, "corrected", own["theirs"][node], level)
            _note_added(here, level, new=False)
            stood[node] = "theirs"
        for name in stands:
            _put(here, name, own[name][node], level)
            standing.add(node)
    return standing


def _lacks(here: Sums, name: str) -> bool:
    return not here[name] or bool(here[f"{name} lacks"])


def _says_more(here: Sums, name: str, own: Mapping[str, Forms], node: int) -> bool:
    """Whether a side's form of a region says more than the finer forms that it holds there.

    In a form of ours stands what is whole below it (nearest_to_the_votes): where it still shows
    more than they do, some are missing that nobody lists.
    """
    added = {item: here[f"{item}|{name}"] for item in own[name][node]}
    if any(added[item] > figure for item, figure in own[name][node].items()):
        return False
    return _lacks(here, name) or (name == "ours" and added != own[name][node])


def _note_added(here: Sums, level: int, *, new: bool) -> None:
    """One form stands for a whole region: nothing below it is added any more."""
    for below in range(level, len(LEVELS)):
        here[added_at(below)] = 0
    here[added_at(level)] = int(new)


def added_at(level: int) -> str:
    """Under what Sums count the regions of a level that only ours has."""
    return f"added {LEVELS[level]}"


def added(sums: Sums) -> tuple[tuple[str, int], ...]:
    """The levels of which ours adds any regions, the finest first, and how many."""
    counts = ((level, sums[added_at(at)]) for at, level in enumerate(LEVELS))
    return tuple((level, n) for level, n in counts if n)[::-1]


def _put(sums: Sums, name: str, figures: dict[str, int], level: int) -> None:
    for finer in range(level + 1, TPS):
        sums.pop(f"{name} above {finer}", None)
    sums[name] = sums[f"{name} above {level}"] = 1
    sums[f"{name} lacks"] = 0
    for item, figure in figures.items():
        sums[f"{item}|{name}"] = figure


def _own(race: Race, side: Side, level: int) -> Forms:
    """A side's complete forms of a level, by node."""
    if level not in side.forms.levels or not side.items:
        return {}
    forms = side.forms.forms.filter(nw.col("level") == level)
    frame = engine.collect(forms.select(node_of("unit").alias("node"), *side.items)).drop_nulls()
    rows = ((row.pop("node"), row) for row in frame.iter_rows(named=True))
    return {node: row for node, row in rows if race.holds(node)}
