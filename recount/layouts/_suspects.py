"""The texts of a table in; out those that may make their row a total, a heading or a footnote.

Only the rows with one of them are looked at one by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recount import engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    import narwhals as nw

FOOT = r"^[ *]*(?:KETERANGAN|KET|CATATAN|SUMBER|SOURCE|NOTES?|NB) *:"
"""How a footnote begins; case does not matter."""

SMALL = 2_000
"""Rows up to which Python looks at a text sooner than Polars has made its plan."""

_SUMS = (r"[ ._-]*".join(word) for word in ("JUMLAH", "JML", "TOTAL", "REKAP", "DIPINDAHKAN"))
_SUSPECT = "|".join([*_SUMS, FOOT])
_FOUND = re.compile(_SUSPECT, re.IGNORECASE | re.ASCII)
_IN_POLARS = "(?i-u)" + _SUSPECT
_NUMBER = re.compile(r"[\s+-]*[0-9]+\s*")


def suspected(rows: nw.DataFrame[Any], titles: Mapping[str, str | None]) -> dict[str, list[str]]:
    """By column the distinct suspicious texts: a word for a total, a footnote, the title again.

    `titles`: column -> its heading. Two ways of the same answer, for small tables and large ones.
    """
    # What Polars takes for a number is no suspect, and only Polars knows how far its numbers go.
    odd = any(_NUMBER.fullmatch(title or "") for title in titles.values())
    return all_at_once(rows, titles) if odd or len(rows) > SMALL else one_by_one(rows, titles)


def one_by_one(rows: nw.DataFrame[Any], titles: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Look at each text in Python."""
    return {
        name: [
            text for text in set(cells) if text and (_FOUND.search(text) or text == titles[name])
        ]
        for name, cells in engine.lists(rows, titles).items()
    }


def all_at_once(rows: nw.DataFrame[Any], titles: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Let Polars look through all texts."""
    words = engine.words_in(rows, list(titles))
    return {
        name: texts.filter(
            texts.str.contains(_IN_POLARS) | (texts == (titles[name] or ""))
        ).to_list()
        for name, texts in words.items()
    }
