"""Lays the small figures of these tests out anew: `python -m tests.audit.lay_out [FOLDER]`.

FOLDER holds the vectors, which were computed by other programs; a second run writes the same bytes.

kaltim_like.csv: 103 batches that add up to the totals of Pilgub Kalimantan Timur 2018 (417,711,
324,224, 302,987 and 288,166 votes); how they are split is made up (01_kaltim_like_macro_wr.json).
ca_3.csv: the 42 batches drawn in Mark Lindeman, A Kaplan-Markov auditing example using 2008
California data (2010), from github.com/nealmcb/kaplan_markov (03_lindeman_ca_cd3_2008.json).
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parents[2] / "shared" / "data" / "audit_vectors"


def lay_out(folder: Path) -> None:
    """Write both files beside this one."""
    kaltim = _read(folder / "01_kaltim_like_macro_wr.json")["batches"]
    votes = ["P1", "P2", "P3", "P4"]
    _write("kaltim_like", ["id", *votes, "bound"], (_row(one, votes) for one in kaltim))
    drawn = _read(folder / "03_lindeman_ca_cd3_2008.json")["sampled_batches"]
    names = ["Lungren", "Durston", "Tuma", "Padilla"]
    heads = ["id", *names, "bound", *(f"form {name}" for name in names), "drawn", "factor"]
    more = "times_drawn", "km_factor_published"
    rows = (
        [*_row(one, names), *_votes(one["audited"], names), *(one[key] for key in more)]
        for one in drawn
    )
    _write("ca_3", heads, rows)


def _row(batch: dict[str, Any], names: list[str]) -> list[Any]:
    return [batch["id"], *_votes(batch["votes"], names), batch["bound"]]


def _votes(votes: dict[str, int], names: list[str]) -> list[int]:
    return [votes[name] for name in names]


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _write(name: str, heads: list[str], rows: Iterable[list[Any]]) -> None:
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]) if len(sys.argv) > 1 else VECTORS)
