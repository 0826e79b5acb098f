"""Figures of both sides in, what `reconcile` says of their causes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from recount import api
from recount.options import Options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADINGS = {"candidate:1": "suara_1", "candidate:2": "suara_2", "candidate:3": "suara_3",
            "candidate:4": "suara_4", "candidate:5": "suara_5", "valid": "sah",
            "invalid": "tidak_sah", "cast": "jumlah_sah_dan_tidak_sah"}  # fmt: skip
FORM = ("candidate:1", "candidate:2", "valid", "invalid", "cast")


class Cause(NamedTuple):
    """One possible cause of one figure."""

    id: str
    mark: str
    chance: float


def explained(
    units: Mapping[str, tuple[Sequence[int | None], Sequence[int | None]]],
    items: Sequence[str] = FORM,
    **options: object,
) -> dict[tuple[str, str], list[Cause]]:
    """Reconcile TPS (a name -> its figures by ours and by theirs): (name, item) -> its causes."""
    given = Options(levels=("tps",), **options)  # type: ignore[arg-type]
    ours, theirs = (_side([pair[side] for pair in units.values()], items) for side in (0, 1))
    found = causes(api.reconcile_with(ours, theirs, given).comparisons.to_native())
    names = {f"TPS {number:03}": name for number, name in enumerate(units, start=1)}
    return {(names[name], item): causes_ for (name, item), causes_ in found.items()}


def _side(units: Sequence[Sequence[int | None]], items: Sequence[str]) -> pl.DataFrame:
    figures = {
        HEADINGS[item]: pl.Series([unit[at] for unit in units], dtype=pl.Int64)
        for at, item in enumerate(items)
    }
    return pl.DataFrame({"desa": ["D"] * len(units), "tps": range(1, len(units) + 1), **figures})


def causes(comparisons: pl.DataFrame) -> dict[tuple[str, str], list[Cause]]:
    """What a frame of comparisons says: (name, item) -> its causes."""
    columns = ("name", "item", "causes", "cause_marks", "cause_chances")
    return {
        (name, item): [Cause(*one) for one in zip(*lists, strict=True)]
        for name, item, *lists in comparisons.select(columns).iter_rows()
    }


def ids(found: Sequence[Cause]) -> list[str]:
    """Their ids alone."""
    return [one.id for one in found]
