"""What recount said of mistakes that are known in; how well each class is told out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from benchmarks.injecting import NOISE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Shares = Mapping[str, float]

UNEXPLAINED = "unexplained"


class Judged(NamedTuple):
    """How well one class is told; a region has the same weight however many figures differ.

    `regions`: with such a mistake. `named`, `first`: the share of them of which the class is among
    the causes, is the first one. `right`, `right_any`: the share of true ones among the claims that
    name the class first, at all. Of slips the right answer is none.
    """

    kind: str
    regions: int
    named: float
    first: float
    right: float
    right_any: float


def weighted(said: pl.DataFrame) -> pl.DataFrame:
    """Comparisons with the `first` cause of each, and its `weight` in its region."""
    first = pl.col("causes").list.first().fill_null(UNEXPLAINED)
    return said.with_columns(weight=1 / pl.len().over("region"), first=first)


def judged(truth: Mapping[str, str], said: pl.DataFrame) -> list[Judged]:
    """Hold the causes against the truth, by region."""
    known = pl.DataFrame({"region": [*truth], "kind": [*truth.values()]})
    rows = weighted(said.join(known, on="region", how="inner"))
    kinds = sorted({*truth.values()} - {NOISE})
    return [_of_class(rows, kind) for kind in (*kinds, NOISE)]


def _of_class(rows: pl.DataFrame, kind: str) -> Judged:
    true = pl.col("kind") == kind
    first = pl.col("first") == (UNEXPLAINED if kind == NOISE else kind)
    named = first if kind == NOISE else pl.col("causes").list.contains(pl.lit(kind))
    named = named.fill_null(value=False)
    count = rows.filter(true)["region"].n_unique()
    return Judged(
        kind,
        count,
        _share(rows, named, true),
        _share(rows, first, true),
        _share(rows, true, first),
        _share(rows, true, named),
    )


def _share(rows: pl.DataFrame, of: pl.Expr, among: pl.Expr) -> float:
    weights = rows.select(weight=pl.col("weight"), of=of, among=among).filter("among")
    part, whole = (float(one["weight"].sum()) for one in (weights.filter("of"), weights))
    return part / whole if whole else float("nan")


def confused(truth: Mapping[str, str], said: pl.DataFrame) -> dict[tuple[str, str], float]:
    """Which class was called what first: (class, cause) -> how many regions."""
    known = pl.DataFrame({"region": [*truth], "kind": [*truth.values()]})
    rows = weighted(said.join(known, on="region", how="inner"))
    counted = rows.group_by("kind", "first").agg(pl.col("weight").sum())
    return {(kind, first): weight for kind, first, weight in counted.iter_rows()}


def counted_real(said: pl.DataFrame, regions: Iterable[str]) -> dict[str, float]:
    """Of real errors the number of regions with each first cause, as `weight`s."""
    rows = weighted(said.filter(pl.col("region").is_in(list(regions))))
    counted = rows.group_by("first").agg(pl.col("weight").sum())
    return dict(counted.iter_rows())
