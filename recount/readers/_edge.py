"""The edge to other people's libraries: any fault of theirs in, one clear `RecountError` out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from recount.errors import RecountError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.texts import Text

MAX_CELLS = 50_000_000
"""Most cells that one table may have: the nation's stations have 8 million."""

MAX_IN_SHEET = 20_000_000
"""Most cells that one sheet of a workbook may span: each takes ten times the memory of one in a
text file while it is read. A sheet full to its last row may have 19 columns."""

_OURS = (RecountError, KeyboardInterrupt, SystemExit, GeneratorExit)


@contextmanager
def shielded(message: Text, *, mend: Text, place: str) -> Iterator[None]:
    """Turn whatever a library throws inside the block into one `RecountError`.

    The library's own words stay behind it, as the error's cause.
    """
    try:
        yield
    except _OURS:
        raise
    except BaseException as fault:  # panics of the Rust libraries are no Exception
        raise RecountError(message, mend=mend, place=place) from fault
