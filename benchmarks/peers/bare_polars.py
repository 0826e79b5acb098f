"""OURS THEIRS DIFFERING: Polars only. Joins, sums at four levels, writes the stations that differ.

The task is laid out for this one election beforehand: columns known, types inferred, no check of a
cell, no address, no finding. Prints {"compared": n, "differs": n}.
"""

from __future__ import annotations

import json
import sys

import polars as pl

PLACE = ["provinsi", "kabkota", "kecamatan", "desa"]
FIGURES = ["ours_1", "ours_2", "theirs_1", "theirs_2"]


def side(path: str, prefix: str, name: str) -> pl.LazyFrame:
    """One side: the place, and two figures under common names."""
    table = pl.scan_csv(path, schema_overrides={"kode_desa": pl.String})
    figures = {f"{name}_{pair}": pl.col(f"{prefix}_pas{pair}") for pair in (1, 2)}
    return table.select(*PLACE, "tps", **figures)


def sums(stations: pl.DataFrame) -> list[pl.DataFrame]:
    """Totals of desa, then of what lies above, each from the level below."""
    desa = stations.lazy().group_by(PLACE).agg(pl.col(FIGURES).sum())
    totals = [desa.collect(engine="streaming")]
    for depth in (3, 2, 1):
        totals.append(totals[-1].group_by(PLACE[:depth]).agg(pl.col(FIGURES).sum()))
    return totals


def main(ours: str, theirs: str, differing: str) -> None:
    """Do the whole task once."""
    lazy = side(ours, "kp", "ours").join(
        side(theirs, "situng", "theirs"), on=[*PLACE, "tps"], how="full", coalesce=True
    )
    stations = lazy.collect(engine="streaming")
    full = stations.drop_nulls(FIGURES)
    first = pl.col("ours_1") != pl.col("theirs_1")
    second = pl.col("ours_2") != pl.col("theirs_2")
    differs = full.filter(first | second)
    differs.write_csv(differing)
    sums(stations)
    print(json.dumps({"compared": full.height, "differs": differs.height}))


if __name__ == "__main__":
    main(*sys.argv[1:])
