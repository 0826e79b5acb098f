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
    level: str = "kecamatan",
    **options: object,
) -> dict[tuple[str, str], list[Cause]]:
    """Reconcile units (a name -> its figures by ours and by theirs): (name, item) -> its causes."""
    sides = [
        pl.DataFrame(
            {
                level: list(units),
                **{
                    HEADINGS[item]: pl.Series(
                        [pair[side][at] for pair in units.values()], dtype=pl.Int64
                    )
                    for at, item in enumerate(items)
                },
            }
        )
        for side in (0, 1)
    ]
    given = Options(levels=(level,), **options)  # type: ignore[arg-type]
    result = api.reconcile_with(sides[0], sides[1], given)
    return causes(result.comparisons.to_native())


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
