"""A heading that begins with a candidate's number in, the number and the name behind it out."""

from __future__ import annotations

import re
from typing import NamedTuple

from recount.heading_words import BEFORE_NUMBER, SOURCES

_NUMBERED = re.compile(r"([^0-9]*?)0*([1-9][0-9]?)(?![0-9])(.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")


class Numbered(NamedTuple):
    """`behind`: what stands behind the number, as written; `name`: the name in it, if any."""

    number: str
    name: str | None
    behind: str


def numbered(heading: str) -> Numbered | None:
    """Take a heading apart: `1`, `no 1`, `suara_1`, `01 Name`; None where no number stands first.

    Only words such as `paslon` or `situng` may stand before it. Whether it is a
    candidate is not said here.
    """
    found = _NUMBERED.fullmatch(heading.strip())
    if found is None:
        return None
    before = {word.upper() for word in _WORD.findall(found[1])}
    if not before <= BEFORE_NUMBER | SOURCES:
        return None
    name = re.sub(r"[\s_]+", " ", found[3]).strip(" .:-–/").lstrip(") ").rstrip("(")  # noqa: RUF001 - dashes as typed
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return Numbered(found[2], name.strip() or None, found[3])
