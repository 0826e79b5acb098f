"""How much may come out of a saved capture; beyond that it is refused."""

from __future__ import annotations

from recount.errors import RecountError
from recount.readers.compressed import MAX_RATIO, RATIO_FROM
from recount.texts import say

MAX_BODY = 256 << 20
"""Most bytes of one answer: the largest real one, a nation's table of stations, has a tenth."""

MAX_EXPANDED = 16 << 30
"""Most bytes of all answers of one archive: eight times the bodies of all the nation's stations."""

MAX_MEMBERS = 2_000_000
"""Most answers in one archive: the nation has 823,236 stations."""


class Allowance:
    """Counts what one archive gives, and refuses it when that is beyond all need.

    `packed`: the bytes of the archive as it lies on the disk.
    """

    def __init__(self, packed: int, label: str) -> None:
        self._packed, self._label = packed, label
        self._size = self._members = 0

    def take(self, size: int) -> None:
        """Let one more part through, and count its bytes. Raises RecountError."""
        self.count(size)
        self.pour(size)

    def count(self, size: int) -> None:
        """Let one more part through whose bytes are counted elsewhere. Raises RecountError."""
        if size > MAX_BODY:
            raise body_too_large(self._label)
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise RecountError(
                say("The archive holds more files than an online system has stations."),
                mend=_OTHER,
                place=self._label,
            )

    def pour(self, size: int) -> None:
        """Count so many unpacked bytes. Raises RecountError."""
        self._size += size
        ratio = self._size > RATIO_FROM and self._size > MAX_RATIO * self._packed
        if ratio or self._size > MAX_EXPANDED:
            raise RecountError(
                say("The archive expands to far more than answers need; reading stopped."),
                mend=_OTHER,
                place=self._label,
            )


_OTHER = say("Ask whoever sent it for the answers themselves, as a folder of files.")


def body_too_large(label: str) -> RecountError:
    """Say that one answer is larger than any real one."""
    return RecountError(
        say("An answer in it is larger than any online system sends; reading stopped."),
        mend=_OTHER,
        place=label,
    )
