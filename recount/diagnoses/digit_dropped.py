"""Theirs has a digit less than ours: 949 and 94, 155 and 15; or no noughts behind it: 400 and 4.

The mark is `-9@1`: which digit, and where it stood, counted from the ones, which are 1; `-00` for
noughts. One in front is `leading_digit`. Source: forms.md, section 6.
"""

from __future__ import annotations

from recount.diagnoses._figures import from_figures

RATE = 0.01
WHOLE = False


def misread(ours: int) -> dict[int, str]:
    """Leave every digit out but the first one, which `leading_digit` does."""
    text = str(ours)
    made = {} if ours == 0 or ours % 100 else {ours // 100: "-00"}
    for at in range(len(text) - 1, 0, -1):
        made.setdefault(int(text[:at] + text[at + 1 :]), f"-{text[at]}@{len(text) - at}")
    return made


find = from_figures(misread)
