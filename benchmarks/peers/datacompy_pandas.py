"""OURS THEIRS DIFFERING: datacompy over pandas; joins and compares, adds nothing up.

As in datacompy_polars.py. Prints {"compared": n, "differs": n}.
"""

from __future__ import annotations

import json
import sys

import pandas as pd
from datacompy import PandasCompare  # type: ignore[import-not-found, unused-ignore]

KEY = ["provinsi", "kabkota", "kecamatan", "desa", "tps"]


def side(path: str, prefix: str) -> pd.DataFrame:
    """One side: the place, and two figures under common names."""
    names = {f"{prefix}_pas1": "v1", f"{prefix}_pas2": "v2"}
    return pd.read_csv(path, usecols=[*KEY, *names]).rename(columns=names)


def main(ours: str, theirs: str, differing: str) -> None:
    """Compare once."""
    compared = PandasCompare(side(ours, "kp"), side(theirs, "situng"), join_columns=KEY)
    full = compared.intersect_rows.dropna(subset=["v1_df1", "v2_df1", "v1_df2", "v2_df2"])
    differs = full[~(full["v1_match"] & full["v2_match"])]
    differs.to_csv(differing, index=False)
    print(json.dumps({"compared": len(full), "differs": len(differs)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
