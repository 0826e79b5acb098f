"""One digit is another: 153 and 183. The mark is `5>8@2`; places count from the ones, which are 1.

Source: forms.md, section 6: 54 % of the errors that a checksum proves; 1 and 2 the most often.
"""

from __future__ import annotations

from recount.diagnoses._figures import from_figures

RATE = 0.54
WHOLE = False


def misread(ours: int) -> dict[int, str]:
    """Change every digit into every other; the first one never into a 0 (that one is dropped)."""
    text = str(ours)
    made = {}
    for at, digit in enumerate(text):
        power = 10 ** (len(text) - 1 - at)
        for other in range(at == 0, 10):
            if other != int(digit):
                mark = f"{digit}>{other}@{len(text) - at}"
                made[ours + (other - int(digit)) * power] = mark
    return made


find = from_figures(misread)
