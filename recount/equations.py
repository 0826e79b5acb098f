"""A comparison of two sums of boxes in, one expression that finds the forms that break it out.

All is computed in whole numbers: 1.02 becomes 51 fiftieths, so that a form on the very edge falls
on the right side. `equation_text` reads a comparison from what a person writes.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recount.model import Tolerance

CANDIDATES = "candidates"
"""The sum of all candidates, in the text of an equation."""

SIGNS = ("==", "<=", ">=")

FINEST = 10_000
"""A tolerance has two decimals at most, and is a hundredth where it is in percent."""

_LARGEST_BOX = 2_000_000_000
_CANDIDATES_AT_MOST = 1_000


class Linear(NamedTuple):
    """A sum of boxes, each times a number, and a number: `registered * 1.02 + 3`."""

    terms: Mapping[str, Fraction]
    constant: Fraction = Fraction(0)

    @property
    def is_sum(self) -> bool:
        """Whether it is nothing but boxes added up."""
        return not self.constant and all(factor == 1 for factor in self.terms.values())

    def value(self, boxes: Mapping[str, int]) -> Fraction:
        """What it comes to on one form."""
        return sum((factor * boxes[box] for box, factor in self.terms.items()), self.constant)


class Comparison(NamedTuple):
    """What an equation says: the left side is equal to the right one, at most it, or at least."""

    left: Linear
    sign: str
    right: Linear

    @property
    def boxes(self) -> tuple[str, ...]:
        """Every box it speaks of, each once, as they stand."""
        return tuple(dict.fromkeys((*self.left.terms, *self.right.terms)))

    @property
    def fits(self) -> bool:
        """Whether 64 bits hold whatever it may come to, with any tolerance."""
        size = Fraction(0)
        for side in (self.left, self.right):
            for box, factor in side.terms.items():
                many = _CANDIDATES_AT_MOST if box == CANDIDATES else 1
                size += abs(factor) * many * _LARGEST_BOX
            size += abs(side.constant)
        return size * _scale(self) * FINEST < 2**63

    def of(self, candidates: Sequence[str]) -> Comparison:
        """The same with the boxes of all candidates in the place of `candidates`."""
        left, right = (_spread(side, candidates) for side in (self.left, self.right))
        return Comparison(left, self.sign, right)


def broken(comparison: Comparison, tolerance: Tolerance | None) -> nw.Expr:
    """An expression that is true where the comparison does not hold, null where a box is null.

    In: columns of whole numbers. A tolerance in percent is one of the right side.
    """
    left, right = comparison.left, comparison.right
    allowed = Fraction(tolerance.amount) if tolerance else Fraction(0)
    share = allowed / 100 if tolerance and tolerance.percent else Fraction(0)
    free = allowed if tolerance and not tolerance.percent else Fraction(0)
    scale = _scale(comparison)
    fine = lcm(share.denominator, free.denominator)
    apart = _expression(left, scale) - _expression(right, scale)
    if not allowed:
        return {"==": apart != 0, "<=": apart > 0, ">=": apart < 0}[comparison.sign]
    excess = {"==": apart.abs(), "<=": apart, ">=": -apart}[comparison.sign]
    limit = _expression(right, scale).abs() * int(share * fine) + int(free * fine * scale)
    return excess * fine > limit


def shown(value: Fraction) -> int | Decimal:
    """A value as a person reads it; every value of an equation has finitely many decimals."""
    if value.denominator == 1:
        return value.numerator
    return Decimal(value.numerator) / Decimal(value.denominator)


def _expression(side: Linear, scale: int) -> nw.Expr:
    terms = [
        nw.col(box) if factor * scale == 1 else nw.col(box) * int(factor * scale)
        for box, factor in side.terms.items()
    ]
    if side.constant or not terms:
        terms.append(nw.lit(int(side.constant * scale), nw.Int64))
    return reduce(nw.Expr.__add__, terms)


def _scale(comparison: Comparison) -> int:
    """The number that makes every factor of a comparison a whole one."""
    left, right = comparison.left, comparison.right
    factors = (*left.terms.values(), *right.terms.values(), left.constant, right.constant)
    return lcm(*(factor.denominator for factor in factors))


def _spread(side: Linear, candidates: Sequence[str]) -> Linear:
    terms: dict[str, Fraction] = {}
    for box, factor in side.terms.items():
        for one in candidates if box == CANDIDATES else (box,):
            terms[one] = terms.get(one, Fraction(0)) + factor
    return Linear(terms, side.constant)
