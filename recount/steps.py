"""A series of captures in, its steps out: each figure beside the one before it, all at once.

A step goes from one known figure to the next known one: what is withheld or blank in between is
passed over, and never compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from recount.series import COUNTED, MARK, TOTAL

if TYPE_CHECKING:
    from recount.engine import Frame
    from recount.series import Series

PLACE = ["contest", "unit"]
NEARLY = 0.1
"""Two opposite amounts are nearly equal when they differ by at most this share of the larger."""

LEAST = 5
"""Votes that must have moved at least before two opposite amounts count as a transfer."""

_ASIDE = ["at", "seen", COUNTED, TOTAL, MARK]


def figures(series: Series) -> Frame:
    """Every figure that has one before it.

    Columns: contest, unit, level, item, before, after, change, and at, seen, COUNTED, TOTAL, MARK
    of the later one, and with ` before` behind the name of the earlier one.
    """
    long = series.rows.unpivot(
        on=list(series.items),
        index=["level", *PLACE, *_ASIDE],
        variable_name="item",
        value_name="after",
    )
    return _stepped(long.filter(~nw.col("after").is_null()), [*PLACE, "item"])


def totals(series: Series) -> Frame:
    """The sum of all candidates of every region, step by step: as `figures`, without item."""
    runners = [nw.col(item) for item in series.runners]
    sums = _full(series).with_columns(after=nw.sum_horizontal(*runners))
    return _stepped(sums.select("level", *PLACE, *_ASIDE, "after"), PLACE)


def leads(series: Series) -> Frame:
    """The steps at which another candidate came to lead; of a tie nobody leads.

    Columns: as `totals`, `before` and `after` being margins; `leader`, `leader before`.
    """
    runners = series.runners
    top = nw.max_horizontal(*runners)
    rows = _full(series).with_columns(top=top)
    first = nw.coalesce(
        *(nw.when(nw.col(one) == nw.col("top")).then(nw.lit(one)) for one in runners)
    )
    many = nw.sum_horizontal(*((nw.col(one) == nw.col("top")).cast(nw.Int64) for one in runners))
    rest = (nw.when(nw.col(one) < nw.col("top")).then(nw.col(one)) for one in runners)
    rows = rows.with_columns(
        first.alias("leader"), many.alias("many"), after=nw.col("top") - nw.max_horizontal(*rest)
    )
    rows = rows.filter((nw.col("many") == 1) & ~nw.col("after").is_null())
    kept = rows.select("level", *PLACE, *_ASIDE, "after", "leader")
    stepped = _stepped(kept, PLACE, "leader")
    return stepped.filter(nw.col("leader") != nw.col("leader before"))


def progress_back(series: Series) -> Frame:
    """The steps at which fewer TPS were in than before; before, after and change count TPS."""
    rows = series.rows.filter(~nw.col(COUNTED).is_null()).with_columns(after=nw.col(COUNTED))
    stepped = _stepped(rows.select("level", *PLACE, *_ASIDE, "after"), PLACE)
    return stepped.filter(nw.col("change") < 0)


def _full(series: Series) -> Frame:
    """The rows with as many candidates as their region has ever had."""
    known = nw.sum_horizontal(*((~nw.col(one).is_null()).cast(nw.Int64) for one in series.runners))
    rows = series.rows.with_columns(known=known)
    rows = rows.with_columns(most=nw.col("known").max().over(*PLACE))
    return rows.filter((nw.col("known") == nw.col("most")) & (nw.col("known") > 0))


def _stepped(rows: Frame, keys: list[str], *more: str) -> Frame:
    before = ("after", *_ASIDE, *more)
    shifted = [
        nw.col(name).shift(1).over(*keys, order_by="at").alias(f"{name} before") for name in before
    ]
    stepped = rows.with_columns(*shifted).filter(~nw.col("at before").is_null())
    stepped = stepped.rename({"after before": "before"})
    return stepped.with_columns(change=nw.col("after") - nw.col("before"))


def exchanges(steps: Frame) -> Frame:
    """Of the steps of candidates those at which two of them had each other's figure afterwards."""
    moved = steps.filter(nw.col("change") != 0)
    keys = [*PLACE, "at"]
    other = moved.select(*keys, nw.col("item", "before", "after").name.suffix(" other"))
    both = moved.join(other, on=keys, how="inner")
    crossed = (nw.col("before") == nw.col("after other")) & (
        nw.col("after") == nw.col("before other")
    )
    return both.filter(crossed & (nw.col("change") < 0))


def transfers(steps: Frame) -> Frame:
    """Of the steps of candidates those at which one fell about as much as another rose.

    One row per region and step: the one that fell most, and the one that rose most.
    """
    keys = [*PLACE, "at"]
    falls, rises = steps.filter(nw.col("change") < 0), steps.filter(nw.col("change") > 0)
    least = nw.col("change") == nw.col("change").min().over(*keys)
    most = nw.col("change") == nw.col("change").max().over(*keys)
    fall = falls.filter(least).unique(keys, keep="first", order_by="item")
    rise = rises.filter(most).unique(keys, keep="first", order_by="item")
    other = rise.select(*keys, nw.col("item", "before", "after", "change").name.suffix(" other"))
    both = fall.join(other, on=keys, how="inner")
    down, up = -nw.col("change"), nw.col("change other")
    larger = nw.max_horizontal(down, up)
    near = (down - up).abs() <= larger * NEARLY
    return both.filter(near & (nw.min_horizontal(down, up) >= LEAST))


def presences(series: Series, parents: nw.Series[Any]) -> Frame:
    """The captures at which a region was there or not, as far as its siblings were.

    Columns: contest, unit, level, at, `there`, `there before` (null at the first one). A region
    whose siblings are missing too was not asked for, or its answer is a gap: nothing is known.
    `parents`: the parent of each row.
    """
    rows = series.rows.with_columns(parents.alias("parent"), there=nw.lit(value=True))
    group = ["contest", "parent", "level"]
    units, ats = rows.select(*group, "unit").unique(), rows.select(*group, "at").unique()
    grid = units.join(ats, on=group, how="inner")
    keys = [*PLACE, "at"]
    seen = grid.join(rows.select(*keys, "there"), on=keys, how="left")
    seen = seen.with_columns(nw.col("there").fill_null(value=False))
    before = nw.col("there").shift(1).over(*PLACE, order_by="at").alias("there before")
    stepped = seen.with_columns(
        before, nw.col("at").shift(1).over(*PLACE, order_by="at").alias("at before")
    )
    return stepped.filter(nw.col("there") != nw.col("there before"))


def holdings(series: Series) -> Frame:
    """The captures at which a region's figures began to be withheld, or came back."""
    said = nw.col("held") | (nw.sum_horizontal(*series.items).cast(nw.Int64) > 0).fill_null(
        value=False
    )
    rows = series.rows.filter(said).select("level", *PLACE, *_ASIDE, "held")
    shifted = [
        nw.col(name).shift(1).over(*PLACE, order_by="at").alias(f"{name} before")
        for name in ("held", *_ASIDE)
    ]
    stepped = rows.with_columns(*shifted)
    began = nw.col("held") & ~nw.col("held before").fill_null(value=False)
    back = ~nw.col("held") & nw.col("held before").fill_null(value=False)
    return stepped.filter(began | back)


def front(series: Series) -> dict[str, tuple[str, ...]]:
    """The first two candidates of each contest, by the largest region at its last known capture."""
    rows = _full(series).sort("level", TOTAL, "at", descending=[False, True, True], nulls_last=True)
    tops = rows.unique("contest", keep="first", maintain_order=True)
    ranked = {}
    for row in tops.iter_rows(named=True):
        known = [item for item in series.runners if row[item] is not None]
        ranked[row["contest"]] = tuple(sorted(known, key=lambda item: -row[item])[:2])
    return ranked


def settled(series: Series) -> dict[tuple[str, str], int]:
    """The last figures of a series, by printed region and box."""
    last = series.rows.sort("at").unique(PLACE, keep="last", maintain_order=True)
    return {
        (series.regions.printed(row["unit"]), item): row[item]
        for row in last.iter_rows(named=True)
        for item in series.items
        if row[item] is not None
    }
