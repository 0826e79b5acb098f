"""A frame and a public seed in, the draws out: each batch with a chance proportional to its u.

Draw j takes `r = SHA-256(seed + "," + j) mod W` and the first batch whose running sum of weights
exceeds r. With weights of 1 this is the sampler of Ronald L. Rivest (reference implementation of
November 14, 2011). Whole numbers throughout, and only texts are hashed: the same on every machine.
Batches may be drawn again; the first time of each gives a sample without replacement, in order.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from itertools import count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recount.audit.frames import Frame


def remainder(seed: str, number: int, total: int) -> int:
    """The number that a seed gives for a draw, from 0 to below `total`. Draws count from 1."""
    return int.from_bytes(sha256(f"{seed},{number}".encode()).digest()) % total


def places(frame: Frame, seed: str, start: int = 1) -> Iterator[int]:
    """Draw without end from draw `start` on: where the drawn batches stand in the frame."""
    for number in count(start):
        yield bisect_right(frame.cumulative, remainder(seed, number, frame.total))


def draw(frame: Frame, seed: str, start: int = 1, count: int = 1) -> list[str]:
    """Give the ids of draws `start` to `start + count - 1`; more draws are the same ones and on.

    Empty where there is nothing to confirm (`Frame.problem`), or nothing can be wrong.
    """
    if not frame.total:
        return []
    return [frame.batches[at].id for at in islice(places(frame, seed, start), count)]


def collect(draws: Iterable[str]) -> list[str]:
    """List the forms to collect: every id once, in the order in which it was first drawn."""
    return list(dict.fromkeys(draws))
