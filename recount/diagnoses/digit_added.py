"""Theirs has a digit more than ours: 94 and 949, 15 and 155; or noughts behind it: 4 and 400.

The mark is `+9@1`: which digit, and where it stands then, counted from the ones, which are 1;
`55@1` where it is a digit that was doubled, `+00` for noughts. One in front is `leading_digit`.
Source: forms.md, section 6: last digit dropped or doubled 1 % of the errors that a checksum proves.
"""

from __future__ import annotations

from recount.diagnoses._figures import from_figures

RATE = 0.01
WHOLE = False


def misread(ours: int) -> dict[int, str]:
    """Put every digit behind every other; a digit doubled is likelier than another one put in."""
    if ours == 0:
        return {}
    text = str(ours)
    made = {ours * 100: "+00"}
    for at in range(1, len(text) + 1):
        for digit in "0123456789":
            made.setdefault(int(text[:at] + digit + text[at:]), f"+{digit}@{len(text) + 1 - at}")
    for at, digit in enumerate(text):
        made[int(text[:at] + digit + text[at:])] = f"{digit}{digit}@{len(text) - at}"
    return made


find = from_figures(misread)
