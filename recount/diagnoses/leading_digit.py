"""A digit in front was added or dropped: 72 and 172, 25 and 825. The mark is `+1@3` or `-1@3`.

Boxes that were left empty in front are read as digits, or a digit in front is not read. The place
counts from the ones, which are 1. Source: forms.md, section 6: dropped 6 %, a 1 added 1.6 % of the
errors that a checksum proves; the form of a TPS has three boxes for a number, so that also 5
becomes 105. What is dropped may leave as many noughts as there are: 10,072 and 72.
"""

from __future__ import annotations

from recount.diagnoses._figures import from_figures

RATE = 0.076
WHOLE = False

BOXES = 7
"""So many are looked at for one number: three has the form of a TPS, those above have more."""


def misread(ours: int) -> dict[int, str]:
    """Put every digit in front, and leave the first one out; nothing is made of 0, or made 0."""
    length = len(str(ours))
    if ours == 0:
        return {}
    places = range(length, max(length + 1, BOXES))
    made = {
        ours + digit * 10**place: f"+{digit}@{place + 1}"
        for place in places
        for digit in range(1, 10)
    }
    rest = ours % 10 ** (length - 1)
    if rest:
        made[rest] = f"-{str(ours)[0]}@{length}"
    return made


find = from_figures(misread)
