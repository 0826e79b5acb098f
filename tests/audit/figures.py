"""The small figures of these tests, laid out by lay_out.py, as batches."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from recount.audit import Batch, Frame, claims, frame, totals

HERE = Path(__file__).resolve().parent
SEED = "20180627-KALTIM"


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def batches(name: str, candidates: tuple[str, ...], mark: str = "") -> list[Batch]:
    return [
        Batch(row["id"], {c: int(row[mark + c]) for c in candidates}, int(row["bound"]))
        for row in rows(name)
    ]


@cache
def kaltim() -> Frame:
    found = batches("kaltim_like", ("P1", "P2", "P3", "P4"))
    return frame(found, claims(totals(found)))


def reported(of: Frame) -> dict[str, dict[str, int]]:
    return {batch.id: dict(batch.votes) for batch in of.batches}
