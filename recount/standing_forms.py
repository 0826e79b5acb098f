"""Forms of a level that also has sums of what is finer: which of the two is compared, and added.

Sums in (pairing.SUMS), and beside them each side's own forms of the level; out come the figures to
compare at this level, and the sums to add up further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from recount.aggregate import node_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recount.engine import Frame


def with_own(frame: Frame, own: Frame | None, mark: str, items: Sequence[str]) -> Frame:
    """Set a side's own forms of this level beside the sums; forms without sums get a row."""
    none = nw.lit(None, nw.Int64)
    blank = [none.alias(f"{item}|own_{mark}") for item in items]
    if own is None:
        return frame.with_columns(none.alias(f"own_{mark}"), *blank)
    known = [nw.col(item).alias(f"{item}|own_{mark}") for item in items if item in own.columns]
    unknown = [none.alias(f"{item}|own_{mark}") for item in items if item not in own.columns]
    renamed = own.select(
        node_of("unit").alias("node_own"),
        nw.lit(1, nw.Int64).alias(f"own_{mark}"),
        *known,
        *unknown,
    )
    joined = frame.join(renamed, left_on="node", right_on="node_own", how="full")
    counts = [name for name in frame.columns if name != "node" and "own_" not in name]
    return joined.with_columns(
        nw.coalesce("node", "node_own").alias("node"), nw.col(*counts).fill_null(0)
    ).drop("node_own")


def absorb(sums: Frame, items: Sequence[str]) -> Frame:
    """Let a form of this level stand for its region where its side has nothing finer below it.

    So that the levels above add it up; where anything finer is held, the form is never added.
    """
    columns: list[nw.Expr] = []
    for item in items:
        columns += _absorbed(item)
    counts = []
    for side in "ot":
        stands = (nw.col(f"p{side}") == 0) & ~nw.col(f"own_{side}").is_null()
        # One form is one of one, however many units the other side has below it.
        alone = stands | (nw.col(f"{side}e") == 0)
        counts += [
            nw.when(stands).then(1).otherwise(nw.col(f"p{side}")).alias(f"p{side}"),
            nw.when(alone).then(1).otherwise(nw.col(f"{side}e")).alias(f"{side}e"),
        ]
    return without_own(sums.with_columns(*columns, *counts))


def without_own(sums: Frame) -> Frame:
    """Put the forms of this level away again."""
    return sums.drop([name for name in sums.columns if "own_" in name])


def _absorbed(item: str) -> list[nw.Expr]:
    figure, read, stands = {}, {}, {}
    for side in "ot":
        own = nw.col(f"{item}|own_{side}")
        stands[side] = (nw.col(f"p{side}") == 0) & ~own.is_null()
        figure[side] = nw.when(stands[side]).then(own).otherwise(nw.col(f"{item}|s{side}"))
        read[side] = nw.when(stands[side]).then(1).otherwise(nw.col(f"{item}|s{side}r"))
    meets = (stands["o"] | stands["t"]) & (nw.col(f"{item}|cor") == 0)
    meets = meets & (read["o"] > 0) & (read["t"] > 0)
    columns = []
    for side in "ot":
        for kind, value in ((side, figure[side]), (f"{side}r", read[side])):
            common = nw.when(meets).then(value).otherwise(nw.col(f"{item}|c{kind}"))
            columns += [value.alias(f"{item}|s{kind}"), common.alias(f"{item}|c{kind}")]
    return columns


def figures(item: str) -> list[nw.Expr]:
    """Choose what is compared: a form of this level, else the sum over the common units."""
    common = nw.col(f"{item}|cor") > 0
    apart = (nw.col(f"{item}|sor") > 0) & (nw.col(f"{item}|str") > 0)
    own = {side: ~nw.col(f"{item}|own_{side}").is_null() for side in "ot"}
    any_own = own["o"] | own["t"]
    columns = []
    for side in "ot":
        form, all_, read = (
            nw.col(f"{item}|{kind}") for kind in (f"own_{side}", f"s{side}", f"s{side}r")
        )
        some = nw.when(read > 0).then(all_)
        one = nw.lit(1, nw.Int64)
        figure = (
            nw.when(own[side])
            .then(form)
            .otherwise(
                nw.when(any_own)
                .then(some)
                .otherwise(
                    nw.when(common)
                    .then(nw.col(f"{item}|c{side}"))
                    .otherwise(nw.when(~apart).then(some))
                )
            )
        )
        count = (
            nw.when(own[side])
            .then(one)
            .otherwise(nw.when(any_own | ~common).then(read).otherwise(nw.col(f"{item}|c{side}r")))
        )
        expected = nw.when(own[side]).then(one).otherwise(nw.col(f"{side}e"))
        columns += [
            figure.alias(f"{item}|{side}"),
            count.fill_null(0).alias(f"{item}|{side}r"),
            expected.fill_null(0).alias(f"{item}|{side}e"),
        ]
    return columns


def complete(item: str) -> nw.Expr:
    """Whether both figures hold all the units that are known there."""
    return (nw.col(f"{item}|or") == nw.col(f"{item}|oe")) & (
        nw.col(f"{item}|tr") == nw.col(f"{item}|te")
    )


def apart(item: str) -> nw.Expr:
    """Whether both sides have read something there."""
    return (nw.col(f"{item}|or") > 0) & (nw.col(f"{item}|tr") > 0)
