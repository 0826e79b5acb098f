"""A digit put in or left out behind the first one: what it makes of a figure, each with its mark.

Each undoes the other, so that it does not matter which side is wrong.
"""

from __future__ import annotations


def added(figure: int) -> dict[int, str]:
    """Put every digit behind every other; a digit doubled is likelier than another one put in."""
    if figure == 0:
        return {}
    text = str(figure)
    made = {figure * 100: "+00"}
    for at in range(1, len(text) + 1):
        for digit in "0123456789":
            made.setdefault(int(text[:at] + digit + text[at:]), f"+{digit}@{len(text) + 1 - at}")
    for at, digit in enumerate(text):
        made[int(text[:at] + digit + text[at:])] = f"{digit}{digit}@{len(text) - at}"
    return made


def dropped(figure: int) -> dict[int, str]:
    """Leave every digit out but the first one, which `leading_digit` does."""
    text = str(figure)
    made = {} if figure == 0 or figure % 100 else {figure // 100: "-00"}
    for at in range(len(text) - 1, 0, -1):
        made.setdefault(int(text[:at] + text[at + 1 :]), f"-{text[at]}@{len(text) - at}")
    return made
