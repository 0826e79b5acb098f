"""Paired units in, those without our form out: what theirs shows there, and what can be in them.

How many ballots a unit can hold: its registered voters and RESERVE percent more, where a side
knows them; else the ballots it received. Without either nothing bounds it; then the ballots that
theirs shows stand in, for the order of collecting alone.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple, get_args

import narwhals as nw

from recount import engine
from recount.aggregate import TPS, node_of, station_of
from recount.model import INCOMPLETE, Bound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from recount.engine import Frame
    from recount.outcome._race import Race, Side
    from recount.outcome._sums import Total, Units

LIMITS = ("registered", "registered_dpt", "ballots_received")
CAST = ("cast", "valid", "invalid")
BOXES = (*LIMITS, *CAST)
"""Boxes that say how many ballots there can be, or how many there are."""

RESERVE = 3
"""Percent of the registered voters: the ballots printed on top of them are at most 2.5 percent,
rounded up at every TPS."""

KINDS: tuple[Bound, ...] = get_args(Bound)
"""What a unit is bounded on, the best first; its number is its index here."""
SHOWN, NOTHING = KINDS.index("ballots"), len(KINDS)


class Left(NamedTuple):
    """The units without our form.

    `frame`: eager; `node`, `station`, each candidate's votes by theirs (0 where not known),
    `most` (ballots it can hold, null: not known), `kind` (index in KINDS, else NOTHING), `shown`
    (ballots by theirs), `raised` (whether more are shown than its bound was; they count then).
    `unseen`: how many regions of a list nobody holds anything of.
    """

    frame: Frame
    unseen: int

    @property
    def kind(self) -> Bound | None:
        """On what they are bounded: the poorest there is; None where one has none at all."""
        worst = NOTHING if self.frame.is_empty() else int(self.frame["kind"].max())
        return KINDS[worst] if worst < NOTHING else None

    @property
    def bounded(self) -> bool:
        """Whether it is known of every unit how many ballots it can hold."""
        return not self.unseen and not bool((self.frame["kind"] >= SHOWN).any())

    def votes(self, item: str) -> int:
        """A candidate's votes there by theirs."""
        return int(self.frame[item].sum() or 0)


def left_over(
    race: Race, units: Units, total: Total, sides: tuple[Side, Side], unit_level: int
) -> Left:
    """Find the units without our form, where no form of a whole region of ours stands for them."""
    rest = units.paired.filter(~units.by_ours)
    names = rest.collect_schema().names()
    columns = [*_votes(race, units.by_theirs), *_boxes(names, sides, unit_level)]
    frame = race.inside(_bounded(engine.collect(rest.select("unit", *columns)), race.items))
    if total.stood:
        parts = [_outside(frame, race, total.stood), *_standing(race, sides[1], total.stood)]
        frame = nw.concat(parts)
    nodes = {*units.sums["node"], *total.stood}
    return Left(frame, _unseen(race, nodes, unit_level, total.stood))


def _votes(race: Race, by_theirs: nw.Expr) -> list[nw.Expr]:
    zero = nw.lit(0, nw.Int64)
    return [
        nw.when(by_theirs).then(nw.col(f"{item}|t")).otherwise(zero).alias(item)
        for item in race.items
    ]


def _boxes(names: Collection[str], sides: Sequence[Side], unit_level: int) -> Iterator[nw.Expr]:
    """The boxes that each side knows of a unit; of a limit only what is known of all of it."""
    for side in sides:
        for box in BOXES:
            figure = nw.col(f"{box}|{side.mark}")
            if f"{box}|{side.mark}" not in names:
                continue
            whole = [~figure.is_null()]
            if box in LIMITS:  # a form that was not entered is full of zeros
                whole.append(figure > 0)
            if box in LIMITS and side.forms.finest > unit_level:
                whole.append(nw.col(f"{box}|{side.mark}r") == nw.col(f"{side.mark}e"))
            if box in LIMITS and side.mark == "t" and f"{INCOMPLETE}|t" in names:
                whole.append(~(nw.col(f"{INCOMPLETE}|t").fill_null(0) > 0))
            known = nw.when(reduce(nw.Expr.__and__, whole)).then(figure)
            yield known.alias(f"{box}|{side.mark}")


def _bounded(raw: Frame, items: Sequence[str]) -> Frame:
    """Say how many ballots each unit can hold; columns of Left.frame."""
    none = nw.lit(None, nw.Int64)
    found: dict[str, nw.Expr] = {}
    for box in BOXES:
        here = [nw.col(name) for name in (f"{box}|o", f"{box}|t") if name in raw.columns]
        found[box] = nw.max_horizontal(*here) if here else none
    voters = nw.max_horizontal(found["registered"], found["registered_dpt"])
    full = raw.with_columns(
        ((voters * (100 + RESERVE) + 99) // 100).alias("by voters"),
        found["ballots_received"].alias("by received"),
        _shown(raw.columns, items).alias("shown"),
    )
    seen = nw.when(nw.col("shown") > 0).then(nw.col("shown"))
    limit = nw.coalesce("by voters", "by received")
    full = full.with_columns(
        most=nw.max_horizontal(limit, seen), raised=(limit < nw.col("shown")).fill_null(value=False)
    )
    kinds = [~nw.col("by voters").is_null(), ~nw.col("by received").is_null(), nw.col("shown") > 0]
    kind: nw.Expr = nw.lit(NOTHING, nw.Int64)
    for number, there in reversed(list(enumerate(kinds))):
        kind = nw.when(there).then(nw.lit(number, nw.Int64)).otherwise(kind)
    places = {"node": node_of("unit"), "station": station_of("unit")}
    kept = ("node", "station", *items, "most", "kind", "shown", "raised")
    return full.with_columns(kind=kind, **places).select(*kept)


def _shown(names: Collection[str], items: Sequence[str]) -> nw.Expr:
    """The ballots that theirs shows: the largest of what its boxes say.

    The valid ones are those of the candidates where it does not say.
    """
    there = {box: nw.col(f"{box}|t") for box in CAST if f"{box}|t" in names}
    candidates = nw.sum_horizontal(*items)
    valid = nw.max_horizontal(candidates, there["valid"]) if "valid" in there else candidates
    sums = [nw.sum_horizontal(valid, there["invalid"]) if "invalid" in there else valid]
    if "cast" in there:
        sums.append(there["cast"])
    return nw.max_horizontal(*sums).fill_null(0).cast(nw.Int64)


def _outside(frame: Frame, race: Race, stood: Mapping[int, str]) -> Frame:
    """The units that lie in no region for which a form stands."""
    named = frame.join(race.up.drop("level"), on="node", how="left")
    lies = (nw.col(f"up{level}").is_in(list(stood)) for level in range(TPS))
    return named.filter(~nw.any_horizontal(*lies, ignore_nulls=True)).select(frame.columns)


def _standing(race: Race, theirs: Side, stood: Mapping[int, str]) -> Iterator[Frame]:
    """The regions for which a form of theirs stands: each is a unit without our form."""
    nodes = [
        node
        for node, whose in stood.items()
        if whose == "theirs" and not any(above in stood for above in race.regions.above(node))
    ]
    levels = {race.regions.nodes.level[node] for node in nodes}
    boxes = [box for box in BOXES if box in theirs.forms.boxes]
    for level in sorted(levels):
        forms = theirs.forms.forms.filter(nw.col("level") == level)
        figures = (
            nw.when((nw.col(box) > 0) | nw.lit(box not in LIMITS))
            .then(nw.col(box))
            .alias(f"{box}|t")
            for box in boxes
        )
        raw = engine.collect(forms.select("unit", *race.items, *figures))
        yield _bounded(raw, race.items).filter(nw.col("node").is_in(nodes))


def _unseen(race: Race, nodes: set[int], unit_level: int, stood: Mapping[int, str]) -> int:
    """How many regions of a list nobody holds anything of, inside the contest's own region."""
    listed = [at for at in range(unit_level + 1) if race.regions.listed(at)]
    if not listed:
        return 0
    above = race.up.filter(nw.col("node").is_in(list(nodes)))[f"up{listed[-1]}"]
    held = {*above.to_list(), *nodes}
    return sum(
        race.holds(node) and not any(one in stood for one in race.regions.above(node))
        for node in race.regions.listed(listed[-1])
        if node not in held
    )
