"""Theirs has a digit more than ours: 94 and 949, 15 and 155; or noughts behind it: 4 and 400.

The mark is `+9@1`: which digit, and where it stands then, counted from the ones, which are 1;
`55@1` where it is a digit that was doubled, `+00` for noughts. One in front is `leading_digit`.
Source: forms.md, section 6: last digit dropped or doubled 1 % of the errors that a checksum proves.
"""

from __future__ import annotations

from recount.diagnoses._digits import added, dropped
from recount.diagnoses._figures import from_figures

RATE = 0.01
WHOLE = False

misread = added
find = from_figures(added, undone=dropped)
