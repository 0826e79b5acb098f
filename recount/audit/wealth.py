"""A product of many factors, never above its true value, and p-values never below theirs.

The exact product of a thousand fractions has tens of thousands of digits, and floats would round
either way. So it is kept as `mantissa * 2^exponent`, the mantissa a whole number of BITS bits,
rounded down after each factor; a factor loses less than 2^-(BITS-1) of its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, nextafter

BITS = 192


@dataclass(frozen=True, slots=True)
class Wealth:
    """What a stake of 1 has become: `mantissa * 2**exponent`, rounded down."""

    mantissa: int = 1
    exponent: int = 0

    def times(self, factor: Fraction) -> Wealth:
        """Multiply with a factor; one below 0 leaves nothing."""
        if factor <= 0 or not self.mantissa:
            return Wealth(0)
        spare = 2 * BITS + factor.denominator.bit_length() - self.mantissa.bit_length()
        shift = max(0, spare - factor.numerator.bit_length())
        product = (self.mantissa * factor.numerator << shift) // factor.denominator
        excess = max(0, product.bit_length() - BITS)
        return Wealth(product >> excess, self.exponent - shift + excess)

    @property
    def p(self) -> float:
        """min(1, 1 / wealth), rounded up. Never 0, however small: only certainty is 0."""
        if not self.mantissa or self.mantissa.bit_length() + self.exponent <= 0:
            return 1.0
        if self.exponent >= 0:
            return at_least(Fraction(1, self.mantissa << min(self.exponent, 2000)))
        return at_least(min(Fraction(1), Fraction(1 << -self.exponent, self.mantissa)))


def at_least(value: Fraction) -> float:
    """The smallest float that is not below a value."""
    nearest = value.numerator / value.denominator
    return nearest if nearest >= value else nextafter(nearest, inf)


def exact(value: Fraction | float | str) -> Fraction:
    """A number as it is written: 0.05 is 1/20, and not the float beside it."""
    return value if isinstance(value, Fraction) else Fraction(str(value))
