"""OURS THEIRS DIFFERING: a pandas merge, sums at four levels, writes the stations that differ.

As in bare_polars.py everything is known beforehand. Prints {"compared": n, "differs": n}.
"""

from __future__ import annotations

import json
import sys

import pandas as pd

PLACE = ["provinsi", "kabkota", "kecamatan", "desa"]
OURS = ["kp_pas1", "kp_pas2"]
THEIRS = ["situng_pas1", "situng_pas2"]


def main(ours: str, theirs: str, differing: str) -> None:
    """Do the whole task once."""
    key = [*PLACE, "tps"]
    left = pd.read_csv(ours, usecols=[*key, *OURS])
    right = pd.read_csv(theirs, usecols=[*key, *THEIRS])
    stations = left.merge(right, on=key, how="outer")
    full = stations.dropna(subset=[*OURS, *THEIRS])
    first = full["kp_pas1"] != full["situng_pas1"]
    second = full["kp_pas2"] != full["situng_pas2"]
    differs = full[first | second]
    differs.to_csv(differing, index=False)
    totals = stations.groupby(PLACE)[[*OURS, *THEIRS]].sum()
    for depth in (3, 2, 1):
        totals = totals.groupby(level=PLACE[:depth]).sum()
    print(json.dumps({"compared": len(full), "differs": len(differs)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
