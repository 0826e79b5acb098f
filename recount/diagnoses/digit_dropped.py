"""Theirs has a digit less than ours: 949 and 94, 155 and 15; or no noughts behind it: 400 and 4.

The mark is `-9@1`: which digit, and where it stood, counted from the ones, which are 1; `-00` for
noughts. One in front is `leading_digit`. Source: forms.md, section 6.
"""

from __future__ import annotations

from recount.diagnoses._digits import added, dropped
from recount.diagnoses._figures import from_figures

RATE = 0.01
WHOLE = False

misread = dropped
find = from_figures(dropped, undone=added)
