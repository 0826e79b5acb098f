"""The one tuple that everything about saved answers is told in."""

from __future__ import annotations

from typing import NamedTuple

GAP = 0
"""The status of an answer that never came: a fetch has asked for it in vain and noted that down."""


class Answer(NamedTuple):
    """One answer of an online system, byte for byte as it came.

    `name`: its URL, or the path of its file. `data`: the body, without what the transport packed
    it in. `fetched_at`: ISO time in UTC, None where nobody noted it (the date of a file never
    counts). `status`: of HTTP; None where nobody noted it, `GAP` where no answer came (then `data`
    is empty). Any other status than 200 is a gap as well. `crawl`: which round of a fetch, or
    which web archive, it belongs to; None where the name must tell.
    """

    name: str
    data: bytes
    fetched_at: str | None
    status: int | None
    crawl: str | None = None
