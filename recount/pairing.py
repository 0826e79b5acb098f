"""Units of both sides in, paired units and their sums out; nobody's unit disappears in a join."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount import engine
from recount.aggregate import node_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame, Lazy

SUMS = ("co", "ct", "so", "st", "cor", "ctr", "sor", "str")
"""Per item: figures of common units (`c`) or of all units of a side (`s`), ours and theirs, and
with `r` behind it how many units were read for them."""


def pair(ours: Lazy, theirs: Lazy, items: Sequence[str]) -> Lazy:
    """Pair the units of both sides by region.

    Out: `unit`, `o`, `t` (1 where the side has a form), per item `<item>|o`, `|t` and
    `|or`, `|tr` (units read for it), and `oe`, `te` (units expected, null where not known).
    """
    reads = [*_single_reads(ours, items, "o"), *_single_reads(theirs, items, "t")]
    left = _renamed(ours, items, "o")
    right = _renamed(theirs, items, "t").rename({"unit": "unit_t"})
    joined = left.join(right, left_on="unit", right_on="unit_t", how="full")
    return joined.with_columns(*reads, unit=nw.coalesce("unit", "unit_t")).drop("unit_t")


def _single_reads(side: Lazy, items: Sequence[str], mark: str) -> list[nw.Expr]:
    """How many units were read, where a side's units are single forms: counted after the join."""
    if "expected" in side.collect_schema().names():
        return []
    flags = [
        (~nw.col(f"{item}|{mark}").is_null()).cast(nw.Int64).alias(f"{item}|{mark}r")
        for item in items
    ]
    return [*flags, nw.lit(1, nw.Int64).alias(f"{mark}e")]


def _renamed(added: Lazy, items: Sequence[str], side: str) -> Lazy:
    names = added.collect_schema().names()
    columns: list[nw.Expr] = []
    for item in items:
        known = item in names
        # No unit is below 0: a column of nulls, which pandas cannot make of a null alone.
        figure = nw.col(item) if known else nw.when(nw.col("unit") < 0).then(nw.col("unit"))
        columns.append(figure.alias(f"{item}|{side}"))
        if "expected" in names:
            read = nw.col(f"{item}.read") if known else nw.lit(0, nw.Int64)
            columns.append(read.alias(f"{item}|{side}r"))
    if "expected" in names:
        columns.append(nw.col("expected").alias(f"{side}e"))
    return added.select("unit", *columns, nw.lit(1, nw.Int8).alias(side))


def sum_by_node(paired: Lazy, items: Sequence[str]) -> Lazy:
    """Add paired units up by node: SUMS per item, `po`, `pt` forms, `oe`, `te` units expected."""
    columns: list[nw.Expr] = []
    for item in items:
        ours, theirs = nw.col(f"{item}|o"), nw.col(f"{item}|t")
        both = ~ours.is_null() & ~theirs.is_null()
        columns += [
            nw.when(both).then(ours).alias(f"{item}|co"),
            nw.when(both).then(theirs).alias(f"{item}|ct"),
            ours.alias(f"{item}|so"),
            theirs.alias(f"{item}|st"),
            nw.when(both).then(nw.col(f"{item}|or")).alias(f"{item}|cor"),
            nw.when(both).then(nw.col(f"{item}|tr")).alias(f"{item}|ctr"),
            nw.col(f"{item}|or").alias(f"{item}|sor"),
            nw.col(f"{item}|tr").alias(f"{item}|str"),
        ]
    # A unit that one side does not have at all is expected of it, once.
    ready = paired.select(
        node_of("unit").alias("node"),
        *columns,
        nw.col("o").alias("po"),
        nw.col("t").alias("pt"),
        nw.col("oe").fill_null(1),
        nw.col("te").fill_null(1),
    )
    return _summed(ready, "node", items)


def with_missing(sums: Frame, nodes: Sequence[int]) -> Frame:
    """Add units that are known to exist though neither side has them: expected, never read."""
    known = set(sums["node"].to_list()) if nodes else set()
    missing = [node for node in nodes if node not in known]
    if not missing:
        return sums
    columns = {name: [0] * len(missing) for name in sums.columns}
    columns |= {"node": missing, "oe": [1] * len(missing), "te": [1] * len(missing)}
    return nw.concat([sums, engine.table(columns, sums.schema)])


def _summed(frame: Lazy, by: str, items: Sequence[str]) -> Lazy:
    names = [*(f"{item}|{kind}" for item in items for kind in SUMS), "po", "pt", "oe", "te"]
    return frame.group_by(by).agg(nw.col(*names).sum()).with_columns(nw.col(*names).cast(nw.Int64))


def raise_sums(sums: Frame, up: Frame, level: int, items: Sequence[str]) -> Frame:
    """Add sums up to the regions of the next level; what has none there stays as it is."""
    above = up.select("node", nw.col(f"up{level}").alias("above"))
    raised = sums.join(above, on="node", how="left").drop("node").lazy()
    return _summed(raised, "above", items).rename({"above": "node"}).collect()
