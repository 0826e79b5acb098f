"""Two tests of figures that hold their error rate: plain numbers in, a p-value out.

A small p-value says that figures of this kind are rare where nobody touched them; it does not say
why, and never that somebody did. Of 100 clean elections about 5 have a p-value below 5 %.
Nothing here belongs to the audit: its risk rests on forms, these tests on digits alone.
"""

from recount.screening.digits import LastDigit, last_digit, too_small
from recount.screening.percentages import IntegerPercent, Part, integer_percent
from recount.screening.pictures import Benford, Clouds, second_digit, turnout_and_share

__all__ = [
    "Benford",
    "Clouds",
    "IntegerPercent",
    "LastDigit",
    "Part",
    "integer_percent",
    "last_digit",
    "second_digit",
    "too_small",
    "turnout_and_share",
]
