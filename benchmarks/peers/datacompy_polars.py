"""OURS THEIRS DIFFERING: datacompy over Polars; joins and compares, adds nothing up.

Runs in the environment that run.py makes for it. What it reads from `intersect_rows` is the
quickest way to the differing rows: its reports come on top. Prints {"compared": n, "differs": n}.
"""

from __future__ import annotations

import json
import sys

import polars as pl
from datacompy import PolarsCompare  # type: ignore[import-not-found, unused-ignore]

KEY = ["provinsi", "kabkota", "kecamatan", "desa", "tps"]


def side(path: str, prefix: str) -> pl.DataFrame:
    """One side: the place, and two figures under common names."""
    table = pl.scan_csv(path, schema_overrides={"kode_desa": pl.String})
    return table.select(*KEY, v1=f"{prefix}_pas1", v2=f"{prefix}_pas2").collect()


def main(ours: str, theirs: str, differing: str) -> None:
    """Compare once."""
    compared = PolarsCompare(side(ours, "kp"), side(theirs, "situng"), join_columns=KEY)
    full = compared.intersect_rows.drop_nulls(["v1_df1", "v2_df1", "v1_df2", "v2_df2"])
    differs = full.filter(~(pl.col("v1_match") & pl.col("v2_match")))
    differs.write_csv(differing)
    print(json.dumps({"compared": full.height, "differs": differs.height}))


if __name__ == "__main__":
    main(*sys.argv[1:])
