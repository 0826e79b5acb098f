"""What a diagnosis may look at: the figures that differ, their units, neighbours, parts and past.

Everything here is an eager Polars frame. `rows` is the one that causes are given to.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from recount import engine
from recount.diagnoses._slips import UNTOLD, told
from recount.verdict import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recount.diagnoses._slips import Told
    from recount.engine import Frame, Lazy
    from recount.regions import Regions

FOUND: dict[str, nw.dtypes.DType] = {
    "row": nw.UInt32(),
    "mark": nw.String(),
    "chance": nw.Float64(),
}
"""What a member finds: the number of a row in `Seen.rows`, what it saw there (short, for machines),
and how often this would fit by chance here, 0 to 1. At most one line per row."""

CANDIDATE = "candidate:"


class Asked(NamedTuple):
    """What there is to be explained.

    `shown`, `levels`: as in reconcile.Compared. `items`: the boxes compared. `up`:
    aggregate.ancestors. `everyone`: a level's number in, all regions of that level that either side
    has out, those that agree among them: `unit`, `node`, per item `<item>|o`, `<item>|t` (eager).
    `earlier`: figures of theirs from captures before this one, where there are any: `level`,
    `unit`, `item`, `taken_at` (ISO), `figure`.
    """

    shown: Frame
    levels: tuple[int, ...]
    items: tuple[str, ...]
    regions: Regions
    up: Frame
    everyone: Callable[[int], Frame]
    earlier: Frame | None = None
    forms: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    parts: Callable[[int], Frame] | None = None


Pair = tuple[int, int, bool]
"""Ours, theirs and `slip` as in Seen."""


class Seen(NamedTuple):
    """The same, laid out for the members.

    `rows`: one per figure that is not equal: `row` (its number), `at` (its unit's number), `level`,
    `unit`, `node`, `station`, `item`, `status` (verdict.CODE), `ours`, `theirs` (null: blank or not
    there) and `own`: whether somebody can have written a wrong figure here. That is so where both
    sides are whole, at least one has a form of this very level, and the difference is not just that
    of the parts that are compared one level below: a sum nobody wrote cannot be misread, and what
    came up from a part is explained there. `near`: how many numbers are at least as near to the
    smaller figure as the other one is (without itself, none below 0); null where a figure is.
    `slip`: whether a checksum proves that one of the two is wrong (see `_slips`); `sound`: whether
    it may well be right on both sides, each for itself: the sums hold there, or it is the figure of
    more than a TPS, where many a small difference comes together, and no checksum proves a slip.
    `written`: the rows in which both figures are known and can have been written wrongly; `pair`:
    the number of its two figures in `pairs`, which are `ours`, `theirs`, `slip`.
    `units`: the units of `rows`, a row each: `at`, `level`, `unit`, `node`, `station`, per item
    `<item>|o`, `|t`, `|s`.
    """

    rows: Frame
    written: Frame
    pairs: tuple[Pair, ...]
    units: Frame
    asked: Asked

    @property
    def items(self) -> tuple[str, ...]:
        """The boxes compared."""
        return self.asked.items

    @property
    def candidates(self) -> tuple[str, ...]:
        """The candidates' boxes among them."""
        return tuple(item for item in self.items if item.startswith(CANDIDATE))


def see(asked: Asked) -> Seen:
    """Lay out what is not equal."""
    units = asked.shown.with_row_index("at")
    candidates = [item for item in asked.items if item.startswith(CANDIDATE)]
    sums = told(asked.items, candidates)
    lazy = units.lazy()  # so that Polars does it in one go
    parts = [_of_item(lazy, item, sums.get(item, UNTOLD)) for item in asked.items]
    rows = engine.collect(nw.concat(parts)).with_row_index("row")
    distance = near(nw.col("ours"), nw.col("theirs"))
    rows = rows.with_columns(near=distance, of_parts=_from_parts(rows, asked))
    rows = rows.with_columns(own=nw.col("own") & ~nw.col("of_parts")).drop("of_parts")
    written = rows.filter(nw.col("own") & (nw.col("status") == CODE["differs"]))
    keys = ["ours", "theirs", "slip"]
    pairs = written.select(keys).unique().with_row_index("pair")
    written = written.join(pairs, on=keys, how="left")
    return Seen(rows, written, tuple(pairs.drop("pair").iter_rows()), units, asked)


def near(ours: nw.Expr, theirs: nw.Expr) -> nw.Expr:
    """How many other numbers are at least as near to the smaller figure; none is below 0.

    Nobody knows which side is wrong: around the greater one there are more, and each says less.
    """
    apart = (ours - theirs).abs()
    return apart + nw.min_horizontal(apart, ours, theirs)


def _of_item(units: Lazy, item: str, sums: Told) -> Lazy:
    status = nw.col(f"{item}|s")
    return units.filter(status != CODE["equal"]).select(
        *("at", "level", "unit", "node", "station"),
        nw.lit(item).alias("item"),
        status.alias("status"),
        nw.col(f"{item}|o").alias("ours"),
        nw.col(f"{item}|t").alias("theirs"),
        nw.col("own"),
        sums.slip.alias("slip"),
        (sums.sound | ((nw.col("station") < 0) & ~sums.slip)).alias("sound"),
    )


def _from_parts(rows: Frame, asked: Asked) -> nw.Series[Any]:
    """Whether a row's difference is that of its parts, as compared one level below."""
    sums = [_sums(rows, asked, above, at) for above, at in _steps(asked.levels)]
    if not sums:
        return engine.marked(rows["row"].head(0), len(rows))
    whole = rows.filter(nw.col("station") < 0)
    beside = whole.join(nw.concat(sums), on=["level", "node", "item"], how="inner")
    same = beside.filter(nw.col("parts") == _difference())["row"]
    return engine.marked(same, len(rows))


def _steps(levels: Sequence[int]) -> list[tuple[int, int]]:
    """Each compared level with the next one below it that is compared, too."""
    ordered = sorted(levels)
    return list(pairwise(ordered))


def _sums(rows: Frame, asked: Asked, above: int, level: int) -> Frame:
    """What the differences at a level come to in the regions of the level above it."""
    here = rows.filter(nw.col("level") == level)
    here = here.with_columns(engine.gather(asked.up[f"up{above}"], here["node"]).alias("node"))
    summed = here.group_by("node", "item").agg(_difference().sum().alias("parts"))
    return summed.with_columns(level=nw.lit(above, nw.Int8))


def _difference() -> nw.Expr:
    return nw.col("ours") - nw.col("theirs")


def known(units: Frame, item: str, side: str) -> nw.Expr:
    """A unit's figure as an expression; null where the item is not compared."""
    return nw.col(f"{item}|{side}") if f"{item}|{side}" in units.columns else nw.lit(None, nw.Int64)


def found(frame: Frame) -> Frame:
    """Bring what was found into shape; where several fit one row, the first one stands."""
    return frame.select(*FOUND).unique("row", keep="first", maintain_order=True)


def nothing(seen: Seen) -> Frame:
    """What a cause finds that cannot be looked for here."""
    return found(seen.rows.head(0).with_columns(mark=nw.lit(""), chance=nw.lit(0.0)))
