"""All candidates have more votes on one side: the same number more, the same share, or just more.

The mark is `+10` (theirs of every candidate are 10 more), `*1.10` (about a tenth more), or `+` or
`-` alone. Source: 41 of the 36,163 TPS of 2019 that differ have as many more for both.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

from recount.diagnoses._seen import CANDIDATE, found, near, nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.diagnoses._seen import Seen
    from recount.engine import Frame

RATE = 0.02
WHOLE = True


def find(seen: Seen) -> Frame:
    """Find the units; by chance all go one way as coins fall, or each is as far as the first."""
    items = seen.candidates
    rows = seen.written.filter(nw.col("item").str.starts_with(CANDIDATE))
    whole = rows.filter(nw.len().over("at") == len(items))
    if len(items) < 2 or whole.is_empty():  # noqa: PLR2004 - one alone is no "all"
        return nothing(seen)
    units = seen.units.join(whole.select("at").unique(), on="at", how="inner")
    raised = nw.concat(_ways(units.filter(_one_way(items)), items))
    best = raised.sort("chance").unique("at", keep="first", maintain_order=True)
    return found(whole.join(best, on="at", how="inner"))


def _ways(units: Frame, items: Sequence[str]) -> list[Frame]:
    """What all of them may have in common, each with its chance: amount, share, or direction."""
    more = _more(items[0])
    number = more.cast(nw.String)
    signed = nw.when(more > 0).then(nw.concat_str(nw.lit("+"), number)).otherwise(number)
    sums = [reduce(nw.Expr.__add__, (nw.col(f"{i}|{side}") for i in items)) for side in "to"]
    share = sums[0] / sums[1]
    times = nw.concat_str(nw.lit("*"), share.round(2).cast(nw.String))
    direction = nw.when(more > 0).then(nw.lit("+")).otherwise(nw.lit("-"))
    alike = _all([_more(item) == more for item in items])
    scaled = _all([(nw.col(f"{i}|t") - nw.col(f"{i}|o") * share).abs() <= 1 for i in items])
    coins = nw.lit(2.0 ** (1 - len(items)))
    return [
        _way(units.filter(alike), signed, _by_chance(items, 1)),
        _way(units.filter(scaled & (sums[1] > 0)), times, _by_chance(items, 3)),
        _way(units, direction, coins),
    ]


def _way(units: Frame, mark: nw.Expr, chance: nw.Expr) -> Frame:
    return units.select("at", mark.alias("mark"), chance.alias("chance"))


def _by_chance(items: Sequence[str], width: int) -> nw.Expr:
    """That every other one comes out right, too, or off by one where `width` is 3."""
    others = (
        (width / near(nw.col(f"{item}|o"), nw.col(f"{item}|t"))).clip(0.0, 1.0)
        for item in items[1:]
    )
    return reduce(nw.Expr.__mul__, others)


def _more(item: str) -> nw.Expr:
    return nw.col(f"{item}|t") - nw.col(f"{item}|o")


def _one_way(items: Sequence[str]) -> nw.Expr:
    """All have more, or all less; a side without a single vote has not raised anything."""
    votes = _all([nw.max_horizontal(*(nw.col(f"{i}|{side}") for i in items)) > 0 for side in "ot"])
    more, less = ([_more(i) > 0 for i in items], [_more(i) < 0 for i in items])
    return votes & (_all(more) | _all(less))


def _all(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return reduce(nw.Expr.__and__, conditions)
