"""Measured causes in, the tables of docs/causes.md out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.injecting import NOISE
from benchmarks.judging import UNEXPLAINED
from benchmarks.telling import table, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.judging import Judged

__all__ = ["confusions", "made_table", "real_table", "write"]

AIMS = {
    "candidates_exchanged": "",
    "valid_invalid_exchanged": "",
    "transposed": "",
    "leading_digit": "",
    "column_shift": "",
    "other_region": "",
}
RECALL, PRECISION = 0.95, 0.9
"""What was aimed at, for AIMS."""

HEAD = ("class", "made", "recall", "as first", "precision", "of any claim", "aim")
FEW = 0.02
"""Of a class less than this share called something else is not told."""


def made_table(*elections: Sequence[Judged]) -> str:
    """How well mistakes that were made are told; stations first, then desa and kecamatan."""
    lines: list[tuple[str, ...]] = [HEAD]
    for place, rows in zip(("stations", "desa, kecamatan"), elections, strict=True):
        lines.append((f"**{place}**", *[""] * 6))
        lines += [_line(one) for one in rows]
    return table(lines)


def _line(one: Judged) -> tuple[str, ...]:
    kind = "slips (none is right)" if one.kind == NOISE else f"`{one.kind}`"
    shares = (f"{share:.3f}" for share in (one.named, one.first, one.right, one.right_any))
    return (kind, f"{one.regions:,}", *shares, _aim(one))


def _aim(one: Judged) -> str:
    if one.kind not in AIMS:
        return ""
    missed = [
        name
        for name, share, least in (
            ("recall", one.named, RECALL),
            ("precision", one.right, PRECISION),
        )
        if round(share, 3) < least
    ]
    return f"{' and '.join(missed)} missed" if missed else "met"


def confusions(*elections: Mapping[tuple[str, str], float]) -> str:
    """What else the classes are called, in words; the larger shares only."""
    lines: list[tuple[str, ...]] = [("class", "called something else first")]
    for found in elections:
        whole: dict[str, float] = defaultdict(float)
        for (kind, _), weight in found.items():
            whole[kind] += weight
        for kind in sorted(whole, key=lambda name: (name == NOISE, name)):
            others = sorted(
                (
                    (weight / whole[kind], first)
                    for (one, first), weight in found.items()
                    if one == kind
                ),
                reverse=True,
            )
            right = UNEXPLAINED if kind == NOISE else kind
            told = [
                f"{first} {share:.1%}" for share, first in others if first != right and share >= FEW
            ]
            lines.append(("slips" if kind == NOISE else f"`{kind}`", ", ".join(told) or "-"))
    return table(lines)


def real_table(count: int, found: Mapping[str, float]) -> str:
    """How many of the real errors get which cause first."""
    ordered = sorted(found.items(), key=lambda item: -item[1])
    lines = [
        (f"`{cause}`" if cause != UNEXPLAINED else cause, f"{n:,.0f}", f"{n / count:.1%}")
        for cause, n in ordered
    ]
    return table([("first cause", "stations", "share"), *lines, ("all", f"{count:,}", "")])
