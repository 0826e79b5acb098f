"""Two digits that stand side by side changed places: 9,812 and 9,182. The mark is `81>18`.

A box that is filled in from the right may begin with a 0: 10 becomes 01, and 01 becomes 10.
Source: forms.md, section 6: 3 % of the errors that a checksum proves.
"""

from __future__ import annotations

from recount.diagnoses._figures import from_figures

RATE = 0.03
WHOLE = False


def misread(ours: int) -> dict[int, str]:
    """Swap every two neighbours that are not alike."""
    text = f"0{ours}"
    made = {}
    for at in range(len(text) - 1):
        first, second = text[at], text[at + 1]
        if first != second:
            swapped = int(text[:at] + second + first + text[at + 2 :])
            made[swapped] = f"{first}{second}>{second}{first}"
    return made


find = from_figures(misread)
